// Where a name that ends in a telling word may begin, and what the characters between are: what the readers of
// companies and organizations by their last word share. Thread safety: pure functions of the scratch.
#pragma once

#include <cstdint>
#include <vector>

#include "extract/entity_scratch.h"

namespace mailuo::extract {

// The first hit that starts at or after `unit`.
std::vector<lexicon::NameHit>::const_iterator FirstHitFrom(const EntityScratch& scratch, std::uint32_t unit);

// A word that no name holds ends at `at`; nullptr if there is none.
const Cue* NameEdge(const EntityScratch& scratch, std::uint32_t at);
// Punctuation or such a word ends at `at`, or the text begins there.
bool IsBreakOrEdge(const EntityScratch& scratch, std::uint32_t at);

// Leftwards from `end`: the stretch of name characters that no edge word, date or punctuation cuts.
std::uint32_t StretchStart(const EntityScratch& scratch, std::uint32_t end, std::uint32_t longest);

// The hit is a place, under a name of two characters or more.
bool IsPlaceName(const EntityScratch& scratch, const lexicon::NameHit& hit);
// Where places that follow one another from `start` end (广东省深圳市).
std::uint32_t PlacesEnd(const EntityScratch& scratch, std::uint32_t start, std::uint32_t end);
// The start of the places that end at `at`, not before `stop`; `at` if there are none.
std::uint32_t PlacesBefore(const EntityScratch& scratch, std::uint32_t at, std::uint32_t stop);

// The whole of `span` is made of words that name no one.
bool IsGeneric(const EntityScratch& scratch, text::UnitSpan span);

// 万华|电池|材料公司, 美光|数据|中心: the line of business goes on, as a longer one or as a common noun.
bool ContinuesTrade(const EntityScratch& scratch, const Cue& suffix);
// Where up to two lines of business that end at `at` begin (万华|电池材料|公司); `at` if there is none.
std::uint32_t BeforeTrades(const EntityScratch& scratch, std::uint32_t at);

// A company of the lexicon that is written exactly in `span`; nullptr if there is none.
const lexicon::NameHit* CompanyAt(const EntityScratch& scratch, text::UnitSpan span);

// The leftmost hit inside [start, end) that a predicate takes and that begins at a word break.
template <typename Predicate>
const lexicon::NameHit* LeftmostHit(const EntityScratch& scratch, std::uint32_t start, std::uint32_t end,
                                    Predicate predicate) {
  for (auto hit = FirstHitFrom(scratch, start); hit != scratch.hits.end() && hit->span.start < end; ++hit) {
    if (hit->span.end <= end && scratch.IsBoundary(hit->span.start) && predicate(*hit)) return &*hit;
  }
  return nullptr;
}

}  // namespace mailuo::extract
