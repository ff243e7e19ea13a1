#include "extract/name_lexicon.h"

#include <algorithm>
#include <span>
#include <string_view>
#include <unordered_set>

#include "extract/name_evidence.h"
#include "text/folded_text.h"

namespace mailuo::extract {
namespace {

using lexicon::NameHit;
using lexicon::NameStrength;
using text::UnitSpan;

// How a name sits in the words around it.
enum class Fit : std::uint8_t {
  kWhole,      // Word breaks on both sides.
  kCrossing,   // A word goes on over one of its ends.
  kContained,  // Inside one longer word of the dictionary.
};

bool IsLatinOrDigit(char16_t unit) { return text::IsAsciiAlnum(unit); }

Fit FitOf(const EntityScratch& scratch, UnitSpan span) {
  const bool left = scratch.IsBoundary(span.start);
  const bool right = scratch.IsBoundary(span.end);
  if (left && right) return Fit::kWhole;
  bool inner = false;
  for (std::uint32_t unit = span.start + 1; unit < span.end && !inner; ++unit) inner = scratch.IsBoundary(unit);
  return inner ? Fit::kCrossing : Fit::kContained;
}

bool HasWord(const EntityScratch& scratch, UnitSpan span) {
  for (const Cue& cue : scratch.cues.StartingAt(span.end)) {
    if (cue.word.cue == CueClass::kCompanyWord && cue.word.kind == CueKind::kAfter) return true;
    if (cue.word.cue == CueClass::kPost && cue.word.strong && cue.word.kind != CueKind::kAfter) return true;
    if (cue.word.cue == CueClass::kCompanySuffix && cue.word.kind != CueKind::kTrade &&
        cue.word.kind != CueKind::kWare) {
      return true;
    }
  }
  for (const Cue& cue : scratch.cues.EndingAt(span.start)) {
    if (cue.word.cue == CueClass::kCompanyWord && cue.word.kind == CueKind::kBefore) return true;
  }
  return false;
}

// 宝|钢, 银|联: weak for being short, but no word of the language.
bool NoDictionaryWord(const EntityScratch& scratch, UnitSpan span) {
  for (std::uint32_t unit = span.start; unit < span.end; ++unit) {
    if (!text::IsHan(scratch.units[unit]) || !scratch.IsBoundary(unit) || IsGrammarUnit(scratch.units[unit])) {
      return false;
    }
  }
  if (span.size() != 2) return false;
  const auto edge = static_cast<std::uint16_t>(Mask(CueClass::kEdge) | Mask(CueClass::kSpeech));
  const char16_t before = scratch.Before(span.start);
  const bool opens = IsBreak(before) || IsGrammarUnit(before) || scratch.cues.AnyEnding(span.start, edge);
  const char16_t after = scratch.At(span.end);
  const bool closes =
      IsBreak(after) || IsGrammarUnit(after) || scratch.cues.AnyStarting(span.end, edge | Mask(CueClass::kCompanyWord));
  return opens && closes;
}

// 股价, 涨停: words that only a share can have beside it.
bool HasShareWord(const EntityScratch& scratch, UnitSpan span) {
  // A、B和C等涨停
  const std::span<const Cue> after = scratch.cues.StartingAt(scratch.At(span.end) == u'等' ? span.end + 1 : span.end);
  return std::any_of(after.begin(), after.end(), [](const Cue& cue) {
    return cue.word.cue == CueClass::kCompanyWord && cue.word.kind == CueKind::kAfter && cue.word.strong;
  });
}

// The name before or after this one in a list A、B和C, if the list goes on directly at `unit`.
bool TouchesList(const EntityScratch& scratch, UnitSpan span, const std::vector<std::uint8_t>& company_edge) {
  const char16_t before = scratch.Before(span.start);
  const auto joins = [](char16_t unit) {
    return unit == u'、' || unit == u'和' || unit == u'与' || unit == u'及' || unit == u'/';
  };
  if (joins(before) && span.start > 1 && (company_edge[span.start - 1] & 2) != 0) {
    return true;
  }
  const char16_t after = scratch.At(span.end);
  return joins(after) && (company_edge[span.end + 1] & 1) != 0;
}

// 万科城市花园小区, 华为路: a company's name as part of a street's or a house's.
bool InPlaceName(const EntityScratch& scratch, UnitSpan span) {
  std::uint32_t unit = span.end;
  const std::uint32_t stop = std::min<std::uint32_t>(span.end + 8, static_cast<std::uint32_t>(scratch.units.size()));
  for (; unit <= stop; ++unit) {
    for (const Cue& cue : scratch.cues.StartingAt(unit)) {
      if (cue.word.cue != CueClass::kPlaceSuffix || !scratch.IsBoundary(cue.span.end)) continue;
      // 路 and 街 only right behind the name: 华为公司路演 is none.
      if (cue.span.size() > 1 || unit == span.end) return true;
    }
    if (unit >= stop || !IsNameUnit(scratch.units[unit])) return false;
    if (scratch.units[unit] == u'之') continue;  // 魅力之城
    // Words of one character stand inside names too (力 of 魅力之城 is none).
    const Cue* const edge = scratch.cues.LongestStarting(unit, CueClass::kEdge);
    if (IsGrammarUnit(scratch.units[unit]) || (edge != nullptr && scratch.IsBoundary(unit))) return false;
  }
  return false;
}

bool Skipped(const EntityScratch& scratch, UnitSpan span) {
  return scratch.skip[span.start] != 0 || scratch.skip[span.end - 1] != 0;
}

float Confidence(NameStrength strength, Fit fit) {
  if (strength == NameStrength::kSure) return fit == Fit::kWhole ? 0.97F : 0.9F;
  return fit == Fit::kWhole ? 0.7F : 0.5F;
}

// 华为昇腾 -> 昇腾, CUDA生态 -> CUDA: a shorter name of the same product at one end of the span, if the rest is words.
UnitSpan InnerName(const EntityScratch& scratch, const NameHit& whole) {
  const auto first = std::lower_bound(scratch.hits.begin(), scratch.hits.end(), whole.span.start,
                                      [](const NameHit& hit, std::uint32_t unit) { return hit.span.start < unit; });
  UnitSpan best = whole.span;
  for (auto hit = first; hit != scratch.hits.end() && hit->span.start < whole.span.end; ++hit) {
    if (hit->entity != whole.entity || hit->span.end > whole.span.end || hit->span.size() >= best.size()) continue;
    const bool front = hit->span.start == whole.span.start && text::IsHan(scratch.units[hit->span.end]);
    const bool back = hit->span.end == whole.span.end && text::IsHan(scratch.units[hit->span.start - 1]);
    if (front || back) best = hit->span;
  }
  return best;
}

// 小米YU7 -> YU7, H20芯片 -> H20: the maker and what merely classifies it are not part of a model's name.
UnitSpan ModelPart(const EntityScratch& scratch, UnitSpan span) {
  const auto first = std::lower_bound(scratch.hits.begin(), scratch.hits.end(), span.start,
                                      [](const NameHit& hit, std::uint32_t unit) { return hit.span.start < unit; });
  for (auto hit = first; hit != scratch.hits.end() && hit->span.start == span.start; ++hit) {
    if (hit->span.end >= span.end || scratch.Trait(hit->entity).type != MentionType::kCompany) continue;
    std::uint32_t start = hit->span.end;
    while (start < span.end && scratch.units[start] == u' ') ++start;
    if (span.end - start >= 2 && IsLatinOrDigit(scratch.units[start])) {
      span.start = start;
      break;
    }
  }
  const Cue* const head = scratch.cues.LongestEnding(span.end, CueClass::kProductHead);
  if (head != nullptr && head->span.start > span.start + 1 && IsLatinOrDigit(scratch.units[head->span.start - 1]) &&
      text::IsHan(scratch.units[head->span.start])) {
    span.end = head->span.start;
  }
  return span;
}

void Add(EntityScratch& scratch, const NameHit& hit, float confidence, std::string_view rule) {
  Candidate candidate;
  // Where matches are spoken of, the name of a city is its club's.
  if (scratch.sport && scratch.Trait(hit.entity).club) confidence = 0.98F;
  candidate.type = scratch.Trait(hit.entity).type;
  candidate.span = candidate.type == MentionType::kProduct ? ModelPart(scratch, InnerName(scratch, hit)) : hit.span;
  candidate.confidence = confidence;
  candidate.rule = rule;
  candidate.entity = static_cast<std::int32_t>(hit.entity);
  scratch.candidates.push_back(candidate);
}

// Sectors and indexes that are plain words count only where the text speaks of them as such.
bool SectorContext(const EntityScratch& scratch, UnitSpan span) {
  static constexpr std::u16string_view kAfter[] = {u"板块", u"概念", u"指数",   u"行业",
                                                   u"股",   u"赛道", u"产业链", u"etf"};
  const std::u16string_view rest = scratch.units.substr(span.end, 4);
  return std::any_of(std::begin(kAfter), std::end(kAfter),
                     [&](std::u16string_view word) { return rest.substr(0, word.size()) == word; });
}

// A place whose name is also a word (白银, 合作) counts only where the words beside it speak of places.
bool PlaceContext(const EntityScratch& scratch, UnitSpan span) {
  static constexpr std::u16string_view kAfter[] = {u"市", u"县", u"区", u"省", u"镇", u"籍"};
  static constexpr std::u16string_view kBefore[] = {u"位于", u"来自", u"前往", u"抵达", u"飞往", u"省", u"赴"};
  const std::u16string_view rest = scratch.units.substr(span.end, 2);
  if (rest == u"市场" || rest == u"区域" || rest == u"区间") return false;
  const std::u16string_view before =
      scratch.units.substr(span.start > 2 ? span.start - 2 : 0, std::min(span.start, 2U));
  return std::any_of(std::begin(kAfter), std::end(kAfter),
                     [&](std::u16string_view word) { return rest.substr(0, word.size()) == word; }) ||
         std::any_of(std::begin(kBefore), std::end(kBefore), [&](std::u16string_view word) {
           return before.size() >= word.size() && before.substr(before.size() - word.size()) == word;
         });
}

// 公安部门, 京东方言: the last character of the name belongs to the next word.
bool Trapped(const EntityScratch& scratch, UnitSpan span) {
  const std::span<const Cue> cues = scratch.cues.StartingAt(span.end - 1);
  return std::any_of(cues.begin(), cues.end(),
                     [&](const Cue& cue) { return cue.word.cue == CueClass::kTrap && cue.span.end > span.end; });
}

// 达芬奇密码, 岳飞庙, 肯尼迪航天中心: a thing or a place that is named after a person.
bool InThingName(const EntityScratch& scratch, UnitSpan span) {
  static constexpr std::u16string_view kThings = u"墓庙祠路号";
  if (kThings.find(scratch.At(span.end)) != std::u16string_view::npos && scratch.IsBoundary(span.end + 1)) return true;
  const std::span<const Cue> cues = scratch.cues.StartingAt(span.end);
  return std::any_of(cues.begin(), cues.end(), [&](const Cue& cue) {
    const bool thing = cue.word.cue == CueClass::kPlaceSuffix ||
                       (cue.word.cue == CueClass::kNameSide && cue.word.kind == CueKind::kWare);
    return thing && scratch.IsBoundary(cue.span.end);
  });
}

// 《但丁的地狱》: a title names a work, not a person.
bool InWorkTitle(const EntityScratch& scratch, UnitSpan span) {
  constexpr std::uint32_t kLongestTitle = 14;  // Longer ones are headlines, and speak of people.
  for (std::uint32_t open = span.start; open > 0 && span.start - open < kLongestTitle; --open) {
    const char16_t before = scratch.units[open - 1];
    if (before == u'》' || before == u'\n') return false;
    if (before == u'《') return scratch.units.substr(open, kLongestTitle).find(u'》') != std::u16string_view::npos;
  }
  return false;
}

// A sure name may still be no name here.
bool SureStands(const EntityScratch& scratch, const NameHit& hit, Fit fit) {
  const MentionType type = scratch.Trait(hit.entity).type;
  const bool latin = IsLatinOrDigit(scratch.units[hit.span.start]);
  if (latin) return true;
  const std::uint32_t size = hit.span.size();
  switch (type) {
    case MentionType::kPlace:
      if (scratch.units.substr(hit.span.end, 2) == u"时间") return false;  // 北京时间
      if (Trapped(scratch, hit.span)) return false;                        // 白银市场
      return fit == Fit::kWhole || (fit == Fit::kCrossing && (size >= 3 || scratch.Trait(hit.entity).major_place));
    case MentionType::kSector: return fit == Fit::kWhole && SectorContext(scratch, hit.span);
    case MentionType::kPerson:
      return (fit != Fit::kContained || size >= 3) && !InThingName(scratch, hit.span) &&
             !InWorkTitle(scratch, hit.span);
    default: break;
  }
  if (type == MentionType::kCompany && InPlaceName(scratch, hit.span)) return false;
  if (Trapped(scratch, hit.span)) return false;
  if (type == MentionType::kCompany && !scratch.finance && scratch.IsCommonName(hit.span)) {
    return HasWord(scratch, hit.span) || SentenceSpeaksOfCompany(scratch, hit.span);
  }
  if (fit == Fit::kContained) return size >= 4;
  return fit == Fit::kWhole || size >= 3 || HasWord(scratch, hit.span) ||
         (type == MentionType::kCompany && HasCompanyThing(scratch, hit.span));
}

constexpr float kOverPlace = 0.98F;  // Above the 0.97 of a sure name, which places have.

bool IsPlaceToo(const EntityScratch& scratch, UnitSpan span) {
  return std::any_of(scratch.hits.begin(), scratch.hits.end(), [&](const NameHit& hit) {
    return hit.span == span && scratch.Trait(hit.entity).type == MentionType::kPlace;
  });
}

// 广东|移动, 北京|电信: a word behind a place is part of a longer name, a subsidiary's.
bool BehindPlace(const EntityScratch& scratch, UnitSpan span) {
  constexpr std::uint32_t kLongest = 8;
  const std::uint32_t from = span.start > kLongest ? span.start - kLongest : 0;
  const auto first = std::lower_bound(scratch.hits.begin(), scratch.hits.end(), from,
                                      [](const NameHit& hit, std::uint32_t unit) { return hit.span.start < unit; });
  for (auto hit = first; hit != scratch.hits.end() && hit->span.start < span.start; ++hit) {
    if (hit->span.end == span.start && hit->strength == NameStrength::kSure &&
        scratch.Trait(hit->entity).type == MentionType::kPlace) {
      return true;
    }
  }
  return false;
}

bool WeakStands(const EntityScratch& scratch, const NameHit& hit, Fit fit, const std::vector<std::uint8_t>& edges,
                const std::unordered_set<std::uint32_t>& sure_entities) {
  const MentionType type = scratch.Trait(hit.entity).type;
  if (fit == Fit::kContained || (type == MentionType::kCompany && Trapped(scratch, hit.span))) return false;
  if (type == MentionType::kCompany && scratch.IsCommonName(hit.span) && BehindPlace(scratch, hit.span)) return false;
  if (sure_entities.count(hit.entity) > 0 && (fit == Fit::kWhole || hit.span.size() >= 3)) return true;
  switch (type) {
    case MentionType::kCompany: {
      if (InPlaceName(scratch, hit.span)) return false;
      const OtherMeaning other = OtherMeaningOf(scratch, hit.span);
      if (fit == Fit::kWhole && HeadsNotice(scratch, hit.span)) return true;
      if (other == OtherMeaning::kWare) {
        return HasShareWord(scratch, hit.span) || (fit == Fit::kWhole && SentenceSpeaksOfCompany(scratch, hit.span));
      }
      if (fit == Fit::kWhole && HasCompanyThing(scratch, hit.span)) return true;
      if (fit == Fit::kWhole && SentenceSpeaksOfCompany(scratch, hit.span)) return true;
      if (other == OtherMeaning::kWord) {
        return HasShareWord(scratch, hit.span) || (scratch.finance && TouchesList(scratch, hit.span, edges));
      }
      // 金刚|玻璃, 小米|汽车: the line of business behind makes it another, longer name.
      for (const Cue& cue : scratch.cues.StartingAt(hit.span.end)) {
        if (cue.word.cue == CueClass::kCompanySuffix &&
            (cue.word.kind == CueKind::kTrade || cue.word.kind == CueKind::kWare) && hit.span.size() == 2 &&
            scratch.IsBoundary(cue.span.end)) {
          return false;
        }
      }
      const bool word = HasWord(scratch, hit.span);
      const bool list = TouchesList(scratch, hit.span, edges);
      if (fit == Fit::kWhole && NoDictionaryWord(scratch, hit.span)) return true;
      if (fit == Fit::kCrossing) return (word || list) && hit.span.size() >= 3;
      return word || list;
    }
    case MentionType::kPerson:
      return scratch.cues.AnyEnding(hit.span.start, Mask(CueClass::kPost)) ||
             scratch.cues.AnyStarting(hit.span.end, Mask(CueClass::kPost) | Mask(CueClass::kSpeech));
    case MentionType::kPlace:
      return scratch.Trait(hit.entity).major_place || (fit == Fit::kWhole && PlaceContext(scratch, hit.span));
    case MentionType::kSector: return fit == Fit::kWhole && SectorContext(scratch, hit.span);
    case MentionType::kOrganization: return fit == Fit::kWhole && (!scratch.Trait(hit.entity).club || scratch.sport);
    default: return fit == Fit::kWhole && scratch.finance;
  }
}

}  // namespace

void AddLexiconNames(EntityScratch& scratch) {
  // Bit 1: a company starts at this unit; bit 2: one ends before it.
  std::vector<std::uint8_t> edges(scratch.units.size() + 2, 0);
  std::unordered_set<std::uint32_t> sure_entities;
  for (const Candidate& candidate : scratch.candidates) {
    if (candidate.entity != kNone) sure_entities.insert(static_cast<std::uint32_t>(candidate.entity));
  }
  std::vector<std::uint8_t> product_start(scratch.units.size() + 1, 0);
  for (const NameHit& hit : scratch.hits) {
    if (hit.strength != NameStrength::kSure || Skipped(scratch, hit.span)) continue;
    const Fit fit = FitOf(scratch, hit.span);
    if (!SureStands(scratch, hit, fit)) continue;
    Add(scratch, hit, Confidence(hit.strength, fit), "lexicon");
    sure_entities.insert(hit.entity);
    // 雷军, iPhone: who leads a company and what it makes vouch for its short name.
    if (const std::int32_t owner = scratch.Trait(hit.entity).owner; owner != kNone) {
      sure_entities.insert(static_cast<std::uint32_t>(owner));
    }
    if (scratch.Trait(hit.entity).type == MentionType::kProduct) {
      product_start[scratch.candidates.back().span.start] = 1;
    }
    if (scratch.Trait(hit.entity).type != MentionType::kCompany) continue;
    edges[hit.span.start] |= 1;
    edges[hit.span.end] |= 2;
  }
  // A list carries its evidence from one weak name to the next: forwards, and then back to those that were refused.
  std::vector<const NameHit*> refused;
  const auto try_weak = [&](const NameHit& hit) {
    const Fit fit = FitOf(scratch, hit.span);
    const bool company = scratch.Trait(hit.entity).type == MentionType::kCompany;
    const bool maker = company && product_start[hit.span.end] != 0;
    if (!maker && !WeakStands(scratch, hit, fit, edges, sure_entities)) return !company;
    // 连云港:2025年净利润…: where a company's thing stands beside it, the name is no place's.
    const bool beats_place = company && fit == Fit::kWhole &&
                             (HeadsNotice(scratch, hit.span) || HasCompanyThing(scratch, hit.span)) &&
                             IsPlaceToo(scratch, hit.span);
    Add(scratch, hit, beats_place ? kOverPlace : Confidence(hit.strength, fit), "lexicon-weak");
    if (company) {
      edges[hit.span.start] |= 1;
      edges[hit.span.end] |= 2;
    }
    return true;
  };
  for (const NameHit& hit : scratch.hits) {
    if (hit.strength != NameStrength::kWeak || Skipped(scratch, hit.span)) continue;
    if (!try_weak(hit)) refused.push_back(&hit);
  }
  for (auto hit = refused.rbegin(); hit != refused.rend(); ++hit) {
    if ((edges[(*hit)->span.end + 1] & 1) != 0) try_weak(**hit);
  }
}

}  // namespace mailuo::extract
