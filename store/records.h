// Value encodings. The first byte of every record is its version. Decoders take any bytes: a damaged record is nothing,
// never a crash, an endless loop or more memory than the limits here. docs/STORE_FORMAT.md shows the bytes.
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/annotation.h"
#include "core/ids.h"
#include "store/postings.h"

namespace mailuo::store {

// Limits of what is stored: beyond them Put refuses, and decoders take the record for damaged.
inline constexpr std::uint64_t kMaxTextBytes = std::uint64_t{64} << 20;
inline constexpr std::uint64_t kMaxAnnotationBytes = std::uint64_t{256} << 20;

// What an article put into the other spaces: the reverse record. With the article and the annotation it is exact,
// because the contribution is a pure function of them (contribution.h); the sum proves that the function is still the
// same.
struct ContributionSum {
  std::uint32_t changes = 0;
  std::uint64_t hash = 0;  // Sum over the changes of the hash of key and value; order does not matter.
  friend bool operator==(const ContributionSum&, const ContributionSum&) = default;
};

struct ArticleRecord {
  StoredArticle stored;
  ContributionSum sum;
};

std::string EncodeArticle(const StoredArticle& stored, const ContributionSum& sum);
// The id is that of the key: the record does not repeat it.
std::optional<ArticleRecord> DecodeArticle(const ArticleId& id, std::string_view bytes);
std::optional<ArticleMeta> DecodeMeta(const ArticleId& id, std::string_view bytes);

// The annotation alone, uncompressed.
std::string EncodeAnnotation(const Annotation& annotation);
std::optional<Annotation> DecodeAnnotation(std::string_view bytes);

// What a posting says beside its key. EventPosting without event, article, number and published.
struct EventFacts {
  EventType type = EventType::kAcquisition;
  FactStatus status = FactStatus::kOccurred;
  std::int8_t polarity = 0;
  DateInterval interval;
  DatePrecision precision = DatePrecision::kDay;
  EventTimeSource source = EventTimeSource::kNone;
  std::uint32_t sentence = 0;
  std::uint8_t confidence = 0;  // Hundredths.
  friend bool operator==(const EventFacts&, const EventFacts&) = default;
};
std::string EncodeEventFacts(const EventFacts& facts);
std::optional<EventFacts> DecodeEventFacts(std::string_view bytes);

// Of the mention space: the entity in one article, with the events there that it takes part in.
struct MentionFacts {
  struct EventRef {
    std::uint32_t number = 0;
    EventId event;
    EventFacts facts;
    friend bool operator==(const EventRef&, const EventRef&) = default;
  };
  std::uint32_t mentions = 0;
  std::vector<std::uint32_t> sentences;  // Ascending, distinct.
  std::vector<EventRef> events;          // Ascending numbers.
  friend bool operator==(const MentionFacts&, const MentionFacts&) = default;
};
std::string EncodeMentionFacts(const MentionFacts& facts);
std::optional<MentionFacts> DecodeMentionFacts(std::string_view bytes);

struct EvidenceFacts {
  std::uint32_t sentence = 0;
  FactStatus status = FactStatus::kOccurred;
  std::uint8_t confidence = 0;  // Hundredths.
  DateInterval valid;
  friend bool operator==(const EvidenceFacts&, const EvidenceFacts&) = default;
};
std::string EncodeEvidenceFacts(const EvidenceFacts& facts);
std::optional<EvidenceFacts> DecodeEvidenceFacts(std::string_view bytes);

// The value of keys that say all there is to say.
std::string EncodePresence();
bool DecodePresence(std::string_view bytes);

// 0..1 to hundredths, and back.
std::uint8_t Hundredths(float confidence);
float FromHundredths(std::uint8_t hundredths);

}  // namespace mailuo::store
