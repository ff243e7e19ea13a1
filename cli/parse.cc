#include "cli/parse.h"

#include <algorithm>
#include <cctype>

#include <fmt/core.h>

#include "cli/today.h"
#include "dates/date_finder.h"

namespace mailuo::cli {
namespace {

Error Bad(std::string message) { return {ErrorCode::kInvalidArgument, std::move(message)}; }

std::string Upper(std::string word) {
  std::transform(word.begin(), word.end(), word.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return word;
}

// Each word through `parse`; `list` names where all of them can be seen.
template <typename T, typename Parse>
Result<std::vector<T>> ParseAll(const std::vector<std::string>& words, const char* option, const char* what,
                                const char* list, Parse&& parse) {
  std::vector<T> values;
  for (const std::string& word : words) {
    const std::optional<T> value = parse(word);
    if (!value) return Bad(fmt::format("{}: there is no {} '{}' ({})", option, what, word, list));
    values.push_back(*value);
  }
  return values;
}

}  // namespace

Result<std::optional<DateInterval>> ParsePeriod(const std::string& option, const std::string& text) {
  if (text.empty()) return std::optional<DateInterval>{};
  const auto interval = dates::ParseDateQuery(text, Today());
  if (!interval) {
    return Bad(fmt::format("{}: '{}' is not a date; try 2025, 2025-07, 2025-07-04, 2025年7月 or 上周", option, text));
  }
  return interval;
}

Result<query::Common> ParseCommon(const QueryArgs& args) {
  MAILUO_ASSIGN_OR_RETURN(const auto as_of, ParsePeriod("--as-of", args.as_of));
  query::Common common;
  if (as_of) common.as_of = as_of->to ? as_of->to : as_of->from;
  return common;
}

Result<query::DayRange> ParseRange(const QueryArgs& args) {
  MAILUO_ASSIGN_OR_RETURN(const auto from, ParsePeriod("--from", args.from));
  MAILUO_ASSIGN_OR_RETURN(const auto to, ParsePeriod("--to", args.to));
  query::DayRange range;
  if (from) range.from = from->from ? from->from : from->to;
  if (to) range.to = to->to ? to->to : to->from;
  return range;
}

Result<query::PageRequest> ParsePage(const QueryArgs& args) {
  if (args.limit < 1 || args.limit > query::kMaxLimit) {
    return Bad(fmt::format("--limit must be 1..{}, got {}", query::kMaxLimit, args.limit));
  }
  return query::PageRequest{static_cast<std::uint32_t>(args.limit), args.cursor};
}

Result<std::vector<EventType>> ParseEventTypes(const std::vector<std::string>& words) {
  return ParseAll<EventType>(words, "--type", "event type", "`mailuo schema` lists them",
                             [](const std::string& word) { return ParseEventType(Upper(word)); });
}
Result<std::vector<RelationType>> ParseRelationTypes(const std::vector<std::string>& words) {
  return ParseAll<RelationType>(words, "--type", "relation type", "`mailuo schema` lists them",
                                [](const std::string& word) { return ParseRelationType(Upper(word)); });
}
Result<std::vector<MentionType>> ParseMentionTypes(const std::vector<std::string>& words) {
  return ParseAll<MentionType>(words, "--type", "entity type",
                               "company, ticker, person, organization, policy, product, place, sector, index",
                               [](const std::string& word) { return ParseMentionType(word); });
}
Result<std::vector<FactStatus>> ParseStatuses(const std::vector<std::string>& words) {
  return ParseAll<FactStatus>(words, "--status", "status", "occurred, planned, rumoured, denied, terminated",
                              [](const std::string& word) { return ParseFactStatus(word); });
}

}  // namespace mailuo::cli
