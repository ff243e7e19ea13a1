// Cuts a stream of text into records without reading it whole: lines, CSV rows, the values of a JSON text.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "ingest/input_files.h"

namespace mailuo::ingest {

struct SplitRecord {
  std::uint64_t number = 0;    // From 1: the line (JSON lines), the row, the element.
  std::string bytes;           // Not yet checked for anything.
  std::optional<Error> error;  // The record is refused: too long, nested too deep, cut off.
};
using SplitSink = std::function<bool(SplitRecord&&)>;

// Blank lines are passed over. Memory is bounded by the largest record allowed.
// Thread safety: one thread at a time.
class RecordSplitter {
 public:
  virtual ~RecordSplitter() = default;
  RecordSplitter(const RecordSplitter&) = delete;
  RecordSplitter& operator=(const RecordSplitter&) = delete;

  // REQUIRES: format is kJson, kJsonLines, kCsv or kTsv.
  static std::unique_ptr<RecordSplitter> Create(InputFormat format, std::uint64_t max_record_bytes);

  // Both return false when no more input is wanted: the sink said so, or the text is broken beyond its next record
  // (that was then said in an error record).
  virtual bool Feed(std::string_view text, const SplitSink& sink) = 0;
  virtual bool Finish(const SplitSink& sink) = 0;

 protected:
  RecordSplitter() = default;
};

// Arrays and objects inside one another that a JSON record may have.
inline constexpr int kMaxJsonDepth = 64;

}  // namespace mailuo::ingest
