#include "extract/ticker_binding.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "text/folded_text.h"
#include "text/utf8.h"

namespace mailuo::extract {
namespace {

using lexicon::EntityIndex;
using lexicon::NameHit;
using text::FoundTicker;
using text::TickerClass;
using text::TickerStrength;
using text::UnitSpan;

struct Anchor {
  std::uint32_t name_end = 0;  // Where the name before the bracket ends.
  bool direct = false;         // Nothing but code words and other codes between bracket and code.
};

std::uint32_t BackOverSpaces(const EntityScratch& scratch, std::uint32_t at) {
  while (at > 0 && scratch.units[at - 1] == u' ') --at;
  return at;
}

// The bracket that holds `ticker` and what stands before it. Codes that share a bracket share the name.
std::optional<Anchor> AnchorOf(const EntityScratch& scratch, const FoundTicker& ticker) {
  constexpr std::uint32_t kFarthest = 48;
  const std::uint32_t stop = ticker.span.start > kFarthest ? ticker.span.start - kFarthest : 0;
  std::uint32_t at = ticker.span.start;
  bool direct = true;
  while (at > stop) {
    const char16_t unit = scratch.units[at - 1];
    if (unit == u')' || unit == u']' || unit == u'。' || unit == u'\n' || unit == u'】') return std::nullopt;
    --at;
    if (unit == u'(' || unit == u'[' || unit == u'【') {
      std::uint32_t end = BackOverSpaces(scratch, at);
      while (end > 0 && (scratch.units[end - 1] == u'”' || scratch.units[end - 1] == u'’')) --end;
      return Anchor{end, direct};
    }
    // Code words (股票代码：), exchange words and other codes keep the bracket direct.
    static constexpr std::u16string_view kFiller = u"股票证券代码简称上市公司为港沪深京美纳斯达克所交易:：/,、;. ";
    if (!text::IsAsciiAlnum(unit) && kFiller.find(unit) == std::u16string_view::npos) direct = false;
  }
  return std::nullopt;
}

bool HasTicker(const EntityScratch& scratch, EntityIndex entity, std::string_view ticker) {
  const lexicon::EntityInfo info = scratch.lexicon->Entity(entity);
  return std::find(info.tickers.begin(), info.tickers.end(), ticker) != info.tickers.end();
}

// The longest lexicon name that ends at `end`; with `ticker`, only of an entity that bears it.
const NameHit* NameEndingAt(const EntityScratch& scratch, std::uint32_t end, const std::string* ticker) {
  // Hits are ordered by start; no name is longer than the automaton's patterns.
  constexpr std::uint32_t kLongest = 64;
  const std::uint32_t from = end > kLongest ? end - kLongest : 0;
  const auto first = std::lower_bound(scratch.hits.begin(), scratch.hits.end(), from,
                                      [](const NameHit& hit, std::uint32_t unit) { return hit.span.start < unit; });
  for (auto hit = first; hit != scratch.hits.end() && hit->span.start < end; ++hit) {
    if (hit->span.end != end || scratch.Trait(hit->entity).type != MentionType::kCompany) continue;
    if (ticker == nullptr && hit->strength != lexicon::NameStrength::kSure) continue;
    if (ticker == nullptr || HasTicker(scratch, hit->entity, *ticker)) return &*hit;
  }
  return nullptr;
}

bool StopsName(const EntityScratch& scratch, std::uint32_t at) {
  if (IsBreak(scratch.units[at - 1])) return true;
  for (const Cue& cue : scratch.cues.EndingAt(at)) {
    if (cue.word.cue != CueClass::kEdge &&
        !(cue.word.cue == CueClass::kCompanyWord && cue.word.kind == CueKind::kBefore)) {
      continue;
    }
    if (scratch.IsBoundary(cue.span.start) && scratch.IsBoundary(cue.span.end)) return true;
  }
  return false;
}

// The unknown name that ends at `end`: leftwards to punctuation, a word that no name holds, or a date.
UnitSpan ReadNameBackwards(const EntityScratch& scratch, std::uint32_t end) {
  constexpr std::uint32_t kLongest = 14;
  std::uint32_t start = end;
  while (start > 0 && end - start < kLongest && !StopsName(scratch, start)) --start;
  for (const dates::FoundDate& date : scratch.document->dates) {
    if (date.span.start < end && date.span.end > start && date.span.end <= end) start = date.span.end;
  }
  while (start < end && (text::IsAsciiDigit(scratch.units[start]) || !scratch.IsBoundary(start))) ++start;
  if (scratch.Before(start) == u'*' && scratch.units.substr(start, 2) == u"st") --start;  // *ST精伦
  return {start, end};
}

// At least two characters of some name of the entity stand in `span`: an abbreviation or a former name of it.
bool Resembles(const EntityScratch& scratch, EntityIndex entity, UnitSpan span) {
  const std::u16string_view written = scratch.units.substr(span.start, span.size());
  for (const std::string_view name : scratch.lexicon->Names(entity)) {
    const std::u16string key = text::FoldKey16(name);
    const auto common = std::count_if(written.begin(), written.end(), [&](char16_t unit) {
      return text::IsHan(unit) && key.find(unit) != std::u16string::npos;
    });
    if (common >= 2) return true;
  }
  return false;
}

// Han characters without words of grammar, and no mere role (公司, 该股).
bool IsPlainName(const EntityScratch& scratch, UnitSpan span) {
  static constexpr std::u16string_view kRoles[] = {u"公司", u"本公司", u"该公司", u"该股", u"代码", u"编号",
                                                   u"股票", u"邮编",   u"电话",   u"个股", u"基金", u"债券"};
  const std::u16string_view name = scratch.units.substr(span.start, span.size());
  return std::find(std::begin(kRoles), std::end(kRoles), name) == std::end(kRoles) &&
         std::all_of(name.begin(), name.end(), [](char16_t unit) { return text::IsHan(unit) && !IsGrammarUnit(unit); });
}

Candidate BoundName(const EntityScratch& scratch, UnitSpan span, EntityIndex entity) {
  Candidate candidate;
  candidate.span = span;
  candidate.type = scratch.Trait(entity).type;
  candidate.rank = Rank::kBound;
  candidate.confidence = 0.99F;
  candidate.rule = "ticker-name";
  candidate.entity = static_cast<std::int32_t>(entity);
  return candidate;
}

// 宁德时代|A股, 比亚迪|A/H股: the kind of share that the code stands for is no part of the name before it.
std::uint32_t BackOverShareWords(const EntityScratch& scratch, std::uint32_t end) {
  while (true) {
    const std::span<const Cue> cues = scratch.cues.EndingAt(end);
    const auto shares = std::find_if(cues.begin(), cues.end(), [](const Cue& cue) {
      return cue.word.cue == CueClass::kCompanyWord && cue.word.kind == CueKind::kAfter && cue.word.strong;
    });
    if (shares == cues.end() || shares->span.start < 2) return end;
    end = BackOverSpaces(scratch, shares->span.start);
    if (end > 2 && scratch.units[end - 1] == u'/' && text::IsAsciiLetter(scratch.units[end - 2])) end -= 2;
  }
}

// The company before the bracket becomes a candidate; false if no name there can bear the code.
bool BindName(EntityScratch& scratch, const FoundTicker& ticker, const Anchor& anchor) {
  if (const NameHit* hit = NameEndingAt(scratch, anchor.name_end, &ticker.ticker)) {
    scratch.candidates.push_back(BoundName(scratch, hit->span, hit->entity));
    return true;
  }
  if (!anchor.direct || ticker.kind != TickerClass::kStock) return false;
  // Four digits alone are mostly a year.
  if (ticker.strength == TickerStrength::kNeedsName && ticker.span.size() == 4) return false;
  const std::optional<EntityIndex> entity = scratch.lexicon->FindByTicker(ticker.ticker);
  const std::uint32_t end = BackOverShareWords(scratch, anchor.name_end);
  if (end != anchor.name_end) {
    if (const NameHit* hit = NameEndingAt(scratch, end, &ticker.ticker)) {
      scratch.candidates.push_back(BoundName(scratch, hit->span, hit->entity));
      return true;
    }
  }
  const NameHit* hit = NameEndingAt(scratch, end, nullptr);
  const UnitSpan span = hit != nullptr ? hit->span : ReadNameBackwards(scratch, end);
  if (span.size() < 2) return false;
  const bool sure = ticker.strength == TickerStrength::kSure;
  if (entity) {
    // A name that the code's company has given up (离合器(600148)) has nothing in common with its names of today.
    const bool alone = ticker.span.size() == 6 && IsBreak(scratch.Before(span.start)) && span.size() <= 6;
    if (!sure && !Resembles(scratch, *entity, span) && !(alone && IsPlainName(scratch, span))) return false;
    scratch.candidates.push_back(BoundName(scratch, span, *entity));
    return true;
  }
  if (!sure && (ticker.span.size() != 6 || !text::IsAsciiDigit(scratch.units[ticker.span.start]))) return false;
  Candidate candidate;
  candidate.span = span;
  candidate.rank = Rank::kBound;
  candidate.confidence = sure ? 0.93F : 0.8F;
  candidate.rule = "ticker-name";
  if (hit != nullptr) {
    candidate.entity = static_cast<std::int32_t>(hit->entity);
  } else {
    candidate.article = scratch.AddArticleEntity(MentionType::kCompany, scratch.document->text.Original(span), "listed",
                                                 {ticker.ticker});
  }
  scratch.candidates.push_back(candidate);
  return true;
}

// 海光信息 688041.SH, 688041.SH 海光信息: beside the code without a bracket, only a name that bears the code.
bool BindNeighbour(EntityScratch& scratch, const FoundTicker& ticker) {
  const std::uint32_t end = BackOverSpaces(scratch, ticker.span.start);
  if (const NameHit* hit = NameEndingAt(scratch, end, &ticker.ticker)) {
    scratch.candidates.push_back(BoundName(scratch, hit->span, hit->entity));
    return true;
  }
  return false;
}

}  // namespace

void BindTickers(EntityScratch& scratch) {
  for (const FoundTicker& ticker : scratch.tickers) {
    const std::optional<Anchor> anchor = AnchorOf(scratch, ticker);
    const bool bound = anchor ? BindName(scratch, ticker, *anchor) : BindNeighbour(scratch, ticker);
    if (!bound && ticker.strength == TickerStrength::kNeedsName) continue;
    Candidate candidate;
    candidate.span = ticker.span;
    candidate.type = MentionType::kTicker;
    candidate.rank = Rank::kCode;
    candidate.confidence = bound ? 0.99F : 0.95F;
    candidate.rule = "ticker";
    candidate.article = scratch.AddArticleEntity(MentionType::kTicker, ticker.ticker, "", {ticker.ticker});
    scratch.candidates.push_back(candidate);
  }
}

}  // namespace mailuo::extract
