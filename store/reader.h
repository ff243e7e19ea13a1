// Reading the graph: one unchanging state of the store, as of one publication day.
//
// With as_of, only articles published on or before that day count, in everything a reader answers: postings, counts,
// names, summaries, first and last days. Articles without a publication day are seen only without as_of: nothing proves
// that they were known. (A guess from the file's time, PublishedFrom::kMtime, is a publication day here; what it is
// worth is for the caller to say.)
//
// Pages: `resume` of a page is an opaque printable key, empty at the end; the same call with it goes on right after the
// last item. It names a position, not a snapshot: it stays valid in any later state, where items that appeared behind
// the position are not seen and none is seen twice. A resume of another question is kInvalidArgument.
//
// Operations on entities (operations.h) hold in everything but what says otherwise: two that were merged are one, with
// one timeline and one count, and the id that went away is unknown. They hold as of every day.
//
// Errors of every method: kCorruption (a damaged record; the message names the key), kIo.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.h"
#include "core/ids.h"
#include "core/result.h"
#include "core/types.h"
#include "store/operations.h"
#include "store/postings.h"
#include "store/resolution.h"

namespace mailuo::store {

namespace internal {
class View;
}

enum class Order : std::uint8_t { kNewestFirst, kOldestFirst };
enum class TimeField : std::uint8_t { kEvent, kPublished };

// A set over a frozen enum whose numbers are below 64. Empty means: all.
template <typename Enum>
class EnumSet {
 public:
  constexpr EnumSet() = default;
  constexpr EnumSet(std::initializer_list<Enum> values) {
    for (const Enum value : values) Add(value);
  }
  constexpr void Add(Enum value) { bits_ |= std::uint64_t{1} << static_cast<unsigned>(value); }
  constexpr bool empty() const { return bits_ == 0; }
  // True for every value of an empty set.
  constexpr bool Admits(Enum value) const { return bits_ == 0 || (bits_ >> static_cast<unsigned>(value) & 1) != 0; }

 private:
  std::uint64_t bits_ = 0;
};

template <typename T>
struct Page {
  std::vector<T> items;
  std::string resume;  // Empty: nothing follows.
};

// Which event reports. `from` and `to` are inclusive and refer to `field`: the day that EventPosting::day() gives, or
// the publication day. With either of them, reports without such a day are left out; without, they come last when
// newest first and first when oldest first.
struct EventFilter {
  TimeField field = TimeField::kEvent;
  Order order = Order::kNewestFirst;
  std::optional<Date> from;
  std::optional<Date> to;
  EnumSet<EventType> types;
  EnumSet<FactStatus> statuses;
  float min_confidence = 0;
};

// A range of publication days, inclusive; empty ends are open. With either end, undated articles are left out.
struct PublishedRange {
  std::optional<Date> from;
  std::optional<Date> to;
};

struct EdgeFilter {
  EnumSet<RelationType> types;
  EnumSet<EdgeDirection> directions;  // A symmetric relation passes whatever is asked.
  std::optional<EntityId> other;      // Only edges with it: one seek.
  EnumSet<FactStatus> statuses;       // Statements that count; an edge without any is left out.
  PublishedRange published;           // Statements that count.

  bool Admits(RelationType type, EdgeDirection direction) const {
    return types.Admits(type) && (direction == EdgeDirection::kBoth || directions.Admits(direction) ||
                                  directions.Admits(EdgeDirection::kBoth));
  }
};
// A relation whose statements are all denials is none.
inline constexpr EnumSet<FactStatus> kNoDenials{FactStatus::kOccurred, FactStatus::kPlanned, FactStatus::kRumoured,
                                                FactStatus::kTerminated};

// The edge that `edge` of an entity is, with the ends of a symmetric relation in the order of the store.
EdgeId EdgeFrom(EntityId entity, const AdjacentEdge& edge);

// Return false to stop.
template <typename T>
using Visitor = std::function<bool(const T&)>;

// Thread safety: const methods may be called from any thread at once. Copies are cheap and share the state, which stays
// unchanged, and keeps its disk space, until the last copy is gone: hold one per request, not for ever.
class Reader {
 public:
  explicit Reader(std::shared_ptr<const internal::View> view, std::optional<Date> as_of = std::nullopt);

  // The same state as of another day.
  Reader AsOf(std::optional<Date> as_of) const { return Reader(view_, as_of); }
  std::optional<Date> as_of() const { return as_of_; }
  std::uint64_t sequence() const;  // Of the state: grows with every change of the store.

  // ---- Articles. Nothing: not known, or published after as_of. ----
  Result<std::optional<StoredArticle>> GetArticle(const ArticleId& id) const;
  // As its annotation is stored, whatever operations say: for what extraction learns from and writes back.
  Result<std::optional<StoredArticle>> GetAsExtracted(const ArticleId& id) const;
  Result<std::optional<ArticleMeta>> GetMeta(const ArticleId& id) const;
  // By publication day; newest first puts undated articles last. Within a day by id.
  Result<Page<ArticleRef>> Articles(const PublishedRange& range, Order order, std::string_view resume,
                                    std::size_t limit) const;

  // ---- Entities and names. ----
  Result<std::optional<EntityRecord>> Entity(EntityId id) const;
  // The cheaper half of Entity(): type, canonical name, counts, days; `names` and `tickers` stay empty.
  Result<std::optional<EntityRecord>> EntityBrief(EntityId id) const;
  // Entities that the folded name or ticker stood for in articles, most articles first.
  Result<std::vector<NameMatch>> FindName(std::string_view folded) const;
  // Names that start with `prefix`, in byte order of the names; at most `limit` matches, most articles first within one
  // name. An empty prefix gives the first names.
  Result<std::vector<NameMatch>> FindPrefix(std::string_view prefix, std::size_t limit) const;
  // Every entity, by id.
  Status VisitEntities(const Visitor<EntityRecord>& visit) const;

  // Articles that mention the entity, newest first.
  Result<Page<MentionPosting>> Mentions(EntityId id, const PublishedRange& range, std::string_view resume,
                                        std::size_t limit) const;

  // ---- Events. Costs are those of the items passed over, from a seek to the position: a page of a hub is as cheap as
  // any. ---- Reports of events that the entity takes part in, one item per report. An entity in two roles of one event
  // has one report of it.
  Result<Page<EventPosting>> Timeline(EntityId id, const EventFilter& filter, std::string_view resume,
                                      std::size_t limit) const;
  // The same in order to the end, or until `visit` returns false.
  Status VisitTimeline(EntityId id, const EventFilter& filter, const Visitor<EventPosting>& visit) const;
  // One item per distinct event. REQUIRES: filter.field == kEvent (kInvalidArgument otherwise): reports of an event are
  // neighbours only there.
  Result<Page<EventGroup>> TimelineGroups(EntityId id, const EventFilter& filter, std::string_view resume,
                                          std::size_t limit, std::size_t max_evidence) const;

  // Events of all entities, by event day (filter.field as above).
  Result<Page<EventPosting>> Events(const EventFilter& filter, std::string_view resume, std::size_t limit) const;
  Result<Page<EventGroup>> EventGroups(const EventFilter& filter, std::string_view resume, std::size_t limit,
                                       std::size_t max_evidence) const;
  // All reports of one event, last published first.
  Result<Page<EventPosting>> EventReports(EventId event, std::string_view resume, std::size_t limit) const;

  // ---- Relations. ----
  // Edges of an entity, most statements first, then by direction, type and other end; at most `limit`.
  Result<std::vector<EdgeSummary>> Edges(EntityId id, const EdgeFilter& filter, std::size_t limit) const;
  // All edges of an entity, in no particular order but one edge of a neighbour after the other: some nanoseconds each;
  // with a range of days or as of one some more. REQUIRES: !filter.other (kInvalidArgument otherwise).
  Result<std::vector<AdjacentEdge>> Adjacent(EntityId id, const EdgeFilter& filter) const;
  // One of them in full; nothing if no statement passes the filter.
  Result<std::optional<EdgeSummary>> Summarize(EntityId id, const AdjacentEdge& edge, const EdgeFilter& filter) const;
  // How many other entities it is related to by statements that are no denials. The price of one read, whatever the
  // number; as of a day before the last that speaks of it that of Adjacent().
  Result<std::uint64_t> CountRelated(EntityId id) const;
  // No more than CountRelated(), and cheap as of any day.
  Result<std::uint64_t> CountRelatedAtLeast(EntityId id) const;
  // Highest confidence, then first published, then smallest article id and number; nothing if there is no such edge.
  // A symmetric edge may be given either way round. Only the statuses and days of `filter` are looked at.
  Result<std::optional<EdgeEvidence>> BestEvidence(const EdgeId& edge, const EdgeFilter& filter = {}) const;
  // The same for less, of an edge that was summarized with this filter.
  Result<EdgeEvidence> BestEvidence(const EdgeSummary& edge, const EdgeFilter& filter) const;
  // Of the statements published last the one with the smallest article id and number. `edge` as above.
  Result<EdgeEvidence> LastStatement(const EdgeSummary& edge, const EdgeFilter& filter) const;
  // Every statement of one edge, last published first.
  Result<Page<EdgeEvidence>> Evidence(const EdgeId& edge, std::string_view resume, std::size_t limit) const;

  // ---- Copies and stories (docs/STORIES.md). ----
  // The articles that are near-identical to this one, last published first; nothing for an article that is not known.
  // Of a band only the 256 articles published last are looked at.
  Result<std::vector<CopyRef>> Copies(const ArticleRef& article) const;
  // Copies among these articles: for each of them the index of the first in the list that it is a copy of, directly or
  // by others, or its own.
  Result<std::vector<std::size_t>> GroupCopies(const std::vector<ArticleRef>& articles) const;
  // Every article with a day of publication, of `from` or later, in the order of publication: day, minute, id.
  Status VisitSignatures(std::optional<Date> from, const Visitor<SignedArticle>& visit) const;
  // Which articles each day has, oldest day first: reads one key an article.
  Result<std::vector<DayOfArticles>> PublicationDays() const;

  // ---- Who appears with whom. ----
  // Most articles first, then sentences, then id; at most `limit`. For NPMI take EntityBrief().counts of both and
  // GetTotals(). A range that begins or ends inside a month reads that month's articles of the entity.
  Result<std::vector<Cooccurrence>> Cooccurring(EntityId id, const PublishedRange& range, std::size_t limit) const;

  // ---- Operations on entities. ----
  // The journal, first operation first.
  Result<std::vector<JournalEntry>> Operations() const;
  // Who is meant, by the operations in force. Lives as long as this reader's state. Empty where they cannot be read:
  // then every other question fails and says why.
  const Resolution& resolution() const;

  // Names that users adopted for this graph: a lexicon TSV; "" for none.
  Result<std::string> AdoptedLexicon() const;

  // ---- The whole. ----
  Result<Totals> GetTotals() const;
  Result<Totals> GetTotals(const PublishedRange& range) const;
  // Reads every entity name, event key and edge: seconds for millions. Callers keep the answer for a sequence().
  Result<DistinctCounts> CountDistinct() const;

  // One hash of the logical graph of this state, all of it whatever as_of is: equal for equal sets of articles, however
  // and wherever they were written. Operations are no part of it (OperationsDigest). Article::source_path and
  // external_id are not part of it: they say where a copy came from. 32 lower-case hex digits.
  Result<std::string> Digest() const;

  // Checks the whole state, whatever as_of is: every article reads back and its spans lie inside its text and each
  // other's lists, every contribution of it is there, and nothing is there that no article contributed. One line per
  // problem, at most `max_problems`; empty: the store is sound.
  Result<std::vector<std::string>> Verify(std::size_t max_problems = 100) const;

 private:
  std::shared_ptr<const internal::View> view_;
  std::optional<Date> as_of_;
};

}  // namespace mailuo::store
