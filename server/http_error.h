// Problems as HTTP answers (RFC 9457): one table of kinds, statuses and titles.
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "query/problem.h"
#include "server/reply.h"

namespace mailuo::server {

// Problems that only the transport knows.
enum class HttpProblem : std::uint8_t {
  kNoRoute,           // 404
  kMethodNotAllowed,  // 405
  kPayloadTooLarge,   // 413
  kTargetTooLong,     // 414
  kUnsupportedType,   // 415
  kTooMany,           // 429
  kOverloaded,        // 503
  kReadOnly,          // 403
  kBadRequest,        // 400
  kInternal,          // 500
};

Reply ProblemReply(const query::Problem& problem);
Reply ProblemReply(HttpProblem kind, std::string detail, std::string hint = {});

}  // namespace mailuo::server
