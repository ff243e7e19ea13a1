// The fixed numbers of a model's bytes (see model.h for the layout); written by trainer.cc, read by model.cc.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "tagger/tags.h"

namespace mailuo::tagger {

inline constexpr char kModelMagic[4] = {'M', 'L', 'T', 'G'};  // NOLINT(modernize-avoid-c-arrays)
inline constexpr std::uint32_t kModelVersion = 4;
inline constexpr std::uint32_t kMinLogRows = 8;
inline constexpr std::uint32_t kMaxLogRows = 22;
inline constexpr std::size_t kLabelBytes = 24;

// Weights are so small that the bytes of kRowGroup rows can be added without overflow: only then are they widened.
inline constexpr std::size_t kRowGroup = 3;
inline constexpr int kMaxWeight = 127 / static_cast<int>(kRowGroup);

struct ModelHeader {
  char magic[4];  // NOLINT(modernize-avoid-c-arrays)
  std::uint32_t version;
  std::uint32_t labels;
  std::uint32_t log_rows;
  float steps_per_nat;  // Of the int8 weights and of the steps.
  std::uint32_t reserved;
};
static_assert(sizeof(ModelHeader) == 24);

// The weights of a label's steps, padded with zeros.
using StepWeights = std::array<std::int16_t, 8>;
static_assert(kSteps <= 8);

// Where the rows start: header, names, steps; all parts are multiples of 8.
constexpr std::size_t RowsOffset(std::size_t labels) {
  return sizeof(ModelHeader) + labels * (kLabelBytes + sizeof(StepWeights));
}

}  // namespace mailuo::tagger
