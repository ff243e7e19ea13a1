// The best tag sequence under the B I E constraints, all labels side by side.
// Thread safety: one object a thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "tagger/model_format.h"
#include "tagger/tags.h"

namespace mailuo::tagger {

// Eight numbers at a time, by the compilers' vector types.
inline constexpr std::size_t kLanes = 8;
using Lanes = std::int16_t __attribute__((vector_size(2 * kLanes)));

class BestPath {
 public:
  // Past the last row of `emissions` so many more numbers must be readable; what they are does not matter.
  static constexpr std::size_t kSlack = 3 * kLanes;

  // `emissions` holds `size` rows of RowWidth(labels) scores; `steps` is by label. Between spans there are no weights:
  // the features already see the neighbours. Writes one tag a unit.
  void Find(const std::int16_t* emissions, std::size_t size, std::size_t labels,
            const std::array<StepWeights, kMaxLabels>& steps, std::vector<std::uint8_t>& tags);

 private:
  // Where the best way to I and to E of each label came from, as masks: all ones from I (else B); `single`: from
  // outside (else from B or I).
  struct Origin {
    Lanes inside;
    Lanes end;
    Lanes single;
  };

  template <std::size_t vectors>
  void Walk(const std::int16_t* emissions, std::size_t size, std::size_t labels,
            const std::array<StepWeights, kMaxLabels>& steps);
  void Trace(std::size_t size, std::size_t labels, std::size_t vectors, std::vector<std::uint8_t>& tags) const;

  std::vector<Origin> origins_;       // `vectors` a unit.
  std::vector<std::uint8_t> closed_;  // Of each unit: O, or the E of the span that best ends there.
};

}  // namespace mailuo::tagger
