// Second names that the article itself gives: (以下简称“宁德时代”), 又称, 原名, English names in brackets.
#pragma once

#include <vector>

#include "extract/entity_scratch.h"

namespace mailuo::extract {

struct AliasPair {
  text::UnitSpan full;
  text::UnitSpan alias;
  AliasKind kind = AliasKind::kShort;
};

// `chosen` are the candidates selected so far, by start. Adds a candidate of the same entity for every second name and
// returns the pairs, by start. Where the full name is of no lexicon but the second one is, the full one takes its
// entity.
std::vector<AliasPair> AddAliases(EntityScratch& scratch, const std::vector<std::size_t>& chosen);

}  // namespace mailuo::extract
