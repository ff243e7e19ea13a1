#include "dates/calendar.h"

#include <algorithm>
#include <cstdlib>

namespace mailuo::dates {
namespace {

std::optional<Period> Between(std::optional<Date> from, std::optional<Date> to, DatePrecision precision) {
  if (!from || !to || *to < *from) return std::nullopt;
  return Period{*from, *to, precision, DateCertainty::kExact};
}

}  // namespace

bool InRange(Date date) {
  constexpr Date kFirst{-718'797};  // 0002-01-01
  constexpr Date kLast{2'932'531};  // 9998-12-31
  return date >= kFirst && date <= kLast;
}

std::optional<Period> DayPeriod(int year, int month, int day) {
  const auto date = MakeDate(year, month, day);
  return Between(date, date, DatePrecision::kDay);
}

std::optional<Period> YearPeriod(int year) { return YearsPeriod(year, year, DatePrecision::kYear); }

std::optional<Period> YearsPeriod(int first_year, int last_year, DatePrecision precision) {
  return Between(MakeDate(first_year, 1, 1), MakeDate(last_year, 12, 31), precision);
}

std::optional<Period> MonthPeriod(int year, int month) {
  return MonthsPeriod(year, month, month, DatePrecision::kMonth);
}

std::optional<Period> MonthsPeriod(int year, int first, int last, DatePrecision precision) {
  if (year < 1 || year > 9998 || first < 1 || first > 12 || last < first || last > 24) return std::nullopt;
  const int last_year = year + (last - 1) / 12;
  const int last_month = (last - 1) % 12 + 1;
  return Between(MakeDate(year, first, 1), MakeDate(last_year, last_month, DaysInMonth(last_year, last_month)),
                 precision);
}

std::optional<Period> QuarterPeriod(int year, int quarter) {
  if (quarter < 1 || quarter > 4) return std::nullopt;
  return MonthsPeriod(year, quarter * 3 - 2, quarter * 3, DatePrecision::kQuarter);
}

std::optional<Period> HalfPeriod(int year, int half) {
  if (half < 1 || half > 2) return std::nullopt;
  return MonthsPeriod(year, half * 6 - 5, half * 6, DatePrecision::kHalf);
}

std::optional<Period> WeekPeriod(Date day, int weeks) {
  if (std::abs(weeks) > 500'000) return std::nullopt;
  const Date monday = day - (IsoWeekday(day) - 1) + weeks * 7;
  if (!InRange(monday)) return std::nullopt;
  return Between(monday, monday + 6, DatePrecision::kWeek);
}

std::optional<Date> AddMonths(Date date, int months) {
  if (!InRange(date) || std::abs(months) > 120'000) return std::nullopt;
  const CivilDate civil = ToCivil(date);
  const int index = civil.year * 12 + civil.month - 1 + months;
  const int year = index / 12;
  const int month = index % 12 + 1;
  if (index < 24 || year > 9998) return std::nullopt;
  return MakeDate(year, month, std::min(civil.day, DaysInMonth(year, month)));
}

std::optional<Date> AddUnits(Date date, int count, Unit unit) {
  if (std::abs(count) > 400'000) return std::nullopt;
  const auto days = [&](int n) -> std::optional<Date> {
    const Date moved = date + n;
    if (!InRange(moved)) return std::nullopt;
    return moved;
  };
  switch (unit) {
    case Unit::kDay: return days(count);
    case Unit::kWeek: return days(count * 7);
    case Unit::kWorkday: return days(count / 5 * 7 + count % 5);
    case Unit::kMonth: return AddMonths(date, count);
    case Unit::kQuarter: return std::abs(count) > 40'000 ? std::nullopt : AddMonths(date, count * 3);
    case Unit::kHalf: return std::abs(count) > 20'000 ? std::nullopt : AddMonths(date, count * 6);
    case Unit::kYear: return std::abs(count) > 10'000 ? std::nullopt : AddMonths(date, count * 12);
    case Unit::kNone:
    case Unit::kClock: return std::nullopt;
  }
  return std::nullopt;
}

std::optional<Period> PeriodAround(Date date, Unit unit) {
  const CivilDate civil = ToCivil(date);
  switch (unit) {
    case Unit::kWeek: return WeekPeriod(date, 0);
    case Unit::kMonth: return MonthPeriod(civil.year, civil.month);
    case Unit::kQuarter: return QuarterPeriod(civil.year, (civil.month - 1) / 3 + 1);
    case Unit::kHalf: return HalfPeriod(civil.year, (civil.month - 1) / 6 + 1);
    case Unit::kYear: return YearPeriod(civil.year);
    default: return Period{date, date, DatePrecision::kDay, DateCertainty::kExact};
  }
}

std::optional<Period> WeekOfYear(int year, int n) {
  // ISO 8601: week 1 holds January 4.
  const auto fourth = MakeDate(n < 0 ? year + 1 : year, 1, 4);
  if (!fourth || n == 0 || n > 53) return std::nullopt;
  return WeekPeriod(*fourth, n < 0 ? n : n - 1);
}

std::optional<Period> WeekOfMonth(int year, int month, int n) {
  const auto monday = WeekdayOfMonth(year, month, 1, n);
  if (!monday) return std::nullopt;
  return WeekPeriod(*monday, 0);
}

std::optional<Date> WeekdayOfMonth(int year, int month, int weekday, int n) {
  const auto whole = MonthPeriod(year, month);
  if (!whole || n == 0 || n > 5 || n < -5) return std::nullopt;
  Date date = whole->from;
  if (n > 0) {
    date = whole->from + (weekday - IsoWeekday(whole->from) + 7) % 7 + (n - 1) * 7;
  } else {
    date = whole->to - (IsoWeekday(whole->to) - weekday + 7) % 7 + (n + 1) * 7;
  }
  if (date < whole->from || date > whole->to) return std::nullopt;
  return date;
}

std::optional<Date> EasterSunday(int year) {
  if (year < 1583 || year > 9998) return std::nullopt;
  const int a = year % 19;
  const int b = year / 100;
  const int c = year % 100;
  const int d = b / 4;
  const int e = b % 4;
  const int f = (b + 8) / 25;
  const int g = (b - f + 1) / 3;
  const int h = (19 * a + b - d - g + 15) % 30;
  const int i = c / 4;
  const int k = c % 4;
  const int l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int month = (h + l - 7 * m + 114) / 31;
  const int day = (h + l - 7 * m + 114) % 31 + 1;
  return MakeDate(year, month, day);
}

}  // namespace mailuo::dates
