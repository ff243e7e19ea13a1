#include "tagger/model.h"

#include <array>
#include <cmath>
#include <cstring>
#include <utility>

#include <fmt/core.h>

#include "tagger/model_format.h"
#include "tagger/viterbi.h"

namespace mailuo::tagger {
namespace {

constexpr std::size_t kLanes = 8;
// Eight sums at a time, by the compilers' vector types: a plain loop over bytes that may alias anything costs ten times
// as many instructions.
using Sums = std::int16_t __attribute__((vector_size(2 * kLanes)));

// Of every unit: the sum of its features' rows, `blocks` times kLanes wide. Sixteen weights are read as eight pairs;
// the lower and the upper ones of the pairs are summed apart. `I` counts the sixteens, so that each has its registers.
template <std::size_t blocks, std::size_t... I>
void AddRows(const std::vector<FeatureRow>& features, const std::int8_t* rows, std::uint32_t mask, std::int16_t* out,
             std::index_sequence<I...> /*sixteens*/) {
  for (const FeatureRow& of_unit : features) {
    std::array<Sums, sizeof...(I)> lower{};
    std::array<Sums, sizeof...(I)> upper{};
    for (const std::uint32_t feature : of_unit) {
      const std::int8_t* row = rows + (feature & mask) * (blocks * kLanes);
      const auto add = [&]<std::size_t i>(std::integral_constant<std::size_t, i> /*index*/) {
        Sums pairs{};
        std::memcpy(&pairs, row + i * 2 * kLanes, i * 2 + 1 == blocks ? kLanes : 2 * kLanes);
        lower[i] += (pairs << 8) >> 8;
        upper[i] += pairs >> 8;
      };
      (add(std::integral_constant<std::size_t, I>{}), ...);
    }
    const auto write = [&]<std::size_t i>(std::integral_constant<std::size_t, i> /*index*/) {
      std::array<std::int16_t, 2 * kLanes> both;
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        both[2 * lane] = lower[i][lane];
        both[2 * lane + 1] = upper[i][lane];
      }
      std::memcpy(out + i * 2 * kLanes, both.data(), (i * 2 + 1 == blocks ? kLanes : 2 * kLanes) * sizeof(both[0]));
    };
    (write(std::integral_constant<std::size_t, I>{}), ...);
    out += blocks * kLanes;
  }
}

template <std::size_t blocks>
void AddRows(const std::vector<FeatureRow>& features, const std::int8_t* rows, std::uint32_t mask, std::int16_t* out) {
  AddRows<blocks>(features, rows, mask, out, std::make_index_sequence<(blocks + 1) / 2>());
}

}  // namespace

Result<Model> Model::Open(std::string_view bytes) {
  const auto bad = [](std::string_view why) {
    return Error{ErrorCode::kCorruption, fmt::format("tagger model: {}", why)};
  };
  ModelHeader header{};
  if (bytes.size() < sizeof header) return bad("shorter than its header");
  std::memcpy(&header, bytes.data(), sizeof header);
  if (std::memcmp(header.magic, kModelMagic, sizeof kModelMagic) != 0) return bad("not a model file");
  if (header.version != kModelVersion) {
    return bad(fmt::format("version {}, expected {}", header.version, kModelVersion));
  }
  if (header.labels == 0 || header.labels > kMaxLabels) return bad("number of labels out of range");
  if (header.log_rows < kMinLogRows || header.log_rows > kMaxLogRows) return bad("number of rows out of range");
  if (!(header.steps_per_nat > 0) || !std::isfinite(header.steps_per_nat) || header.reserved != 0) {
    return bad("its scale is out of range");
  }
  const std::size_t rows_at = RowsOffset(header.labels);
  const std::size_t rows_size = (std::size_t{1} << header.log_rows) * RowWidth(header.labels);
  if (bytes.size() != rows_at + rows_size) return bad("length does not agree with its header");

  Model model;
  const char* at = bytes.data() + sizeof header;
  for (std::uint32_t i = 0; i < header.labels; ++i, at += kLabelBytes) {
    model.names_.emplace_back(at, strnlen(at, kLabelBytes));
  }
  for (std::uint32_t i = 0; i < header.labels; ++i, at += sizeof model.inner_[i]) {
    std::memcpy(&model.inner_[i], at, sizeof model.inner_[i]);
  }
  model.rows_ = reinterpret_cast<const std::int8_t*>(bytes.data() + rows_at);
  model.nats_per_step_ = 1 / header.steps_per_nat;
  model.mask_ = (1U << header.log_rows) - 1;
  return model;
}

void Decoder::Tag(const Sequence& sequence, std::vector<TaggedSpan>& out) {
  const std::size_t labels = model_->labels();
  const std::size_t size = sequence.units.size();
  if (labels == 0 || size == 0) return;
  const std::size_t width = RowWidth(labels);
  ComputeFeatures(sequence, features_);
  emissions_.resize(size * width);
  static_assert(kMaxRowWidth == 6 * kLanes);
  using Adder = void (*)(const std::vector<FeatureRow>&, const std::int8_t*, std::uint32_t, std::int16_t*);
  static constexpr std::array<Adder, 6> kAdders = {&AddRows<1>, &AddRows<2>, &AddRows<3>,
                                                   &AddRows<4>, &AddRows<5>, &AddRows<6>};
  kAdders[width / kLanes - 1](features_, model_->rows_, model_->mask_, emissions_.data());
  thread_local std::vector<std::uint8_t> tags;
  BestTags(emissions_.data(), size, width, labels, model_->inner_, back_, tags);
  for (std::size_t i = 0; i < size;) {
    if (tags[i] == kOutside) {
      ++i;
      continue;
    }
    const std::size_t label = (tags[i] - std::size_t{1}) / 4;
    const std::size_t start = i;
    int margin = 0;
    while (true) {
      margin += emissions_[i * width + tags[i]] - emissions_[i * width + kOutside];
      const std::size_t position = (tags[i] - std::size_t{1}) % 4;
      ++i;
      if (position == kEnd || position == kSingle || i == size) break;
    }
    out.push_back({{static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(i)},
                   static_cast<std::uint8_t>(label),
                   static_cast<float>(margin) / static_cast<float>(i - start) * model_->nats_per_step_});
  }
}

}  // namespace mailuo::tagger
