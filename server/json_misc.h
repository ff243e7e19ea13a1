// The JSON that is about the server itself, and about what it wrote.
// Thread safety: pure functions.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/ids.h"
#include "server/routes.h"

namespace mailuo::server {

std::string VersionJson();

// OpenAPI 3.1, with one operation per route.
std::string OpenApiJson(std::span<const Route> routes);

// What became of one posted article.
struct WriteItem {
  ArticleId article;        // Zero when it failed.
  std::string_view status;  // "created", "known", "replaced", "deleted", "error"
  std::string external_id;
  std::string error;  // Why it failed.
  std::vector<std::string> warnings;
};
std::string WriteJson(const WriteItem& item);                // {"data":{…}}
std::string WriteJson(const std::vector<WriteItem>& items);  // {"data":[…],"counts":{…}}

}  // namespace mailuo::server
