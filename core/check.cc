#include "core/check.h"

#include <cstdio>
#include <cstdlib>

namespace mailuo::internal {

void CheckFailed(std::string_view condition, std::string_view file, int line) {
  std::fprintf(stderr, "mailuo: check failed: %.*s at %.*s:%d\n", static_cast<int>(condition.size()), condition.data(),
               static_cast<int>(file.size()), file.data(), line);
  std::abort();
}

}  // namespace mailuo::internal
