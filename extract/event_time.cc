#include "extract/event_time.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/word_match.h"

namespace mailuo::extract {
namespace {

constexpr std::uint32_t kAlone = 6;  // Units beside a date that still leave it an adverb: "2025年7月以来,".

EventTime FromDate(const RuleSite& site, std::size_t date, EventTimeSource source) {
  const dates::FoundDate& found = site.document.dates[date];
  return {found.interval, found.precision, source, static_cast<std::int32_t>(date)};
}

// 2026年一季报, 2025年半年度报告: the period of the figures is less than the year.
void NarrowToReport(const RuleSite& site, EventTime& time) {
  if (time.date < 0 || time.precision != DatePrecision::kYear || !time.interval.from) return;
  const std::uint32_t end = site.document.dates[static_cast<std::size_t>(time.date)].span.end;
  const std::u16string_view behind = site.units().substr(end, 4);
  const int year = ToCivil(*time.interval.from).year;
  int last_month = 0;
  if (StartsWithAny(behind, site.words.quarter_reports)) last_month = 3;
  if (StartsWithAny(behind, site.words.half_reports)) last_month = 6;
  if (StartsWithAny(behind, site.words.nine_month_reports)) last_month = 9;
  if (last_month == 0) return;
  const std::optional<Date> last = MakeDate(year, last_month, last_month == 3 ? 31 : 30);
  if (!last) return;
  time.interval.to = last;
  time.precision = last_month == 3   ? DatePrecision::kQuarter
                   : last_month == 6 ? DatePrecision::kHalf
                                     : DatePrecision::kRange;
}

// Good enough to be carried into another sentence.
bool Carries(const dates::FoundDate& date) {
  if (date.relation == DateRelation::kSince) return false;  // 自2011年8月起担任…
  return date.precision == DatePrecision::kDay || date.precision == DatePrecision::kWeek ||
         date.precision == DatePrecision::kMonth;
}

// Good enough to be carried over a clause of the sentence: everything but 近日 and decades. 2016年底 says its year.
bool CarriesInSentence(const dates::FoundDate& date) {
  if (date.precision == DatePrecision::kFuzzy) return date.kind == DateKind::kFull;
  return date.precision != DatePrecision::kDecade;
}

// 较上月, 比去年: what is compared with; 自2020年3月以来首次: what it is the first since.
bool IsReference(const RuleSite& site, const dates::FoundDate& date, text::UnitSpan clause) {
  const std::u16string_view units = site.units();
  if (date.span.start > clause.start) {
    const std::u16string_view before = units.substr(clause.start, date.span.start - clause.start);
    if (EndsWithAny(before, site.words.compared_before)) return true;
  }
  const std::uint32_t end = std::min(clause.end, date.span.end + 8);
  if (end <= date.span.end) return false;
  const std::u16string_view after = units.substr(date.span.end, end - date.span.end);
  if (StartsWithAny(after, site.words.compared_behind)) return true;
  return (StartsWithAny(after, site.words.since) ||
          EndsWithAny(units.substr(date.span.start, date.span.size()), site.words.since)) &&
         ContainsAny(after, site.words.extremes);
}

// 《2025年…行动方案》: the year belongs to the title, also of a policy without such marks.
bool InTitle(const Document& document, const dates::FoundDate& date, std::uint32_t floor) {
  constexpr std::uint32_t kTitle = 40;  // Units of a title before the date, at most.
  const std::size_t name = document.MentionAt(date.span.start);
  if (name < document.mentions.size() && document.mentions[name].type == MentionType::kPolicy) return true;
  const std::u16string_view units = document.text.units();
  const std::uint32_t start = std::max(floor, date.span.start > kTitle ? date.span.start - kTitle : 0);
  for (std::uint32_t i = date.span.start; i-- > start;) {
    if (units[i] == u'》') return false;
    if (units[i] == u'《') return true;
  }
  return false;
}

bool BoundOnly(const dates::FoundDate& date) {
  return date.relation == DateRelation::kBefore || date.relation == DateRelation::kAfter;
}

// 近日, 日前: a day of the sentence says more. 今年年底 is a time of its own.
bool IsVague(const CodeWords& words, const Document& document, const dates::FoundDate& date) {
  return date.precision == DatePrecision::kFuzzy &&
         document.text.units(date.span).find_first_of(words.calendar_units) == std::u16string_view::npos;
}
bool IsVague(const RuleSite& site, const dates::FoundDate& date) {
  const std::u16string_view text = site.document.text.units(date.span);
  return IsVague(site.words, site.document, date) || IsOneOf(text, site.words.today);
}

// 2011年度股东大会, 2019年第二次会议, 2018年年报: a year that names something.
bool NamesAThing(const RuleSite& site, const dates::FoundDate& date, text::UnitSpan clause) {
  if (date.precision != DatePrecision::kYear && date.precision != DatePrecision::kHalf &&
      date.precision != DatePrecision::kQuarter) {
    return false;
  }
  if (EndsWithAny(site.document.text.units(date.span), site.words.named_years)) return true;
  const std::uint32_t end = std::max(clause.end, date.span.end);
  return StartsWithAny(site.units().substr(date.span.end, end - date.span.end), site.words.named_by_year);
}

// 《2019年半年度报告》, (截至6月4日): a title's year, what a bracket adds. The word stands outside.
bool IsInside(const RuleSite& site, const dates::FoundDate& date, text::UnitSpan clause, char16_t open,
              char16_t close) {
  const auto opens = [&](std::uint32_t unit) {
    for (std::uint32_t i = unit; i > clause.start; --i) {
      if (site.units()[i - 1] == close) return false;
      if (site.units()[i - 1] == open) return true;
    }
    return false;
  };
  return opens(date.span.start) && !opens(site.word.start);
}

// The dates of a sentence by clause; `first` and `last` bound those of the sentence, `last` is none.
class Clauses {
 public:
  Clauses(const CompiledRules* rules, const RuleSite& site, bool figures)
      : rules_(rules), site_(site), figures_(figures) {}

  // The date of a clause nearest to the word, those before it first.
  // A date in a bracket of its own only where there is no other.
  std::size_t Nearest(std::uint32_t clause, std::size_t first, std::size_t last) const {
    const text::UnitSpan span = site_.scan.clauses[clause].span;
    std::size_t before = last;
    std::size_t after = last;
    std::size_t aside = last;
    for (std::size_t d = first; d < last; ++d) {
      const dates::FoundDate& date = site_.document.dates[d];
      if (!span.Overlaps(date.span) || IsReference(site_, date, span)) continue;
      if (!figures_ && (NamesAThing(site_, date, span) || IsInside(site_, date, span, u'《', u'》'))) continue;
      if (rules_ != nullptr && StandsBehind(rules_->other_dates, date, span)) continue;
      if (!figures_ && IsInside(site_, date, span, u'(', u')')) {
        aside = d;
      } else if (date.span.end <= site_.word.start) {
        if (before == last || !BoundOnly(date) || BoundOnly(site_.document.dates[before])) before = d;
      } else if (after == last) {
        after = d;
      }
    }
    if (before != last) return before;
    return after != last ? after : aside;
  }

  // 于2012年9月12日签订的《固定资产借款合同》: the date belongs to what is described, not to the word. What follows the
  // description at once (签订的收购协议) is described itself.
  bool IsOfAttribute(const dates::FoundDate& date, text::UnitSpan clause) const {
    constexpr std::uint32_t kReach = 24;     // Units from the date to the end of the attribute.
    constexpr std::uint32_t kDescribed = 8;  // Units of what is described.
    const bool before = date.span.end <= site_.word.start;
    if (before && site_.word.start - date.span.end <= kDescribed) return false;
    const std::uint32_t limit = before ? site_.word.start - kDescribed : clause.end;
    const std::uint32_t end = std::min({limit, date.span.end + kReach, clause.end});
    return end > date.span.end &&
           ContainsAny(site_.units().substr(date.span.end, end - date.span.end), site_.words.of_attribute);
  }

  // 近日, a bracket's date, and a year behind the word (中标某行2019年采购项目): a day of an earlier clause says more.
  bool GivesWay(std::size_t date, std::uint32_t clause) const {
    const dates::FoundDate& found = site_.document.dates[date];
    if (IsVague(site_, found)) return true;
    if (figures_) return false;
    if (found.precision == DatePrecision::kYear && found.span.start >= site_.word.end) return true;
    const text::UnitSpan span = site_.scan.clauses[clause].span;
    return IsAside(date, clause) || IsOfAttribute(found, span);
  }

  bool IsAside(std::size_t date, std::uint32_t clause) const {
    return !figures_ && IsInside(site_, site_.document.dates[date], site_.scan.clauses[clause].span, u'(', u')');
  }

  // 预计将于3月30日完成.
  bool IsAhead(const dates::FoundDate& date) const {
    const Article* const article = site_.document.article;
    return article != nullptr && article->published && date.interval.from &&
           *date.interval.from > article->published->date;
  }

  // The day of a later clause on which it was carried out: 该交易于5月30日已完成.
  std::size_t CarriedOut(std::uint32_t clause, std::size_t first, std::size_t last) const {
    const text::UnitSpan span = site_.scan.clauses[clause].span;
    for (std::size_t d = first; d < last; ++d) {
      const dates::FoundDate& date = site_.document.dates[d];
      if (span.Overlaps(date.span) && date.precision == DatePrecision::kDay && date.span.end < span.end &&
          !IsAhead(date) &&
          ContainsAny(site_.units().substr(date.span.end, span.end - date.span.end), site_.words.carried_out)) {
        return d;
      }
    }
    return last;
  }

  // The day of a later clause on which the news was told: 甲拟收购乙 甲11月10日晚间公告.
  std::size_t Told(std::uint32_t clause, std::size_t first, std::size_t last) const {
    if (rules_ == nullptr) return last;
    const text::UnitSpan span = site_.scan.clauses[clause].span;
    for (std::size_t d = first; d < last; ++d) {
      const dates::FoundDate& date = site_.document.dates[d];
      if (!span.Overlaps(date.span) || date.precision != DatePrecision::kDay || date.span.end >= span.end) continue;
      const std::u16string_view behind = site_.units().substr(date.span.end, span.end - date.span.end);
      if (StartsWithAny(behind, rules_->told_dates)) return d;
    }
    return last;
  }

  // 11月8日…当日: of dates that are the same day the one that says it in full.
  std::size_t Fullest(std::size_t date, std::size_t first) const {
    const std::vector<dates::FoundDate>& dates = site_.document.dates;
    if (dates[date].kind != DateKind::kRelative || dates[date].anchor != DateAnchor::kPrevious) return date;
    for (std::size_t d = first; d < date; ++d) {
      if (dates[d].interval == dates[date].interval && dates[d].kind != DateKind::kRelative) return d;
    }
    return date;
  }

  // The date of a later clause that says itself to be the event's; another item of a list tells of something else.
  std::size_t SaidLater(std::size_t first, std::size_t last) const {
    for (std::uint32_t c = site_.clause + 1; c < site_.in_sentence().last_clause; ++c) {
      const std::uint32_t start = site_.scan.clauses[c].span.start;
      if (start > 0 && site_.units()[start - 1] == u';') break;
      if (const std::size_t date = Said(c, first, last); date != last) return date;
    }
    return last;
  }

  // 质押登记日为….
  std::size_t Said(std::uint32_t clause, std::size_t first, std::size_t last) const {
    if (rules_ == nullptr) return last;
    const text::UnitSpan span = site_.scan.clauses[clause].span;
    for (std::size_t d = first; d < last; ++d) {
      const dates::FoundDate& date = site_.document.dates[d];
      if (!span.Overlaps(date.span)) continue;
      if (StandsBehind(rules_->own_dates, date, span) && !StandsBehind(rules_->other_dates, date, span)) return d;
    }
    return last;
  }

 private:
  bool StandsBehind(const std::vector<std::u16string>& words, const dates::FoundDate& date,
                    text::UnitSpan clause) const {
    if (date.span.start <= clause.start) return false;
    return EndsWithAny(site_.units().substr(clause.start, date.span.start - clause.start), words);
  }

  const CompiledRules* rules_;
  const RuleSite& site_;
  bool figures_;
};

// The last date of the paragraph's earlier sentences that may be carried.
std::size_t InParagraph(const RuleSite& site) {
  const Document& document = site.document;
  const text::UnitSpan own = document.sentences[site.sentence].sentence.span;
  if (StartsWithAny(document.text.units(own), site.words.nowadays)) return document.dates.size();
  const std::uint32_t paragraph = document.sentences[site.sentence].sentence.paragraph;
  for (std::uint32_t s = site.sentence; s-- > 0;) {
    if (document.sentences[s].sentence.paragraph != paragraph) break;
    const text::UnitSpan span = document.sentences[s].sentence.span;
    const auto [first, last] = document.DatesOf(s);
    for (std::size_t d = last; d-- > first;) {
      const dates::FoundDate& date = document.dates[d];
      if (Carries(date) && !IsReference(site, date, span) && !InTitle(document, date, span.start)) return d;
    }
  }
  return document.dates.size();
}

// A day of the week before the publication.
bool IsOfTheseDays(const Document& document, std::size_t date) {
  constexpr int kDays = 7;
  const dates::FoundDate& found = document.dates[date];
  if (found.precision != DatePrecision::kDay || !found.interval.from) return false;
  if (document.article == nullptr || !document.article->published) return true;
  return std::abs(document.article->published->date - *found.interval.from) <= kDays;
}

// A quarter, 前三季度, a year: what a report is about. 上年同期 is what it compares with.
bool IsReportedPeriod(const RuleSite& site, const dates::FoundDate& date, text::UnitSpan sentence) {
  constexpr int kShortest = 80;  // Days.
  constexpr int kLongest = 400;
  if (!date.interval.from || !date.interval.to) return false;
  const int days = *date.interval.to - *date.interval.from;
  if (days < kShortest || days > kLongest) return false;
  if (date.precision == DatePrecision::kFuzzy || date.precision == DatePrecision::kDecade) return false;
  const Article* const article = site.document.article;
  if (article != nullptr && article->published && *date.interval.from > article->published->date) return false;
  return !ContainsAny(site.document.text.units(date.span), site.words.same_time) && !IsReference(site, date, sentence);
}

// The reported period that was last spoken of before the sentence.
std::size_t LastPeriod(const RuleSite& site) {
  const Document& document = site.document;
  for (std::uint32_t s = site.sentence; s-- > 0;) {
    const text::UnitSpan span = document.sentences[s].sentence.span;
    const auto [first, last] = document.DatesOf(s);
    for (std::size_t d = last; d-- > first;) {
      if (IsReportedPeriod(site, document.dates[d], span)) return d;
    }
  }
  return document.dates.size();
}

int CountCommon(const Event& a, const Event& b) {
  return static_cast<int>(std::count_if(a.participants.begin(), a.participants.end(), [&b](const Participant& mine) {
    return std::any_of(b.participants.begin(), b.participants.end(),
                       [&mine](const Participant& other) { return other.entity == mine.entity; });
  }));
}

// The event of the body that tells the same happening and has a day: of those that have most in common with it the one
// nearest to the publication, so that what is recalled from earlier years does not date the news.
const Event* BodyOf(const CodeWords& words, const Document& document, const std::vector<Event>& events,
                    std::size_t first, const Event& headline) {
  const Event* best = nullptr;
  int best_common = 0;
  int best_age = 0;
  for (std::size_t j = first; j < events.size(); ++j) {
    const Event& body = events[j];
    if (body.type != headline.type || document.sentences[body.sentence].headline || body.time.date < 0) continue;
    const dates::FoundDate& date = document.dates[static_cast<std::size_t>(body.time.date)];
    const int common = CountCommon(headline, body);
    if (IsVague(words, document, date) || date.relation == DateRelation::kSince || common == 0) continue;
    const std::optional<Date> day = date.interval.from ? date.interval.from : date.interval.to;
    int age = 0;
    if (day && document.article != nullptr && document.article->published) {
      age = std::abs(document.article->published->date - *day);
    }
    if (best != nullptr && (common < best_common || (common == best_common && age >= best_age))) continue;
    best = &body;
    best_common = common;
    best_age = age;
  }
  return best;
}

// 10月21日,甲公司公告…: the day with which the first sentence of the body begins; -1 without one, or if it lies more
// than a few days before the publication.
std::int32_t LeadDate(const Document& document) {
  constexpr int kRecent = 4;                 // Days.
  constexpr std::uint32_t kAtTheStart = 16;  // Units.
  if (document.article == nullptr || !document.article->published) return -1;
  for (std::size_t s = 0; s < document.sentences.size(); ++s) {
    const DocumentSentence& sentence = document.sentences[s];
    if (sentence.headline || sentence.boilerplate) continue;
    const auto [first, last] = document.DatesOf(s);
    if (first == last) return -1;
    const dates::FoundDate& date = document.dates[first];
    if (date.precision != DatePrecision::kDay || !date.interval.from || date.relation != DateRelation::kAt ||
        date.span.start > sentence.sentence.span.start + kAtTheStart) {
      return -1;
    }
    const int age = document.article->published->date - *date.interval.from;
    return age >= 0 && age <= kRecent ? static_cast<std::int32_t>(first) : -1;
  }
  return -1;
}

EventTime FindTime(const RuleSite& site, TimeOf what, const CompiledRules* rules) {
  const bool figures = what == TimeOf::kFigure || what == TimeOf::kReport;
  const Document& document = site.document;
  const Clauses clauses(rules, site, figures);
  const auto [first, last] = document.DatesOf(site.sentence);
  const std::size_t own = clauses.Nearest(site.clause, first, last);
  if (own != last && !clauses.GivesWay(own, site.clause)) {
    return FromDate(site, clauses.Fullest(own, first), EventTimeSource::kExplicit);
  }
  if (const std::size_t date = clauses.SaidLater(first, last); date != last) {
    return FromDate(site, date, EventTimeSource::kExplicit);
  }
  std::optional<EventTime> vague;
  for (std::uint32_t c = site.clause; c-- > site.in_sentence().first_clause;) {
    const std::size_t date = clauses.Nearest(c, first, last);
    if (date == last || (own != last && IsVague(site, document.dates[date]))) continue;
    const bool alone = site.scan.clauses[c].span.size() <= document.dates[date].span.size() + kAlone;
    const bool carries = document.sentences[site.sentence].headline ? Carries(document.dates[date])
                                                                    : CarriesInSentence(document.dates[date]);
    if (!alone && !figures && !carries) continue;
    const EventTime time =
        FromDate(site, clauses.Fullest(date, first), alone ? EventTimeSource::kExplicit : EventTimeSource::kContext);
    // 11月11日,甲今日公告,乙质押…: the day that is named.
    if (!IsVague(site, document.dates[date]) && !clauses.IsAside(date, c)) return time;
    if (!vague) vague = time;
  }
  if (own != last) return FromDate(site, own, EventTimeSource::kExplicit);
  if (vague) return *vague;
  if (what == TimeOf::kReport) {
    if (const std::size_t date = LastPeriod(site); date != document.dates.size()) {
      return FromDate(site, date, EventTimeSource::kContext);
    }
  }
  for (std::uint32_t c = site.clause + 1; c < site.in_sentence().last_clause; ++c) {
    std::size_t date = clauses.Told(c, first, last);
    if (date == last && !figures) date = clauses.CarriedOut(c, first, last);
    if (date != last) return FromDate(site, date, EventTimeSource::kContext);
  }
  if (const std::size_t date = InParagraph(site);
      date != document.dates.size() && (what != TimeOf::kMarket || IsOfTheseDays(document, date))) {
    return FromDate(site, date, EventTimeSource::kContext);
  }
  if (document.article != nullptr && document.article->published) {
    const Date day = document.article->published->date;
    return {{day, day}, DatePrecision::kDay, EventTimeSource::kPublished, -1};
  }
  return {};
}

}  // namespace

EventTime FindEventTime(const RuleSite& site, TimeOf what, const CompiledRules* rules) {
  EventTime time = FindTime(site, what, rules);
  if (what == TimeOf::kReport) NarrowToReport(site, time);
  return time;
}

void AdoptBodyTimes(const CodeWords& words, const Document& document, std::vector<Event>& events, std::size_t first) {
  const std::int32_t lead = LeadDate(document);
  for (std::size_t i = first; i < events.size(); ++i) {
    Event& event = events[i];
    if (event.time.date >= 0) continue;
    const bool headline = document.sentences[event.sentence].headline;
    const Event* const body = headline ? BodyOf(words, document, events, first, event) : nullptr;
    if (body != nullptr) {
      event.time = body->time;
    } else if (lead >= 0 && event.type != EventType::kEarnings && event.type != EventType::kLossImpairment) {
      const dates::FoundDate& date = document.dates[static_cast<std::size_t>(lead)];
      event.time = {date.interval, date.precision, EventTimeSource::kContext, lead};
    }
    if (event.time.date >= 0) event.time.source = EventTimeSource::kContext;
  }
}

}  // namespace mailuo::extract
