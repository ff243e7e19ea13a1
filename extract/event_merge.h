// One event for each happening of a sentence: repeated triggers of a type are folded together.
// Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <vector>

#include "core/annotation.h"
#include "extract/refused.h"
#include "extract/rules_compiled.h"

namespace mailuo::extract {

// An event with what decides which of two tellings of one happening speaks.
struct EventCandidate {
  Event event;
  // The participants that the trigger's own clause names; the others were carried over from elsewhere.
  std::vector<bool> own;
  std::uint32_t clause = 0;         // Of the trigger, into RuleScan::clauses.
  text::UnitSpan word;              // The trigger.
  bool own_date = false;            // Its time stands in the trigger's own clause.
  bool noun = false;                // 收购协议: the trigger is part of the name of a paper.
  const TriggerRule* by = nullptr;  // The rule that made it; outlives the candidate.

  std::size_t own_values = 0;  // Amounts of that clause among the event's.

  std::size_t Weight() const;  // How much its own clause says: participants and values.
};

// `candidates` are those of one sentence, in text order. Two of one type, kind and status are one unless their own
// clauses name different parties in one role, or different days. The fuller one keeps its trigger, rule and time and
// takes over what it lacks. `refused`, if given, gets those that were taken into another.
void MergeEvents(std::vector<EventCandidate>& candidates, RefusedList refused = nullptr);

// `other` speaks instead of `event`.
Refused RefusedFor(const Event& event, const Event& other, RefusalReason reason);

}  // namespace mailuo::extract
