// Candidates from the lexicon's names, each judged by its place in the word and by the evidence around it.
#pragma once

#include "extract/entity_scratch.h"

namespace mailuo::extract {

// Adds the names that need no evidence beyond their own place, then, reading those, the weak ones that the article
// supports: a company word beside them, a sure mention of the same entity, a neighbour in a list of companies, or an
// article about markets. REQUIRES: hits, cues and boundary are filled.
void AddLexiconNames(EntityScratch& scratch);

}  // namespace mailuo::extract
