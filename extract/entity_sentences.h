// Which sentences are the headline and which carry no news.
#pragma once

#include "extract/entity_scratch.h"

namespace mailuo::extract {

// Fills Document::sentences' flags from boilerplate.tsv, Article::title and the form of the first line.
// REQUIRES: sentences and cues are filled.
void MarkSentences(EntityScratch& scratch);

}  // namespace mailuo::extract
