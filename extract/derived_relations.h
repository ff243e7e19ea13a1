// Relations that the roles of an event state: who bought whom, who punished whom (corpus/rules/derived.tsv).
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <vector>

#include "core/annotation.h"
#include "extract/document.h"
#include "extract/rules_compiled.h"

namespace mailuo::extract {

// Appends the relations of the events of `sentence` that are not among `out` yet: same type and ends.
void DeriveRelations(const CompiledRules& rules, const Document& document, const std::vector<Event>& events,
                     std::uint32_t sentence, std::vector<Relation>& out);

}  // namespace mailuo::extract
