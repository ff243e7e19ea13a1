// The readers of the single rule files; each appends to a CompiledRules and its words to `patterns`.
// Thread safety: one thread at a time.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/result.h"
#include "extract/rules.h"
#include "extract/rules_compiled.h"

namespace mailuo::extract {

struct RuleBuild {
  CompiledRules rules;
  std::vector<std::pair<std::u16string, std::uint32_t>> patterns;  // Word and its index in rules.words.
};

Status ReadTriggers(const RuleFile& file, RuleBuild& build);
Status ReadRoles(const RuleFile& file, RuleBuild& build);
Status ReadValues(const RuleFile& file, RuleBuild& build);
Status ReadStatus(const RuleFile& file, RuleBuild& build);
Status ReadPolarity(const RuleFile& file, RuleBuild& build);
Status ReadRelations(const RuleFile& file, RuleBuild& build);
Status ReadParticles(const RuleFile& file, RuleBuild& build);
// After ReadTriggers: its lines name events.
Status ReadDerived(const RuleFile& file, RuleBuild& build);
Status ReadLinks(const RuleFile& file, RuleBuild& build);

}  // namespace mailuo::extract
