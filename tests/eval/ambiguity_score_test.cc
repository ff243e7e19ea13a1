#include "eval/ambiguity_score.h"

#include <catch2/catch.hpp>

namespace mailuo::eval {
namespace {

Annotation Company(TextSpan span) {
  Mention mention;
  mention.span = span;
  mention.type = MentionType::kCompany;
  Annotation annotation;
  annotation.mentions = {mention};
  return annotation;
}

}  // namespace

TEST_CASE("A line asks about the first place of the name", "[eval][ambiguity]") {
  const auto line = ParseAmbiguityLine("石头\tword\t山上的石头很大，石头。");
  REQUIRE(line.has_value());
  CHECK(line->span == TextSpan{3, 5});
  CHECK_FALSE(line->company);
}

TEST_CASE("A line that asks nothing is refused with the column", "[eval][ambiguity]") {
  const auto error = [](std::string_view text) {
    const auto line = ParseAmbiguityLine(text);
    return line ? std::string("accepted") : line.error().message;
  };
  CHECK(error("石头\tword") == "expected NAME, company or word, SENTENCE, split by tabs");
  CHECK(error("石头\tplace\t石头") == "column 2: expected company or word, got \"place\"");
  CHECK(error("石头\tword\t山上") == "column 3: the sentence does not hold \"石头\"");
  CHECK(error("\tword\t山上") == "column 3: the sentence does not hold \"\"");
  CHECK(error("\xff\tword\t\xff") == "not UTF-8");
}

TEST_CASE("A company that covers the name is its reading and one that touches it is not the word",
          "[eval][ambiguity]") {
  const auto company = *ParseAmbiguityLine("长城\tcompany\t长城汽车销量");
  const auto word = *ParseAmbiguityLine("长城\tword\t登上长城");
  Scoreboard board;
  ScoreAmbiguityLine(company, Company({0, 4}), board);
  ScoreAmbiguityLine(word, Annotation{}, board);
  CHECK(board.ratios.at("ambiguity.right").right == 2);
  CHECK(board.failures.empty());
  ScoreAmbiguityLine(company, Annotation{}, board);
  ScoreAmbiguityLine(word, Company({3, 4}), board);
  CHECK(board.ratios.at("ambiguity.right").right == 2);
  CHECK(board.failures.size() == 2);
  CHECK(board.tallies.at("ambiguity/company").found == 2);
  CHECK(board.tallies.at("ambiguity/company").right == 1);
  CHECK(board.tallies.at("ambiguity/word").found == 2);
}

}  // namespace mailuo::eval
