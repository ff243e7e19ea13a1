// The questions: entity, timeline, relations, path, day, article, stats, schema. Each parses its options into a
// request, asks the engine, and shows the answer or prints its JSON.
#include <string>
#include <utility>

#include <fmt/core.h>

#include "cli/answering.h"
#include "cli/answers.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/parse.h"
#include "cli/wiring.h"
#include "query/engine.h"
#include "server/http_error.h"
#include "server/json_writer.h"

namespace mailuo::cli {
namespace {

// Not there or not one thing: the question was fine, the store has no answer.
int ExitCodeOf(const query::Problem& problem) {
  switch (problem.kind) {
    case query::ProblemKind::kBadParameter:
    case query::ProblemKind::kConflict:
    case query::ProblemKind::kUnknownParameter:
    case query::ProblemKind::kBadCursor: return kExitUsage;
    case query::ProblemKind::kUnknownEntity:
    case query::ProblemKind::kAmbiguousEntity:
    case query::ProblemKind::kNotFound: return kExitPartial;
    case query::ProblemKind::kDeadline:
    case query::ProblemKind::kInternal: return kExitStore;
  }
  return kExitStore;
}

// Opens the store and hands the engine to `ask`, which returns an Answer of the engine.
template <typename Ask>
int AnswerQuestion(const QueryArgs& args, Output& output, Ask&& ask) {
  const auto store = OpenForReading(args.store);
  if (!store) return Fail(store.error(), output);
  return AskStore(**store, args.lexicon, args.json, output, std::forward<Ask>(ask));
}

Result<query::EntitiesRequest> MakeRequest(const EntityOptions& options) {
  query::EntitiesRequest request;
  MAILUO_ASSIGN_OR_RETURN(static_cast<query::Common&>(request), ParseCommon(options.query));
  MAILUO_ASSIGN_OR_RETURN(request.page, ParsePage(options.query));
  MAILUO_ASSIGN_OR_RETURN(request.types, ParseMentionTypes(options.query.types));
  request.q = options.name;
  request.prefix = true;
  return request;
}

Result<query::TimelineRequest> MakeRequest(const TimelineOptions& options) {
  query::TimelineRequest request;
  MAILUO_ASSIGN_OR_RETURN(static_cast<query::Common&>(request), ParseCommon(options.query));
  MAILUO_ASSIGN_OR_RETURN(request.page, ParsePage(options.query));
  MAILUO_ASSIGN_OR_RETURN(request.events.types, ParseEventTypes(options.query.types));
  MAILUO_ASSIGN_OR_RETURN(request.events.statuses, ParseStatuses(options.query.statuses));
  MAILUO_ASSIGN_OR_RETURN(request.events.days, ParseRange(options.query));
  request.events.entities = options.names;
  request.events.min_confidence = options.query.min_confidence;
  request.events.time_field =
      options.time_field == "published" ? query::TimeField::kPublished : query::TimeField::kEvent;
  request.order = options.order == "asc" ? query::SortOrder::kAscending : query::SortOrder::kDescending;
  return request;
}

Result<query::RelationsRequest> MakeRequest(const RelationsOptions& options) {
  query::RelationsRequest request;
  MAILUO_ASSIGN_OR_RETURN(static_cast<query::Common&>(request), ParseCommon(options.query));
  MAILUO_ASSIGN_OR_RETURN(request.page, ParsePage(options.query));
  MAILUO_ASSIGN_OR_RETURN(request.types, ParseRelationTypes(options.query.types));
  MAILUO_ASSIGN_OR_RETURN(request.statuses, ParseStatuses(options.query.statuses));
  MAILUO_ASSIGN_OR_RETURN(request.days, ParseRange(options.query));
  request.entity = options.name;
  request.with = options.with;
  request.min_confidence = options.query.min_confidence;
  if (options.direction == "out") request.direction = query::Direction::kOut;
  if (options.direction == "in") request.direction = query::Direction::kIn;
  return request;
}

Result<query::PathsRequest> MakeRequest(const PathOptions& options) {
  query::PathsRequest request;
  MAILUO_ASSIGN_OR_RETURN(static_cast<query::Common&>(request), ParseCommon(options.query));
  MAILUO_ASSIGN_OR_RETURN(request.types, ParseRelationTypes(options.query.types));
  request.from = options.from;
  request.to = options.to;
  request.max_hops = static_cast<std::uint32_t>(options.max_hops);
  request.k = static_cast<std::uint32_t>(options.paths);
  request.exclude = options.exclude;
  return request;
}

Result<query::DayRequest> MakeRequest(const DayOptions& options) {
  query::DayRequest request;
  MAILUO_ASSIGN_OR_RETURN(static_cast<query::Common&>(request), ParseCommon(options.query));
  MAILUO_ASSIGN_OR_RETURN(request.page, ParsePage(options.query));
  MAILUO_ASSIGN_OR_RETURN(request.types, ParseEventTypes(options.query.types));
  MAILUO_ASSIGN_OR_RETURN(const auto day, ParsePeriod("DATE", options.day));
  if (!day || !day->from || day->from != day->to) {
    return Error{ErrorCode::kInvalidArgument, fmt::format("DATE: '{}' is not one day", options.day)};
  }
  request.day = *day->from;
  return request;
}

Result<query::StoriesRequest> MakeRequest(const StoriesOptions& options) {
  query::StoriesRequest request;
  MAILUO_ASSIGN_OR_RETURN(static_cast<query::Common&>(request), ParseCommon(options.query));
  MAILUO_ASSIGN_OR_RETURN(request.page, ParsePage(options.query));
  MAILUO_ASSIGN_OR_RETURN(request.days, ParseRange(options.query));
  request.entity = options.name;
  return request;
}

}  // namespace

int Fail(const query::Problem& problem, bool json, Output& output) {
  if (json) {
    output.Line(server::ProblemReply(problem).body);
    output.Flush();
  } else {
    Show(problem, output);
  }
  return ExitCodeOf(problem);
}

int RunOperations(const OperationsOptions& options, Output& output) {
  const auto page = ParsePage(options.query);
  if (!page) return Fail(page.error(), output);
  query::OperationsRequest request;
  request.page = *page;
  return AnswerQuestion(options.query, output, [&](const query::Engine& engine) { return engine.Operations(request); });
}

int RunEntity(const EntityOptions& options, Output& output) {
  if (options.prefix) {
    const auto request = MakeRequest(options);
    if (!request) return Fail(request.error(), output);
    return AnswerQuestion(options.query, output,
                          [&](const query::Engine& engine) { return engine.Entities(*request); });
  }
  auto common = ParseCommon(options.query);
  if (!common) return Fail(common.error(), output);
  query::EntityRequest request;
  static_cast<query::Common&>(request) = *common;
  request.entity = options.name;
  return AnswerQuestion(options.query, output, [&](const query::Engine& engine) { return engine.Entity(request); });
}

int RunTimeline(const TimelineOptions& options, Output& output) {
  const auto request = MakeRequest(options);
  if (!request) return Fail(request.error(), output);
  return AnswerQuestion(options.query, output, [&](const query::Engine& engine) { return engine.Timeline(*request); });
}

int RunRelations(const RelationsOptions& options, Output& output) {
  const auto request = MakeRequest(options);
  if (!request) return Fail(request.error(), output);
  return AnswerQuestion(options.query, output, [&](const query::Engine& engine) { return engine.Relations(*request); });
}

int RunPath(const PathOptions& options, Output& output) {
  const auto request = MakeRequest(options);
  if (!request) return Fail(request.error(), output);
  return AnswerQuestion(options.query, output, [&](const query::Engine& engine) { return engine.Paths(*request); });
}

int RunDay(const DayOptions& options, Output& output) {
  const auto request = MakeRequest(options);
  if (!request) return Fail(request.error(), output);
  return AnswerQuestion(options.query, output, [&](const query::Engine& engine) { return engine.Day(*request); });
}

int RunArticle(const ArticleOptions& options, Output& output) {
  const auto id = ParseArticleId(options.article);
  if (!id) {
    return Fail({ErrorCode::kInvalidArgument,
                 fmt::format("'{}' is not an article id (ar_ and 32 hex digits)", options.article)},
                output);
  }
  query::ArticleRequest request;
  request.article = *id;
  return AnswerQuestion(options.query, output, [&](const query::Engine& engine) { return engine.Article(request); });
}

int RunStories(const StoriesOptions& options, Output& output) {
  const auto request = MakeRequest(options);
  if (!request) return Fail(request.error(), output);
  return AnswerQuestion(options.query, output, [&](const query::Engine& engine) { return engine.Stories(*request); });
}

int RunStory(const StoryOptions& options, Output& output) {
  const auto common = ParseCommon(options.query);
  if (!common) return Fail(common.error(), output);
  const auto id = ParseStoryId(options.story);
  if (!id) {
    return Fail(
        {ErrorCode::kInvalidArgument, fmt::format("'{}' is not a story id (st_ and 16 hex digits)", options.story)},
        output);
  }
  query::StoryRequest request;
  static_cast<query::Common&>(request) = *common;
  request.story = *id;
  return AnswerQuestion(options.query, output, [&](const query::Engine& engine) { return engine.Story(request); });
}

int RunStats(const StatsOptions& options, Output& output) {
  const auto common = ParseCommon(options.query);
  if (!common) return Fail(common.error(), output);
  return AnswerQuestion(options.query, output, [&](const query::Engine& engine) { return engine.Stats(*common); });
}

int RunSchema(const SchemaOptions& options, Output& output) {
  if (options.json) {
    output.Line(server::SchemaJson({}));
  } else {
    ShowSchema(output);
  }
  return output.Flush() ? kExitOk : kExitStore;
}

}  // namespace mailuo::cli
