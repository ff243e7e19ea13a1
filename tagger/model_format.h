// The fixed numbers of a model's bytes (see model.h for the layout); written by trainer.cc, read by model.cc.
#pragma once

#include <cstddef>
#include <cstdint>

namespace mailuo::tagger {

inline constexpr char kModelMagic[4] = {'M', 'L', 'T', 'G'};  // NOLINT(modernize-avoid-c-arrays)
inline constexpr std::uint32_t kModelVersion = 2;
inline constexpr std::uint32_t kMinLogRows = 8;
inline constexpr std::uint32_t kMaxLogRows = 22;
inline constexpr std::size_t kLabelBytes = 24;

struct ModelHeader {
  char magic[4];  // NOLINT(modernize-avoid-c-arrays)
  std::uint32_t version;
  std::uint32_t labels;
  std::uint32_t log_rows;
  float steps_per_nat;  // Of the int8 weights and of the transitions.
  std::uint32_t reserved;
};
static_assert(sizeof(ModelHeader) == 24);

// Where the rows start: header, names, transitions (8 bytes a label); all parts are multiples of 8.
constexpr std::size_t RowsOffset(std::size_t labels) { return sizeof(ModelHeader) + labels * (kLabelBytes + 8); }

}  // namespace mailuo::tagger
