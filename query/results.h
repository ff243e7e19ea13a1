// One struct per answer. Whatever is claimed carries the sentence that proves it.
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
#include "query/problem.h"
#include "query/requests.h"

namespace mailuo::query {

// What an answer was read from.
struct Snapshot {
  std::uint64_t sequence = 0;  // Of the store's state; grows with every change.
  std::optional<Date> as_of;
};

struct PageInfo {
  std::uint32_t limit = 0;
  std::string next_cursor;  // Empty: no more.
  std::uint64_t total = 0;  // Items on all pages.
  bool total_exact = true;  // False: there are at least `total`.
};

// A sentence of a stored article. Offsets are code points of its text, end exclusive.
struct Evidence {
  ArticleId article;
  std::string title;
  std::string outlet;
  std::optional<Date> published;
  PublishedFrom published_from = PublishedFrom::kNone;
  std::uint32_t sentence = 0;
  TextSpan span;
  std::string quote;
};

struct EntitiesResult {
  Snapshot snapshot;
  std::vector<EntityMatch> items;
  PageInfo page;
};

struct ParticipantItem {
  std::string role;
  EntityRef entity;
};
struct ValueItem {
  std::string role;
  std::string text;
  double number = 0;
  std::string unit;
};

// What an article says of an event and another one of its events.
struct EventLinkItem {
  EventLinkType type = EventLinkType::kCauses;
  bool outgoing = true;  // The event asked for causes, or precedes, the other one.
  EventId other;
  EventType other_type = EventType::kAcquisition;
  std::string words;  // 受…影响, 随后: what says it.
  ArticleId article;
  std::uint32_t sentence = 0;
  TextSpan span;  // Of the sentence.
  std::string quote;
};

// How one report tells an event: values that differ between reports stand side by side.
struct EventReportItem {
  ArticleId article;
  std::uint32_t sentence = 0;
  std::optional<Date> published;
  std::optional<int> days_after_first;  // Of the publication after the first report's; 0: it was new.
  FactStatus status = FactStatus::kOccurred;
  std::vector<ValueItem> values;
};

// One distinct event; its reports are folded in.
struct EventItem {
  EventId event;
  EventType type = EventType::kAcquisition;
  FactStatus status = FactStatus::kOccurred;
  std::int8_t polarity = 0;
  EventTime time;
  std::string time_text;  // The date expression it was read from; may be empty.
  std::vector<ParticipantItem> participants;
  std::vector<ValueItem> values;
  std::string summary;  // The best evidence's sentence.
  std::string trigger;
  double confidence = 0;
  std::string rule;
  // Articles that tell it and passed the filter; near-identical ones count once.
  std::uint64_t reports = 0;
  std::uint64_t copies = 0;  // Articles left out of `reports` as near-identical to one that counts.
  std::optional<Date> first_published;
  std::vector<Evidence> evidence;  // Best first, then last published first.
};

struct BucketItem {
  Date from;  // Monday of a week, first of a month.
  Date to;
  std::uint64_t events = 0;
  std::uint64_t reports = 0;
  std::vector<std::pair<EventType, std::uint64_t>> types;  // Events by type, most first.
};

struct TimelineResult {
  Snapshot snapshot;
  std::vector<EntityMatch> entities;  // What the names of the question stood for.
  Bucket bucket = Bucket::kNone;
  std::vector<EventItem> items;     // Without a bucket.
  std::vector<BucketItem> buckets;  // With one.
  PageInfo page;
};

struct EventsResult {
  Snapshot snapshot;
  std::vector<EntityMatch> entities;
  std::vector<EventItem> items;
  PageInfo page;
};

struct EventResult {
  Snapshot snapshot;
  EventItem event;  // `evidence` holds all reports (at most 500).
  // Near-identical reports: the articles of each group, the one that counts first.
  std::vector<std::vector<ArticleId>> near_identical;
  std::vector<EventReportItem> told;  // Each report (at most 500), last published first.
  std::vector<EventLinkItem> links;   // Of the first 500 reports; a pair, type and direction at most once.
};

// All statements of one (head, type, tail), or the statistics of a pair under CO_OCCURS.
struct RelationItem {
  RelationType type = RelationType::kAcquires;
  EntityRef head;
  EntityRef tail;
  bool symmetric = false;
  Direction direction = Direction::kAny;      // From the asked entity; kAny for a symmetric one.
  FactStatus status = FactStatus::kOccurred;  // Of the last published statement.
  std::uint64_t support = 0;                  // Statements; CO_OCCURS: articles.
  std::array<std::uint64_t, 6> by_status{};   // By FactStatus number.
  std::optional<Date> first_seen;             // Publication days.
  std::optional<Date> last_seen;
  // States only: since when and until when, as far as statements say so.
  std::optional<Date> valid_from;
  std::optional<Date> valid_until;
  double confidence = 0;  // Of the best statement.
  // CO_OCCURS only.
  std::uint64_t articles = 0;
  std::uint64_t sentences = 0;
  std::optional<double> npmi;  // Over articles, -1..1.
  std::vector<Evidence> evidence;
};

struct RelationsResult {
  Snapshot snapshot;
  std::vector<EntityMatch> entities;  // Of `entity` and `with`.
  std::vector<RelationItem> items;    // Typed, most statements first; then, if asked for, CO_OCCURS.
  PageInfo page;
};

struct EntityResult {
  Snapshot snapshot;
  EntityMatch match;
  std::string kind;  // "listed", "regulator", ...: of the lexicon; may be empty.
  struct Name {
    std::string text;
    std::string source;          // "lexicon", "articles", or "operations".
    std::uint64_t articles = 0;  // That use it.
  };
  std::vector<Name> names;
  struct Ticker {
    std::string ticker;
    std::string source;
    std::uint64_t articles = 0;
  };
  std::vector<Ticker> tickers;
  std::vector<EntityRef> merged;                                // Entities that operations merged into it.
  std::vector<std::pair<std::string, std::string>> attributes;  // Of the lexicon: english, industry, country, ...
  std::uint64_t articles = 0;
  std::uint64_t sentences = 0;
  std::uint64_t mentions = 0;
  std::uint64_t events = 0;     // Reports.
  std::uint64_t relations = 0;  // Statements.
  std::vector<RelationItem> top_relations;
};

// An entry of the journal (store/operations.h).
struct OperationItem {
  std::uint64_t number = 0;
  std::string kind;  // "merge", "split", "undo"
  Date day;
  std::string reason;
  EntityRef from;  // Merge: joined `into`. Split: is `into` where the conditions hold. Undo: of what it undoes.
  EntityRef into;
  std::vector<std::string> aliases;
  std::vector<ArticleId> articles;
  std::uint64_t undoes = 0;     // 0: no undo.
  std::uint64_t undone_by = 0;  // 0: in force.
};

struct OperationsResult {
  Snapshot snapshot;
  std::vector<OperationItem> items;
  PageInfo page;
};

// What was done, and what the two entities are now: with one id after a merge.
struct OperationResult {
  OperationItem operation;
  EntityMatch from;
  EntityMatch into;
};

// One step of a path, in walking order.
struct HopItem {
  EntityRef from;
  EntityRef to;
  RelationItem relation;
};
struct PathItem {
  double cost = 0;  // Lower is better; paths.h has the formula.
  std::vector<HopItem> hops;
};
struct PathsResult {
  Snapshot snapshot;
  std::vector<EntityMatch> entities;  // Of `from` and `to`.
  std::vector<PathItem> paths;        // Best first.
  bool complete = true;               // False: the search met its caps; there may be others.
};

struct SubgraphResult {
  Snapshot snapshot;
  struct Node {
    EntityRef entity;
    std::uint32_t depth = 0;
    std::uint64_t articles = 0;
  };
  std::vector<Node> nodes;  // The asked entity first.
  std::vector<RelationItem> edges;
  bool complete = true;  // False: nodes were left out.
};

struct CooccurrenceResult {
  Snapshot snapshot;
  EntityMatch entity;
  Measure measure = Measure::kCount;
  Window window = Window::kSentence;
  struct Item {
    EntityRef entity;
    std::uint64_t articles = 0;
    std::uint64_t sentences = 0;
    std::optional<double> npmi;  // Of the asked window.
    std::vector<Evidence> evidence;
  };
  std::vector<Item> items;
  PageInfo page;
};

struct ArticleItem {
  Article article;  // Without text.
  std::uint64_t text_bytes = 0;
  std::uint32_t sentences = 0;
  std::uint32_t mentions = 0;
  std::uint32_t events = 0;
  std::uint32_t relations = 0;
};
struct ArticlesResult {
  Snapshot snapshot;
  std::vector<EntityMatch> entities;
  std::vector<ArticleItem> items;
  PageInfo page;
};

struct ArticleResult {
  Snapshot snapshot;
  Article article;
  Annotation annotation;
  std::vector<EventId> event_ids;   // Of annotation.events, index by index; zero for one that has no id.
  std::vector<ArticleItem> copies;  // Near-identical articles, last published first; at most 100.
};

struct DayResult {
  Snapshot snapshot;
  Date day;
  std::vector<EventItem> events;
  PageInfo page;                      // Of the events.
  std::vector<ArticleItem> articles;  // Published that day, at most page.limit.
};

struct StoryItem {
  StoryId story;
  std::string title;  // Of one of its articles: the one that says most of what the titles say.
  Date from;          // Publication days of its first and last article.
  Date to;
  std::uint64_t articles = 0;
  std::uint64_t happenings = 0;
  // Of those that passed the filter of a list; all of them in the answer for one story.
  std::uint64_t matching = 0;
};
struct StoriesResult {
  Snapshot snapshot;
  std::vector<EntityMatch> entities;
  std::vector<StoryItem> items;  // The one with the last matching article first.
  PageInfo page;
};

// Articles that tell one happening within days of each other; copies stand beside the first of them.
struct HappeningItem {
  Date from;
  Date to;
  struct Report {
    ArticleItem article;
    std::vector<ArticleId> copies;  // Near-identical ones of the same happening.
  };
  std::vector<Report> reports;  // In order of publication.
};
struct StoryResult {
  Snapshot snapshot;
  StoryItem story;
  std::vector<HappeningItem> happenings;  // Of at most 500 articles, the last published ones, oldest first.
  std::vector<EventItem> events;          // Of these articles, merged, in order of their days; at most 200.
  bool complete = true;                   // False: articles or events were left out.
};

struct StatsResult {
  Snapshot snapshot;
  std::uint64_t articles = 0;
  std::uint64_t sentences = 0;
  std::uint64_t mentions = 0;
  std::uint64_t event_reports = 0;
  std::uint64_t relation_statements = 0;
  std::optional<Date> first_published;
  std::optional<Date> last_published;
  std::uint64_t entities = 0;
  std::vector<std::pair<MentionType, std::uint64_t>> entities_by_type;
  std::uint64_t events = 0;
  std::vector<std::pair<EventType, std::uint64_t>> events_by_type;
  std::uint64_t relations = 0;  // Distinct (head, type, tail).
  std::vector<std::pair<RelationType, std::uint64_t>> relations_by_type;
  std::uint32_t format_version = 0;
  std::uint64_t lexicon_version = 0;
  std::uint64_t rules_version = 0;
  std::uint32_t lexicon_entities = 0;
  std::uint64_t disk_bytes = 0;
};

}  // namespace mailuo::query
