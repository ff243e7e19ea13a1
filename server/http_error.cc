#include "server/http_error.h"

#include <utility>

#include "server/json_writer.h"

namespace mailuo::server {
namespace {

HttpStatus StatusOf(HttpProblem kind) {
  switch (kind) {
    case HttpProblem::kNoRoute: return {404, "not_found", "Not found"};
    case HttpProblem::kMethodNotAllowed: return {405, "method_not_allowed", "Method not allowed"};
    case HttpProblem::kPayloadTooLarge: return {413, "payload_too_large", "Payload too large"};
    case HttpProblem::kTargetTooLong: return {414, "target_too_long", "Request target too long"};
    case HttpProblem::kUnsupportedType: return {415, "unsupported_media_type", "Unsupported media type"};
    case HttpProblem::kTooMany: return {429, "too_many_requests", "Too many requests"};
    case HttpProblem::kOverloaded: return {503, "overloaded", "Overloaded"};
    case HttpProblem::kReadOnly: return {403, "read_only", "Read only"};
    case HttpProblem::kBadRequest: return {400, "bad_request", "Bad request"};
    case HttpProblem::kInternal: break;
  }
  return {500, "internal", "Internal error"};
}

Reply Make(const HttpStatus& row, const query::Problem& problem) {
  Reply reply;
  reply.status = row.code;
  reply.type = "application/problem+json";
  reply.body = ProblemJson(problem, row.type, row.title, row.code);
  if (row.code == 429 || row.code == 503) reply.headers.emplace_back("Retry-After", "1");
  return reply;
}

}  // namespace

HttpStatus StatusOf(query::ProblemKind kind) {
  switch (kind) {
    case query::ProblemKind::kBadParameter: return {400, "bad_parameter", "Bad parameter"};
    case query::ProblemKind::kUnknownParameter: return {400, "unknown_parameter", "Unknown parameter"};
    case query::ProblemKind::kBadCursor: return {400, "bad_cursor", "Bad cursor"};
    case query::ProblemKind::kUnknownEntity: return {404, "unknown_entity", "Unknown entity"};
    case query::ProblemKind::kAmbiguousEntity: return {409, "ambiguous_entity", "Ambiguous entity"};
    case query::ProblemKind::kConflict: return {409, "conflict", "Conflict"};
    case query::ProblemKind::kNotFound: return {404, "not_found", "Not found"};
    case query::ProblemKind::kDeadline: return {504, "deadline", "Took too long"};
    case query::ProblemKind::kInternal: break;
  }
  return {500, "internal", "Internal error"};
}

Reply ProblemReply(const query::Problem& problem) { return Make(StatusOf(problem.kind), problem); }

Reply ProblemReply(HttpProblem kind, std::string detail, std::string hint) {
  query::Problem problem;
  problem.detail = std::move(detail);
  problem.hint = std::move(hint);
  return Make(StatusOf(kind), problem);
}

}  // namespace mailuo::server
