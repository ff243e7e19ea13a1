#include "dates/trading_days.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "dates/holidays.h"
#include "dates/table_text.h"
#include "embedded_MarketHolidays.h"

namespace mailuo::dates {
namespace {

struct MarketHoliday {
  Market market;
  Date date;
};

const std::vector<MarketHoliday>& All() {
  static const std::vector<MarketHoliday> all = [] {
    std::vector<MarketHoliday> rows;
    TableReader reader(embedded::MarketHolidays());
    std::array<std::string_view, TableReader::kMostColumns> row;
    while (reader.Next(row)) {
      const auto date = ParseIsoDate(row[1]);
      if (date) rows.push_back({row[0] == "hk" ? Market::kHongKong : Market::kUnitedStates, *date});
    }
    return rows;
  }();
  return all;
}

}  // namespace

bool TradingYearKnown(Date date, Market market) {
  const int year = ToCivil(date).year;
  if (market == Market::kMainland) return DaysOffKnown(year);
  return std::any_of(All().begin(), All().end(), [&](const MarketHoliday& holiday) {
    return holiday.market == market && ToCivil(holiday.date).year == year;
  });
}

bool IsTradingDay(Date date, Market market) {
  if (IsoWeekday(date) > 5) return false;
  if (market == Market::kMainland) return !IsDayOff(date);
  return std::none_of(All().begin(), All().end(),
                      [&](const MarketHoliday& holiday) { return holiday.market == market && holiday.date == date; });
}

Date MoveTradingDays(Date date, int steps, Market market) {
  const int direction = steps < 0 ? -1 : 1;
  for (int left = steps * direction, tries = 0; left > 0 && tries < 400; ++tries) {
    date = date + direction;
    if (IsTradingDay(date, market)) --left;
  }
  return date;
}

}  // namespace mailuo::dates
