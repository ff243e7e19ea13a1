#include "server/json_writer.h"

#include <optional>

#include "extract/confidence.h"
#include "extract/relation_extractor.h"
#include "server/json_annotation.h"
#include "server/json_build.h"
#include "server/json_items.h"
#include "server/words.h"

namespace mailuo::server {
namespace {

using query::EntityMatch;
using query::PageInfo;
using query::Snapshot;

void PrintPage(const PageInfo& page, JsonBuild& json) {
  json.Key("page");
  json.Open();
  json.Field("limit", page.limit);
  json.FieldOrNull("next_cursor", page.next_cursor);
  json.Field("total", page.total);
  json.Field("total_exact", page.total_exact);
  json.Close();
}

void PrintMeta(const Snapshot& snapshot, const Meta& meta, const std::vector<EntityMatch>& entities, JsonBuild& json) {
  json.Key("meta");
  json.Open();
  json.Field("snapshot", snapshot.sequence);
  json.Field("as_of", snapshot.as_of);
  json.Field("tz", "Asia/Shanghai");
  json.Field("took_us", meta.took_us);
  if (!entities.empty()) PrintList("entities", entities, json);
  json.Close();
}

template <typename Items>
std::string ListJson(const Items& items, const PageInfo& page, const Snapshot& snapshot, const Meta& meta,
                     const std::vector<EntityMatch>& entities = {}) {
  JsonBuild json;
  json.Open();
  PrintList("data", items, json);
  PrintPage(page, json);
  PrintMeta(snapshot, meta, entities, json);
  json.Close();
  return json.Take();
}

// `print_data` writes the value of "data".
template <typename PrintData>
std::string ObjectJson(const Snapshot& snapshot, const Meta& meta, const std::vector<EntityMatch>& entities,
                       PrintData print_data) {
  JsonBuild json;
  json.Open();
  json.Key("data");
  print_data(json);
  PrintMeta(snapshot, meta, entities, json);
  json.Close();
  return json.Take();
}

template <typename Items>
std::string Lines(const Items& items) {
  std::string lines;
  for (const auto& item : items) {
    JsonBuild json;
    Print(item, json);
    lines += json.Take();
    lines += '\n';
  }
  return lines;
}

template <typename Counts>
void PrintCounts(std::string_view key, const Counts& counts, JsonBuild& json) {
  json.Key(key);
  json.Open();
  for (const auto& [type, count] : counts) {
    if (count > 0) json.Field(Word(type), count);
  }
  json.Close();
}

void PrintRoles(std::string_view roles, JsonBuild& json) {
  json.Key("roles");
  json.OpenArray();
  while (!roles.empty()) {
    const std::string_view role = roles.substr(0, roles.find('|'));
    json.String(role);
    roles.remove_prefix(std::min(roles.size(), role.size() + 1));
  }
  json.CloseArray();
}

void PrintEventTypes(JsonBuild& json) {
  json.Key("event_types");
  json.OpenArray();
  for (const EventTypeInfo& info : EventTypes()) {
    json.Open();
    json.Field("type", info.code);
    json.Field("type_name", info.name);
    json.Field("group", info.group);
    json.Field("polarity", static_cast<int>(info.polarity));
    PrintRoles(info.roles, json);
    json.Close();
  }
  json.CloseArray();
}

void PrintRelationTypes(JsonBuild& json) {
  json.Key("relation_types");
  json.OpenArray();
  for (const RelationTypeInfo& info : RelationTypes()) {
    json.Open();
    json.Field("type", info.code);
    json.Field("type_name", info.name);
    json.Field("symmetric", info.symmetric);
    json.Field("state", info.state);
    json.Field("statistical", info.type == RelationType::kCoOccurs);
    json.Close();
  }
  json.CloseArray();
}

void PrintStats(const query::StatsResult& result, JsonBuild& json) {
  json.Open();
  json.Field("articles", result.articles);
  json.Field("sentences", result.sentences);
  json.Field("mentions", result.mentions);
  json.Field("entities", result.entities);
  PrintCounts("entities_by_type", result.entities_by_type, json);
  json.Field("events", result.events);
  json.Field("event_reports", result.event_reports);
  PrintCounts("events_by_type", result.events_by_type, json);
  json.Field("relations", result.relations);
  json.Field("relation_statements", result.relation_statements);
  PrintCounts("relations_by_type", result.relations_by_type, json);
  json.Field("first_published", result.first_published);
  json.Field("last_published", result.last_published);
  json.Field("format_version", result.format_version);
  // As text: 64 bits do not fit the numbers of every JSON reader.
  json.Field("lexicon_version", std::to_string(result.lexicon_version));
  json.Field("rules_version", std::to_string(result.rules_version));
  json.Field("lexicon_entities", result.lexicon_entities);
  json.Field("disk_bytes", result.disk_bytes);
  json.Close();
}

}  // namespace

std::string ToJson(const query::EntitiesResult& result, const Meta& meta) {
  return ListJson(result.items, result.page, result.snapshot, meta);
}

std::string ToJson(const query::EntityResult& result, const Meta& meta) {
  return ObjectJson(result.snapshot, meta, {}, [&](JsonBuild& json) { Print(result, json); });
}

std::string ToJson(const query::TimelineResult& result, const Meta& meta) {
  if (result.bucket == query::Bucket::kNone) {
    return ListJson(result.items, result.page, result.snapshot, meta, result.entities);
  }
  return ListJson(result.buckets, result.page, result.snapshot, meta, result.entities);
}

std::string ToJson(const query::EventsResult& result, const Meta& meta) {
  return ListJson(result.items, result.page, result.snapshot, meta, result.entities);
}

std::string ToJson(const query::EventResult& result, const Meta& meta) {
  return ObjectJson(result.snapshot, meta, {}, [&](JsonBuild& json) { Print(result, json); });
}

std::string ToJson(const query::DayResult& result, const Meta& meta) {
  JsonBuild json;
  json.Open();
  json.Key("data");
  json.Open();
  json.Field("day", std::optional(result.day));
  PrintList("events", result.events, json);
  PrintList("articles", result.articles, json);
  json.Close();
  PrintPage(result.page, json);
  PrintMeta(result.snapshot, meta, {}, json);
  json.Close();
  return json.Take();
}

std::string ToJson(const query::RelationsResult& result, const Meta& meta) {
  return ListJson(result.items, result.page, result.snapshot, meta, result.entities);
}

std::string ToJson(const query::PathsResult& result, const Meta& meta) {
  JsonBuild json;
  json.Open();
  PrintList("data", result.paths, json);
  json.Field("complete", result.complete);
  PrintMeta(result.snapshot, meta, result.entities, json);
  json.Close();
  return json.Take();
}

std::string ToJson(const query::SubgraphResult& result, const Meta& meta) {
  return ObjectJson(result.snapshot, meta, {}, [&](JsonBuild& json) {
    json.Open();
    PrintList("nodes", result.nodes, json);
    PrintList("edges", result.edges, json);
    json.Field("complete", result.complete);
    json.Close();
  });
}

std::string ToJson(const query::CooccurrenceResult& result, const Meta& meta) {
  return ListJson(result.items, result.page, result.snapshot, meta, {result.entity});
}

std::string ToJson(const query::OperationsResult& result, const Meta& meta) {
  return ListJson(result.items, result.page, result.snapshot, meta);
}

std::string ToJson(const query::OperationResult& result, const Meta& meta) {
  JsonBuild json;
  json.Open();
  json.Key("data");
  Print(result.operation, json);
  json.Key("meta");
  json.Open();
  json.Field("took_us", meta.took_us);
  // One after a merge.
  std::vector<EntityMatch> entities{result.into};
  if (result.from.entity.id != result.into.entity.id) entities.insert(entities.begin(), result.from);
  PrintList("entities", entities, json);
  json.Close();
  json.Close();
  return json.Take();
}

std::string ToJson(const query::ArticlesResult& result, const Meta& meta) {
  return ListJson(result.items, result.page, result.snapshot, meta, result.entities);
}

std::string ToJson(const query::ArticleResult& result, const Meta& meta, const ArticleParts& parts) {
  return ObjectJson(result.snapshot, meta, {}, [&](JsonBuild& json) {
    json.Open();
    PrintMetadata(result.article, json);
    json.Field("text", result.article.text);
    AnnotationFilter filter;
    filter.min_confidence = 0;
    filter.mentions = parts.mentions;
    filter.dates = parts.dates;
    filter.events = parts.events;
    filter.relations = parts.relations;
    json.Key("annotation");
    json.Raw(AnnotationJson(result.article, result.annotation, filter));
    PrintList("copies", result.copies, json);
    if (parts.events) {
      json.Key("event_ids");
      json.OpenArray();
      for (const EventId id : result.event_ids) json.String(FormatId(id));
      json.CloseArray();
    }
    json.Close();
  });
}

std::string ToJson(const query::StoriesResult& result, const Meta& meta) {
  return ListJson(result.items, result.page, result.snapshot, meta, result.entities);
}

std::string ToJson(const query::StoryResult& result, const Meta& meta) {
  return ObjectJson(result.snapshot, meta, {}, [&](JsonBuild& json) {
    json.Open();
    json.Key("story");
    Print(result.story, json);
    PrintList("happenings", result.happenings, json);
    PrintList("events", result.events, json);
    json.Field("complete", result.complete);
    json.Close();
  });
}

std::string ToJson(const query::StatsResult& result, const Meta& meta) {
  return ObjectJson(result.snapshot, meta, {}, [&](JsonBuild& json) { PrintStats(result, json); });
}

std::string ToNdjson(const query::EntitiesResult& result) { return Lines(result.items); }
std::string ToNdjson(const query::TimelineResult& result) {
  return result.bucket == query::Bucket::kNone ? Lines(result.items) : Lines(result.buckets);
}
std::string ToNdjson(const query::EventsResult& result) { return Lines(result.items); }
std::string ToNdjson(const query::RelationsResult& result) { return Lines(result.items); }
std::string ToNdjson(const query::PathsResult& result) { return Lines(result.paths); }
std::string ToNdjson(const query::CooccurrenceResult& result) { return Lines(result.items); }
std::string ToNdjson(const query::OperationsResult& result) { return Lines(result.items); }
std::string ToNdjson(const query::ArticlesResult& result) { return Lines(result.items); }
std::string ToNdjson(const query::StoriesResult& result) { return Lines(result.items); }

namespace {

void PrintMeasured(const extract::MeasuredPrecision& measured, JsonBuild& json) {
  json.FieldShare("precision", static_cast<double>(measured.precision), 3);
  json.Field("n", measured.n);
  json.Field("source", measured.source);
  json.Close();
}

void PrintBands(std::string_view name, const std::vector<extract::MeasuredPrecision>& bands, JsonBuild& json) {
  json.Key(name);
  json.OpenArray();
  for (const extract::MeasuredPrecision& band : bands) {
    json.Open();
    json.FieldShare("score", static_cast<double>(band.score), 3);
    PrintMeasured(band, json);
  }
  json.CloseArray();
}

// How often each rule, and each score of the relation model, was right on labelled text.
void PrintRules(JsonBuild& json) {
  const extract::ConfidenceTable& table = extract::ConfidenceTable::BuiltIn();
  json.Key("rules");
  json.OpenArray();
  for (const auto& [rule, measured] : extract::RulePrecisions()) {
    json.Open();
    json.Field("rule", rule);
    PrintMeasured(measured, json);
  }
  json.CloseArray();
  PrintBands("model_alone", table.model_alone(), json);
  PrintBands("model_and_rule", table.model_and_rule(), json);
}

}  // namespace

std::string SchemaJson(const Meta& meta) {
  JsonBuild json;
  json.Open();
  json.Key("data");
  json.Open();
  json.Key("mention_types");
  json.OpenArray();
  for (int type = 1; type <= kMentionTypeCount; ++type) json.String(Word(static_cast<MentionType>(type)));
  json.CloseArray();
  json.Key("statuses");
  json.OpenArray();
  for (const FactStatus status : {FactStatus::kOccurred, FactStatus::kPlanned, FactStatus::kRumoured,
                                  FactStatus::kDenied, FactStatus::kTerminated}) {
    json.String(Word(status));
  }
  json.CloseArray();
  PrintEventTypes(json);
  PrintRelationTypes(json);
  PrintRules(json);
  json.Close();
  json.Key("meta");
  json.Open();
  json.Field("tz", "Asia/Shanghai");
  json.Field("took_us", meta.took_us);
  json.Close();
  json.Close();
  return json.Take();
}

std::string ProblemJson(const query::Problem& problem, std::string_view type, std::string_view title, int status) {
  JsonBuild json;
  json.Open();
  json.Field("type", "/errors/" + std::string(type));
  json.Field("title", title);
  json.Field("status", status);
  json.Field("detail", problem.detail);
  if (!problem.parameter.empty()) json.Field("param", problem.parameter);
  if (!problem.hint.empty()) json.Field("hint", problem.hint);
  if (problem.kind == query::ProblemKind::kAmbiguousEntity) PrintList("candidates", problem.candidates, json);
  if (problem.kind == query::ProblemKind::kUnknownEntity) PrintList("did_you_mean", problem.candidates, json);
  json.Close();
  return json.Take();
}

}  // namespace mailuo::server
