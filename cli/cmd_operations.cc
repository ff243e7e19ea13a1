// mailuo merge, split, undo: operations on the entities of a graph. mailuo operations lists them (cmd_query.cc).
#include <chrono>
#include <memory>
#include <utility>

#include <fmt/core.h>

#include "cli/answers.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/parse.h"
#include "cli/today.h"
#include "cli/wiring.h"
#include "query/operations.h"
#include "server/json_writer.h"

namespace mailuo::cli {
namespace {

// Opens the store for writing and hands an operator to `operate`.
template <typename Operate>
int RunOperation(const OperationArgs& args, Output& output, Operate&& operate) {
  const auto store = OpenExisting(args.store);
  if (!store) return Fail(store.error(), output);
  const auto adopted = (*store)->Read().AdoptedLexicon();
  if (!adopted) return Fail(adopted.error(), output);
  auto lexicon = LoadLexicon(args.lexicon, *adopted);
  if (!lexicon) return Fail(lexicon.error(), output);
  const query::Engine engine(**store, *std::move(lexicon));
  const auto started = std::chrono::steady_clock::now();
  const query::Answer<query::OperationResult> done = operate(query::Operator(engine, **store));
  if (!done) return Fail(done.error(), args.json, output);
  if (args.json) {
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - started);
    output.Line(server::ToJson(*done, {static_cast<std::uint64_t>(took.count())}));
  } else {
    Show(*done, output);
  }
  return output.Flush() ? kExitOk : kExitStore;
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
