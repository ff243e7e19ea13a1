#include "extract/rules_tsv.h"

#include <charconv>
#include <utility>

#include "core/types.h"
#include "text/folded_text.h"
#include "text/utf8.h"

namespace mailuo::extract {
namespace {

constexpr std::uint32_t Bit(MentionType type) { return 1U << static_cast<unsigned>(type); }

constexpr std::uint32_t kOrg = Bit(MentionType::kCompany) | Bit(MentionType::kOrganization);
constexpr std::uint32_t kAnyType = 0x3FEU & ~Bit(MentionType::kTicker);
constexpr std::pair<std::string_view, std::uint32_t> kGroups[] = {
    {"org", kOrg},
    {"actor", kOrg | Bit(MentionType::kPerson)},
    {"gov", Bit(MentionType::kOrganization) | Bit(MentionType::kPlace)},
    {"any", kAnyType},
    {"listed", kListedCompany},
};

}  // namespace

Error RuleLine::Fail(std::string_view column, std::string_view what) const {
  std::string message = std::string(file) + ":" + std::to_string(number) + ": ";
  if (!column.empty()) message += "column " + std::string(column) + ": ";
  return {ErrorCode::kInvalidArgument, message + std::string(what)};
}

std::vector<std::string_view> SplitAlternatives(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  if (text.empty()) return parts;
  for (std::size_t start = 0;;) {
    const std::size_t end = text.find(separator, start);
    parts.push_back(text.substr(start, end - start));
    if (end == std::string_view::npos) return parts;
    start = end + 1;
  }
}

Result<std::vector<std::u16string>> FoldedAlternatives(const RuleLine& line, std::string_view column,
                                                       std::string_view text) {
  std::vector<std::u16string> words;
  for (const std::string_view part : SplitAlternatives(text)) {
    words.push_back(text::FoldKey16(part));
    if (words.back().empty()) return line.Fail(column, "an alternative is empty");
  }
  return words;
}

Result<std::vector<RuleLine>> ReadRuleLines(const RuleFile& file, std::size_t columns) {
  std::vector<RuleLine> lines;
  std::size_t number = 0;
  for (const std::string_view text : SplitAlternatives(file.text, '\n')) {
    ++number;
    if (text.empty() || text.front() == '#') continue;
    RuleLine line{file.name, number, SplitAlternatives(text, '\t')};
    if (line.columns.size() != columns) {
      return line.Fail(
          "", "expected " + std::to_string(columns) + " columns, found " + std::to_string(line.columns.size()));
    }
    if (line.columns.back().empty()) return line.Fail("why", "a rule needs a reason");
    lines.push_back(std::move(line));
  }
  return lines;
}

Result<std::uint32_t> ParseMentionTypes(const RuleLine& line, std::string_view column, std::string_view text) {
  std::uint32_t types = 0;
  for (const std::string_view word : SplitAlternatives(text)) {
    std::uint32_t bits = 0;
    for (const auto& [name, group] : kGroups) {
      if (name == word) bits = group;
    }
    if (const auto type = ParseMentionType(word)) bits = Bit(*type);
    if (bits == 0) return line.Fail(column, "unknown mention type '" + std::string(word) + "'");
    types |= bits;
  }
  if (types == 0) return line.Fail(column, "expected mention types");
  return types;
}

Result<float> ParsePrecision(const RuleLine& line, std::string_view text) {
  int hundredths = 0;
  const bool shaped = text.size() == 3 && text.front() == '.';
  const auto [end, error] = std::from_chars(text.data() + (shaped ? 1 : 0), text.data() + text.size(), hundredths);
  if (!shaped || error != std::errc() || end != text.data() + text.size() || hundredths < 30) {
    return line.Fail("precision", "expected .30 to .99, got '" + std::string(text) + "'");
  }
  return static_cast<float>(hundredths) / 100.0F;
}

}  // namespace mailuo::extract
