// One struct per question. Defaults answer what people mean; Validate() says what is out of range, in the words of the
// HTTP API and the command line (names of parameters are the same in both).
//
// `entity` and its like take whatever people write: an id, a name, an alias, a ticker in any form, traditional
// characters, pinyin or its initials (engine.h: Find).
// Thread safety: value types.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/date.h"
#include "core/ids.h"
#include "core/types.h"
#include "query/problem.h"

namespace mailuo::query {

inline constexpr std::uint32_t kMaxLimit = 200;
inline constexpr std::uint32_t kDefaultLimit = 20;
inline constexpr std::size_t kMaxNameBytes = 512;  // Of any name that is looked up.
inline constexpr std::size_t kMaxEntities = 8;     // Of one question.

// Common to all questions.
struct Common {
  // Only articles published on or before it count, in everything.
  std::optional<Date> as_of;
  // Past it a question ends with kDeadline.
  std::optional<std::chrono::steady_clock::time_point> deadline;
};

struct PageRequest {
  std::uint32_t limit = kDefaultLimit;  // 1..kMaxLimit
  std::string cursor;                   // Of the page before; empty: the first page. Bound to the question.
};

enum class TimeField : std::uint8_t { kEvent, kPublished };
enum class SortOrder : std::uint8_t { kAscending, kDescending };
enum class Bucket : std::uint8_t { kNone, kDay, kWeek, kMonth };
enum class Direction : std::uint8_t { kAny, kOut, kIn };
enum class Measure : std::uint8_t { kCount, kNpmi };
enum class Window : std::uint8_t { kSentence, kArticle };

// An inclusive range of days; open where empty.
struct DayRange {
  std::optional<Date> from;
  std::optional<Date> to;
};

// Search and suggest.
struct EntitiesRequest : Common {
  std::string q;        // What to look for; may be empty with `prefix` false: the most mentioned entities.
  bool prefix = false;  // Also names, pinyin and initials that start with q.
  std::vector<MentionType> types;
  PageRequest page;
  Answer<void> Validate() const;
};

struct EntityRequest : Common {
  std::string entity;
  std::uint32_t relations = 10;  // Top relations to show; at most 50.
  Answer<void> Validate() const;
};

// Which events; shared by timeline and events.
struct EventSelection {
  std::vector<std::string> entities;  // All of them take part.
  std::vector<EventType> types;       // Empty: all.
  std::vector<FactStatus> statuses;   // Empty: all.
  DayRange days;                      // Of `time_field`.
  TimeField time_field = TimeField::kEvent;
  double min_confidence = 0;  // 0..1
  std::string role;           // The first of `entities` has this role; empty: any.
  std::string q;              // The evidence sentence holds it (folded); empty: any.
  // Only events whose first report of all (up to as_of) was published inside `days`; needs time_field=published.
  bool novel_only = false;
};

struct TimelineRequest : Common {
  EventSelection events;  // At least one entity.
  SortOrder order = SortOrder::kAscending;
  Bucket bucket = Bucket::kNone;
  std::uint32_t max_evidence = 3;  // Of each item; 1..20
  PageRequest page;
  Answer<void> Validate() const;
};

struct EventsRequest : Common {
  EventSelection events;
  SortOrder order = SortOrder::kDescending;
  std::uint32_t max_evidence = 1;
  PageRequest page;
  Answer<void> Validate() const;
};

struct EventRequest : Common {
  EventId event;
};

struct RelationsRequest : Common {
  std::string entity;
  std::string with;                 // Empty: anyone.
  std::vector<RelationType> types;  // Empty: all typed relations. CO_OCCURS only when named.
  Direction direction = Direction::kAny;
  std::vector<FactStatus> statuses;  // Statements that count; empty: all.
  double min_confidence = 0;         // Of the best statement.
  DayRange days;                     // Publication days of the statements.
  PageRequest page;
  Answer<void> Validate() const;
};

struct PathsRequest : Common {
  std::string from;
  std::string to;
  std::uint32_t max_hops = 3;        // 1..4
  std::uint32_t k = 3;               // 1..10
  std::vector<RelationType> types;   // Empty: all.
  std::vector<std::string> exclude;  // Entities that no path may touch.
  Answer<void> Validate() const;
};

struct SubgraphRequest : Common {
  std::string entity;
  std::uint32_t depth = 1;       // 1..2
  std::uint32_t max_nodes = 50;  // 2..300
  std::vector<RelationType> types;
  Answer<void> Validate() const;
};

struct CooccurrenceRequest : Common {
  std::string entity;
  Measure measure = Measure::kCount;
  Window window = Window::kSentence;
  DayRange days;                  // Publication days.
  std::uint32_t min_support = 2;  // Articles (or sentences, by window) that a pair needs under kNpmi.
  PageRequest page;
  Answer<void> Validate() const;
};

struct ArticlesRequest : Common {
  std::string entity;  // That they mention; empty: any.
  DayRange days;       // Publication days.
  SortOrder order = SortOrder::kDescending;
  PageRequest page;
  Answer<void> Validate() const;
};

struct ArticleRequest : Common {
  ArticleId article;
};

// Groups of articles that follow one matter.
struct StoriesRequest : Common {
  std::string entity;  // That some of their articles mention; empty: any.
  DayRange days;       // Publication days: with an article inside (that mentions the entity).
  PageRequest page;
  Answer<void> Validate() const;
};

// The journal of operations on entities, newest first.
struct OperationsRequest : Common {
  PageRequest page;
  Answer<void> Validate() const;
};

struct MergeRequest {
  std::string entity;  // Stays.
  std::string with;    // Joins it.
  std::string reason;  // May be empty.
  Date day;            // When it is done.
};

// In the articles that fit, `entity` is another one. An article fits if it calls it by nothing but `aliases` and is one
// of `articles`; an empty list asks nothing, but not both are empty.
struct SplitRequest {
  std::string entity;
  std::vector<std::string> aliases;
  std::vector<std::string> articles;  // "ar_…"
  std::string into;                   // A known entity; or
  std::string as;                     // the name of a new one. With one alias and neither: a new one of that name.
  std::optional<MentionType> type;    // Of the new one; else that of `entity`.
  std::string reason;
  Date day;
};

struct UndoRequest {
  std::uint64_t number = 0;
  std::string reason;
  Date day;
};

struct StoryRequest : Common {
  StoryId story;
};

// What happened, and what was published, on one day.
struct DayRequest : Common {
  Date day;
  std::vector<EventType> types;
  PageRequest page;  // Of the events.
  Answer<void> Validate() const;
};

}  // namespace mailuo::query
