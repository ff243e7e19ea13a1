#include "extract/alias_article.h"

#include <algorithm>
#include <optional>

#include "extract/name_stretch.h"
#include "text/folded_text.h"

namespace mailuo::extract {
namespace {

using text::UnitSpan;

constexpr std::uint32_t kLongestPlaces = 8;
constexpr std::uint32_t kLongestAlias = 20;

bool IsQuoteOpen(char16_t unit) { return unit == u'“' || unit == u'‘' || unit == u'"' || unit == u'《'; }
bool IsQuoteClose(char16_t unit) { return unit == u'”' || unit == u'’' || unit == u'"' || unit == u'》'; }

AliasKind KindOf(CueKind kind) {
  switch (kind) {
    case CueKind::kOther: return AliasKind::kOther;
    case CueKind::kFormer: return AliasKind::kFormer;
    case CueKind::kForeign: return AliasKind::kForeign;
    default: return AliasKind::kShort;
  }
}

// 公司, 本公司, 上市公司, 标的公司: roles, not names.
bool IsRoleWord(std::u16string_view alias) {
  static constexpr std::u16string_view kWords[] = {
      u"公司",     u"本公司",   u"上市公司", u"标的公司", u"目标公司", u"发行人", u"集团",   u"本集团",
      u"甲方",     u"乙方",     u"丙方",     u"基金",     u"本基金",   u"协议",   u"本协议", u"合资公司",
      u"合资企业", u"项目公司", u"母公司",   u"子公司",   u"合伙企业", u"管理人"};
  return std::find(std::begin(kWords), std::end(kWords), alias) != std::end(kWords);
}

class AliasReader {
 public:
  AliasReader(EntityScratch& scratch, const std::vector<std::size_t>& chosen) : scratch_(scratch), chosen_(chosen) {}

  std::vector<AliasPair> Read() {
    for (const std::size_t index : chosen_) {
      const MentionType type = scratch_.candidates[index].type;
      if (type == MentionType::kTicker || type == MentionType::kPlace || type == MentionType::kSector) continue;
      std::uint32_t at = scratch_.candidates[index].span.end;
      if (IsQuoteClose(scratch_.At(at))) ++at;
      if (scratch_.At(at) == u'(') {
        ReadBracket(index, at + 1);
      } else {
        if (scratch_.At(at) == u',') ++at;
        ReadMarker(index, at, /*bracket=*/false);
      }
    }
    return std::move(pairs_);
  }

 private:
  void ReadBracket(std::size_t full, std::uint32_t at) {
    const std::size_t close = scratch_.units.find(u')', at);
    if (close == std::u16string_view::npos || close - at > 80) return;
    const auto end = static_cast<std::uint32_t>(close);
    bool marked = false;
    for (std::uint32_t unit = at; unit < end; ++unit) {
      if (unit == at || scratch_.units[unit - 1] == u',' || scratch_.units[unit - 1] == u';' ||
          scratch_.units[unit - 1] == u' ' || scratch_.units[unit - 1] == u'、') {
        marked = ReadMarker(full, unit, /*bracket=*/true) || marked;
      }
    }
    if (!marked) ReadForeign(full, {at, end});
  }

  bool ReadMarker(std::size_t full, std::uint32_t at, bool bracket) {
    const Cue* const marker = scratch_.cues.LongestStarting(at, CueClass::kAliasMarker);
    if (marker == nullptr) return false;
    std::uint32_t name = marker->span.end;
    while (scratch_.At(name) == u':' || scratch_.At(name) == u'为' || scratch_.At(name) == u'是' ||
           scratch_.At(name) == u' ') {
      ++name;
    }
    const CueKind kind = marker->word.kind;
    bool any = false;
    // “甲”或“乙”: each quoted name is one.
    while (IsQuoteOpen(scratch_.At(name))) {
      std::uint32_t end = name + 1;
      while (end < scratch_.units.size() && end - name <= kLongestAlias && !IsQuoteClose(scratch_.units[end])) ++end;
      if (!IsQuoteClose(scratch_.At(end))) return any;
      Add(full, {name + 1, end}, KindOf(kind));
      any = true;
      name = end + 1;
      while (scratch_.At(name) == u'或' || scratch_.At(name) == u'、' || scratch_.At(name) == u',') ++name;
    }
    // Without quotes only inside a bracket, and only what can be a name.
    if (any || !bracket) return any;
    std::uint32_t end = name;
    while (end < scratch_.units.size() && end - name <= kLongestAlias && IsNameUnit(scratch_.units[end])) ++end;
    constexpr std::uint32_t kLongestBare = 12;
    if (end - name < 2 || end - name > kLongestBare || IsNameUnit(scratch_.At(end))) return false;
    const std::u16string_view bare = scratch_.units.substr(name, end - name);
    if (std::any_of(bare.begin(), bare.end(), IsGrammarUnit)) return false;
    Add(full, {name, end}, KindOf(kind));
    return true;
  }

  // 英伟达(NVIDIA), 黄仁勋(Jensen Huang): letters only.
  void ReadForeign(std::size_t full, UnitSpan inner) {
    if (!text::IsHan(scratch_.Before(scratch_.candidates[full].span.end))) return;
    std::uint32_t end = inner.start;
    while (end < inner.end &&
           (text::IsAsciiAlnum(scratch_.units[end]) || scratch_.units[end] == u' ' || scratch_.units[end] == u'.' ||
            scratch_.units[end] == u'&' || scratch_.units[end] == u'-')) {
      ++end;
    }
    if (end < inner.end && scratch_.units[end] != u',' && scratch_.units[end] != u';') return;
    // 韦尔奇(Stuart Cary Welch 1928-2008): years are no part of a person's name.
    const bool person = scratch_.candidates[full].type == MentionType::kPerson;
    const auto trails = [&](char16_t unit) {
      return unit == u' ' || (person && (text::IsAsciiDigit(unit) || unit == u'-'));
    };
    while (end > inner.start && trails(scratch_.units[end - 1])) --end;
    const UnitSpan name{inner.start, end};
    if (name.size() < 2 || name.size() > 40 || !text::IsAsciiLetter(scratch_.units[name.start])) return;
    const bool capital = [&] {
      const std::string_view original = scratch_.document->text.Original(name);
      return !original.empty() && original[0] >= 'A' && original[0] <= 'Z';
    }();
    if (!capital && !(name.size() >= 4 && IsForeignPerson(scratch_.candidates[full]))) return;
    for (const text::FoundTicker& ticker : scratch_.tickers) {
      if (ticker.strength == text::TickerStrength::kSure && ticker.span.Overlaps(name)) return;
    }
    Add(full, name, AliasKind::kForeign);
  }

  // 江苏曾|瑞智控科技有限公司(简称“曾瑞智控”): the short name tells where the long one begins.
  void ReachAlias(std::size_t full, UnitSpan alias) {
    constexpr std::uint32_t kMostMissed = 3;
    Candidate& candidate = scratch_.candidates[full];
    if (candidate.rule != "suffix-legal") return;
    const std::u16string_view name = scratch_.units.substr(alias.start, alias.size());
    for (std::uint32_t missed = 1; missed <= kMostMissed && missed < name.size(); ++missed) {
      const std::uint32_t start = candidate.span.start - std::min(missed, candidate.span.start);
      if (scratch_.units.substr(start, missed + 1) != name.substr(0, missed + 1)) continue;
      candidate.span.start = PlacesBefore(scratch_, start, start > kLongestPlaces ? start - kLongestPlaces : 0);
      candidate.article = kNone;
      return;
    }
  }

  // 沃尔贝克(gertjan verbeek): some papers write all letters small; behind a foreign person they are the name all the
  // same.
  bool IsForeignPerson(const Candidate& candidate) const {
    if (candidate.type != MentionType::kPerson || candidate.span.size() < 2) return false;
    const std::u16string_view name = scratch_.units.substr(candidate.span.start, candidate.span.size());
    return std::all_of(name.begin(), name.end(),
                       [&](char16_t unit) { return !text::IsHan(unit) || scratch_.words->IsTransliteration(unit); });
  }

  void Add(std::size_t full, UnitSpan alias, AliasKind kind) {
    if (alias.empty() || IsRoleWord(scratch_.units.substr(alias.start, alias.size()))) return;
    for (std::uint32_t unit = alias.start; unit < alias.end; ++unit) {
      if (scratch_.skip[unit] != 0) return;
    }
    if (kind == AliasKind::kShort) ReachAlias(full, alias);
    Adopt(full, alias);
    Candidate candidate = scratch_.candidates[full];
    candidate.span = alias;
    candidate.rank = Rank::kBound;
    candidate.confidence = std::max(candidate.confidence, 0.9F);
    candidate.rule = "alias";
    if (candidate.entity == kNone && candidate.article == kNone) {
      const Candidate& owner = scratch_.candidates[full];
      candidate.article = scratch_.AddArticleEntity(owner.type, scratch_.document->text.Original(owner.span), "", {});
      scratch_.candidates[full].article = candidate.article;
    }
    // An entity that only this article names is called what the article calls it.
    if (kind == AliasKind::kShort && candidate.article != kNone && alias.size() >= 3) {
      ArticleEntity& entity = scratch_.article_entities[static_cast<std::size_t>(candidate.article)];
      entity.name = std::string(scratch_.document->text.Original(alias));
      entity.id = MakeEntityId(entity.type, text::FoldKey(entity.name));
    }
    pairs_.push_back({scratch_.candidates[full].span, alias, kind});
    scratch_.candidates.push_back(candidate);
  }

  // The second name is a name of the lexicon: then the full one is its entity's too.
  void Adopt(std::size_t full, UnitSpan alias) {
    Candidate& owner = scratch_.candidates[full];
    if (owner.entity != kNone) return;
    const auto first =
        std::lower_bound(scratch_.hits.begin(), scratch_.hits.end(), alias.start,
                         [](const lexicon::NameHit& hit, std::uint32_t unit) { return hit.span.start < unit; });
    for (auto hit = first; hit != scratch_.hits.end() && hit->span.start == alias.start; ++hit) {
      if (hit->span != alias || scratch_.Trait(hit->entity).type != owner.type) continue;
      if (hit->strength == lexicon::NameStrength::kTickerOnly) continue;
      owner.entity = static_cast<std::int32_t>(hit->entity);
      owner.article = kNone;
      return;
    }
  }

  EntityScratch& scratch_;
  const std::vector<std::size_t>& chosen_;
  std::vector<AliasPair> pairs_;
};

}  // namespace

std::vector<AliasPair> AddAliases(EntityScratch& scratch, const std::vector<std::size_t>& chosen) {
  return AliasReader(scratch, chosen).Read();
}

}  // namespace mailuo::extract
