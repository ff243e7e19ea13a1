#include "server/request_parser.h"

#include <charconv>
#include <utility>

#include <fmt/format.h>

namespace mailuo::server {
namespace {

using query::Answer;
using query::Refuse;

// MAILUO_PARSE(request.limit, params.Integer("limit", 20)); returns the problem from the enclosing function.
#define MAILUO_PARSE(target, expression)                   \
  do {                                                     \
    auto parsed = (expression);                            \
    if (!parsed) return Refuse(std::move(parsed).error()); \
    target = *std::move(parsed);                           \
  } while (false)

// The same for a step without a value.
#define MAILUO_STEP(expression) \
  if (auto ok = (expression); !ok) return Refuse(std::move(ok).error())

Answer<void> ReadCommon(const Params& params, query::Common& common) {
  MAILUO_PARSE(common.as_of, params.LastDay("as_of"));
  return {};
}

Answer<void> ReadPage(const Params& params, query::PageRequest& page) {
  MAILUO_PARSE(page.limit, params.Integer("limit", query::kDefaultLimit));
  page.cursor = params.Text("cursor");
  return {};
}

Answer<void> ReadDays(const Params& params, query::DayRange& days) {
  MAILUO_PARSE(days.from, params.FirstDay("from"));
  MAILUO_PARSE(days.to, params.LastDay("to"));
  return {};
}

Answer<void> ReadSelection(const Params& params, query::EventSelection& selection) {
  selection.entities = params.Texts("entity");
  MAILUO_PARSE(selection.types, params.Words<EventType>("type", ParseEventType, "an event type"));
  MAILUO_PARSE(selection.statuses, params.Words<FactStatus>("status", ParseFactStatus, "a status"));
  if (auto ok = ReadDays(params, selection.days); !ok) return ok;
  std::size_t field = 0;
  MAILUO_PARSE(field, params.Word("time_field", 0));
  selection.time_field = static_cast<query::TimeField>(field);
  MAILUO_PARSE(selection.min_confidence, params.Number("min_confidence", 0));
  selection.role = params.Text("role");
  selection.q = params.Text("q");
  MAILUO_PARSE(selection.novel_only, params.Boolean("novel_only", false));
  return {};
}

Answer<void> ReadOrder(const Params& params, query::SortOrder& order) {
  std::size_t word = 0;
  MAILUO_PARSE(word, params.Word("order", static_cast<std::size_t>(order)));
  order = static_cast<query::SortOrder>(word);
  return {};
}

}  // namespace

Answer<Format> ParseFormat(const Params& params) {
  std::size_t format = 0;
  MAILUO_PARSE(format, params.Word("format", 0));
  return static_cast<Format>(format);
}

Answer<query::Common> ParseCommon(const Params& params) {
  query::Common common;
  if (auto ok = ReadCommon(params, common); !ok) return Refuse(std::move(ok).error());
  return common;
}

Answer<query::EntitiesRequest> ParseEntities(const Params& params) {
  query::EntitiesRequest request;
  MAILUO_STEP(ReadCommon(params, request));
  MAILUO_STEP(ReadPage(params, request.page));
  request.q = params.Text("q");
  MAILUO_PARSE(request.prefix, params.Boolean("prefix", false));
  MAILUO_PARSE(request.types, params.Words<MentionType>("type", ParseMentionType, "an entity type"));
  return request;
}

Answer<query::EntityRequest> ParseEntity(const Params& params, std::string_view id) {
  query::EntityRequest request;
  MAILUO_STEP(ReadCommon(params, request));
  request.entity = id;
  MAILUO_PARSE(request.relations, params.Integer("relations", request.relations));
  return request;
}

Answer<query::TimelineRequest> ParseTimeline(const Params& params) {
  query::TimelineRequest request;
  MAILUO_STEP(ReadCommon(params, request));
  MAILUO_STEP(ReadPage(params, request.page));
  MAILUO_STEP(ReadSelection(params, request.events));
  MAILUO_STEP(ReadOrder(params, request.order));
  std::size_t bucket = 0;
  MAILUO_PARSE(bucket, params.Word("bucket", 0));
  request.bucket = static_cast<query::Bucket>(bucket);
  MAILUO_PARSE(request.max_evidence, params.Integer("max_evidence", request.max_evidence));
  return request;
}

Answer<query::EventsRequest> ParseEvents(const Params& params) {
  query::EventsRequest request;
  MAILUO_STEP(ReadCommon(params, request));
  MAILUO_STEP(ReadPage(params, request.page));
  MAILUO_STEP(ReadSelection(params, request.events));
  MAILUO_STEP(ReadOrder(params, request.order));
  MAILUO_PARSE(request.max_evidence, params.Integer("max_evidence", request.max_evidence));
  return request;
}

Answer<query::EventRequest> ParseEvent(const Params& params, std::string_view id) {
  query::EventRequest request;
  MAILUO_STEP(ReadCommon(params, request));
  const auto event = ParseEventId(id);
  if (!event) {
    return Refuse({query::ProblemKind::kNotFound,
                   fmt::format("\"{}\" is no event id", id),
                   "id",
                   "an event id is ev_ and 16 hex digits",
                   {}});
  }
  request.event = *event;
  return request;
}

Answer<query::DayRequest> ParseDay(const Params& params) {
  query::DayRequest request;
  MAILUO_STEP(ReadCommon(params, request));
  MAILUO_STEP(ReadPage(params, request.page));
  MAILUO_PARSE(request.types, params.Words<EventType>("type", ParseEventType, "an event type"));
  std::optional<Date> first;
  std::optional<Date> last;
  MAILUO_PARSE(first, params.FirstDay("date"));
  MAILUO_PARSE(last, params.LastDay("date"));
  if (!first || first != last) return Refuse(query::BadParameter("date", "date must be one day"));
  request.day = *first;
  return request;
}

Answer<query::RelationsRequest> ParseRelations(const Params& params) {
  query::RelationsRequest request;
  MAILUO_STEP(ReadCommon(params, request));
  MAILUO_STEP(ReadPage(params, request.page));
  MAILUO_STEP(ReadDays(params, request.days));
  request.entity = params.Text("entity");
  request.with = params.Text("with");
  MAILUO_PARSE(request.types, params.Words<RelationType>("type", ParseRelationType, "a relation type"));
  MAILUO_PARSE(request.statuses, params.Words<FactStatus>("status", ParseFactStatus, "a status"));
  std::size_t direction = 0;
  MAILUO_PARSE(direction, params.Word("direction", 0));
  request.direction = static_cast<query::Direction>(direction);
  MAILUO_PARSE(request.min_confidence, params.Number("min_confidence", 0));
  return request;
}

Answer<query::PathsRequest> ParsePaths(const Params& params) {
  query::PathsRequest request;
  MAILUO_STEP(ReadCommon(params, request));
  request.from = params.Text("from");
  request.to = params.Text("to");
  MAILUO_PARSE(request.max_hops, params.Integer("max_hops", request.max_hops));
  MAILUO_PARSE(request.k, params.Integer("k", request.k));
  MAILUO_PARSE(request.types, params.Words<RelationType>("types", ParseRelationType, "a relation type"));
  request.exclude = params.Texts("exclude");
  return request;
}

Answer<query::SubgraphRequest> ParseSubgraph(const Params& params) {
  query::SubgraphRequest request;
  MAILUO_STEP(ReadCommon(params, request));
  request.entity = params.Text("entity");
  MAILUO_PARSE(request.depth, params.Integer("depth", request.depth));
  MAILUO_PARSE(request.max_nodes, params.Integer("max_nodes", request.max_nodes));
  MAILUO_PARSE(request.types, params.Words<RelationType>("types", ParseRelationType, "a relation type"));
  return request;
}

Answer<query::CooccurrenceRequest> ParseCooccurrence(const Params& params) {
  query::CooccurrenceRequest request;
  MAILUO_STEP(ReadCommon(params, request));
  MAILUO_STEP(ReadPage(params, request.page));
  MAILUO_STEP(ReadDays(params, request.days));
  request.entity = params.Text("entity");
  std::size_t word = 0;
  MAILUO_PARSE(word, params.Word("measure", 0));
  request.measure = static_cast<query::Measure>(word);
  MAILUO_PARSE(word, params.Word("window", 0));
  request.window = static_cast<query::Window>(word);
  MAILUO_PARSE(request.min_support, params.Integer("min_support", request.min_support));
  return request;
}

Answer<query::ArticlesRequest> ParseArticles(const Params& params) {
  query::ArticlesRequest request;
  MAILUO_STEP(ReadCommon(params, request));
  MAILUO_STEP(ReadPage(params, request.page));
  MAILUO_STEP(ReadDays(params, request.days));
  MAILUO_STEP(ReadOrder(params, request.order));
  request.entity = params.Text("entity");
  return request;
}

Answer<query::StoriesRequest> ParseStories(const Params& params) {
  query::StoriesRequest request;
  MAILUO_STEP(ReadCommon(params, request));
  MAILUO_STEP(ReadPage(params, request.page));
  MAILUO_STEP(ReadDays(params, request.days));
  request.entity = params.Text("entity");
  return request;
}

Answer<query::StoryRequest> ParseStory(const Params& params, std::string_view id) {
  query::StoryRequest request;
  MAILUO_STEP(ReadCommon(params, request));
  const auto story = ParseStoryId(id);
  if (!story) {
    return Refuse({query::ProblemKind::kNotFound,
                   fmt::format("\"{}\" is no story id", id),
                   "id",
                   "a story id is st_ and 16 hex digits",
                   {}});
  }
  request.story = *story;
  return request;
}

Answer<ArticleId> ParseArticleIdOfPath(std::string_view id) {
  const auto article = ParseArticleId(id);
  if (article) return *article;
  return Refuse({query::ProblemKind::kNotFound,
                 fmt::format("\"{}\" is no article id", id),
                 "id",
                 "an article id is ar_ and 32 hex digits",
                 {}});
}

Answer<query::OperationsRequest> ParseOperations(const Params& params) {
  query::OperationsRequest request;
  MAILUO_STEP(ReadPage(params, request.page));
  return request;
}

Answer<query::MergeRequest> ParseMerge(const Params& params, std::string_view id) {
  query::MergeRequest request;
  request.entity = id;
  request.with = params.Text("with");
  request.reason = params.Text("reason");
  return request;
}

Answer<query::SplitRequest> ParseSplit(const Params& params, std::string_view id) {
  query::SplitRequest request;
  request.entity = id;
  request.aliases = params.Texts("alias");
  request.articles = params.Texts("article");
  request.into = params.Text("into");
  request.as = params.Text("as");
  request.reason = params.Text("reason");
  if (const std::string type = params.Text("type"); !type.empty()) {
    request.type = ParseMentionType(type);
    if (!request.type) {
      return Refuse(
          query::BadParameter("type", fmt::format("\"{}\" is not an entity type", type), "GET /v1/schema lists them"));
    }
  }
  return request;
}

Answer<query::UndoRequest> ParseUndo(const Params& params, std::string_view id) {
  query::UndoRequest request;
  request.reason = params.Text("reason");
  const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), request.number);
  if (error != std::errc() || end != id.data() + id.size()) {
    return Refuse({query::ProblemKind::kNotFound,
                   fmt::format("\"{}\" is not the number of an operation", id),
                   "number",
                   "GET /v1/operations lists them",
                   {}});
  }
  return request;
}

Answer<query::ArticleRequest> ParseArticle(const Params& params, std::string_view id) {
  query::ArticleRequest request;
  MAILUO_STEP(ReadCommon(params, request));
  MAILUO_PARSE(request.article, ParseArticleIdOfPath(id));
  return request;
}

Answer<ArticleParts> ParseParts(const Params& params) {
  if (!params.Has("with")) return ArticleParts{};
  const auto parse = [](std::string_view word) -> std::optional<int> {
    constexpr std::string_view kParts[] = {"mentions", "dates", "events", "relations", "none"};
    for (int i = 0; i < 5; ++i) {
      if (word == kParts[i]) return i;
    }
    return std::nullopt;
  };
  std::vector<int> words;
  MAILUO_PARSE(words, params.Words<int>("with", parse, "of mentions, dates, events, relations, none"));
  ArticleParts parts{false, false, false, false};
  for (const int word : words) {
    if (word == 0) parts.mentions = true;
    if (word == 1) parts.dates = true;
    if (word == 2) parts.events = true;
    if (word == 3) parts.relations = true;
  }
  return parts;
}

Answer<AnnotationFilter> ParseAnnotationFilter(const Params& params) {
  AnnotationFilter filter;
  MAILUO_PARSE(filter.types, params.Words<MentionType>("type", ParseMentionType, "an entity type"));
  MAILUO_PARSE(filter.min_confidence, params.Number("min_confidence", filter.min_confidence));
  if (filter.min_confidence < 0 || filter.min_confidence > 1) {
    return Refuse(query::BadParameter("min_confidence", "min_confidence must be 0..1"));
  }
  return filter;
}

}  // namespace mailuo::server
