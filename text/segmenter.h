// Words of a folded text: ICU's dictionary word breaker for Chinese.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "text/span.h"

namespace mailuo::text {

// Making one costs milliseconds (it opens ICU's dictionary), running it about 490 instructions per UTF-8 byte.
// Thread safety: one thread at a time.
class Segmenter {
 public:
  static Result<Segmenter> Create();
  Segmenter(Segmenter&&) noexcept;
  Segmenter& operator=(Segmenter&&) noexcept;
  Segmenter(const Segmenter&) = delete;
  Segmenter& operator=(const Segmenter&) = delete;
  ~Segmenter();

  // Appends the boundaries inside `units`, 0 and units.size() included, in rising order; nothing for an empty text.
  void Boundaries(std::u16string_view units, std::vector<std::uint32_t>& out);

 private:
  class Impl;
  explicit Segmenter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace mailuo::text
