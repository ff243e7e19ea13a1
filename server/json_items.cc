#include "server/json_items.h"

#include <optional>
#include <string>
#include <vector>

#include "server/words.h"

namespace mailuo::server {
namespace {

using query::Evidence;

void PrintEnd(std::string_view key, const query::EntityRef& entity, JsonBuild& json) {
  json.Key(key);
  json.Open();
  PrintEntity(entity, json);
  json.Close();
}

void PrintStrings(std::string_view key, const std::vector<std::string>& items, JsonBuild& json) {
  json.Key(key);
  json.OpenArray();
  for (const std::string& item : items) json.String(item);
  json.CloseArray();
}

void PrintShareOrNull(std::string_view key, const std::optional<double>& value, JsonBuild& json) {
  json.Key(key);
  if (!value) return json.Null();
  json.Share(*value, 4);
}

// null for 0.
void PrintNumberOrNull(std::string_view key, std::uint64_t value, JsonBuild& json) {
  json.Key(key);
  value == 0 ? json.Null() : json.Unsigned(value);
}

void PrintTime(const query::EventItem& event, JsonBuild& json) {
  json.Key("time");
  json.Open();
  json.Field("from", event.time.interval.from);
  json.Field("to", event.time.interval.to);
  const bool known = event.time.source != EventTimeSource::kNone;
  json.FieldOrNull("precision", known ? Word(event.time.precision) : std::string_view{});
  json.FieldOrNull("text", event.time_text);
  json.Field("source", Word(event.time.source));
  json.Close();
}

void PrintValues(const std::vector<query::ValueItem>& values, JsonBuild& json) {
  json.Key("values");
  json.OpenArray();
  for (const query::ValueItem& value : values) {
    json.Open();
    json.Field("role", value.role);
    json.Field("text", value.text);
    json.FieldNumber("number", value.number);
    json.Field("unit", value.unit);
    json.Close();
  }
  json.CloseArray();
}

void PrintParticipants(const query::EventItem& event, JsonBuild& json) {
  json.Key("participants");
  json.OpenArray();
  for (const query::ParticipantItem& participant : event.participants) {
    json.Open();
    json.Field("role", participant.role);
    PrintEntity(participant.entity, json);
    json.Close();
  }
  json.CloseArray();
  PrintValues(event.values, json);
}

void PrintStatements(const query::RelationItem& relation, JsonBuild& json) {
  json.Field("status", Word(relation.status));
  json.Field("support", relation.support);
  json.Key("statuses");
  json.Open();
  for (std::size_t i = 1; i < relation.by_status.size(); ++i) {
    if (relation.by_status[i] > 0) json.Field(Word(static_cast<FactStatus>(i)), relation.by_status[i]);
  }
  json.Close();
  json.Field("first_seen", relation.first_seen);
  json.Field("last_seen", relation.last_seen);
  json.Key("valid");
  json.Open();
  json.Field("from", relation.valid_from);
  json.Field("until", relation.valid_until);
  json.Close();
  json.FieldShare("confidence", relation.confidence);
}

void PrintMeasure(const query::RelationItem& relation, JsonBuild& json) {
  json.Field("support", relation.support);
  json.Key("measure");
  json.Open();
  json.Field("articles", relation.articles);
  json.Field("sentences", relation.sentences);
  PrintShareOrNull("npmi", relation.npmi, json);
  json.Close();
}

}  // namespace

void PrintEntity(const query::EntityRef& entity, JsonBuild& json) {
  json.FieldOrNull("entity", entity.id ? FormatId(entity.type, entity.id) : std::string());
  json.Field("type", Word(entity.type));
  json.Field("name", entity.name);
}

void Print(const query::EntityMatch& match, JsonBuild& json) {
  json.Open();
  PrintEntity(match.entity, json);
  PrintStrings("tickers", match.tickers, json);
  json.Field("why", query::Word(match.why));
  json.Field("matched", match.matched);
  json.Field("articles", match.articles);
  json.Field("events", match.events);
  json.Field("first_seen", match.first_seen);
  json.Field("last_seen", match.last_seen);
  json.Close();
}

void Print(const Evidence& evidence, JsonBuild& json) {
  json.Open();
  json.Field("article", FormatId(evidence.article));
  json.Field("title", evidence.title);
  json.Field("published", evidence.published);
  json.Field("sentence", evidence.sentence);
  json.Field("start", evidence.span.start);
  json.Field("end", evidence.span.end);
  json.Field("quote", evidence.quote);
  json.FieldOrNull("outlet", evidence.outlet);
  json.Field("published_from", Word(evidence.published_from));
  json.Close();
}

namespace {

void PrintFields(const query::EventItem& event, JsonBuild& json) {
  json.Field("event", FormatId(event.event));
  json.Field("type", Word(event.type));
  json.Field("type_name", Info(event.type).name);
  json.Field("status", Word(event.status));
  json.Field("polarity", static_cast<int>(event.polarity));
  PrintTime(event, json);
  PrintParticipants(event, json);
  json.Field("summary", event.summary);
  json.FieldShare("confidence", event.confidence);
  json.Field("reports", event.reports);
  json.Field("copies", event.copies);
  json.Field("first_published", event.first_published);
  PrintList("evidence", event.evidence, json);
  json.Field("trigger", event.trigger);
  json.Field("rule", event.rule);
}

void PrintReport(const query::EventReportItem& report, JsonBuild& json) {
  json.Open();
  json.Field("article", FormatId(report.article));
  json.Field("sentence", report.sentence);
  json.Field("published", report.published);
  json.Key("days_after_first");
  if (report.days_after_first) {
    json.Integer(*report.days_after_first);
  } else {
    json.Null();
  }
  json.Field("status", Word(report.status));
  PrintValues(report.values, json);
  json.Close();
}

// {"event", "type", "type_name", "words", "article", "sentence", "span", "quote"} of the links of one type and
// direction.
void PrintLinks(std::string_view key, EventLinkType type, bool outgoing, const std::vector<query::EventLinkItem>& links,
                JsonBuild& json) {
  json.Key(key);
  json.OpenArray();
  for (const query::EventLinkItem& link : links) {
    if (link.type != type || link.outgoing != outgoing) continue;
    json.Open();
    json.Field("event", FormatId(link.other));
    json.Field("type", Word(link.other_type));
    json.Field("type_name", Info(link.other_type).name);
    json.Field("words", link.words);
    json.Field("article", FormatId(link.article));
    json.Field("sentence", link.sentence);
    json.Field("start", link.span.start);
    json.Field("end", link.span.end);
    json.Field("quote", link.quote);
    json.Close();
  }
  json.CloseArray();
}

}  // namespace

void Print(const query::EventItem& event, JsonBuild& json) {
  json.Open();
  PrintFields(event, json);
  json.Close();
}

void Print(const query::EventResult& result, JsonBuild& json) {
  json.Open();
  PrintFields(result.event, json);
  json.Key("near_identical");
  json.OpenArray();
  for (const std::vector<ArticleId>& group : result.near_identical) {
    json.OpenArray();
    for (const ArticleId& id : group) json.String(FormatId(id));
    json.CloseArray();
  }
  json.CloseArray();
  json.Key("told");
  json.OpenArray();
  for (const query::EventReportItem& report : result.told) PrintReport(report, json);
  json.CloseArray();
  PrintLinks("causes", EventLinkType::kCauses, true, result.links, json);
  PrintLinks("caused_by", EventLinkType::kCauses, false, result.links, json);
  PrintLinks("precedes", EventLinkType::kPrecedes, true, result.links, json);
  PrintLinks("follows", EventLinkType::kPrecedes, false, result.links, json);
  json.Close();
}

void Print(const query::BucketItem& bucket, JsonBuild& json) {
  json.Open();
  json.Field("from", std::optional(bucket.from));
  json.Field("to", std::optional(bucket.to));
  json.Field("events", bucket.events);
  json.Field("reports", bucket.reports);
  json.Key("types");
  json.OpenArray();
  for (const auto& [type, events] : bucket.types) {
    json.Open();
    json.Field("type", Word(type));
    json.Field("type_name", Info(type).name);
    json.Field("events", events);
    json.Close();
  }
  json.CloseArray();
  json.Close();
}

void Print(const query::RelationItem& relation, JsonBuild& json) {
  json.Open();
  json.Field("type", Word(relation.type));
  json.Field("type_name", Info(relation.type).name);
  PrintEnd("head", relation.head, json);
  PrintEnd("tail", relation.tail, json);
  json.Field("direction", Word(relation.direction));
  if (relation.type == RelationType::kCoOccurs) {
    PrintMeasure(relation, json);
  } else {
    PrintStatements(relation, json);
  }
  PrintList("evidence", relation.evidence, json);
  json.Close();
}

void Print(const query::PathItem& path, JsonBuild& json) {
  json.Open();
  json.FieldShare("cost", path.cost, 3);
  json.Key("hops");
  json.OpenArray();
  for (const query::HopItem& hop : path.hops) {
    json.Open();
    PrintEnd("from", hop.from, json);
    PrintEnd("to", hop.to, json);
    json.Key("relation");
    Print(hop.relation, json);
    json.Close();
  }
  json.CloseArray();
  json.Close();
}

void Print(const query::SubgraphResult::Node& node, JsonBuild& json) {
  json.Open();
  PrintEntity(node.entity, json);
  json.Field("depth", node.depth);
  json.Field("articles", node.articles);
  json.Close();
}

void Print(const query::CooccurrenceResult::Item& item, JsonBuild& json) {
  json.Open();
  PrintEntity(item.entity, json);
  json.Field("articles", item.articles);
  json.Field("sentences", item.sentences);
  PrintShareOrNull("npmi", item.npmi, json);
  PrintList("evidence", item.evidence, json);
  json.Close();
}

void PrintMetadata(const Article& article, JsonBuild& json) {
  json.Field("article", FormatId(article.id));
  json.Field("title", article.title);
  json.FieldOrNull("outlet", article.outlet);
  json.FieldOrNull("author", article.author);
  json.FieldOrNull("url", article.url);
  json.FieldOrNull("external_id", article.external_id);
  json.FieldOrNull("source_path", article.source_path);
  json.FieldOrNull("published", article.published ? FormatPublishedTime(*article.published) : std::string());
  json.Field("published_from", Word(article.published_from));
}

void Print(const query::ArticleItem& article, JsonBuild& json) {
  json.Open();
  PrintMetadata(article.article, json);
  json.Field("text_bytes", article.text_bytes);
  json.Field("sentences", article.sentences);
  json.Field("mentions", article.mentions);
  json.Field("events", article.events);
  json.Field("relations", article.relations);
  json.Close();
}

void Print(const query::OperationItem& operation, JsonBuild& json) {
  json.Open();
  json.Field("number", operation.number);
  json.Field("kind", operation.kind);
  json.Field("day", std::optional<Date>(operation.day));
  json.FieldOrNull("reason", operation.reason);
  PrintEnd("from", operation.from, json);
  PrintEnd("into", operation.into, json);
  PrintStrings("aliases", operation.aliases, json);
  std::vector<std::string> articles;
  articles.reserve(operation.articles.size());
  for (const ArticleId& id : operation.articles) articles.push_back(FormatId(id));
  PrintStrings("articles", articles, json);
  PrintNumberOrNull("undoes", operation.undoes, json);
  PrintNumberOrNull("undone_by", operation.undone_by, json);
  json.Close();
}

void Print(const query::StoryItem& story, JsonBuild& json) {
  json.Open();
  json.Field("story", FormatId(story.story));
  json.Field("title", story.title);
  json.Field("from", std::optional(story.from));
  json.Field("to", std::optional(story.to));
  json.Field("articles", story.articles);
  json.Field("happenings", story.happenings);
  json.Field("matching", story.matching);
  json.Close();
}

void Print(const query::HappeningItem& happening, JsonBuild& json) {
  json.Open();
  json.Field("from", std::optional(happening.from));
  json.Field("to", std::optional(happening.to));
  json.Key("reports");
  json.OpenArray();
  for (const query::HappeningItem::Report& report : happening.reports) {
    json.Open();
    PrintMetadata(report.article.article, json);
    PrintIds("copies", report.copies, json);
    json.Close();
  }
  json.CloseArray();
  json.Close();
}

void PrintIds(std::string_view key, const std::vector<ArticleId>& ids, JsonBuild& json) {
  json.Key(key);
  json.OpenArray();
  for (const ArticleId& id : ids) json.String(FormatId(id));
  json.CloseArray();
}

void Print(const query::EntityResult& entity, JsonBuild& json) {
  json.Open();
  PrintEntity(entity.match.entity, json);
  json.FieldOrNull("kind", entity.kind);
  json.Key("names");
  json.OpenArray();
  for (const auto& name : entity.names) {
    json.Open();
    json.Field("name", name.text);
    json.Field("source", name.source);
    json.Field("articles", name.articles);
    json.Close();
  }
  json.CloseArray();
  json.Key("tickers");
  json.OpenArray();
  for (const auto& ticker : entity.tickers) {
    json.Open();
    json.Field("ticker", ticker.ticker);
    json.Field("source", ticker.source);
    json.Field("articles", ticker.articles);
    json.Close();
  }
  json.CloseArray();
  json.Key("merged");
  json.OpenArray();
  for (const query::EntityRef& member : entity.merged) {
    json.Open();
    PrintEntity(member, json);
    json.Close();
  }
  json.CloseArray();
  json.Key("attributes");
  json.Open();
  for (const auto& [key, value] : entity.attributes) json.Field(key, value);
  json.Close();
  json.Key("counts");
  json.Open();
  json.Field("articles", entity.articles);
  json.Field("sentences", entity.sentences);
  json.Field("mentions", entity.mentions);
  json.Field("events", entity.events);
  json.Field("relations", entity.relations);
  json.Close();
  json.Field("first_seen", entity.match.first_seen);
  json.Field("last_seen", entity.match.last_seen);
  json.Field("why", query::Word(entity.match.why));
  json.Field("matched", entity.match.matched);
  PrintList("relations", entity.top_relations, json);
  json.Close();
}

}  // namespace mailuo::server
