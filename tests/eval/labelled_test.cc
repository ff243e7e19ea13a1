#include "eval/labelled.h"

#include <catch2/catch.hpp>
#include <string>

namespace mailuo::eval {
namespace {

Annotation Found(TextSpan span, MentionType type, std::vector<std::string> tickers = {}) {
  Mention mention;
  mention.span = span;
  mention.type = type;
  mention.tickers = std::move(tickers);
  Annotation annotation;
  annotation.mentions = {mention};
  return annotation;
}

}  // namespace

TEST_CASE("A NER line is read with its labels", "[eval][labelled]") {
  const auto line = ParseNerLine(R"({"id":"n1","text":"华为与苹果","spans":[[0,2,"company"],[3,5,"game"]]})");
  REQUIRE(line.has_value());
  CHECK(line->article.external_id == "n1");
  REQUIRE(line->spans.size() == 2);
  CHECK(line->spans[1].label == "game");
  CHECK(line->spans[1].span == TextSpan{3, 5});
}

TEST_CASE("Lines that are wrong are refused with the reason", "[eval][labelled]") {
  const auto error = [](const std::string& json) {
    const auto line = ParseNerLine(json);
    return line ? std::string("accepted") : line.error().message;
  };
  CHECK(error("{]").rfind("byte 1", 0) == 0);
  CHECK(error("[]") == "expected an object");
  CHECK(error(R"({"spans":[]})") == "expected a string \"text\"");
  CHECK(error(R"({"text":"华为"})") == "expected a list \"spans\"");
  CHECK(error(R"({"text":"华为","spans":[[0,2]]})") == "expected [start, end, ...] in \"spans\"");
  CHECK(error(R"({"text":"华为","spans":[[0,3,"company"]]})") == "span 0-3 does not fit the text");
}

TEST_CASE("Codes of data vendors become ours, other kinds are passed over", "[eval][labelled]") {
  const auto line =
      ParseTickerLine(R"({"id":"t","date":"2026-04-27 22:03 UTC","text":"穆迪与海光信息和通信",)"
                      R"("mentions":[[0,2,"MCO.NYSE","security","穆迪"],[3,7,"688041.SH","security","海光信息"],)"
                      R"([8,10,"BK1215.M90","board_or_index","通信"]]})");
  REQUIRE(line.has_value());
  REQUIRE(line->article.published.has_value());
  CHECK(FormatDate(line->article.published->date) == "2026-04-27");
  REQUIRE(line->spans.size() == 2);
  CHECK(line->spans[0].label == "MCO.US");
  CHECK(line->spans[1].label == "688041.SH");
}

TEST_CASE("NER counts strict spans of the mapped types only", "[eval][labelled]") {
  const auto line = ParseNerLine(R"({"text":"华为与苹果","spans":[[0,2,"company"],[3,5,"game"]]})");
  REQUIRE(line.has_value());
  Scoreboard board;
  ScoreNerLine(*line, DefaultLabelMap(), Found({0, 2}, MentionType::kCompany), board);
  CHECK(board.tallies.at("mention/company").F1() == 1.0);
  ScoreNerLine(*line, DefaultLabelMap(), Found({3, 5}, MentionType::kProduct), board);
  CHECK(board.tallies.at("mention/company").gold == 2);
  CHECK(board.tallies.at("mention/company").found == 1);
  ScoreNerLine(*line, DefaultLabelMap(), Found({0, 1}, MentionType::kCompany), board);
  CHECK(board.tallies.at("mention/company").found == 2);
  CHECK(board.tallies.at("mention/company").right == 1);
}

TEST_CASE("Types that a set never labels are not measured by it", "[eval][labelled]") {
  const auto line = ParseNerLine(R"({"text":"华为与苹果","spans":[[0,2,"Corporate"]]})");
  REQUIRE(line.has_value());
  Scoreboard board;
  ScoreNerLine(*line, DefaultLabelMap(), Found({3, 5}, MentionType::kPerson), board);
  CHECK(board.tallies.at("mention/person").found == 1);
  DropUnlabelledTypes(board);
  CHECK(board.tallies.size() == 1);
  CHECK(board.tallies.at("mention/company").gold == 1);
  CHECK(board.failures.size() == 1);
}

TEST_CASE("A link is right when the company there has the code", "[eval][labelled]") {
  const auto line =
      ParseTickerLine(R"({"text":"苹果与海光信息","mentions":[[3,7,"688041.SH","security","海光信息"]]})");
  REQUIRE(line.has_value());
  Scoreboard board;
  ScoreTickerLine(*line, Found({3, 7}, MentionType::kCompany, {"688041.SH"}), board);
  ScoreTickerLine(*line, Found({3, 7}, MentionType::kCompany, {"600000.SH"}), board);
  ScoreTickerLine(*line, Found({0, 2}, MentionType::kCompany, {"AAPL.US"}), board);
  const Tally& tally = board.tallies.at("link");
  CHECK(tally.gold == 3);
  CHECK(tally.found == 2);
  CHECK(tally.right == 1);
  CHECK(board.ratios.at("link.labelled").total == 3);
  CHECK(board.ratios.at("link.labelled").right == 2);
}

TEST_CASE("Label maps are read from the command line", "[eval][labelled]") {
  const auto map = ParseLabelMap("ORG=organization,PER=person");
  REQUIRE(map.has_value());
  CHECK(map->at("PER") == MentionType::kPerson);
  CHECK_FALSE(ParseLabelMap("ORG").has_value());
  CHECK_FALSE(ParseLabelMap("ORG=firm").has_value());
}

}  // namespace mailuo::eval
