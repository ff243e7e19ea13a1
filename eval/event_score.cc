#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include <fmt/core.h>

#include "eval/scoring.h"

namespace mailuo::eval {
namespace {

std::string Days(const DateInterval& interval) {
  return fmt::format("{}..{}", interval.from ? FormatDate(*interval.from) : "",
                     interval.to ? FormatDate(*interval.to) : "");
}

std::string TypeKind(const Event& event) { return fmt::format("event/{}", Word(event.type)); }

std::optional<Date> FirstDay(const Event& event) {
  const DateInterval& interval = event.time.interval;
  return interval.from ? interval.from : interval.to;
}

// Which found event stands for each gold event: one with an overlapping trigger (or the same word elsewhere in the
// sentence: 公司中标…，中标金额), else one of the same type in the same sentence. kNone where there is neither.
class Pairing {
 public:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  explicit Pairing(const Scoring& scoring)
      : gold_(scoring.gold().annotation.events),
        found_(scoring.found().events),
        partner_(gold_.size(), kNone),
        taken_(found_.size(), false) {
    const auto same_sentence = [&](const Event& a, const Event& b) {
      return scoring.SentenceOf(a.trigger.start) == scoring.SentenceOf(b.trigger.start);
    };
    Take([](const Event& a, const Event& b) { return Overlaps(a.trigger, b.trigger); });
    Take([&](const Event& a, const Event& b) {
      return same_sentence(a, b) && scoring.Slice(a.trigger) == scoring.Slice(b.trigger);
    });
    by_trigger_ = partner_;
    Take(same_sentence);
  }

  std::size_t partner(std::size_t gold) const { return partner_[gold]; }
  bool by_trigger(std::size_t gold) const { return by_trigger_[gold] != kNone; }
  bool taken(std::size_t found) const { return taken_[found]; }

 private:
  template <typename Fits>
  void Take(Fits fits) {
    for (std::size_t g = 0; g < gold_.size(); ++g) {
      for (std::size_t f = 0; f < found_.size() && partner_[g] == kNone; ++f) {
        if (taken_[f] || gold_[g].type != found_[f].type || !fits(gold_[g], found_[f])) continue;
        partner_[g] = f;
        taken_[f] = true;
      }
    }
  }

  const std::vector<Event>& gold_;
  const std::vector<Event>& found_;
  std::vector<std::size_t> partner_;
  std::vector<std::size_t> by_trigger_;
  std::vector<bool> taken_;
};

void CompareParticipants(Scoring& scoring, const Event& gold, const Event& found) {
  Tally& tally = scoring.board().tallies["event.participant"];
  tally.gold += gold.participants.size();
  tally.found += found.participants.size();
  const auto has = [&](const Event& event, const Participant& wanted) {
    return std::any_of(event.participants.begin(), event.participants.end(), [&](const Participant& participant) {
      return participant.role == wanted.role && scoring.GoldName(participant.name) == scoring.GoldName(wanted.name);
    });
  };
  for (const Participant& participant : gold.participants) {
    if (has(found, participant)) {
      ++tally.right;
    } else {
      scoring.Fail(Failure::Kind::kMissed, "event.participant",
                   fmt::format("{} {}={}", Word(gold.type), participant.role, participant.name), gold.trigger.start);
    }
  }
  for (const Participant& participant : found.participants) {
    if (has(gold, participant)) continue;
    scoring.Fail(Failure::Kind::kFalse, "event.participant",
                 fmt::format("{} {}={}", Word(gold.type), participant.role, participant.name), gold.trigger.start);
  }
}

void CompareValues(Scoring& scoring, const Event& gold, const Event& found) {
  Tally& tally = scoring.board().tallies["event.value"];
  tally.gold += gold.values.size();
  tally.found += found.values.size();
  std::vector<bool> taken(found.values.size(), false);
  for (const Value& value : gold.values) {
    std::size_t match = 0;
    const double allowed = std::abs(value.number) * 1e-6;
    while (match < taken.size() && (taken[match] || std::abs(found.values[match].number - value.number) > allowed)) {
      ++match;
    }
    if (match < taken.size()) {
      taken[match] = true;
      ++tally.right;
    } else {
      scoring.Fail(Failure::Kind::kMissed, "event.value",
                   fmt::format("{} {}={} {}", Word(gold.type), value.role, value.number, value.unit),
                   gold.trigger.start);
    }
  }
}

void Compare(Scoring& scoring, const Event& gold, const Event& found) {
  const bool status = gold.status == found.status;
  scoring.board().Rate("event.status", status);
  if (!status) {
    scoring.Fail(Failure::Kind::kWrong, "event.status",
                 fmt::format("{} {}: expected {}, found {}", Word(gold.type), scoring.Slice(gold.trigger),
                             Word(gold.status), Word(found.status)),
                 gold.trigger.start);
  }
  const bool time = FirstDay(gold) == FirstDay(found);
  scoring.board().Rate("event.time", time);
  if (!time) {
    scoring.Fail(Failure::Kind::kWrong, "event.time",
                 fmt::format("{} {}: expected {}, found {}", Word(gold.type), scoring.Slice(gold.trigger),
                             Days(gold.time.interval), Days(found.time.interval)),
                 gold.trigger.start);
  }
  CompareParticipants(scoring, gold, found);
  CompareValues(scoring, gold, found);
}

void Count(Scoring& scoring, const Event& event, std::size_t Tally::*side) {
  auto& tallies = scoring.board().tallies;
  ++(tallies["event"].*side);
  ++(tallies[TypeKind(event)].*side);
  ++(tallies["event.sentence"].*side);
}

}  // namespace

void ScoreEvents(Scoring& scoring) {
  const auto& gold = scoring.gold().annotation.events;
  const auto& found = scoring.found().events;
  auto& tallies = scoring.board().tallies;
  const Pairing pairing(scoring);
  for (std::size_t g = 0; g < gold.size(); ++g) {
    Count(scoring, gold[g], &Tally::gold);
    if (pairing.partner(g) == Pairing::kNone) {
      scoring.Fail(Failure::Kind::kMissed, TypeKind(gold[g]), std::string(scoring.Slice(gold[g].trigger)),
                   gold[g].trigger.start);
      continue;
    }
    const Event& partner = found[pairing.partner(g)];
    ++tallies["event.sentence"].right;
    if (pairing.by_trigger(g)) {
      ++tallies["event"].right;
      ++tallies[TypeKind(gold[g])].right;
    } else {
      scoring.Fail(
          Failure::Kind::kWrong, TypeKind(gold[g]),
          fmt::format("trigger: expected {}, found {}", scoring.Slice(gold[g].trigger), scoring.Slice(partner.trigger)),
          gold[g].trigger.start);
    }
    Compare(scoring, gold[g], partner);
  }
  for (std::size_t f = 0; f < found.size(); ++f) {
    if (!pairing.taken(f) && scoring.Unscored(found[f].trigger, std::nullopt)) continue;
    Count(scoring, found[f], &Tally::found);
    if (pairing.taken(f)) continue;
    scoring.Fail(Failure::Kind::kFalse, TypeKind(found[f]),
                 fmt::format("{} ({})", scoring.Slice(found[f].trigger), found[f].rule), found[f].trigger.start);
  }
}

}  // namespace mailuo::eval
