#include "store/signature_record.h"

#include "core/bytes.h"

namespace mailuo::store {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::uint32_t kMinutes = 24 * 60;
constexpr unsigned kWeightBits = 4;
static_assert(story::kMaxFeatureWeight < 1U << kWeightBits);

void ReadFeatures(ByteReader& bytes, std::vector<story::Feature>& features) {
  const std::size_t count = bytes.Varint(story::kMaxFeatures);
  std::uint64_t next = 0;  // The smallest id that may come.
  for (std::size_t i = 0; i < count && bytes.ok(); ++i) {
    const std::uint64_t packed = bytes.Varint(std::uint64_t{1} << (story::kFeatureBits + kWeightBits));
    const std::uint64_t id = next + (packed >> kWeightBits);
    const auto weight = static_cast<std::uint8_t>(packed & story::kMaxFeatureWeight);
    if (weight == 0 || id >= std::uint64_t{1} << story::kFeatureBits) return bytes.Fail();
    features.push_back({static_cast<std::uint32_t>(id), weight});
    next = id + 1;
  }
}

void ReadSketch(ByteReader& bytes, std::vector<std::uint32_t>& sketch) {
  const std::size_t count = bytes.Varint(story::kMaxSketch);
  for (std::size_t i = 0; i < count && bytes.ok(); ++i) {
    const auto hash = static_cast<std::uint32_t>(bytes.Fixed(4));
    if (!sketch.empty() && hash <= sketch.back()) return bytes.Fail();
    sketch.push_back(hash);
  }
}

}  // namespace

std::string EncodeSignatureFacts(const SignatureFacts& facts) {
  std::string out;
  ByteWriter bytes(out);
  bytes.Byte(kVersion);
  bytes.Varint(static_cast<std::uint64_t>(facts.minute + 1));
  bytes.Varint(facts.signature.features.size());
  std::uint32_t next = 0;
  for (const story::Feature& feature : facts.signature.features) {
    bytes.Varint(std::uint64_t{feature.id - next} << kWeightBits | feature.weight);
    next = feature.id + 1;
  }
  bytes.Varint(facts.signature.runs);
  bytes.Varint(facts.signature.sketch.size());
  for (const std::uint32_t hash : facts.signature.sketch) bytes.Fixed(hash, 4);
  for (const std::uint64_t band : facts.signature.bands) bytes.Fixed(band, 8);
  return out;
}

std::optional<SignatureFacts> DecodeSignatureFacts(std::string_view record) {
  ByteReader bytes(record);
  if (bytes.Byte() != kVersion) return std::nullopt;
  SignatureFacts facts;
  facts.minute = static_cast<std::int16_t>(static_cast<int>(bytes.Varint(kMinutes)) - 1);
  ReadFeatures(bytes, facts.signature.features);
  facts.signature.runs = bytes.Varint32();
  ReadSketch(bytes, facts.signature.sketch);
  for (std::uint64_t& band : facts.signature.bands) band = bytes.Fixed(8);
  if (!bytes.Complete()) return std::nullopt;
  return facts;
}

}  // namespace mailuo::store
