// The tag set of the sequence tagger: O outside, and B I E S for each label, so that a span's form is in its tags.
// Thread safety: value types.
#pragma once

#include <cstddef>
#include <cstdint>

namespace mailuo::tagger {

inline constexpr std::size_t kMaxLabels = 10;
// Tags in a feature row, padded so that a row is a whole number of 8-byte words.
constexpr std::size_t RowWidth(std::size_t labels) { return (1 + 4 * labels + 7) / 8 * 8; }
inline constexpr std::size_t kMaxRowWidth = RowWidth(kMaxLabels);

enum Position : std::uint8_t { kBegin = 0, kInside = 1, kEnd = 2, kSingle = 3 };
inline constexpr std::size_t kOutside = 0;
constexpr std::size_t TagOf(std::size_t label, Position position) { return 1 + 4 * label + position; }

// Index into the four inner transitions of a label (B>I, B>E, I>I, I>E); 4 when the step is not inside one span.
constexpr std::size_t InnerStep(std::uint8_t from, std::uint8_t to) {
  if (from == kOutside || to == kOutside) return 4;
  const std::size_t position_from = (from - std::size_t{1}) % 4;
  const std::size_t position_to = (to - std::size_t{1}) % 4;
  if (position_from != kBegin && position_from != kInside) return 4;
  return (position_from == kBegin ? 0U : 2U) + (position_to == kInside ? 0U : 1U);
}

}  // namespace mailuo::tagger
