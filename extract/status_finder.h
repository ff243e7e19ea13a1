// The modality of a statement: occurred, planned, rumoured, denied, terminated (product.md, law 5).
// Thread safety: pure functions.
#pragma once

#include "core/types.h"
#include "extract/rules_compiled.h"
#include "extract/rules_match.h"

namespace mailuo::extract {

struct FoundStatus {
  FactStatus status = FactStatus::kOccurred;
  bool conditional = false;  // 如果…: planned, and less sure.
  bool said = false;         // Some word said so; false: the default.
};

// What the words around the site say. Denied wins over terminated, terminated over rumoured, rumoured over planned.
// `carries`: the word may go on with what an earlier clause plans (计划在三个月内,减持不超过1%): no subject of its own.
FoundStatus FindStatus(const CompiledRules& rules, const RuleSite& site, bool carries = false);

// The polarity that a word near the site gives to an event of this type; `fallback` where none does.
std::int8_t FindPolarity(const CompiledRules& rules, EventType type, const RuleSite& site, std::int8_t fallback);

}  // namespace mailuo::extract
