// Products that no lexicon has: a maker and a model code, a name in quotes before what it is.
#pragma once

#include "extract/entity_scratch.h"

namespace mailuo::extract {

// 华为Mate 70, 小米SU7, H200芯片, GPT-5, “盘古”大模型. REQUIRES: the company candidates were added.
void AddProductNames(EntityScratch& scratch);

}  // namespace mailuo::extract
