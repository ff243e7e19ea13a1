// Trading days of the stock markets. Mainland China: weekdays that are no official day off (days_off.tsv); Hong Kong
// and the United States: weekdays that are no holiday of the market (market_holidays.tsv). Years beyond the tables fall
// back to weekdays, and the answer says so.
// Thread safety: pure functions.
#pragma once

#include "core/date.h"

namespace mailuo::dates {

enum class Market { kMainland, kHongKong, kUnitedStates };

bool IsTradingDay(Date date, Market market);
// The tables cover the year of `date`.
bool TradingYearKnown(Date date, Market market);
// The trading day `steps` (not 0) before (-) or after (+) `date`.
Date MoveTradingDays(Date date, int steps, Market market);

}  // namespace mailuo::dates
