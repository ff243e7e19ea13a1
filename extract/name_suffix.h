// Names that their last word makes a company's or an organization's: …有限公司, …集团, 上海市…局, …大学.
#pragma once

#include "extract/entity_scratch.h"

namespace mailuo::extract {

// REQUIRES: hits, cues and boundary are filled.
void AddSuffixNames(EntityScratch& scratch);

}  // namespace mailuo::extract
