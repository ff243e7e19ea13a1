#include "store/records.h"

#include <algorithm>
#include <cmath>

#include "core/bytes.h"
#include "store/compress.h"
#include "store/enums.h"
#include "store/interval.h"

namespace mailuo::store {
namespace {

constexpr std::uint8_t kArticleVersion = 1;
constexpr std::uint8_t kEventVersion = 1;
constexpr std::uint8_t kMentionVersion = 1;
constexpr std::uint8_t kEvidenceVersion = 1;
constexpr std::uint8_t kPresenceVersion = 1;
constexpr int kMinutesPerDay = 1440;

// Every string of the article but the text, in record order.
template <typename ArticleRef>
auto MetaFields(ArticleRef& article) {
  return std::array{&article.title, &article.outlet,      &article.author,
                    &article.url,   &article.external_id, &article.source_path};
}

void WritePublished(ByteWriter& bytes, const Article& article) {
  bytes.Byte(static_cast<std::uint8_t>(article.published_from));
  bytes.Varint(article.published ? DayNumber(article.published->date) : 0);
  if (article.published) bytes.Signed(article.published->minute);
}

void ReadPublished(ByteReader& bytes, Article& article) {
  const auto from = static_cast<PublishedFrom>(bytes.Byte());
  if (!IsKnown(from)) return bytes.Fail();
  article.published_from = from;
  const auto day = DayOfNumber(static_cast<std::uint32_t>(bytes.Varint(kMaxDayNumber)));
  if (!day) return;
  const std::int64_t minute = bytes.Signed();
  if (minute < -1 || minute >= kMinutesPerDay) return bytes.Fail();
  article.published = PublishedTime{*day, static_cast<std::int16_t>(minute)};
}

// The record without the hash of it that ends it; failed if that does not fit.
ByteReader OpenArticle(std::string_view bytes) {
  constexpr std::size_t kHashSize = 8;
  if (bytes.size() < kHashSize) return ByteReader({});
  const std::string_view body = bytes.substr(0, bytes.size() - kHashSize);
  ByteReader hash(bytes.substr(body.size()));
  ByteReader reader(body);
  if (hash.Fixed(kHashSize) != StableHash64(body)) reader.Fail();
  return reader;
}

// The part of the record before the text; leaves `bytes` at the compressed text.
ArticleMeta ReadHead(ByteReader& bytes, const ArticleId& id, ContributionSum& sum, std::uint64_t& annotation_bytes) {
  ArticleMeta meta;
  if (bytes.Byte() != kArticleVersion) bytes.Fail();
  meta.article.id = id;
  for (std::string* field : MetaFields(meta.article)) *field = bytes.Text();
  ReadPublished(bytes, meta.article);
  for (std::uint32_t* count : {&meta.sentences, &meta.mentions, &meta.events, &meta.relations}) {
    *count = bytes.Varint32();
  }
  sum.changes = bytes.Varint32();
  sum.hash = bytes.Fixed(8);
  meta.text_bytes = bytes.Varint(kMaxTextBytes);
  annotation_bytes = bytes.Varint(kMaxAnnotationBytes);
  return meta;
}

void WriteFacts(ByteWriter& bytes, const EventFacts& facts) {
  bytes.Byte(static_cast<std::uint8_t>(facts.type));
  bytes.Byte(static_cast<std::uint8_t>(facts.status));
  bytes.Signed(facts.polarity);
  WriteInterval(bytes, facts.interval);
  bytes.Byte(static_cast<std::uint8_t>(facts.precision));
  bytes.Byte(static_cast<std::uint8_t>(facts.source));
  bytes.Varint(facts.sentence);
  bytes.Byte(facts.confidence);
}

EventFacts ReadFacts(ByteReader& bytes) {
  EventFacts facts;
  facts.type = ReadEnum<EventType>(bytes);
  facts.status = ReadEnum<FactStatus>(bytes);
  facts.polarity = ReadPolarity(bytes);
  facts.interval = ReadInterval(bytes);
  facts.precision = ReadEnum<DatePrecision>(bytes);
  facts.source = ReadEnum<EventTimeSource>(bytes);
  facts.sentence = bytes.Varint32();
  facts.confidence = bytes.Byte();
  return facts;
}

constexpr std::size_t kMinFactsSize = 8;

}  // namespace

std::string EncodeArticle(const StoredArticle& stored, const ContributionSum& sum) {
  const Article& article = stored.article;
  const Annotation& annotation = stored.annotation;
  const std::string annotation_bytes = EncodeAnnotation(annotation);
  const std::string packed_text = Compress(article.text);
  const std::string packed_annotation = Compress(annotation_bytes);
  std::string out;
  out.reserve(packed_text.size() + packed_annotation.size() + 512);
  ByteWriter bytes(out);
  bytes.Byte(kArticleVersion);
  for (const std::string* field : MetaFields(article)) bytes.Text(*field);
  WritePublished(bytes, article);
  for (const std::size_t count : {annotation.sentences.size(), annotation.mentions.size(), annotation.events.size(),
                                  annotation.relations.size()}) {
    bytes.Varint(count);
  }
  bytes.Varint(sum.changes);
  bytes.Fixed(sum.hash, 8);
  bytes.Varint(article.text.size());
  bytes.Varint(annotation_bytes.size());
  bytes.Text(packed_text);
  bytes.Text(packed_annotation);
  bytes.Fixed(StableHash64(out), 8);
  return out;
}

std::optional<ArticleRecord> DecodeArticle(const ArticleId& id, std::string_view bytes) {
  ByteReader reader = OpenArticle(bytes);
  ArticleRecord record;
  std::uint64_t annotation_bytes = 0;
  ArticleMeta meta = ReadHead(reader, id, record.sum, annotation_bytes);
  const std::string_view packed_text = reader.Text();
  const std::string_view packed_annotation = reader.Text();
  if (!reader.Complete()) return std::nullopt;
  auto text = Decompress(packed_text, meta.text_bytes);
  const auto annotation_text = Decompress(packed_annotation, annotation_bytes);
  if (!text || !annotation_text) return std::nullopt;
  auto annotation = DecodeAnnotation(*annotation_text);
  if (!annotation) return std::nullopt;
  record.stored.article = std::move(meta.article);
  record.stored.article.text = *std::move(text);
  record.stored.annotation = *std::move(annotation);
  return record;
}

std::optional<ArticleMeta> DecodeMeta(const ArticleId& id, std::string_view bytes) {
  ByteReader reader = OpenArticle(bytes);
  ContributionSum sum;
  std::uint64_t annotation_bytes = 0;
  ArticleMeta meta = ReadHead(reader, id, sum, annotation_bytes);
  if (!reader.ok()) return std::nullopt;
  return meta;
}

std::string EncodeEventFacts(const EventFacts& facts) {
  std::string out;
  ByteWriter bytes(out);
  bytes.Byte(kEventVersion);
  WriteFacts(bytes, facts);
  return out;
}

std::optional<EventFacts> DecodeEventFacts(std::string_view bytes) {
  ByteReader reader(bytes);
  if (reader.Byte() != kEventVersion) return std::nullopt;
  const EventFacts facts = ReadFacts(reader);
  if (!reader.Complete()) return std::nullopt;
  return facts;
}

std::string EncodeMentionFacts(const MentionFacts& facts) {
  std::string out;
  ByteWriter bytes(out);
  bytes.Byte(kMentionVersion);
  bytes.Varint(facts.mentions);
  bytes.Varint(facts.sentences.size());
  std::uint32_t previous = 0;
  for (const std::uint32_t sentence : facts.sentences) {
    bytes.Varint(sentence - previous);
    previous = sentence;
  }
  bytes.Varint(facts.events.size());
  for (const MentionFacts::EventRef& ref : facts.events) {
    bytes.Varint(ref.number);
    bytes.Fixed(ref.event.value, 8);
    WriteFacts(bytes, ref.facts);
  }
  return out;
}

std::optional<MentionFacts> DecodeMentionFacts(std::string_view bytes) {
  ByteReader reader(bytes);
  if (reader.Byte() != kMentionVersion) return std::nullopt;
  MentionFacts facts;
  facts.mentions = reader.Varint32();
  facts.sentences.resize(reader.Count(1));
  std::uint64_t sentence = 0;
  for (std::size_t i = 0; i < facts.sentences.size(); ++i) {
    const std::uint64_t distance = reader.Varint(UINT32_MAX);
    sentence += distance;
    if ((i > 0 && distance == 0) || sentence > UINT32_MAX) reader.Fail();
    facts.sentences[i] = static_cast<std::uint32_t>(sentence);
  }
  facts.events.resize(reader.Count(9 + kMinFactsSize));
  for (MentionFacts::EventRef& ref : facts.events) {
    ref.number = reader.Varint32();
    ref.event = {reader.Fixed(8)};
    ref.facts = ReadFacts(reader);
  }
  if (!reader.Complete()) return std::nullopt;
  return facts;
}

std::string EncodeEvidenceFacts(const EvidenceFacts& facts) {
  std::string out;
  ByteWriter bytes(out);
  bytes.Byte(kEvidenceVersion);
  bytes.Varint(facts.sentence);
  bytes.Byte(static_cast<std::uint8_t>(facts.status));
  bytes.Byte(facts.confidence);
  WriteInterval(bytes, facts.valid);
  return out;
}

std::optional<EvidenceFacts> DecodeEvidenceFacts(std::string_view bytes) {
  ByteReader reader(bytes);
  if (reader.Byte() != kEvidenceVersion) return std::nullopt;
  EvidenceFacts facts;
  facts.sentence = reader.Varint32();
  facts.status = ReadEnum<FactStatus>(reader);
  facts.confidence = reader.Byte();
  facts.valid = ReadInterval(reader);
  if (!reader.Complete()) return std::nullopt;
  return facts;
}

std::string EncodePresence() { return std::string(1, static_cast<char>(kPresenceVersion)); }
bool DecodePresence(std::string_view bytes) {
  return bytes.size() == 1 && static_cast<std::uint8_t>(bytes[0]) == kPresenceVersion;
}

std::uint8_t Hundredths(float confidence) {
  if (!(confidence > 0)) return 0;  // NaN as well.
  return static_cast<std::uint8_t>(std::lround(std::min(confidence, 1.0F) * 100));
}
float FromHundredths(std::uint8_t hundredths) { return static_cast<float>(hundredths) / 100; }

}  // namespace mailuo::store
