// The JSON of single items of answers (docs/HTTP_API.md). Included only from json_*.cc.
// Thread safety: pure functions.
#pragma once

#include "query/problem.h"
#include "query/results.h"
#include "server/json_build.h"

namespace mailuo::server {

void Print(const query::EntityMatch& match, JsonBuild& json);
void Print(const query::Evidence& evidence, JsonBuild& json);
void Print(const query::EventItem& event, JsonBuild& json);
void Print(const query::EventResult& result, JsonBuild& json);
void Print(const query::BucketItem& bucket, JsonBuild& json);
void Print(const query::RelationItem& relation, JsonBuild& json);
void Print(const query::PathItem& path, JsonBuild& json);
void Print(const query::SubgraphResult::Node& node, JsonBuild& json);
void Print(const query::CooccurrenceResult::Item& item, JsonBuild& json);
void Print(const query::ArticleItem& article, JsonBuild& json);
void Print(const query::OperationItem& operation, JsonBuild& json);
void Print(const query::StoryItem& story, JsonBuild& json);
void Print(const query::HappeningItem& happening, JsonBuild& json);
void Print(const query::EntityResult& entity, JsonBuild& json);

void PrintIds(std::string_view key, const std::vector<ArticleId>& ids, JsonBuild& json);

// Metadata of an article, inside an open object.
void PrintMetadata(const Article& article, JsonBuild& json);

// "entity", "type", "name", inside an open object. "entity" is null for a participant without one.
void PrintEntity(const query::EntityRef& entity, JsonBuild& json);

template <typename Items>
void PrintList(std::string_view key, const Items& items, JsonBuild& json) {
  json.Key(key);
  json.OpenArray();
  for (const auto& item : items) Print(item, json);
  json.CloseArray();
}

}  // namespace mailuo::server
