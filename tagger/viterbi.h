// The best tag sequence under the B I E S constraints, shared by training (32-bit floats) and tagging (integers).
// Header-only because both instantiate it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <vector>

#include "tagger/tags.h"

namespace mailuo::tagger {

// `emissions` holds `size` rows of `width` scores; `inner` the transitions B>I, B>E, I>I, I>E of each label. Between
// spans there are no transition weights: the features already see the neighbours, and the step costs one maximum.
// Writes the tags; `back` is scratch.
template <typename Score, typename Inner>
void BestTags(const Score* emissions, std::size_t size, std::size_t width, std::size_t labels, const Inner& inner,
              std::vector<std::uint8_t>& back, std::vector<std::uint8_t>& tags) {
  using Sum = std::conditional_t<std::is_integral_v<Score>, std::int32_t, Score>;
  tags.assign(size, kOutside);
  if (size == 0) return;
  constexpr Sum kNever = std::is_integral_v<Score> ? Sum(std::numeric_limits<std::int32_t>::min() / 4) : Sum(-1e30F);
  back.assign(size * width, kOutside);
  std::array<Sum, kMaxRowWidth> now{};
  std::array<Sum, kMaxRowWidth> before{};
  Sum best_end = 0;  // Of the sequences that have no open span; before the first unit there is none open.
  std::size_t best_end_tag = kOutside;
  for (std::size_t k = 0; k < labels; ++k) {
    before[TagOf(k, kBegin)] = kNever;
    before[TagOf(k, kInside)] = kNever;
  }
  for (std::size_t i = 0; i < size; ++i) {
    const Score* emission = emissions + i * width;
    std::uint8_t* from = back.data() + i * width;
    now[kOutside] = best_end + emission[kOutside];
    from[kOutside] = static_cast<std::uint8_t>(best_end_tag);
    Sum end = now[kOutside];
    std::size_t end_tag = kOutside;
    for (std::size_t k = 0; k < labels; ++k) {
      const std::size_t begin = TagOf(k, kBegin);
      const std::size_t inside = begin + kInside;
      const std::size_t last = begin + kEnd;
      const std::size_t single = begin + kSingle;
      now[begin] = best_end + emission[begin];
      from[begin] = static_cast<std::uint8_t>(best_end_tag);
      now[single] = best_end + emission[single];
      from[single] = static_cast<std::uint8_t>(best_end_tag);
      const Sum begin_inside = before[begin] + inner[k][0];
      const Sum inside_inside = before[inside] + inner[k][2];
      now[inside] = (begin_inside >= inside_inside ? begin_inside : inside_inside) + emission[inside];
      from[inside] = static_cast<std::uint8_t>(begin_inside >= inside_inside ? begin : inside);
      const Sum begin_end = before[begin] + inner[k][1];
      const Sum inside_end = before[inside] + inner[k][3];
      now[last] = (begin_end >= inside_end ? begin_end : inside_end) + emission[last];
      from[last] = static_cast<std::uint8_t>(begin_end >= inside_end ? begin : inside);
      if (now[last] > end) {
        end = now[last];
        end_tag = last;
      }
      if (now[single] > end) {
        end = now[single];
        end_tag = single;
      }
    }
    best_end = end;
    best_end_tag = end_tag;
    before = now;
  }
  std::size_t tag = best_end_tag;
  for (std::size_t i = size; i-- > 0;) {
    tags[i] = static_cast<std::uint8_t>(tag);
    tag = back[i * width + tag];
  }
}

}  // namespace mailuo::tagger
