#include "core/date.h"

#include <catch2/catch.hpp>

namespace mailuo {
namespace {

TEST_CASE("Civil dates and day numbers agree", "[core][date]") {
  CHECK(MakeDate(1970, 1, 1)->days == 0);
  CHECK(FormatDate(*MakeDate(2026, 1, 24)) == "2026-01-24");
  CHECK_FALSE(MakeDate(2025, 2, 30));
  CHECK_FALSE(MakeDate(2025, 2, 29));
  CHECK(MakeDate(2024, 2, 29));
  CHECK_FALSE(MakeDate(0, 1, 1));
  CHECK_FALSE(MakeDate(10000, 1, 1));
  CHECK(DaysInMonth(2024, 2) == 29);
  for (int day = -800000; day < 800000; day += 997) {
    const CivilDate civil = ToCivil(Date{day});
    if (civil.year < 1) continue;
    CHECK(MakeDate(civil.year, civil.month, civil.day) == Date{day});
  }
}

TEST_CASE("Weekdays are ISO", "[core][date]") {
  CHECK(IsoWeekday(*MakeDate(1970, 1, 1)) == 4);
  CHECK(IsoWeekday(*MakeDate(2026, 11, 24)) == 2);
  CHECK(IsoWeekday(*MakeDate(1969, 12, 28)) == 7);
}

TEST_CASE("Publication times are read in Shanghai time", "[core][date]") {
  const auto format = [](std::string_view text) {
    const auto time = ParsePublishedTime(text);
    return time ? FormatPublishedTime(*time) : std::string("-");
  };
  CHECK(format("2025-07-04") == "2025-07-04");
  CHECK(format("2025-07-04 08:15") == "2025-07-04T08:15+08:00");
  CHECK(format("2025-07-04T23:30:00Z") == "2025-07-05T07:30+08:00");
  CHECK(format("2025-01-01T00:10:00.123+09:30") == "2024-12-31T22:40+08:00");
  CHECK(format("2025-02-30") == "-");
  CHECK(format("2025-07-04T25:00") == "-");
  CHECK(format("2025-07-04x") == "-");
  CHECK(format("") == "-");
}

}  // namespace
}  // namespace mailuo
