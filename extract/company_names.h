// Companies by their last word: registered names (…有限公司) and groups (…集团, …公司, …事务所).
#pragma once

#include "extract/entity_scratch.h"

namespace mailuo::extract {

// Adds the company that the suffix closes, of kind legal; of kind group or firm.
void AddRegisteredName(EntityScratch& scratch, const Cue& suffix);
void AddGroupName(EntityScratch& scratch, const Cue& suffix);

// The heart of a registered name: without the places in front and the legal form behind (重庆长安汽车股份有限公司 ->
// 长安汽车). `span` is a company name that ends in a company suffix; the result may be empty.
text::UnitSpan CoreOfCompanyName(const EntityScratch& scratch, text::UnitSpan span);

}  // namespace mailuo::extract
