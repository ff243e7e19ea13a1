// The table of routes: everything that the server answers. /openapi.json is made from it, and the documentation is
// checked against it. Thread safety: constant.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/params.h"
#include "server/reply.h"
#include "server/service.h"

namespace mailuo::server {

enum class Method : std::uint8_t { kGet, kPost, kPut, kDelete };
std::string_view Word(Method method);  // "GET", ...

struct Call {
  const Service& service;
  const Params& params;
  std::string_view id;  // What stands at {id} in the path.
  std::string_view body;
  std::string_view content_type;  // Lower case, without parameters.
  Date today;                     // In Shanghai.
};

struct Route {
  Method method = Method::kGet;
  std::string_view path;  // "/v1/entities/{id}"
  std::string_view name;  // operationId
  std::string_view doc;
  std::vector<Parameter> parameters;
  std::vector<std::string_view> body_types;  // Content types that the body may have; empty: no body.
  bool cacheable = false;                    // A pure function of target and snapshot: has an ETag.
  Reply (*handler)(const Call&) = nullptr;
};

std::span<const Route> Routes();

// Index into Routes(); nothing if no route has this path and method. `allowed` gets the methods of the path, `id` what
// stands at {id}.
std::optional<std::size_t> FindRoute(Method method, const std::vector<std::string>& segments,
                                     std::vector<Method>& allowed, std::string& id);

}  // namespace mailuo::server
