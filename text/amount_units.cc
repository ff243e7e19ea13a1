#include "text/amount_units.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <utility>

#include "core/check.h"
#include "embedded_UnitsTsv.h"
#include "text/folded_text.h"
#include "text/utf8.h"

namespace mailuo::text {
namespace {

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t start = 0;;) {
    const std::size_t end = text.find(separator, start);
    parts.push_back(text.substr(start, end - start));
    if (end == std::string_view::npos) return parts;
    start = end + 1;
  }
}

std::optional<AmountClass> ParseClass(std::string_view word) {
  static constexpr std::pair<std::string_view, AmountClass> kClasses[] = {
      {"money", AmountClass::kMoney},     {"percent", AmountClass::kPercent}, {"share", AmountClass::kShare},
      {"bp", AmountClass::kBasisPoint},   {"count", AmountClass::kCount},     {"multiple", AmountClass::kMultiple},
      {"point", AmountClass::kIndexPoint}};
  for (const auto& [name, kind] : kClasses) {
    if (name == word) return kind;
  }
  return std::nullopt;
}

Error At(std::string_view file, std::size_t line, const std::string& what) {
  return {ErrorCode::kInvalidArgument, std::string(file) + ":" + std::to_string(line) + ": " + what};
}

Status ParseLine(std::string_view file, std::size_t number, std::string_view line, std::vector<AmountUnit>& out) {
  const std::vector<std::string_view> columns = Split(line, '\t');
  if (columns.size() != 5) return At(file, number, "expected 5 columns, found " + std::to_string(columns.size()));
  const std::optional<AmountClass> kind = ParseClass(columns[2]);
  if (!kind) return At(file, number, "column class: unknown class '" + std::string(columns[2]) + "'");
  if (columns[1].empty()) return At(file, number, "column unit is empty");
  for (const std::string_view word : Split(columns[0], '|')) {
    AmountUnit unit{ToUtf16(FoldKey(word)), std::string(columns[1]), *kind, {}};
    if (unit.word.empty()) return At(file, number, "column words: empty alternative");
    if (!columns[3].empty()) {
      for (const std::string_view other : Split(columns[3], '|')) unit.not_before.push_back(ToUtf16(FoldKey(other)));
    }
    out.push_back(std::move(unit));
  }
  return {};
}

// Units by their first UTF-16 unit, as ranges of one sorted vector.
class Table {
 public:
  explicit Table(std::vector<AmountUnit> units) : units_(std::move(units)) {
    for (std::uint32_t i = 0; i < units_.size(); ++i) {
      auto [it, fresh] = ranges_.try_emplace(units_[i].word.front(), std::pair(i, i));
      it->second.second = i + 1;
    }
  }
  const AmountUnit* Find(std::u16string_view text, std::size_t at) const {
    if (at >= text.size()) return nullptr;
    const auto it = ranges_.find(text[at]);
    if (it == ranges_.end()) return nullptr;
    const std::u16string_view rest = text.substr(at);
    for (std::uint32_t i = it->second.first; i < it->second.second; ++i) {
      const AmountUnit& unit = units_[i];
      if (rest.starts_with(unit.word) && Follows(unit, rest.substr(unit.word.size()))) return &unit;
    }
    return nullptr;
  }

 private:
  static bool Follows(const AmountUnit& unit, std::u16string_view rest) {
    if (IsAsciiLetter(unit.word.back()) && !rest.empty() && IsAsciiAlnum(rest.front())) return false;
    return std::none_of(unit.not_before.begin(), unit.not_before.end(),
                        [rest](const std::u16string& word) { return rest.starts_with(word); });
  }

  std::vector<AmountUnit> units_;
  std::unordered_map<char16_t, std::pair<std::uint32_t, std::uint32_t>> ranges_;
};

const Table& BuiltInTable() {
  static const Table table = [] {
    Result<std::vector<AmountUnit>> units = ParseAmountUnits("units.tsv", embedded::UnitsTsv());
    MAILUO_CHECK(units.has_value());
    return Table(*std::move(units));
  }();
  return table;
}

}  // namespace

Result<std::vector<AmountUnit>> ParseAmountUnits(std::string_view file, std::string_view tsv) {
  std::vector<AmountUnit> out;
  std::size_t number = 0;
  for (std::string_view line : Split(tsv, '\n')) {
    ++number;
    if (line.empty() || line.front() == '#') continue;
    MAILUO_RETURN_IF_ERROR(ParseLine(file, number, line, out));
  }
  std::sort(out.begin(), out.end(), [](const AmountUnit& a, const AmountUnit& b) {
    if (a.word.front() != b.word.front()) return a.word.front() < b.word.front();
    if (a.word.size() != b.word.size()) return a.word.size() > b.word.size();
    return a.word < b.word;
  });
  for (std::size_t i = 1; i < out.size(); ++i) {
    if (out[i].word == out[i - 1].word) {
      return Error{ErrorCode::kInvalidArgument,
                   std::string(file) + ": unit '" + ToUtf8(out[i].word) + "' is there twice"};
    }
  }
  return out;
}

const AmountUnit* FindAmountUnit(std::u16string_view units, std::size_t at) { return BuiltInTable().Find(units, at); }

}  // namespace mailuo::text
