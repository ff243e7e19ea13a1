// Feasts (corpus/dates/holidays.tsv) and the official days off of mainland China (corpus/dates/days_off.tsv).
// Thread safety: pure functions.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/date.h"
#include "dates/calendar.h"

namespace mailuo::dates {

struct Holiday {
  enum class Rule { kFixed, kLunar, kTerm, kWeekday, kEaster };
  std::string_view id;
  std::string_view names;  // Separated by '|'.
  Rule rule = Rule::kFixed;
  int a = 0;  // Month, lunar month (-1: last day of the year), term, month, offset.
  int b = 0;  // Day, lunar day, -, weekday.
  int c = 0;  // kWeekday: which one of the month.
  int offset = 0;
};

const std::vector<Holiday>& Holidays();
// The day of the feast that falls into the civil year `year`.
std::optional<Date> HolidayDay(const Holiday& holiday, int year);
// The days off around the feast of that year: the official table, else the statutory length, approximate.
Period HolidaySpan(const Holiday& holiday, Date day);
// `date` is an official day off of the table (weekends are not in it).
bool IsDayOff(Date date);
// The table covers the year.
bool DaysOffKnown(int year);

}  // namespace mailuo::dates
