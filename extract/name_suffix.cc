#include "extract/name_suffix.h"

#include <algorithm>
#include <optional>

#include "text/folded_text.h"

namespace mailuo::extract {
namespace {

using lexicon::NameHit;
using lexicon::NameStrength;
using text::UnitSpan;

constexpr std::uint32_t kLongestLegal = 28;
constexpr std::uint32_t kLongestGroup = 10;
constexpr std::uint32_t kLongestOrganization = 18;

// The first hit that starts at or after `unit`.
std::vector<NameHit>::const_iterator FirstFrom(const EntityScratch& scratch, std::uint32_t unit) {
  return std::lower_bound(scratch.hits.begin(), scratch.hits.end(), unit,
                          [](const NameHit& hit, std::uint32_t at) { return hit.span.start < at; });
}

bool IsEdge(const EntityScratch& scratch, std::uint32_t at) {
  for (const Cue& cue : scratch.cues.EndingAt(at)) {
    const bool edge = cue.word.cue == CueClass::kEdge || cue.word.cue == CueClass::kSpeech ||
                      (cue.word.cue == CueClass::kCompanyWord && cue.word.kind == CueKind::kBefore) ||
                      (cue.word.cue == CueClass::kPost && cue.word.kind != CueKind::kAfter);
    if (!edge || !scratch.IsBoundary(cue.span.start) || !scratch.IsBoundary(cue.span.end)) continue;
    return true;
  }
  return false;
}

// Leftwards from `end`: the stretch of name characters that no edge word, date or punctuation cuts.
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
    if (IsEdge(scratch, at)) break;
    --at;
  }
  while (at < end && !scratch.IsBoundary(at)) ++at;
  const std::vector<dates::FoundDate>& found = scratch.document->dates;
  const auto date = std::upper_bound(found.begin(), found.end(), end,
                                     [](std::uint32_t unit, const dates::FoundDate& d) { return unit < d.span.end; });
  if (date != found.begin() && std::prev(date)->span.end > at) at = std::prev(date)->span.end;
  return at;
}

// The leftmost lexicon hit inside [start, end) that a predicate takes and that sits on word breaks.
template <typename Predicate>
const NameHit* Leftmost(const EntityScratch& scratch, std::uint32_t start, std::uint32_t end, Predicate predicate) {
  for (auto hit = FirstFrom(scratch, start); hit != scratch.hits.end() && hit->span.start < end; ++hit) {
    if (hit->span.end <= end && scratch.IsBoundary(hit->span.start) && predicate(*hit)) return &*hit;
  }
  return nullptr;
}

bool IsPlace(const EntityScratch& scratch, const NameHit& hit) {
  return scratch.Trait(hit.entity).type == MentionType::kPlace && hit.span.size() >= 2 &&
         hit.strength != NameStrength::kTickerOnly;
}

// Where places that follow one another from `start` end (广东省深圳市).
std::uint32_t PlacesEnd(const EntityScratch& scratch, std::uint32_t start, std::uint32_t end) {
  std::uint32_t at = start;
  for (;;) {
    std::uint32_t best = at;
    for (auto hit = FirstFrom(scratch, at); hit != scratch.hits.end() && hit->span.start == at; ++hit) {
      if (hit->span.end <= end && hit->span.end > best && IsPlace(scratch, *hit)) best = hit->span.end;
    }
    if (best == at) return at;
    at = best;
    if (at < end && (scratch.units[at] == u'省' || scratch.units[at] == u'市' || scratch.units[at] == u'区' ||
                     scratch.units[at] == u'县')) {
      ++at;
    }
  }
}

// The whole of `span` is made of words that name no one.
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

// A company of the lexicon that is written exactly in `span`.
const NameHit* CompanyAt(const EntityScratch& scratch, UnitSpan span) {
  for (auto hit = FirstFrom(scratch, span.start); hit != scratch.hits.end() && hit->span.start == span.start; ++hit) {
    if (hit->span == span && scratch.Trait(hit->entity).type == MentionType::kCompany &&
        hit->strength != NameStrength::kTickerOnly) {
      return &*hit;
    }
  }
  return nullptr;
}

bool IsTrade(CueKind kind) { return kind == CueKind::kTrade || kind == CueKind::kWare; }

class SuffixReader {
 public:
  explicit SuffixReader(EntityScratch& scratch) : scratch_(scratch) {}

  void ReadCompany(const Cue& suffix) {
    const CueKind kind = suffix.word.kind;
    const std::uint32_t head_end = suffix.span.start;
    if (head_end == 0 || scratch_.skip[head_end - 1] != 0 || Continues(suffix) || InLongerWord(suffix)) return;
    if (kind == CueKind::kLegal) {
      ReadRegistered(suffix);
    } else if (kind == CueKind::kTrade || kind == CueKind::kWare) {
      if (scratch_.finance) ReadTrade(suffix);
    } else {
      ReadGroup(suffix);
    }
  }

  void ReadOrganization(const Cue& suffix) {
    // 大学生, 公安部门, 联盟杯: a word goes on over the end.
    if (Continues(suffix) || !scratch_.IsBoundary(suffix.span.end)) return;
    if (scratch_.cues.AnyStarting(suffix.span.end, Mask(CueClass::kPlaceSuffix))) return;
    const std::uint32_t head_end = suffix.span.start;
    const std::uint32_t start = StretchStart(scratch_, head_end, kLongestOrganization);
    UnitSpan head{start, head_end};
    const NameHit* const place =
        Leftmost(scratch_, head.start, head.end, [&](const NameHit& hit) { return IsPlace(scratch_, hit); });
    if (place != nullptr) head.start = place->span.start;
    const UnitSpan core{place != nullptr ? PlacesEnd(scratch_, head.start, head.end) : head.start, head.end};
    if (suffix.word.strong) {
      // A body of a place: the place and at most a few words of its own (上海市浦东新区人民法院).
      if (place == nullptr && UnknownPlace(head)) {
        AddOrganization({head.start, suffix.span.end}, suffix, 0.7F);
        return;
      }
      const bool plain = scratch_.units.substr(suffix.span.start, suffix.span.size()) == u"政府";
      if (place == nullptr || core.size() > (plain ? 4U : 8U)) return;
      AddOrganization({head.start, suffix.span.end}, suffix, 0.85F);
      return;
    }
    if (core.empty() && place != nullptr) return AddOrganization({head.start, suffix.span.end}, suffix, 0.7F);
    if (core.size() < 2 || core.size() > 14 || IsGeneric(scratch_, core)) return;
    if (place == nullptr && core.size() > 8) return;
    AddOrganization({head.start, suffix.span.end}, suffix, place != nullptr ? 0.8F : 0.5F);
  }

 private:
  // 子公司, 分公司, 母公司: a role, not the end of a name.
  bool InLongerWord(const Cue& suffix) const {
    for (const Cue& cue : scratch_.cues.EndingAt(suffix.span.end)) {
      if (cue.word.cue == CueClass::kEdge && cue.span.start < suffix.span.start) return true;
    }
    // 控股|子公司, 控股|股东: the word that goes on is the role.
    for (const Cue& cue : scratch_.cues.StartingAt(suffix.span.start)) {
      if ((cue.word.cue == CueClass::kEdge || cue.word.cue == CueClass::kPost) && cue.span.end > suffix.span.end) {
        return true;
      }
    }
    return false;
  }

  void ReadRegistered(const Cue& suffix) {
    const std::uint32_t head_end = suffix.span.start;
    const std::uint32_t start = StretchStart(scratch_, head_end, kLongestLegal);
    UnitSpan head{start, head_end};
    if (head.size() < 2) return;
    if (const NameHit* known = RegisteredCompanyIn(head, suffix)) {
      head.start = PlaceBefore(known->span.start, start);
      AddKnown(*known, head, suffix);
      return;
    }
    const NameHit* const place = Leftmost(scratch_, head.start, head.end, [&](const NameHit& hit) {
      return IsPlace(scratch_, hit) && scratch_.Before(hit.span.start) != u'(';  // 安世半导体(中国)有限公司
    });
    if (place != nullptr) head.start = place->span.start;
    const UnitSpan core{PlacesEnd(scratch_, head.start, head.end), head.end};
    if (core.size() < 2 || IsGeneric(scratch_, core)) return;
    AddUnknown({head.start, suffix.span.end}, 0.9F, "suffix-legal");
  }

  // 集团, 控股, 公司, 事务所: the name before is known, or its heart lies directly before the word.
  void ReadGroup(const Cue& suffix) {
    const std::uint32_t head_end = suffix.span.start;
    const std::uint32_t start = StretchStart(scratch_, head_end, kLongestGroup);
    if (const NameHit* known = KnownCompanyIn({start, head_end})) {
      AddKnown(*known, {known->span.start, head_end}, suffix);
      return;
    }
    const bool company = scratch_.units.substr(suffix.span.start, suffix.span.size()) == u"公司";
    const std::optional<UnitSpan> core = HeartBefore(head_end, start);
    if (!core || (company && !text::IsAsciiAlnum(scratch_.units[core->start]) && HasCommonUnit(*core))) return;
    const std::uint32_t from = PlaceBefore(core->start, start);
    if (!IsBreakOrEdge(from) || (from > 0 && text::IsAsciiDigit(scratch_.units[from - 1]))) return;
    AddUnknown({from, suffix.span.end}, 0.65F, "suffix");
  }

  // 京山轻机, 富祥药业: two characters and a line of business, between clear edges, where the talk is of shares.
  void ReadTrade(const Cue& suffix) {
    const std::uint32_t head_end = suffix.span.start;
    if (head_end < 2 || suffix.span.size() > 3) return;
    const std::uint32_t start = StretchStart(scratch_, head_end, 3);
    if (head_end - start != 2 || !IsBreakOrEdge(start)) return;
    const UnitSpan core{start, head_end};
    if (!text::IsHan(scratch_.units[start]) || !text::IsHan(scratch_.units[start + 1])) return;
    if (IsGeneric(scratch_, core)) return;
    const bool unknown = scratch_.IsBoundary(start + 1);
    const bool place = PlacesEnd(scratch_, start, head_end) == head_end;
    const bool known = CompanyAt(scratch_, core) != nullptr && !scratch_.IsCommonName(core);
    if (!unknown && !place && !known && scratch_.IsBoundary(start) && !MarketFollows(suffix.span.end)) return;
    if (start > 0 && text::IsAsciiDigit(scratch_.units[start - 1])) return;
    if (!scratch_.IsBoundary(suffix.span.end) ||
        scratch_.cues.AnyStarting(suffix.span.end, Mask(CueClass::kOrgSuffix))) {
      return;
    }
    const bool ware = suffix.word.kind == CueKind::kWare && !known;
    if (ware && !(unknown ? MarketFollows(suffix.span.end) : ShareFollows(suffix.span.end))) return;
    if (!unknown && !known && !MarketFollows(suffix.span.end)) return;
    AddUnknown({start, suffix.span.end}, unknown ? 0.6F : 0.5F, "suffix-trade");
  }

  // 股价, 涨停: of what is also a thing, only its share has these.
  bool ShareFollows(std::uint32_t unit) const {
    const std::span<const Cue> cues = scratch_.cues.StartingAt(unit);
    return std::any_of(cues.begin(), cues.end(), [](const Cue& cue) {
      return cue.word.cue == CueClass::kCompanyWord && cue.word.kind == CueKind::kAfter && cue.word.strong;
    });
  }

  // Punctuation that ends a headline's subject or a list's member, or a word of markets.
  bool MarketFollows(std::uint32_t unit) const {
    const char16_t next = scratch_.At(unit);
    if (next == u':' || next == u'(') return true;
    for (const Cue& cue : scratch_.cues.StartingAt(unit)) {
      if (cue.word.cue != CueClass::kCompanyWord) continue;
      if ((cue.word.kind == CueKind::kAfter && cue.word.strong) || cue.word.kind == CueKind::kVerb) return true;
    }
    return next == u'涨' || next == u'跌' || next == u'拟' || next == u'等';
  }

  bool IsBreakOrEdge(std::uint32_t unit) const {
    return unit == 0 || IsBreak(scratch_.units[unit - 1]) || IsEdge(scratch_, unit);
  }

  // 哪家公司, 刚入职公司: characters that count, ask and limit are in no name.
  bool HasCommonUnit(UnitSpan span) const {
    static constexpr std::u16string_view kUnits =
        u"家哪刚会后续一两几每只另某各本严需应可做好新老大小多少场次位名期年月日";
    const std::u16string_view core = scratch_.units.substr(span.start, span.size());
    return std::any_of(core.begin(), core.end(),
                       [](char16_t unit) { return kUnits.find(unit) != std::u16string_view::npos; });
  }

  // The heart of a name that ends at `end`: letters, or the characters that the breaker could not join.
  std::optional<UnitSpan> HeartBefore(std::uint32_t end, std::uint32_t stop) const {
    if (end == stop) return std::nullopt;
    std::uint32_t at = end;
    if (text::IsAsciiAlnum(scratch_.units[at - 1])) {
      while (at > stop && text::IsAsciiAlnum(scratch_.units[at - 1])) --at;
      return end - at >= 2 && text::IsAsciiLetter(scratch_.units[at]) ? std::optional(UnitSpan{at, end}) : std::nullopt;
    }
    while (at > stop && end - at < 6 && scratch_.IsBoundary(at) && scratch_.IsBoundary(at - 1) &&
           text::IsHan(scratch_.units[at - 1]) && !IsGrammarUnit(scratch_.units[at - 1])) {
      --at;
    }
    if (end - at >= 2) {
      const UnitSpan core{at, end};
      if (!IsGeneric(scratch_, core)) return core;
      return std::nullopt;
    }
    return std::nullopt;
  }

  // A longer name goes on behind: 集团|有限公司, 大学|附属医院.
  bool Continues(const Cue& suffix) const {
    for (const Cue& next : scratch_.cues.StartingAt(suffix.span.end)) {
      if (next.word.cue == CueClass::kCompanySuffix && !IsTrade(next.word.kind)) return true;
      if (next.word.cue == CueClass::kOrgSuffix && suffix.word.cue == CueClass::kOrgSuffix) return true;
    }
    for (const Cue& longer : scratch_.cues.EndingAt(suffix.span.end)) {
      if (longer.word.cue == suffix.word.cue && longer.span.start < suffix.span.start) return true;
    }
    for (std::uint32_t at = suffix.span.start; at < suffix.span.end; ++at) {
      for (const Cue& longer : scratch_.cues.StartingAt(at)) {
        if (longer.word.cue == suffix.word.cue && !IsTrade(longer.word.kind) && longer.span.end > suffix.span.end) {
          return true;
        }
      }
    }
    return false;
  }

  // 岚屿市…: two or three characters and 市, 县 at a clear left edge.
  bool UnknownPlace(UnitSpan head) const {
    if (head.size() > 8 || !IsBreakOrEdge(head.start)) return false;
    for (std::uint32_t unit = head.start + 2; unit < head.end && unit <= head.start + 3; ++unit) {
      const char16_t mark = scratch_.units[unit];
      if (mark == u'市' || mark == u'县' || mark == u'省') return true;
    }
    return false;
  }

  // The company whose name the stretch ends with.
  const NameHit* KnownCompanyIn(UnitSpan head) const {
    for (auto hit = FirstFrom(scratch_, head.start); hit != scratch_.hits.end() && hit->span.start < head.end; ++hit) {
      if (hit->span.end != head.end || scratch_.Trait(hit->entity).type != MentionType::kCompany) continue;
      if (hit->strength == NameStrength::kTickerOnly || !scratch_.IsBoundary(hit->span.start)) continue;
      if (hit->strength == NameStrength::kWeak &&
          (!scratch_.IsBoundary(hit->span.end) || scratch_.IsCommonName(hit->span))) {
        continue;
      }
      return &*hit;
    }
    return nullptr;
  }

  // The company that a registered name is the long form of: 重庆|长安汽车|股份有限公司, and for shares of a mainland
  // listing also 深圳|佰维存储|科技|股份有限公司.
  const NameHit* RegisteredCompanyIn(UnitSpan head, const Cue& suffix) const {
    const std::u16string_view form = scratch_.units.substr(suffix.span.start, suffix.span.size());
    const bool shares = form.size() >= 6 && form.substr(form.size() - 6) == u"股份有限公司";
    UnitSpan longest;  // 中信 is none of 中信金融资产管理.
    for (auto hit = FirstFrom(scratch_, head.start); hit != scratch_.hits.end() && hit->span.start < head.end; ++hit) {
      if (hit->span.end > head.end || scratch_.Trait(hit->entity).type != MentionType::kCompany) continue;
      if (hit->strength == NameStrength::kTickerOnly || (hit->strength == NameStrength::kWeak && !shares)) continue;
      if (hit->span.start == longest.start && hit->span.end < longest.end) continue;
      if (hit->strength == NameStrength::kSure) longest = hit->span;
      const bool opens = hit->span.start == head.start || PlaceBefore(hit->span.start, head.start) != hit->span.start;
      if (!opens && !(hit->span.size() >= 3 && hit->strength == NameStrength::kSure && hit->span.end == head.end)) {
        continue;
      }
      if (hit->span.end == head.end) return &*hit;
      if (shares && opens && scratch_.Trait(hit->entity).listed &&
          (OnlyTrades({hit->span.end, head.end}) || IsBracketedPlace({hit->span.end, head.end}))) {
        return &*hit;
      }
    }
    return nullptr;
  }

  // 恒玄科技|(上海)|股份有限公司
  bool IsBracketedPlace(UnitSpan span) const {
    return span.size() >= 4 && scratch_.units[span.start] == u'(' && scratch_.units[span.end - 1] == u')' &&
           PlacesEnd(scratch_, span.start + 1, span.end - 1) == span.end - 1;
  }

  bool OnlyTrades(UnitSpan span) const { return span.size() <= 6 && IsGeneric(scratch_, span); }

  // The start of the places that end at `at`, not before `stop`.
  std::uint32_t PlaceBefore(std::uint32_t at, std::uint32_t stop) const {
    for (std::uint32_t from = stop; from < at; ++from) {
      if (scratch_.IsBoundary(from) && PlacesEnd(scratch_, from, at) == at) return from;
    }
    return at;
  }

  void AddKnown(const NameHit& known, UnitSpan head, const Cue& suffix) {
    const UnitSpan span{head.start, suffix.span.end};
    const std::u16string_view form = scratch_.units.substr(suffix.span.start, suffix.span.size());
    const bool group = form.substr(0, 2) == u"集团" || form.substr(0, 4) == u"(集团)" || form == u"控股集团";
    const bool bare_company = form == u"公司";
    // 中国石油化工|集团有限公司 is 中国石油化工集团.
    const UnitSpan group_name{span.start, suffix.span.start + (form.substr(0, 2) == u"集团" ? 2 : 0)};
    const NameHit* whole = CompanyAt(scratch_, span);
    if (whole == nullptr && group && form.size() > 2 && form != u"集团股份有限公司") {
      whole = CompanyAt(scratch_, group_name);
    }
    Candidate candidate{span, MentionType::kCompany, Rank::kName, 0.95F, "full-name", kNone, kNone};
    if (whole != nullptr) {
      candidate.entity = static_cast<std::int32_t>(whole->entity);
    } else if (group && scratch_.Trait(known.entity).mainland_listed && form != u"集团股份有限公司") {
      // 中国船舶集团 is the owner of 中国船舶, another entity.
      candidate.article = scratch_.AddArticleEntity(MentionType::kCompany,
                                                    scratch_.document->text.Original(PressName(span)), "group", {});
      candidate.confidence = 0.85F;
      candidate.rule = "suffix-group";
    } else {
      candidate.entity = static_cast<std::int32_t>(known.entity);
      if (bare_company) {
        // 苹果公司, 华为公司: one mention with its kind.
        candidate.span = {known.span.start, suffix.span.end};
        candidate.confidence = 0.97F;
        candidate.rule = "lexicon-company";
      }
    }
    scratch_.candidates.push_back(candidate);
  }

  // What the press would call it: 岚屿银行股份有限公司 is 岚屿银行, 星沉控股集团有限公司 is 星沉控股集团.
  UnitSpan PressName(UnitSpan span) const {
    constexpr std::uint32_t kLongestPressName = 8;
    const Cue* const form = scratch_.cues.LongestEnding(span.end, CueClass::kCompanySuffix);
    if (form == nullptr || form->word.kind != CueKind::kLegal) return span;
    UnitSpan name{span.start, form->span.start};
    const std::u16string_view legal = scratch_.units.substr(form->span.start, form->span.size());
    if (legal.substr(0, 2) == u"集团" || legal.substr(0, 2) == u"控股") name.end += 2;
    if (scratch_.Before(name.end) == u')' && name.size() <= 2 * kLongestPressName) return name;  // 安世半导体(中国)
    if (name.size() > kLongestPressName || name.size() < 4) return span;
    static constexpr std::u16string_view kEnds[] = {u"银行", u"证券", u"集团", u"控股",
                                                    u"保险", u"人寿", u"信托", u"期货"};
    const std::u16string_view tail = scratch_.units.substr(name.end - 2, 2);
    return std::find(std::begin(kEnds), std::end(kEnds), tail) != std::end(kEnds) ? name : span;
  }

  void AddUnknown(UnitSpan span, float confidence, std::string_view rule) {
    const std::int32_t article =
        scratch_.AddArticleEntity(MentionType::kCompany, scratch_.document->text.Original(PressName(span)), "", {});
    scratch_.candidates.push_back({span, MentionType::kCompany, Rank::kName, confidence, rule, kNone, article});
  }

  void AddOrganization(UnitSpan span, const Cue& suffix, float confidence) {
    const std::int32_t article = scratch_.AddArticleEntity(
        MentionType::kOrganization, scratch_.document->text.Original(span), KindWord(suffix.word.kind), {});
    scratch_.candidates.push_back(
        {span, MentionType::kOrganization, Rank::kName, confidence, "suffix-organization", kNone, article});
  }

  static std::string_view KindWord(CueKind kind) {
    switch (kind) {
      case CueKind::kGovernment: return "government";
      case CueKind::kCourt: return "court";
      case CueKind::kRegulator: return "regulator";
      case CueKind::kMilitary: return "military";
      case CueKind::kUniversity: return "university";
      case CueKind::kResearch: return "research";
      case CueKind::kAssociation: return "association";
      case CueKind::kExchange: return "exchange";
      case CueKind::kMedia: return "media";
      default: return "institution";
    }
  }

  EntityScratch& scratch_;
};

// 安世半导体（中国）, 星展银行（香港）: a company of its own, named with its country.
void AddNational(EntityScratch& scratch) {
  const std::size_t count = scratch.candidates.size();
  for (std::size_t i = 0; i < count; ++i) {
    const Candidate company = scratch.candidates[i];
    if (company.type != MentionType::kCompany || company.confidence < 0.9F || scratch.At(company.span.end) != u'(') {
      continue;
    }
    for (auto hit = FirstFrom(scratch, company.span.end + 1);
         hit != scratch.hits.end() && hit->span.start == company.span.end + 1; ++hit) {
      if (!IsPlace(scratch, *hit) || scratch.At(hit->span.end) != u')') continue;
      const UnitSpan span{company.span.start, hit->span.end + 1};
      const std::int32_t article =
          scratch.AddArticleEntity(MentionType::kCompany, scratch.document->text.Original(span), "", {});
      scratch.candidates.push_back({span, MentionType::kCompany, Rank::kName, 0.85F, "national", kNone, article});
      break;
    }
  }
}

// 招商银行广州分行, 建行东四支行: one mention that stands for the bank.
void AddBranches(EntityScratch& scratch) {
  static constexpr std::u16string_view kEnds[] = {u"分行", u"支行", u"信用卡中心", u"总行"};
  for (const NameHit& hit : scratch.hits) {
    if (!scratch.Trait(hit.entity).bank || hit.strength == NameStrength::kTickerOnly ||
        scratch.skip[hit.span.start] != 0) {
      continue;
    }
    const std::u16string_view rest = scratch.units.substr(hit.span.end, 14);
    for (const std::u16string_view end : kEnds) {
      const std::size_t at = rest.find(end);
      if (at > 10) continue;  // Not there either: npos.
      const std::u16string_view between = rest.substr(0, at);
      if (std::any_of(between.begin(), between.end(),
                      [](char16_t unit) { return IsBreak(unit) || IsGrammarUnit(unit); })) {
        continue;
      }
      const auto stop = hit.span.end + static_cast<std::uint32_t>(at + end.size());
      scratch.candidates.push_back({{hit.span.start, stop},
                                    MentionType::kCompany,
                                    Rank::kName,
                                    0.9F,
                                    "branch",
                                    static_cast<std::int32_t>(hit.entity),
                                    kNone});
      break;
    }
  }
}

}  // namespace

void AddSuffixNames(EntityScratch& scratch) {
  SuffixReader reader(scratch);
  for (const Cue& cue : scratch.cues.all()) {
    if (cue.word.cue == CueClass::kCompanySuffix) reader.ReadCompany(cue);
    if (cue.word.cue == CueClass::kOrgSuffix) reader.ReadOrganization(cue);
  }
  AddBranches(scratch);
  AddNational(scratch);
}

UnitSpan CoreOfCompanyName(const EntityScratch& scratch, UnitSpan span) {
  const Cue* const suffix = scratch.cues.LongestEnding(span.end, CueClass::kCompanySuffix);
  if (suffix == nullptr || suffix->span.start <= span.start) return {span.start, span.start};
  return {PlacesEnd(scratch, span.start, suffix->span.start), suffix->span.start};
}

}  // namespace mailuo::extract
