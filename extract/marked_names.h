// *ST松发, ST易购: short names behind the exchange's mark of special treatment.
#pragma once

#include "extract/entity_scratch.h"

namespace mailuo::extract {

// Adds a company candidate for every marked name: the listed company whose name starts with the characters behind the
// mark if there is exactly one, else a company that only the article names.
// REQUIRES: hits and skip are filled.
void AddMarkedNames(EntityScratch& scratch);

}  // namespace mailuo::extract
