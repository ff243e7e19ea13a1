// Words of a folded text: the boundaries of ICU's dictionary word breaker for Chinese.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "text/span.h"

namespace mailuo::text {

// Making one costs milliseconds (it opens ICU's dictionary). Thread safety: one thread at a time.
class Segmenter {
 public:
  static Result<Segmenter> Create();
  Segmenter(Segmenter&&) noexcept;
  Segmenter& operator=(Segmenter&&) noexcept;
  Segmenter(const Segmenter&) = delete;
  Segmenter& operator=(const Segmenter&) = delete;
  ~Segmenter();

  // Appends the boundaries inside `units`, 0 and units.size() included, in rising order; nothing for an empty text.
  // Han characters, ASCII and the usual punctuation are cut here, everything else is left to ICU: the same answer as
  // IcuBoundaries for about a quarter of its instructions.
  void Boundaries(std::u16string_view units, std::vector<std::uint32_t>& out);

  // The same from ICU's break iterator alone, at about 490 instructions per UTF-8 byte of news: what tests compare
  // with and what speed is measured against.
  void IcuBoundaries(std::u16string_view units, std::vector<std::uint32_t>& out);

 private:
  class Impl;
  explicit Segmenter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace mailuo::text
