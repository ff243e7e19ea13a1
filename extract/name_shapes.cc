#include "extract/name_shapes.h"

#include <algorithm>
#include <span>
#include <string_view>

#include "text/folded_text.h"

namespace mailuo::extract {

using text::UnitSpan;

bool NameShapes::FollowsName(std::uint32_t unit) const {
  const char16_t next = At(unit);
  if (IsBreak(next) || IsGrammarUnit(next) || text::IsAsciiDigit(next)) return true;
  return PersonFollows(unit) ||
         scratch_.cues.AnyStarting(
             unit, static_cast<std::uint16_t>(Mask(CueClass::kSpeech) | Mask(CueClass::kPost) | Mask(CueClass::kEdge)));
}

bool NameShapes::SideAfter(std::uint32_t unit, CueKind kind) const {
  const std::span<const Cue> cues = scratch_.cues.StartingAt(unit);
  return std::any_of(cues.begin(), cues.end(), [&](const Cue& cue) {
    return cue.word.cue == CueClass::kNameSide && cue.word.kind == kind && scratch_.IsBoundary(cue.span.end);
  });
}

bool NameShapes::WordStarts(std::uint32_t unit) const {
  return unit + 1 < scratch_.units.size() && scratch_.IsBoundary(unit) && !scratch_.IsBoundary(unit + 1) &&
         text::IsHan(At(unit));
}

bool NameShapes::WordEnds(std::uint32_t unit) const {
  return unit > 1 && scratch_.IsBoundary(unit) && !scratch_.IsBoundary(unit - 1) && text::IsHan(At(unit - 1));
}

bool NameShapes::SurnameAt(std::uint32_t unit, std::uint32_t& length) const {
  if (words_.IsCompoundSurname(At(unit), At(unit + 1))) {
    length = 2;
    return true;
  }
  length = 1;
  return words_.IsSurname(At(unit));
}

bool NameShapes::EndsAt(std::uint32_t unit) const {
  if (scratch_.IsBoundary(unit)) return true;
  const std::span<const Cue> cues = scratch_.cues.StartingAt(unit);
  return std::any_of(cues.begin(), cues.end(), [&](const Cue& cue) {
    const bool follows = cue.word.cue == CueClass::kSpeech || cue.word.cue == CueClass::kPost ||
                         (cue.word.cue == CueClass::kNameSide && cue.word.kind == CueKind::kAfter);
    return follows && cue.span.size() >= 2 && scratch_.IsBoundary(cue.span.end);
  });
}

bool NameShapes::IsOnce(UnitSpan span) const {
  constexpr int kLeastOdds = 60;  // Tenths of a nat.
  return At(span.start) == u'曾' && scratch_.IsBoundary(span.start + 1) &&
         (words_.odds().Of(scratch_.units.substr(span.start, span.size()), 1) < kLeastOdds ||
          scratch_.cues.AnyStarting(span.start + 1, Mask(CueClass::kSpeech)));
}

int NameShapes::ChineseScore(UnitSpan span) const {
  std::uint32_t surname = 0;
  if (!SurnameAt(span.start, surname) || (IsGrammarUnit(At(span.start)) && At(span.start) != u'于')) return kNoName;
  // 黄金, 车型, 时任: words of the language that begin like names.
  for (const Cue& cue : scratch_.cues.StartingAt(span.start)) {
    if (cue.word.cue == CueClass::kGeneric && cue.span.size() >= 2 && cue.span.end + 1 >= span.end) return kNoName;
  }
  if (words_.IsHalfWord(scratch_.Before(span.start), At(span.start))) return kNoName;
  const std::uint32_t given = span.size() - surname;
  if (span.size() <= surname || given > 2 || IsOnce(span)) return kNoName;
  int score = words_.IsCommonSurname(At(span.start)) || surname == 2 ? 2
              : words_.IsRareSurname(At(span.start))                 ? -1
                                                                     : 1;
  for (std::uint32_t unit = span.start + surname; unit < span.end; ++unit) {
    if (!text::IsHan(At(unit)) || words_.IsNeverGiven(At(unit))) return kNoName;
    // 王为民, 李之南: between two others some of them are given names.
    const bool inner = unit + 1 < span.end && (At(unit) == u'为' || At(unit) == u'之' || At(unit) == u'以');
    // 张永和）, 边春和的: what ends a clause is no conjunction.
    const bool last = unit + 1 == span.end && given == 2 && (At(unit) == u'和' || At(unit) == u'为') &&
                      (IsBreak(At(span.end)) || IsGrammarUnit(At(span.end)) || PersonFollows(span.end));
    if (IsGrammarUnit(At(unit)) && !inner && !last) return kNoName;
    if (words_.IsCommonGiven(At(unit))) {
      score += 2;
    } else if (words_.IsGiven(At(unit))) {
      score += words_.IsRareGiven(At(unit)) ? 0 : 1;
    } else {
      score -= 2;
    }
  }
  // 王良因个人原因, 杨琨还说: what begins the sentence's other half.
  if (given == 2 && words_.GoesOn(At(span.end - 1)) && !IsBreak(At(span.end))) score -= 4;
  // 先生, 女士, 董事长 are no given names.
  for (std::uint32_t unit = span.start; unit < span.end; ++unit) {
    if (scratch_.cues.AnyStarting(unit, Mask(CueClass::kPost))) return kNoName;
  }
  // 曹舟南|向…: the breaker may have joined the last character with the preposition behind.
  score += EndsAt(span.end) ? 1 : IsGrammarUnit(At(span.end)) ? 0 : -2;
  score += scratch_.IsBoundary(span.start) ? 1 : -1;
  // A dictionary word of the same length is mostly that word (高峰, 方向).
  if (IsOneWord(span)) score -= 3;
  return score;
}

// How the breaker read it: 方|肇|新 and 郭|庆祥 are what it does to names, 章子|梅 is not.
int NameShapes::WordEvidence(UnitSpan span) const {
  if (!scratch_.IsBoundary(span.end)) return -24;
  if (IsOneWord(span)) return span.size() > 2 ? -10 : -30;
  if (span.size() == 2) return -16;
  if (words_.IsCompoundSurname(At(span.start), At(span.start + 1))) {
    return scratch_.IsBoundary(span.start + 1) ? 0 : -14;
  }
  if (!scratch_.IsBoundary(span.start + 1)) return -31;
  return scratch_.IsBoundary(span.start + 2) ? -10 : -17;
}

int NameShapes::LeftEvidence(std::uint32_t unit) const {
  int evidence = 0;
  if (scratch_.cues.AnyEnding(unit, Mask(CueClass::kPost))) evidence += 30;
  if (unit == 0 || IsBreak(At(unit - 1))) evidence += 14;
  if (scratch_.cues.AnyEnding(unit, Mask(CueClass::kEdge))) evidence += 10;
  if (WordEnds(unit)) evidence += 4;
  if (AfterPlaceWord(unit)) evidence -= 7;
  if (text::IsAsciiDigit(scratch_.Before(unit))) evidence -= 17;
  return evidence;
}

int NameShapes::RightEvidence(std::uint32_t unit) const {
  int evidence = 0;
  const char16_t next = At(unit);
  if (PersonFollows(unit)) evidence += 18;
  if (scratch_.cues.AnyStarting(unit, Mask(CueClass::kSpeech))) evidence += 18;
  if (scratch_.cues.AnyStarting(unit, Mask(CueClass::kPost))) evidence += 10;
  if (scratch_.cues.AnyStarting(unit, Mask(CueClass::kEdge))) evidence += 7;
  if (IsBreak(next)) evidence += 14;
  // 王希(化名)
  if (next == u'(' && scratch_.cues.AnyStarting(unit + 1, Mask(CueClass::kPost))) evidence += 14;
  if (IsGrammarUnit(next)) evidence += 9;
  if (text::IsAsciiDigit(next)) evidence += 8;
  if (WordStarts(unit)) evidence += 8;
  if (ThingFollows(unit)) evidence -= 28;
  return evidence;
}

int NameShapes::Evidence(UnitSpan span, int score) const {
  constexpr int kOften = -41;  // Most of what begins with a surname is no name.
  std::uint32_t surname = 0;
  SurnameAt(span.start, surname);
  const int odds = words_.odds().Of(scratch_.units.substr(span.start, span.size()), surname);
  int evidence =
      kOften + odds * 3 / 10 + score * 7 / 2 + WordEvidence(span) + LeftEvidence(span.start) + RightEvidence(span.end);
  for (std::uint32_t unit = span.start + 1; unit < span.end; ++unit) {
    const Cue* const common = scratch_.cues.LongestStarting(unit, CueClass::kGeneric);
    if (common != nullptr && common->span.size() >= 2) evidence -= 20;
  }
  if (words_.EndsThing(At(span.end - 1))) {
    evidence -= 60;
  } else if (words_.IsThing(At(span.end - 1))) {
    evidence -= 15;
  }
  if (words_.IsRareSurname(At(span.start))) evidence -= 6;
  if (scratch_.finance) evidence -= 12;
  if (scratch_.sport) evidence += 4;
  return evidence;
}

bool NameShapes::IsOneWord(UnitSpan span) const {
  if (!scratch_.IsBoundary(span.start) || !scratch_.IsBoundary(span.end)) return false;
  for (std::uint32_t unit = span.start + 1; unit < span.end; ++unit) {
    if (scratch_.IsBoundary(unit)) return false;
  }
  return true;
}

bool NameShapes::WordAt(std::uint32_t start, std::uint32_t next) const {
  const std::span<const Cue> cues = scratch_.cues.StartingAt(start);
  return std::any_of(cues.begin(), cues.end(), [&](const Cue& cue) {
    return (Mask(cue.word.cue) & kCommonWord) != 0 && (next - start > 1 || cue.span.size() > 1);
  });
}

std::uint32_t NameShapes::TranslitEnd(std::uint32_t start) const {
  std::uint32_t end = start;
  while (end < scratch_.units.size()) {
    if (IsGrammarUnit(At(end))) return end;
    if ((At(end) == u'·' || At(end) == u'-') && end > start && words_.IsTransliteration(At(end + 1))) {
      ++end;
      continue;
    }
    std::uint32_t next = end + 1;
    while (!scratch_.IsBoundary(next)) ++next;
    // 本|赛季: a word of two or more characters belongs to the name only if all of it can.
    bool all = true;
    for (std::uint32_t unit = end; unit < next && all; ++unit) all = words_.IsTransliteration(At(unit));
    if (!all || WordAt(end, next)) return end;
    end = next;
  }
  return end;
}

std::optional<UnitSpan> NameShapes::LatinNameAt(std::uint32_t start) const {
  constexpr std::uint32_t kShortest = 4;
  constexpr std::uint32_t kLongest = 30;
  std::uint32_t end = start;
  while (text::IsAsciiLetter(At(end)) ||
         (end > start && (At(end) == u' ' || At(end) == u'.' || At(end) == u'-') && text::IsAsciiLetter(At(end + 1)))) {
    ++end;
  }
  if (end - start < kShortest || end - start > kLongest || text::IsAsciiDigit(At(end)) || !FollowsName(end)) {
    return std::nullopt;
  }
  return UnitSpan{start, end};
}

std::optional<UnitSpan> NameShapes::ForeignNameAt(std::uint32_t start) const {
  if (!words_.IsTransliteration(At(start)) || !words_.MayBeForeignName(At(start), At(start + 1)) ||
      !scratch_.IsBoundary(start)) {
    return std::nullopt;
  }
  for (std::uint32_t size = 5; size >= 2; --size) {
    const UnitSpan span{start, start + size};
    if (span.end <= scratch_.units.size() && scratch_.IsBoundary(span.end) &&
        words_.IsForeignName(scratch_.units.substr(start, size))) {
      return span;
    }
  }
  return std::nullopt;
}

bool NameShapes::InDotted(std::uint32_t unit) const {
  if (unit >= scratch_.units.size() || !text::IsHan(At(unit)) || IsGrammarUnit(At(unit))) return false;
  for (const Cue& cue : scratch_.cues.StartingAt(unit)) {
    if (cue.span.size() >= 2 && (Mask(cue.word.cue) & (kCommonWord | Mask(CueClass::kSpeech))) != 0) return false;
  }
  // 乔治, 大卫, 马修: too common in other words to be read as foreign anywhere but beside a dot.
  static constexpr std::u16string_view kBesideDots = u"治卫修刘各歇书果华";
  return words_.IsTransliteration(At(unit)) || kBesideDots.find(At(unit)) != std::u16string_view::npos;
}

std::uint32_t NameShapes::WordStart(std::uint32_t unit, std::uint32_t least) const {
  std::uint32_t at = unit;
  while (at > least && !scratch_.IsBoundary(at)) --at;
  return at;
}

std::uint32_t NameShapes::WordEnd(std::uint32_t unit, std::uint32_t most) const {
  std::uint32_t at = unit;
  while (at < most && !scratch_.IsBoundary(at)) ++at;
  return at;
}

bool NameShapes::IsLexiconName(UnitSpan span) const {
  const auto first =
      std::lower_bound(scratch_.hits.begin(), scratch_.hits.end(), span.start,
                       [](const lexicon::NameHit& hit, std::uint32_t unit) { return hit.span.start < unit; });
  for (auto hit = first; hit != scratch_.hits.end() && hit->span.start == span.start; ++hit) {
    const bool person = scratch_.Trait(hit->entity).type == MentionType::kPerson;
    const bool sure = hit->strength == lexicon::NameStrength::kSure;
    if (person ? sure && hit->span == span : hit->span.end >= span.end) return true;
  }
  return false;
}

bool NameShapes::IsAmount(std::uint32_t start) const {
  static constexpr std::u16string_view kNumerals = u"一二三四五六七八九十百千万亿几数.%至";
  return At(start) == u'万' && kNumerals.find(scratch_.Before(start)) != std::u16string_view::npos;
}

bool NameShapes::AfterPlaceWord(std::uint32_t start) const {
  static constexpr std::u16string_view kUnits = u"从离至往赴市州省部在到去";
  for (const Cue& cue : scratch_.cues.EndingAt(start)) {
    if (cue.word.cue == CueClass::kNameSide && cue.word.kind == CueKind::kBefore) return true;
  }
  return start > 0 && kUnits.find(scratch_.Before(start)) != std::u16string_view::npos;
}

bool NameShapes::ThingFollows(std::uint32_t unit) const {
  if (At(unit) == u'”' || At(unit) == u'"') ++unit;
  const char16_t next = At(unit);
  if (scratch_.cues.AnyStarting(unit, Mask(CueClass::kPlaceSuffix) | Mask(CueClass::kOrgSuffix))) return true;
  if (SideAfter(unit, CueKind::kWare)) return true;
  return words_.IsThing(next);
}

}  // namespace mailuo::extract
