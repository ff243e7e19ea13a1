// Dates of the Chinese calendar: 农历八月十八, 正月十五, 腊月, 大年初三, 五月廿二, 去年八月十五.
#include "dates/parser.h"
#include "text/folded_text.h"

namespace mailuo::dates {

using text::Numeral;
using text::NumeralForm;

// `marked`: the form itself is lunar (初一, 廿二).
bool Parser::EatLunarDay(std::uint32_t& p, int& day, bool& marked) const {
  std::uint32_t q = SkipSpaces(p);
  marked = false;
  if (Eat(q, u"初")) {
    if (!EatSmall(q, 10, day)) return false;
    marked = true;
    p = q;
    return true;
  }
  const char16_t first = At(q);
  if (!EatSmall(q, 30, day)) return false;
  marked = first == u'廿';
  EatAny(q, {u"日", u"号"});
  p = q;
  return true;
}

// Behind a month that may be solar or lunar: the day must say that it is lunar, or be the day of a lunar feast.
bool Parser::LunarMonthDay(std::uint32_t& p, Expression& e) const {
  std::uint32_t q = SkipSpaces(p);
  if (text::IsAsciiDigit(At(q)) || Is(q, u"初步") || Is(q, u"初次")) return false;
  int day = 0;
  bool marked = false;
  if (!EatLunarDay(q, day, marked)) return false;
  const bool with_unit = At(q - 1) == u'日' || At(q - 1) == u'号';
  const bool feast = !with_unit && e.month.value == 8 && day == 15 &&
                     (AtBoundary(q) || words_.Match(units_, q, WordClass::kDayPart) != nullptr);
  if (!feast && (!marked || with_unit)) return false;
  e.item = Item::kLunar;
  e.m = day;
  e.n = e.month.value;
  e.month = {};
  p = q;
  return true;
}

bool Parser::LunarDateFirst(std::uint32_t& p, Expression& e) const {
  std::uint32_t q = p;
  bool marked = EatWord(q, WordClass::kLunarMark) != nullptr;
  e.item = Item::kLunar;
  if (marked) {
    // 农历2015年十月初一, 阴历二〇二一年六月
    std::uint32_t r = q;
    Numeral year;
    if (EatNumeral(r, year) && year.digits == 4 && Eat(r, u"年")) {
      e.year = {Base::kGiven, static_cast<int>(year.value)};
      q = r;
    } else if (const Word* word = EatWord(r, WordClass::kYear)) {
      e.year = {Base::kPublished, word->value};
      q = r;
    }
  }
  std::uint32_t r = q;
  if (const Word* name = EatWord(r, WordClass::kLunarMonth)) {
    e.n = name->value;
    q = r;
  } else if (EatWord(r, WordClass::kLunarDayName) != nullptr) {
    int day = 0;
    if (!EatSmall(r, 15, day)) return false;
    e.n = 1;
    e.m = day;
    p = r;
    return true;
  } else {
    e.leap = Eat(r, u"闰");
    int month = 0;
    if ((!marked && !e.leap) || !EatSmall(r, 12, month) || !Eat(r, u"月")) return false;
    e.n = month;
    q = r;
  }
  r = q;
  int day = 0;
  bool ignored = false;
  // 今年腊月18000吨: a day has at most two digits.
  if (EatLunarDay(r, day, ignored) && !IsAny(r, {u"个", u"万", u"亿", u"%", u"年", u"家"})) {
    e.m = day;
    q = r;
  }
  p = q;
  return true;
}

}  // namespace mailuo::dates
