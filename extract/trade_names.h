// Companies by their line of business: 京山轻机, 富祥药业.
#pragma once

#include "extract/entity_scratch.h"

namespace mailuo::extract {

// Adds the company of two characters and the line of business `suffix`, if its edges and the text allow one.
void AddTradeName(EntityScratch& scratch, const Cue& suffix);

}  // namespace mailuo::extract
