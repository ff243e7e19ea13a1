// Former names hold in their time: the attribute `renamed` of a company (corpus/lexicon/README.md) says until when.
#pragma once

#include "extract/entity_scratch.h"

namespace mailuo::extract {

// Takes back the hits of names that were given up more than two years before the article was published, unless the text
// says that it speaks of a former name (原名, 曾用名, 前身) or also has a sure name of today. An article without a day
// keeps them all. REQUIRES: hits and cues are filled.
void DropExpiredNames(EntityScratch& scratch);

}  // namespace mailuo::extract
