// HTTP statuses of problems: the one table for the server and for `--json` of the command line.
// Thread safety: pure function.
#pragma once

#include <string_view>

#include "query/problem.h"

namespace mailuo::server {

struct HttpStatus {
  int code;
  std::string_view type;  // The word behind "/errors/".
  std::string_view title;
};
HttpStatus StatusOf(query::ProblemKind kind);

}  // namespace mailuo::server
