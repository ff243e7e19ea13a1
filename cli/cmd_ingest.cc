// mailuo ingest: folders and files into the store.
#include <sys/resource.h>

#include <string>

#include <fmt/core.h>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/progress.h"
#include "cli/wiring.h"
#include "ingest/pipeline.h"
#include "ingest/watch.h"

namespace mailuo::cli {
namespace {

ProgressMode ModeOf(const IngestOptions& options, const Output& output) {
  if (options.json) return ProgressMode::kJson;
  if (options.quiet) return ProgressMode::kNone;
  return output.terminal() ? ProgressMode::kTerminal : ProgressMode::kLines;
}

long PeakMegabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

void PrintSummary(const ingest::IngestReport& report, Output& output) {
  const ingest::IngestCounters& counters = report.counters;
  const double rate = report.seconds > 0 ? static_cast<double>(counters.read) / report.seconds : 0;
  output.Line(fmt::format("{} articles read from {} files: {} new, {} known already; {} inputs skipped", counters.read,
                          counters.files, counters.created, counters.known, counters.skipped));
  output.Line(fmt::format("{} mentions, {} events, {} relations in the new ones", counters.mentions, counters.events,
                          counters.relations));
  output.Line(fmt::format("{:.1f} s, {:.0f} articles/s, peak memory {} MiB", report.seconds, rate, PeakMegabytes()));
  if (report.stopped) output.Line("stopped early; what was read so far is in the store");
}

}  // namespace

int RunIngest(const IngestOptions& options, Output& output) {
  const auto lexicon = LexiconOf(options.store, options.lexicon);
  if (!lexicon) return Fail(lexicon.error(), output);
  auto knowledge = LoadKnowledge(*lexicon, options.model);
  if (!knowledge) return Fail(knowledge.error(), output);
  auto store = OpenForWriting(options.store, **knowledge, options.memory_megabytes);
  if (!store) return Fail(store.error(), output);

  HandleSignals();
  ingest::KeepFreedMemory();
  const ProgressMode mode = ModeOf(options, output);
  Progress progress(mode, mode == ProgressMode::kTerminal ? CountBytes(options.paths) : 0, output);
  ingest::IngestOptions settings;
  settings.threads = options.threads;
  settings.FitMemory(options.memory_megabytes);
  settings.progress_ms = mode == ProgressMode::kTerminal ? 100 : 1000;
  settings.on_event = [&](const ingest::IngestEvent& event) { progress.On(event); };
  settings.stop = [] { return StopRequested(); };
  if (options.watch) {
    ingest::WatchOptions watch;
    watch.ingest = std::move(settings);
    const Status status = ingest::WatchFolders(options.paths, **store, *knowledge, watch);
    if (!status) {
      Fail(status.error(), output);
      return status.error().code == ErrorCode::kNotFound ? kExitUsage : kExitStore;
    }
    return output.Flush() ? kExitOk : kExitStore;
  }
  const auto report = ingest::IngestPaths(options.paths, **store, *knowledge, settings);
  if (!report) {
    const Error& error = report.error();
    const int code = error.code == ErrorCode::kNotFound ? kExitUsage : kExitStore;
    Fail(error, output);
    return code;
  }
  if (!options.json) PrintSummary(*report, output);
  if (!output.Flush()) return kExitStore;
  return report->counters.skipped > 0 || report->stopped ? kExitPartial : kExitOk;
}

}  // namespace mailuo::cli
