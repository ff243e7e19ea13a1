// The reader of derived.tsv.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/rules_reader.h"

namespace mailuo::extract {
namespace {

// ACQUISITION, or EXEC_CHANGE/2 for one rule alone.
Status ReadEvents(const RuleLine& line, std::string_view text, const RuleBuild& build, DerivedRule& rule) {
  for (const std::string_view event : SplitAlternatives(text)) {
    const bool known =
        std::any_of(build.rules.triggers.begin(), build.rules.triggers.end(),
                    [event](const auto& trigger) { return trigger.id == event || Word(trigger.type) == event; });
    if (!known) return line.Fail("events", "'" + std::string(event) + "' is no event type and no rule of triggers.tsv");
    rule.events.emplace_back(event);
  }
  if (rule.events.empty()) return line.Fail("events", "expected event types or rules");
  return {};
}

std::vector<std::string> Roles(std::string_view text) {
  std::vector<std::string> roles;
  for (const std::string_view role : SplitAlternatives(text)) roles.emplace_back(role);
  return roles;
}

}  // namespace

// relation events head_types head tail_types tail precision options why
Status ReadDerived(const RuleFile& file, RuleBuild& build) {
  MAILUO_ASSIGN_OR_RETURN(const std::vector<RuleLine> lines, ReadRuleLines(file, 9));
  for (const RuleLine& line : lines) {
    const auto& c = line.columns;
    DerivedRule rule;
    const auto type = ParseRelationType(c[0]);
    if (!type) return line.Fail("relation", "unknown relation type '" + std::string(c[0]) + "'");
    rule.type = *type;
    rule.id = std::string(c[0]) + "/event";
    MAILUO_RETURN_IF_ERROR(ReadEvents(line, c[1], build, rule));
    MAILUO_ASSIGN_OR_RETURN(rule.head_types, ParseMentionTypes(line, "head_types", c[2]));
    rule.head = Roles(c[3]);
    MAILUO_ASSIGN_OR_RETURN(rule.tail_types, ParseMentionTypes(line, "tail_types", c[4]));
    rule.tail = Roles(c[5]);
    if (rule.head.empty() || rule.tail.empty()) return line.Fail("head", "expected roles for both ends");
    MAILUO_ASSIGN_OR_RETURN(rule.precision, ParsePrecision(line, c[6]));
    for (const std::string_view option : SplitAlternatives(c[7])) {
      if (option != "opens" && option != "closes") {
        return line.Fail("options", "unknown option '" + std::string(option) + "'");
      }
      rule.validity = option == "opens" ? 1 : -1;
    }
    build.rules.derived.push_back(std::move(rule));
  }
  return {};
}

}  // namespace mailuo::extract
