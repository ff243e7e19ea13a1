// People whose names are written in letters: Sam Altman, 编剧CoreyMay, James表示.
// Thread safety: one thread at a time.
#pragma once

#include "extract/entity_scratch.h"

namespace mailuo::extract {

// Adds the candidates "name-latin". REQUIRES: the names of the lexicon are among the candidates.
void AddLatinNames(EntityScratch& scratch);

}  // namespace mailuo::extract
