#include "extract/name_evidence.h"

#include <algorithm>
#include <span>
#include <string_view>

#include "text/folded_text.h"

namespace mailuo::extract {
namespace {

using text::UnitSpan;

// Behind the name: a day or a period, adverbs, 的.
std::uint32_t SkipTime(const EntityScratch& scratch, std::uint32_t at) {
  static constexpr std::u16string_view kAdverbs[] = {u"再度",   u"再次", u"近日", u"同日", u"日前",
                                                     u"已经",   u"此前", u"首次", u"正式", u"宣布",
                                                     u"首三季", u"首季", u"首",   u"等",   u"股份"};
  const std::vector<dates::FoundDate>& dates = scratch.document->dates;
  for (int steps = 0; steps < 3; ++steps) {
    const auto date =
        std::lower_bound(dates.begin(), dates.end(), at,
                         [](const dates::FoundDate& found, std::uint32_t unit) { return found.span.start < unit; });
    if (date != dates.end() && date->span.start == at) {
      at = date->span.end;
      continue;
    }
    const std::u16string_view rest = scratch.units.substr(std::min<std::size_t>(at, scratch.units.size()), 3);
    const auto* const adverb = std::find_if(std::begin(kAdverbs), std::end(kAdverbs), [&](std::u16string_view word) {
      return rest.substr(0, word.size()) == word;
    });
    if (adverb == std::end(kAdverbs)) break;
    at += static_cast<std::uint32_t>(adverb->size());
  }
  return at;
}

// Words of papers, shares and posts are long enough to stand where the breaker sees no word (高|通盘|后).
bool StartsKind(const EntityScratch& scratch, std::uint32_t at, CueKind kind) {
  const std::span<const Cue> cues = scratch.cues.StartingAt(at);
  return std::any_of(cues.begin(), cues.end(), [&](const Cue& cue) {
    return cue.word.cue == CueClass::kEvidence && cue.word.kind == kind &&
           (kind == CueKind::kReport || kind == CueKind::kPaper || scratch.IsBoundary(cue.span.start));
  });
}

bool IsAnd(char16_t unit) { return unit == u'和' || unit == u'与' || unit == u'及'; }

// 电信和联通: where the last of the names that 和 joins to this one ends, or starts.
std::uint32_t JoinedEnd(const EntityScratch& scratch, std::uint32_t end) {
  if (!IsAnd(scratch.At(end))) return end;
  const auto first =
      std::lower_bound(scratch.hits.begin(), scratch.hits.end(), end + 1,
                       [](const lexicon::NameHit& hit, std::uint32_t unit) { return hit.span.start < unit; });
  for (auto hit = first; hit != scratch.hits.end() && hit->span.start == end + 1; ++hit) {
    if (scratch.Trait(hit->entity).type == MentionType::kCompany &&
        hit->strength != lexicon::NameStrength::kTickerOnly) {
      return hit->span.end;
    }
  }
  return end;
}

std::uint32_t JoinedStart(const EntityScratch& scratch, std::uint32_t start) {
  constexpr std::uint32_t kLongest = 12;
  if (start < 3 || !IsAnd(scratch.units[start - 1])) return start;
  const std::uint32_t from = start > kLongest ? start - kLongest : 0;
  const auto first =
      std::lower_bound(scratch.hits.begin(), scratch.hits.end(), from,
                       [](const lexicon::NameHit& hit, std::uint32_t unit) { return hit.span.start < unit; });
  for (auto hit = first; hit != scratch.hits.end() && hit->span.start < start; ++hit) {
    if (hit->span.end == start - 1 && scratch.Trait(hit->entity).type == MentionType::kCompany &&
        hit->strength != lexicon::NameStrength::kTickerOnly) {
      return hit->span.start;
    }
  }
  return start;
}

// 涨3%, 跌超6%, 涨逾两成, 4天3板.
bool Moves(const EntityScratch& scratch, std::uint32_t at) {
  const char16_t verb = scratch.At(at);
  if (text::IsAsciiDigit(verb)) {
    // 4天3板, 2连板
    const std::u16string_view rest = scratch.units.substr(at, 6);
    return rest.find(u'板') != std::u16string_view::npos && rest.find_first_of(u"天连") == 1;
  }
  if (verb != u'涨' && verb != u'跌') return false;
  const char16_t next = scratch.At(at + 1);
  return text::IsAsciiDigit(next) || next == u'超' || next == u'逾' || next == u'近' || next == u'约';
}

UnitSpan SentenceOf(const EntityScratch& scratch, UnitSpan span) {
  const std::size_t index = scratch.document->SentenceAt(span.start);
  return index < scratch.document->sentences.size() ? scratch.document->sentences[index].sentence.span : span;
}

struct Counts {
  int business = 0;  // Words of companies' papers, shares and figures, each once.
  bool against = false;
};

Counts CountWords(const EntityScratch& scratch, UnitSpan sentence, UnitSpan name) {
  Counts counts;
  std::vector<std::u16string_view> seen;
  for (std::uint32_t unit = sentence.start; unit < sentence.end; ++unit) {
    for (const Cue& cue : scratch.cues.StartingAt(unit)) {
      if (cue.span.Overlaps(name)) continue;
      const bool context = cue.word.cue == CueClass::kCompanyWord && cue.word.kind == CueKind::kContext;
      const bool evidence = cue.word.cue == CueClass::kEvidence;
      if (!context && !evidence) continue;
      if (evidence && cue.word.kind == CueKind::kAgainst && scratch.IsBoundary(cue.span.start)) counts.against = true;
      if (evidence && cue.word.kind != CueKind::kReport && cue.word.kind != CueKind::kPaper &&
          cue.word.kind != CueKind::kFigure) {
        continue;
      }
      const std::u16string_view word = scratch.units.substr(cue.span.start, cue.span.size());
      if (std::find(seen.begin(), seen.end(), word) != seen.end()) continue;
      seen.push_back(word);
      ++counts.business;
    }
  }
  return counts;
}

// A figure somewhere in the name's clause.
bool ClauseHasFigure(const EntityScratch& scratch, std::uint32_t at) {
  constexpr std::uint32_t kClause = 14;
  const std::uint32_t stop = std::min<std::uint32_t>(at + kClause, static_cast<std::uint32_t>(scratch.units.size()));
  for (; at < stop; ++at) {
    const char16_t unit = scratch.units[at];
    if (unit == u',' || unit == u'。' || unit == u';' || unit == u'\n') return false;
    if (StartsKind(scratch, at, CueKind::kFigure)) return true;
  }
  return false;
}

// 农产品今日涨停,公司旗下…: a later clause goes on with 公司, 该股, 这家, and no other company stands between.
bool IsTakenUp(const EntityScratch& scratch, UnitSpan span, std::uint32_t sentence_end) {
  static constexpr std::u16string_view kWords[] = {u"公司", u"该公司", u"该股", u"该行", u"这家", u"两家公司"};
  for (std::uint32_t at = span.end; at + 2 < sentence_end; ++at) {
    if (scratch.units[at] != u',' && scratch.units[at] != u';') continue;
    const std::u16string_view rest = scratch.units.substr(at + 1, 4);
    const bool found = std::any_of(std::begin(kWords), std::end(kWords),
                                   [&](std::u16string_view word) { return rest.substr(0, word.size()) == word; });
    if (!found) continue;
    return std::none_of(scratch.hits.begin(), scratch.hits.end(), [&](const lexicon::NameHit& hit) {
      return hit.span.start >= span.end && hit.span.end <= at && hit.strength == lexicon::NameStrength::kSure &&
             scratch.Trait(hit.entity).type == MentionType::kCompany;
    });
  }
  return false;
}

}  // namespace

OtherMeaning OtherMeaningOf(const EntityScratch& scratch, UnitSpan span) {
  if (scratch.IsWareName(span)) return OtherMeaning::kWare;
  return scratch.IsCommonName(span) ? OtherMeaning::kWord : OtherMeaning::kRare;
}

bool HeadsNotice(const EntityScratch& scratch, UnitSpan span) {
  const char16_t before = scratch.Before(span.start);
  if (!IsBreak(before) || before == u'、') return false;
  const std::u16string_view rest = scratch.units.substr(std::min<std::size_t>(span.end, scratch.units.size()), 20);
  if (rest.substr(0, 2) == u"发布" && rest.substr(0, rest.find_first_of(u",。;\n")).find(u"公告") != rest.npos) {
    return true;
  }
  if (scratch.At(span.end) != u':') return false;
  const std::uint32_t at = SkipTime(scratch, span.end + 1);
  return StartsKind(scratch, at, CueKind::kReport) || StartsKind(scratch, at, CueKind::kPaper) ||
         StartsKind(scratch, at, CueKind::kFigure) || StartsKind(scratch, at, CueKind::kVerb);
}

bool HasCompanyThing(const EntityScratch& scratch, UnitSpan span) {
  const auto at_thing = [&](std::uint32_t at) {
    return Moves(scratch, at) || StartsKind(scratch, at, CueKind::kReport) || StartsKind(scratch, at, CueKind::kPaper);
  };
  if (at_thing(span.end)) return true;
  const std::uint32_t at = SkipTime(scratch, span.end);
  return at != span.end && at_thing(at);
}

bool SentenceSpeaksOfCompany(const EntityScratch& scratch, UnitSpan span) {
  if (!IsBreak(scratch.Before(JoinedStart(scratch, span.start)))) return false;
  const UnitSpan sentence = SentenceOf(scratch, span);
  if (IsTakenUp(scratch, span, sentence.end)) return !CountWords(scratch, sentence, span).against;
  if (OtherMeaningOf(scratch, span) == OtherMeaning::kWare) {
    return StartsKind(scratch, SkipTime(scratch, span.end), CueKind::kPaper);
  }
  const std::uint32_t at = SkipTime(scratch, JoinedEnd(scratch, span.end));
  const bool figure = StartsKind(scratch, at, CueKind::kFigure) || ClauseHasFigure(scratch, at);
  const bool verb = StartsKind(scratch, at, CueKind::kVerb);
  if (!figure && !verb) return false;
  const Counts counts = CountWords(scratch, sentence, span);
  if (counts.against) return false;
  return counts.business >= 2;
}

}  // namespace mailuo::extract
