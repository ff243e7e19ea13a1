#include "extract/trade_names.h"

#include <algorithm>
#include <span>

#include "extract/name_stretch.h"
#include "text/folded_text.h"

namespace mailuo::extract {
namespace {

using text::UnitSpan;

class TradeReader {
 public:
  explicit TradeReader(EntityScratch& scratch) : scratch_(scratch) {}

  // 京山轻机, 富祥药业: two characters and a line of business, between clear edges, where the talk is of shares.
  void Read(const Cue& suffix) {
    if (suffix.span.size() > 3 || ContinuesTrade(scratch_, suffix)) return;
    const std::uint32_t head_end = BeforeTrades(scratch_, suffix.span.start);
    const std::u16string_view word = scratch_.units.substr(suffix.span.start, suffix.span.size());
    if (head_end < 2 || (head_end != suffix.span.start && word == u"股份")) return;
    const std::uint32_t start = StretchStart(scratch_, head_end, 3);
    if (head_end - start != 2 || !IsBreakOrEdge(scratch_, start)) return;
    const UnitSpan core{start, head_end};
    if (!text::IsHan(scratch_.units[start]) || !text::IsHan(scratch_.units[start + 1])) return;
    if (IsGeneric(scratch_, core)) return;
    const bool unknown = scratch_.IsBoundary(start + 1);
    const bool place = PlacesEnd(scratch_, start, head_end) == head_end;
    const bool known = CompanyAt(scratch_, core) != nullptr && !scratch_.IsCommonName(core);
    // 光大证券|石化化工: the field of a known company's analyst; 力帆科技|股份: its shares.
    if (head_end != suffix.span.start && (known || HoldsCompany({start, suffix.span.start}))) return;
    if (!unknown && !place && !known && scratch_.IsBoundary(start) && !MarketFollows(suffix.span.end)) return;
    if (!place && !known && HasUnnamed(core)) return;
    if (start > 0 && text::IsAsciiDigit(scratch_.units[start - 1])) return;
    if (!scratch_.IsBoundary(suffix.span.end) ||
        scratch_.cues.AnyStarting(suffix.span.end, Mask(CueClass::kOrgSuffix))) {
      return;
    }
    const bool ware = suffix.word.kind == CueKind::kWare && !known;
    if (ware && !(unknown ? MarketFollows(suffix.span.end) : ShareFollows(suffix.span.end))) return;
    if (!unknown && !known && !MarketFollows(suffix.span.end)) return;
    const UnitSpan span{start, suffix.span.end};
    const std::int32_t article =
        scratch_.AddArticleEntity(MentionType::kCompany, scratch_.document->text.Original(span), "", {});
    scratch_.candidates.push_back(
        {span, MentionType::kCompany, Rank::kName, unknown ? 0.6F : 0.5F, "suffix-trade", kNone, article});
  }

 private:
  bool HoldsCompany(UnitSpan span) const {
    for (std::uint32_t end = span.start + 3; end <= span.end; ++end) {
      if (CompanyAt(scratch_, {span.start, end}) != nullptr) return true;
    }
    return false;
  }

  // 记入|证券, 多只|科技: characters that companies do not call themselves.
  bool HasUnnamed(UnitSpan core) const {
    return scratch_.words->IsUnnamed(scratch_.units[core.start]) ||
           scratch_.words->IsUnnamed(scratch_.units[core.start + 1]);
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
      if (cue.word.cue == CueClass::kSpeech && scratch_.IsBoundary(cue.span.end)) return true;  // Things do not speak.
      if (cue.word.cue != CueClass::kCompanyWord) continue;
      if ((cue.word.kind == CueKind::kAfter && cue.word.strong) || cue.word.kind == CueKind::kVerb) return true;
    }
    return next == u'涨' || next == u'跌' || next == u'拟' || next == u'等';
  }

  EntityScratch& scratch_;
};

}  // namespace

void AddTradeName(EntityScratch& scratch, const Cue& suffix) { TradeReader(scratch).Read(suffix); }

}  // namespace mailuo::extract
