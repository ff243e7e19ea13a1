// mailuo merge, split, undo: operations on the entities of a graph. mailuo operations lists them (cmd_query.cc).
#include "cli/answering.h"
#include "cli/commands.h"
#include "cli/parse.h"
#include "cli/today.h"
#include "cli/wiring.h"
#include "query/operations.h"

namespace mailuo::cli {
namespace {

// Opens the store for writing and hands an operator to `operate`.
template <typename Operate>
int RunOperation(const OperationArgs& args, Output& output, Operate&& operate) {
  const auto store = OpenExisting(args.store);
  if (!store) return Fail(store.error(), output);
  return AskStore(**store, args.lexicon, args.json, output,
                  [&](const query::Engine& engine) { return operate(query::Operator(engine, **store)); });
}

}  // namespace

int RunMerge(const MergeOptions& options, Output& output) {
  const query::MergeRequest request{options.name, options.with, options.operation.reason, Today()};
  return RunOperation(options.operation, output, [&](const query::Operator& op) { return op.Merge(request); });
}

int RunSplit(const SplitOptions& options, Output& output) {
  query::SplitRequest request;
  request.entity = options.name;
  request.aliases = options.aliases;
  request.articles = options.articles;
  request.into = options.into;
  request.as = options.as;
  request.reason = options.operation.reason;
  request.day = Today();
  if (!options.type.empty()) {
    const auto types = ParseMentionTypes({options.type});
    if (!types) return Fail(types.error(), output);
    request.type = types->front();
  }
  return RunOperation(options.operation, output, [&](const query::Operator& op) { return op.Split(request); });
}

int RunUndo(const UndoOptions& options, Output& output) {
  const query::UndoRequest request{options.number, options.operation.reason, Today()};
  return RunOperation(options.operation, output, [&](const query::Operator& op) { return op.Undo(request); });
}

}  // namespace mailuo::cli
