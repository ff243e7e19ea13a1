#include "extract/name_stretch.h"

#include <algorithm>
#include <span>

#include "text/folded_text.h"

namespace mailuo::extract {

using lexicon::NameHit;
using lexicon::NameStrength;
using text::UnitSpan;

std::vector<NameHit>::const_iterator FirstHitFrom(const EntityScratch& scratch, std::uint32_t unit) {
  return std::lower_bound(scratch.hits.begin(), scratch.hits.end(), unit,
                          [](const NameHit& hit, std::uint32_t at) { return hit.span.start < at; });
}

namespace {

// 与|国联证券: where a sure name begins, a word ends, whatever the breaker says (与国|联).
bool SureNameAt(const EntityScratch& scratch, std::uint32_t unit) {
  for (auto hit = FirstHitFrom(scratch, unit); hit != scratch.hits.end() && hit->span.start == unit; ++hit) {
    const MentionType type = scratch.Trait(hit->entity).type;
    if (hit->strength == NameStrength::kSure && hit->span.size() >= 3 &&
        (type == MentionType::kCompany || type == MentionType::kPlace)) {
      return true;
    }
  }
  return false;
}

// 前|海: a character of a place's name is no word; nor is 市长 in 深圳市|长盛实业.
bool InsidePlace(const EntityScratch& scratch, UnitSpan word) {
  constexpr std::uint32_t kLongest = 6;
  const std::uint32_t from = word.start > kLongest ? word.start - kLongest : 0;
  for (auto hit = FirstHitFrom(scratch, from); hit != scratch.hits.end() && hit->span.start <= word.start; ++hit) {
    if (!IsPlaceName(scratch, *hit)) continue;
    if (hit->span.end > word.end && word.size() == 1) return true;
    if (hit->span.end > word.start && hit->span.end < word.end && hit->span.start < word.start) return true;
  }
  return false;
}

// 力帆科技|股份: behind a line of business they are what is sold.
bool IsShares(const EntityScratch& scratch, const Cue& cue) {
  return scratch.units.substr(cue.span.start, cue.span.size()) == u"股份";
}

}  // namespace

const Cue* NameEdge(const EntityScratch& scratch, std::uint32_t at) {
  for (const Cue& cue : scratch.cues.EndingAt(at)) {
    const bool edge = cue.word.cue == CueClass::kEdge || cue.word.cue == CueClass::kSpeech ||
                      (cue.word.cue == CueClass::kCompanyWord && cue.word.kind == CueKind::kBefore) ||
                      (cue.word.cue == CueClass::kPost && cue.word.kind != CueKind::kAfter);
    if (!edge || !scratch.IsBoundary(cue.span.start) || !(scratch.IsBoundary(at) || SureNameAt(scratch, at))) continue;
    if (!InsidePlace(scratch, cue.span)) return &cue;
  }
  return nullptr;
}

std::uint32_t StretchStart(const EntityScratch& scratch, std::uint32_t end, std::uint32_t longest) {
  std::uint32_t at = end;
  while (at > 0 && end - at < longest) {
    const char16_t unit = scratch.units[at - 1];
    if (unit == u')') {
      // …(集团)…, …(上海)…: one short bracket inside the name.
      const std::size_t open = scratch.units.rfind(u'(', at - 1);
      if (open == std::u16string_view::npos || at - open > 8 || open == 0 || !IsNameUnit(scratch.units[open - 1])) {
        break;
      }
      at = static_cast<std::uint32_t>(open);
      continue;
    }
    if (scratch.cover_start[at] < at) {
      at = scratch.cover_start[at];
      continue;
    }
    if (IsBreak(unit) || scratch.skip[at - 1] != 0) break;
    if (NameEdge(scratch, at) != nullptr) break;
    --at;
  }
  while (at < end && !scratch.IsBoundary(at) && !SureNameAt(scratch, at)) ++at;
  const std::vector<dates::FoundDate>& found = scratch.document->dates;
  const auto date = std::upper_bound(found.begin(), found.end(), end,
                                     [](std::uint32_t unit, const dates::FoundDate& d) { return unit < d.span.end; });
  if (date != found.begin() && std::prev(date)->span.end > at) at = std::prev(date)->span.end;
  return at;
}

bool IsPlaceName(const EntityScratch& scratch, const NameHit& hit) {
  return scratch.Trait(hit.entity).type == MentionType::kPlace && hit.span.size() >= 2 &&
         hit.strength != NameStrength::kTickerOnly;
}

std::uint32_t PlacesEnd(const EntityScratch& scratch, std::uint32_t start, std::uint32_t end) {
  std::uint32_t at = start;
  for (;;) {
    std::uint32_t best = at;
    for (auto hit = FirstHitFrom(scratch, at); hit != scratch.hits.end() && hit->span.start == at; ++hit) {
      if (hit->span.end <= end && hit->span.end > best && IsPlaceName(scratch, *hit)) best = hit->span.end;
    }
    if (best == at) return at;
    at = best;
    if (at < end && (scratch.units[at] == u'省' || scratch.units[at] == u'市' || scratch.units[at] == u'区' ||
                     scratch.units[at] == u'县')) {
      ++at;
    }
  }
}

bool IsGeneric(const EntityScratch& scratch, UnitSpan span) {
  std::uint32_t at = span.start;
  while (at < span.end) {
    std::uint32_t next = at;
    for (const Cue& cue : scratch.cues.StartingAt(at)) {
      const bool generic = cue.word.cue == CueClass::kGeneric || cue.word.cue == CueClass::kEdge ||
                           cue.word.cue == CueClass::kCompanySuffix;
      if (generic && cue.span.end <= span.end) next = std::max(next, cue.span.end);
    }
    if (next == at) return false;
    at = next;
  }
  return true;
}

bool ContinuesTrade(const EntityScratch& scratch, const Cue& suffix) {
  const std::span<const Cue> behind = scratch.cues.StartingAt(suffix.span.end);
  const bool longer = std::any_of(behind.begin(), behind.end(), [&](const Cue& cue) {
    return cue.word.cue == CueClass::kCompanySuffix && scratch.IsBoundary(cue.span.end) && !IsShares(scratch, cue);
  });
  if (longer) return true;
  const std::span<const Cue> here = scratch.cues.StartingAt(suffix.span.start);
  return std::any_of(here.begin(), here.end(),
                     [&](const Cue& cue) { return cue.word.cue == CueClass::kTrap && cue.span.end > suffix.span.end; });
}

std::uint32_t BeforeTrades(const EntityScratch& scratch, std::uint32_t at) {
  for (int words = 0; words < 2; ++words) {
    const Cue* const trade = scratch.cues.LongestEnding(at, CueClass::kCompanySuffix);
    const bool is_trade =
        trade != nullptr && (trade->word.kind == CueKind::kTrade || trade->word.kind == CueKind::kWare);
    if (!is_trade || trade->span.start < 2) return at;
    at = trade->span.start;
  }
  return at;
}

const NameHit* CompanyAt(const EntityScratch& scratch, UnitSpan span) {
  for (auto hit = FirstHitFrom(scratch, span.start); hit != scratch.hits.end() && hit->span.start == span.start;
       ++hit) {
    if (hit->span == span && scratch.Trait(hit->entity).type == MentionType::kCompany &&
        hit->strength != NameStrength::kTickerOnly) {
      return &*hit;
    }
  }
  return nullptr;
}

std::uint32_t PlacesBefore(const EntityScratch& scratch, std::uint32_t at, std::uint32_t stop) {
  for (std::uint32_t from = stop; from < at; ++from) {
    if (scratch.IsBoundary(from) && PlacesEnd(scratch, from, at) == at) return from;
  }
  return at;
}

bool IsBreakOrEdge(const EntityScratch& scratch, std::uint32_t unit) {
  return unit == 0 || IsBreak(scratch.units[unit - 1]) || NameEdge(scratch, unit) != nullptr;
}

}  // namespace mailuo::extract
