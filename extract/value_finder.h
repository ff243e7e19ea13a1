// Which amounts of a sentence belong to an event, and in which role.
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <vector>

#include "core/annotation.h"
#include "extract/rules_compiled.h"
#include "extract/rules_match.h"

namespace mailuo::extract {

// A clause that tells an event of its own, and by which word.
struct ToldIn {
  std::uint32_t clause = 0;
  text::UnitSpan word;
};

// Appends the values of an event of `type` whose trigger is the site's word, in text order, a role at most once. Of a
// range the number is its lower end. Amounts of the trigger's clause come first, then those of the next four clauses
// and the one before, as far as these tell no event of their own: none of `told` is there, or it gives its figures
// only (收购金额为1亿元).
void FindValues(const CompiledRules& rules, EventType type, const RuleSite& site, const std::vector<ToldIn>& told,
                std::vector<Value>& out);

}  // namespace mailuo::extract
