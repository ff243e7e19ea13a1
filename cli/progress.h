// How an ingest shows where it is: a bar in a terminal, a line every few seconds elsewhere, JSON lines for programs.
// Thread safety: one thread at a time (ingest calls back from one).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/output.h"
#include "ingest/pipeline.h"

namespace mailuo::cli {

enum class ProgressMode { kNone, kTerminal, kLines, kJson };

class Progress {
 public:
  // `total_bytes` is what CountBytes found, 0 when unknown: then the bar shows counts and rate only.
  Progress(ProgressMode mode, std::uint64_t total_bytes, Output& output);
  void On(const ingest::IngestEvent& event);

 private:
  void DrawBar(const ingest::IngestEvent& event);
  void PrintLine(const ingest::IngestEvent& event);
  void PrintGroup(const ingest::IngestEvent& event);  // Of files that came while folders are followed.

  ProgressMode mode_;
  std::uint64_t total_bytes_;
  Output& output_;
  double last_line_ = 0;
  bool bar_open_ = false;
  bool watching_ = false;
};

// Bytes of the files below `paths` that will be read, of at most a million of them: what the bar measures against. A
// .gz counts as it lies on disk, so that the bar may be ahead of the work.
std::uint64_t CountBytes(const std::vector<std::string>& paths);

// One event as a JSON line, no line end.
std::string EventJson(const ingest::IngestEvent& event);

}  // namespace mailuo::cli
