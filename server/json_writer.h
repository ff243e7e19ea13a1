// Answers as JSON texts: what the HTTP API sends and what the command line prints with --json, byte for byte (but for
// took_us). Lists also come as NDJSON (one item a line; page and meta are left out) and CSV (csv_writer.h).
//
//     {"data": …, "page": {"limit":20,"next_cursor":null,"total":137,"total_exact":true},
//      "meta": {"snapshot":4711,"as_of":null,"tz":"Asia/Shanghai","took_us":812,"entities":[…]}}
//
// "page" only with lists. "entities" in meta: what the names of the question stood for, and why.
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "query/problem.h"
#include "query/results.h"
#include "server/http_status.h"

namespace mailuo::server {

struct Meta {
  std::uint64_t took_us = 0;
};

// Which parts of an article's annotation are shown.
struct ArticleParts {
  bool mentions = true;
  bool dates = true;
  bool events = true;
  bool relations = true;
};

std::string ToJson(const query::EntitiesResult& result, const Meta& meta);
std::string ToJson(const query::EntityResult& result, const Meta& meta);
std::string ToJson(const query::TimelineResult& result, const Meta& meta);
std::string ToJson(const query::EventsResult& result, const Meta& meta);
std::string ToJson(const query::EventResult& result, const Meta& meta);
std::string ToJson(const query::DayResult& result, const Meta& meta);
std::string ToJson(const query::RelationsResult& result, const Meta& meta);
std::string ToJson(const query::PathsResult& result, const Meta& meta);
std::string ToJson(const query::SubgraphResult& result, const Meta& meta);
std::string ToJson(const query::CooccurrenceResult& result, const Meta& meta);
std::string ToJson(const query::OperationsResult& result, const Meta& meta);
// {"data":{the operation},"meta":{"took_us":…,"entities":[what its entities are now]}}
std::string ToJson(const query::OperationResult& result, const Meta& meta);
std::string ToJson(const query::ArticlesResult& result, const Meta& meta);
std::string ToJson(const query::ArticleResult& result, const Meta& meta, const ArticleParts& parts = {});
std::string ToJson(const query::StoriesResult& result, const Meta& meta);
std::string ToJson(const query::StoryResult& result, const Meta& meta);
std::string ToJson(const query::StatsResult& result, const Meta& meta);

std::string ToNdjson(const query::EntitiesResult& result);
std::string ToNdjson(const query::TimelineResult& result);
std::string ToNdjson(const query::EventsResult& result);
std::string ToNdjson(const query::RelationsResult& result);
std::string ToNdjson(const query::PathsResult& result);
std::string ToNdjson(const query::CooccurrenceResult& result);
std::string ToNdjson(const query::OperationsResult& result);
std::string ToNdjson(const query::ArticlesResult& result);
std::string ToNdjson(const query::StoriesResult& result);

// Mention, event and relation types with names and roles; statuses; rules with their measured precision. Answers
// /v1/schema and `mailuo schema --json`.
std::string SchemaJson(const Meta& meta);

// RFC 9457. `status` is the HTTP status; `type` the word behind "/errors/".
std::string ProblemJson(const query::Problem& problem, std::string_view type, std::string_view title, int status);

}  // namespace mailuo::server
