// The small language of the columns needs and unless: groups separated by spaces must all hold; within a group, tests
// separated by commas, one is enough. A test is KEY:WORD|WORD; tests joined by & are one that holds if all of them do.
//
//   before, after    the text right before (after) the rule word ends (starts) with one of the words
//   left, right      one of the words is in the clause before (after) the rule word
//   near, sentence   one of the words is in the clause (sentence), the rule word itself included
//   has, hasleft, hasright   the clause has a mention of one of the types (before, after the rule word)
//   next, prev       such a mention starts (ends) right after (before) the rule word, at most 4 units apart
//   role             one of the roles is filled (events only)
//   value            the clause has an amount of one of the classes: money percent share bp count multiple point
// Thread safety: value types.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "extract/rules_tsv.h"

namespace mailuo::extract {

enum class ConditionKey : std::uint8_t {
  kBefore,
  kAfter,
  kLeft,
  kRight,
  kNear,
  kSentence,
  kHas,
  kHasLeft,
  kHasRight,
  kNext,
  kPrev,
  kRole,
  kValue,
};

struct ConditionTest {
  ConditionKey key = ConditionKey::kNear;
  std::vector<std::u16string> words;
  std::vector<std::string> roles;
  std::uint32_t types = 0;          // Bits of MentionType.
  std::uint32_t classes = 0;        // Bits of text::AmountClass.
  std::string text;                 // As the rule has it: "near:股权|股份".
  std::vector<ConditionTest> with;  // What must hold as well.
};
using ConditionGroup = std::vector<ConditionTest>;
using Conditions = std::vector<ConditionGroup>;

// "role" as in "role:company".
std::string_view Word(ConditionKey key);

Result<Conditions> ParseConditions(const RuleLine& line, std::string_view column, std::string_view text);
// Bits of text::AmountClass for "money|percent".
Result<std::uint32_t> ParseAmountClasses(const RuleLine& line, std::string_view column, std::string_view text);

}  // namespace mailuo::extract
