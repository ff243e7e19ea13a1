// The tables of corpus/dates are facts: here they are read row by row, and the lunar ones compared with ICU.
#include <array>
#include <fstream>
#include <memory>
#include <set>
#include <sstream>
#include <string>

#include <unicode/calendar.h>
#include <unicode/timezone.h>
#include <catch2/catch.hpp>

#include "dates/calendar.h"
#include "dates/fiscal_years.h"
#include "dates/holidays.h"
#include "dates/lunar.h"
#include "dates/table_text.h"
#include "dates/trading_days.h"
#include "dates/word_table.h"

namespace mailuo::dates {
namespace {

std::string ReadTable(const std::string& name) {
  std::ifstream file(std::string(MAILUO_SOURCE_DIR) + "/corpus/dates/" + name);
  REQUIRE(file);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

int Rows(const std::string& text, std::size_t columns) {
  TableReader reader(text);
  std::array<std::string_view, TableReader::kMostColumns> row;
  int rows = 0;
  while (reader.Next(row)) {
    ++rows;
    CAPTURE(std::string(row[0]));
    for (std::size_t i = 0; i < columns; ++i) CHECK_FALSE(row[i].empty());
  }
  return rows;
}

TEST_CASE("every row of the date tables is read", "[dates][data]") {
  CHECK(WordTable::Get().words().size() > 400);
  CHECK(Rows(ReadTable("words.tsv"), 4) > 400);
  CHECK(Rows(ReadTable("holidays.tsv"), 4) == static_cast<int>(Holidays().size()));
  CHECK(Rows(ReadTable("days_off.tsv"), 4) > 45);
  CHECK(Rows(ReadTable("market_holidays.tsv"), 3) > 60);
  CHECK(Rows(ReadTable("fiscal_years.tsv"), 4) > 20);
  CHECK(Rows(ReadTable("cues.tsv"), 4) > 30);
  CHECK(Rows(ReadTable("lunar_years.tsv"), 4) == 201);
  CHECK(Rows(ReadTable("solar_terms.tsv"), 2) == 201);
  for (const Holiday& holiday : Holidays()) {
    CAPTURE(std::string(holiday.id));
    for (int year = 2000; year <= 2040; ++year) CHECK(HolidayDay(holiday, year));
  }
}

TEST_CASE("lunar months are unbroken and each new year follows the last", "[dates][lunar]") {
  for (int year = 1900; year < 2100; ++year) {
    CAPTURE(year);
    REQUIRE(LunarYearEnd(year));
    CHECK(*LunarYearEnd(year) + 1 == LunarMonth(year + 1, 1, false)->from);
  }
  for (Date day = *MakeDate(1901, 1, 1); day < *MakeDate(2100, 12, 31); day = day + 17) {
    const auto lunar = ToLunar(day);
    REQUIRE(lunar);
    CHECK(FromLunar(*lunar) == day);
  }
}

TEST_CASE("ICU's Chinese calendar differs on the months that are known", "[dates][lunar]") {
  UErrorCode status = U_ZERO_ERROR;
  icu::TimeZone::adoptDefault(icu::TimeZone::createTimeZone("Asia/Shanghai"));
  const std::unique_ptr<icu::Calendar> chinese(
      icu::Calendar::createInstance(icu::Locale("zh@calendar=chinese"), status));
  REQUIRE(U_SUCCESS(status));
  std::set<std::string> differ;
  for (int year = 1950; year < 2050; ++year) {
    for (int month = 1; month <= 12; ++month) {
      for (const bool leap : {false, true}) {
        const auto period = LunarMonth(year, month, leap);
        if (!period) continue;
        chinese->setTime((period->from.days + 0.25) * 86'400'000.0, status);
        const int icu_day = chinese->get(UCAL_DATE, status);
        const int icu_month = chinese->get(UCAL_MONTH, status) + 1;
        const bool icu_leap = chinese->get(UCAL_IS_LEAP_MONTH, status) != 0;
        if (icu_day != 1 || icu_month != month || icu_leap != leap) differ.insert(FormatDate(period->from));
      }
    }
  }
  // 1987-07-26 is the leap sixth month, which ICU calls a leap seventh; the other rows are one day off.
  CAPTURE(differ.size());
  CHECK(differ.size() <= 10);
  CHECK(differ.count("2027-02-06") == 1);
  CHECK(differ.count("2030-02-03") == 1);
}

TEST_CASE("feasts and solar terms of known years", "[dates][lunar]") {
  const auto on = [](std::optional<Date> date) { return date ? FormatDate(*date) : std::string("none"); };
  CHECK(on(FromLunar({2026, 1, 1})) == "2026-02-17");
  CHECK(on(FromLunar({2025, 8, 15})) == "2025-10-06");
  CHECK(on(FromLunar({2020, 4, 1, true})) == "2020-05-23");
  CHECK(on(FromLunar({2021, 4, 1, true})) == "none");
  CHECK(on(SolarTerm(2024, 23)) == "2024-12-21");
  CHECK(on(SolarTerm(2026, 2)) == "2026-02-04");
  CHECK(on(EasterSunday(2013)) == "2013-03-31");
  CHECK(on(EasterSunday(2025)) == "2025-04-20");
}

TEST_CASE("trading days pass over weekends and feasts", "[dates][trading]") {
  const auto move = [](const char* day, int steps, Market market) {
    return FormatDate(MoveTradingDays(*ParseIsoDate(day), steps, market));
  };
  CHECK(move("2025-10-09", -1, Market::kMainland) == "2025-09-30");
  CHECK(move("2026-02-13", 1, Market::kMainland) == "2026-02-24");
  CHECK(move("2025-07-07", -1, Market::kUnitedStates) == "2025-07-03");
  CHECK(move("2025-12-24", 1, Market::kHongKong) == "2025-12-29");
  CHECK(TradingYearKnown(*ParseIsoDate("2026-05-05"), Market::kMainland));
  CHECK_FALSE(TradingYearKnown(*ParseIsoDate("2031-05-05"), Market::kMainland));
}

TEST_CASE("the financial year is that of the company named last", "[dates][fiscal]") {
  const auto apple = FiscalCalendarOf(u"台积电与苹果");
  REQUIRE(apple);
  const auto quarter = FiscalPeriod(*apple, 2025, 4);
  CHECK(FormatDate(quarter->from) == "2025-07-01");
  CHECK(FormatDate(quarter->to) == "2025-09-30");
  const auto toyota = FiscalPeriod(*FiscalCalendarOf(u"丰田汽车"), 2025, 0);
  CHECK(FormatDate(toyota->from) == "2025-04-01");
  CHECK_FALSE(FiscalCalendarOf(u"星河电子"));
}

TEST_CASE("calendar sums stay inside the calendar", "[dates][calendar]") {
  CHECK(FormatDate(*AddMonths(*ParseIsoDate("2025-01-31"), 1)) == "2025-02-28");
  CHECK(FormatDate(*AddMonths(*ParseIsoDate("2025-03-31"), -13)) == "2024-02-29");
  CHECK_FALSE(AddMonths(*ParseIsoDate("9998-12-31"), 1));
  CHECK_FALSE(YearPeriod(0));
  CHECK_FALSE(AddUnits(*ParseIsoDate("2025-01-01"), -100'000, Unit::kYear));
  CHECK(FormatDate(WeekOfYear(2020, 53)->from) == "2020-12-28");
  CHECK(FormatDate(WeekOfMonth(2021, 7, 4)->from) == "2021-07-26");
}

}  // namespace
}  // namespace mailuo::dates
