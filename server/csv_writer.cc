#include "server/csv_writer.h"

#include <optional>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "server/words.h"

namespace mailuo::server {
namespace {

class Csv {
 public:
  explicit Csv(const std::vector<std::string_view>& header) {
    for (const std::string_view name : header) Cell(name);
    EndLine();
  }
  Csv& Cell(std::string_view text) {
    if (!first_) out_ += ',';
    first_ = false;
    const bool formula = !text.empty() && std::string_view("=+-@\t").find(text.front()) != std::string_view::npos;
    if (!formula && text.find_first_of(",\"\r\n") == std::string_view::npos) {
      out_ += text;
      return *this;
    }
    out_ += '"';
    if (formula) out_ += '\'';
    for (const char c : text) {
      if (c == '"') out_ += '"';
      out_ += c;
    }
    out_ += '"';
    return *this;
  }
  Csv& Day(const std::optional<Date>& date) { return Cell(date ? FormatDate(*date) : std::string()); }
  Csv& Count(std::uint64_t value) { return Raw(fmt::format("{}", value)); }
  Csv& Signed(int value) { return Raw(fmt::format("{}", value)); }
  Csv& Share(double value) { return Raw(fmt::format("{:.2f}", value)); }
  Csv& Measure(const std::optional<double>& value) {
    return Raw(value ? fmt::format("{:.4f}", *value) : std::string());
  }
  void EndLine() {
    out_ += '\n';
    first_ = true;
  }
  std::string Take() { return std::move(out_); }

 private:
  // A number, which may begin with a minus.
  Csv& Raw(const std::string& text) {
    if (!first_) out_ += ',';
    first_ = false;
    out_ += text;
    return *this;
  }

  std::string out_;
  bool first_ = true;
};

std::string Id(const query::EntityRef& entity) { return entity.id ? FormatId(entity.type, entity.id) : std::string(); }

void Proof(const std::vector<query::Evidence>& evidence, Csv& csv) {
  if (evidence.empty()) {
    csv.Cell("").Cell("").Cell("").Cell("");
    return;
  }
  const query::Evidence& best = evidence.front();
  csv.Cell(FormatId(best.article)).Cell(best.title).Day(best.published).Cell(best.quote);
}

std::string Participants(const query::EventItem& event) {
  std::string text;
  for (const query::ParticipantItem& p : event.participants) {
    text += fmt::format("{}{}={}", text.empty() ? "" : "; ", p.role, p.entity.name);
  }
  return text;
}

std::string Values(const query::EventItem& event) {
  std::string text;
  for (const query::ValueItem& v : event.values) {
    text += fmt::format("{}{}={}", text.empty() ? "" : "; ", v.role, v.text);
  }
  return text;
}

std::string EventsCsv(const std::vector<query::EventItem>& events) {
  Csv csv({"event", "type", "type_name", "status", "polarity", "from", "to", "precision", "participants", "values",
           "confidence", "reports", "first_published", "article", "title", "published", "quote"});
  for (const query::EventItem& event : events) {
    csv.Cell(FormatId(event.event)).Cell(Word(event.type)).Cell(Info(event.type).name).Cell(Word(event.status));
    csv.Signed(event.polarity).Day(event.time.interval.from).Day(event.time.interval.to);
    csv.Cell(event.time.source == EventTimeSource::kNone ? std::string_view{} : Word(event.time.precision));
    csv.Cell(Participants(event)).Cell(Values(event)).Share(event.confidence).Count(event.reports);
    csv.Day(event.first_published);
    Proof(event.evidence, csv);
    csv.EndLine();
  }
  return csv.Take();
}

}  // namespace

std::string ToCsv(const query::EntitiesResult& result) {
  Csv csv({"entity", "type", "name", "tickers", "why", "matched", "articles", "events", "first_seen", "last_seen"});
  for (const query::EntityMatch& match : result.items) {
    csv.Cell(Id(match.entity)).Cell(Word(match.entity.type)).Cell(match.entity.name);
    csv.Cell(fmt::format("{}", fmt::join(match.tickers, "; "))).Cell(query::Word(match.why)).Cell(match.matched);
    csv.Count(match.articles).Count(match.events).Day(match.first_seen).Day(match.last_seen);
    csv.EndLine();
  }
  return csv.Take();
}

std::string ToCsv(const query::TimelineResult& result) {
  if (result.bucket == query::Bucket::kNone) return EventsCsv(result.items);
  Csv csv({"from", "to", "events", "reports"});
  for (const query::BucketItem& bucket : result.buckets) {
    csv.Day(bucket.from).Day(bucket.to).Count(bucket.events).Count(bucket.reports);
    csv.EndLine();
  }
  return csv.Take();
}

std::string ToCsv(const query::EventsResult& result) { return EventsCsv(result.items); }

std::string ToCsv(const query::RelationsResult& result) {
  Csv csv({"type", "type_name", "head", "head_name", "tail", "tail_name", "direction", "status", "support",
           "first_seen", "last_seen", "valid_from", "valid_until", "confidence", "npmi", "article", "title",
           "published", "quote"});
  for (const query::RelationItem& relation : result.items) {
    csv.Cell(Word(relation.type)).Cell(Info(relation.type).name);
    csv.Cell(Id(relation.head)).Cell(relation.head.name).Cell(Id(relation.tail)).Cell(relation.tail.name);
    csv.Cell(Word(relation.direction)).Cell(Word(relation.status)).Count(relation.support);
    csv.Day(relation.first_seen).Day(relation.last_seen).Day(relation.valid_from).Day(relation.valid_until);
    csv.Share(relation.confidence).Measure(relation.npmi);
    Proof(relation.evidence, csv);
    csv.EndLine();
  }
  return csv.Take();
}

std::string ToCsv(const query::PathsResult& result) {
  Csv csv({"path", "hop", "from", "from_name", "to", "to_name", "type", "status", "article", "title", "published",
           "quote"});
  for (std::size_t path = 0; path < result.paths.size(); ++path) {
    std::size_t number = 0;
    for (const query::HopItem& hop : result.paths[path].hops) {
      csv.Count(path + 1).Count(++number).Cell(Id(hop.from)).Cell(hop.from.name).Cell(Id(hop.to)).Cell(hop.to.name);
      csv.Cell(Word(hop.relation.type)).Cell(Word(hop.relation.status));
      Proof(hop.relation.evidence, csv);
      csv.EndLine();
    }
  }
  return csv.Take();
}

std::string ToCsv(const query::CooccurrenceResult& result) {
  Csv csv({"entity", "type", "name", "articles", "sentences", "npmi", "article", "title", "published", "quote"});
  for (const auto& item : result.items) {
    csv.Cell(Id(item.entity)).Cell(Word(item.entity.type)).Cell(item.entity.name);
    csv.Count(item.articles).Count(item.sentences).Measure(item.npmi);
    Proof(item.evidence, csv);
    csv.EndLine();
  }
  return csv.Take();
}

std::string ToCsv(const query::OperationsResult& result) {
  Csv csv({"number", "kind", "day", "from", "from_name", "into", "into_name", "aliases", "articles", "undoes",
           "undone_by", "reason"});
  for (const query::OperationItem& item : result.items) {
    std::vector<std::string> articles;
    articles.reserve(item.articles.size());
    for (const ArticleId& id : item.articles) articles.push_back(FormatId(id));
    const auto number = [](std::uint64_t value) { return value == 0 ? std::string() : std::to_string(value); };
    csv.Count(item.number).Cell(item.kind).Day(item.day);
    csv.Cell(FormatId(item.from.type, item.from.id)).Cell(item.from.name);
    csv.Cell(FormatId(item.into.type, item.into.id)).Cell(item.into.name);
    csv.Cell(fmt::format("{}", fmt::join(item.aliases, "; "))).Cell(fmt::format("{}", fmt::join(articles, "; ")));
    csv.Cell(number(item.undoes)).Cell(number(item.undone_by)).Cell(item.reason);
    csv.EndLine();
  }
  return csv.Take();
}

std::string ToCsv(const query::ArticlesResult& result) {
  Csv csv({"article", "title", "outlet", "author", "published", "published_from", "url", "mentions", "events",
           "relations"});
  for (const query::ArticleItem& item : result.items) {
    const Article& article = item.article;
    csv.Cell(FormatId(article.id)).Cell(article.title).Cell(article.outlet).Cell(article.author);
    csv.Cell(article.published ? FormatPublishedTime(*article.published) : std::string());
    csv.Cell(Word(article.published_from)).Cell(article.url);
    csv.Count(item.mentions).Count(item.events).Count(item.relations);
    csv.EndLine();
  }
  return csv.Take();
}

std::string ToCsv(const query::StoriesResult& result) {
  Csv csv({"story", "title", "from", "to", "articles", "happenings", "matching"});
  for (const query::StoryItem& item : result.items) {
    csv.Cell(FormatId(item.story)).Cell(item.title).Cell(FormatDate(item.from)).Cell(FormatDate(item.to));
    csv.Count(item.articles).Count(item.happenings).Count(item.matching);
    csv.EndLine();
  }
  return csv.Take();
}

}  // namespace mailuo::server
