// Bodies by their last word: 上海市…局, …大学, …协会.
#pragma once

#include "extract/entity_scratch.h"

namespace mailuo::extract {

// Adds the body that the organization suffix closes, if one stands before it.
void AddOrganizationName(EntityScratch& scratch, const Cue& suffix);

}  // namespace mailuo::extract
