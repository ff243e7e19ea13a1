// Reading the frozen enum numbers of core/types.h: a number that names nothing is damage.
#pragma once

#include <cstdint>

#include "core/bytes.h"
#include "core/types.h"

namespace mailuo::store {

template <typename Enum>
bool IsKnown(Enum value) {
  return !Word(value).empty();
}
template <>
inline bool IsKnown(EventType value) {
  return static_cast<int>(value) >= 1 && static_cast<int>(value) <= kEventTypeCount;
}
template <>
inline bool IsKnown(RelationType value) {
  return static_cast<int>(value) >= 1 && static_cast<int>(value) <= kRelationTypeCount;
}

template <>
inline bool IsKnown(EventLinkType value) {
  return value == EventLinkType::kCauses || value == EventLinkType::kPrecedes;
}

template <typename Enum>
Enum ReadEnum(ByteReader& bytes) {
  const auto value = static_cast<Enum>(bytes.Byte());
  if (IsKnown(value)) return value;
  bytes.Fail();
  return static_cast<Enum>(1);
}

inline std::int8_t ReadPolarity(ByteReader& bytes) {
  const std::int64_t polarity = bytes.Signed();
  if (polarity >= -1 && polarity <= 1) return static_cast<std::int8_t>(polarity);
  bytes.Fail();
  return 0;
}

}  // namespace mailuo::store
