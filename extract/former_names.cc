#include "extract/former_names.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "core/date.h"
#include "text/folded_text.h"

namespace mailuo::extract {
namespace {

using lexicon::NameHit;
using lexicon::NameKind;

// The press goes on with the old name for a while.
constexpr int kGraceDays = 730;

// The last day of the name `key` in "OLD:2025-04-11,OLDER:2013-02-21".
std::optional<Date> LastDay(std::string_view renamed, std::u16string_view key) {
  while (!renamed.empty()) {
    const std::string_view entry = renamed.substr(0, renamed.find(','));
    renamed.remove_prefix(std::min(renamed.size(), entry.size() + 1));
    const std::size_t colon = entry.rfind(':');
    if (colon == std::string_view::npos || text::FoldKey16(entry.substr(0, colon)) != key) continue;
    return ParseIsoDate(entry.substr(colon + 1));
  }
  return std::nullopt;
}

bool IsExpired(const EntityScratch& scratch, const NameHit& hit, Date published) {
  const std::string_view renamed = scratch.lexicon->Attribute(hit.entity, "renamed");
  if (renamed.empty()) return false;
  const auto last = LastDay(renamed, scratch.units.substr(hit.span.start, hit.span.size()));
  return last && published - *last > kGraceDays;
}

// 原名七喜控股, (原名：七喜控股), 前身是七喜控股
bool IsCalledFormer(const EntityScratch& scratch, const NameHit& hit) {
  std::uint32_t at = hit.span.start;
  for (int steps = 0; steps < 3 && at > 0; ++steps, --at) {
    for (const Cue& cue : scratch.cues.EndingAt(at)) {
      if (cue.word.cue == CueClass::kAliasMarker && cue.word.kind == CueKind::kFormer) return true;
    }
    static constexpr std::u16string_view kBetween = u":“‘\"为是 《";
    if (kBetween.find(scratch.units[at - 1]) == std::u16string_view::npos) break;
  }
  return false;
}

bool HasNameOfToday(const EntityScratch& scratch, std::uint32_t entity) {
  return std::any_of(scratch.hits.begin(), scratch.hits.end(), [&](const NameHit& hit) {
    return hit.entity == entity && hit.kind != NameKind::kFormer && hit.strength == lexicon::NameStrength::kSure;
  });
}

}  // namespace

void DropExpiredNames(EntityScratch& scratch) {
  const Article* const article = scratch.document->article;
  if (article == nullptr || !article->published) return;
  const Date published = article->published->date;
  std::vector<NameHit> expired;
  for (const NameHit& hit : scratch.hits) {
    if (hit.kind == NameKind::kFormer && IsExpired(scratch, hit, published) && !IsCalledFormer(scratch, hit) &&
        !HasNameOfToday(scratch, hit.entity)) {
      expired.push_back(hit);
    }
  }
  if (expired.empty()) return;
  std::erase_if(scratch.hits, [&](const NameHit& hit) {
    return std::any_of(expired.begin(), expired.end(), [&](const NameHit& gone) {
      return gone.span == hit.span && gone.entity == hit.entity && gone.kind == hit.kind;
    });
  });
}

}  // namespace mailuo::extract
