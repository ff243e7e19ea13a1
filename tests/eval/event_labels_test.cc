#include "eval/event_labels.h"

#include <catch2/catch.hpp>
#include <string>

namespace mailuo::eval {
namespace {

constexpr const char* kLine =
    R"({"id":"e1","text":"去年5月,沧澜能源向岚屿银行质押2000万股,又质押了。","events":[{"type":"质押",)"
    R"("trigger":["质押",14],"args":[["sub-org","沧澜能源",5],["obj-org","岚屿银行",10],["date","去年5月",0],)"
    R"(["number","2000万",16]]}]})";

EventLine Line() {
  auto line = ParseEventLine(kLine);
  if (!line) FAIL(line.error().message);
  return *std::move(line);
}

EventLabels Labels() {
  auto labels = BuiltInEventLabels();
  if (!labels) FAIL(labels.error().message);
  return *std::move(labels);
}

Mention Company(TextSpan span, const char* name, std::uint64_t id) {
  Mention mention;
  mention.span = span;
  mention.entity = EntityId{id};
  mention.name = name;
  return mention;
}

// A pledge by the first mention to the second, told by the word at `trigger`.
Annotation Pledge(TextSpan trigger) {
  Annotation found;
  found.mentions = {Company({5, 9}, "沧澜能源", 1), Company({10, 14}, "岚屿银行", 2)};
  found.dates.resize(1);
  found.dates[0].span = {0, 4};
  Event event;
  event.type = EventType::kPledgeFreeze;
  event.trigger = trigger;
  event.time.date = 0;
  event.participants = {{"pledger", 0, EntityId{1}, MentionType::kCompany, "沧澜能源"},
                        {"company", 1, EntityId{2}, MentionType::kCompany, "岚屿银行"}};
  event.values = {{"shares", {16, 22}, 2e7, "share"}};
  found.events = {event};
  return found;
}

Scoreboard Score(const Annotation& found, const std::set<std::string>& of_file = {"质押"}) {
  Scoreboard board;
  ScoreEventLine(Line(), Labels(), of_file, found, board);
  return board;
}

}  // namespace

TEST_CASE("An event line is read with its quotes checked", "[eval][events]") {
  const EventLine line = Line();
  REQUIRE(line.events.size() == 1);
  CHECK(line.events[0].label == "质押");
  CHECK(line.events[0].trigger == TextSpan{14, 16});
  CHECK(line.events[0].arguments.size() == 4);
  const auto error = [](const std::string& json) {
    const auto read = ParseEventLine(json);
    return read ? std::string("accepted") : read.error().message;
  };
  CHECK(error(R"({"text":"甲"})") == "expected a list \"events\"");
  CHECK(error(R"({"text":"甲","events":[{"type":"质押","trigger":["乙",0],"args":[]}]})") ==
        "\"乙\" does not stand at 0");
  CHECK(error(R"({"text":"甲","events":[{"type":"质押","trigger":["乙",7],"args":[]}]})") ==
        "quote at 7 does not fit the text");
  CHECK(error(R"({"text":"甲","events":[{"type":"质押","trigger":["甲",0]}]})") == "expected a list \"args\"");
}

TEST_CASE("The labels of the program name types and roles that exist", "[eval][events]") {
  const EventLabels labels = Labels();
  CHECK(labels.size() == 10);
  CHECK(labels.at("收购").Accepts(EventType::kAcquisition));
  CHECK_FALSE(labels.at("收购").Accepts(EventType::kDividend));
  CHECK(labels.at("质押").Counts(EventType::kPledgeFreeze, "解除质押"));
  CHECK_FALSE(labels.at("质押").Counts(EventType::kPledgeFreeze, "冻结"));
  const auto bad = ParseEventLabels("f", "质押\tPLEDGE\t\t\t\t\twhy\n");
  REQUIRE_FALSE(bad.has_value());
  CHECK(bad.error().message == "f:1: column types: unknown event type 'PLEDGE'");
}

TEST_CASE("An event on the labelled trigger is right, with date, role and amount", "[eval][events]") {
  Scoreboard board = Score(Pledge({14, 16}));
  CHECK(board.tallies["event"].right == 1);
  CHECK(board.tallies["event.span"].right == 1);
  CHECK(board.tallies["event/质押"].F1() == 1.0);
  CHECK(board.tallies["event.line"].F1() == 1.0);
  CHECK(board.tallies["role/sub"].F1() == 1.0);
  CHECK(board.tallies["role/obj"].right == 0);  // The bank is there, but not as pledgee.
  CHECK(board.tallies["role/obj"].gold == 1);
  CHECK(board.tallies["amount/number"].F1() == 1.0);
  CHECK(board.ratios["event.date"].right == 1);
}

TEST_CASE("The same word elsewhere in the line is the same trigger, another span", "[eval][events]") {
  Scoreboard board = Score(Pledge({24, 26}));
  CHECK(board.tallies["event"].right == 1);
  CHECK(board.tallies["event.span"].right == 0);
}

TEST_CASE("Events of types that a file does not label count neither way", "[eval][events]") {
  Annotation found = Pledge({14, 16});
  found.events.push_back(found.events[0]);
  found.events[1].type = EventType::kLawsuit;
  CHECK(Score(found).tallies["event"].found == 1);
  CHECK(Score(found, {"质押", "起诉"}).tallies["event"].found == 2);
}

TEST_CASE("A fifth of the lines is held back, always the same", "[eval][events]") {
  int held = 0;
  for (int i = 0; i < 1000; ++i) {
    const std::string id = std::to_string(i);
    CHECK(IsIn(Part::kAll, id));
    CHECK(IsIn(Part::kHeld, id) != IsIn(Part::kTuned, id));
    if (IsIn(Part::kHeld, id)) ++held;
  }
  CHECK(held > 150);
  CHECK(held < 250);
}

}  // namespace mailuo::eval
