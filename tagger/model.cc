#include "tagger/model.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <utility>

#include <fmt/core.h>

#include "tagger/model_format.h"

namespace mailuo::tagger {
namespace {

// Of the steps, which no training exceeds.
constexpr std::int16_t kMaxStep = 2000;

using Bytes = std::int8_t __attribute__((vector_size(2 * kLanes)));

// Of every unit: the sum of its features' rows of sizeof...(V) times sixteen bytes. kRowGroup rows are added as bytes,
// then widened: read as eight pairs, of which the lower and the upper ones are summed apart. Folds instead of loops, so
// that all sums stay in registers.
template <std::size_t... V, std::size_t... G>
void AddRows(const std::vector<FeatureRow>& features, const std::int8_t* rows, std::uint32_t log_rows,
             std::int16_t* out, std::index_sequence<V...> /*vectors*/, std::index_sequence<G...> /*of a group*/) {
  static_assert(kFeaturesPerUnit % kRowGroup == 0);
  constexpr std::size_t kVectors = sizeof...(V);
  const std::uint32_t shift = 32 - log_rows;
  const auto load = [](const std::int8_t* at) {
    Bytes bytes;
    std::memcpy(&bytes, at, sizeof bytes);
    return bytes;
  };
  for (const FeatureRow& of_unit : features) {
    std::array<Lanes, kVectors> lower{};
    std::array<Lanes, kVectors> upper{};
    for (std::size_t f = 0; f < kFeaturesPerUnit; f += kRowGroup) {
      const std::array<const std::int8_t*, kRowGroup> row = {
          (rows + std::size_t{of_unit[f + G] >> shift} * (kVectors * sizeof(Bytes)))...};
      const auto add = [&]<std::size_t v>(std::integral_constant<std::size_t, v> /*vector*/) {
        const auto pairs = reinterpret_cast<Lanes>((load(row[G] + v * sizeof(Bytes)) + ...));
        lower[v] += (pairs << 8) >> 8;
        upper[v] += pairs >> 8;
      };
      (add(std::integral_constant<std::size_t, V>{}), ...);
    }
    const auto write = [&]<std::size_t v>(std::integral_constant<std::size_t, v> /*vector*/) {
      const Lanes first = __builtin_shufflevector(lower[v], upper[v], 0, 8, 1, 9, 2, 10, 3, 11);
      const Lanes second = __builtin_shufflevector(lower[v], upper[v], 4, 12, 5, 13, 6, 14, 7, 15);
      std::memcpy(out + v * 2 * kLanes, &first, sizeof first);
      std::memcpy(out + (v * 2 + 1) * kLanes, &second, sizeof second);
    };
    (write(std::integral_constant<std::size_t, V>{}), ...);
    out += kVectors * 2 * kLanes;
  }
}

template <std::size_t vectors>
void AddRows(const std::vector<FeatureRow>& features, const std::int8_t* rows, std::uint32_t log_rows,
             std::int16_t* out) {
  AddRows(features, rows, log_rows, out, std::make_index_sequence<vectors>(), std::make_index_sequence<kRowGroup>());
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
    return bad(
        fmt::format("version {}, expected {}: train it again with `mailuo train`", header.version, kModelVersion));
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
  for (std::uint32_t i = 0; i < header.labels; ++i, at += sizeof(StepWeights)) {
    std::memcpy(model.steps_[i].data(), at, sizeof(StepWeights));
    for (std::int16_t& step : model.steps_[i]) step = std::clamp<std::int16_t>(step, -kMaxStep, kMaxStep);
  }
  model.rows_ = reinterpret_cast<const std::int8_t*>(bytes.data() + rows_at);
  model.nats_per_step_ = 1 / header.steps_per_nat;
  model.log_rows_ = header.log_rows;
  return model;
}

void Decoder::Tag(const Sequence& sequence, std::vector<TaggedSpan>& out) {
  const std::size_t labels = model_->labels();
  const std::size_t size = sequence.units.size();
  if (labels == 0 || size == 0) return;
  const std::size_t width = RowWidth(labels);
  ComputeFeatures(sequence, features_);
  emissions_.resize(size * width + BestPath::kSlack);
  static_assert(kMaxRowWidth == 2 * sizeof(Bytes));
  if (width == sizeof(Bytes)) {
    AddRows<1>(features_, model_->rows_, model_->log_rows_, emissions_.data());
  } else {
    AddRows<2>(features_, model_->rows_, model_->log_rows_, emissions_.data());
  }
  path_.Find(emissions_.data(), size, labels, model_->steps_, tags_);
  for (std::size_t i = 0; i < size;) {
    if (tags_[i] == kOutside) {
      ++i;
      continue;
    }
    const std::size_t label = LabelOf(tags_[i], labels);
    const std::size_t start = i;
    int margin = 0;
    while (true) {
      margin += emissions_[i * width + tags_[i]] - emissions_[i * width + kOutside];
      const bool last = PositionOf(tags_[i], labels) == kEnd;
      ++i;
      if (last || i == size) break;
    }
    out.push_back({{static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(i)},
                   static_cast<std::uint8_t>(label),
                   static_cast<float>(margin) / static_cast<float>(i - start) * model_->nats_per_step_});
  }
}

}  // namespace mailuo::tagger
