// Lines of a rule file: tab-separated columns, # comments, alternatives joined by |.
// Thread safety: pure functions; views into the file's text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "extract/rules.h"

namespace mailuo::extract {

struct RuleLine {
  std::string_view file;
  std::size_t number = 0;  // 1-based.
  std::vector<std::string_view> columns;

  Error Fail(std::string_view column, std::string_view what) const;
};

std::vector<std::string_view> SplitAlternatives(std::string_view text, char separator = '|');
// Folded alternatives of a column; an empty alternative is an error.
Result<std::vector<std::u16string>> FoldedAlternatives(const RuleLine& line, std::string_view column,
                                                       std::string_view text);

// Every line that holds data, each with exactly `columns` columns.
Result<std::vector<RuleLine>> ReadRuleLines(const RuleFile& file, std::size_t columns);

// A bit beside those of MentionType: a company that has a ticker. Conditions understand it, roles do not.
inline constexpr std::uint32_t kListedCompany = 1U << 30;

// "company|organization" or the groups org, actor, any, gov, listed as a bit set, bit = number of the MentionType.
Result<std::uint32_t> ParseMentionTypes(const RuleLine& line, std::string_view column, std::string_view text);
Result<float> ParsePrecision(const RuleLine& line, std::string_view text);

}  // namespace mailuo::extract
