#include "eval/story_score.h"

#include <string>

#include <catch2/catch.hpp>

#include "eval/labelled.h"
#include "eval/report.h"
#include "story/texts.h"

namespace mailuo::eval {
namespace {

std::string Line(const std::string& id, const std::string& story, const std::string& event, const std::string& text) {
  return R"({"id":")" + id + R"(","date":"2025-07-04 08:15","title":")" + text.substr(0, text.find("。")) +
         R"(","text":")" + text + R"(","story":")" + story + R"(","event":")" + event + "\"}\n";
}

}  // namespace

TEST_CASE("Stories are scored in two parts by their labels", "[eval][stories]") {
  std::string lines;
  for (std::size_t subject = 0; subject < 4; ++subject) {
    const std::string name = "story" + std::to_string(subject);
    for (std::size_t copy = 0; copy < 2; ++copy) {
      lines += Line(name + "_" + std::to_string(copy), name, name + ".1", test::TextOf(subject, 0, 12));
    }
  }
  const auto board = MeasureStories(lines, "lines");
  REQUIRE(board.has_value());
  std::size_t items = 0;
  for (const char* part : {"held", "rest"}) {
    const Overlap& stories = board->overlaps.at(std::string("story/") + part);
    const Overlap& events = board->overlaps.at(std::string("event/") + part);
    items += stories.items;
    if (stories.items == 0) continue;
    CHECK(stories.F1() == 1.0);
    CHECK(events.F1() == 1.0);
    CHECK(board->ratios.at(std::string("copies/") + part).total == stories.items / 2);
    CHECK(board->ratios.at(std::string("copies/") + part).right == stories.items / 2);
  }
  CHECK(items == 8);
  CHECK(BrokenFloors(*board, {{"story/rest", 1.0}}).empty());
  CHECK(FormatScores(*board).find("story/rest") != std::string::npos);
}

TEST_CASE("One group for all has full recall and low precision", "[eval][stories]") {
  std::string lines;
  for (int i = 0; i < 2; ++i)
    lines += Line("a" + std::to_string(i), "s" + std::to_string(i), "e", test::TextOf(1, 0, 8));
  const auto board = MeasureStories(lines, "lines");
  REQUIRE(board.has_value());
  for (const auto& [kind, overlap] : board->overlaps) {
    if (overlap.items == 2 && kind.starts_with("story")) {
      CHECK(overlap.precision == 0.5);
      CHECK(overlap.recall == 1.0);
    }
  }
}

TEST_CASE("A wrong line is named by its number", "[eval][stories]") {
  const auto error = [](const std::string& lines) { return MeasureStories(lines, "f").error().message; };
  const std::string good = Line("a", "s", "e", "星沉光学。");
  CHECK(error(good + "{}\n") == "f:2: expected a string \"text\"");
  CHECK(error(R"({"text":"a","story":"s"})") == "f:1: expected strings \"story\" and \"event\"");
  CHECK(error(R"({"text":"a","story":"s","event":"e","date":"some day"})") == "f:1: expected a day or a time \"date\"");
}

}  // namespace mailuo::eval
