#include "extract/name_odds.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "text/folded_text.h"

namespace mailuo::extract {
namespace {

constexpr std::array<std::string_view, 4> kPlaceNames = {"surname", "first", "last", "only"};

std::string_view TakeUntil(std::string_view& rest, char separator) {
  const std::string_view part = rest.substr(0, rest.find(separator));
  rest.remove_prefix(std::min(rest.size(), part.size() + 1));
  return part;
}

}  // namespace

Result<NameOdds> NameOdds::Parse(std::string_view tsv) {
  NameOdds odds;
  odds.rows_.assign(kLastHan - kFirstHan + 1, kUnlisted);
  for (int number = 1; !tsv.empty(); ++number) {
    std::string_view line = TakeUntil(tsv, '\n');
    if (line.empty() || line[0] == '#') continue;
    const auto bad = [&](std::string_view what) {
      return Error{ErrorCode::kCorruption, "name_odds.tsv:" + std::to_string(number) + ": " + std::string(what)};
    };
    const auto* const place = std::find(kPlaceNames.begin(), kPlaceNames.end(), TakeUntil(line, '\t'));
    if (place == kPlaceNames.end()) return bad("unknown place");
    const std::string_view digits = TakeUntil(line, '\t');
    int tenths = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), tenths);
    if (error != std::errc{} || end != digits.data() + digits.size() || tenths < -100 || tenths > 100) {
      return bad("expected a number from -100 to 100");
    }
    if (line.empty()) return bad("a column is missing");
    for (const char16_t unit : text::FoldKey16(line)) {
      if (unit < kFirstHan || unit > kLastHan) return bad("a character is not of the common block");
      odds.rows_[unit - kFirstHan][static_cast<std::size_t>(place - kPlaceNames.begin())] =
          static_cast<std::int8_t>(tenths);
    }
  }
  return odds;
}

int NameOdds::Of(std::u16string_view name, std::uint32_t surname) const {
  const int family = surname == 0 ? 0 : surname == 1 ? At(name[0], kSurname) : kCompoundSurname;
  const std::u16string_view given = name.substr(surname);
  if (given.size() == 1) return family + At(given[0], kOnly);
  return family + At(given[0], kFirst) + At(given[1], kLast);
}

}  // namespace mailuo::extract
