// Any bytes as any record or key of the store: decoders refuse or give something that encodes again. The first byte
// says which decoder.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "store/keys.h"
#include "store/neighbour_list.h"
#include "store/records.h"
#include "store/tally.h"

namespace {

using namespace mailuo::store;  // NOLINT(google-build-using-namespace)

void Require(bool condition) {
  if (!condition) std::abort();
}

void TryKeys(std::string_view bytes) {
  if (const auto key = ParseTimelineKey(bytes)) Require(Encode(*key) == bytes);
  if (const auto key = ParseDayKey(bytes)) Require(Encode(*key) == bytes);
  if (const auto key = ParseEventKey(bytes)) Require(Encode(*key) == bytes);
  if (const auto key = ParseEvidenceKey(bytes)) Require(Encode(*key) == bytes);
  if (const auto key = ParseEdgeKey(bytes)) Require(Encode(*key) == bytes);
  if (const auto key = ParseStateKey(bytes)) Require(Encode(*key) == bytes);
  if (const auto key = ParseNeighboursKey(bytes)) Require(Encode(*key) == bytes);
  if (const auto key = ParseMentionKey(bytes)) Require(Encode(*key) == bytes);
  if (const auto key = ParseNameKey(bytes)) Require(Encode(*key) == bytes);
  if (const auto key = ParseFoldedKey(bytes)) Require(Encode(*key) == bytes);
  if (const auto key = ParsePublishedKey(bytes)) Require(Encode(*key) == bytes);
  if (const auto key = ParseCooccurKey(bytes)) Require(Encode(*key) == bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 8) {
    case 0: TryKeys(bytes); break;
    case 1:
      if (const auto facts = DecodeEventFacts(bytes)) Require(DecodeEventFacts(EncodeEventFacts(*facts)) == facts);
      break;
    case 2:
      if (const auto facts = DecodeMentionFacts(bytes))
        Require(DecodeMentionFacts(EncodeMentionFacts(*facts)) == facts);
      break;
    case 3:
      if (const auto facts = DecodeEvidenceFacts(bytes)) {
        Require(DecodeEvidenceFacts(EncodeEvidenceFacts(*facts)) == facts);
      }
      break;
    case 4:
      if (const auto tally = DecodeTally(bytes)) Require(EncodeTally(*tally) == bytes);
      break;
    case 5:
      if (const auto annotation = DecodeAnnotation(bytes)) {
        const std::string again = EncodeAnnotation(*annotation);
        Require(EncodeAnnotation(*DecodeAnnotation(again)) == again);
      }
      break;
    case 6:
      if (const auto rows = DecodeNeighbours(bytes)) Require(EncodeNeighbours(*rows) == bytes);
      break;
    default: {
      (void)DecodeArticle({1, 1}, bytes);
      (void)DecodeMeta({1, 1}, bytes);
    }
  }
  return 0;
}
