// Companies whose names are written in letters and that no lexicon has: Applied Intuition Inc, 初创公司Verkor,
// Saxo Markets首席策略师, Bitfarms涨近15%.
// Thread safety: one thread at a time.
#pragma once

#include "extract/entity_scratch.h"

namespace mailuo::extract {

// Adds the candidates "latin-form", "latin-kind", "latin-role". REQUIRES: the names of the lexicon are among the
// candidates.
void AddLatinCompanies(EntityScratch& scratch);

}  // namespace mailuo::extract
