// Security codes as mentions, and the names in front of them.
#pragma once

#include "extract/entity_scratch.h"

namespace mailuo::extract {

// Adds a ticker candidate for every code, and, for the name that a bracket ties to it, a company candidate of the
// code's own entity (海光信息(688041.SH)). A code that only its bracket marks stands if the name before can bear it.
// REQUIRES: hits, tickers, cues and boundary are filled; AddLexiconNames ran.
void BindTickers(EntityScratch& scratch);

}  // namespace mailuo::extract
