// The reader of links.tsv.
#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "extract/rules_reader.h"

namespace mailuo::extract {
namespace {

std::optional<LinkForm> FormOf(std::string_view word) {
  static constexpr std::pair<std::string_view, LinkForm> kForms[] = {
      {"prefix", LinkForm::kPrefix}, {"around", LinkForm::kAround}, {"between", LinkForm::kBetween},
      {"back", LinkForm::kBack},     {"then", LinkForm::kThen},     {"earlier", LinkForm::kEarlier},
      {"after", LinkForm::kAfter},   {"reason", LinkForm::kReason}};
  for (const auto& [name, form] : kForms) {
    if (name == word) return form;
  }
  return std::nullopt;
}

}  // namespace

// words type form close not_after not_before why
Status ReadLinks(const RuleFile& file, RuleBuild& build) {
  MAILUO_ASSIGN_OR_RETURN(const std::vector<RuleLine> lines, ReadRuleLines(file, 7));
  for (const RuleLine& line : lines) {
    const auto& c = line.columns;
    LinkRule rule;
    if (c[1] != "CAUSES" && c[1] != "PRECEDES") return line.Fail("type", "expected CAUSES or PRECEDES");
    rule.type = c[1] == "CAUSES" ? EventLinkType::kCauses : EventLinkType::kPrecedes;
    const auto form = FormOf(c[2]);
    if (!form) return line.Fail("form", "expected prefix, around, between, back, then, earlier, after or reason");
    rule.form = *form;
    MAILUO_ASSIGN_OR_RETURN(rule.close, FoldedAlternatives(line, "close", c[3]));
    if (rule.close.empty() != (rule.form != LinkForm::kAround)) {
      return line.Fail("close", "needed by the form around, and by no other");
    }
    MAILUO_ASSIGN_OR_RETURN(rule.not_after, FoldedAlternatives(line, "not_after", c[4]));
    MAILUO_ASSIGN_OR_RETURN(rule.not_before, FoldedAlternatives(line, "not_before", c[5]));
    MAILUO_ASSIGN_OR_RETURN(std::vector<std::u16string> words, FoldedAlternatives(line, "words", c[0]));
    if (words.empty()) return line.Fail("words", "expected at least one word");
    for (std::u16string& word : words) {
      rule.word = std::move(word);
      build.rules.links.push_back(rule);
    }
  }
  for (const LinkRule& rule : build.rules.links) build.rules.link_starts.set(rule.word.front());
  std::stable_sort(build.rules.links.begin(), build.rules.links.end(),
                   [](const LinkRule& a, const LinkRule& b) { return a.word.size() > b.word.size(); });
  return {};
}

}  // namespace mailuo::extract
