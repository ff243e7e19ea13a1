// Companies that only their role tells: 全资子公司倍特建安从事…, 股东平潭尚见拟减持, 天创时尚:平潭尚见拟减持.
// Thread safety: one thread at a time.
#pragma once

#include "extract/entity_scratch.h"

namespace mailuo::extract {

// Adds the candidates "role-name". REQUIRES: the names of the lexicon and those by their last word are among the
// candidates.
void AddRoleNames(EntityScratch& scratch);

}  // namespace mailuo::extract
