// Branches of banks and national companies of groups: 招商银行广州分行, 安世半导体（中国）.
#pragma once

#include "extract/entity_scratch.h"

namespace mailuo::extract {

// REQUIRES: the other names by suffix are among the candidates.
void AddBranchNames(EntityScratch& scratch);

}  // namespace mailuo::extract
