// The cheap half of reading: files to records, in order, on one thread. The dear half (parsing, decoding, metadata) is
// a pure function of each record and runs on any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "ingest/article_builder.h"
#include "ingest/article_reader.h"
#include "ingest/input_files.h"

namespace mailuo::ingest {

// One file (.txt, .md, .html) or one record of a file.
struct RawInput {
  InputFormat format = InputFormat::kText;
  std::string bytes;  // A record is UTF-8 already, but not checked; a file has the encoding it has.
  Origin origin;
  std::shared_ptr<const std::vector<std::string>> csv_header;  // Of kCsv and kTsv.
  std::optional<Error> error;                                  // There is nothing to parse.
  bool first_of_file = false;
};
using RawSink = std::function<bool(RawInput&&)>;

// Calls `sink` with everything below `path`, in order; stops when it returns false. kNotFound if there is nothing.
// Thread safety: free functions.
Status ReadRawInputs(const std::string& path, const ReaderOptions& options, const RawSink& sink);

// Usually one outcome; several where a JSON object wraps a list of articles.
void ParseRawInput(RawInput&& input, const ReaderOptions& options, const std::function<void(ReadOutcome&&)>& sink);

}  // namespace mailuo::ingest
