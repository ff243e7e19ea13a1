// What extraction found in one article. The shapes follow the annotate contract one to one.
// Every offset counts Unicode code points of Article::text, end exclusive.
// Thread safety: value types.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.h"
#include "core/ids.h"
#include "core/types.h"

namespace mailuo {

struct TextSpan {
  std::uint32_t start = 0;
  std::uint32_t end = 0;
  friend constexpr auto operator<=>(const TextSpan&, const TextSpan&) = default;
};

struct Mention {
  TextSpan span;
  MentionType type = MentionType::kCompany;
  EntityId entity;
  std::string name;                  // Canonical name.
  std::vector<std::string> tickers;  // CODE.EXCHANGE, main listing first.
  float confidence = 0;
  std::string rule;  // "lexicon", "ticker", "alias", "suffix", "tagger", ...
};

struct DateMention {
  TextSpan span;
  DateInterval interval;
  DatePrecision precision = DatePrecision::kDay;
  DateRelation relation = DateRelation::kAt;
  DateCertainty certainty = DateCertainty::kExact;
  DateKind kind = DateKind::kFull;
  DateAnchor anchor = DateAnchor::kNone;
};

struct EventTime {
  DateInterval interval;
  DatePrecision precision = DatePrecision::kDay;
  EventTimeSource source = EventTimeSource::kNone;
  std::int32_t date = -1;  // Index into Annotation::dates, -1 when source is kPublished or kNone.
};

struct Participant {
  std::string role;           // Of the event type's roles.
  std::int32_t mention = -1;  // Index into Annotation::mentions; -1: carried over from outside the text (title).
  EntityId entity;
  MentionType type = MentionType::kCompany;
  std::string name;
};

struct Value {
  std::string role;   // "amount", "shares", "pct", "price", "yoy", ...
  TextSpan span;      // The text 490.34亿元
  double number = 0;  // 49034000000
  std::string unit;   // "CNY", "USD", "HKD", "pct", "share", "bp", "" ...
};

struct Event {
  EventType type = EventType::kAcquisition;
  TextSpan trigger;
  std::uint32_t sentence = 0;  // Index into Annotation::sentences.
  FactStatus status = FactStatus::kOccurred;
  std::int8_t polarity = 0;
  EventTime time;
  std::vector<Participant> participants;
  std::vector<Value> values;
  float confidence = 0;
  std::string rule;  // "EARNINGS/1"
};

struct RelationEnd {
  std::int32_t mention = -1;
  EntityId entity;
  MentionType type = MentionType::kCompany;
  std::string name;
};

struct Relation {
  RelationType type = RelationType::kAcquires;
  RelationEnd head;
  RelationEnd tail;
  std::uint32_t sentence = 0;
  FactStatus status = FactStatus::kOccurred;
  // Validity that the statement itself gives (出任 opens, 卸任 closes); empty where it says nothing.
  DateInterval valid;
  float confidence = 0;
  std::string rule;
};

// The article says that event `from` caused, or came before, event `to` (受…影响, 导致, 此前, 随后).
struct EventLink {
  EventLinkType type = EventLinkType::kCauses;
  std::uint32_t from = 0;      // Index into Annotation::events.
  std::uint32_t to = 0;        // Likewise; never equal to `from`.
  std::uint32_t sentence = 0;  // Of the words that say it.
  TextSpan trigger;            // These words.
  friend bool operator==(const EventLink&, const EventLink&) = default;
};

// Sorted: sentences, mentions, dates by start; events by (trigger, type); relations by (sentence, head, tail, type);
// links by (trigger, from, to).
struct Annotation {
  std::vector<TextSpan> sentences;
  std::vector<Mention> mentions;
  std::vector<DateMention> dates;
  std::vector<Event> events;
  std::vector<Relation> relations;
  std::vector<EventLink> links;
};

}  // namespace mailuo
