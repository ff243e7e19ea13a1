// Exit codes of the program: part of its interface, scripts test them.
#pragma once

#include "core/result.h"

namespace mailuo::cli {

inline constexpr int kExitOk = 0;
inline constexpr int kExitPartial = 1;  // Some input was skipped, or what was asked for is not there.
inline constexpr int kExitUsage = 2;    // Unknown command or option, a value that cannot be read.
inline constexpr int kExitStore = 3;    // The store could not be opened, read or written; also a closed output.

// Of a command that ended with `error`.
int ExitCodeOf(const Error& error);

}  // namespace mailuo::cli
