#include "extract/company_names.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "extract/name_stretch.h"
#include "text/folded_text.h"

namespace mailuo::extract {
namespace {

using lexicon::NameHit;
using lexicon::NameStrength;
using text::UnitSpan;

constexpr std::uint32_t kLongestLegal = 28;
constexpr std::uint32_t kLongestGroup = 10;

class CompanyReader {
 public:
  explicit CompanyReader(EntityScratch& scratch) : scratch_(scratch) {}

  void ReadRegistered(const Cue& suffix) {
    const std::uint32_t head_end = suffix.span.start;
    const std::uint32_t start = StretchStart(scratch_, head_end, kLongestLegal);
    UnitSpan head{start, head_end};
    if (const NameHit* known = RegisteredCompanyIn(head, suffix)) {
      head.start = PlacesBefore(scratch_, known->span.start, start);
      AddKnown(*known, head, suffix);
      return;
    }
    UnitSpan core = CoreOf(head);
    // …|投资|管理中心(有限合伙): what no name ends with stands inside this one.
    for (int words = 0; words < 2 && NamesNoOne(core); ++words) {
      const Cue* const before = NameEdge(scratch_, head.start);
      if (before == nullptr || !MayStandInside(*before, /*alone=*/core.size() >= 2 && core.start == head.start)) break;
      head.start = StretchStart(scratch_, before->span.start, kLongestLegal);
      core = CoreOf(head);
    }
    if (head.size() < 2 || (NamesNoOne(core) && !OpensWithCompany(head))) return;
    // 中国移动通信|集团有限公司 is 中国移动通信集团, which the lexicon has.
    if (const NameHit* group = CompanyAt(scratch_, {head.start, std::min(suffix.span.start + 2, suffix.span.end)})) {
      scratch_.candidates.push_back({{head.start, suffix.span.end},
                                     MentionType::kCompany,
                                     Rank::kName,
                                     0.95F,
                                     "full-name",
                                     static_cast<std::int32_t>(group->entity),
                                     kNone});
      return;
    }
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
    const std::uint32_t core_end = BeforeTrades(scratch_, head_end);
    if (core_end != head_end && EndsKnownName(suffix)) return;
    std::optional<UnitSpan> core = HeartBefore(core_end, start);
    if (core_end != head_end && !core) {
      if (const NameHit* known = KnownCompanyIn({start, core_end})) core = known->span;
    }
    if (!core || IsGeneric(scratch_, *core) || HasUnnamed(*core, company)) return;
    const std::uint32_t from = PlacesBefore(scratch_, core->start, start);
    if (!IsBreakOrEdge(scratch_, from) || (from > 0 && text::IsAsciiDigit(scratch_.units[from - 1]))) return;
    AddUnknown({from, suffix.span.end}, 0.65F, "suffix");
  }

 private:
  // What is left of the head without the places in front, which begin the name.
  UnitSpan CoreOf(UnitSpan& head) const {
    const NameHit* const place = LeftmostHit(scratch_, head.start, head.end, [&](const NameHit& hit) {
      return IsPlaceName(scratch_, hit) && scratch_.Before(hit.span.start) != u'(';  // 安世半导体(中国)有限公司
    });
    if (place == nullptr) return head;
    const NameHit* const owner = LeftmostHit(scratch_, head.start, place->span.start, [&](const NameHit& hit) {
      return hit.span.end == place->span.start && hit.strength == NameStrength::kSure &&
             scratch_.Trait(hit.entity).type == MentionType::kCompany;  // 中车|青岛四方机车车辆
    });
    head.start = owner != nullptr ? owner->span.start : place->span.start;
    const UnitSpan core{PlacesEnd(scratch_, head.start, head.end), head.end};
    // 潍坊|龙海安防科技: the second of two places is what names it.
    if (core.start > place->span.end + 1 && NamesNoOne(core)) return {place->span.end, head.end};
    // 太平|财产保险: a place that is a word too may be the name itself.
    return place->strength == NameStrength::kWeak && NamesNoOne(core) ? head : core;
  }

  // 太空探索技术公司: a sure name of the lexicon ends with the word.
  bool EndsKnownName(const Cue& suffix) const {
    for (auto hit = FirstHitFrom(scratch_, suffix.span.end > 12 ? suffix.span.end - 12 : 0);
         hit != scratch_.hits.end() && hit->span.start < suffix.span.start; ++hit) {
      if (hit->span.end == suffix.span.end && hit->strength == NameStrength::kSure &&
          scratch_.Trait(hit->entity).type == MentionType::kCompany) {
        return true;
      }
    }
    return false;
  }

  bool NamesNoOne(UnitSpan core) const {
    if (!core.empty() && scratch_.units[core.start] == u'(') {
      // (杭州)合伙企业: a bracket begins no name.
      const std::size_t close = scratch_.units.find(u')', core.start);
      core.start = static_cast<std::uint32_t>(std::min<std::size_t>(close, core.end - 1)) + 1;
    }
    if (core.size() < 2 || IsGeneric(scratch_, core)) return true;
    const Cue* const body = scratch_.cues.LongestStarting(core.start, CueClass::kOrgSuffix);  // 管理中心, 研究院
    return body != nullptr && body->span == core;
  }

  // 投资, 顾问, 企业: words that end a stretch and stand in registered names all the same, as 和 does in 炎和|科技 but
  // not in 甲和|中国电力建设; 公司 does not. `alone`: words without a place stand behind it.
  bool MayStandInside(const Cue& edge, bool alone) const {
    if (edge.span.size() == 1 && alone) return true;
    if (edge.word.cue == CueClass::kCompanyWord || edge.word.cue == CueClass::kPost) return true;
    const Cue* const kind = scratch_.cues.LongestStarting(edge.span.start, CueClass::kGeneric);
    return kind != nullptr && kind->span == edge.span;
  }

  // 中国移动|国际有限公司: words alone are a name behind a company's.
  bool OpensWithCompany(UnitSpan head) const {
    for (auto hit = FirstHitFrom(scratch_, head.start); hit != scratch_.hits.end() && hit->span.start == head.start;
         ++hit) {
      if (hit->strength == NameStrength::kSure && hit->span.end <= head.end &&
          scratch_.Trait(hit->entity).type == MentionType::kCompany) {
        return true;
      }
    }
    return false;
  }

  // 哪家公司, 创下公司: characters that count, ask, do and limit are in no name.
  bool HasUnnamed(UnitSpan span, bool bare_company) const {
    const std::u16string_view core = scratch_.units.substr(span.start, span.size());
    return std::any_of(core.begin(), core.end(), [&](char16_t unit) {
      return bare_company ? scratch_.words->IsUnnamedBare(unit) : scratch_.words->IsUnnamed(unit);
    });
  }

  // The heart of a name that ends at `end`: letters, or the characters that the breaker could not join.
  std::optional<UnitSpan> HeartBefore(std::uint32_t end, std::uint32_t stop) const {
    if (end == stop) return std::nullopt;
    std::uint32_t at = end;
    if (text::IsAsciiAlnum(scratch_.units[at - 1])) {
      while (at > 0 && text::IsAsciiAlnum(scratch_.units[at - 1])) --at;
      // Cantor Fitzgerald公司: capitalized words before belong to it.
      for (int words = 0; words < 3 && scratch_.Before(at) == u' '; ++words) {
        std::uint32_t word = at - 1;
        while (word > 0 && text::IsAsciiAlnum(scratch_.units[word - 1])) --word;
        const std::string_view written = scratch_.document->text.Original({word, at - 1});
        if (written.empty() || written[0] < 'A' || written[0] > 'Z') break;
        at = word;
      }
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

  // The company whose name the stretch ends with.
  const NameHit* KnownCompanyIn(UnitSpan head) const {
    for (auto hit = FirstHitFrom(scratch_, head.start); hit != scratch_.hits.end() && hit->span.start < head.end;
         ++hit) {
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
    for (auto hit = FirstHitFrom(scratch_, head.start); hit != scratch_.hits.end() && hit->span.start < head.end;
         ++hit) {
      if (hit->span.end > head.end || scratch_.Trait(hit->entity).type != MentionType::kCompany) continue;
      if (hit->strength == NameStrength::kTickerOnly || (hit->strength == NameStrength::kWeak && !shares)) continue;
      if (hit->span.start == longest.start && hit->span.end < longest.end) continue;
      if (hit->strength == NameStrength::kSure) longest = hit->span;
      const bool opens =
          hit->span.start == head.start || PlacesBefore(scratch_, hit->span.start, head.start) != hit->span.start;
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

  EntityScratch& scratch_;
};

}  // namespace

void AddRegisteredName(EntityScratch& scratch, const Cue& suffix) { CompanyReader(scratch).ReadRegistered(suffix); }
void AddGroupName(EntityScratch& scratch, const Cue& suffix) { CompanyReader(scratch).ReadGroup(suffix); }

UnitSpan CoreOfCompanyName(const EntityScratch& scratch, UnitSpan span) {
  const Cue* const suffix = scratch.cues.LongestEnding(span.end, CueClass::kCompanySuffix);
  if (suffix == nullptr || suffix->span.start <= span.start) return {span.start, span.start};
  return {PlacesEnd(scratch, span.start, suffix->span.start), suffix->span.start};
}

}  // namespace mailuo::extract
