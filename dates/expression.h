// What the grammar reads before anything is resolved: an expression with the fields that the text leaves open, and the
// mention that it is part of (a range, a relation such as 以来 or 前).
// Thread safety: value types.
#pragma once

#include <cstdint>
#include <optional>

#include "core/types.h"
#include "dates/calendar.h"

namespace mailuo::dates {

// What a field is counted from.
enum class Base : std::uint8_t { kNone, kGiven, kPublished, kPrevious };

struct Slot {
  Base base = Base::kNone;
  int value = 0;  // kGiven: the year, month ...; else the distance from the base.
};

// Fields used are named behind each item; a `part` narrows the period (初 中 末 ...).
enum class Item : std::uint8_t {
  kYear,          // year, part
  kYears,         // year .. year + n - 1 (今明两年)
  kMonth,         // year, month, part
  kDay,           // year, month, n: day of the month
  kQuarter,       // year, n or shift, part
  kHalf,          // year, n or shift
  kFirstUnits,    // year, month; first n units
  kLastUnits,     // year, month; last n units
  kNthUnit,       // year, month; n-th unit, -1 the last; weekday m (unit day only, 0: none)
  kSeason,        // year, n
  kWinterSpring,  // n: years from publication
  kHoliday,       // year, n: index; whole: its days off
  kSolarTerm,     // year, n
  kLunar,         // year, n: lunar month, m: day or 0; leap
  kRelativeDay,   // shift
  kWeek,          // shift, part: 0 first half, 1 second half
  kWeekday,       // shift (kNone: bare), n: 1..7, 8 weekend
  kWindow,        // n units, direction; without_today; whole_units
  kAgo,           // n units, direction
  kLately,        // n days back
  kDecade,        // n: first year of the decade or two digits of it, part
  kCentury,       // n, part
  kPlan,          // n, part
  kSamePeriod,    // year
  kTradingDay,    // shift
  kYearToDate,    // -
  kAsOfNow,       // -
  kWithinYear,    // -
  kFiscal,        // year, n: quarter or 0, m: quarters counted from the first if not 0
};

struct Expression {
  Item item = Item::kYear;
  Slot year;
  Slot month;
  Slot shift;
  int n = 0;
  int m = 0;
  Unit unit = Unit::kNone;
  int part = -1;
  std::int8_t direction = 0;
  bool half = false;  // n and a half
  bool more = false;  // 多, 余, 几: n and something
  bool leap = false;
  bool whole = false;  // 期间, 假期
  bool without_today = false;
  bool clock = false;        // A part of the day or a clock time follows: the day stays.
  bool approx = false;       // 左右, 前后
  bool clock_range = false;  // 9:00-11:00
  std::uint32_t start = 0;
  std::uint32_t end = 0;
};

// How the words around an expression place it.
enum class Placing : std::uint8_t {
  kAt,
  kSince,
  kAfter,
  kFrom,  // kAfter: 之后 (exclusive); kFrom: 及以后 (inclusive)
  kBefore,
  kUpTo,  // kBefore: 前 (exclusive); kUpTo: 及以前, 底前 (inclusive)
  kAsOf,
  kBy,
  kUntil,
  kWithin,
};

struct Parsed {
  Expression left;
  std::optional<Expression> right;  // A range.
  Placing placing = Placing::kAt;
  std::uint32_t start = 0;
  std::uint32_t end = 0;
  bool rejected = false;  // An expression that is no place in time (每年1月1日): skip it as a whole.
};

}  // namespace mailuo::dates
