// Parameters of a request to the engine's questions. Nothing here runs a question.
// Thread safety: pure functions.
#pragma once

#include <string_view>

#include "query/requests.h"
#include "server/json_annotation.h"
#include "server/json_writer.h"
#include "server/params.h"

namespace mailuo::server {

enum class Format : std::uint8_t { kJson, kNdjson, kCsv };

// Every question's as_of and format.
query::Answer<Format> ParseFormat(const Params& params);

query::Answer<query::Common> ParseCommon(const Params& params);
query::Answer<query::EntitiesRequest> ParseEntities(const Params& params);
query::Answer<query::EntityRequest> ParseEntity(const Params& params, std::string_view id);
query::Answer<query::TimelineRequest> ParseTimeline(const Params& params);
query::Answer<query::EventsRequest> ParseEvents(const Params& params);
query::Answer<query::EventRequest> ParseEvent(const Params& params, std::string_view id);
query::Answer<query::DayRequest> ParseDay(const Params& params);
query::Answer<query::RelationsRequest> ParseRelations(const Params& params);
query::Answer<query::PathsRequest> ParsePaths(const Params& params);
query::Answer<query::SubgraphRequest> ParseSubgraph(const Params& params);
query::Answer<query::CooccurrenceRequest> ParseCooccurrence(const Params& params);
query::Answer<query::ArticlesRequest> ParseArticles(const Params& params);
query::Answer<query::OperationsRequest> ParseOperations(const Params& params);
// Of a writing call on the entity or the operation `id`; the day is left to the caller.
query::Answer<query::MergeRequest> ParseMerge(const Params& params, std::string_view id);
query::Answer<query::SplitRequest> ParseSplit(const Params& params, std::string_view id);
query::Answer<query::UndoRequest> ParseUndo(const Params& params, std::string_view id);
query::Answer<query::ArticleRequest> ParseArticle(const Params& params, std::string_view id);
query::Answer<ArticleParts> ParseParts(const Params& params);
query::Answer<AnnotationFilter> ParseAnnotationFilter(const Params& params);

query::Answer<query::StoriesRequest> ParseStories(const Params& params);
query::Answer<query::StoryRequest> ParseStory(const Params& params, std::string_view id);

// "ar_…" of a path; kNotFound for anything else.
query::Answer<ArticleId> ParseArticleIdOfPath(std::string_view id);

}  // namespace mailuo::server
