// Names that their last word makes a company's or an organization's: …有限公司, …集团, 上海市…局, …大学.
#pragma once

#include "extract/entity_scratch.h"

namespace mailuo::extract {

// REQUIRES: hits, cues and boundary are filled.
void AddSuffixNames(EntityScratch& scratch);

// The heart of a registered name: without the places in front and the legal form behind (重庆长安汽车股份有限公司 ->
// 长安汽车). `span` is a company name that ends in a company suffix; the result may be empty.
text::UnitSpan CoreOfCompanyName(const EntityScratch& scratch, text::UnitSpan span);

}  // namespace mailuo::extract
