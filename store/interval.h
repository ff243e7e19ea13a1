// An interval in a record: which ends there are, then the days, the second as the distance from the first.
#pragma once

#include "core/bytes.h"
#include "core/date.h"
#include "store/keys.h"

namespace mailuo::store {

inline void WriteInterval(ByteWriter& bytes, const DateInterval& interval) {
  bytes.Byte(static_cast<std::uint8_t>((interval.from ? 1 : 0) | (interval.to ? 2 : 0)));
  if (interval.from) bytes.Varint(DayNumber(interval.from));
  if (interval.to) {
    bytes.Signed(static_cast<std::int64_t>(DayNumber(interval.to)) -
                 static_cast<std::int64_t>(DayNumber(interval.from)));
  }
}

inline DateInterval ReadInterval(ByteReader& bytes) {
  const std::uint8_t ends = bytes.Byte();
  if (ends > 3) bytes.Fail();
  std::int64_t from = 0;
  if ((ends & 1) != 0) {
    from = static_cast<std::int64_t>(bytes.Varint(kMaxDayNumber));
    if (from < 1) bytes.Fail();
  }
  std::int64_t to = 0;
  if ((ends & 2) != 0) {
    const std::int64_t distance = bytes.Signed();
    if (distance < -std::int64_t{kMaxDayNumber} || distance > std::int64_t{kMaxDayNumber}) bytes.Fail();
    to = from + distance;
    if (to < 1 || to > std::int64_t{kMaxDayNumber}) bytes.Fail();
  }
  if (!bytes.ok()) return {};
  return {DayOfNumber(static_cast<std::uint32_t>(from)), DayOfNumber(static_cast<std::uint32_t>(to))};
}

}  // namespace mailuo::store
