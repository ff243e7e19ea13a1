#include "cli/progress.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include <fmt/core.h>

#include "ingest/input_files.h"

namespace mailuo::cli {
namespace {

constexpr double kSecondsBetweenLines = 5;
constexpr std::size_t kBarCells = 24;

std::string Duration(double seconds) {
  const auto whole = std::llround(seconds);
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{}:{:02}", whole / 60, whole % 60);
  return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
}

double Rate(const ingest::IngestEvent& event) {
  return event.seconds > 0 ? static_cast<double>(event.counters.read) / event.seconds : 0;
}

}  // namespace

Progress::Progress(ProgressMode mode, std::uint64_t total_bytes, Output& output)
    : mode_(mode), total_bytes_(total_bytes), output_(output) {}

void Progress::On(const ingest::IngestEvent& event) {
  using ingest::IngestEventKind;
  if (mode_ == ProgressMode::kJson) {
    output_.Line(EventJson(event));
    output_.Flush();
    return;
  }
  if (event.kind == IngestEventKind::kSkipped || event.kind == IngestEventKind::kWarning) {
    if (bar_open_) output_.Print("\r\x1b[K");
    bar_open_ = false;
    const std::string_view what = event.kind == IngestEventKind::kSkipped ? "skipped" : "warning";
    output_.Warn(event.place.empty() ? fmt::format("{}: {}", what, event.reason)
                                     : fmt::format("{} {}: {}", what, event.place, event.reason));
    return;
  }
  if (event.kind == IngestEventKind::kWatching) {
    watching_ = true;
    if (mode_ != ProgressMode::kNone) output_.Line(fmt::format("watching {}", event.place));
    output_.Flush();
    return;
  }
  if (watching_) {
    PrintGroup(event);
    return;
  }
  if (mode_ == ProgressMode::kTerminal) DrawBar(event);
  if (mode_ == ProgressMode::kLines) PrintLine(event);
}

void Progress::DrawBar(const ingest::IngestEvent& event) {
  const bool finished = event.kind == ingest::IngestEventKind::kFinished;
  double done = 0;
  if (finished) {
    done = 1;
  } else if (total_bytes_ > 0) {
    constexpr double kNotYetDone = 0.99;
    done = std::min(kNotYetDone, static_cast<double>(event.counters.input_bytes) / static_cast<double>(total_bytes_));
  }
  const auto cells = static_cast<std::size_t>(done * static_cast<double>(kBarCells));
  std::string bar;
  for (std::size_t i = 0; i < kBarCells; ++i) bar += i < cells ? "█" : "░";
  std::string left;
  if (!finished && done > 0.01) left = fmt::format("  {} left", Duration(event.seconds * (1 - done) / done));
  output_.Print(fmt::format("\r{} {:3.0f} %  {} articles  {:.0f}/s{}\x1b[K", bar, done * 100, event.counters.read,
                            Rate(event), left));
  bar_open_ = !finished;
  if (finished) output_.Print("\n");
  output_.Flush();
}

void Progress::PrintLine(const ingest::IngestEvent& event) {
  if (event.kind != ingest::IngestEventKind::kProgress || event.seconds - last_line_ < kSecondsBetweenLines) return;
  last_line_ = event.seconds;
  output_.Line(fmt::format("{}: {} files, {} articles, {:.0f}/s", Duration(event.seconds), event.counters.files,
                           event.counters.read, Rate(event)));
  output_.Flush();
}

void Progress::PrintGroup(const ingest::IngestEvent& event) {
  const ingest::IngestCounters& counters = event.counters;
  if (event.kind != ingest::IngestEventKind::kFinished || mode_ == ProgressMode::kNone) return;
  output_.Line(fmt::format("{} articles from {} files: {} new, {} known already; {} inputs skipped", counters.read,
                           counters.files, counters.created, counters.known, counters.skipped));
  output_.Flush();
}

std::uint64_t CountBytes(const std::vector<std::string>& paths) {
  constexpr std::uint64_t kMostFiles = 1'000'000;
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
  for (const std::string& path : paths) {
    const Status status = ingest::ListInputFiles(path, [&](const ingest::InputFile& file) {
      std::error_code gone;
      const std::uint64_t size = std::filesystem::file_size(file.path, gone);
      if (!gone) bytes += size;
      return ++files < kMostFiles;
    });
    if (!status) continue;  // The ingest itself will say so.
  }
  return bytes;
}

}  // namespace mailuo::cli
