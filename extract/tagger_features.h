// What the sequence tagger is told of a sentence beside its characters: ICU's words, and what the lexicon and the word
// lists say of each unit. Training and tagging share it.
// Thread safety: pure function of its arguments.
#pragma once

#include <cstddef>
#include <vector>

#include "extract/entity_scratch.h"
#include "tagger/features.h"
#include "text/span.h"

namespace mailuo::extract {

// Fills `sequence` for the units of `span` (one sentence). REQUIRES: the scratch's hits, cues and boundaries are those
// of the article; `chosen` are the candidates of lists and rules that win (entity_select.h). sequence.units views the
// article's folded text.
void BuildSequence(const EntityScratch& scratch, text::UnitSpan span, const std::vector<std::size_t>& chosen,
                   tagger::Sequence& sequence);

}  // namespace mailuo::extract
