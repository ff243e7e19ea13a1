// Log lines to stderr: level, message. One call is one line; newlines in the message are escaped.
// Thread safety: all functions may be called from any thread.
#pragma once

#include <string_view>
#include <utility>

#include <fmt/core.h>

namespace mailuo::log {

enum class Level { kDebug, kInfo, kWarning, kError };

void SetLevel(Level level);  // Default kInfo.
void Write(Level level, std::string_view message);

template <typename... Args>
void Info(fmt::format_string<Args...> format, Args&&... args) {
  Write(Level::kInfo, fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
void Warning(fmt::format_string<Args...> format, Args&&... args) {
  Write(Level::kWarning, fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
void Error(fmt::format_string<Args...> format, Args&&... args) {
  Write(Level::kError, fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace mailuo::log
