// Candidates that extraction looked at and did not report, with the reason: `mailuo annotate --explain`.
//
// Who refuses a candidate adds a Refused to a list that the caller may give; without a list nothing is made, so the
// cost is one test of a pointer at the places where a candidate ends. Thread safety: value types; pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/annotation.h"

namespace mailuo::extract {

enum class RefusedWhat : std::uint8_t { kEvent, kRelation };

enum class RefusalReason : std::uint8_t {
  kInsideWord,    // The trigger is part of a longer word; detail: that word (上市公司).
  kInsideName,    // … of a name; detail: the name.
  kForbidden,     // A condition of `unless` holds; detail: the condition with the word that is there ("near:评级").
  kNeeds,         // A condition of `needs` does not hold; detail: the condition as the rule has it.
  kMissingRole,   // Nobody was found; detail: the role, "head" or "tail"; empty where any role would do.
  kUnsure,        // Below the least confidence that is reported; detail: the confidence.
  kSurerRule,     // Another rule on the same word speaks; detail: its name.
  kMerged,        // The same happening as another event; detail: rule and start of that event ("LAWSUIT/1 at 120").
  kFaint,         // A noun where a verb of the type speaks; detail as for kMerged.
  kSameRelation,  // The same relation by a surer rule; detail: its name.
  kModel,         // The model of pairs does not agree; detail: its precision here.
};

struct Refused {
  RefusedWhat what = RefusedWhat::kEvent;
  std::string type;            // "LAWSUIT", "ACQUIRES".
  std::string rule;            // "LAWSUIT/1"; "ACQUIRES/model".
  TextSpan trigger;            // Code points. Of a relation without a word: from its first end to its last.
  std::uint32_t sentence = 0;  // Index into Annotation::sentences.
  RefusalReason reason = RefusalReason::kForbidden;
  std::string detail;
};

// Null: nobody wants to know.
using RefusedList = std::vector<Refused>*;

// "inside-word", "inside-name", "forbidden", "needs", "missing-role", "unsure", "surer-rule", "merged", "faint",
// "same-relation", "model".
std::string_view Word(RefusalReason reason);
std::string_view Word(RefusedWhat what);  // "event", "relation"

// In the order of the text, then by kind, rule and reason.
void SortRefused(std::vector<Refused>& refused);

}  // namespace mailuo::extract
