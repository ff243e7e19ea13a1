// Integers as Chinese text writes them: 2025, ２０２５, 二〇二五, 二十五, 一百零五, 廿七, 两, 俩, 仨.
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace mailuo::text {

enum class NumeralForm : std::uint8_t {
  kDigits,     // 2025: decimal digits, ASCII or full-width.
  kHanDigits,  // 二〇二五: two or more Han digits by position.
  kHanUnits,   // 五, 二十五, 一百零五: one Han digit, or with 十 百 千 万 亿.
};

struct Numeral {
  std::int64_t value = 0;
  std::uint32_t end = 0;  // Index of the unit behind the numeral.
  NumeralForm form = NumeralForm::kDigits;
  std::uint8_t digits = 0;  // Digits written (kDigits, kHanDigits); leading zeros count.
};

// The longest numeral that starts at units[at]. Nothing if there is none, or if it has more than 18 digits.
std::optional<Numeral> ReadNumeral(std::u16string_view units, std::uint32_t at);

// 0..9 for a Han digit (〇零一二两三四五六七八九), -1 for any other unit.
int HanDigitValue(char16_t unit);

// A whole string that is one numeral.
std::optional<std::int64_t> ParseInteger(std::u16string_view units);

}  // namespace mailuo::text
