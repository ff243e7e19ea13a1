// The target of a request, "/v1/timeline?entity=%E9%98%BF%E9%87%8C&limit=5", taken apart and decoded strictly.
// Thread safety: value types and pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "query/problem.h"

namespace mailuo::server {

inline constexpr std::size_t kMaxTargetBytes = 8000;
inline constexpr std::size_t kMaxParameters = 64;

struct Target {
  std::vector<std::string> segments;                            // Of the path, decoded: "v1", "timeline".
  std::vector<std::pair<std::string, std::string>> parameters;  // In order, decoded; "+" is a space.
};

// Errors (kBadParameter): a percent sign without two hex digits, bytes that are not UTF-8, a control character, too
// many parameters, too long. An empty parameter ("&&") is passed over; one without "=" has an empty value.
query::Answer<Target> ParseTarget(std::string_view target);

}  // namespace mailuo::server
