// Small articles with their annotations, written as a test reads them, for tests of everything above the store.
//
//   const StoredArticle article = SampleArticle("2025-07-04", "收购")
//                                     .Sentence("[英伟达@NVDA.US]拟收购[Arm]，[黄仁勋:person]出席。")
//                                     .Event(EventType::kAcquisition, {{"acquirer", "英伟达"}, {"target", "Arm"}})
//                                     .Relation(RelationType::kAcquires, "英伟达", "Arm")
//                                     .Build();
//
// [written=canonical:type@TICKER] is a mention; all parts but the first may be left out: a name is its own canonical
// name, the type is company. Events and relations belong to the last sentence; the names in them are canonical names
// that some sentence before mentions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "core/date.h"
#include "core/ids.h"
#include "store/postings.h"

namespace mailuo::testing {

// The id of an entity of a sample: its canonical name with ASCII letters in lower case is the normal form.
inline EntityId SampleEntity(std::string_view name, MentionType type = MentionType::kCompany) {
  std::string normal(name);
  for (char& c : normal) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return MakeEntityId(type, normal);
}

inline Date SampleDay(std::string_view iso) {
  const auto day = ParseIsoDate(iso);
  if (!day) throw std::invalid_argument("not a day: " + std::string(iso));
  return *day;
}

struct FactOptions {
  FactStatus status = FactStatus::kOccurred;
  std::string day = {};  // First day of an event or of a relation's validity; "": an event gets the publication day.
  std::string last_day = {};  // "": the same day.
  float confidence = 0.9F;
};

class SampleArticle {
 public:
  using Roles = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  // `published`: YYYY-MM-DD, or "" for an article without a publication day.
  explicit SampleArticle(std::string_view published, std::string_view title = "") {
    stored_.article.title = title;
    stored_.article.outlet = "样报";
    if (published.empty()) return;
    stored_.article.published = PublishedTime{SampleDay(published)};
    stored_.article.published_from = PublishedFrom::kMetadata;
  }

  SampleArticle& Sentence(std::string_view marked) {
    const std::uint32_t start = size_;
    while (!marked.empty()) {
      const std::size_t open = marked.find('[');
      Append(marked.substr(0, open));
      if (open == std::string_view::npos) break;
      const std::size_t close = marked.find(']', open);
      if (close == std::string_view::npos) throw std::invalid_argument("a [ without its ]");
      AddMention(marked.substr(open + 1, close - open - 1));
      marked.remove_prefix(close + 1);
    }
    stored_.annotation.sentences.push_back({start, size_});
    return *this;
  }

  SampleArticle& Event(EventType type, Roles participants, const FactOptions& options = {}) {
    mailuo::Event event;
    event.type = type;
    event.sentence = LastSentence();
    event.trigger = {stored_.annotation.sentences.back().start, stored_.annotation.sentences.back().start + 1};
    event.status = options.status;
    event.polarity = Info(type).polarity;
    event.confidence = options.confidence;
    event.rule = "SAMPLE/1";
    SetTime(event.time, options);
    for (const auto& [role, name] : participants) {
      const std::size_t number = FindMention(name);
      const Mention& mention = stored_.annotation.mentions[number];
      event.participants.push_back(
          {std::string(role), static_cast<std::int32_t>(number), mention.entity, mention.type, mention.name});
    }
    stored_.annotation.events.push_back(std::move(event));
    return *this;
  }

  SampleArticle& Relation(RelationType type, std::string_view head, std::string_view tail,
                          const FactOptions& options = {}) {
    mailuo::Relation relation;
    relation.type = type;
    relation.head = End(head);
    relation.tail = End(tail);
    relation.sentence = LastSentence();
    relation.status = options.status;
    relation.confidence = options.confidence;
    relation.rule = "SAMPLE/1";
    if (!options.day.empty()) relation.valid.from = SampleDay(options.day);
    if (!options.last_day.empty()) relation.valid.to = SampleDay(options.last_day);
    stored_.annotation.relations.push_back(std::move(relation));
    return *this;
  }

  store::StoredArticle Build() const {
    store::StoredArticle built = stored_;
    built.article.id = MakeArticleId(built.article);
    return built;
  }

 private:
  void Append(std::string_view text) {
    stored_.article.text += text;
    for (const char c : text) size_ += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1U : 0U;
  }

  void AddMention(std::string_view mark) {
    const auto cut = [&mark](char separator) {
      const std::size_t at = mark.find(separator);
      const std::string_view part = at == std::string_view::npos ? std::string_view() : mark.substr(at + 1);
      mark = mark.substr(0, at);
      return part;
    };
    Mention mention;
    if (const std::string_view ticker = cut('@'); !ticker.empty()) mention.tickers.emplace_back(ticker);
    if (const std::string_view type = cut(':'); !type.empty()) {
      const auto parsed = ParseMentionType(type);
      if (!parsed) throw std::invalid_argument("not a type: " + std::string(type));
      mention.type = *parsed;
    }
    const std::string_view canonical = cut('=');
    mention.name = canonical.empty() ? mark : canonical;
    mention.entity = SampleEntity(mention.name, mention.type);
    mention.confidence = 0.95F;
    mention.rule = "sample";
    mention.span.start = size_;
    Append(mark);
    mention.span.end = size_;
    stored_.annotation.mentions.push_back(std::move(mention));
  }

  std::uint32_t LastSentence() const {
    if (stored_.annotation.sentences.empty()) throw std::invalid_argument("facts need a sentence before them");
    return static_cast<std::uint32_t>(stored_.annotation.sentences.size() - 1);
  }

  void SetTime(EventTime& time, const FactOptions& options) const {
    if (!options.day.empty()) {
      time.interval.from = SampleDay(options.day);
      time.interval.to = options.last_day.empty() ? time.interval.from : SampleDay(options.last_day);
      time.precision = time.interval.from == time.interval.to ? DatePrecision::kDay : DatePrecision::kRange;
      time.source = EventTimeSource::kContext;
    } else if (stored_.article.published) {
      time.interval = {stored_.article.published->date, stored_.article.published->date};
      time.source = EventTimeSource::kPublished;
    }
  }

  // The last mention with the canonical name.
  std::size_t FindMention(std::string_view name) const {
    for (std::size_t i = stored_.annotation.mentions.size(); i > 0; --i) {
      if (stored_.annotation.mentions[i - 1].name == name) return i - 1;
    }
    throw std::invalid_argument("no sentence mentions " + std::string(name));
  }

  RelationEnd End(std::string_view name) const {
    const std::size_t number = FindMention(name);
    const Mention& mention = stored_.annotation.mentions[number];
    return {static_cast<std::int32_t>(number), mention.entity, mention.type, mention.name};
  }

  store::StoredArticle stored_;
  std::uint32_t size_ = 0;  // Of the text, in code points.
};

}  // namespace mailuo::testing
