// 中国移动广东公司, 中国移动江苏分公司: a known company's name that goes on with a place.
#pragma once

#include "extract/entity_scratch.h"

namespace mailuo::extract {

// Adds the longer name for every known company among the candidates that a place and 公司 or 分公司 follow: a company
// of its own, or a part of the company itself.
void AddProvincialNames(EntityScratch& scratch);

}  // namespace mailuo::extract
