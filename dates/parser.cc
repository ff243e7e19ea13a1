#include "dates/parser.h"

#include <algorithm>

#include "text/folded_text.h"

namespace mailuo::dates {
namespace {

bool IsPunctuation(char16_t unit) {
  if (unit < 0x80) return !text::IsAsciiAlnum(unit) && unit != u'%' && unit != u'.' && unit != u'$';
  return (unit >= 0x2010 && unit <= 0x203F) || (unit >= 0x3000 && unit <= 0x303F && unit != u'〇') || unit == u'·' ||
         unit == u'〜';
}

}  // namespace

bool Parser::BeforeIs(std::uint32_t p, std::u16string_view text) const {
  return p <= size_ && p >= begin_ + text.size() && units_.substr(p - text.size(), text.size()) == text;
}

bool Parser::IsAny(std::uint32_t p, std::initializer_list<std::u16string_view> texts) const {
  return std::any_of(texts.begin(), texts.end(), [&](std::u16string_view text) { return Is(p, text); });
}

std::uint32_t Parser::SkipSpaces(std::uint32_t p) const {
  constexpr std::uint32_t kMost = 3;
  for (std::uint32_t i = 0; i < kMost && At(p) == u' '; ++i) ++p;
  return p;
}

bool Parser::Eat(std::uint32_t& p, std::u16string_view text) const {
  const std::uint32_t q = At(p) == u' ' ? SkipSpaces(p) : p;
  if (!Is(q, text)) return false;
  p = q + static_cast<std::uint32_t>(text.size());
  return true;
}

bool Parser::EatAny(std::uint32_t& p, std::initializer_list<std::u16string_view> texts) const {
  return std::any_of(texts.begin(), texts.end(), [&](std::u16string_view text) { return Eat(p, text); });
}

const Word* Parser::EatWord(std::uint32_t& p, WordClass word_class) const {
  const std::uint32_t q = At(p) == u' ' ? SkipSpaces(p) : p;
  const Word* word = words_.Match(units_, q, word_class);
  if (word != nullptr) p = q + static_cast<std::uint32_t>(word->text.size());
  return word;
}

bool Parser::EatNumeral(std::uint32_t& p, text::Numeral& numeral) const {
  const std::uint32_t q = At(p) == u' ' ? SkipSpaces(p) : p;
  const auto found = text::ReadNumeral(units_, q);
  if (!found) return false;
  numeral = *found;
  p = found->end;
  return true;
}

bool Parser::EatSmall(std::uint32_t& p, int most, int& value) const {
  text::Numeral numeral;
  std::uint32_t q = p;
  if (!EatNumeral(q, numeral) || numeral.value < 1 || numeral.value > most) return false;
  if (numeral.form == text::NumeralForm::kDigits && numeral.digits > 2) return false;
  if (numeral.form == text::NumeralForm::kHanDigits) return false;
  value = static_cast<int>(numeral.value);
  p = q;
  return true;
}

bool Parser::AtBoundary(std::uint32_t p) const { return p >= size_ || IsPunctuation(units_[p]); }

bool Parser::ClauseStart(std::uint32_t p) const { return p == begin_ || IsPunctuation(units_[p - 1]); }

bool Parser::EatConnector(std::uint32_t& p) const {
  std::uint32_t q = SkipSpaces(p);
  if (EatAny(q, {u"至", u"到", u"~", u"〜"})) {
    p = q;
    return true;
  }
  const auto dash = [](char16_t unit) {
    return unit == u'-' || unit == u'—' || unit == u'–' || unit == u'ー' || unit == u'―' || unit == u'−' ||
           unit == u'─';
  };
  if (!dash(At(q))) return false;
  for (int i = 0; i < 2 && dash(At(q)); ++i) ++q;
  p = q;
  return true;
}

bool Parser::IsDayLike(const Expression& e) const {
  switch (e.item) {
    case Item::kDay:
    case Item::kRelativeDay:
    case Item::kHoliday:
    case Item::kSolarTerm:
    case Item::kTradingDay: return true;
    case Item::kWeekday: return e.n <= 7;
    case Item::kLunar: return e.m != 0;
    case Item::kAgo:
    case Item::kNthUnit: return e.unit == Unit::kDay;
    default: return false;
  }
}

bool Parser::Longest(std::uint32_t& p, Expression& e, std::initializer_list<Rule> rules) const {
  std::uint32_t best = p;
  for (const Rule rule : rules) Try(rule, p, best, e);
  if (best == p) return false;
  e.start = p;
  e.end = best;
  p = best;
  return true;
}

void Parser::Try(Rule rule, std::uint32_t p, std::uint32_t& best, Expression& e) const {
  Expression candidate;
  std::uint32_t q = p;
  if ((this->*rule)(q, candidate) && q > best) {
    best = q;
    e = candidate;
  }
}

// The longest reading wins; among equals the first rule of the table (dispatch.cc).
bool Parser::Atom(std::uint32_t& p, Expression& e) const {
  const std::uint32_t start = p;
  std::uint32_t best = p;
  const Chances chances = ChancesAt(p);
  if (chances.Any()) Dispatch(chances, p, best, e);
  if (best == p) return false;
  p = best;
  DayTail(p, e);
  e.start = start;
  e.end = p;
  return true;
}

// What may follow a day and stays on it: 晚间, 9:30, 星期一, (10月21日).
void Parser::DayTail(std::uint32_t& p, Expression& e) const {
  ClockTail(p, e);
  if (IsDayLike(e) && e.item != Item::kWeekday) {
    std::uint32_t q = p;
    const bool bracket = Eat(q, u"(");
    if (!bracket) EatAny(q, {u",", u"、"});
    int weekday = 0;
    if (EatWeekdayName(q, weekday) && weekday <= 7 && (!bracket || Eat(q, u")"))) {
      p = q;
      ClockTail(p, e);
    }
  }
  // 周日, 二月十号 and 今天(10月21日), 去年(2025年): the fuller one decides.
  std::uint32_t q = p;
  const bool bracket = Eat(q, u"(");
  if (!bracket && !(e.item == Item::kWeekday && e.shift.base == Base::kNone && EatAny(q, {u", ", u","}))) return;
  const bool year = e.item == Item::kYear && e.year.base != Base::kGiven;
  const bool day = e.item == Item::kRelativeDay || e.item == Item::kWeekday || e.item == Item::kHoliday ||
                   e.item == Item::kTradingDay;
  if (!year && !day) return;
  Expression inner;
  q = SkipSpaces(q);
  bool found = false;
  if (text::ReadNumeral(units_, q)) {
    found = Longest(q, inner, {&Parser::NumericDate, &Parser::YearFirst, &Parser::MonthFirst, &Parser::DayFirst});
  }
  if (!found || (year && inner.item != Item::kYear) || (day && inner.item != Item::kDay)) return;
  if (!bracket && inner.month.base == Base::kNone) return;
  int ignored = 0;
  EatWeekdayName(q, ignored);
  if (bracket && !Eat(q, u")")) return;
  inner.clock = e.clock;
  e = inner;
  p = q;
  ClockTail(p, e);
}

std::optional<Parsed> Parser::ParseAt(std::uint32_t at, std::uint32_t floor) const {
  Parsed parsed;
  std::uint32_t p = at;
  if (!Atom(p, parsed.left)) return std::nullopt;
  parsed.start = at;
  // “十四五”期间: the quotes belong to the mention.
  if (parsed.left.item == Item::kPlan && parsed.left.m == 1) parsed.start = at - 1;
  parsed.end = p;
  // 春节前两周: what is left of it is no window of its own.
  if (parsed.left.item == Item::kWindow && parsed.left.without_today && at == floor && at > begin_) {
    parsed.rejected = true;
  }
  if (parsed.rejected || Rejected(parsed)) {
    parsed.rejected = true;
    return parsed;
  }
  if (RangeTail(p, parsed)) parsed.end = p;
  Suffix(p, parsed);
  parsed.end = p;
  Prefix(parsed, floor);
  return parsed;
}

}  // namespace mailuo::dates
