// Which mention of a sentence stands in which relation to a rule word: subject, object, agent of a passive, who stands
// behind 对, 与, 将 ...
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <vector>

#include "extract/rules_compiled.h"
#include "extract/rules_match.h"

namespace mailuo::extract {

struct FoundMention {
  std::int32_t mention = -1;  // Into RuleScan::mentions.
  bool carried = false;       // From an earlier clause or sentence.
  explicit operator bool() const { return mention >= 0; }
};

// What a role asks of a mention beside type and place.
struct RoleFilter {
  const MentionFilter& filter;
  const CompiledRules& rules;
};

// The first of `finders` that finds a mention of one of `types` that passes `filter`, if there is one, and is not in
// `used` (indexes into RuleScan::mentions; another mention of the same entity counts as used). Without a filter nobody
// is an owner.
FoundMention FindMention(const std::vector<Finder>& finders, std::uint32_t types, const RuleSite& site,
                         const std::vector<std::uint32_t>& used, const RoleFilter* filter = nullptr);

// The mentions joined to `mention` by 、 和 及, itself included, in text order.
void FindCoordinates(const RuleSite& site, std::uint32_t mention, std::uint32_t types, std::vector<std::uint32_t>& out);

// Appends the two companies that 两家公司 or 双方 in the site's clause stands for: those of the nearest clause or
// sentence before it, in the paragraph or right before it, that names companies, if there are two.
void FindBoth(const RuleSite& site, std::vector<std::uint32_t>& out);

}  // namespace mailuo::extract
