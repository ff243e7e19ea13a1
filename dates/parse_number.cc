// Expressions that begin with a number.
#include "dates/parser.h"
#include "text/folded_text.h"

namespace mailuo::dates {
namespace {

using text::Numeral;
using text::NumeralForm;

bool IsSeparator(char16_t unit) { return unit == u'-' || unit == u'/' || unit == u'.' || unit == u'–'; }

// A number that is part of a longer one, of a code or of a price is no date.
bool Glued(char16_t before) {
  return text::IsAsciiAlnum(before) || std::u16string_view(u".%$_/").find(before) != std::u16string_view::npos;
}

}  // namespace

// 2026-01-24, 2026/1/24, 2026.1.24, 2026 01 24, 2025-07, 24/12/2025 where only one reading is possible.
bool Parser::NumericDate(std::uint32_t& p, Expression& e) const {
  if (Glued(Before(p))) return false;
  Numeral first;
  std::uint32_t q = p;
  if (!EatNumeral(q, first) || first.form != NumeralForm::kDigits) return false;
  const char16_t separator = At(q);
  if (!IsSeparator(separator) && separator != u' ') return false;
  ++q;
  if (!text::IsAsciiDigit(At(q))) return false;
  Numeral second;
  EatNumeral(q, second);
  if (first.digits == 4 && first.value >= 1000 && first.value <= 2999) {
    if (second.digits > 2 || second.value < 1 || second.value > 12) return false;
    const std::uint32_t after_month = q;
    if ((IsSeparator(At(q)) || (separator == u' ' && At(q) == u' ')) && text::IsAsciiDigit(At(q + 1))) {
      std::uint32_t r = q + 1;
      Numeral third;
      EatNumeral(r, third);
      // 2018-12-1209:03: the clock may follow without a space.
      const bool clock_glued = third.digits == 4 && At(r) == u':';
      const auto day = static_cast<int>(clock_glued ? third.value / 100 : third.value);
      const bool again = IsSeparator(At(r)) && separator != u'-' && text::IsAsciiDigit(At(r + 1)) && At(r) == u'.';
      if ((third.digits <= 2 || clock_glued) && !again && !text::IsAsciiLetter(At(r)) && At(r) != u'%' &&
          MakeDate(static_cast<int>(first.value), static_cast<int>(second.value), day)) {
        if (separator == u' ' && (second.digits != 2 || third.digits != 2)) return false;
        e.item = Item::kDay;
        e.year = {Base::kGiven, static_cast<int>(first.value)};
        e.month = {Base::kGiven, static_cast<int>(second.value)};
        e.n = day;
        p = clock_glued ? r - 2 : r;
        EatAny(p, {u"日", u"号"});
        if (At(p) == u't' && text::IsAsciiDigit(At(p + 1))) ++p;
        return true;
      }
      if (third.digits <= 2) return false;
    }
    // A month: 2025-07; 2025.07 only where nothing else is possible (a range, a query).
    if (At(after_month) == u'年') return false;
    if (separator == u' ' || second.digits != 2 || text::IsAsciiAlnum(At(after_month)) || At(after_month) == u'%') {
      return false;
    }
    if (separator == u'.' &&
        IsAny(after_month, {u"万", u"亿", u"千", u"股", u"元", u"倍", u"吨", u"点", u"美", u"港"})) {
      return false;  // 1438.08万股
    }
    std::uint32_t r = after_month;
    const bool range = EatConnector(r) && text::IsAsciiDigit(At(r));
    const bool range_end = BeforeIs(p, u"-") || BeforeIs(p, u"至") || BeforeIs(p, u"—");
    if (separator != u'-' && !range && !range_end && !standalone_) return false;
    if (separator == u'-' && IsSeparator(At(after_month)) && !range) return false;
    e.item = Item::kMonth;
    e.year = {Base::kGiven, static_cast<int>(first.value)};
    e.month = {Base::kGiven, static_cast<int>(second.value)};
    p = after_month;
    return true;
  }
  // 13.5.2015, 10/31/1974: day and month told apart by their size, or equal.
  if (separator == u' ' || first.digits > 2 || second.digits > 2 || At(q) != separator) return false;
  ++q;
  Numeral third;
  if (!text::IsAsciiDigit(At(q)) || !EatNumeral(q, third) || third.digits != 4 || third.value < 1900 ||
      third.value > 2100) {
    return false;
  }
  if (IsSeparator(At(q)) || text::IsAsciiAlnum(At(q))) return false;
  auto day = static_cast<int>(first.value);
  auto month = static_cast<int>(second.value);
  if (month > 12) std::swap(day, month);
  if ((day <= 12 && day != month) || !MakeDate(static_cast<int>(third.value), month, day)) return false;
  e.item = Item::kDay;
  e.year = {Base::kGiven, static_cast<int>(third.value)};
  e.month = {Base::kGiven, month};
  e.n = day;
  p = q;
  return true;
}

// 20240307, only as a number of its own; a bare 2018 only where the text is nothing else.
bool Parser::CompactDate(std::uint32_t& p, Expression& e) const {
  if (Glued(Before(p))) return false;
  Numeral numeral;
  std::uint32_t q = p;
  if (!EatNumeral(q, numeral) || text::IsAsciiAlnum(At(q)) || At(q) == u'%') return false;
  if (At(q) == u'.' && text::IsAsciiAlnum(At(q + 1))) return false;
  const auto value = static_cast<int>(numeral.value);
  if (numeral.digits == 8) {
    if (At(q) == u'-' || Before(p) == u'-') return false;
    const int year = value / 10000;
    if (year < 1900 || year > 2100 || !MakeDate(year, value / 100 % 100, value % 100)) return false;
    if (IsAny(q, {u"元", u"万", u"亿", u"股", u"份", u"只", u"人", u"美", u"港", u"吨", u"手", u"次"})) return false;
    e.item = Item::kDay;
    e.year = {Base::kGiven, year};
    e.month = {Base::kGiven, value / 100 % 100};
    e.n = value % 100;
    p = q;
    return true;
  }
  if (numeral.digits != 4 || value < 1900 || value > 2100) return false;
  std::uint32_t r = q;
  const bool alone = standalone_ && p == begin_ && q == size_;
  Numeral other;
  // 从2016到2018, 2019-2021年 (the latter also found by YearFirst).
  const bool from = Before(p) == u'从' && EatConnector(r) && EatNumeral(r, other) && other.digits == 4;
  const bool month_range = Before(p) == u'-' && p >= begin_ + 4 && At(p - 4) == u'.';  // 2008.03-2009
  const bool to =
      (month_range || Before(p) == u'到' || Before(p) == u'至' || (Before(p) == u'-' && BeforeIs(p - 5, u"从"))) &&
      p > begin_ + 4 && text::IsAsciiDigit(At(p - 2));
  if (!alone && !from && !to) return false;
  if (!alone && !from && !AtBoundary(q) && At(q) != u'年') return false;
  e.item = Item::kYear;
  e.year = {Base::kGiven, value};
  p = q;
  return true;
}

// The number at `p` stands before a connector and another number with one of `units`: 12-19日, 1至9月.
bool Parser::RangeGoesOn(std::uint32_t p, std::initializer_list<std::u16string_view> units, int most) const {
  Numeral second;
  if (!EatConnector(p) || !EatNumeral(p, second) || second.value < 1 || second.value > most) return false;
  return EatAny(p, units) && !IsAny(p, {u"内", u"期限", u"元", u"游", u"龄"});
}

bool Parser::TwoDigitYear(std::uint32_t at, std::uint32_t p, const Numeral& numeral, bool tail) const {
  if (numeral.form == NumeralForm::kHanUnits) return false;
  if (numeral.form == NumeralForm::kHanDigits) {
    // 两三年, 七八年 are lengths of time.
    return tail || numeral.value % 10 != numeral.value / 10 + 1;
  }
  if (tail || numeral.value < 10) return true;
  if (standalone_ && at == begin_ && p == size_) return true;
  // 25年 may be a length of time: a year only near today, at the head of a clause, and before a word that years have.
  if (numeral.value < 15 || numeral.value > 35) return false;
  if (IsAny(p, {u"来", u"以", u"前", u"后", u"内", u"间", u"期", u"时", u"的", u"历", u"如", u"多", u"半", u"之", u"里",
                u"从", u"不"})) {
    return false;
  }
  const bool head =
      ClauseStart(at) || IsAny(at - 1, {u"在", u"于", u"自", u"从", u"至", u"到", u"较", u"比", u"计", u"将", u"司"});
  return head && IsAny(p, {u"净", u"营", u"业", u"归", u"全", u"收", u"销", u"实现", u"预", u"度", u"公", u"产", u"利",
                           u"毛", u"同"});
}

bool Parser::YearFirst(std::uint32_t& p, Expression& e) const {
  const bool behind_name = text::IsAsciiLetter(Before(p)) && At(p + 4) == u'年';  // Meta2025年
  if ((Glued(Before(p)) && !behind_name) || Before(p) == u'第') return false;
  Numeral numeral;
  std::uint32_t q = p;
  if (Eat(q, u"民国")) {
    if (!EatNumeral(q, numeral) || numeral.value > 120 || !Eat(q, u"年")) return false;
    e.item = Item::kYear;
    YearTail(q, e);
    e.year = {Base::kGiven, static_cast<int>(numeral.value) + 1911};
    p = q;
    return true;
  }
  if (!EatNumeral(q, numeral) || numeral.value > 2999) return false;
  const std::uint32_t number_end = q;
  if (!Eat(q, u"年")) {
    // The left side of 2019-2021年 and of 1985到89年.
    if (numeral.digits != 4 || numeral.value < 1800 || !RangeGoesOn(q, {u"年"}, 2999)) return false;
    std::uint32_t r = q;
    Numeral second;
    EatConnector(r);
    EatNumeral(r, second);
    if (second.digits != 4 && second.digits != 2) return false;
    e.item = Item::kYear;
    e.year = {Base::kGiven, static_cast<int>(numeral.value)};
    p = q;
    return true;
  }
  if (IsAny(q, {u"代", u"龄", u"资", u"报", u"级", u"薪", u"租"}) && !Is(q, u"报告期")) {
    if (numeral.digits != 4 || !IsAny(q, {u"报", u"级"})) return false;
  }
  if (Is(q, u"期") && !Is(q, u"期间")) return false;
  const bool han_year = numeral.form == NumeralForm::kHanUnits && numeral.value >= 1000 && numeral.value <= 2999;
  const bool four = numeral.digits == 4 && numeral.value >= 1000;
  const bool three = numeral.digits == 3 && numeral.value >= 100 &&
                     (Before(p) == u'在' || Before(p) == u'元' ||
                      (numeral.form == NumeralForm::kHanDigits && text::ReadNumeral(units_, q)));
  const bool two = numeral.digits == 2;
  if (!four && !han_year && !three && !two) return false;
  if (four && numeral.value < 1500 && numeral.value % 100 == 0) return false;
  if (number_end < size_ && At(number_end) == u' ' && two && numeral.value >= 10) return false;
  EatAny(q, {u"度"});
  Expression year;
  year.item = Item::kYear;
  std::uint32_t r = q;
  const bool tail = YearTail(r, year);
  if (two) {
    if (!TwoDigitYear(p, q, numeral, tail)) return false;
    year.year = {Base::kGiven, static_cast<int>(numeral.value)};
  } else {
    year.year = {Base::kGiven, static_cast<int>(numeral.value)};
  }
  e = year;
  p = tail ? r : q;
  return true;
}

bool Parser::MonthFirst(std::uint32_t& p, Expression& e) const {
  const char16_t before = Before(p);
  // 9.1至4月 is item 9 of a list.
  const bool list_number = before == u'.' && p >= 2 && p - 2 == begin_ && text::IsAsciiDigit(At(p - 2));
  if ((Glued(before) && !list_number) || before == u'第' || before == u'每' || text::HanDigitValue(before) >= 0) {
    return false;
  }
  if (At(p) == u'两' || At(p) == u'俩') return false;
  int month = 0;
  std::uint32_t q = p;
  if (!EatSmall(q, 12, month)) return false;
  e.item = Item::kMonth;
  e.month = {Base::kGiven, month};
  if (!Eat(q, u"月")) {
    if (!RangeGoesOn(q, {u"月"}, 12)) return false;
    p = q;
    return true;
  }
  if (IsAny(q, {u"期", u"龄", u"线", u"供", u"薪", u"嫂", u"饼", u"球", u"租", u"亮"})) return false;
  if (text::HanDigitValue(At(p)) >= 0 && IsAny(p, {u"五月天", u"二月河"})) return false;
  Eat(q, u"份");
  e.item = Item::kMonth;
  MonthTail(q, e);
  p = q;
  return true;
}

bool Parser::DayFirst(std::uint32_t& p, Expression& e) const {
  const char16_t before = Before(p);
  if (Glued(before) || text::HanDigitValue(before) >= 0 || before == u'月') return false;
  int day = 0;
  std::uint32_t q = p;
  if (!EatSmall(q, 31, day)) return false;
  if (day == 2 && (At(p) == u'两' || At(p) == u'俩')) return false;
  const bool han = !text::IsAsciiDigit(At(p));
  e.item = Item::kDay;
  e.n = day;
  const std::uint32_t unit_at = SkipSpaces(q);
  if (EatAny(q, {u"日", u"号"})) {
    if (unit_at != q - 1 || (han && At(q - 2) == u' ')) return false;  // 五 日 is a length
    const bool number_sign = At(q - 1) == u'号';
    if (number_sign) {
      // 5号楼, 嫦娥五号, 10号文: a number that names a thing.
      if (!ClauseStart(p) && !BeforeIn(p, u"于在到至和与自从本的是次及")) return false;
      if (Before(p) == u'〕' || Before(p) == u']' || Before(p) == u'】') return false;
      if (IsAny(q, {u"线", u"楼", u"院", u"厂", u"馆", u"文", u"店", u"车", u"船", u"机",
                    u"井", u"门", u"地", u"码", u"召", u"令", u"公", u"段", u"仓", u"产",
                    u"员", u"工", u"位", u"种", u"球", u"国", u"提", u"选", u"议", u"库"})) {
        return false;
      }
    } else {
      if (BeforeIn(p, u"第每近逾超达满共约复")) return false;
      if (BeforeIs(p, u"连续") || BeforeIs(p, u"为期") || BeforeIs(p, u"t+")) return false;
      // 5日均线, 3日元, 60日内, 7日年化: the day is a unit or begins another word.
      if (IsAny(q, {u"之内", u"以内", u"均",   u"线",   u"游",     u"元",     u"圆",       u"经指",
                    u"经平", u"经2",  u"系",   u"语",   u"用品",   u"程",     u"涨幅",     u"跌幅",
                    u"新高", u"新低", u"移动", u"益",   u"之计",   u"耗",     u"产量",     u"产能",
                    u"志",   u"年化", u"滚动", u"以上", u"累计涨", u"累计跌", u"累计上涨", u"累计下跌"})) {
        return false;
      }
      if (Is(q, u"内") && !IsAny(q, {u"内部", u"内蒙", u"内地"})) return false;
      if (han && IsAny(q, {u"后", u"之后", u"以后", u"前", u"之前", u"以前", u"来", u"以来"})) return false;
    }
    p = q;
    return true;
  }
  if (!RangeGoesOn(q, {u"日", u"号"}, 31)) return false;
  p = q;
  return true;
}

// 12/1, 09-01, 6·30: month and day without a unit; only with 日/号, a clock, in a range, or as the whole text.
bool Parser::PairDate(std::uint32_t& p, Expression& e) const {
  if (Glued(Before(p)) || Before(p) == u'-') return false;
  Numeral month;
  Numeral day;
  std::uint32_t q = p;
  if (!EatNumeral(q, month) || month.digits > 2) return false;
  const char16_t separator = At(q);
  if (separator != u'/' && separator != u'-' && separator != u'·') return false;
  ++q;
  if (!text::IsAsciiDigit(At(q)) || !EatNumeral(q, day) || day.digits > 2) return false;
  if (month.value < 1 || month.value > 12 ||
      !MakeDate(2024, static_cast<int>(month.value), static_cast<int>(day.value))) {
    return false;
  }
  const std::uint32_t bare_end = q;
  const bool unit = EatAny(q, {u"日", u"号"});
  if (!unit) {
    if (text::IsAsciiAlnum(At(q)) || IsAny(q, {u"%", u".", u"/", u"-", u"·", u"万", u"亿", u"倍", u"元", u"个"})) {
      return false;
    }
    std::uint32_t r = bare_end;
    std::uint32_t clock = SkipSpaces(r);
    const bool dated = month.digits == 2 && day.digits == 2 && clock != r && EatClock(clock);
    const bool whole = p == begin_ && (q == size_ || (At(q) == u' ' && separator == u'-'));
    const bool named =
        separator == u'·' && (AtBoundary(q) || IsAny(q, {u"新政", u"晚会", u"大促"})) && !text::IsHan(Before(p));
    if (!dated && !whole && !named) return false;
  }
  e.item = Item::kDay;
  e.month = {Base::kGiven, static_cast<int>(month.value)};
  e.n = static_cast<int>(day.value);
  p = q;
  return true;
}

// 80年代, 1980年代, 上世纪80年代, 20世纪80年代末, 18世纪, 本世纪初.
bool Parser::Decade(std::uint32_t& p, Expression& e) const {
  if (Glued(Before(p))) return false;
  std::uint32_t q = p;
  int century = 0;
  Numeral numeral;
  if (EatAny(q, {u"上世纪", u"上个世纪"})) {
    century = -1;
  } else if (EatAny(q, {u"本世纪", u"这个世纪"})) {
    century = -2;
  } else {
    if (!EatNumeral(q, numeral)) return false;
    if (Eat(q, u"世纪")) {
      if (numeral.value < 1 || numeral.value > 30 || Before(p) == u'半' || Before(p) == u'个') return false;
      century = static_cast<int>(numeral.value);
    }
  }
  if (century > 0 && IsAny(q, {u"经济", u"财经", u"资管", u"海上", u"教育"})) return false;  // newspapers
  e.item = Item::kCentury;
  e.n = century;
  if (century != 0) {
    std::uint32_t r = q;
    if (EatNumeral(r, numeral) && Eat(r, u"年代")) {
      if (numeral.value % 10 != 0 || numeral.value > 90) return false;
      q = r;
      e.item = Item::kDecade;
      e.m = century;
      e.n = static_cast<int>(numeral.value);
    }
  } else {
    if (!Eat(q, u"年代") || numeral.value % 10 != 0) return false;
    if (numeral.value < 10 || (numeral.value > 90 && (numeral.value < 1000 || numeral.value > 2090))) return false;
    e.item = Item::kDecade;
    e.m = 0;
    e.n = static_cast<int>(numeral.value);
  }
  std::uint32_t r = q;
  if (EatAny(r, {u"初期", u"前期", u"早期"}) || (Is(r, u"初") && Eat(r, u"初"))) {
    e.part = 0;
    q = r;
  } else if (EatAny(r, {u"中期", u"中叶"})) {
    e.part = 1;
    q = r;
  } else if (EatAny(r, {u"末期", u"后期", u"晚期", u"末"})) {
    e.part = 2;
    q = r;
  }
  p = q;
  return true;
}

bool Parser::QuarterFirst(std::uint32_t& p, Expression& e) const {
  if (Glued(Before(p)) && !text::IsAsciiLetter(Before(p))) return false;  // Meta一季度
  std::uint32_t q = p;
  const bool first = Eat(q, u"首");
  const bool last = !first && Eat(q, u"末");
  int quarter = first ? 1 : 4;
  const bool nth = !first && !last && Eat(q, u"第");
  if (!first && !last && !EatSmall(q, 4, quarter)) return false;
  if (!EatAny(q, {u"季度", u"个季度"})) {
    if (!(Is(q, u"季") && !IsAny(q, {u"季报", u"季节", u"季军"}) &&
          (first ||
           (nth && Before(p) != u'年' ? IsAny(q + 1, {u"末", u"业", u"净", u"营", u"收"})
                                      : AtBoundary(q + 1) || IsAny(q + 1, {u"末", u"的", u"业", u"净", u"营"}))))) {
      return false;
    }
    ++q;
  }
  if (!nth && Is(q - 3, u"个季度")) return false;
  e.item = Item::kQuarter;
  e.n = quarter;
  e.shift = {Base::kGiven, 0};
  Part(q, e, WordClass::kQuarterPart);
  p = q;
  return true;
}

// Q1, 2025Q1, 25Q3, 1Q25, 2025H1, FY25Q3.
bool Parser::LatinQuarter(std::uint32_t& p, Expression& e) const {
  if (Glued(Before(p))) return false;
  std::uint32_t q = p;
  const bool fiscal = Eat(q, u"fy");
  Numeral numeral;
  int year = -1;
  const auto quarter_mark = [&](std::uint32_t& r) {
    const char16_t mark = At(r);
    if ((mark != u'q' && mark != u'h') || At(r + 1) < u'1' || At(r + 1) > (mark == u'q' ? u'4' : u'2')) return false;
    if (text::IsAsciiAlnum(At(r + 2))) return false;
    e.n = At(r + 1) - u'0';
    e.item = mark == u'q' ? Item::kQuarter : Item::kHalf;
    e.shift = {Base::kGiven, 0};
    r += 2;
    return true;
  };
  if (text::IsAsciiDigit(At(q))) {
    EatNumeral(q, numeral);
    if (numeral.digits == 1 && numeral.value >= 1 && numeral.value <= 4 &&
        (At(q) == u'q' || (At(q) == u'h' && numeral.value <= 2))) {
      e.item = At(q) == u'q' ? Item::kQuarter : Item::kHalf;
      e.n = static_cast<int>(numeral.value);
      e.shift = {Base::kGiven, 0};
      ++q;
      Numeral of;
      if (!text::IsAsciiDigit(At(q)) || !EatNumeral(q, of) || (of.digits != 2 && of.digits != 4)) return false;
      numeral = of;
      if (text::IsAsciiAlnum(At(q))) return false;
      e.year = {Base::kGiven, static_cast<int>(numeral.value)};
      p = q;
      return true;
    }
    if (numeral.digits != 4 && numeral.digits != 2) return false;
    year = static_cast<int>(numeral.value);
    if (numeral.digits == 4 && (year < 1900 || year > 2100)) return false;
    if ((At(q) == u'/' || At(q) == u'-') && text::IsAsciiDigit(At(q + 1)) && text::IsAsciiDigit(At(q + 2)) &&
        Is(q + 3, u"财年")) {
      q += 3;  // 2025/26财年 ends in the second year.
      ++year;
    }
    const bool financial = EatAny(q, {u"财年", u"财政年度"});
    if (financial || fiscal) {
      e.item = Item::kFiscal;
      e.year = {Base::kGiven, year};
      std::uint32_t r = SkipSpaces(q);
      if (quarter_mark(r)) {
        e.item = Item::kFiscal;
        q = r;
      } else {
        e.n = 0;
        r = q;
        Eat(r, u"第");
        int quarter = 0;
        if (EatSmall(r, 4, quarter) && EatAny(r, {u"季度", u"财季"})) {
          e.n = quarter;
          q = r;
        } else if (!financial && text::IsAsciiAlnum(At(q))) {
          return false;
        }
      }
      p = q;
      return true;
    }
    q = SkipSpaces(q);
    if (!quarter_mark(q)) return false;
    e.year = {Base::kGiven, year};
    p = q;
    return true;
  }
  if (fiscal || At(q) != u'q' || !quarter_mark(q)) return false;
  Eat(q, u"季度");
  p = q;
  return true;
}

}  // namespace mailuo::dates
