#include "dates/holidays.h"

#include <algorithm>
#include <array>
#include <string>

#include "dates/lunar.h"
#include "dates/table_text.h"
#include "embedded_DaysOff.h"
#include "embedded_Holidays.h"

namespace mailuo::dates {
namespace {

struct DaysOff {
  std::string_view id;
  Date from;
  Date to;
};

std::optional<Holiday> ParseHoliday(const std::array<std::string_view, TableReader::kMostColumns>& row) {
  Holiday holiday;
  holiday.id = row[0];
  holiday.names = row[2];
  std::string_view rule = row[1];
  const std::string_view word = TakePart(rule, ' ');
  if (word == "lunar") {
    holiday.rule = Holiday::Rule::kLunar;
    if (rule == "-1") {
      holiday.a = -1;
      return holiday;
    }
    holiday.a = ParseNumber(TakePart(rule, '-')).value_or(1);
    holiday.b = ParseNumber(rule).value_or(1);
  } else if (word == "term") {
    holiday.rule = Holiday::Rule::kTerm;
    holiday.a = ParseNumber(rule).value_or(0);
  } else if (word == "easter") {
    holiday.rule = Holiday::Rule::kEaster;
    holiday.offset = ParseNumber(rule).value_or(0);
  } else if (word == "weekday") {
    holiday.rule = Holiday::Rule::kWeekday;
    holiday.a = ParseNumber(TakePart(rule, ' ')).value_or(1);
    holiday.b = ParseNumber(TakePart(rule, ' ')).value_or(1);
    holiday.c = ParseNumber(TakePart(rule, ' ')).value_or(1);
    holiday.offset = ParseNumber(rule).value_or(0);
  } else {
    std::string_view fixed = word;
    const auto month = ParseNumber(TakePart(fixed, '-'));
    const auto day = ParseNumber(fixed);
    if (!month || !day) return std::nullopt;
    holiday.a = *month;
    holiday.b = *day;
  }
  return holiday;
}

const std::vector<DaysOff>& AllDaysOff() {
  static const std::vector<DaysOff> all = [] {
    std::vector<DaysOff> rows;
    TableReader reader(embedded::DaysOff());
    std::array<std::string_view, TableReader::kMostColumns> row;
    while (reader.Next(row)) {
      const auto from = ParseIsoDate(row[1]);
      const auto to = ParseIsoDate(row[2]);
      if (from && to) rows.push_back({row[0], *from, *to});
    }
    return rows;
  }();
  return all;
}

int StatutoryDays(std::string_view id) {
  if (id == "spring_festival" || id == "new_year_eve") return 7;
  if (id == "national_day") return 7;
  if (id == "labour_day") return 5;
  if (id == "new_year_day" || id == "qingming" || id == "dragon_boat" || id == "mid_autumn") return 3;
  return 1;
}

}  // namespace

const std::vector<Holiday>& Holidays() {
  static const std::vector<Holiday> all = [] {
    std::vector<Holiday> rows;
    TableReader reader(embedded::Holidays());
    std::array<std::string_view, TableReader::kMostColumns> row;
    while (reader.Next(row)) {
      if (const auto holiday = ParseHoliday(row)) rows.push_back(*holiday);
    }
    return rows;
  }();
  return all;
}

std::optional<Date> HolidayDay(const Holiday& holiday, int year) {
  std::optional<Date> day;
  switch (holiday.rule) {
    case Holiday::Rule::kFixed: day = MakeDate(year, holiday.a, holiday.b); break;
    case Holiday::Rule::kTerm: day = SolarTerm(year, holiday.a); break;
    case Holiday::Rule::kEaster: day = EasterSunday(year); break;
    case Holiday::Rule::kWeekday: day = WeekdayOfMonth(year, holiday.a, holiday.b, holiday.c); break;
    case Holiday::Rule::kLunar:
      // The feast of the civil year: the last months of a lunar year lie in the next one.
      for (const int lunar_year : {year, year - 1}) {
        day = holiday.a == -1 ? LunarYearEnd(lunar_year) : FromLunar({lunar_year, holiday.a, holiday.b, false});
        if (day && ToCivil(*day).year == year) break;
      }
      break;
  }
  if (!day) return std::nullopt;
  return *day + holiday.offset;
}

Period HolidaySpan(const Holiday& holiday, Date day) {
  const std::string_view id = holiday.id == "new_year_eve" ? std::string_view("spring_festival") : holiday.id;
  for (const DaysOff& off : AllDaysOff()) {
    if (off.id == id && off.from <= day + 1 && day <= off.to) {
      return {off.from, off.to, DatePrecision::kRange, DateCertainty::kExact};
    }
  }
  // A feast that falls together with another one shares its days off (中秋 in the week of 国庆).
  for (const DaysOff& off : AllDaysOff()) {
    if (off.from <= day && day <= off.to) return {off.from, off.to, DatePrecision::kRange, DateCertainty::kExact};
  }
  const int days = StatutoryDays(id);
  return {day, day + (days - 1), days == 1 ? DatePrecision::kDay : DatePrecision::kRange, DateCertainty::kApprox};
}

bool IsDayOff(Date date) {
  return std::any_of(AllDaysOff().begin(), AllDaysOff().end(),
                     [&](const DaysOff& off) { return off.from <= date && date <= off.to; });
}

bool DaysOffKnown(int year) {
  return std::any_of(AllDaysOff().begin(), AllDaysOff().end(),
                     [&](const DaysOff& off) { return ToCivil(off.to).year == year; });
}

}  // namespace mailuo::dates
