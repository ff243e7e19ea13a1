// Days that a text speaks of, as evidence of when it was written (corpus/ingest/datelines.tsv: later, past, until).
// Thread safety: pure functions.
#pragma once

#include <optional>
#include <string_view>

#include "core/date.h"

namespace mailuo::ingest {

// A day without its year; false if there is none.
struct MonthDay {
  int month = 0;
  int day = 0;
  explicit operator bool() const { return month != 0; }
};

// The day that news opens with: at the start of its title (3月16日晚间上市公司公告), else the first one in the first
// 200 characters of the text, plans and deadlines left out. On 509 articles with such a day it was the day of
// publication for 53 %, within a day for 81 % and within three days for 88 %.
struct HeadDay {
  std::optional<Date> date;  // A full day,
  MonthDay month_day;        // or one without its year.
  bool in_title = false;
};
HeadDay FindHeadDay(std::string_view title, std::string_view utf8);

// The latest full day in the text that is not later than `limit` and not a plan, a deadline, the end of a span or a
// founding day. Nothing if there is none.
std::optional<Date> LatestDayToldAsPast(std::string_view utf8, Date limit);

// The latest day D of "M月D日" with this month in the text, plans and deadlines left out; nothing if there is none.
std::optional<int> LatestDayOfMonth(std::string_view utf8, int month);

// The years in the text (2026年…) up to `limit`.
struct YearsTold {
  int latest = 0;                // 0: none.
  bool year_before_too = false;  // The year before the latest one is there as well.
};
YearsTold FindYears(std::string_view utf8, int limit);

}  // namespace mailuo::ingest
