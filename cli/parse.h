// Option values -> the types of requests. Errors name the option and what it takes.
// Thread safety: pure functions, but for the clock that relative dates are read against.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/options.h"
#include "core/date.h"
#include "core/result.h"
#include "query/requests.h"

namespace mailuo::cli {

// What people type for a day or a period: 2025, 2025-07, 7月4日, 上周. Empty: nothing.
Result<std::optional<DateInterval>> ParsePeriod(const std::string& option, const std::string& text);

Result<query::Common> ParseCommon(const QueryArgs& args);   // as_of: the last day of what is given.
Result<query::DayRange> ParseRange(const QueryArgs& args);  // from: its first day; to: its last.
Result<query::PageRequest> ParsePage(const QueryArgs& args);
Result<std::vector<EventType>> ParseEventTypes(const std::vector<std::string>& words);
Result<std::vector<RelationType>> ParseRelationTypes(const std::vector<std::string>& words);
Result<std::vector<MentionType>> ParseMentionTypes(const std::vector<std::string>& words);
Result<std::vector<FactStatus>> ParseStatuses(const std::vector<std::string>& words);

}  // namespace mailuo::cli
