// Key encodings: the only place that builds or parses a key. docs/STORE_FORMAT.md has the same table with examples, and
// tests/store/keys_test.cc pins the bytes. A change here is a change of kFormatVersion.
//
//   space      key                                                              sorted by
//   article    article:16                                                       id
//   published  ~day:3 article:16                                                newest publication first, undated last
//   name       entity:8 type:1 use:1 text                                       entity
//   folded     text 00 use:1 type:1 entity:8                                    folded text
//   mention    entity:8 ~published:3 article:16                                 entity, newest publication first
//   timeline   entity:8 ~day:3 event:8 ~published:3 article:16 number:2         entity, newest event first, event
//   day        ~day:3 type:1 event:8 ~published:3 article:16 number:2           newest event first, type, event
//   event      event:8 ~published:3 article:16 number:2                         event
//   edge       entity:8 other:8 direction:1 type:1                              the two ends, the smaller first
//   state      entity:8 other:8 direction:1 type:1 from:3 to:3 status:1         right behind their edge
//   neighbours entity:8 ~block:3                                                entity: of all days, then newest month
//                                                                               first, undated last
//   evidence   head:8 type:1 tail:8 ~published:3 article:16 number:2            edge, newest publication first
//   cooccur    entity:8 ~month:2                                                entity, newest month first, undated
//                                                                               last
//   totals     year:2                                                           year, undated first
//   signature  ~published:3 article:16                                          newest publication first, undated last
//   band       band:8 ~published:3 article:16                                   band, newest publication first
//
// Integers are big-endian, so byte order is value order; ~ is the complement. A day is DayNumber, 24 bits.
// A key begins with the byte of its space; only the article space has none, as it is stored apart.
// Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/date.h"
#include "core/ids.h"
#include "core/types.h"
#include "store/postings.h"

namespace mailuo::store {

inline constexpr std::uint32_t kFormatVersion = 4;
// Articles, journal and adopted names are the same since then: a graph can be made anew from them.
inline constexpr std::uint32_t kOldestFormatToRebuild = 2;

// Frozen: the first byte of a key.
enum class Space : std::uint8_t {
  kArticle = 0,
  kPublished = 'P',
  kName = 'A',
  kFolded = 'F',
  kMention = 'M',
  kTimeline = 'T',
  kDay = 'D',
  kEvent = 'V',
  kEdge = 'S',
  kNeighbours = 'N',
  kEvidence = 'R',
  kCooccur = 'C',
  kTotals = 'O',
  kSignature = 'G',
  kBand = 'B',
};
std::string_view SpaceName(Space space);
// Values of these spaces are added up (sums.h): neighbour lists and tallies; the others are written whole.
constexpr bool IsTallySpace(Space space) {
  return space == Space::kName || space == Space::kFolded || space == Space::kEdge || space == Space::kNeighbours ||
         space == Space::kCooccur || space == Space::kTotals;
}

// A day as a number of 24 bits: 0 for no day, 1 for 0001-01-01, 3652059 for 9999-12-31.
inline constexpr std::uint32_t kMaxDayNumber = 3652059;
// A day outside these years counts as the nearest inside (a filter may say anything; articles are checked on the way
// in).
std::uint32_t DayNumber(const std::optional<Date>& day);
std::optional<Date> DayOfNumber(std::uint32_t number);  // REQUIRES: number <= kMaxDayNumber
bool IsStorableDay(Date day);
// A month as a number of 16 bits: 0 for none, else 12 * year + month - 1.
std::uint16_t MonthNumber(const std::optional<Date>& day);
// The same in 24 bits, as far as years go.
std::uint32_t MonthBlock(const std::optional<Date>& day);
std::uint16_t YearNumber(const std::optional<Date>& day);  // 0 for none.

// The end of every key of a report or statement.
struct PostingPlace {
  std::uint32_t published = 0;  // DayNumber.
  ArticleId article;
  std::uint16_t number = 0;
  friend bool operator==(const PostingPlace&, const PostingPlace&) = default;
};

struct PublishedKey {
  std::uint32_t published = 0;
  ArticleId article;
};
struct NameKey {
  EntityId entity;
  MentionType type = MentionType::kCompany;
  NameUse use = NameUse::kName;
  std::string_view text;  // Into the parsed key.
};
struct FoldedKey {
  std::string_view text;  // Holds no NUL. Into the parsed key.
  NameUse use = NameUse::kName;
  MentionType type = MentionType::kCompany;
  EntityId entity;
};
struct MentionKey {
  EntityId entity;
  std::uint32_t published = 0;
  ArticleId article;
};
struct TimelineKey {
  EntityId entity;
  std::uint32_t day = 0;
  EventId event;
  PostingPlace place;
};
struct DayKey {
  std::uint32_t day = 0;
  EventType type = EventType::kAcquisition;
  EventId event;
  PostingPlace place;
};
struct EventKey {
  EventId event;
  PostingPlace place;
};
struct EdgeKey {
  EdgeId edge;  // Ends of a symmetric type in ascending order.
};
// The statements of an edge that say the same of the state that it is. In the space of edges, its key the edge's and
// more.
struct StateKey {
  EdgeId edge;
  std::uint32_t from = 0;  // DayNumbers of the interval of validity; 0 for an end that it does not have.
  std::uint32_t to = 0;
  FactStatus status = FactStatus::kOccurred;
};
// The neighbour list of one month, of the undated (block 0), or of everything (kAllMonths).
inline constexpr std::uint32_t kAllMonths = 0xFFFFFF;
struct NeighboursKey {
  EntityId entity;
  std::uint32_t block = kAllMonths;  // MonthBlock or kAllMonths.
};
struct EvidenceKey {
  EdgeId edge;
  PostingPlace place;
};
struct CooccurKey {
  EntityId entity;
  std::uint16_t month = 0;
};

struct SignatureKey {
  std::uint32_t published = 0;
  ArticleId article;
};
struct BandKey {
  std::uint64_t band = 0;  // Of a signature (story/signature.h).
  std::uint32_t published = 0;
  ArticleId article;
};

std::string ArticleKey(const ArticleId& id);
std::string Encode(const PublishedKey& key);
std::string Encode(const NameKey& key);
std::string Encode(const FoldedKey& key);
std::string Encode(const MentionKey& key);
std::string Encode(const TimelineKey& key);
std::string Encode(const DayKey& key);
std::string Encode(const EventKey& key);
std::string Encode(const EdgeKey& key);
std::string Encode(const StateKey& key);
std::string Encode(const NeighboursKey& key);
std::string Encode(const EvidenceKey& key);
std::string Encode(const CooccurKey& key);
std::string Encode(const SignatureKey& key);
std::string Encode(const BandKey& key);
std::string TotalsKey(std::uint16_t year);

// Nothing for bytes that are no key of the space. They read nothing outside `bytes`.
std::optional<ArticleId> ParseArticleKey(std::string_view bytes);
std::optional<PublishedKey> ParsePublishedKey(std::string_view bytes);
std::optional<NameKey> ParseNameKey(std::string_view bytes);
std::optional<FoldedKey> ParseFoldedKey(std::string_view bytes);
std::optional<MentionKey> ParseMentionKey(std::string_view bytes);
std::optional<TimelineKey> ParseTimelineKey(std::string_view bytes);
std::optional<DayKey> ParseDayKey(std::string_view bytes);
std::optional<EventKey> ParseEventKey(std::string_view bytes);
std::optional<EdgeKey> ParseEdgeKey(std::string_view bytes);
std::optional<StateKey> ParseStateKey(std::string_view bytes);
bool IsStateKey(std::string_view bytes);  // By its size: of the keys of the space of edges.
std::optional<NeighboursKey> ParseNeighboursKey(std::string_view bytes);
std::optional<EvidenceKey> ParseEvidenceKey(std::string_view bytes);
std::optional<CooccurKey> ParseCooccurKey(std::string_view bytes);
std::optional<SignatureKey> ParseSignatureKey(std::string_view bytes);
std::optional<BandKey> ParseBandKey(std::string_view bytes);
std::optional<std::uint16_t> ParseTotalsKey(std::string_view bytes);

// Prefixes: what all keys of a question begin with.
std::string SpacePrefix(Space space);
std::string EntityPrefix(Space space, EntityId entity);  // name, mention, timeline, neighbours, cooccur
std::string BandPrefix(std::uint64_t band);              // band
std::string EventPrefix(EventId event);                  // event
std::string FoldedPrefix(std::string_view text);         // folded: texts that begin with it
std::string FoldedExactPrefix(std::string_view text);    // folded: this text
std::string EdgePrefix(EntityId a, EntityId b);          // edge, state: those between two, either way round
std::string EvidencePrefix(const EdgeId& edge);
// `prefix` and a complemented day: the first key of that day in spaces whose keys go on with ~day.
std::string AtDay(std::string_view prefix, std::uint32_t day);
// The smallest string above every string that begins with `prefix`; "" if there is none.
std::string After(std::string_view prefix);

}  // namespace mailuo::store
