// Financial years that are not calendar years (corpus/dates/fiscal_years.tsv).
// Thread safety: pure functions.
#pragma once

#include <optional>
#include <string_view>

#include "dates/calendar.h"

namespace mailuo::dates {

struct FiscalCalendar {
  int end_month = 12;
  bool named_by_start = false;
};

// The calendar of the company that is named last in `left_context` (folded). Nothing if none of the table is.
std::optional<FiscalCalendar> FiscalCalendarOf(std::u16string_view left_context);
// The financial year, or its quarter (1..4; 0: the whole year).
std::optional<Period> FiscalPeriod(const FiscalCalendar& calendar, int year, int quarter);

}  // namespace mailuo::dates
