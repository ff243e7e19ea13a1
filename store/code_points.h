// Offsets of annotations count code points; texts are UTF-8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/annotation.h"

namespace mailuo::store {

inline bool StartsCodePoint(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }

inline std::size_t CountCodePoints(std::string_view utf8) {
  std::size_t count = 0;
  for (const char byte : utf8) count += StartsCodePoint(byte) ? 1U : 0U;
  return count;
}

// Cuts spans out of one text, which outlives it.
class TextSlicer {
 public:
  explicit TextSlicer(std::string_view utf8) : text_(utf8) {
    starts_.reserve(utf8.size() / 2);
    for (std::size_t i = 0; i < utf8.size(); ++i) {
      if (StartsCodePoint(utf8[i])) starts_.push_back(static_cast<std::uint32_t>(i));
    }
    starts_.push_back(static_cast<std::uint32_t>(utf8.size()));
  }
  // REQUIRES: the span lies inside the text.
  std::string_view Slice(const TextSpan& span) const {
    return text_.substr(starts_[span.start], starts_[span.end] - starts_[span.start]);
  }

 private:
  std::string_view text_;
  std::vector<std::uint32_t> starts_;
};

}  // namespace mailuo::store
