// The shipped lexicon files themselves: sorted, unique, sourced, and large enough to be useful.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "lexicon/lexicon.h"
#include "lexicon/tsv_reader.h"
#include "text/folded_text.h"

namespace mailuo::lexicon {
namespace {

const std::filesystem::path kCorpus = std::filesystem::path(MAILUO_SOURCE_DIR) / "corpus" / "lexicon";

std::vector<std::filesystem::path> Files() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(kCorpus)) {
    if (entry.path().extension() == ".tsv") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  REQUIRE(files.size() > 8);
  return files;
}

std::vector<std::string> Lines(const std::filesystem::path& path) {
  std::ifstream file(path);
  REQUIRE(file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

TEST_CASE("lexicon files are sorted and hold no line twice", "[lexicon][corpus]") {
  for (const auto& path : Files()) {
    CAPTURE(path.filename().string());
    const std::vector<std::string> lines = Lines(path);
    REQUIRE(lines.size() > 1);
    CHECK(std::is_sorted(lines.begin() + 1, lines.end(), std::less_equal<>()));
  }
  for (const char* const name : {"surnames.tsv", "not_names.tsv"}) {
    CAPTURE(name);
    const std::vector<std::string> lines = Lines(kCorpus / "words" / name);
    REQUIRE(lines.size() > 100);
    CHECK(std::is_sorted(lines.begin() + 1, lines.end(), std::less_equal<>()));
  }
}

TEST_CASE("every row names its source, its kind and known attributes", "[lexicon][corpus]") {
  const std::set<std::string> sources{"curated", "listings", "laws", "places"};
  const std::set<std::string> keys{"english", "country", "industry", "venue",  "codes", "org",    "role",
                                   "maker",   "issuer",  "date",     "parent", "code",  "renamed"};
  std::size_t rows_seen = 0;
  for (const auto& path : Files()) {
    const auto rows = ReadLexiconFile(path.string());
    REQUIRE(rows);
    rows_seen += rows->size();
    for (const LexiconRow& row : *rows) {
      CAPTURE(path.filename().string(), row.line);
      REQUIRE(sources.count(row.source) == 1);
      REQUIRE_FALSE(row.kind.empty());
      for (const auto& [key, value] : row.attributes) {
        REQUIRE(keys.count(key) == 1);
        REQUIRE_FALSE(value.empty());
      }
    }
  }
  CHECK(rows_seen == Lexicon::BuiltIn()->size());
}

TEST_CASE("the lexicon knows the listed companies of the four Chinese exchanges", "[lexicon][corpus]") {
  const auto rows = ReadLexiconFile((kCorpus / "companies.tsv").string());
  REQUIRE(rows);
  std::size_t chinese = 0;
  std::size_t all = 0;
  for (const LexiconRow& row : *rows) {
    for (const std::string& ticker : row.tickers) {
      const std::string exchange = ticker.substr(ticker.rfind('.') + 1);
      ++all;
      if (exchange == "SH" || exchange == "SZ" || exchange == "BJ" || exchange == "HK") ++chinese;
    }
  }
  CHECK(chinese >= 8000);
  CHECK(all >= 10000);
}

TEST_CASE("no sure name is shared by two entities of a type", "[lexicon][corpus]") {
  const auto lexicon = Lexicon::BuiltIn();
  std::size_t checked = 0;
  for (EntityIndex index = 0; index < lexicon->size(); ++index) {
    const EntityInfo info = lexicon->Entity(index);
    for (const std::string_view name : lexicon->Names(index)) {
      std::set<EntityIndex> owners;
      for (const NameEntry& entry : lexicon->FindByName(name)) {
        if (entry.strength == NameStrength::kSure && lexicon->Entity(entry.entity).type == info.type) {
          owners.insert(entry.entity);
        }
      }
      ++checked;
      CAPTURE(name);
      REQUIRE(owners.size() <= 1);
    }
  }
  CHECK(checked > 20000);
}

TEST_CASE("words that are no names deny known names only", "[lexicon][corpus]") {
  const auto words = ReadNotNamesFile((kCorpus / "words" / "not_names.tsv").string());
  REQUIRE(words);
  const auto lexicon = Lexicon::BuiltIn();
  for (const NotName& word : *words) {
    CAPTURE(word.word);
    if (word.name != "*") CHECK_FALSE(lexicon->FindByName(word.name).empty());
  }
}

}  // namespace
}  // namespace mailuo::lexicon
