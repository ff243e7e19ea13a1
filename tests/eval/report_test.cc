#include "eval/report.h"

#include <catch2/catch.hpp>

namespace mailuo::eval {
namespace {

Scoreboard Board() {
  Scoreboard board;
  board.tallies["event"] = {4, 2, 1};
  board.Rate("event.status", true);
  board.Rate("event.status", false);
  board.failures.push_back({Failure::Kind::kFalse, "event", "a", "收购", "苹果收购。"});
  return board;
}

}  // namespace

TEST_CASE("Scores are precision, recall and F1", "[eval][report]") {
  const Tally tally{4, 2, 1};
  CHECK(tally.Precision() == 0.5);
  CHECK(tally.Recall() == 0.25);
  CHECK(tally.F1() == Approx(1.0 / 3.0));
  CHECK(Tally{}.F1() == 0.0);
}

TEST_CASE("The report has a line a kind", "[eval][report]") {
  const std::string report = FormatScores(Board());
  CHECK(report.find("event                             4      2      1   0.500   0.250   0.333\n") !=
        std::string::npos);
  CHECK(report.find("event.status                      2      1   0.500\n") != std::string::npos);
  CHECK(FormatFailures(Board()) == "false\tevent\ta\t收购\t苹果收购。\n");
}

TEST_CASE("Floors that are not reached are named", "[eval][report]") {
  CHECK(BrokenFloors(Board(), {{"event", 0.3}, {"event.status", 0.5}}).empty());
  CHECK(BrokenFloors(Board(), {{"event", 0.4}}) == "event: 0.3333 is below 0.4\n");
  CHECK(BrokenFloors(Board(), {{"evnt", 0.4}}) == "evnt: nothing of this kind was counted\n");
  CHECK_FALSE(ParseFloor("event").has_value());
  CHECK_FALSE(ParseFloor("event=high").has_value());
  CHECK(ParseFloor("event=0.25")->at_least == 0.25);
}

}  // namespace mailuo::eval
