#include "eval/article_score.h"

#include <catch2/catch.hpp>
#include <string>

namespace mailuo::eval {
namespace {

//                          0         1          2
//                          0123 45678 9 0123456 7 8901234
const std::string kText = "英伟达5月20日收购安世。苹果3月很甜。";

Mention Company(std::uint32_t start, std::uint32_t end, const std::string& name) {
  Mention mention;
  mention.span = {start, end};
  mention.name = name;
  mention.confidence = 1;
  return mention;
}

DateMention Day(std::uint32_t start, std::uint32_t end, int month, int day) {
  DateMention date;
  date.span = {start, end};
  const auto when = MakeDate(2025, month, day);
  date.interval = {when, when};
  return date;
}

Event Acquisition(TextSpan trigger, int day) {
  Event event;
  event.trigger = trigger;
  event.confidence = 1;
  const auto when = MakeDate(2025, 5, day);
  event.time.interval = {when, when};
  Participant acquirer;
  acquirer.role = "acquirer";
  acquirer.name = "英伟达";
  event.participants = {acquirer};
  return event;
}

GoldArticle Gold() {
  GoldArticle gold;
  gold.name = "a";
  Mention buyer = Company(0, 3, "英伟达");
  buyer.tickers = {"NVDA.US"};
  gold.annotation.mentions = {buyer, Company(10, 12, "安世半导体")};
  gold.annotation.dates = {Day(3, 8, 5, 20)};
  gold.annotation.events = {Acquisition({8, 10}, 20)};
  Relation relation;
  relation.confidence = 1;
  relation.head.name = "英伟达";
  relation.tail.name = "安世半导体";
  gold.annotation.relations = {relation};
  return gold;
}

Scoreboard Score(const GoldArticle& gold, const Annotation& found) {
  Article article;
  article.text = kText;
  Scoreboard board;
  ScoreArticle(gold, article, found, board);
  return board;
}

}  // namespace

TEST_CASE("Finding exactly the gold is all right", "[eval][score]") {
  const GoldArticle gold = Gold();
  const Scoreboard board = Score(gold, gold.annotation);
  CHECK(board.failures.empty());
  for (const auto& [kind, tally] : board.tallies) {
    CAPTURE(kind);
    CHECK(tally.gold == tally.found);
    CHECK(tally.right == tally.gold);
  }
  CHECK(board.tallies.at("mention").F1() == 1.0);
  CHECK(board.tallies.at("timeline").right == 1);
  for (const auto& [kind, ratio] : board.ratios) {
    CAPTURE(kind);
    CHECK(ratio.right == ratio.total);
  }
}

TEST_CASE("Finding nothing misses everything, with the sentence", "[eval][score]") {
  const Scoreboard board = Score(Gold(), {});
  CHECK(board.tallies.at("mention/company").gold == 2);
  CHECK(board.tallies.at("mention/company").Recall() == 0.0);
  CHECK(board.tallies.at("event").F1() == 0.0);
  REQUIRE_FALSE(board.failures.empty());
  CHECK(board.failures[0].kind == Failure::Kind::kMissed);
  CHECK(board.failures[0].what == "英伟达 (英伟达)");
  CHECK(board.failures[0].sentence == "英伟达5月20日收购安世。");
}

TEST_CASE("A span one character off is a miss and a false hit", "[eval][score]") {
  Annotation found = Gold().annotation;
  found.mentions[1].span.end = 13;
  const Tally tally = Score(Gold(), found).tallies.at("mention/company");
  CHECK(tally.right == 1);
  CHECK(tally.found == 2);
}

TEST_CASE("Names and tickers are rated on right spans only", "[eval][score]") {
  Annotation found = Gold().annotation;
  found.mentions[0].tickers = {"AMD.US"};
  found.mentions[1].name = "安世";
  const Scoreboard board = Score(Gold(), found);
  CHECK(board.tallies.at("mention").right == 2);
  CHECK(board.ratios.at("mention.name").total == 2);
  CHECK(board.ratios.at("mention.name").right == 1);
  CHECK(board.ratios.at("mention.tickers").total == 1);
  CHECK(board.ratios.at("mention.tickers").right == 0);
}

TEST_CASE("Another canonical name is one failure, not one for each event and relation", "[eval][score]") {
  Annotation found = Gold().annotation;
  found.mentions[0].name = "辉达";
  found.events[0].participants[0].name = "辉达";
  found.relations[0].head.name = "辉达";
  const Scoreboard board = Score(Gold(), found);
  CHECK(board.ratios.at("mention.name").right == 1);
  CHECK(board.tallies.at("event.participant").right == 1);
  CHECK(board.tallies.at("timeline").right == 1);
  CHECK(board.tallies.at("relation").right == 1);
}

TEST_CASE("An event that lasts has the time of its first day", "[eval][score]") {
  Annotation found = Gold().annotation;
  found.events[0].time.interval.to = std::nullopt;
  CHECK(Score(Gold(), found).ratios.at("event.time").right == 1);
}

TEST_CASE("What lies on an unscored span counts neither way", "[eval][score]") {
  GoldArticle gold = Gold();
  gold.unscored = {{{13, 15}, MentionType::kCompany}};
  Annotation found = gold.annotation;
  found.mentions.push_back(Company(13, 15, "苹果"));
  CHECK(Score(gold, found).tallies.at("mention").found == 2);
  gold.unscored[0].type = MentionType::kPlace;
  CHECK(Score(gold, found).tallies.at("mention").found == 3);
}

TEST_CASE("A company among common words is a false one", "[eval][score]") {
  GoldArticle gold;
  gold.common_words = true;
  Annotation found;
  CHECK(Score(gold, found).ratios.at("article.no_false_company").right == 1);
  found.mentions.push_back(Company(13, 15, "苹果"));
  CHECK(Score(gold, found).tallies.at("false_company").found == 1);
  CHECK(Score(gold, found).ratios.at("article.no_false_company").right == 0);
}

TEST_CASE("A date is right by its interval even where its span differs", "[eval][score]") {
  Annotation found = Gold().annotation;
  found.dates[0].span.end = 7;
  const Scoreboard board = Score(Gold(), found);
  CHECK(board.tallies.at("date.span").right == 0);
  CHECK(board.tallies.at("date.value").right == 1);
}

TEST_CASE("With since only the start of a date counts", "[eval][score]") {
  GoldArticle gold = Gold();
  gold.annotation.dates[0].relation = DateRelation::kSince;
  Annotation found = gold.annotation;
  found.dates[0].interval.to = std::nullopt;
  CHECK(Score(gold, found).tallies.at("date.value").right == 1);
  found.dates[0].interval.from = MakeDate(2025, 5, 19);
  CHECK(Score(gold, found).tallies.at("date.value").right == 0);
}

TEST_CASE("An event with another trigger of the same sentence is found, not exact", "[eval][score]") {
  Annotation found = Gold().annotation;
  found.events[0].trigger = {10, 12};
  found.events[0].status = FactStatus::kPlanned;
  const Scoreboard board = Score(Gold(), found);
  CHECK(board.tallies.at("event").right == 0);
  CHECK(board.tallies.at("event.sentence").right == 1);
  CHECK(board.ratios.at("event.status").right == 0);
  CHECK(board.tallies.at("event.participant").right == 1);
}

TEST_CASE("The same trigger word elsewhere in the sentence is the same trigger", "[eval][score]") {
  const std::string text = "公司中标项目，中标金额12亿元。";
  GoldArticle gold;
  Event event;
  event.type = EventType::kContractWin;
  event.trigger = {2, 4};
  gold.annotation.events = {event};
  Annotation found = gold.annotation;
  found.events[0].trigger = {7, 9};
  Article article;
  article.text = text;
  Scoreboard board;
  ScoreArticle(gold, article, found, board);
  CHECK(board.tallies.at("event").right == 1);
}

TEST_CASE("An event of another sentence is another event", "[eval][score]") {
  Annotation found = Gold().annotation;
  found.events[0].trigger = {16, 18};
  const Scoreboard board = Score(Gold(), found);
  CHECK(board.tallies.at("event.sentence").right == 0);
  CHECK(board.tallies.at("event").found == 1);
}

TEST_CASE("The wrong day is the wrong timeline item", "[eval][score]") {
  Annotation found = Gold().annotation;
  found.events[0] = Acquisition({8, 10}, 21);
  const Scoreboard board = Score(Gold(), found);
  CHECK(board.ratios.at("event.time").right == 0);
  CHECK(board.tallies.at("timeline").right == 0);
  CHECK(board.tallies.at("timeline").found == 1);
}

TEST_CASE("Directed relations keep their direction, symmetric ones have none", "[eval][score]") {
  GoldArticle gold = Gold();
  Annotation found = gold.annotation;
  std::swap(found.relations[0].head, found.relations[0].tail);
  CHECK(Score(gold, found).tallies.at("relation").right == 0);
  gold.annotation.relations[0].type = found.relations[0].type = RelationType::kPartnersWith;
  CHECK(Score(gold, found).tallies.at("relation").right == 1);
}

TEST_CASE("A relation told by two sentences is one statement", "[eval][score]") {
  Annotation found = Gold().annotation;
  found.relations.push_back(found.relations[0]);
  CHECK(Score(Gold(), found).tallies.at("relation").found == 1);
}

TEST_CASE("What extraction is unsure of is left out", "[eval][score]") {
  Annotation found = Gold().annotation;
  found.mentions[1].confidence = 0.2F;
  DropUnsure(0.3, found);
  CHECK(found.mentions.size() == 1);
  CHECK(found.events.size() == 1);
}

}  // namespace mailuo::eval
