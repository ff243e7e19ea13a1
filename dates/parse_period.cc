// What may stand inside a year or a month: months, days, halves, parts, counted units.
#include "dates/parser.h"
#include "text/folded_text.h"

namespace mailuo::dates {

using text::Numeral;

// 初 底 末 中 and their kin. The one-character words begin many other words, so what follows decides.
bool Parser::Part(std::uint32_t& p, Expression& e, WordClass word_class) const {
  std::uint32_t q = p;
  const Word* word = EatWord(q, word_class);
  if (word == nullptr) return false;
  if (word->text.size() == 1) {
    const char16_t mark = word->text.front();
    if (mark == u'初' && IsAny(q, {u"步", u"始", u"级", u"创", u"次", u"衷", u"具", u"定"})) return false;
    if (mark == u'底' && IsAny(q, {u"部", u"层", u"线", u"盘", u"特", u"仓", u"气", u"座", u"价"})) return false;
    if (mark == u'末' && IsAny(q, {u"端", u"日", u"班", u"尾"})) return false;
    if (mark == u'中' && !AtBoundary(q) && !IsAny(q, {u"的", u"以", u"前", u"后"})) return false;
  }
  // 年中 in 去年中巴建交, 月中 in 9月中国.
  if (word->text.size() == 2 && word->text.back() == u'中' &&
      IsAny(q, {u"国", u"央", u"美", u"巴", u"俄", u"欧", u"日", u"方", u"心", u"标"})) {
    return false;
  }
  e.part = word->value;
  p = q;
  return true;
}

// 第N周, 首月, 前N个季度, 后N个月, 最后一个星期一 ... of a year or (in_month) a month.
bool Parser::Counted(std::uint32_t& p, Expression& e, bool in_month) const {
  std::uint32_t q = p;
  Item item = Item::kNthUnit;
  int n = 1;
  bool counted = false;
  if (Eat(q, u"第")) {
    if (!EatSmall(q, 99, n)) return false;
  } else if (EatAny(q, {u"最后", u"最末"})) {
    item = Item::kLastUnits;
    int count = 1;
    counted = EatSmall(q, 60, count);
    n = count;
  } else if (Is(q, u"首") || Is(q, u"前") || Is(q, u"头") || Is(q, u"后")) {
    const char16_t mark = At(q);
    ++q;
    item = mark == u'后' ? Item::kLastUnits : Item::kFirstUnits;
    counted = EatSmall(q, 60, n);
    if (!counted && mark != u'首') return false;
    if (!counted) item = Item::kNthUnit;
  } else {
    return false;
  }
  Unit unit = Unit::kNone;
  int weekday = 0;
  const bool measure = Eat(q, u"个");
  const bool latin_quarter = At(q) == u'q' && item == Item::kFirstUnits;  // 前两个Q
  if (latin_quarter ? Eat(q, u"q") : EatAny(q, {u"季度", u"季"})) {
    unit = Unit::kQuarter;
  } else if (Eat(q, u"月")) {
    if (Is(q, u"份")) ++q;
    unit = Unit::kMonth;
  } else if ((EatWeekdayName(q, weekday) && weekday <= 7) || (weekday == 0 && EatAny(q, {u"天", u"日"}))) {
    unit = Unit::kDay;
  } else if (weekday == 0 && EatAny(q, {u"周", u"星期", u"礼拜"})) {
    unit = Unit::kWeek;
  } else {
    return false;
  }
  if (in_month && unit != Unit::kWeek && unit != Unit::kDay) return false;
  if (unit == Unit::kMonth && n > 12) return false;
  if (unit == Unit::kQuarter && n > 4) return false;
  if (unit == Unit::kDay && weekday == 0 && measure) return false;
  if (weekday != 0 && n > 5) return false;
  if (item == Item::kLastUnits && (!counted || n == 1 || weekday != 0) && unit != Unit::kNone) {
    if (weekday != 0 || n == 1) {
      item = Item::kNthUnit;
      n = -1;
    }
  }
  e.item = item;
  e.n = n;
  e.m = weekday;
  e.unit = unit;
  p = q;
  return true;
}

bool Parser::YearCount(std::uint32_t& p, Expression& e) const {
  std::uint32_t q = p;
  Eat(q, u"的");
  if (!Counted(q, e, false)) return false;
  // 第三季度 and 第8个月 are plain quarters and months.
  if (e.item == Item::kNthUnit && e.n > 0 && e.unit == Unit::kQuarter) {
    e.item = Item::kQuarter;
    e.shift = {Base::kGiven, 0};
    Part(q, e, WordClass::kQuarterPart);
  } else if (e.item == Item::kNthUnit && e.n > 0 && e.unit == Unit::kMonth) {
    e.item = Item::kMonth;
    e.month = {Base::kGiven, e.n};
  }
  p = q;
  return true;
}

bool Parser::YearTail(std::uint32_t& p, Expression& e) const {
  std::uint32_t q = p;
  const Slot year = e.year;
  const auto done = [&](const Expression& found) {
    e = found;
    e.year = year;
    p = q;
    return true;
  };
  Expression x;
  if (AtBoundary(q) && At(q) != u' ' && At(q) != u',') return false;
  // 二零一六年，九月三号
  if (At(q) == u',') {
    std::uint32_t r = q + 1;
    x = Expression();
    if (text::IsHan(At(r)) && MonthFirst(r, x) && x.item == Item::kDay && !text::IsAsciiDigit(At(q + 1))) {
      q = r;
      return done(x);
    }
    return false;
  }
  const std::uint32_t number_at = SkipSpaces(q);
  if (text::ReadNumeral(units_, number_at)) {
    std::uint32_t r = number_at;
    int month = 0;
    if (EatSmall(r, 12, month)) {
      if (Eat(r, u"月")) {
        Eat(r, u"份");
        x.item = Item::kMonth;
        x.month = {Base::kGiven, month};
        MonthTail(r, x);
        q = r;
        return done(x);
      }
      if (RangeGoesOn(r, {u"月"}, 12)) {
        x.item = Item::kMonth;
        x.month = {Base::kGiven, month};
        q = r;
        return done(x);
      }
    }
    r = number_at;
    if (QuarterFirst(r, x)) {
      q = r;
      return done(x);
    }
    // 2025年4-20 is not Chinese; what is left may be a feast written in digits (2025年618, 五一).
    r = number_at;
    x = Expression();
    if (HolidayWord(r, x)) {
      q = r;
      return done(x);
    }
    return false;
  }
  std::uint32_t r = SkipSpaces(q);
  x = Expression();
  if (EatAny(r, {u"全年度", u"全年"})) {
    x.item = Item::kYear;
    q = r;
    return done(x);
  }
  if (QuarterFirst(r, x) || (x = Expression(), LatinQuarter(r, x) && x.year.base == Base::kNone)) {
    q = r;
    return done(x);
  }
  r = SkipSpaces(q);
  x = Expression();
  if (At(r) == u'h' && (At(r + 1) == u'1' || At(r + 1) == u'2') && !text::IsAsciiAlnum(At(r + 2))) {
    x.item = Item::kHalf;
    x.shift = {Base::kGiven, 0};
    x.n = At(r + 1) - u'0';
    q = r + 2;
    return done(x);
  }
  if (YearCount(r, x)) {
    q = r;
    return done(x);
  }
  const std::uint32_t plain = SkipSpaces(q);
  r = plain;
  Eat(r, u"的");
  for (const std::uint32_t at : {plain, r}) {
    std::uint32_t s = at;
    x = Expression();
    if (const Word* half = EatWord(s, WordClass::kHalfOfYear)) {
      x.item = Item::kHalf;
      x.n = half->value;
      x.shift = {Base::kGiven, 0};
      EatAny(s, {u"度"});
      if (EatAny(s, {u"末", u"底"})) x.part = 2;
    } else if (LunarDateFirst(s, x) || SeasonWord(s, x) || HolidayWord(s, x)) {
    } else if (const Word* same = EatWord(s, WordClass::kSamePeriod)) {
      (void)same;
      x.item = Item::kSamePeriod;
    } else if (const Word* month = EatWord(s, WordClass::kMonth); month != nullptr && month->value == 0) {
      x.item = Item::kMonth;
      x.month = {Base::kPublished, 0};
      MonthTail(s, x);
    } else if (const Word* term = EatWord(s, WordClass::kSolarTerm)) {
      x.item = Item::kSolarTerm;
      x.n = term->value;
    } else {
      continue;
    }
    q = s;
    return done(x);
  }
  r = plain;
  x = Expression();
  x.item = Item::kYear;
  if (Part(r, x, WordClass::kYearPart)) {
    // 明年年初 and 2025年年底 repeat the unit; 年底前 is a suffix matter.
    q = r;
    return done(x);
  }
  return false;
}

// The day behind a month: 24日, 十五号, 3 (1月3), 初一, 廿二, or the first of 12-19日.
bool Parser::MonthDay(std::uint32_t& p, Expression& e) const {
  std::uint32_t q = p;
  int day = 0;
  std::uint32_t number = SkipSpaces(q);
  if (!text::ReadNumeral(units_, number)) return false;
  // 2016年6月2911:30: two digits are the day where a clock follows at once.
  const auto numeral = text::ReadNumeral(units_, number);
  if (numeral->form == text::NumeralForm::kDigits && numeral->digits == 4 && At(numeral->end) == u':') {
    day = static_cast<int>(numeral->value / 100);
    if (day < 1 || day > 31) return false;
    e.item = Item::kDay;
    e.n = day;
    p = numeral->end - 2;
    return true;
  }
  if (!EatSmall(number, 31, day)) return false;
  q = number;
  std::uint32_t unit = q;
  if (EatAny(unit, {u"日", u"号"})) {
    e.item = Item::kDay;
    e.n = day;
    p = unit;
    return true;
  }
  if (RangeGoesOn(q, {u"日", u"号"}, 31)) {
    e.item = Item::kDay;
    e.n = day;
    p = q;
    return true;
  }
  // Without a unit: 1月3, 十月31, 一月19到20日.
  const bool range = [&] {
    std::uint32_t r = q;
    return EatConnector(r) && text::ReadNumeral(units_, SkipSpaces(r)).has_value();
  }();
  const bool stops = AtBoundary(q) && At(q) != u'、' && At(q) != u'-';
  if (!stops && !range && !IsAny(q, {u"出生", u"早", u"晚", u"上午", u"下午"})) return false;
  e.item = Item::kDay;
  e.n = day;
  p = q;
  return true;
}

bool Parser::MonthCount(std::uint32_t& p, Expression& e) const {
  std::uint32_t q = p;
  Eat(q, u"的");
  Expression x = e;
  if (!Counted(q, x, true)) return false;
  e = x;
  p = q;
  return true;
}

bool Parser::MonthTail(std::uint32_t& p, Expression& e) const {
  std::uint32_t q = p;
  if (e.month.base == Base::kGiven && LunarMonthDay(q, e)) {
    p = q;
    return true;
  }
  if (MonthDay(q, e) || MonthCount(q, e)) {
    p = q;
    return true;
  }
  q = p;
  if (Part(q, e, WordClass::kMonthPart)) {
    p = q;
    return true;
  }
  return false;
}

}  // namespace mailuo::dates
