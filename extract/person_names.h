// People that no lexicon has: a surname and a given name beside a post, a verb of speech or in a list of people;
// foreign names by their characters.
#pragma once

#include "extract/entity_scratch.h"

namespace mailuo::extract {

// REQUIRES: cues and boundary are filled; the other candidates were added (a person never starts inside a sure name).
void AddPersonNames(EntityScratch& scratch);

}  // namespace mailuo::extract
