// What the store hands out beside whole articles: small values that say where a fact is, enough to filter, group and
// order facts without opening the article. Quotes and participants come from the article's Annotation, which
// `article` and `number` point into.
// Thread safety: value types.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/annotation.h"
#include "core/article.h"
#include "core/date.h"
#include "core/ids.h"
#include "core/types.h"
#include "story/signature.h"

namespace mailuo::store {

// The unit of writing: an article and what extraction found in it.
struct StoredArticle {
  Article article;
  Annotation annotation;
};

// An article without its text and annotation.
struct ArticleMeta {
  Article article;  // `text` is empty.
  std::uint64_t text_bytes = 0;
  std::uint32_t sentences = 0;  // Sizes of the annotation's lists.
  std::uint32_t mentions = 0;
  std::uint32_t events = 0;
  std::uint32_t relations = 0;
};

// An article in publication order.
struct ArticleRef {
  ArticleId article;
  std::optional<Date> published;
};

// One report of an event: event number `number` of `article`.
struct EventPosting {
  EventId event;  // Reports of one happening share it (event_key.h).
  ArticleId article;
  std::uint32_t number = 0;  // Index into Annotation::events.
  EventType type = EventType::kAcquisition;
  FactStatus status = FactStatus::kOccurred;
  std::int8_t polarity = 0;
  std::optional<Date> published;  // Of the article.
  DateInterval interval;          // When it happened; both ends empty where nothing is known.
  DatePrecision precision = DatePrecision::kDay;
  EventTimeSource source = EventTimeSource::kNone;
  std::uint32_t sentence = 0;
  // As extracted, rounded to hundredths: filters and ranking only.
  float confidence = 0;

  // The day that timelines order by: the first day of the interval, or its last where the start is open; nothing for
  // an event without a time.
  std::optional<Date> day() const { return interval.from ? interval.from : interval.to; }
};

inline constexpr std::size_t kMaxGroupArticles = 64;

// Reports of one happening, folded.
struct EventGroup {
  EventId event;
  std::optional<Date> day;
  std::uint64_t reports = 0;            // Articles that tell it and passed the filter.
  std::optional<Date> first_published;  // Nothing when no report has a publication day.
  EventPosting best;                   // Highest confidence, then first published, then smallest article id and number.
  std::vector<EventPosting> evidence;  // In the order of the walk, at most `max_evidence`.
  std::vector<ArticleRef> articles;    // That tell it, in the order of the walk, at most kMaxGroupArticles.
};

// An article that has nearly the same text as another one.
struct CopyRef {
  ArticleId article;
  std::optional<Date> published;
};

// What stories are made from.
struct SignedArticle {
  ArticleId article;
  Date published;
  std::vector<story::Feature> features;
};

// The articles published on one day, told apart from any other set of articles.
struct DayOfArticles {
  Date day;
  std::uint64_t articles = 0;
  std::uint64_t fingerprint = 0;  // A sum over the articles, so that order does not matter.
  friend bool operator==(const DayOfArticles&, const DayOfArticles&) = default;
};

// One entity in one article.
struct MentionPosting {
  ArticleId article;
  std::optional<Date> published;
  std::uint32_t mentions = 0;            // 0: known only from outside the text (title) as a participant.
  std::vector<std::uint32_t> sentences;  // Ascending, distinct.
};

// Counts over the articles that the reader sees (as of its day).
struct EntityCounts {
  std::uint64_t articles = 0;
  std::uint64_t sentences = 0;  // With at least one mention.
  std::uint64_t mentions = 0;
  std::uint64_t events = 0;     // Event reports it takes part in.
  std::uint64_t relations = 0;  // Relation statements it is an end of.
};

// A written form, with the number of articles that use it.
struct NameSeen {
  std::string text;
  std::uint64_t articles = 0;
  friend bool operator==(const NameSeen&, const NameSeen&) = default;
};

struct EntityRecord {
  EntityId id;
  MentionType type = MentionType::kCompany;
  std::string name;  // Canonical: the one that most articles resolved to, then the smallest in byte order.
  EntityCounts counts;
  std::optional<Date> first_published;
  std::optional<Date> last_published;
  std::vector<NameSeen> names;    // As written in texts, most used first, then by bytes.
  std::vector<NameSeen> tickers;  // CODE.EXCHANGE; the same order.
};

enum class NameUse : std::uint8_t { kName = 1, kTicker = 2 };

// A folded name seen in the corpus, and an entity that it stood for.
struct NameMatch {
  std::string key;  // Folded.
  NameUse use = NameUse::kName;
  EntityId entity;
  MentionType type = MentionType::kCompany;
  std::uint64_t articles = 0;
};

// kOut: the asked entity is the head. A symmetric relation has no direction: it is kBoth from either end.
enum class EdgeDirection : std::uint8_t { kOut = 1, kIn = 2, kBoth = 3 };

// (head, type, tail). Of a symmetric relation, whichever end comes first: the store orders them.
struct EdgeId {
  EntityId head;
  RelationType type = RelationType::kAcquires;
  EntityId tail;
  friend bool operator==(const EdgeId&, const EdgeId&) = default;
};

inline constexpr std::size_t kStatusSlots = 6;  // FactStatus numbers 1..5; slot 0 unused.

// Statements of one edge that say the same of the state that it is, on one day: that it began or ended.
struct StateTold {
  std::optional<Date> published;
  FactStatus status = FactStatus::kOccurred;  // kOccurred or kTerminated.
  DateInterval valid;                         // Empty only with kTerminated.
};

// All statements of one edge, seen from one end.
struct EdgeSummary {
  EdgeId edge;  // As stored; `other` and `direction` tell how it looks from the asked entity.
  EntityId other;
  EdgeDirection direction = EdgeDirection::kOut;
  std::uint64_t statements = 0;
  std::array<std::uint64_t, kStatusSlots> by_status{};
  std::optional<Date> first_published;
  std::optional<Date> last_published;
  float best_confidence = 0;              // Rounded to hundredths.
  std::optional<Date> best_published;     // The first day with a statement of that confidence; nothing: an undated one.
  std::optional<FactStatus> last_status;  // Of the statements published last; nothing where they differ.
  // Of an edge that is a state, what opens and closes it, in the order of publication; within a day in the order of
  // what it tells of: a start by its day, an end by its, a start before an end.
  std::vector<StateTold> told;
};

// The same without its days, for looking through all edges of an entity.
struct AdjacentEdge {
  EntityId other;
  RelationType type = RelationType::kAcquires;
  EdgeDirection direction = EdgeDirection::kOut;
  float best_confidence = 0;  // Rounded to hundredths.
  std::uint64_t statements = 0;
};

// One statement of an edge: relation number `number` of `article`.
struct EdgeEvidence {
  EdgeId edge;
  ArticleId article;
  std::uint32_t number = 0;  // Index into Annotation::relations.
  std::optional<Date> published;
  std::uint32_t sentence = 0;
  FactStatus status = FactStatus::kOccurred;
  float confidence = 0;  // Rounded to hundredths.
  DateInterval valid;    // Where the statement says since or until when; empty otherwise.
};

// Entities of one article or one sentence. Of a very long article only its kMaxCooccurring most mentioned entities
// count (contribution.h).
struct Cooccurrence {
  EntityId other;
  std::uint64_t articles = 0;
  std::uint64_t sentences = 0;
};

// Sums over the articles that the reader sees.
struct Totals {
  std::uint64_t articles = 0;
  std::uint64_t sentences = 0;
  std::uint64_t mentions = 0;
  std::uint64_t events = 0;     // Reports; distinct events: Reader::CountDistinct.
  std::uint64_t relations = 0;  // Statements; distinct edges: Reader::CountDistinct.
  std::optional<Date> first_published;
  std::optional<Date> last_published;
};

struct DistinctCounts {
  std::uint64_t entities = 0;
  std::array<std::uint64_t, kMentionTypeCount + 1> entities_by_type{};  // By MentionType number.
  std::uint64_t events = 0;
  std::array<std::uint64_t, kEventTypeCount + 1> events_by_type{};  // By EventType number.
  std::uint64_t edges = 0;
  std::array<std::uint64_t, kRelationTypeCount + 1> edges_by_type{};  // By RelationType number.
};

}  // namespace mailuo::store
