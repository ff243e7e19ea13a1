// Commands on the store as a whole: digest, verify, compact, delete, backup, restore.
#include <string>

#include <fmt/core.h>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/wiring.h"
#include "core/ids.h"
#include "store/collisions.h"

namespace mailuo::cli {

int Fail(const Error& error, Output& output) {
  output.Warn(error.message);
  return ExitCodeOf(error);
}

int RunDigest(const StoreCommandOptions& options, Output& output) {
  const auto store = OpenForReading(options.store);
  if (!store) return Fail(store.error(), output);
  const store::Reader reader = (*store)->Read();
  const auto digest = reader.Digest();
  if (!digest) return Fail(digest.error(), output);
  const auto journal = reader.Operations();
  if (!journal) return Fail(journal.error(), output);
  // Of the operations in force: apart, because the graph is a function of its articles alone.
  const std::string operations = store::OperationsDigest(*journal);
  if (options.json) {
    const std::string value = operations.empty() ? "null" : "\"" + operations + "\"";
    output.Line(fmt::format("{{\"digest\":\"{}\",\"operations\":{}}}", *digest, value));
  } else {
    output.Line(*digest);
    if (!operations.empty()) output.Line("operations " + operations);
  }
  return output.Flush() ? kExitOk : kExitStore;
}

int RunVerify(const StoreCommandOptions& options, Output& output) {
  const auto store = OpenForReading(options.store);
  if (!store) return Fail(store.error(), output);
  const store::Reader reader = (*store)->Read();
  auto problems = reader.Verify();
  if (!problems) return Fail(problems.error(), output);
  const auto collisions = store::EntityCollisions(**store, PlainOptions().fold_name);
  if (!collisions) return Fail(collisions.error(), output);
  problems->insert(problems->end(), collisions->begin(), collisions->end());
  for (const std::string& problem : *problems) output.Line(problem);
  if (!problems->empty()) {
    output.Flush();
    output.Warn(fmt::format("{} problems found", problems->size()));
    return kExitStore;
  }
  const auto totals = reader.GetTotals();
  if (!totals) return Fail(totals.error(), output);
  output.Line(
      fmt::format("{} articles, {} mentions, {} events, {} relations: every quote is in its text, every count "
                  "has its postings",
                  totals->articles, totals->mentions, totals->events, totals->relations));
  return output.Flush() ? kExitOk : kExitStore;
}

int RunCompact(const StoreCommandOptions& options, Output& output) {
  const auto store = OpenExisting(options.store);
  if (!store) return Fail(store.error(), output);
  const Status done = (*store)->Compact();
  if (!done) return Fail(done.error(), output);
  const auto info = (*store)->Info();
  if (!info) return Fail(info.error(), output);
  output.Line(fmt::format("{} bytes on disk", info->disk_bytes));
  return output.Flush() ? kExitOk : kExitStore;
}

int RunDelete(const DeleteOptions& options, Output& output) {
  const auto id = ParseArticleId(options.article);
  if (!id) {
    return Fail({ErrorCode::kInvalidArgument,
                 fmt::format("'{}' is not an article id (ar_ and 32 hex digits)", options.article)},
                output);
  }
  const auto store = OpenExisting(options.store);
  if (!store) return Fail(store.error(), output);
  const auto deleted = (*store)->Delete(*id);
  if (!deleted) return Fail(deleted.error(), output);
  if (!*deleted) return Fail({ErrorCode::kNotFound, fmt::format("there is no article {}", options.article)}, output);
  output.Line(fmt::format("{} deleted", options.article));
  return output.Flush() ? kExitOk : kExitStore;
}

int RunBackup(const BackupOptions& options, Output& output) {
  const auto store = OpenExisting(options.store);
  if (!store) return Fail(store.error(), output);
  const Status done = (*store)->Backup(options.folder);
  if (!done) return Fail(done.error(), output);
  output.Line(fmt::format("backed up to {}", options.folder));
  return output.Flush() ? kExitOk : kExitStore;
}

int RunRestore(const BackupOptions& options, Output& output) {
  const Status done = store::Store::Restore(options.folder, StorePath(options.store));
  if (!done) {
    Fail(done.error(), output);
    return kExitStore;
  }
  output.Line(fmt::format("restored to {}", StorePath(options.store)));
  return output.Flush() ? kExitOk : kExitStore;
}

}  // namespace mailuo::cli
