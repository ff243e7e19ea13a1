// What a handler answers, before it becomes HTTP.
// Thread safety: value type.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace mailuo::server {

struct Reply {
  int status = 200;
  std::string type = "application/json";  // Content type.
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
};

}  // namespace mailuo::server
