// MAILUO_CHECK(condition): a broken invariant of the program itself, never of its input. Always on; prints the place
// and aborts. Bad input is an Error (core/result.h).
#pragma once

#include <string_view>

namespace mailuo::internal {
[[noreturn]] void CheckFailed(std::string_view condition, std::string_view file, int line);
}  // namespace mailuo::internal

#define MAILUO_CHECK(condition)                                                             \
  do {                                                                                      \
    if (!(condition)) ::mailuo::internal::CheckFailed(#condition, __FILE_NAME__, __LINE__); \
  } while (false)
