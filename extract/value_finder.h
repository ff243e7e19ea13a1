// Which amounts of a sentence belong to an event, and in which role.
// Thread safety: pure functions.
#pragma once

#include <vector>

#include "core/annotation.h"
#include "extract/rules_compiled.h"
#include "extract/rules_match.h"

namespace mailuo::extract {

// Appends the values of an event of `type` whose trigger is the site's word, in text order, a role at most once. Of a
// range the number is its lower end. Amounts of the trigger's clause come first, then those of the next four clauses
// and the one before, as far as these have no trigger of their own.
void FindValues(const CompiledRules& rules, EventType type, const RuleSite& site, std::vector<Value>& out);

}  // namespace mailuo::extract
