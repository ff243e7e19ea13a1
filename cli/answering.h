// How a command asks an open store and prints what comes: the one way of questions and of operations.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

#include "cli/answers.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/wiring.h"
#include "query/engine.h"
#include "server/json_writer.h"
#include "store/store.h"

namespace mailuo::cli {

// Hands an engine over `store` to `ask`, which returns an Answer; prints it and returns the exit code. `lexicon`: the
// user's TSV, empty for none.
template <typename Ask>
int AskStore(const store::Store& store, const std::string& lexicon, bool json, Output& output, Ask&& ask) {
  auto names = LexiconOf(store, lexicon);
  if (!names) return Fail(names.error(), output);
  const query::Engine engine(store, *std::move(names));
  const auto started = std::chrono::steady_clock::now();
  const auto answer = ask(engine);
  if (!answer) return Fail(answer.error(), json, output);
  if (json) {
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - started);
    output.Line(server::ToJson(*answer, {static_cast<std::uint64_t>(took.count())}));
  } else {
    Show(*answer, output);
  }
  return output.Flush() ? kExitOk : kExitStore;
}

}  // namespace mailuo::cli
