// From a request to a reply, without a socket: target, route, parameters, limits, ETag, handler, compression. server.cc
// only carries bytes.
// Thread safety: may be used from any thread.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "server/reply.h"
#include "server/routes.h"
#include "server/service.h"

namespace mailuo::server {

struct DispatchLimits {
  std::size_t max_body_bytes = std::size_t{32} << 20;
  int max_writers = 8;  // Requests with a body that are worked on at once; more are kTooMany.
  bool access_log = true;
};

struct RawRequest {
  std::string_view method;
  std::string_view target;
  // Of a header; "" if absent.
  std::function<std::string(const char* name)> header;
  // The body, read now, at most `limit` bytes; nothing if it is longer or the peer went away. Empty for methods without
  // one.
  std::function<std::optional<std::string>(std::size_t limit)> read_body;
};

class Dispatcher {
 public:
  Dispatcher(Service service, DispatchLimits limits);

  // Always answers; never throws.
  Reply Handle(const RawRequest& request);

  Metrics& metrics() { return metrics_; }

 private:
  struct Outcome {
    Reply reply;
    std::size_t route;
  };
  Outcome Answer(const RawRequest& request);
  Reply Run(const Route& route, const RawRequest& request, const Params& params, std::string_view id);
  Reply RunCached(const Route& route, const RawRequest& request, const Call& call);
  Date Today() const;

  Service service_;
  DispatchLimits limits_;
  Metrics metrics_;
  std::optional<AnnotatorPool> annotators_;
  std::atomic<int> writers_{0};
};

}  // namespace mailuo::server
