#include "server/handlers.h"

#include <chrono>
#include <utility>

#include "server/csv_writer.h"
#include "server/http_error.h"
#include "server/json_misc.h"
#include "server/json_writer.h"
#include "server/request_parser.h"
#include "server/web_page.h"

namespace mailuo::server {
namespace {

using Clock = std::chrono::steady_clock;

Meta MetaSince(Clock::time_point start) {
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start);
  return {static_cast<std::uint64_t>(took.count())};
}

template <typename Result>
std::string NextCursor(const Result& result) {
  if constexpr (requires { result.page; }) {
    return result.page.next_cursor;
  } else {
    return {};
  }
}

// Asks a question and prints its answer in the format wanted.
template <typename Request, typename Result>
Reply Ask(const Call& call, query::Answer<Request> request,
          query::Answer<Result> (query::Engine::*question)(const Request&) const) {
  const auto start = Clock::now();
  if (!request) return ProblemReply(request.error());
  request->deadline = start + call.service.deadline;
  const auto format = ParseFormat(call.params);
  if (!format) return ProblemReply(format.error());
  const auto result = (call.service.engine->*question)(*request);
  if (!result) return ProblemReply(result.error());
  Reply reply;
  if constexpr (requires { ToCsv(*result); }) {
    if (*format != Format::kJson) {
      reply.type = *format == Format::kCsv ? "text/csv; charset=utf-8" : "application/x-ndjson";
      reply.body = *format == Format::kCsv ? ToCsv(*result) : ToNdjson(*result);
      const std::string cursor = NextCursor(*result);
      if (!cursor.empty()) reply.headers.emplace_back("X-Next-Cursor", cursor);
      return reply;
    }
  }
  reply.body = ToJson(*result, MetaSince(start));
  return reply;
}

}  // namespace

Reply GetEntities(const Call& call) { return Ask(call, ParseEntities(call.params), &query::Engine::Entities); }
Reply GetEntity(const Call& call) { return Ask(call, ParseEntity(call.params, call.id), &query::Engine::Entity); }
Reply GetTimeline(const Call& call) { return Ask(call, ParseTimeline(call.params), &query::Engine::Timeline); }
Reply GetEvents(const Call& call) { return Ask(call, ParseEvents(call.params), &query::Engine::Events); }
Reply GetEvent(const Call& call) { return Ask(call, ParseEvent(call.params, call.id), &query::Engine::Event); }
Reply GetDay(const Call& call) { return Ask(call, ParseDay(call.params), &query::Engine::Day); }
Reply GetRelations(const Call& call) { return Ask(call, ParseRelations(call.params), &query::Engine::Relations); }
Reply GetPaths(const Call& call) { return Ask(call, ParsePaths(call.params), &query::Engine::Paths); }
Reply GetSubgraph(const Call& call) { return Ask(call, ParseSubgraph(call.params), &query::Engine::Subgraph); }
Reply GetCooccurrence(const Call& call) {
  return Ask(call, ParseCooccurrence(call.params), &query::Engine::Cooccurrence);
}
Reply GetArticles(const Call& call) { return Ask(call, ParseArticles(call.params), &query::Engine::Articles); }
Reply GetOperations(const Call& call) { return Ask(call, ParseOperations(call.params), &query::Engine::Operations); }
Reply GetStories(const Call& call) { return Ask(call, ParseStories(call.params), &query::Engine::Stories); }
Reply GetStory(const Call& call) { return Ask(call, ParseStory(call.params, call.id), &query::Engine::Story); }
Reply GetStats(const Call& call) { return Ask(call, ParseCommon(call.params), &query::Engine::Stats); }

Reply GetArticle(const Call& call) {
  const auto start = Clock::now();
  const auto request = ParseArticle(call.params, call.id);
  if (!request) return ProblemReply(request.error());
  const auto parts = ParseParts(call.params);
  if (!parts) return ProblemReply(parts.error());
  const auto result = call.service.engine->Article(*request);
  if (!result) return ProblemReply(result.error());
  Reply reply;
  reply.body = ToJson(*result, MetaSince(start), *parts);
  return reply;
}

Reply GetSchema(const Call& /*call*/) {
  const auto start = Clock::now();
  Reply reply;
  reply.body = SchemaJson(MetaSince(start));
  return reply;
}

Reply GetVersion(const Call& /*call*/) {
  Reply reply;
  reply.body = VersionJson();
  return reply;
}

Reply GetHealth(const Call& /*call*/) {
  Reply reply;
  reply.body = R"({"status":"ok"})";
  return reply;
}

Reply GetReady(const Call& call) {
  // A question that goes through the store and back.
  query::ArticlesRequest request;
  request.page.limit = 1;
  request.deadline = Clock::now() + call.service.deadline;
  if (const auto answer = call.service.engine->Articles(request); !answer) {
    return ProblemReply(HttpProblem::kOverloaded, "the store does not answer: " + answer.error().detail);
  }
  Reply reply;
  reply.body = R"({"status":"ready"})";
  return reply;
}

Reply GetMetrics(const Call& call) {
  Reply reply;
  reply.type = "text/plain; version=0.0.4; charset=utf-8";
  reply.body = call.service.metrics->Text(call.service.engine->Sequence());
  return reply;
}

Reply GetOpenApi(const Call& /*call*/) {
  Reply reply;
  reply.body = OpenApiJson(Routes());
  return reply;
}

Reply GetPage(const Call& /*call*/) {
  Reply reply;
  reply.type = "text/html; charset=utf-8";
  reply.body = WebPage();
  // Everything the page needs is inside it.
  reply.headers.emplace_back("Content-Security-Policy",
                             "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
                             "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; "
                             "frame-ancestors 'none'");
  return reply;
}

}  // namespace mailuo::server
