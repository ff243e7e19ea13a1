// Later mentions of what the article has introduced: aliases, short forms of unknown companies, people.
#pragma once

#include "extract/entity_scratch.h"

namespace mailuo::extract {

// Adds candidates for every further occurrence of the names of `chosen` (candidates selected so far, by start) and of
// their short forms, outside `occupied`. One pass over the text, whatever the number of names.
void AddRepeats(EntityScratch& scratch, const std::vector<std::size_t>& chosen,
                const std::vector<std::uint8_t>& occupied);

}  // namespace mailuo::extract
