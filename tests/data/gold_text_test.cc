// corpus/gold against the articles it annotates, and the samples as ingest reads them.
#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <regex>
#include <string>

#include "eval/gold.h"
#include "eval/measure.h"
#include "ingest/article_reader.h"

namespace {

using namespace mailuo;  // NOLINT(google-build-using-namespace)

const std::string kCorpus = std::string(MAILUO_SOURCE_DIR) + "/corpus";

}  // namespace

TEST_CASE("Every gold span is the text that it quotes", "[data][gold]") {
  const auto all = eval::ReadGoldFolder(kCorpus + "/gold");
  REQUIRE(all.has_value());
  for (const auto& gold : *all) {
    CAPTURE(gold.name);
    const auto article = eval::ReadSample(kCorpus + "/samples/" + gold.sample);
    if (!article) FAIL(article.error().message);
    const auto quotes = eval::CheckQuotes(gold, article->text);
    if (!quotes) FAIL_CHECK(quotes.error().message);
  }
}

TEST_CASE("Every sample is read whole, with as many articles as the list says", "[data][samples]") {
  std::map<std::string, int> listed;
  std::ifstream list(kCorpus + "/README.md");
  const std::regex row(R"(\| `([^`]+)` \| (\d+) \|.*)");
  for (std::string line; std::getline(list, line);) {
    std::smatch match;
    if (std::regex_match(line, match, row)) listed[match[1]] = std::stoi(match[2]);
  }
  for (const auto& [name, count] : listed) {
    CAPTURE(name);
    int read = 0;
    const auto status = ingest::ReadArticles(kCorpus + "/samples/" + name, {}, [&](ingest::ReadOutcome&& outcome) {
      CAPTURE(outcome.place);
      if (!outcome.article) FAIL_CHECK(outcome.article.error().message);
      CHECK(outcome.warnings.empty());
      ++read;
      return true;
    });
    CHECK(status.has_value());
    CHECK(read == count);
  }
}
