#include <algorithm>
#include <string>

#include <fmt/core.h>

#include "eval/scoring.h"

namespace mailuo::eval {
namespace {

std::string Show(const std::optional<Date>& day) { return day ? FormatDate(*day) : "open"; }
std::string Show(const DateMention& date) {
  return fmt::format("{}..{} {} {}", Show(date.interval.from), Show(date.interval.to), Word(date.precision),
                     Word(date.relation));
}

bool SameValue(const DateMention& gold, const DateMention& found) {
  switch (gold.relation) {
    case DateRelation::kSince:
    case DateRelation::kAfter: return gold.interval.from == found.interval.from;
    case DateRelation::kUntil:
    case DateRelation::kBy:
    case DateRelation::kBefore:
    case DateRelation::kAsOf: return gold.interval.to == found.interval.to;
    case DateRelation::kAt:
    case DateRelation::kWithin: break;
  }
  return gold.interval == found.interval;
}

// The found date that overlaps `gold` and starts nearest to it, not yet taken.
std::size_t Partner(const DateMention& gold, const std::vector<DateMention>& found, const std::vector<bool>& taken) {
  std::size_t best = found.size();
  std::uint32_t best_distance = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (taken[i] || !Overlaps(gold.span, found[i].span)) continue;
    const std::uint32_t distance = gold.span.start > found[i].span.start ? gold.span.start - found[i].span.start
                                                                         : found[i].span.start - gold.span.start;
    if (best == found.size() || distance < best_distance) {
      best = i;
      best_distance = distance;
    }
  }
  return best;
}

void Compare(Scoring& scoring, const DateMention& gold, const DateMention& found) {
  Scoreboard& board = scoring.board();
  if (gold.span == found.span) {
    ++board.tallies["date.span"].right;
  } else {
    scoring.Fail(Failure::Kind::kWrong, "date.span",
                 fmt::format("expected {}, found {}", scoring.Slice(gold.span), scoring.Slice(found.span)),
                 gold.span.start);
  }
  if (!SameValue(gold, found)) {
    scoring.Fail(Failure::Kind::kWrong, "date.value",
                 fmt::format("{}: expected {}, found {}", scoring.Slice(gold.span), Show(gold), Show(found)),
                 gold.span.start);
    return;
  }
  ++board.tallies["date.value"].right;
  board.Rate("date.precision", gold.precision == found.precision);
  board.Rate("date.relation", gold.relation == found.relation);
}

}  // namespace

void ScoreDates(Scoring& scoring) {
  const auto& gold = scoring.gold().annotation.dates;
  const auto& found = scoring.found().dates;
  std::vector<bool> taken(found.size(), false);
  Tally& spans = scoring.board().tallies["date.span"];
  Tally& values = scoring.board().tallies["date.value"];
  for (const DateMention& date : gold) {
    ++spans.gold;
    ++values.gold;
    const std::size_t partner = Partner(date, found, taken);
    if (partner == found.size()) {
      scoring.Fail(Failure::Kind::kMissed, "date.value", fmt::format("{}: {}", scoring.Slice(date.span), Show(date)),
                   date.span.start);
      continue;
    }
    taken[partner] = true;
    ++spans.found;
    ++values.found;
    Compare(scoring, date, found[partner]);
  }
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (taken[i] || scoring.Unscored(found[i].span, std::nullopt)) continue;
    ++spans.found;
    ++values.found;
    scoring.Fail(Failure::Kind::kFalse, "date.value",
                 fmt::format("{}: {}", scoring.Slice(found[i].span), Show(found[i])), found[i].span.start);
  }
}

}  // namespace mailuo::eval
