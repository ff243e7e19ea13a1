// Two people of one name: who a person is follows from the name and the organization that the article gives with it.
#pragma once

#include "extract/entity_scratch.h"

namespace mailuo::extract {

// Gives every person that no lexicon knows, and whose organization the article names (宁德时代董事长李伟;
// 甲公司公告，总经理李伟), the id of (name, organization) instead of that of the name alone: MakeEntityId(kPerson, name
// "\n" organization's id). Mentions of the same name without an organization follow the one before them, or else the
// first. A namesake in the lexicon whose company is another one (李想 of a company that is not 理想汽车) is not meant.
// REQUIRES: document.mentions are final but for the ids of people.
void TellNamesakesApart(const EntityScratch& scratch, Document& document);

}  // namespace mailuo::extract
