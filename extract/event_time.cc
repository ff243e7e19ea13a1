#include "extract/event_time.h"

#include <cstddef>
#include <cstdint>

namespace mailuo::extract {
namespace {

constexpr std::uint32_t kAlone = 8;  // Units beside a date that still leave it an adverb: "2025年7月以来,".

EventTime FromDate(const RuleSite& site, std::size_t date, EventTimeSource source) {
  const dates::FoundDate& found = site.document.dates[date];
  return {found.interval, found.precision, source, static_cast<std::int32_t>(date)};
}

// Good enough to be carried into another sentence.
bool Carries(const dates::FoundDate& date) {
  return date.precision == DatePrecision::kDay || date.precision == DatePrecision::kWeek ||
         date.precision == DatePrecision::kMonth;
}

bool BoundOnly(const dates::FoundDate& date) {
  return date.relation == DateRelation::kBefore || date.relation == DateRelation::kAfter;
}

// The date of [first, last) that lies in `clause` nearest to the word, those before it first; last if there is none.
std::size_t InClause(const RuleSite& site, text::UnitSpan clause, std::size_t first, std::size_t last) {
  std::size_t before = last;
  std::size_t after = last;
  for (std::size_t d = first; d < last; ++d) {
    const dates::FoundDate& date = site.document.dates[d];
    if (!clause.Overlaps(date.span)) continue;
    if (date.span.end <= site.word.start) {
      if (before == last || !BoundOnly(date) || BoundOnly(site.document.dates[before])) before = d;
    } else if (after == last) {
      after = d;
    }
  }
  return before != last ? before : after;
}

// The last date of the paragraph's earlier sentences that may be carried.
std::size_t InParagraph(const RuleSite& site) {
  const Document& document = site.document;
  const std::uint32_t paragraph = document.sentences[site.sentence].sentence.paragraph;
  for (std::uint32_t s = site.sentence; s-- > 0;) {
    if (document.sentences[s].sentence.paragraph != paragraph) break;
    const auto [first, last] = document.DatesOf(s);
    for (std::size_t d = last; d-- > first;) {
      if (Carries(document.dates[d])) return d;
    }
  }
  return document.dates.size();
}

}  // namespace

EventTime FindEventTime(const RuleSite& site) {
  const Document& document = site.document;
  const auto [first, last] = document.DatesOf(site.sentence);
  if (const std::size_t date = InClause(site, site.in_clause().span, first, last); date != last) {
    return FromDate(site, date, EventTimeSource::kExplicit);
  }
  for (std::uint32_t c = site.clause; c-- > site.in_sentence().first_clause;) {
    const text::UnitSpan clause = site.scan.clauses[c].span;
    const std::size_t date = InClause(site, clause, first, last);
    if (date == last) continue;
    const bool alone = clause.size() <= document.dates[date].span.size() + kAlone;
    return FromDate(site, date, alone ? EventTimeSource::kExplicit : EventTimeSource::kContext);
  }
  if (const std::size_t date = InParagraph(site); date != document.dates.size()) {
    return FromDate(site, date, EventTimeSource::kContext);
  }
  if (document.article != nullptr && document.article->published) {
    const Date day = document.article->published->date;
    return {{day, day}, DatePrecision::kDay, EventTimeSource::kPublished, -1};
  }
  return {};
}

}  // namespace mailuo::extract
