// Periods of the civil calendar. Every function is total: a period that would leave the years 1..9999 is nothing.
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <optional>

#include "core/date.h"
#include "core/types.h"

namespace mailuo::dates {

enum class Unit : std::uint8_t { kNone, kDay, kWeek, kMonth, kQuarter, kHalf, kYear, kWorkday, kClock };

// Both ends inclusive.
struct Period {
  Date from;
  Date to;
  DatePrecision precision = DatePrecision::kDay;
  DateCertainty certainty = DateCertainty::kExact;
};

std::optional<Period> DayPeriod(int year, int month, int day);
std::optional<Period> YearPeriod(int year);
std::optional<Period> YearsPeriod(int first_year, int last_year, DatePrecision precision);
std::optional<Period> MonthPeriod(int year, int month);
// Months [first, last] of one year; `last` may run past 12 into the next years.
std::optional<Period> MonthsPeriod(int year, int first, int last, DatePrecision precision);
std::optional<Period> QuarterPeriod(int year, int quarter);
std::optional<Period> HalfPeriod(int year, int half);
// The ISO week that holds `day`, moved by `weeks`.
std::optional<Period> WeekPeriod(Date day, int weeks);

// The same day of the month `months` later (earlier if negative), or the month's last day.
std::optional<Date> AddMonths(Date date, int months);
// `count` units later or earlier. Working days are taken five to the week.
std::optional<Date> AddUnits(Date date, int count, Unit unit);
// The calendar period of `unit` that holds `date`.
std::optional<Period> PeriodAround(Date date, Unit unit);

// The `n`-th ISO week of a year; the `n`-th week of a month begins with its n-th Monday. n = -1: the last.
std::optional<Period> WeekOfYear(int year, int n);
std::optional<Period> WeekOfMonth(int year, int month, int n);
// The n-th (or, n = -1, the last) given weekday (1 Monday .. 7 Sunday) of a month.
std::optional<Date> WeekdayOfMonth(int year, int month, int weekday, int n);
// Western Easter Sunday (the anonymous Gregorian algorithm, Meeus, Astronomical Algorithms, ch. 8).
std::optional<Date> EasterSunday(int year);

// `date` is one that a calendar period may be built around: the years 2..9998.
bool InRange(Date date);

}  // namespace mailuo::dates
