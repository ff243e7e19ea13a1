#include "server/dispatcher.h"

#include <algorithm>
#include <ctime>
#include <exception>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/ids.h"
#include "core/log.h"
#include "server/gzip.h"
#include "server/http_error.h"
#include "server/query_string.h"

namespace mailuo::server {
namespace {

constexpr std::size_t kMinGzipBytes = 1024;
constexpr int kShanghaiOffsetSeconds = 8 * 3600;
constexpr int kSecondsPerDay = 86400;

std::optional<Method> ParseMethod(std::string_view method) {
  if (method == "GET" || method == "HEAD") return Method::kGet;
  if (method == "POST") return Method::kPost;
  if (method == "PUT") return Method::kPut;
  if (method == "DELETE") return Method::kDelete;
  return std::nullopt;
}

// "Application/JSON; charset=utf-8" -> "application/json". Only printable ASCII is kept: it may be quoted in an answer.
std::string MediaType(std::string_view header) {
  std::string type;
  for (const char c : header.substr(0, header.find(';'))) {
    if (c > ' ' && c < 0x7F) type.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  }
  return type;
}

// If-None-Match: "*", or a list of tags, compared weakly (RFC 9110, 8.8.3.2).
bool NamesTag(std::string_view header, std::string_view tag) {
  const auto bare = [](std::string_view text) { return text.substr(0, 2) == "W/" ? text.substr(2) : text; };
  while (!header.empty()) {
    std::string_view item = header.substr(0, header.find(','));
    header.remove_prefix(std::min(header.size(), item.size() + 1));
    while (!item.empty() && item.front() == ' ') item.remove_prefix(1);
    while (!item.empty() && item.back() == ' ') item.remove_suffix(1);
    if (item == "*" || bare(item) == bare(tag)) return true;
  }
  return false;
}

// A page of another site may make a browser post to us (a "simple" request needs no leave). It cannot hide its origin.
bool IsForeignOrigin(const RawRequest& request) {
  const std::string origin = request.header("Origin");
  if (origin.empty()) return false;
  const std::size_t scheme = origin.find("://");
  return scheme == std::string::npos || origin.substr(scheme + 3) != request.header("Host");
}

Reply MethodNotAllowed(const std::vector<Method>& allowed) {
  std::string names;
  for (const Method method : allowed) {
    names += fmt::format("{}{}", names.empty() ? "" : ", ", Word(method));
    if (method == Method::kGet) names += ", HEAD";
  }
  Reply reply = ProblemReply(HttpProblem::kMethodNotAllowed, "this path takes " + names);
  reply.headers.emplace_back("Allow", names);
  return reply;
}

Reply UnsupportedType(const Route& route, std::string_view type) {
  return ProblemReply(HttpProblem::kUnsupportedType,
                      type.empty() ? std::string("Content-Type is missing") : fmt::format("cannot read {}", type),
                      fmt::format("send {}", fmt::join(route.body_types, ", ")));
}

void Compress(const RawRequest& request, Reply& reply) {
  if (reply.body.size() < kMinGzipBytes) return;
  reply.headers.emplace_back("Vary", "Accept-Encoding");
  if (!AcceptsGzip(request.header("Accept-Encoding"))) return;
  if (auto packed = Gzip(reply.body)) {
    reply.body = *std::move(packed);
    reply.headers.emplace_back("Content-Encoding", "gzip");
  }
}

// Counts down when it goes.
class Slot {
 public:
  explicit Slot(std::atomic<int>& taken) : taken_(taken), number_(++taken) {}
  ~Slot() { --taken_; }
  Slot(const Slot&) = delete;
  Slot& operator=(const Slot&) = delete;
  int number() const { return number_; }

 private:
  std::atomic<int>& taken_;
  int number_;
};

std::vector<std::string> RouteLabels() {
  std::vector<std::string> labels;
  for (const Route& route : Routes()) labels.push_back(fmt::format("{} {}", Word(route.method), route.path));
  return labels;
}

}  // namespace

Dispatcher::Dispatcher(Service service, DispatchLimits limits)
    : service_(std::move(service)), limits_(limits), metrics_(RouteLabels()) {
  if (service_.knowledge) annotators_.emplace(service_.knowledge);
  service_.annotators = annotators_ ? &*annotators_ : nullptr;
  service_.metrics = &metrics_;
}

Date Dispatcher::Today() const {
  if (service_.today) return service_.today();
  return Date{static_cast<std::int32_t>((std::time(nullptr) + kShanghaiOffsetSeconds) / kSecondsPerDay)};
}

Reply Dispatcher::Handle(const RawRequest& request) {
  const auto start = std::chrono::steady_clock::now();
  metrics_.Begin();
  Outcome outcome{{}, Routes().size()};
  try {
    outcome = Answer(request);
  } catch (const std::exception& error) {
    // Of a library (out of memory): one request fails, the server goes on.
    log::Error("http {} {}: {}", request.method, request.target, error.what());
    outcome.reply = ProblemReply(HttpProblem::kInternal, "the request could not be answered");
  }
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
  metrics_.Count(outcome.route, outcome.reply.status, took, outcome.reply.body.size());
  metrics_.End();
  if (limits_.access_log) {
    log::Info("http {} {} status={} bytes={} us={}", request.method, request.target, outcome.reply.status,
              outcome.reply.body.size(), took.count());
  }
  return std::move(outcome.reply);
}

Dispatcher::Outcome Dispatcher::Answer(const RawRequest& request) {
  const std::size_t none = Routes().size();
  if (request.target.size() > kMaxTargetBytes) {
    return {
        ProblemReply(HttpProblem::kTargetTooLong, fmt::format("the target must be at most {} bytes", kMaxTargetBytes)),
        none};
  }
  auto target = ParseTarget(request.target);
  if (!target) return {ProblemReply(target.error()), none};
  std::vector<Method> allowed;
  std::string id;
  const auto method = ParseMethod(request.method);
  const auto route = FindRoute(method.value_or(Method::kGet), target->segments, allowed, id);
  if (allowed.empty()) {
    return {ProblemReply(HttpProblem::kNoRoute, "there is nothing at this path", "GET /openapi.json lists the paths"),
            none};
  }
  if (!route || !method) return {MethodNotAllowed(allowed), none};
  const Route& found = Routes()[*route];
  const auto params = Params::Create(std::move(target->parameters), found.parameters, Today());
  if (!params) return {ProblemReply(params.error()), *route};
  Reply reply = Run(found, request, *params, id);
  Compress(request, reply);
  return {std::move(reply), *route};
}

Reply Dispatcher::Run(const Route& route, const RawRequest& request, const Params& params, std::string_view id) {
  if (route.method == Method::kGet) {
    const Call call{service_, params, id, {}, {}, Today()};
    return route.cacheable ? RunCached(route, request, call) : route.handler(call);
  }
  if (IsForeignOrigin(request)) {
    return ProblemReply(HttpProblem::kReadOnly, "pages of other sites may not write", "send no Origin header");
  }
  const Slot slot(writers_);
  if (slot.number() > limits_.max_writers) {
    return ProblemReply(HttpProblem::kTooMany, fmt::format("{} writes are under way", limits_.max_writers));
  }
  const std::string type = MediaType(request.header("Content-Type"));
  if (!route.body_types.empty() &&
      std::find(route.body_types.begin(), route.body_types.end(), type) == route.body_types.end()) {
    return UnsupportedType(route, type);
  }
  const auto body = route.body_types.empty() ? std::string() : request.read_body(limits_.max_body_bytes);
  if (!body) {
    return ProblemReply(HttpProblem::kPayloadTooLarge,
                        fmt::format("the body must be at most {} bytes", limits_.max_body_bytes));
  }
  return route.handler({service_, params, id, *body, type, Today()});
}

// The answer is a function of the target, the store's state and, for 去年 and the like, the day.
Reply Dispatcher::RunCached(const Route& route, const RawRequest& request, const Call& call) {
  const std::uint64_t state = StableHash64(
      fmt::format("{}\n{}\n{}\n{}", MAILUO_VERSION, service_.engine->Sequence(), Today().days, request.target));
  const std::string tag = fmt::format("W/\"{:016x}\"", state);
  Reply reply;
  if (NamesTag(request.header("If-None-Match"), tag)) {
    reply.status = 304;
  } else {
    reply = route.handler(call);
    if (reply.status != 200) return reply;
  }
  reply.headers.emplace_back("ETag", tag);
  reply.headers.emplace_back("Cache-Control", "no-cache");
  return reply;
}

}  // namespace mailuo::server
