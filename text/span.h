// Half-open range of units of a FoldedText. The offsets used while a text is worked on; what leaves extraction are code
// points of the original (core/annotation.h: TextSpan).
#pragma once

#include <compare>
#include <cstdint>

namespace mailuo::text {

struct UnitSpan {
  std::uint32_t start = 0;
  std::uint32_t end = 0;

  constexpr std::uint32_t size() const { return end - start; }
  constexpr bool empty() const { return start == end; }
  constexpr bool Contains(UnitSpan other) const { return start <= other.start && other.end <= end; }
  constexpr bool Overlaps(UnitSpan other) const { return start < other.end && other.start < end; }
  friend constexpr auto operator<=>(const UnitSpan&, const UnitSpan&) = default;
};

}  // namespace mailuo::text
