#include "store/keys.h"

#include <algorithm>

#include "core/bytes.h"
#include "store/enums.h"

namespace mailuo::store {
namespace {

constexpr std::int32_t kDayBeforeFirst = -719163;  // 0000-12-31, so that 0001-01-01 has number 1.
constexpr std::uint32_t kDayMask = 0xFFFFFF;
constexpr std::size_t kEdgeKeySize = 1 + 8 + 8 + 1 + 1;
constexpr std::size_t kStateSize = 3 + 3 + 1;  // What the key of a state has beyond that of its edge.

// Builds one key.
class KeyWriter {
 public:
  KeyWriter(Space space, std::size_t size) : bytes_(key_) {
    key_.reserve(size + 1);
    bytes_.Byte(static_cast<std::uint8_t>(space));
  }
  KeyWriter& Entity(EntityId id) { return Fixed(id.value, 8); }
  KeyWriter& Event(EventId id) { return Fixed(id.value, 8); }
  KeyWriter& Article(const ArticleId& id) { return Fixed(id.high, 8).Fixed(id.low, 8); }
  KeyWriter& Day(std::uint32_t day) { return Fixed(kDayMask - day, 3); }
  KeyWriter& Place(const PostingPlace& place) {
    return Day(place.published).Article(place.article).Fixed(place.number, 2);
  }
  template <typename Enum>
  KeyWriter& Number(Enum value) {
    return Fixed(static_cast<std::uint8_t>(value), 1);
  }
  KeyWriter& Text(std::string_view text) {
    key_ += text;
    return *this;
  }
  KeyWriter& Fixed(std::uint64_t value, int bytes) {
    bytes_.Fixed(value, bytes);
    return *this;
  }
  std::string Take() { return std::move(key_); }

 private:
  std::string key_;
  ByteWriter bytes_;
};

// Takes one key apart; failed for good at the first thing that does not fit.
class KeyReader {
 public:
  KeyReader(std::string_view bytes, Space space) : bytes_(bytes) {
    if (bytes_.Byte() != static_cast<std::uint8_t>(space)) bytes_.Fail();
  }
  EntityId Entity() { return {bytes_.Fixed(8)}; }
  EventId Event() { return {bytes_.Fixed(8)}; }
  ArticleId Article() {
    const std::uint64_t high = bytes_.Fixed(8);
    return {high, bytes_.Fixed(8)};
  }
  std::uint32_t Day() {
    const std::uint32_t day = kDayMask - static_cast<std::uint32_t>(bytes_.Fixed(3));
    if (day > kMaxDayNumber) bytes_.Fail();
    return bytes_.ok() ? day : 0;
  }
  PostingPlace Place() {
    PostingPlace place;
    place.published = Day();
    place.article = Article();
    place.number = static_cast<std::uint16_t>(bytes_.Fixed(2));
    return place;
  }
  template <typename Enum>
  Enum Number(int max) {
    const std::uint8_t number = bytes_.Byte();
    if (number < 1 || number > max) bytes_.Fail();
    return static_cast<Enum>(bytes_.ok() ? number : 1);
  }
  MentionType Type() { return Number<MentionType>(kMentionTypeCount); }
  NameUse Use() { return Number<NameUse>(2); }
  EventType EventKind() { return Number<EventType>(kEventTypeCount); }
  RelationType RelationKind() { return Number<RelationType>(kRelationTypeCount); }
  ByteReader& bytes() { return bytes_; }

  template <typename Key>
  std::optional<Key> Done(Key key) const {
    if (!bytes_.Complete()) return std::nullopt;
    return key;
  }

 private:
  ByteReader bytes_;
};

}  // namespace

std::string_view SpaceName(Space space) {
  switch (space) {
    case Space::kArticle: return "article";
    case Space::kPublished: return "published";
    case Space::kName: return "name";
    case Space::kFolded: return "folded";
    case Space::kMention: return "mention";
    case Space::kTimeline: return "timeline";
    case Space::kDay: return "day";
    case Space::kEvent: return "event";
    case Space::kEdge: return "edge";
    case Space::kNeighbours: return "neighbours";
    case Space::kEvidence: return "evidence";
    case Space::kCooccur: return "cooccur";
    case Space::kTotals: return "totals";
    case Space::kSignature: return "signature";
    case Space::kBand: return "band";
  }
  return "unknown";
}

bool IsStorableDay(Date day) {
  return day.days > kDayBeforeFirst && day.days - kDayBeforeFirst <= static_cast<std::int32_t>(kMaxDayNumber);
}

std::uint32_t DayNumber(const std::optional<Date>& day) {
  if (!day) return 0;
  return static_cast<std::uint32_t>(
      std::clamp<std::int64_t>(std::int64_t{day->days} - kDayBeforeFirst, 1, std::int64_t{kMaxDayNumber}));
}

std::optional<Date> DayOfNumber(std::uint32_t number) {
  if (number == 0) return std::nullopt;
  return Date{static_cast<std::int32_t>(number) + kDayBeforeFirst};
}

std::uint16_t MonthNumber(const std::optional<Date>& day) {
  if (!day) return 0;
  const CivilDate civil = ToCivil(*day);
  return static_cast<std::uint16_t>(12 * civil.year + civil.month - 1);
}

std::uint32_t MonthBlock(const std::optional<Date>& day) {
  if (!day) return 0;
  const CivilDate civil = ToCivil(*day);
  return static_cast<std::uint32_t>(12 * civil.year + civil.month - 1);
}

std::uint16_t YearNumber(const std::optional<Date>& day) {
  return day ? static_cast<std::uint16_t>(ToCivil(*day).year) : std::uint16_t{0};
}

std::string ArticleKey(const ArticleId& id) {
  std::string key;
  ByteWriter bytes(key);
  bytes.Fixed(id.high, 8);
  bytes.Fixed(id.low, 8);
  return key;
}
std::string Encode(const PublishedKey& key) {
  return KeyWriter(Space::kPublished, 19).Day(key.published).Article(key.article).Take();
}
std::string Encode(const NameKey& key) {
  return KeyWriter(Space::kName, 10 + key.text.size())
      .Entity(key.entity)
      .Number(key.type)
      .Number(key.use)
      .Text(key.text)
      .Take();
}
std::string Encode(const FoldedKey& key) {
  return KeyWriter(Space::kFolded, 11 + key.text.size())
      .Text(key.text)
      .Fixed(0, 1)
      .Number(key.use)
      .Number(key.type)
      .Entity(key.entity)
      .Take();
}
std::string Encode(const MentionKey& key) {
  return KeyWriter(Space::kMention, 27).Entity(key.entity).Day(key.published).Article(key.article).Take();
}
std::string Encode(const TimelineKey& key) {
  return KeyWriter(Space::kTimeline, 40).Entity(key.entity).Day(key.day).Event(key.event).Place(key.place).Take();
}
std::string Encode(const DayKey& key) {
  return KeyWriter(Space::kDay, 33).Day(key.day).Number(key.type).Event(key.event).Place(key.place).Take();
}
std::string Encode(const EventKey& key) {
  return KeyWriter(Space::kEvent, 29).Event(key.event).Place(key.place).Take();
}
std::string Encode(const EdgeKey& key) {
  const auto& [head, type, tail] = key.edge;
  EdgeDirection direction = head <= tail ? EdgeDirection::kOut : EdgeDirection::kIn;
  if (Info(type).symmetric) direction = EdgeDirection::kBoth;
  return KeyWriter(Space::kEdge, 18)
      .Entity(std::min(head, tail))
      .Entity(std::max(head, tail))
      .Number(direction)
      .Number(type)
      .Take();
}
std::string Encode(const StateKey& key) {
  std::string bytes = Encode(EdgeKey{key.edge});
  bytes.reserve(kEdgeKeySize + kStateSize);
  ByteWriter writer(bytes);
  writer.Fixed(key.from, 3);
  writer.Fixed(key.to, 3);
  writer.Byte(static_cast<std::uint8_t>(key.status));
  return bytes;
}
std::string Encode(const NeighboursKey& key) {
  return KeyWriter(Space::kNeighbours, 11).Entity(key.entity).Fixed(kAllMonths - key.block, 3).Take();
}
std::string Encode(const EvidenceKey& key) {
  return KeyWriter(Space::kEvidence, 38)
      .Entity(key.edge.head)
      .Number(key.edge.type)
      .Entity(key.edge.tail)
      .Place(key.place)
      .Take();
}
std::string Encode(const CooccurKey& key) {
  return KeyWriter(Space::kCooccur, 10)
      .Entity(key.entity)
      .Fixed(static_cast<std::uint64_t>(0xFFFF - key.month), 2)
      .Take();
}
std::string Encode(const SignatureKey& key) {
  return KeyWriter(Space::kSignature, 19).Day(key.published).Article(key.article).Take();
}
std::string Encode(const BandKey& key) {
  return KeyWriter(Space::kBand, 27).Fixed(key.band, 8).Day(key.published).Article(key.article).Take();
}
std::string TotalsKey(std::uint16_t year) { return KeyWriter(Space::kTotals, 2).Fixed(year, 2).Take(); }

std::optional<ArticleId> ParseArticleKey(std::string_view bytes) {
  ByteReader reader(bytes);
  ArticleId id;
  id.high = reader.Fixed(8);
  id.low = reader.Fixed(8);
  if (!reader.Complete()) return std::nullopt;
  return id;
}
std::optional<PublishedKey> ParsePublishedKey(std::string_view bytes) {
  KeyReader reader(bytes, Space::kPublished);
  PublishedKey key;
  key.published = reader.Day();
  key.article = reader.Article();
  return reader.Done(key);
}
std::optional<NameKey> ParseNameKey(std::string_view bytes) {
  KeyReader reader(bytes, Space::kName);
  NameKey key;
  key.entity = reader.Entity();
  key.type = reader.Type();
  key.use = reader.Use();
  key.text = reader.bytes().Rest();
  return reader.Done(key);
}
std::optional<FoldedKey> ParseFoldedKey(std::string_view bytes) {
  KeyReader reader(bytes, Space::kFolded);
  FoldedKey key;
  const std::size_t end = bytes.find('\0');
  if (end == std::string_view::npos || end == 0) return std::nullopt;
  key.text = reader.bytes().Bytes(end - 1);
  reader.bytes().Byte();
  key.use = reader.Use();
  key.type = reader.Type();
  key.entity = reader.Entity();
  return reader.Done(key);
}
std::optional<MentionKey> ParseMentionKey(std::string_view bytes) {
  KeyReader reader(bytes, Space::kMention);
  MentionKey key;
  key.entity = reader.Entity();
  key.published = reader.Day();
  key.article = reader.Article();
  return reader.Done(key);
}
std::optional<TimelineKey> ParseTimelineKey(std::string_view bytes) {
  KeyReader reader(bytes, Space::kTimeline);
  TimelineKey key;
  key.entity = reader.Entity();
  key.day = reader.Day();
  key.event = reader.Event();
  key.place = reader.Place();
  return reader.Done(key);
}
std::optional<DayKey> ParseDayKey(std::string_view bytes) {
  KeyReader reader(bytes, Space::kDay);
  DayKey key;
  key.day = reader.Day();
  key.type = reader.EventKind();
  key.event = reader.Event();
  key.place = reader.Place();
  return reader.Done(key);
}
std::optional<EventKey> ParseEventKey(std::string_view bytes) {
  KeyReader reader(bytes, Space::kEvent);
  EventKey key;
  key.event = reader.Event();
  key.place = reader.Place();
  return reader.Done(key);
}
std::optional<EdgeKey> ParseEdgeKey(std::string_view bytes) {
  KeyReader reader(bytes, Space::kEdge);
  EdgeKey key;
  key.edge.head = reader.Entity();
  key.edge.tail = reader.Entity();
  const auto direction = reader.Number<EdgeDirection>(3);
  key.edge.type = reader.RelationKind();
  if (direction == EdgeDirection::kIn) std::swap(key.edge.head, key.edge.tail);
  // An edge has one key.
  if (Encode(key) != bytes) return std::nullopt;
  return reader.Done(key);
}
bool IsStateKey(std::string_view bytes) { return bytes.size() == kEdgeKeySize + kStateSize; }
std::optional<StateKey> ParseStateKey(std::string_view bytes) {
  if (!IsStateKey(bytes)) return std::nullopt;
  const auto edge = ParseEdgeKey(bytes.substr(0, kEdgeKeySize));
  if (!edge) return std::nullopt;
  ByteReader reader(bytes.substr(kEdgeKeySize));
  StateKey key;
  key.edge = edge->edge;
  key.from = static_cast<std::uint32_t>(reader.Fixed(3));
  key.to = static_cast<std::uint32_t>(reader.Fixed(3));
  key.status = static_cast<FactStatus>(reader.Byte());
  if (key.from > kMaxDayNumber || key.to > kMaxDayNumber || !IsKnown(key.status)) return std::nullopt;
  return key;
}
std::optional<NeighboursKey> ParseNeighboursKey(std::string_view bytes) {
  KeyReader reader(bytes, Space::kNeighbours);
  NeighboursKey key;
  key.entity = reader.Entity();
  key.block = kAllMonths - static_cast<std::uint32_t>(reader.bytes().Fixed(3));
  return reader.Done(key);
}
std::optional<EvidenceKey> ParseEvidenceKey(std::string_view bytes) {
  KeyReader reader(bytes, Space::kEvidence);
  EvidenceKey key;
  key.edge.head = reader.Entity();
  key.edge.type = reader.RelationKind();
  key.edge.tail = reader.Entity();
  key.place = reader.Place();
  return reader.Done(key);
}
std::optional<CooccurKey> ParseCooccurKey(std::string_view bytes) {
  KeyReader reader(bytes, Space::kCooccur);
  CooccurKey key;
  key.entity = reader.Entity();
  key.month = static_cast<std::uint16_t>(0xFFFF - reader.bytes().Fixed(2));
  return reader.Done(key);
}
std::optional<SignatureKey> ParseSignatureKey(std::string_view bytes) {
  KeyReader reader(bytes, Space::kSignature);
  SignatureKey key;
  key.published = reader.Day();
  key.article = reader.Article();
  return reader.Done(key);
}
std::optional<BandKey> ParseBandKey(std::string_view bytes) {
  KeyReader reader(bytes, Space::kBand);
  BandKey key;
  key.band = reader.bytes().Fixed(8);
  key.published = reader.Day();
  key.article = reader.Article();
  return reader.Done(key);
}
std::optional<std::uint16_t> ParseTotalsKey(std::string_view bytes) {
  KeyReader reader(bytes, Space::kTotals);
  const auto year = static_cast<std::uint16_t>(reader.bytes().Fixed(2));
  return reader.Done(year);
}

std::string SpacePrefix(Space space) {
  return space == Space::kArticle ? std::string() : std::string(1, static_cast<char>(space));
}
std::string EntityPrefix(Space space, EntityId entity) { return KeyWriter(space, 8).Entity(entity).Take(); }
std::string BandPrefix(std::uint64_t band) { return KeyWriter(Space::kBand, 8).Fixed(band, 8).Take(); }
std::string EventPrefix(EventId event) { return KeyWriter(Space::kEvent, 8).Event(event).Take(); }
std::string FoldedPrefix(std::string_view text) { return KeyWriter(Space::kFolded, text.size()).Text(text).Take(); }
std::string FoldedExactPrefix(std::string_view text) {
  return KeyWriter(Space::kFolded, text.size() + 1).Text(text).Fixed(0, 1).Take();
}
std::string EdgePrefix(EntityId a, EntityId b) {
  return KeyWriter(Space::kEdge, 16).Entity(std::min(a, b)).Entity(std::max(a, b)).Take();
}
std::string EvidencePrefix(const EdgeId& edge) {
  return KeyWriter(Space::kEvidence, 17).Entity(edge.head).Number(edge.type).Entity(edge.tail).Take();
}
std::string AtDay(std::string_view prefix, std::uint32_t day) {
  std::string key(prefix);
  ByteWriter(key).Fixed(kDayMask - day, 3);
  return key;
}
std::string After(std::string_view prefix) {
  std::string next(prefix);
  while (!next.empty() && next.back() == '\xFF') next.pop_back();
  if (!next.empty()) next.back() = static_cast<char>(static_cast<unsigned char>(next.back()) + 1);
  return next;
}

}  // namespace mailuo::store
