#include "eval/event_labels.h"

#include <algorithm>
#include <istream>
#include <utility>

#include <fmt/core.h>

#include "core/ids.h"
#include "embedded_FewfcEvents.h"
#include "extract/rules_tsv.h"

namespace mailuo::eval {
namespace {

using extract::RuleLine;
using extract::SplitAlternatives;

Result<std::vector<EventType>> Types(const RuleLine& line, std::string_view column, std::string_view text) {
  std::vector<EventType> types;
  for (const std::string_view code : SplitAlternatives(text)) {
    const auto type = ParseEventType(code);
    if (!type) return line.Fail(column, fmt::format("unknown event type '{}'", code));
    types.push_back(*type);
  }
  return types;
}

Result<std::pair<std::string_view, std::string_view>> Assignment(const RuleLine& line, std::string_view column,
                                                                 std::string_view text) {
  const std::size_t equal = text.find('=');
  if (equal == std::string_view::npos || equal == 0) {
    return line.Fail(column, fmt::format("expected ROLE=..., got '{}'", text));
  }
  return std::pair(text.substr(0, equal), text.substr(equal + 1));
}

Result<ValueClass> Class(const RuleLine& line, std::string_view word) {
  if (word == "money") return ValueClass::kMoney;
  if (word == "share") return ValueClass::kShare;
  if (word == "pct") return ValueClass::kPercent;
  return line.Fail("amounts", fmt::format("expected money, share or pct, got '{}'", word));
}

Result<EventLabel> ParseLabel(const RuleLine& line) {
  EventLabel label;
  MAILUO_ASSIGN_OR_RETURN(label.types, Types(line, "types", line.columns[1]));
  for (const std::string_view word : SplitAlternatives(line.columns[2])) label.words.emplace_back(word);
  MAILUO_ASSIGN_OR_RETURN(label.also, Types(line, "also", line.columns[3]));
  for (const std::string_view text : SplitAlternatives(line.columns[4], ',')) {
    MAILUO_ASSIGN_OR_RETURN(const auto pair, Assignment(line, "roles", text));
    auto& ours = label.roles[std::string(pair.first)];
    for (const std::string_view role : SplitAlternatives(pair.second)) ours.emplace_back(role);
  }
  for (const std::string_view text : SplitAlternatives(line.columns[5], ',')) {
    MAILUO_ASSIGN_OR_RETURN(const auto pair, Assignment(line, "amounts", text));
    MAILUO_ASSIGN_OR_RETURN(label.amounts[std::string(pair.first)], Class(line, pair.second));
  }
  return label;
}

}  // namespace

bool EventLabel::Accepts(EventType type) const {
  return std::find(types.begin(), types.end(), type) != types.end() ||
         std::find(also.begin(), also.end(), type) != also.end();
}

bool EventLabel::Counts(EventType type, std::string_view trigger) const {
  return std::find(types.begin(), types.end(), type) != types.end() &&
         (words.empty() || std::any_of(words.begin(), words.end(), [trigger](const std::string& word) {
            return trigger.find(word) != std::string_view::npos;
          }));
}

Result<EventLabels> ParseEventLabels(std::string_view file, std::string_view tsv) {
  MAILUO_ASSIGN_OR_RETURN(const std::vector<RuleLine> lines, extract::ReadRuleLines({file, tsv}, 7));
  EventLabels labels;
  for (const RuleLine& line : lines) {
    MAILUO_ASSIGN_OR_RETURN(EventLabel label, ParseLabel(line));
    if (!labels.emplace(line.columns[0], std::move(label)).second) return line.Fail("label", "given twice");
  }
  return labels;
}

Result<EventLabels> BuiltInEventLabels() {
  return ParseEventLabels("corpus/labels/fewfc_events.tsv", embedded::FewfcEvents());
}

Result<std::vector<EventLine>> ReadEventLines(std::istream& lines, std::string_view name) {
  std::vector<EventLine> all;
  std::string json;
  for (std::size_t number = 1; std::getline(lines, json); ++number) {
    if (json.empty()) continue;
    auto line = ParseEventLine(json);
    if (!line) return std::move(line).error().Prefixed(fmt::format("{}:{}", name, number));
    all.push_back(*std::move(line));
  }
  return all;
}

bool IsIn(Part part, std::string_view id) {
  constexpr std::uint64_t kParts = 5;
  return part == Part::kAll || (StableHash64(id) % kParts == 0) == (part == Part::kHeld);
}

}  // namespace mailuo::eval
