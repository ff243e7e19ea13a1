// The Chinese calendar 1900..2100 from corpus/dates/lunar_years.tsv and solar_terms.tsv: no ICU at run time, because
// ICU 72 is wrong on nine month starts of 1950-2049 (two of them the Spring Festivals of 2027 and 2030).
// Thread safety: pure functions.
#pragma once

#include <optional>

#include "core/date.h"
#include "dates/calendar.h"

namespace mailuo::dates {

struct LunarDate {
  int year;  // The civil year in which the lunar year begins.
  int month;
  int day;
  bool leap = false;
};

std::optional<Date> FromLunar(const LunarDate& lunar);
std::optional<LunarDate> ToLunar(Date date);
std::optional<Period> LunarMonth(int year, int month, bool leap);
// The last day of the lunar year (除夕).
std::optional<Date> LunarYearEnd(int year);
// 0 小寒, 1 大寒, 2 立春 ... 23 冬至, of a civil year.
std::optional<Date> SolarTerm(int year, int term);

}  // namespace mailuo::dates
