#include "text/number.h"

namespace mailuo::text {
namespace {

constexpr std::uint8_t kMostDigits = 18;

int AsciiDigitValue(char16_t unit) {
  if (unit >= u'0' && unit <= u'9') return unit - u'0';
  if (unit >= u'０' && unit <= u'９') return unit - u'０';
  return -1;
}

// 十 百 千 万 亿 and the contracted tens 廿 卅, whose value is the unit times `times`.
struct HanUnit {
  std::int64_t value = 0;
  int times = 0;  // Not 0: the unit brings its own digit.
};

HanUnit UnitOf(char16_t unit) {
  switch (unit) {
    case u'十':
    case u'拾': return {10, 0};
    case u'百':
    case u'佰': return {100, 0};
    case u'千':
    case u'仟': return {1000, 0};
    case u'万': return {10'000, 0};
    case u'亿': return {100'000'000, 0};
    case u'廿': return {10, 2};
    case u'卅': return {10, 3};
    default: return {};
  }
}

std::optional<Numeral> ReadDigits(std::u16string_view units, std::uint32_t at) {
  Numeral numeral;
  std::size_t i = at;
  for (; i < units.size(); ++i) {
    const int digit = AsciiDigitValue(units[i]);
    if (digit < 0) break;
    if (numeral.digits == kMostDigits) return std::nullopt;
    numeral.value = numeral.value * 10 + digit;
    ++numeral.digits;
  }
  numeral.end = static_cast<std::uint32_t>(i);
  return numeral;
}

std::optional<Numeral> ReadHanDigits(std::u16string_view units, std::uint32_t at) {
  Numeral numeral;
  numeral.form = NumeralForm::kHanDigits;
  std::size_t i = at;
  for (; i < units.size(); ++i) {
    const int digit = HanDigitValue(units[i]);
    if (digit < 0) break;
    if (numeral.digits == kMostDigits) return std::nullopt;
    numeral.value = numeral.value * 10 + digit;
    ++numeral.digits;
  }
  numeral.end = static_cast<std::uint32_t>(i);
  if (numeral.digits == 1) numeral.form = NumeralForm::kHanUnits;
  return numeral;
}

// 一亿二千三百万零五十: sections of 万 and 亿, each a sum of digit times 十 百 千.
std::optional<Numeral> ReadHanUnits(std::u16string_view units, std::uint32_t at) {
  std::int64_t total = 0;
  std::int64_t section = 0;
  std::int64_t digit = -1;
  std::int64_t last_unit = 0;
  std::size_t i = at;
  int steps = 0;
  for (; i < units.size() && steps < 40; ++i, ++steps) {
    const int value = HanDigitValue(units[i]);
    if (value == 0) {
      last_unit = 0;
      continue;
    }
    if (value > 0) {
      if (digit >= 0) break;  // 三五 is not one number.
      digit = value;
      continue;
    }
    const HanUnit unit = UnitOf(units[i]);
    if (unit.value == 0) break;
    if (unit.times != 0) {
      if (digit >= 0) break;
      section += unit.value * unit.times;
    } else if (unit.value < 10'000) {
      if (last_unit != 0 && unit.value >= last_unit && digit < 0) break;  // 十十
      section += unit.value * (digit < 0 ? 1 : digit);
    } else {
      if (digit > 0) section += digit;
      if (section == 0 || total > 1'000'000'000'000) break;
      total = unit.value == 10'000 ? total + section * unit.value : (total + section) * unit.value;
      section = 0;
    }
    digit = -1;
    last_unit = unit.value;
  }
  // 三百五 is 350, 三万五 is 35000.
  if (digit > 0) section += last_unit >= 100 ? digit * last_unit / 10 : digit;
  while (i > at && HanDigitValue(units[i - 1]) == 0) --i;
  if (i == at) return std::nullopt;
  Numeral numeral;
  numeral.value = total + section;
  numeral.end = static_cast<std::uint32_t>(i);
  numeral.form = NumeralForm::kHanUnits;
  return numeral;
}

}  // namespace

int HanDigitValue(char16_t unit) {
  switch (unit) {
    case u'〇':
    case u'零':
    case u'○': return 0;
    case u'一': return 1;
    case u'二':
    case u'两':
    case u'俩': return 2;
    case u'三':
    case u'仨': return 3;
    case u'四': return 4;
    case u'五': return 5;
    case u'六': return 6;
    case u'七': return 7;
    case u'八': return 8;
    case u'九': return 9;
    default: return -1;
  }
}

std::optional<Numeral> ReadNumeral(std::u16string_view units, std::uint32_t at) {
  if (at >= units.size()) return std::nullopt;
  if (AsciiDigitValue(units[at]) >= 0) return ReadDigits(units, at);
  if (HanDigitValue(units[at]) < 0) {
    return UnitOf(units[at]).value != 0 && UnitOf(units[at]).value < 10'000 ? ReadHanUnits(units, at) : std::nullopt;
  }
  const auto by_position = ReadHanDigits(units, at);
  if (by_position && by_position->end < units.size() && UnitOf(units[by_position->end]).value != 0) {
    // 二零一五百 cannot be: only a single digit (or one behind 零) may carry a unit.
    if (by_position->digits == 1 || HanDigitValue(units[at]) == 0) return ReadHanUnits(units, at);
    return by_position;
  }
  return by_position;
}

std::optional<std::int64_t> ParseInteger(std::u16string_view units) {
  const auto numeral = ReadNumeral(units, 0);
  if (!numeral || numeral->end != units.size()) return std::nullopt;
  return numeral->value;
}

}  // namespace mailuo::text
