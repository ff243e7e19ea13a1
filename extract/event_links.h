// What the article itself says of two of its events: that one caused the other, or came before it.
// Thread safety: pure functions.
#pragma once

#include <vector>

#include "core/annotation.h"
#include "extract/document.h"
#include "extract/rules_compiled.h"
#include "extract/rules_scan.h"

namespace mailuo::extract {

// Links between `events`, which are those of EventExtractor::Extract (sorted, final), by the words of links.tsv; sorted
// by (trigger, from, to), a pair at most once. Precision first: a word that has not exactly one nearest event on either
// side links nothing, and neither do denied events.
void FindEventLinks(const CompiledRules& rules, const Document& document, const RuleScan& scan,
                    const std::vector<Event>& events, std::vector<EventLink>& out);

}  // namespace mailuo::extract
