// The tag set of the sequence tagger: O outside, and B I E for each label, so that a span's form is in its tags. A span
// of one unit is an E where no span is open.
// Thread safety: value types.
#pragma once

#include <cstddef>
#include <cstdint>

namespace mailuo::tagger {

inline constexpr std::size_t kMaxLabels = 10;
enum Position : std::uint8_t { kBegin = 0, kInside = 1, kEnd = 2 };
inline constexpr std::size_t kOutside = 0;
constexpr std::size_t TagCount(std::size_t labels) { return 1 + 3 * labels; }
// Of a feature's row: the tags, padded to whole vectors of sixteen bytes.
constexpr std::size_t RowWidth(std::size_t labels) { return (TagCount(labels) + 15) / 16 * 16; }
inline constexpr std::size_t kMaxRowWidth = RowWidth(kMaxLabels);

// All B stand side by side, then all I, then all E: what is done to the labels is done to all of them at once.
constexpr std::size_t TagOf(std::size_t label, Position position, std::size_t labels) {
  return 1 + position * labels + label;
}
constexpr Position PositionOf(std::size_t tag, std::size_t labels) { return static_cast<Position>((tag - 1) / labels); }
constexpr std::size_t LabelOf(std::size_t tag, std::size_t labels) { return (tag - 1) % labels; }

// The steps of one label that have a weight.
enum Step : std::uint8_t { kBeginInside = 0, kBeginEnd = 1, kInsideInside = 2, kInsideEnd = 3, kSingle = 4 };
inline constexpr std::size_t kSteps = 5;

}  // namespace mailuo::tagger
