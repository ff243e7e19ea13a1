// Reads a file or folder into memory, for tests.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "ingest/article_reader.h"

namespace mailuo::ingest {

inline ReaderOptions TestOptions() {
  ReaderOptions options;
  options.today = MakeDate(2026, 6, 1);
  return options;
}

inline std::vector<ReadOutcome> ReadAllOf(const std::string& path, const ReaderOptions& options = TestOptions()) {
  std::vector<ReadOutcome> outcomes;
  const Status status = ReadArticles(path, options, [&outcomes](ReadOutcome&& outcome) {
    outcomes.push_back(std::move(outcome));
    return true;
  });
  if (!status) {
    ReadOutcome failed;
    failed.article = status.error();
    outcomes.push_back(std::move(failed));
  }
  return outcomes;
}

// The reason why the only input of a file was refused; "" if it was not.
inline std::string Refusal(const std::vector<ReadOutcome>& outcomes) {
  return outcomes.size() == 1 && !outcomes.front().article ? outcomes.front().article.error().message : std::string();
}

}  // namespace mailuo::ingest
