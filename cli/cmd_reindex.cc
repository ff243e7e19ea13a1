// mailuo reindex: the stored articles extracted anew, after the lexicon or the rules changed. The graph that is served
// stays until the new one is whole.
#include <string>

#include <fmt/core.h>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/reindex_report.h"
#include "cli/wiring.h"
#include "ingest/reindex.h"

namespace mailuo::cli {
namespace {

void PrintReport(const ingest::ReindexReport& report, const ReindexOptions& options, Output& output) {
  if (options.dry_run) {
    output.Line(fmt::format("{} articles extracted; nothing was changed", report.extracted));
    return;
  }
  const std::string resumed =
      report.resumed > 0 ? fmt::format(" ({} more had been done before)", report.resumed) : std::string();
  output.Line(fmt::format("{} articles extracted anew{}", report.extracted, resumed));
}

}  // namespace

int RunReindex(const ReindexOptions& options, Output& output) {
  const auto lexicon = LexiconOf(options.store, options.lexicon);
  if (!lexicon) return Fail(lexicon.error(), output);
  auto knowledge = LoadKnowledge(*lexicon, options.model);
  if (!knowledge) return Fail(knowledge.error(), output);
  HandleSignals();
  ReindexTotals totals;
  const bool compare = options.diff || options.dry_run;
  ingest::ReindexOptions settings;
  settings.threads = options.threads;
  settings.dry_run = options.dry_run;
  settings.stop = [] { return StopRequested(); };
  if (compare) {
    settings.on_article = [&](const Article& article, const ingest::AnnotationDiff& diff) {
      totals.Add(diff);
      if (!options.diff || diff.empty()) return;
      if (options.json) {
        output.Line(DiffJson(article, diff));
      } else {
        ShowDiff(article, diff, output);
      }
    };
  }
  if (output.terminal() && !options.diff && !options.json) {
    settings.on_progress = [&](const ingest::ReindexProgress& progress) {
      output.Print(fmt::format("\r{} of {} articles\x1b[K", progress.done, progress.total));
      output.Flush();
    };
  }
  const auto report = ingest::Reindex(StorePath(options.store), OptionsFor(**knowledge), *knowledge, settings);
  if (settings.on_progress) output.Print("\r\x1b[K");
  if (!report) {
    Fail(report.error(), output);
    return kExitStore;
  }
  if (options.json) {
    output.Line(ReportJson(*report, compare ? &totals : nullptr, options.dry_run));
  } else {
    if (compare) ShowTotals(totals, output);
    PrintReport(*report, options, output);
  }
  if (report->stopped) {
    output.Flush();
    output.Warn("stopped: the old graph is served; run the command again to go on from here");
    return kExitPartial;
  }
  return output.Flush() ? kExitOk : kExitStore;
}

}  // namespace mailuo::cli
