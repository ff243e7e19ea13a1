// Whether the text around a name of several meanings speaks of the company: 长城, 小米, 石头. See docs/ENTITIES.md.
// Thread safety: pure functions of the scratch.
#pragma once

#include "extract/entity_scratch.h"

namespace mailuo::extract {

// What a name is apart from being a company's.
enum class OtherMeaning : std::uint8_t {
  kRare,  // Weak for being short, or for a namesake.
  kWord,  // Mostly a word or a place (common_names.tsv).
  kWare,  // A thing with prices and sales of its own.
};
OtherMeaning OtherMeaningOf(const EntityScratch& scratch, text::UnitSpan span);

// Something that only a company has (公告, 三季报, 股价, 董事长, 涨3%) stands right behind the name, or behind a day or
// period that follows it.
bool HasCompanyThing(const EntityScratch& scratch, text::UnitSpan span);

// 百合花：实控人…, 连云港：2025年净利润…: the name opens a notice of its own company, also where it is a ware's.
bool HeadsNotice(const EntityScratch& scratch, text::UnitSpan span);

// The sentence as a whole says that the name at the start of one of its clauses is a company: it reports figures or
// does what companies do, in a sentence about business, or a later clause takes it up with 公司, 该股. Nothing of
// fields, kitchens or sights may stand in it. What is also a ware needs a paper of its own behind it, or to be taken
// up.
bool SentenceSpeaksOfCompany(const EntityScratch& scratch, text::UnitSpan span);

}  // namespace mailuo::extract
