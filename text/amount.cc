#include "text/amount.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "core/check.h"
#include "text/amount_units.h"
#include "text/folded_text.h"

namespace mailuo::text {
namespace {

using Units = std::u16string_view;

constexpr double kWan = 1e4;
constexpr double kYi = 1e8;
constexpr double kLargest = 1e18;  // Larger ones are strings of digits, not amounts.

int HanDigit(char16_t unit) {
  switch (unit) {
    case u'零':
    case u'〇': return 0;
    case u'一': return 1;
    case u'二':
    case u'两': return 2;
    case u'三': return 3;
    case u'四': return 4;
    case u'五': return 5;
    case u'六': return 6;
    case u'七': return 7;
    case u'八': return 8;
    case u'九': return 9;
    default: return -1;
  }
}
double HanScale(char16_t unit) {
  switch (unit) {
    case u'十': return 10;
    case u'百': return 100;
    case u'千': return 1000;
    case u'万': return kWan;
    case u'亿': return kYi;
    default: return 0;
  }
}
bool IsMore(char16_t unit) { return unit == u'多' || unit == u'余' || unit == u'几'; }
bool StartsNumber(char16_t unit) { return IsAsciiDigit(unit) || HanDigit(unit) >= 0 || HanScale(unit) > 0; }

struct Number {
  std::uint32_t start = 0;
  std::uint32_t end = 0;
  double base = 0;   // Before the scale: the 1.2 of 1.2亿.
  double scale = 1;  // 1e8 there.
  bool digits = false;
  bool broken = false;  // Has a decimal part.
  bool more = false;    // 多 余 几
  double value() const { return base * scale; }
};

class Reader {
 public:
  Reader(Units units, UnitSpan range) : units_(units), end_(std::min<std::size_t>(range.end, units.size())) {}

  // The amount that starts at or, for prefixes, right before `at`; nullopt-like: false. `at` moves past what was read.
  bool Read(std::uint32_t& at, Amount& amount);

 private:
  char16_t At(std::size_t i) const { return i < end_ ? units_[i] : u'\0'; }
  char16_t Before(std::size_t i) const { return i > 0 ? units_[i - 1] : u'\0'; }
  bool HasAt(std::size_t i, Units word) const {
    return i + word.size() <= end_ && units_.substr(i, word.size()) == word;
  }
  bool EndsAt(std::size_t i, Units word) const {
    return i >= word.size() && units_.substr(i - word.size(), word.size()) == word;
  }

  bool ReadNumber(std::uint32_t at, Number& number) const;
  void ReadDigits(std::uint32_t& at, Number& number) const;
  bool ReadHan(std::uint32_t& at, Number& number) const;
  void ReadScale(std::uint32_t& at, Number& number) const;
  bool ReadFraction(std::uint32_t& at, Amount& amount) const;
  const AmountUnit* ReadUnit(std::uint32_t& at) const;
  bool ReadRange(const Number& first, std::uint32_t& at, Number& second) const;
  bool Plausible(const Number& number, const AmountUnit& unit, std::uint32_t after) const;
  void AddPrefixes(Amount& amount, bool& money_prefix) const;
  void AddSuffixes(std::uint32_t& at, Amount& amount) const;

  Units units_;
  std::size_t end_;
};

void Reader::ReadDigits(std::uint32_t& at, Number& number) const {
  double value = 0;
  std::uint32_t run = 0;
  for (;; ++at) {
    const char16_t unit = At(at);
    if (IsAsciiDigit(unit)) {
      value = value * 10 + (unit - u'0');
      ++run;
    } else if (unit == u',' && run >= 1 && run <= 3 && IsAsciiDigit(At(at + 1)) && IsAsciiDigit(At(at + 2)) &&
               IsAsciiDigit(At(at + 3)) && !IsAsciiDigit(At(at + 4))) {
      run = 0;  // A separator of thousands; three digits must follow.
    } else {
      break;
    }
  }
  if (At(at) == u'.' && IsAsciiDigit(At(at + 1))) {
    number.broken = true;
    double place = 0.1;
    for (++at; IsAsciiDigit(At(at)); ++at, place /= 10) value += (At(at) - u'0') * place;
  }
  number.digits = true;
  number.base = value;
}

// 三千五百 as the base; 万 and 亿 are left to ReadScale, so that 三千五百万 and 3500万 read alike.
bool Reader::ReadHan(std::uint32_t& at, Number& number) const {
  double total = 0;
  double digit = -1;
  bool any = false;
  for (; at < end_; ++at) {
    const char16_t unit = units_[at];
    const int value = HanDigit(unit);
    const double scale = HanScale(unit);
    if (value >= 0) {
      if (digit > 0) break;  // 二三线: two digits in a row are no number.
      digit = value;
    } else if (scale > 0 && scale < kWan) {
      total += (digit > 0 ? digit : 1) * scale;
      digit = -1;
    } else {
      break;
    }
    any = true;
  }
  if (digit > 0) total += digit;
  if (any && At(at) == u'点' && HanDigit(At(at + 1)) >= 0) {
    number.broken = true;
    double place = 0.1;
    for (++at; HanDigit(At(at)) >= 0; ++at, place /= 10) total += HanDigit(At(at)) * place;
  }
  if (!any) total = 1;  // 亿元: the scale alone.
  number.base = total;
  return any || HanScale(At(at)) > 0;
}

void Reader::ReadScale(std::uint32_t& at, Number& number) const {
  if (IsMore(At(at))) {
    number.more = true;
    ++at;
  }
  while (HanScale(At(at)) > 0) {
    number.scale *= HanScale(At(at));
    ++at;
  }
  if (IsMore(At(at))) {
    number.more = true;
    ++at;
  }
  static constexpr std::pair<Units, double> kEnglish[] = {
      {u"million", 1e6}, {u"billion", 1e9}, {u"trillion", 1e12}, {u"thousand", 1e3}};
  const std::uint32_t word = At(at) == u' ' ? at + 1 : at;
  for (const auto& [name, scale] : kEnglish) {
    if (HasAt(word, name)) {
      number.scale *= scale;
      at = word + static_cast<std::uint32_t>(name.size());
    }
  }
}

bool Reader::ReadNumber(std::uint32_t at, Number& number) const {
  number = {};
  number.start = at;
  if (IsAsciiDigit(At(at))) {
    ReadDigits(at, number);
  } else if (!ReadHan(at, number)) {
    return false;
  }
  ReadScale(at, number);
  number.end = at;
  return at > number.start;
}

// 百分之二十, 三分之一, 五成, 七成半.
bool Reader::ReadFraction(std::uint32_t& at, Amount& amount) const {
  Number bottom;
  Number top;
  if (HasAt(at, u"百分之")) {
    if (!StartsNumber(At(at + 3)) || !ReadNumber(at + 3, top)) return false;
    bottom.base = 100;
  } else if (!IsAsciiDigit(At(at)) && ReadNumber(at, bottom) && HasAt(bottom.end, u"分之")) {
    if (!StartsNumber(At(bottom.end + 2)) || !ReadNumber(bottom.end + 2, top)) return false;
  } else if (ReadNumber(at, top) && At(top.end) == u'成' && top.scale == 1 && top.value() > 0 && top.value() < 10) {
    static constexpr Units kWords = u"为立本功员都果交熟长分份品就型";  // 三成为, 一成立: other words.
    const bool half = At(top.end + 1) == u'半';
    if (!half && kWords.find(At(top.end + 1)) != Units::npos) return false;
    bottom.base = 10;
    if (half) top.base += 0.5;
    top.end += half ? 2 : 1;
  } else {
    return false;
  }
  if (bottom.value() <= 0) return false;
  amount.span = {at, top.end};
  amount.low = amount.high = 100 * top.value() / bottom.value();
  amount.unit = "pct";
  amount.kind = AmountClass::kPercent;
  at = top.end;
  return true;
}

const AmountUnit* Reader::ReadUnit(std::uint32_t& at) const {
  std::uint32_t start = at;
  if (At(start) == u' ') ++start;
  const AmountUnit* unit = FindAmountUnit(units_.substr(0, end_), start);
  if (unit == nullptr) return nullptr;
  if (start != at && !IsAsciiLetter(unit->word.front())) return nullptr;  // 2025 家: two columns, not an amount.
  at = start + static_cast<std::uint32_t>(unit->word.size());
  return unit;
}

bool Reader::ReadRange(const Number& first, std::uint32_t& at, Number& second) const {
  std::uint32_t next = at;
  const char16_t joiner = At(next);
  if (joiner != u'-' && joiner != u'~' && joiner != u'至' && joiner != u'到' && joiner != u'—' && joiner != u'–') {
    return false;
  }
  ++next;
  if (joiner == u'—' && At(next) == u'—') ++next;
  if (!IsAsciiDigit(At(next)) && first.digits) return false;
  if (!StartsNumber(At(next)) || !ReadNumber(next, second)) return false;
  at = second.end;
  return true;
}

bool Reader::Plausible(const Number& number, const AmountUnit& unit, std::uint32_t after) const {
  switch (unit.kind) {
    case AmountClass::kIndexPoint: {
      static constexpr Units kMoves = u"涨跌升降高低报收挫";
      const char16_t before = Before(number.start);
      return number.broken || number.value() >= 1000 || kMoves.find(before) != Units::npos ||
             EndsAt(number.start, u"涨了") || EndsAt(number.start, u"跌了");
    }
    case AmountClass::kCount:
    case AmountClass::kMultiple:
      // 一家, 两台, 万人 are style more often than quantity.
      return number.digits || (number.value() >= 10 && HanDigit(units_[number.start]) > 0);
    case AmountClass::kShare:
      // 每10股派: the base of a dividend. 5股 in a list of stock tips is no holding either, but harmless.
      return Before(number.start) != u'每' && (number.digits || number.scale > 1);
    case AmountClass::kMoney: return number.digits || number.scale > 1 || number.value() >= 10 || At(after) == u'/';
    default: return true;
  }
}

void Reader::AddPrefixes(Amount& amount, bool& money_prefix) const {
  static constexpr std::pair<Units, std::string_view> kSigns[] = {{u"hk$", "HKD"}, {u"us$", "USD"},    {u"nt$", "TWD"},
                                                                  {u"$", "USD"},   {u"¥", "CNY"},      {u"€", "EUR"},
                                                                  {u"£", "GBP"},   {u"人民币", "CNY"}, {u"rmb", "CNY"}};
  for (const auto& [sign, unit] : kSigns) {
    if (!EndsAt(amount.span.start, sign)) continue;
    money_prefix = true;
    amount.span.start -= static_cast<std::uint32_t>(sign.size());
    if (amount.unit.empty()) amount.unit = unit;
    break;
  }
  for (const Units word : {Units(u"每股"), Units(u"每股人民币")}) {
    if (EndsAt(amount.span.start, word)) {
      amount.per_share = true;
      amount.span.start -= static_cast<std::uint32_t>(word.size());
      break;
    }
  }
  for (const Units word : {Units(u"约"), Units(u"近"), Units(u"超"), Units(u"逾"), Units(u"超过"), Units(u"接近"),
                           Units(u"上"), Units(u"数")}) {
    if (EndsAt(amount.span.start, word)) amount.approximate = true;
  }
}

void Reader::AddSuffixes(std::uint32_t& at, Amount& amount) const {
  if (amount.kind == AmountClass::kMoney) {
    for (const Units word : {Units(u"/股"), Units(u"每股"), Units(u"/每股")}) {
      if (!HasAt(at, word)) continue;
      amount.per_share = true;
      at += static_cast<std::uint32_t>(word.size());
      break;
    }
  }
  amount.span.end = at;
  if (HasAt(at, u"左右") || HasAt(at, u"以上") || HasAt(at, u"上下")) amount.approximate = true;
}

bool Reader::Read(std::uint32_t& at, Amount& amount) {
  const char16_t before = Before(at);
  if (IsAsciiDigit(At(at)) && (IsAsciiAlnum(before) && !EndsAt(at, u"rmb"))) return false;
  if ((before == u'.' || before == u'第') && at > 0) return false;
  amount = {};
  if (ReadFraction(at, amount)) {
    bool unused = false;
    AddPrefixes(amount, unused);
    AddSuffixes(at, amount);
    return true;
  }
  Number number;
  if (!ReadNumber(at, number)) return false;
  std::uint32_t next = number.end;
  std::uint32_t unit_start = next;
  const AmountUnit* unit = ReadUnit(next);
  Number second;
  bool range = false;
  std::uint32_t look = next;
  if (ReadRange(number, look, second)) {
    std::uint32_t second_unit_at = second.end;
    const AmountUnit* second_unit = ReadUnit(second_unit_at);
    if (second_unit != nullptr && (unit == nullptr || unit->unit == second_unit->unit)) {
      if (unit == nullptr && number.scale == 1) number.scale = second.scale;
      unit = second_unit;
      next = second_unit_at;
      range = true;
    }
  }
  amount.span = {number.start, next};
  amount.low = number.value();
  amount.high = range ? second.value() : amount.low;
  amount.approximate = number.more || second.more;
  bool money_prefix = false;
  if (unit != nullptr) {
    if (!Plausible(number, *unit, next)) return false;
    amount.unit = unit->unit;
    amount.kind = unit->kind;
    AddPrefixes(amount, money_prefix);
  } else {
    if (!number.digits) return false;
    next = unit_start;
    AddPrefixes(amount, money_prefix);
    if (!money_prefix) return false;
  }
  if (money_prefix && amount.kind != AmountClass::kMoney) amount.span.start = number.start;
  if (!(std::max(amount.low, amount.high) <= kLargest)) return false;
  at = next;
  AddSuffixes(at, amount);
  return true;
}

}  // namespace

void FindAmounts(std::u16string_view units, UnitSpan range, std::vector<Amount>& out) {
  Reader reader(units, range);
  const auto end = static_cast<std::uint32_t>(std::min<std::size_t>(range.end, units.size()));
  std::uint32_t at = range.start;
  while (at < end) {
    if (!StartsNumber(units[at])) {
      ++at;
      continue;
    }
    Amount amount;
    std::uint32_t next = at;
    if (reader.Read(next, amount)) {
      // A prefix may not reach outside the range or into the amount before.
      const std::uint32_t floor = out.empty() ? range.start : std::max(range.start, out.back().span.end);
      amount.span.start = std::max(amount.span.start, std::min(floor, at));
      out.push_back(amount);
      at = std::max(next, at + 1);
      continue;
    }
    // Past the whole number: the 25 of 2025年 is not read again.
    const bool digits = IsAsciiDigit(units[at]);
    ++at;
    while (digits && at < end &&
           (IsAsciiAlnum(units[at]) ||
            ((units[at] == u'.' || units[at] == u',') && at + 1 < end && IsAsciiDigit(units[at + 1])))) {
      ++at;
    }
  }
}

}  // namespace mailuo::text
