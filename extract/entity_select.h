// The choice among candidates that overlap.
#pragma once

#include <vector>

#include "extract/entity_scratch.h"

namespace mailuo::extract {

// Indexes into scratch.candidates of the chosen ones, by start; no two overlap, none touches a unit that `occupied`
// marks. Higher rank wins, then the longer, then the earlier, then the surer, then the order of adding. Marks what it
// chose in `occupied`, which has one flag a unit.
std::vector<std::size_t> SelectCandidates(const EntityScratch& scratch, std::size_t first,
                                          std::vector<std::uint8_t>& occupied);

}  // namespace mailuo::extract
