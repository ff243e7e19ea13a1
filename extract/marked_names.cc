#include "extract/marked_names.h"

#include <optional>
#include <string>

#include "text/folded_text.h"
#include "text/utf8.h"

namespace mailuo::extract {
namespace {

using text::UnitSpan;

// The one company listed on the mainland that has a name starting with `head`.
std::optional<lexicon::EntityIndex> OnlyListed(const EntityScratch& scratch, std::u16string_view head) {
  constexpr std::size_t kEnough = 32;
  std::optional<lexicon::EntityIndex> found;
  for (const lexicon::NameEntry& entry : scratch.lexicon->Prefix(text::ToUtf8(head), kEnough)) {
    if (!scratch.Trait(entry.entity).mainland_listed) continue;
    if (found && *found != entry.entity) return std::nullopt;
    found = entry.entity;
  }
  return found;
}

void AddMarked(EntityScratch& scratch, UnitSpan mark) {
  std::uint32_t end = mark.end;
  while (end < scratch.units.size() && end - mark.end < 3 && text::IsHan(scratch.units[end])) ++end;
  if (end - mark.end < 2) return;
  // A mark leaves room for two characters, of ST without a star sometimes for three (ST新华锦).
  const std::u16string_view three = scratch.units.substr(mark.end, 3);
  std::optional<lexicon::EntityIndex> entity;
  if (end - mark.end == 3) entity = OnlyListed(scratch, three);
  if (!entity) {
    end = mark.end + 2;
    entity = OnlyListed(scratch, three.substr(0, 2));
  }
  const std::u16string_view name = scratch.units.substr(mark.end, end - mark.end);
  for (const char16_t unit : name) {
    if (IsGrammarUnit(unit)) return;
  }
  // ST股, ST板块, ST公司: talk of all of them.
  if (!entity && scratch.units[mark.end - 1] == u' ') return;
  if (!entity && (name[0] == u'股' || name == u"板块" || name == u"公司" || name == u"类股" || name == u"概念")) return;
  Candidate candidate;
  candidate.span = {mark.start, end};
  candidate.confidence = entity ? 0.93F : 0.75F;
  candidate.rule = "marked-name";
  if (entity) {
    candidate.entity = static_cast<std::int32_t>(*entity);
  } else {
    candidate.article =
        scratch.AddArticleEntity(MentionType::kCompany, scratch.document->text.Original(candidate.span), "listed", {});
  }
  scratch.candidates.push_back(candidate);
}

// XD贵州茅, N摩尔, 退市锐电: marks of a day or of the end, before a name that only a listed company begins with. Unlike
// ST they are also the beginnings of words, so what stands behind must be a share's.
void AddPassingMark(EntityScratch& scratch, UnitSpan mark) {
  std::uint32_t end = mark.end;
  while (end - mark.end < 3 && text::IsHan(scratch.At(end))) ++end;
  for (; end >= mark.end + 2; --end) {
    const char16_t next = scratch.At(end);
    if (text::IsHan(next) && next != u'涨' && next != u'跌' &&
        !scratch.cues.AnyStarting(end, Mask(CueClass::kCompanyWord) | Mask(CueClass::kEvidence))) {
      continue;
    }
    const auto entity = OnlyListed(scratch, scratch.units.substr(mark.end, end - mark.end));
    if (!entity) continue;
    scratch.candidates.push_back({{mark.start, end},
                                  MentionType::kCompany,
                                  Rank::kName,
                                  0.85F,
                                  "marked-name",
                                  static_cast<std::int32_t>(*entity),
                                  kNone});
    return;
  }
}

}  // namespace

void AddMarkedNames(EntityScratch& scratch) {
  static constexpr std::u16string_view kMark = u"st";
  for (std::size_t at = scratch.units.find(kMark); at != std::u16string_view::npos;
       at = scratch.units.find(kMark, at + kMark.size())) {
    UnitSpan mark{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + kMark.size())};
    if (scratch.skip[mark.start] != 0 || text::IsAsciiAlnum(scratch.Before(mark.start))) continue;
    if (scratch.Before(mark.start) == u'*') --mark.start;
    // ST 华通: some papers set the mark apart.
    if (scratch.At(mark.end) == u' ' && text::IsHan(scratch.At(mark.end + 1))) ++mark.end;
    if (text::IsHan(scratch.At(mark.end))) AddMarked(scratch, mark);
  }
  if (!scratch.finance) return;
  static constexpr std::u16string_view kMarks[] = {u"xd", u"xr", u"dr", u"n", u"c", u"退市"};
  const auto size = static_cast<std::uint32_t>(scratch.units.size());
  for (std::uint32_t at = 0; at + 2 < size; ++at) {
    const char16_t first = scratch.units[at];
    if (first != u'n' && first != u'c' && first != u'x' && first != u'd' && first != u'退') continue;
    if (!IsBreak(scratch.Before(at)) || scratch.skip[at] != 0) continue;
    for (const std::u16string_view mark : kMarks) {
      if (scratch.units.substr(at, mark.size()) != mark) continue;
      const auto end = at + static_cast<std::uint32_t>(mark.size());
      if (text::IsHan(scratch.At(end))) AddPassingMark(scratch, {at, end});
    }
  }
}

}  // namespace mailuo::extract
