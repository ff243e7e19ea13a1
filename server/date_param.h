// Dates in parameters.
// Thread safety: pure function.
#pragma once

#include <optional>
#include <string_view>

#include "core/date.h"

namespace mailuo::server {

// 2025, 2025-07, 2025-07-04, 2025年7月, 去年, 上周 ...: the days that it means. Nothing for anything else.
std::optional<DateInterval> ParseDateParameter(std::string_view text, Date today);

}  // namespace mailuo::server
