#include "extract/rules_condition.h"

#include <cstddef>
#include <utility>

#include "text/amount.h"

namespace mailuo::extract {
namespace {

constexpr std::pair<std::string_view, ConditionKey> kKeys[] = {
    {"before", ConditionKey::kBefore}, {"after", ConditionKey::kAfter},     {"left", ConditionKey::kLeft},
    {"right", ConditionKey::kRight},   {"near", ConditionKey::kNear},       {"sentence", ConditionKey::kSentence},
    {"has", ConditionKey::kHas},       {"hasleft", ConditionKey::kHasLeft}, {"hasright", ConditionKey::kHasRight},
    {"next", ConditionKey::kNext},     {"prev", ConditionKey::kPrev},       {"role", ConditionKey::kRole},
    {"value", ConditionKey::kValue},
};

Result<ConditionTest> ParseTest(const RuleLine& line, std::string_view column, std::string_view text) {
  const std::size_t colon = text.find(':');
  const std::string_view name = text.substr(0, colon);
  ConditionTest test;
  test.text = text;
  bool known = false;
  for (const auto& [word, key] : kKeys) {
    if (word != name) continue;
    test.key = key;
    known = true;
  }
  if (!known || colon == std::string_view::npos) {
    return line.Fail(column, "expected KEY:WORDS, got '" + std::string(text) + "'");
  }
  const std::string_view rest = text.substr(colon + 1);
  if (rest.empty()) return line.Fail(column, "nothing after '" + std::string(name) + ":'");
  switch (test.key) {
    case ConditionKey::kHas:
    case ConditionKey::kHasLeft:
    case ConditionKey::kHasRight:
    case ConditionKey::kNext:
    case ConditionKey::kPrev: {
      MAILUO_ASSIGN_OR_RETURN(test.types, ParseMentionTypes(line, column, rest));
      break;
    }
    case ConditionKey::kRole:
      for (const std::string_view role : SplitAlternatives(rest)) test.roles.emplace_back(role);
      break;
    case ConditionKey::kValue: {
      MAILUO_ASSIGN_OR_RETURN(test.classes, ParseAmountClasses(line, column, rest));
      break;
    }
    default: {
      MAILUO_ASSIGN_OR_RETURN(test.words, FoldedAlternatives(line, column, rest));
      break;
    }
  }
  return test;
}

// Tests joined by &.
Result<ConditionTest> ParseJoined(const RuleLine& line, std::string_view column, std::string_view text) {
  const std::vector<std::string_view> parts = SplitAlternatives(text, '&');
  if (parts.empty()) return ParseTest(line, column, text);
  MAILUO_ASSIGN_OR_RETURN(ConditionTest test, ParseTest(line, column, parts.front()));
  test.text = text;
  test.with.reserve(parts.size() - 1);
  for (std::size_t i = 1; i < parts.size(); ++i) {
    MAILUO_ASSIGN_OR_RETURN(ConditionTest other, ParseTest(line, column, parts[i]));
    test.with.push_back(std::move(other));
  }
  return test;
}

}  // namespace

std::string_view Word(ConditionKey key) {
  for (const auto& [word, known] : kKeys) {
    if (known == key) return word;
  }
  return {};
}

Result<Conditions> ParseConditions(const RuleLine& line, std::string_view column, std::string_view text) {
  Conditions conditions;
  for (const std::string_view group : SplitAlternatives(text, ' ')) {
    ConditionGroup tests;
    for (const std::string_view part : SplitAlternatives(group, ',')) {
      MAILUO_ASSIGN_OR_RETURN(ConditionTest test, ParseJoined(line, column, part));
      tests.push_back(std::move(test));
    }
    if (tests.empty()) return line.Fail(column, "two spaces in a row");
    conditions.push_back(std::move(tests));
  }
  return conditions;
}

Result<std::uint32_t> ParseAmountClasses(const RuleLine& line, std::string_view column, std::string_view text) {
  static constexpr std::pair<std::string_view, text::AmountClass> kClasses[] = {
      {"money", text::AmountClass::kMoney},     {"percent", text::AmountClass::kPercent},
      {"share", text::AmountClass::kShare},     {"bp", text::AmountClass::kBasisPoint},
      {"count", text::AmountClass::kCount},     {"multiple", text::AmountClass::kMultiple},
      {"point", text::AmountClass::kIndexPoint}};
  std::uint32_t bits = 0;
  for (const std::string_view word : SplitAlternatives(text)) {
    std::uint32_t bit = 0;
    for (const auto& [name, kind] : kClasses) {
      if (name == word) bit = 1U << static_cast<unsigned>(kind);
    }
    if (bit == 0) return line.Fail(column, "unknown class of amounts '" + std::string(word) + "'");
    bits |= bit;
  }
  if (bits == 0) return line.Fail(column, "expected classes of amounts");
  return bits;
}

}  // namespace mailuo::extract
