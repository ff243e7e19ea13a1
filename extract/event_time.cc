#include "extract/event_time.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mailuo::extract {
namespace {

constexpr std::uint32_t kAlone = 6;  // Units beside a date that still leave it an adverb: "2025年7月以来,".

EventTime FromDate(const RuleSite& site, std::size_t date, EventTimeSource source) {
  const dates::FoundDate& found = site.document.dates[date];
  return {found.interval, found.precision, source, static_cast<std::int32_t>(date)};
}

// Good enough to be carried into another sentence.
bool Carries(const dates::FoundDate& date) {
  return date.precision == DatePrecision::kDay || date.precision == DatePrecision::kWeek ||
         date.precision == DatePrecision::kMonth;
}

// 较上月, 比去年: what is compared with; 自2020年3月以来首次: what it is the first since.
bool IsReference(const RuleSite& site, const dates::FoundDate& date, text::UnitSpan clause) {
  const std::u16string_view units = site.units();
  if (date.span.start > clause.start) {
    const std::u16string_view before = units.substr(clause.start, date.span.start - clause.start);
    if (before.ends_with(u"较") || before.ends_with(u"比") || before.ends_with(u"相比")) return true;
  }
  const std::uint32_t end = std::min(clause.end, date.span.end + 8);
  if (end <= date.span.end) return false;
  const std::u16string_view after = units.substr(date.span.end, end - date.span.end);
  return (after.starts_with(u"以来") || units.substr(date.span.start, date.span.size()).ends_with(u"以来")) &&
         (after.find(u'首') != std::u16string_view::npos || after.find(u'最') != std::u16string_view::npos ||
          after.find(u"新高") != std::u16string_view::npos || after.find(u"新低") != std::u16string_view::npos);
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
    if (!clause.Overlaps(date.span) || IsReference(site, date, clause)) continue;
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

EventTime FindEventTime(const RuleSite& site, bool figures) {
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
    if (!alone && !figures && !Carries(document.dates[date])) continue;
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

void AdoptBodyTimes(const Document& document, std::vector<Event>& events, std::size_t first) {
  const auto common = [](const Event& a, const Event& b) {
    return std::any_of(a.participants.begin(), a.participants.end(), [&b](const Participant& mine) {
      return std::any_of(b.participants.begin(), b.participants.end(),
                         [&mine](const Participant& other) { return other.entity == mine.entity; });
    });
  };
  for (std::size_t i = first; i < events.size(); ++i) {
    Event& headline = events[i];
    if (!document.sentences[headline.sentence].headline || headline.time.date >= 0) continue;
    for (std::size_t j = first; j < events.size(); ++j) {
      const Event& body = events[j];
      if (body.type != headline.type || document.sentences[body.sentence].headline) continue;
      if (body.time.source != EventTimeSource::kExplicit || !common(headline, body)) continue;
      headline.time = body.time;
      headline.time.source = EventTimeSource::kContext;
      break;
    }
  }
}

}  // namespace mailuo::extract
