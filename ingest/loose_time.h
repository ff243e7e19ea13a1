// Times of publication as metadata and datelines write them.
// Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/date.h"

namespace mailuo::ingest {

struct LooseTime {
  std::optional<PublishedTime> time;
  std::string problem;  // "there is no 2025-02-30", "no date in ..."; empty if `time` is there.
};

// The whole of a metadata field: 2025-07-05, 2025/7/5 8:15, 2025年07月05日 08:15, 20250705, 2026-04-30 09:30 UTC,
// RFC 3339, RFC 2822 (Sat, 05 Jul 2025 08:15:00 GMT), seconds or milliseconds since 1970. Text around a full date is
// allowed. Times without a zone are Shanghai's; 05/07/2025 is refused, as nobody can tell.
LooseTime ReadLooseTime(std::string_view text);

// A full date with its clock time, if any, in folded text.
struct FoundDay {
  std::size_t start = 0;
  std::size_t end = 0;                // Behind the clock time and zone.
  std::size_t day_end = 0;            // Behind the day.
  std::optional<PublishedTime> time;  // Nothing for an impossible day.
  int year = 0;
  int month = 0;
  int day = 0;
};
// The next full date at or behind `from`: YYYY年M月D日, YYYY-M-D, YYYY/M/D, YYYY.M.D, spaces inside allowed; not part
// of a longer number.
std::optional<FoundDay> FindFullDay(std::u16string_view folded, std::size_t from);

// The date at the front of, or after a separator in, a file's name or the path of a URL: 20250705_x.txt,
// 2025-07-05-x.md, news-2025_07_05.html, /2026/04-28/, /202604/t20260430_1963473.html. Nothing if there is none or the
// day is impossible.
std::optional<Date> FindNameDate(std::string_view name);

// A year and month in a file's name: 2025-07-x.txt, 2025_07.md, 2025年7月x.txt. Nothing if there is none.
struct YearMonth {
  int year = 0;
  int month = 0;
};
std::optional<YearMonth> FindNameMonth(std::string_view name);

}  // namespace mailuo::ingest
