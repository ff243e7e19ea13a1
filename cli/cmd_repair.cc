// mailuo repair: says what a damaged store has lost, and makes it sound again without that.
#include <string>

#include <fmt/core.h>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/wiring.h"
#include "ingest/printable.h"
#include "store/repair.h"

namespace mailuo::cli {
namespace {

void Print(const store::RepairReport& report, Output& output) {
  for (const std::string& line : report.damage) output.Line(ingest::Printable(line));
  output.Line(fmt::format("{} articles can be read whole, {} are lost", report.kept, report.lost.size()));
  for (const store::LostArticle& lost : report.lost) {
    const std::string title = lost.title.empty() ? "(title cannot be read)" : ingest::Printable(lost.title);
    output.Line(fmt::format("lost {} {}: {}", FormatId(lost.id), title, lost.reason));
  }
  if (report.journal > 0) output.Line(fmt::format("{} records of your own changes are kept", report.journal));
}

}  // namespace

int RunRepair(const RepairOptions& options, Output& output) {
  const std::string path = StorePath(options.store);
  const auto mode = options.yes ? store::RepairMode::kApply : store::RepairMode::kLook;
  const auto report = store::Repair(path, PlainOptions(), mode);
  if (!report) {
    Fail(report.error(), output);
    return kExitStore;
  }
  if (report->damage.empty()) {
    output.Line(fmt::format("{} is sound: there is nothing to repair", path));
    return output.Flush() ? kExitOk : kExitStore;
  }
  Print(*report, output);
  if (!report->applied) {
    output.Flush();
    output.Warn(
        "nothing was changed; a backup may have more (`mailuo restore`); to go on with what is left, run it "
        "again with --yes");
    return kExitPartial;
  }
  output.Line(
      fmt::format("the store is sound again; the damaged files lie in {} until you delete them", report->old_files));
  if (report->versions_lost) {
    output.Line(
        fmt::format("what its articles were extracted by is not known any more: run `mailuo reindex --db {}`", path));
  }
  output.Line("articles that are lost come back when they are ingested again");
  return output.Flush() ? kExitOk : kExitStore;
}

}  // namespace mailuo::cli
