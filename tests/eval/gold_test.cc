#include "eval/gold.h"

#include <catch2/catch.hpp>
#include <string>

namespace mailuo::eval {
namespace {

const std::string kGold = R"({"sample":"a.txt","published":"2025-03-14","common_words":true,
  "unscored":[{"start":9,"end":11},{"start":0,"end":1,"type":"sector"}],
  "mentions":[{"start":0,"end":4,"text":"宁德时代","type":"company","name":"宁德时代","tickers":["300750.SZ"]}],
  "dates":[{"start":4,"end":8,"text":"3月3日","from":"2025-03-03","to":null,"precision":"day","relation":"since"}],
  "events":[{"type":"EARNINGS","trigger":{"start":8,"end":10,"text":"披露"},"status":"planned",
             "time":{"from":"2025-03-03","to":"2025-03-03"},
             "participants":[{"role":"company","name":"宁德时代"}],
             "values":[{"role":"amount","text":"5亿元","number":500000000,"unit":"CNY"}]}],
  "relations":[{"type":"ACQUIRES","head":{"name":"a"},"tail":{"name":"b"},"status":"rumoured"}]})";

std::string Replaced(const std::string& from, const std::string& to) {
  std::string json = kGold;
  const std::size_t at = json.find(from);
  REQUIRE(at != std::string::npos);
  return json.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("A gold file gives what it says", "[eval][gold]") {
  const auto gold = ParseGold(kGold, "a");
  REQUIRE(gold.has_value());
  CHECK(gold->sample == "a.txt");
  CHECK(FormatDate(gold->published) == "2025-03-14");
  CHECK(gold->common_words);
  REQUIRE(gold->unscored.size() == 2);
  CHECK_FALSE(gold->unscored[0].type.has_value());
  CHECK(gold->unscored[1].type == MentionType::kSector);
  const Annotation& annotation = gold->annotation;
  REQUIRE(annotation.mentions.size() == 1);
  CHECK(annotation.mentions[0].tickers == std::vector<std::string>{"300750.SZ"});
  REQUIRE(annotation.dates.size() == 1);
  CHECK_FALSE(annotation.dates[0].interval.to.has_value());
  CHECK(annotation.dates[0].relation == DateRelation::kSince);
  REQUIRE(annotation.events.size() == 1);
  CHECK(annotation.events[0].status == FactStatus::kPlanned);
  CHECK(annotation.events[0].values[0].number == 5e8);
  REQUIRE(annotation.relations.size() == 1);
  CHECK(annotation.relations[0].type == RelationType::kAcquires);
  CHECK(annotation.relations[0].tail.name == "b");
}

TEST_CASE("A gold file that is wrong is refused with its name and reason", "[eval][gold]") {
  const auto error = [](const std::string& json) {
    const auto gold = ParseGold(json, "a");
    return gold ? std::string("accepted") : gold.error().message;
  };
  CHECK(error("{") == "a: byte 1: Missing a name for object member.");
  CHECK(error("[]").find("expected an object") != std::string::npos);
  CHECK(error(Replaced("EARNINGS", "EARNING")) == "a: \"type\": unknown word \"EARNING\"");
  CHECK(error(Replaced("company", "firm")) == "a: \"type\": unknown word \"firm\"");
  CHECK(error(Replaced("2025-03-14", "2025-02-30")) == "a: \"published\" is not a day YYYY-MM-DD");
  CHECK(error(Replaced("\"start\":8", "\"start\":-8")) == "a: expected a number \"start\"");
  CHECK(error(Replaced("\"relations\"", "\"relation\"")) == "a: expected a list \"relations\"");
}

TEST_CASE("A quote that is not in the text is named", "[eval][gold]") {
  const auto gold = ParseGold(kGold, "a");
  REQUIRE(gold.has_value());
  CHECK(CheckQuotes(*gold, "宁德时代3月3日披露5亿元").has_value());
  const auto shifted = CheckQuotes(*gold, "，宁德时代3月3日披露5亿元");
  REQUIRE_FALSE(shifted.has_value());
  CHECK(shifted.error().message == "a: the text has \"，宁德时\" at 0-4, expected \"宁德时代\"");
  CHECK_FALSE(CheckQuotes(*gold, "宁德时代").has_value());
  const auto no_value = CheckQuotes(*gold, "宁德时代3月3日披露");
  REQUIRE_FALSE(no_value.has_value());
  CHECK(no_value.error().message == "a: the text has no value \"5亿元\"");
}

}  // namespace mailuo::eval
