#include "cli/progress.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include <fmt/core.h>

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

Progress::Progress(ProgressMode mode, std::uint64_t total_files, Output& output)
    : mode_(mode), total_files_(total_files), output_(output) {}

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
  } else if (total_files_ > 0) {
    done = std::min(1.0, static_cast<double>(event.counters.files) / static_cast<double>(total_files_));
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

std::uint64_t CountFiles(const std::vector<std::string>& paths) {
  constexpr std::uint64_t kMost = 1000000;
  namespace fs = std::filesystem;
  std::uint64_t count = 0;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      ++count;
      continue;
    }
    fs::recursive_directory_iterator it(path, fs::directory_options::skip_permission_denied, error);
    for (; !error && it != fs::recursive_directory_iterator() && count < kMost; it.increment(error)) {
      std::error_code file_error;
      if (it->is_regular_file(file_error)) ++count;
    }
  }
  return count;
}

}  // namespace mailuo::cli
