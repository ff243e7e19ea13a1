// Years, months, quarters, days and feasts, and the year or month that the text leaves out.
#include <algorithm>
#include <cstdlib>

#include <fmt/core.h>

#include "dates/holidays.h"
#include "dates/lunar.h"
#include "dates/resolver.h"

namespace mailuo::dates {
namespace {

constexpr int kYearsAround = 8;  // A leap day may be eight years away.

Period Marked(Period period, DatePrecision precision, DateCertainty certainty) {
  period.precision = precision;
  period.certainty = certainty;
  return period;
}

bool BearsDay(const Expression& e) {
  return e.item == Item::kDay || e.item == Item::kHoliday || e.item == Item::kSolarTerm ||
         (e.item == Item::kNthUnit && e.unit == Unit::kDay);
}

int Distance(const Period& period, Date day) {
  if (period.from <= day && day <= period.to) return 0;
  return period.from > day ? period.from - day : day - period.to;
}

}  // namespace

std::optional<Period> YearPartPeriod(int year, int part) {
  constexpr int kFirst[] = {1, 6, 11, 1};
  constexpr int kLast[] = {2, 7, 12, 1};
  if (part < 0 || part > 3) return YearPeriod(year);
  const auto period = MonthsPeriod(year, kFirst[part], kLast[part], DatePrecision::kFuzzy);
  if (!period) return std::nullopt;
  return Marked(*period, DatePrecision::kFuzzy, DateCertainty::kFuzzy);
}

std::optional<Period> MonthPartPeriod(int year, int month, int part) {
  const auto whole = MonthPeriod(year, month);
  if (!whole || part < 0 || part > 7) return whole;
  // Days of 初 中 底 上旬 中旬 下旬 上半月 下半月; 0: the last day of the month.
  constexpr int kFirst[] = {1, 11, 25, 1, 11, 21, 1, 16};
  constexpr int kLast[] = {5, 20, 0, 10, 20, 0, 15, 0};
  Period period = *whole;
  period.from = whole->from + (kFirst[part] - 1);
  if (kLast[part] != 0) period.to = whole->from + (kLast[part] - 1);
  return part < 3 ? Marked(period, DatePrecision::kFuzzy, DateCertainty::kFuzzy)
                  : Marked(period, DatePrecision::kRange, DateCertainty::kExact);
}

int Resolver::FullYear(int written) const {
  if (written >= 100) return written;
  const int now = published_ ? PublishedYear() : 2025;
  return 2000 + written <= now + 10 ? 2000 + written : 1900 + written;
}

std::optional<int> Resolver::YearOf(const Expression& e, const Period* left) const {
  switch (e.year.base) {
    case Base::kGiven: return FullYear(e.year.value);
    case Base::kPublished:
      if (!published_) return std::nullopt;
      return PublishedYear() + e.year.value;
    case Base::kPrevious:
      if (left != nullptr) return ToCivil(left->from).year + e.year.value;
      // 上年末 is the year before the one the report speaks of, if it stands near.
      if (earlier_ && (earlier_->sentence + 1 >= around_->sentence || (e.year.value >= 0 && InParagraph()))) {
        return ToCivil(earlier_->period.from).year + e.year.value;
      }
      if (!published_) return std::nullopt;
      return PublishedYear() + e.year.value;
    case Base::kNone: return std::nullopt;
  }
  return std::nullopt;
}

std::optional<Period> Resolver::InMonth(const Expression& e, int year, int month) const {
  const auto whole = MonthPeriod(year, month);
  if (!whole) return std::nullopt;
  const auto days = [&](Date from, Date to) -> std::optional<Period> {
    if (from > to) return std::nullopt;
    return Period{from, to, from == to ? DatePrecision::kDay : DatePrecision::kRange, DateCertainty::kExact};
  };
  const int length = whole->to - whole->from + 1;
  switch (e.item) {
    case Item::kMonth: return MonthPartPeriod(year, month, e.part);
    case Item::kDay: return DayPeriod(year, month, e.n);
    case Item::kFirstUnits:
      return days(whole->from, whole->from + (std::min(length, e.unit == Unit::kWeek ? e.n * 7 : e.n) - 1));
    case Item::kLastUnits:
      return days(whole->to - (std::min(length, e.unit == Unit::kWeek ? e.n * 7 : e.n) - 1), whole->to);
    case Item::kNthUnit: {
      if (e.unit == Unit::kWeek) return WeekOfMonth(year, month, e.n);
      if (e.m != 0) {
        const auto date = WeekdayOfMonth(year, month, e.m, e.n);
        return date ? days(*date, *date) : std::nullopt;
      }
      if (e.n > length) return std::nullopt;
      const Date date = e.n < 0 ? whole->to : whole->from + (e.n - 1);
      return days(date, date);
    }
    default: return whole;
  }
}

std::optional<Period> Resolver::InYear(const Expression& e, int year) const {
  if (e.month.base == Base::kGiven) return InMonth(e, year, e.month.value);
  switch (e.item) {
    case Item::kYear: return YearPartPeriod(year, e.part);
    case Item::kYears: return YearsPeriod(year, year + e.n - 1, DatePrecision::kRange);
    case Item::kQuarter: {
      if (e.part >= 0) {
        const auto month = MonthPeriod(year, e.n * 3 - 2 + std::min(e.part, 2));
        return month ? std::optional(Marked(*month, DatePrecision::kFuzzy, DateCertainty::kFuzzy)) : std::nullopt;
      }
      return QuarterPeriod(year, e.n);
    }
    case Item::kHalf: {
      if (e.part < 0) return HalfPeriod(year, e.n);
      const auto month = MonthPeriod(year, e.n * 6);
      return month ? std::optional(Marked(*month, DatePrecision::kFuzzy, DateCertainty::kFuzzy)) : std::nullopt;
    }
    case Item::kFirstUnits: {
      if (e.unit == Unit::kMonth) {
        return MonthsPeriod(year, 1, e.n, e.n == 1 ? DatePrecision::kMonth : DatePrecision::kRange);
      }
      if (e.unit == Unit::kQuarter) {
        return MonthsPeriod(year, 1, e.n * 3, e.n == 1 ? DatePrecision::kQuarter : DatePrecision::kRange);
      }
      const auto whole = YearPeriod(year);
      const auto week = WeekOfYear(year, 1);
      if (!whole || !week) return std::nullopt;
      if (e.unit == Unit::kWeek) {
        return Period{week->from, week->from + (e.n * 7 - 1), DatePrecision::kRange, DateCertainty::kExact};
      }
      return Period{whole->from, whole->from + (e.n - 1), DatePrecision::kRange, DateCertainty::kExact};
    }
    case Item::kLastUnits: {
      const auto whole = YearPeriod(year);
      if (!whole) return std::nullopt;
      if (e.unit == Unit::kMonth) return MonthsPeriod(year, 13 - e.n, 12, DatePrecision::kRange);
      if (e.unit == Unit::kQuarter) return MonthsPeriod(year, 13 - e.n * 3, 12, DatePrecision::kRange);
      return Period{whole->to - ((e.unit == Unit::kWeek ? e.n * 7 : e.n) - 1), whole->to, DatePrecision::kRange,
                    DateCertainty::kExact};
    }
    case Item::kNthUnit: {
      const auto whole = YearPeriod(year);
      if (!whole) return std::nullopt;
      if (e.unit == Unit::kMonth) return MonthPeriod(year, e.n < 0 ? 12 : e.n);
      if (e.unit == Unit::kQuarter) return QuarterPeriod(year, e.n < 0 ? 4 : e.n);
      if (e.unit == Unit::kWeek) return WeekOfYear(year, e.n);
      if (e.m != 0) {
        const auto date = WeekdayOfMonth(year, e.n < 0 ? 12 : 1, e.m, e.n);
        return date ? std::optional(Period{*date, *date}) : std::nullopt;
      }
      const Date day = e.n < 0 ? whole->to : whole->from + (e.n - 1);
      return Period{day, day};
    }
    case Item::kSeason: {
      constexpr int kFirst[] = {3, 6, 9, 12, 7, 1};
      constexpr int kLast[] = {5, 8, 11, 14, 8, 2};
      if (e.n < 1 || e.n > 6) return std::nullopt;
      const auto months = MonthsPeriod(year, kFirst[e.n - 1], kLast[e.n - 1], DatePrecision::kFuzzy);
      return months ? std::optional(Marked(*months, DatePrecision::kFuzzy, DateCertainty::kFuzzy)) : std::nullopt;
    }
    case Item::kHoliday: {
      if (e.n < 0) return BesideHoliday(e, year);
      const Holiday& holiday = Holidays()[static_cast<std::size_t>(e.n)];
      const auto day = HolidayDay(holiday, year);
      if (!day) return std::nullopt;
      if (e.whole) return HolidaySpan(holiday, *day);
      if (e.part == 0) return Period{*day - 7, *day - 1, DatePrecision::kFuzzy, DateCertainty::kFuzzy};
      return Period{*day, *day};
    }
    case Item::kSolarTerm: {
      const auto day = SolarTerm(year, e.n);
      return day ? std::optional(Period{*day, *day}) : std::nullopt;
    }
    case Item::kLunar: {
      if (e.m == 0) return LunarMonth(year, e.n, e.leap);
      const auto day = FromLunar({year, e.n, e.m, e.leap});
      return day ? std::optional(Period{*day, *day}) : std::nullopt;
    }
    default: return std::nullopt;
  }
}

// 节前, 节后: a week before or behind the days off of the feast named last, else of the great feast nearest.
std::optional<Period> Resolver::BesideHoliday(const Expression& e, int year) const {
  std::optional<Period> best;
  for (std::size_t i = 0; i < Holidays().size(); ++i) {
    const Holiday& holiday = Holidays()[i];
    const bool great = holiday.id == "spring_festival" || holiday.id == "national_day" || holiday.id == "labour_day";
    if (last_holiday_ ? static_cast<int>(i) != *last_holiday_ : !great) continue;
    const auto day = HolidayDay(holiday, year);
    if (!day) continue;
    const Period off = HolidaySpan(holiday, *day);
    const Period beside = e.part == 0 ? Period{off.from - 7, off.from - 1} : Period{off.to + 1, off.to + 7};
    if (best && published_ && Distance(*best, *published_) <= Distance(beside, *published_)) continue;
    best = Marked(beside, DatePrecision::kFuzzy, DateCertainty::kFuzzy);
  }
  return best;
}

// The year that the mentions before this one leave behind: 去年2月…3月…9月底.
std::optional<int> Resolver::CarriedYear(const Expression& e) const {
  if (!earlier_ || !InParagraph() || around_->dateline) return std::nullopt;
  const Period& before = earlier_->period;
  const int year = ToCivil(before.from).year;
  if (!published_) return year;
  const bool bears_day = BearsDay(e);
  const bool fine = earlier_->item == Item::kDay || earlier_->item == Item::kMonth ||
                    earlier_->item == Item::kQuarter || earlier_->item == Item::kHalf ||
                    earlier_->item == Item::kFirstUnits || earlier_->item == Item::kRelativeDay;
  const bool whole_year = earlier_->item == Item::kYear;
  if (year == PublishedYear() && (fine || whole_year)) {
    // The story runs in the year of publication already; do not fall back into the last one.
    const auto same = InYear(e, year);
    if (InSentence() && same && (same->from <= *published_ || around_->side == Side::kFuture || whole_year)) {
      return year;
    }
    return std::nullopt;
  }
  if (year >= PublishedYear()) {
    // On into the coming year, but never away from what lies close to publication.
    const auto next = InYear(e, year);
    const auto current = NearestYear(e);
    if (!InSentence() || !next || next->from < before.from || (current && Distance(*current, *published_) <= 31)) {
      return std::nullopt;
    }
    if (!fine && (bears_day || around_->side == Side::kPast)) return std::nullopt;
    return year;
  }
  if (!fine && !(whole_year && InSentence())) return std::nullopt;
  if (around_->side == Side::kFuture) return std::nullopt;
  const auto carried = InYear(e, year);
  if (!carried) return std::nullopt;
  const auto current = NearestYear(e);
  // The news of the day opens a new thread.
  if (bears_day && current && !InSentence() && Distance(*current, *published_) <= 5) return std::nullopt;
  if (bears_day && whole_year && current && Distance(*current, *published_) <= 20) return std::nullopt;
  if (!InSentence() && earlier_->sentence + 2 < around_->sentence) return std::nullopt;
  // 去年11月…1月: the story goes on into the next year.
  if (fine && before.from - carried->to > 150) {
    const auto next = InYear(e, year + 1);
    if (next && next->from <= *published_) return year + 1;
  }
  return year;
}

std::optional<Period> Resolver::NearestYear(const Expression& e) const {
  std::optional<Period> best;
  int best_distance = 0;
  const Date now = *published_;
  for (int year = PublishedYear() - kYearsAround; year <= PublishedYear() + kYearsAround; ++year) {
    const auto period = InYear(e, year);
    if (!period) continue;
    int distance = Distance(*period, now);
    const bool future = period->from > now;
    // A cue that stands apart may belong to something else, so it only outweighs some months.
    const bool just_past = BearsDay(e) && period->to < now && now - period->to <= 3;
    const int weight = around_->certain && !just_past ? 366 : 120;
    const bool just_over = !BearsDay(e) && now - period->to <= 45;  // 预计一季度净利润…, in April
    if (around_->side == Side::kFuture && period->to < now && !just_over) distance += weight;
    if (around_->side == Side::kPast && future) distance += weight;
    // News tells of the past more than of the future: a tie goes to the past, and so does a bare month that is not
    // just ahead, unless a cue says otherwise.
    const bool far_month = e.item == Item::kMonth && distance > 45;
    if (around_->side == Side::kUnknown && future) distance += far_month ? 366 : 50;
    // A review that names the year of publication (2025年的十二个瞬间) stays in it, even in its last days.
    if (around_->side != Side::kFuture && told_year_ && year > PublishedYear()) distance += 366;
    if (!best || distance < best_distance) {
      best = period;
      best_distance = distance;
    }
  }
  return best;
}

// Items with a calendar place inside a year.
Resolver::Maybe Resolver::Calendar(const Expression& e, const Period* left) {
  DateKind kind = DateKind::kPartial;
  if (e.item == Item::kHoliday || e.item == Item::kSolarTerm) kind = DateKind::kHoliday;
  if (e.item == Item::kLunar) kind = DateKind::kLunar;
  const bool feast = kind != DateKind::kPartial;
  if (e.year.base != Base::kNone) {
    const auto year = YearOf(e, left);
    if (!year) return std::nullopt;
    const auto period = InYear(e, *year);
    if (!period) return std::nullopt;
    const bool given = e.year.base == Base::kGiven;
    if (!feast) {
      kind = given ? (e.item == Item::kDay || e.item == Item::kMonth || e.item == Item::kYear ? DateKind::kFull
                                                                                              : DateKind::kPeriod)
                   : DateKind::kRelative;
    }
    Say(given ? fmt::format("the year is written: {}", *year)
              : fmt::format("the year is counted from the {}: {}",
                            e.year.base == Base::kPublished ? "publication" : "mention before", *year));
    return Outcome{*period,
                   given ? (feast ? DateAnchor::kCalendar : DateAnchor::kNone)
                         : (e.year.base == Base::kPublished ? DateAnchor::kPublished : DateAnchor::kPrevious),
                   kind};
  }
  if (left != nullptr) {
    const int year = ToCivil(left->from).year;
    auto period = InYear(e, year);
    if (!period || period->to < left->from) period = InYear(e, year + 1);
    if (!period) return std::nullopt;
    return Outcome{*period, DateAnchor::kPrevious, kind};
  }
  if (const auto carried = CarriedYear(e); carried && !around_->standalone) {
    const auto period = InYear(e, *carried);
    if (period) {
      Say(fmt::format("the year {} is carried over from the mention before", *carried));
      return Outcome{*period, DateAnchor::kPrevious, kind};
    }
  }
  if (!published_) return std::nullopt;
  if (around_->standalone && e.item != Item::kDay && e.item != Item::kLunar) {
    const auto period = InYear(e, PublishedYear());
    if (period) {
      Say("nothing else in the text: the year of publication");
      return Outcome{*period, DateAnchor::kPublished, kind};
    }
  }
  if (e.item == Item::kLunar) {
    const auto today = ToLunar(*published_);
    if (!today) return std::nullopt;
    const auto period = InYear(e, today->year);
    if (!period) {
      const auto near = NearestYear(e);
      return near ? Maybe(Outcome{*near, DateAnchor::kPublished, kind}) : std::nullopt;
    }
    Say(fmt::format("the lunar year of publication: {}", today->year));
    return Outcome{*period, DateAnchor::kPublished, kind};
  }
  const auto period = NearestYear(e);
  if (!period) return std::nullopt;
  Say(fmt::format("no year written: the one nearest to publication{}",
                  around_->side == Side::kFuture
                      ? " on the side the cue gives (future)"
                      : (around_->side == Side::kPast ? " on the side the cue gives (past)" : "")));
  return Outcome{*period, feast ? DateAnchor::kCalendar : DateAnchor::kPublished, kind};
}

// 前三季度 and quarters without a year: the last ones that are over; short counts that are not over count back.
Resolver::Maybe Resolver::Dayless(const Expression& e, const Period* left) {
  if (e.item == Item::kFirstUnits && e.year.base == Base::kNone && e.month.base == Base::kNone && published_ &&
      left == nullptr && !CarriedYear(e)) {
    const auto this_year = InYear(e, PublishedYear());
    if (this_year && (this_year->to <= *published_ || around_->side == Side::kFuture)) {
      Say("counted from January of the year of publication");
      return Outcome{*this_year, DateAnchor::kPublished, DateKind::kPeriod};
    }
    if (e.unit == Unit::kMonth && e.n <= 3) {
      const auto end = PeriodAround(*published_, Unit::kMonth);
      const auto from = end ? AddMonths(end->from, -e.n) : std::nullopt;
      if (!from) return std::nullopt;
      Say("not over yet in this year: the months before the month of publication");
      return Outcome{Period{*from, end->from - 1, DatePrecision::kRange, DateCertainty::kApprox},
                     DateAnchor::kPublished, DateKind::kPeriod};
    }
    const auto last_year = InYear(e, PublishedYear() - 1);
    if (!last_year) return std::nullopt;
    Say("not over yet in this year: that of the last year");
    return Outcome{*last_year, DateAnchor::kPublished, DateKind::kPeriod};
  }
  auto outcome = Calendar(e, left);
  if (outcome && outcome->kind == DateKind::kPartial) outcome->kind = DateKind::kPeriod;
  return outcome;
}

// 23日, 今(18)日: the month comes from the mention before or is the one that puts the day nearest to publication.
Resolver::Maybe Resolver::DayOnly(const Expression& e, const Period* left) {
  const auto nearest = [&](Date anchor, bool forward_only) -> std::optional<Period> {
    std::optional<Period> best;
    int best_distance = 0;
    for (int shift = forward_only ? 0 : -2; shift <= 2; ++shift) {
      const auto month = AddMonths(PeriodAround(anchor, Unit::kMonth)->from, shift);
      if (!month) continue;
      const CivilDate civil = ToCivil(*month);
      const auto period = DayPeriod(civil.year, civil.month, e.n);
      if (!period || (forward_only && period->from < anchor)) continue;
      int distance = Distance(*period, anchor);
      if (around_->side == Side::kFuture && period->from < anchor) distance += 62;
      if (around_->side == Side::kPast && period->from > anchor) distance += 62;
      if (!best || distance < best_distance) {
        best = period;
        best_distance = distance;
      }
    }
    return best;
  };
  if (left != nullptr) {
    const auto period = nearest(left->from, true);
    return period ? Maybe(Outcome{*period, DateAnchor::kPrevious, DateKind::kPartial}) : std::nullopt;
  }
  const bool usable = earlier_ && InRange(earlier_->period.from) &&
                      (earlier_->item == Item::kDay || earlier_->item == Item::kRelativeDay ||
                       earlier_->item == Item::kMonth || earlier_->item == Item::kWeekday);
  const bool far = usable && published_ && Distance(earlier_->period, *published_) > 62;
  if (usable && (InSentence() || (InParagraph() && far && earlier_->sentence + 1 >= around_->sentence))) {
    std::optional<Period> period;
    if (earlier_->item == Item::kMonth) {
      const CivilDate civil = ToCivil(earlier_->period.from);
      period = DayPeriod(civil.year, civil.month, e.n);
    } else {
      const CivilDate civil = ToCivil(earlier_->period.to);
      period = DayPeriod(civil.year, civil.month, e.n);
      const auto around = nearest(earlier_->period.to, false);
      const bool news_day = published_ && period && period->from > *published_ && around_->side != Side::kFuture;
      if (!period || news_day ||
          (around &&
           std::abs(around->from - earlier_->period.to) + 20 < std::abs(period->from - earlier_->period.to))) {
        period = around;
      }
    }
    if (period) {
      Say("the month is carried over from the mention before");
      return Outcome{*period, DateAnchor::kPrevious, DateKind::kPartial};
    }
  }
  if (!published_ || !InRange(*published_)) return std::nullopt;
  const auto period = nearest(*published_, false);
  if (!period) return std::nullopt;
  Say("no month written: the one that puts the day nearest to publication");
  return Outcome{*period, DateAnchor::kPublished, DateKind::kPartial};
}

// 本月, 上月9日, 当月, 去年本月十日.
Resolver::Maybe Resolver::MonthSlot(const Expression& e, const Period* left) {
  std::optional<Date> base = published_;
  DateAnchor anchor = DateAnchor::kPublished;
  if (e.month.base == Base::kPrevious) {
    if (left != nullptr) {
      base = left->from;
      anchor = DateAnchor::kPrevious;
    } else if (earlier_ && InParagraph() && earlier_->item != Item::kYear) {
      base = earlier_->period.to;
      anchor = DateAnchor::kPrevious;
    }
  }
  if (!base) return std::nullopt;
  const auto month = AddMonths(*base, e.month.value);
  if (!month) return std::nullopt;
  CivilDate civil = ToCivil(*month);
  if (const auto year = YearOf(e, left)) civil.year = *year;
  Expression inner = e;
  if (inner.item == Item::kDay && inner.n == 0) inner.n = ToCivil(*base).day;  // 18年前的今天
  const auto period = InMonth(inner, civil.year, civil.month);
  if (!period) return std::nullopt;
  Say(fmt::format("the month is counted from the {}",
                  anchor == DateAnchor::kPublished ? "publication" : "mention before"));
  return Outcome{*period, anchor, DateKind::kRelative};
}

}  // namespace mailuo::dates
