// Expressions counted from publication or from the mention before: days, weeks, windows, N years ago, decades.
#include <algorithm>

#include <fmt/core.h>

#include "dates/fiscal_years.h"
#include "dates/resolver.h"
#include "dates/trading_days.h"

namespace mailuo::dates {
namespace {

Period Fuzzy(Date from, Date to) { return {from, to, DatePrecision::kFuzzy, DateCertainty::kFuzzy}; }

// `n` units and, if `half`, a half one, from `date` in `direction`.
std::optional<Date> Move(Date date, int n, bool half, Unit unit, int direction) {
  auto moved = AddUnits(date, direction * n, unit);
  if (!moved || !half) return moved;
  switch (unit) {
    case Unit::kYear: return AddMonths(*moved, direction * 6);
    case Unit::kMonth: return *moved + direction * 15;
    case Unit::kWeek: return *moved + direction * 4;
    default: return *moved + direction;
  }
}

}  // namespace

// What 同日 and 次日 count from: the day before them in the paragraph, or in the sentence before; at the head of a
// sentence rather the day with which one before it begins (3月7日公告,…登记日为3月5日。同日,…). Of an earlier
// paragraph only the news of the last days: a report tells of one or two of them.
const Resolver::Earlier* Resolver::ThatDay() const {
  constexpr int kNews = 7;  // Days.
  if (!earlier_day_) return nullptr;
  if (earlier_day_->paragraph == around_->paragraph || earlier_day_->sentence + 1 == around_->sentence) {
    const bool told = head_day_ && head_day_->sentence == earlier_day_->sentence && AtHead();
    return told ? &*head_day_ : &*earlier_day_;
  }
  if (!published_) return nullptr;
  const int age = *published_ - earlier_day_->period.to;
  return age >= 0 && age <= kNews ? &*earlier_day_ : nullptr;
}

Resolver::Maybe Resolver::RelativeDay(const Expression& e, const Period* left) const {
  std::optional<Date> base = published_;
  DateAnchor anchor = DateAnchor::kPublished;
  if (e.shift.base == Base::kPrevious) {
    if (left != nullptr) {
      base = left->to;
      anchor = DateAnchor::kPrevious;
    } else if (const Earlier* that = ThatDay(); that != nullptr) {
      base = that->period.to;
      anchor = DateAnchor::kPrevious;
    }
  }
  if (!base || !InRange(*base)) return std::nullopt;
  const Date day = *base + e.shift.value;
  Say(fmt::format("{:+} days from the {} {}", e.shift.value,
                  anchor == DateAnchor::kPublished ? "publication" : "mention before", FormatDate(*base)));
  return Outcome{Period{day, day}, anchor, DateKind::kRelative};
}

Resolver::Maybe Resolver::Weekday(const Expression& e, const Period* left) const {
  const std::optional<Date> base = left != nullptr ? std::optional(left->from) : published_;
  if (!base || !InRange(*base)) return std::nullopt;
  const Date now = *base;
  const Date monday = now - (IsoWeekday(now) - 1);
  const auto outcome = [&](Date from) {
    const bool weekend = e.n == 8;
    return Outcome{Period{from, weekend ? from + 1 : from, weekend ? DatePrecision::kRange : DatePrecision::kDay,
                          DateCertainty::kExact},
                   left != nullptr ? DateAnchor::kPrevious : DateAnchor::kPublished, DateKind::kRelative};
  };
  const int index = e.n == 8 ? 5 : e.n - 1;
  if (e.shift.base == Base::kPublished) {
    if (!published_) return std::nullopt;
    const Date this_monday = *published_ - (IsoWeekday(*published_) - 1);
    Say(fmt::format("a day of the ISO week {:+} weeks from that of publication", e.shift.value));
    return outcome(this_monday + e.shift.value * 7 + index);
  }
  const Date of_week = monday + index;
  const bool future = around_->side == Side::kFuture;
  if (left != nullptr) return outcome(of_week < now ? of_week + 7 : of_week);
  if (e.n == 8) {
    if (IsoWeekday(now) <= 2 && !future) {
      Say("a weekend named on Monday or Tuesday is the one just past");
      return outcome(of_week - 7);
    }
    return outcome(of_week);
  }
  if (future) {
    Say("bare weekday with a word of the future: the next one");
    return outcome(of_week < now ? of_week + 7 : of_week);
  }
  Say("bare weekday: the last one, publication day included");
  return outcome(of_week > now ? of_week - 7 : of_week);
}

Resolver::Maybe Resolver::Window(const Expression& e) const {
  if (!published_ || !InRange(*published_)) return std::nullopt;
  const Date now = *published_;
  const DateCertainty certainty = DateCertainty::kApprox;
  const auto outcome = [&](std::optional<Date> from, std::optional<Date> to) -> Maybe {
    if (!from || !to || *to < *from || !InRange(*from) || !InRange(*to)) return std::nullopt;
    return Outcome{Period{*from, *to, DatePrecision::kRange, certainty}, DateAnchor::kPublished, DateKind::kRelative};
  };
  if (e.m == 1) {  // 三年来, 3年多以来
    auto from = Move(now, e.n, e.half, e.unit, -1);
    if (!from) return std::nullopt;
    Say("from so long before publication until publication");
    if (e.more || (e.half && e.unit != Unit::kDay)) {
      const auto unit = PeriodAround(*from, e.half ? Unit::kMonth : e.unit);
      if (unit) from = unit->from;
    } else if (!e.half) {
      from = *from + 1;
    }
    return outcome(from, now);
  }
  if (e.m == 2) {  // 60日内
    Say("from publication on, so long");
    auto to = Move(now, e.n, e.half, e.unit, 1);
    if (to && e.half && e.unit == Unit::kYear) to = PeriodAround(*to, Unit::kMonth)->to;
    return outcome(now, to);
  }
  if (e.m == 4) {  // 15个交易日后的6个月内
    Say(fmt::format("so long, from {} trading days behind publication on", e.shift.value));
    const auto from = Move(now, e.shift.value, false, Unit::kWorkday, 1);
    return outcome(from, from ? Move(*from, e.n, e.half, e.unit, 1) : from);
  }
  if (e.direction < 0) {
    Say(fmt::format("exactly so long, ending with {}", e.without_today ? "the day before publication" : "publication"));
    const Date to = e.without_today ? now - 1 : now;
    const auto from = Move(to, e.n, e.half, e.unit, -1);
    return outcome(from ? std::optional(*from + 1) : from, to);
  }
  Say("exactly so long, from the day behind publication");
  return outcome(now + 1, Move(now, e.n, e.half, e.unit, 1));
}

Resolver::Maybe Resolver::Ago(const Expression& e) const {
  std::optional<Date> base = published_;
  DateAnchor anchor = DateAnchor::kPublished;
  // 1981年…四年后: counted from the year that the sentence named.
  if (e.direction > 0 && InSentence() && published_ && ToCivil(earlier_->period.to).year < PublishedYear()) {
    base = earlier_->period.to;
    anchor = DateAnchor::kPrevious;
  } else if (e.direction > 0 && published_ && InParagraph() && around_->side != Side::kFuture &&
             earlier_->period.from == earlier_->period.to) {
    // 1月20日…。一周之后，股价下跌: told in order; only what is over by publication can be meant so.
    const auto told = Move(earlier_->period.to, e.n, e.half, e.unit, 1);
    if (told && *told <= *published_) {
      base = earlier_->period.to;
      anchor = DateAnchor::kPrevious;
    }
  }
  if (!base || !InRange(*base)) return std::nullopt;
  const auto date = Move(*base, e.n, e.half, e.unit, e.direction);
  if (!date || !InRange(*date)) return std::nullopt;
  Say(fmt::format("counted {} from the {}", e.direction < 0 ? "back" : "on",
                  anchor == DateAnchor::kPublished ? "publication" : "mention before"));
  std::optional<Period> period;
  if (e.unit == Unit::kYear && e.more) {
    const int spread = e.n >= 10 && e.n % 10 == 0 ? 10 : 1;
    const int year = ToCivil(*date).year;
    period = e.direction < 0 ? YearsPeriod(year - spread, year, DatePrecision::kRange)
                             : YearsPeriod(year, year + spread, DatePrecision::kRange);
  } else if (e.half && e.unit == Unit::kMonth && e.n > 0) {
    // 两个半月前: a month that ends (begins) with that day.
    const auto other = AddMonths(*date, e.direction);
    if (!other) return std::nullopt;
    period = e.direction < 0 ? Period{*other, *date} : Period{*date, *other - 1};
    period->precision = DatePrecision::kRange;
  } else if (e.half && e.unit == Unit::kMonth) {
    period = Period{*date, *date};
  } else {
    Unit unit = e.unit;
    if (e.half && e.unit == Unit::kYear) unit = Unit::kMonth;
    if (unit == Unit::kQuarter || unit == Unit::kHalf) unit = Unit::kMonth;
    period = PeriodAround(*date, unit);
  }
  if (!period) return std::nullopt;
  if (e.half || e.more || e.unit != Unit::kDay) period->certainty = DateCertainty::kApprox;
  return Outcome{*period, anchor, DateKind::kRelative};
}

Resolver::Maybe Resolver::Centuries(const Expression& e) const {
  const int now = published_ ? PublishedYear() : 2025;
  const auto third = [&](int first, int length) -> Maybe {
    const int size = length / 3;
    int from = first;
    int to = first + length - 1;
    if (e.part == 0) to = first + size - 1;
    if (e.part == 1) {
      from = first + size;
      to = first + length - size - 1;
    }
    if (e.part == 2) from = first + length - size;
    auto period = YearsPeriod(std::max(from, 1), to, DatePrecision::kDecade);
    if (!period) return std::nullopt;
    if (e.part >= 0) *period = Fuzzy(period->from, period->to);
    return Outcome{*period, DateAnchor::kNone, DateKind::kPeriod};
  };
  const int century = e.item == Item::kCentury ? e.n : e.m;
  int first = 0;
  if (century == -1) first = (now / 100 - 1) * 100;
  if (century == -2) first = now / 100 * 100;
  if (century > 0) first = (century - 1) * 100;
  if (e.item == Item::kCentury) return third(first, 100);
  if (century == 0) {
    // 80年代 of the century that puts it into the past.
    first = e.n >= 1000 ? 0 : (now / 100 * 100 + e.n <= now ? now / 100 * 100 : (now / 100 - 1) * 100);
  }
  return third(first + e.n, 10);
}

// 去年同期: the period that the text spoke of last, moved by whole years.
Resolver::Maybe Resolver::SamePeriod(const Expression& e) const {
  const auto year = YearOf(e, nullptr);
  if (!year) return std::nullopt;
  // 今年…,去年同期: so far. A year that is over is compared with a whole one.
  const bool over = earlier_ && (earlier_->item != Item::kYear || (published_ && earlier_->period.to < *published_));
  if (over && InParagraph()) {
    const int shift = *year - ToCivil(earlier_->period.to).year;
    const auto from = AddMonths(earlier_->period.from, shift * 12);
    auto to = AddMonths(earlier_->period.to, shift * 12);
    if (!from || !to) return std::nullopt;
    // The last day of a month stays one.
    const CivilDate end = ToCivil(earlier_->period.to);
    if (end.day == DaysInMonth(end.year, end.month)) to = PeriodAround(*to, Unit::kMonth)->to;
    Say("the period spoken of before, moved by whole years");
    return Outcome{Period{*from, *to, earlier_->period.precision, DateCertainty::kExact}, DateAnchor::kPrevious,
                   DateKind::kRelative};
  }
  if (!published_) return std::nullopt;
  const auto day = AddMonths(*published_, (*year - PublishedYear()) * 12);
  if (!day) return std::nullopt;
  Say("no period spoken of before: the same day of that year");
  return Outcome{Period{*day, *day, DatePrecision::kFuzzy, DateCertainty::kFuzzy}, DateAnchor::kPublished,
                 DateKind::kRelative};
}

Resolver::Maybe Resolver::Fiscal(const Expression& e) const {
  const auto calendar = FiscalCalendarOf(around_->left_context);
  const int year = FullYear(e.year.value);
  auto period = FiscalPeriod(calendar.value_or(FiscalCalendar{}), year, e.n);
  if (!period) return std::nullopt;
  Say(calendar ? fmt::format("the financial year of the company named before ends in month {}", calendar->end_month)
               : std::string("no company of the table named: the calendar year, approximate"));
  period->certainty = DateCertainty::kApprox;
  return Outcome{*period, calendar ? DateAnchor::kCalendar : DateAnchor::kNone, DateKind::kPeriod};
}

Resolver::Maybe Resolver::TradingDay(const Expression& e) const {
  if (!published_ || !InRange(*published_)) return std::nullopt;
  const std::u16string_view text = around_->left_context;
  const auto named = [&](std::u16string_view name) {
    const std::size_t at = text.rfind(name);
    return at == std::u16string_view::npos ? -1 : static_cast<int>(at);
  };
  Market market = Market::kMainland;
  const int us = std::max({named(u"美股"), named(u"纳斯达克"), named(u"纳指"), named(u"道指"), named(u"标普")});
  const int hk = std::max({named(u"港股"), named(u"恒生"), named(u"恒指"), named(u"联交所")});
  const int cn = std::max({named(u"a股"), named(u"沪指"), named(u"上证"), named(u"深成指"), named(u"创业板")});
  if (us > hk && us > cn) market = Market::kUnitedStates;
  if (hk > us && hk > cn) market = Market::kHongKong;
  const Date day = MoveTradingDays(*published_, e.shift.value, market);
  Say(fmt::format("the trading calendar of {}",
                  market == Market::kMainland ? "the mainland"
                                              : (market == Market::kHongKong ? "Hong Kong" : "the United States")));
  return Outcome{Period{day, day, DatePrecision::kDay,
                        TradingYearKnown(day, market) ? DateCertainty::kExact : DateCertainty::kApprox},
                 DateAnchor::kCalendar, DateKind::kRelative};
}

}  // namespace mailuo::dates
