// Civil days. All of Mailuo counts days, in Asia/Shanghai; clock times are kept only for the publication of an article.
// Thread safety: value types.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "core/types.h"

namespace mailuo {

struct Date {
  std::int32_t days = 0;  // Since 1970-01-01, proleptic Gregorian.

  friend constexpr auto operator<=>(Date, Date) = default;
  constexpr Date operator+(int n) const { return {days + n}; }
  constexpr Date operator-(int n) const { return {days - n}; }
  constexpr int operator-(Date other) const { return days - other.days; }
};

struct CivilDate {
  int year;   // 1..9999
  int month;  // 1..12
  int day;    // 1..31
};

// Nothing for an impossible day (2月30日) or a year outside 1..9999.
std::optional<Date> MakeDate(int year, int month, int day);
CivilDate ToCivil(Date date);
int DaysInMonth(int year, int month);  // REQUIRES: month 1..12
int IsoWeekday(Date date);             // 1 Monday .. 7 Sunday

std::string FormatDate(Date date);                        // 2025-07-04
std::optional<Date> ParseIsoDate(std::string_view text);  // exactly YYYY-MM-DD

// Both ends inclusive; an absent end is open. At least one end is present in every stored interval.
struct DateInterval {
  std::optional<Date> from;
  std::optional<Date> to;
  friend bool operator==(const DateInterval&, const DateInterval&) = default;
};

// A point of publication: the day, and the minute of that day (Asia/Shanghai) where the source gives one.
struct PublishedTime {
  Date date;
  std::int16_t minute = -1;  // 0..1439, -1 unknown
  friend bool operator==(const PublishedTime&, const PublishedTime&) = default;
};
// YYYY-MM-DD, or RFC 3339 with a zone (converted to Asia/Shanghai), or "YYYY-MM-DD[T ]HH:MM[:SS]" taken as Shanghai
// time.
std::optional<PublishedTime> ParsePublishedTime(std::string_view text);
std::string FormatPublishedTime(const PublishedTime& time);  // 2025-07-04 or 2025-07-04T08:15+08:00

}  // namespace mailuo
