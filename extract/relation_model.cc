#include "extract/relation_model.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>

#include "core/check.h"
#include "core/ids.h"
#include "embedded_RelationModelBytes.h"

namespace mailuo::extract {
namespace {

constexpr std::string_view kMagic = "MLRM";
constexpr std::size_t kHeader = 24;
constexpr std::size_t kNameBytes = 24;
constexpr std::uint32_t kMaxClasses = 256;

template <typename T>
T ReadAt(std::string_view bytes, std::size_t at) {
  T value;
  std::memcpy(&value, bytes.data() + at, sizeof(value));
  return value;
}

constexpr std::size_t kLanes = 32;  // Divides the stride.

// Eight numbers of 16 bits in one register of any x86-64 or Arm. Said in so many words: the compiler adds single
// numbers otherwise.
using Words [[gnu::vector_size(16)]] = std::int16_t;
constexpr std::size_t kWords = 8;
constexpr int kByte = 8;  // Bits.

// Adds `kLanes` weights of each row to `sums`. So many rows fit into 16 bits, of which a register holds most.
void AddLanes(const std::vector<const std::int8_t*>& rows, std::size_t lane, std::int32_t* sums) {
  static_assert(std::endian::native == std::endian::little);
  constexpr std::size_t kRows = 256;
  constexpr std::size_t kParts = kLanes / 2 / kWords;
  for (std::size_t first = 0; first < rows.size(); first += kRows) {
    const std::size_t last = std::min(rows.size(), first + kRows);
    std::array<Words, kParts> even{};  // Of each pair of weights the first one.
    std::array<Words, kParts> odd{};
    for (std::size_t r = first; r < last; ++r) {
      for (std::size_t part = 0; part < kParts; ++part) {
        Words pairs;
        std::memcpy(&pairs, rows[r] + lane + part * sizeof(pairs), sizeof(pairs));
        even[part] += (pairs << kByte) >> kByte;
        odd[part] += pairs >> kByte;
      }
    }
    for (std::size_t part = 0; part < kParts; ++part) {
      for (std::size_t k = 0; k < kWords; ++k) {
        sums[2 * (part * kWords + k)] += even[part][k];
        sums[2 * (part * kWords + k) + 1] += odd[part][k];
      }
    }
  }
}

Error Damaged(std::string_view what) { return {ErrorCode::kCorruption, "relation model: " + std::string(what)}; }

}  // namespace

std::string RelationClassName(const RelationClass& relation_class) {
  if (!relation_class.type) return "-";
  const RelationTypeInfo& info = Info(*relation_class.type);
  return std::string(info.code) + (info.symmetric ? "=" : relation_class.forward ? ">" : "<");
}

std::optional<RelationClass> ParseRelationClass(std::string_view name) {
  if (name == "-") return RelationClass{};
  if (name.size() < 2) return std::nullopt;
  const auto type = ParseRelationType(name.substr(0, name.size() - 1));
  if (!type) return std::nullopt;
  const RelationClass relation_class{type, name.back() != '<'};
  if (RelationClassName(relation_class) != name) return std::nullopt;
  return relation_class;
}

RelationModel RelationModel::BuiltIn() {
  Result<RelationModel> model = Open(embedded::RelationModelBytes());
  MAILUO_CHECK(model.has_value());
  return *std::move(model);
}

std::uint64_t RelationModel::BuiltInVersion() {
  static const std::uint64_t version = StableHash64(embedded::RelationModelBytes());
  return version;
}

Result<RelationModel> RelationModel::Open(std::string_view bytes) {
  RelationModel model;
  if (bytes.empty()) return model;
  if (bytes.size() < kHeader || !bytes.starts_with(kMagic)) return Damaged("no header");
  if (ReadAt<std::uint32_t>(bytes, 4) != 1) return Damaged("unknown version");
  const auto classes = ReadAt<std::uint32_t>(bytes, 8);
  const auto log2_rows = ReadAt<std::uint32_t>(bytes, 12);
  model.scale_ = ReadAt<float>(bytes, 16);
  if (classes == 0 || classes > kMaxClasses || log2_rows < 1 || log2_rows > 24 || !std::isfinite(model.scale_)) {
    return Damaged("impossible sizes");
  }
  model.stride_ = (std::size_t{classes} + 31) / 32 * 32;
  const std::size_t rows = std::size_t{1} << log2_rows;
  const std::size_t names = kHeader + std::size_t{classes} * kNameBytes;
  if (bytes.size() < names + 8) return Damaged("too short");
  const auto kept = ReadAt<std::uint32_t>(bytes, names);
  if (kept == 0 || kept > 65535) return Damaged("impossible number of rows");
  if (bytes.size() != names + 8 + rows * 2 + kept * model.stride_) return Damaged("wrong length");
  for (std::size_t i = 0; i < classes; ++i) {
    const std::string_view field = bytes.substr(kHeader + i * kNameBytes, kNameBytes);
    const auto relation_class = ParseRelationClass(field.substr(0, field.find('\0')));
    if (!relation_class) return Damaged("unknown class");
    model.classes_.push_back(*relation_class);
  }
  model.shift_ = 32 - log2_rows;
  model.index_ = bytes.substr(names + 8, rows * 2);
  for (std::size_t row = 0; row < rows; ++row) {
    if (model.RowOf(row) >= kept) return Damaged("a row is out of range");
  }
  // The weights are single bytes: reading them as int8_t needs no alignment and breaks no aliasing rule.
  model.weights_ = reinterpret_cast<const std::int8_t*>(bytes.data() + names + 8 + rows * 2);
  return model;
}

std::size_t RelationModel::RowOf(std::size_t bucket) const {
  const auto low = static_cast<unsigned char>(index_[2 * bucket]);
  const auto high = static_cast<unsigned char>(index_[2 * bucket + 1]);
  return low | static_cast<std::size_t>(high) << 8;
}

void RelationModel::Score(const std::vector<std::uint32_t>& features, std::vector<float>& probabilities) const {
  // The rows first, for they lie all over the weights: each is on its way to the cache while others are looked up.
  std::vector<const std::int8_t*> rows;
  rows.reserve(features.size());
  for (const std::uint32_t feature : features) {
    const std::size_t number = RowOf(feature >> shift_);
    if (number == 0) continue;
    rows.push_back(weights_ + number * stride_);
    __builtin_prefetch(rows.back());
  }
  std::vector<std::int32_t> sums(stride_, 0);
  for (std::size_t lane = 0; lane < stride_; lane += kLanes) AddLanes(rows, lane, sums.data() + lane);
  const auto count = static_cast<std::ptrdiff_t>(classes_.size());
  const std::int32_t best = *std::max_element(sums.begin(), sums.begin() + count);
  probabilities.resize(classes_.size());
  float total = 0;
  for (std::size_t k = 0; k < classes_.size(); ++k) {
    probabilities[k] = std::exp(static_cast<float>(sums[k] - best) * scale_);
    total += probabilities[k];
  }
  for (float& probability : probabilities) probability /= total;
}

}  // namespace mailuo::extract
