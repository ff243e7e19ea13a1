// The pairs of companies of a sentence that the relation model judges.
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <vector>

#include "core/annotation.h"
#include "extract/document.h"
#include "extract/relation_features.h"
#include "extract/rules_compiled.h"
#include "extract/rules_scan.h"

namespace mailuo::extract {

struct CompanyPair {
  std::uint32_t first = 0;  // Into Document::mentions, in text order.
  std::uint32_t second = 0;
};

// Every two different companies of the sentence once, by their mentions that stand closest; at most 60 units apart and
// at most 24 pairs, so that a table of names costs no more than a text.
void FindCompanyPairs(const Document& document, std::size_t sentence, std::vector<CompanyPair>& out);

// What the model reads of a pair. `found`: the relations that rules found in the sentence. `names` is the caller's
// buffer and must live as long as the result.
RelationPair DescribePair(const CompiledRules& rules, const Document& document, const RuleScan& scan,
                          std::size_t sentence, const CompanyPair& pair, const std::vector<Relation>& found,
                          std::vector<text::UnitSpan>& names);

// 甲涨超4%,乙、丙涨超3%: shares that move, profits, and long lists hold rivals without saying that they are. (The
// labels of FinRE call them so all the same.)
bool MerelyListsCompanies(const CompiledRules& rules, const Document& document, const RuleScan& scan,
                          std::uint32_t sentence);

}  // namespace mailuo::extract
