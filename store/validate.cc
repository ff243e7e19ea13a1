// Put takes only articles that every decoder and every reader can rely on.
#include <fmt/core.h>

#include "store/code_points.h"
#include "store/contribution.h"
#include "store/enums.h"
#include "store/keys.h"

namespace mailuo::store {
namespace {

class Checker {
 public:
  explicit Checker(const StoredArticle& stored)
      : article_(stored.article), annotation_(stored.annotation), size_(CountCodePoints(stored.article.text)) {}

  Status Check() {
    if (!article_.id) return Error{ErrorCode::kInvalidArgument, "article without an id"};
    Require(article_.text.size() <= kMaxTextBytes, "text", 0, "is longer than 64 MiB");
    Require(article_.text.find('\0') == std::string::npos, "text", 0, "holds a NUL");
    Require(!article_.published || IsStorableDay(article_.published->date), "published", 0,
            "is outside the years 1..9999");
    Require(IsKnown(article_.published_from), "published_from", 0, "is unknown");
    Require(annotation_.events.size() <= kMaxFactsPerArticle, "events", 0, "are more than 65535");
    Require(annotation_.relations.size() <= kMaxFactsPerArticle, "relations", 0, "are more than 65535");
    Each(annotation_.sentences, "sentence", [this](const TextSpan& span) { CheckSpan(span); });
    Each(annotation_.mentions, "mention", [this](const Mention& mention) { CheckMention(mention); });
    Each(annotation_.dates, "date", [this](const DateMention& date) { CheckDate(date); });
    Each(annotation_.events, "event", [this](const Event& event) { CheckEvent(event); });
    Each(annotation_.relations, "relation", [this](const Relation& relation) { CheckRelation(relation); });
    Each(annotation_.links, "link", [this](const EventLink& link) { CheckLink(link); });
    if (problem_.empty()) return {};
    return Error{ErrorCode::kInvalidArgument, fmt::format("article {}: {}", FormatId(article_.id), problem_)};
  }

 private:
  void Require(bool condition, std::string_view what, std::size_t number, std::string_view problem) {
    if (!condition && problem_.empty()) problem_ = fmt::format("{} {} {}", what, number, problem);
  }
  void Require(bool condition, std::string_view problem) { Require(condition, what_, number_, problem); }

  template <typename T, typename CheckOne>
  void Each(const std::vector<T>& list, std::string_view what, CheckOne check_one) {
    what_ = what;
    for (number_ = 0; number_ < list.size(); ++number_) check_one(list[number_]);
  }

  void CheckSpan(const TextSpan& span) {
    Require(span.start <= span.end && span.end <= size_, "has a span outside the text");
  }
  void CheckInterval(const DateInterval& interval) {
    Require((!interval.from || IsStorableDay(*interval.from)) && (!interval.to || IsStorableDay(*interval.to)),
            "has a day outside the years 1..9999");
  }
  void CheckName(std::string_view name) {
    Require(name.size() <= kMaxNameBytes && name.find('\0') == std::string_view::npos,
            "has a name longer than 1024 bytes or with a NUL");
  }
  void CheckMentionIndex(std::int32_t mention) {
    Require(mention >= -1 && mention < static_cast<std::int64_t>(annotation_.mentions.size()),
            "names a mention that does not exist");
  }
  void CheckLink(const EventLink& link) {
    CheckSpan(link.trigger);
    CheckSentence(link.sentence);
    Require(link.from < annotation_.events.size() && link.to < annotation_.events.size() && link.from != link.to,
            "names an event that does not exist, or one event twice");
  }
  void CheckSentence(std::uint32_t sentence) {
    Require(sentence < annotation_.sentences.size(), "names a sentence that does not exist");
  }
  void CheckMention(const Mention& mention) {
    CheckSpan(mention.span);
    Require(mention.span.end - mention.span.start <= kMaxNameBytes / 4, "is longer than 256 characters");
    Require(IsKnown(mention.type), "has an unknown type");
    CheckName(mention.name);
    for (const std::string& ticker : mention.tickers) CheckName(ticker);
  }
  void CheckDate(const DateMention& date) {
    CheckSpan(date.span);
    CheckInterval(date.interval);
    Require(IsKnown(date.precision) && IsKnown(date.relation) && IsKnown(date.certainty) && IsKnown(date.kind) &&
                IsKnown(date.anchor),
            "has an unknown quality");
  }
  void CheckEvent(const Event& event) {
    Require(IsKnown(event.type) && IsKnown(event.status) && IsKnown(event.time.precision) && IsKnown(event.time.source),
            "has an unknown type or quality");
    Require(event.polarity >= -1 && event.polarity <= 1, "has a polarity outside -1..1");
    CheckSpan(event.trigger);
    CheckSentence(event.sentence);
    CheckInterval(event.time.interval);
    Require(event.time.date >= -1 && event.time.date < static_cast<std::int64_t>(annotation_.dates.size()),
            "names a date that does not exist");
    for (const Participant& participant : event.participants) {
      CheckMentionIndex(participant.mention);
      Require(IsKnown(participant.type), "has a participant of unknown type");
      CheckName(participant.name);
    }
    for (const Value& value : event.values) CheckSpan(value.span);
  }
  void CheckRelation(const Relation& relation) {
    Require(IsKnown(relation.type) && IsKnown(relation.status), "has an unknown type or status");
    CheckSentence(relation.sentence);
    CheckInterval(relation.valid);
    for (const RelationEnd* end : {&relation.head, &relation.tail}) {
      CheckMentionIndex(end->mention);
      Require(IsKnown(end->type), "has an end of unknown type");
      CheckName(end->name);
    }
  }

  const Article& article_;
  const Annotation& annotation_;
  std::size_t size_;
  std::string_view what_;
  std::size_t number_ = 0;
  std::string problem_;
};

}  // namespace

Status Validate(const StoredArticle& stored) { return Checker(stored).Check(); }

}  // namespace mailuo::store
