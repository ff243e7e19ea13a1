#include <set>
#include <string>
#include <tuple>

#include <fmt/core.h>

#include "eval/scoring.h"

namespace mailuo::eval {
namespace {

// Entity, first day, type: what a reader of a timeline sees once, however many sentences tell it.
using Item = std::tuple<std::string, std::string, std::string>;

std::set<Item> Items(const Scoring& scoring, const std::vector<Event>& events) {
  std::set<Item> items;
  for (const Event& event : events) {
    const auto& interval = event.time.interval;
    const auto day = interval.from ? interval.from : interval.to;
    for (const Participant& participant : event.participants) {
      items.emplace(scoring.GoldName(participant.name), day ? FormatDate(*day) : "", Word(event.type));
    }
  }
  return items;
}

std::string Show(const Item& item) {
  return fmt::format("{} {} {}", std::get<0>(item), std::get<1>(item), std::get<2>(item));
}

}  // namespace

void ScoreTimeline(Scoring& scoring) {
  const std::set<Item> gold = Items(scoring, scoring.gold().annotation.events);
  const std::set<Item> found = Items(scoring, scoring.found().events);
  Tally& tally = scoring.board().tallies["timeline"];
  tally.gold += gold.size();
  tally.found += found.size();
  for (const Item& item : gold) {
    if (found.contains(item)) {
      ++tally.right;
    } else {
      scoring.Fail(Failure::Kind::kMissed, "timeline", Show(item), std::nullopt);
    }
  }
  for (const Item& item : found) {
    if (!gold.contains(item)) scoring.Fail(Failure::Kind::kFalse, "timeline", Show(item), std::nullopt);
  }
}

}  // namespace mailuo::eval
