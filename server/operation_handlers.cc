// Operations on entities: merge, split, undo.
#include <chrono>
#include <utility>

#include "server/handlers.h"
#include "server/http_error.h"
#include "server/json_writer.h"
#include "server/request_parser.h"

namespace mailuo::server {
namespace {

// Runs an operation that `request` asks for, on the day that it is.
template <typename Request>
Reply Run(const Call& call, query::Answer<Request> request,
          const std::function<query::Answer<query::OperationResult>(const Request&)>& operation) {
  const auto start = std::chrono::steady_clock::now();
  if (!operation) {
    return ProblemReply(HttpProblem::kReadOnly, "this server only reads", "start it without --read-only");
  }
  if (!request) return ProblemReply(request.error());
  request->day = call.today;
  const auto result = operation(*request);
  if (!result) return ProblemReply(result.error());
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
  Reply reply;
  reply.status = 201;
  reply.body = ToJson(*result, {static_cast<std::uint64_t>(took.count())});
  return reply;
}

}  // namespace

Reply PostMerge(const Call& call) { return Run(call, ParseMerge(call.params, call.id), call.service.operations.merge); }
Reply PostSplit(const Call& call) { return Run(call, ParseSplit(call.params, call.id), call.service.operations.split); }
Reply PostUndo(const Call& call) { return Run(call, ParseUndo(call.params, call.id), call.service.operations.undo); }

}  // namespace mailuo::server
