// Expressions that begin with a word of the table.
#include "dates/holidays.h"
#include "dates/parser.h"
#include "text/folded_text.h"

namespace mailuo::dates {
namespace {

// Feasts that are written in digits (十一, 五一, 618) are also plain numbers.
bool WrittenInDigits(std::u16string_view name) {
  for (const char16_t unit : name) {
    if (text::HanDigitValue(unit) < 0 && unit != u'十' && unit != u'·' && !text::IsAsciiDigit(unit)) return false;
  }
  return true;
}

}  // namespace

bool Parser::EatWeekdayName(std::uint32_t& p, int& weekday) const {
  std::uint32_t q = p;
  if (EatWord(q, WordClass::kWeekStem) == nullptr) return false;
  const char16_t unit = At(q);
  static constexpr std::u16string_view kNames = u"一二三四五六日天末";
  if (const std::size_t at = kNames.find(unit); at != std::u16string_view::npos && unit != 0) {
    weekday = at == 7 ? 7 : (at == 8 ? 8 : static_cast<int>(at) + 1);
    // 周六福 and 周大生 are shops, 周日月异 no day.
    if (IsAny(q, {u"六福", u"天王", u"一鸣", u"一围", u"五一", u"一至", u"末日"}) && !IsAny(q, {u"一至"})) return false;
    ++q;
  } else if (unit >= u'1' && unit <= u'7' && !text::IsAsciiDigit(At(q + 1)) && At(q + 1) != u'.' &&
             At(q + 1) != u'年') {
    weekday = unit - u'0';
    ++q;
  } else {
    return false;
  }
  p = q;
  return true;
}

bool Parser::RelativeWord(std::uint32_t& p, Expression& e) const {
  std::uint32_t q = p;
  e.item = Item::kRelativeDay;
  if (EatAny(q, {u"今明两天", u"今明两日"})) {
    e.item = Item::kWindow;
    e.direction = 1;
    e.m = 2;
    e.n = 1;
    e.unit = Unit::kDay;
    p = q;
    return true;
  }
  if (const Word* word = EatWord(q, WordClass::kDay)) {
    // 今日头条, 明日之后, 《明天会更好》, 在…的今天, 先天后天
    if (Before(p) == u'《' || Before(p) == u'每') return false;
    if (IsAny(q, {u"头条", u"之后》", u"之星", u"方舟", u"系", u"资本", u"美术馆", u"重现", u"性", u"控股"})) {
      return false;
    }
    const bool today = word->value == 0;
    if (today && Before(p) == u'的' && !BeforeIs(p, u"年前的")) return false;
    if (today && (BeforeIs(p, u"走到") || BeforeIs(p, u"到了") || BeforeIs(p, u"时至") || BeforeIs(p, u"如"))) {
      return false;
    }
    if (today && IsAny(q, {u"的中国", u"的世界", u"的时代", u"的我们", u"的社会"})) return false;
    if (word->value == 2 && (BeforeIs(p, u"先天") || BeforeIs(p, u"今") || BeforeIs(p, u"最") || BeforeIs(p, u"之") ||
                             BeforeIs(p, u"以"))) {
      return false;
    }
    if (word->value == -2 && BeforeIn(p, u"目日之以当从提空")) return false;
    e.shift = {Base::kPublished, word->value};
    // 今日(18日) is read by DayTail; 明天系 above.
    p = q;
    return true;
  }
  if (const Word* word = EatWord(q, WordClass::kDayPartDay)) {
    if (Before(p) == u'《') return false;
    e.shift = {Base::kPublished, word->value};
    e.clock = true;
    p = q;
    return true;
  }
  if (const Word* word = EatWord(q, WordClass::kThatDay)) {
    if (IsAny(q, {u"起的第"}) || (word->text == u"第二天" && !ClauseStart(p) && !text::IsHan(Before(p)))) return false;
    if (Before(p) == u'节' || Before(p) == u'第' || Before(p) == u'首') return false;
    if (word->text == u"次日" && text::HanDigitValue(Before(p)) >= 0) return false;
    e.shift = {Base::kPrevious, word->value};
    p = q;
    return true;
  }
  // 今(18)日, 昨(23)日
  static constexpr std::u16string_view kShort = u"今昨明";
  const std::size_t at = kShort.find(At(p));
  if (at != std::u16string_view::npos && At(p) != 0 && At(p + 1) == u'(') {
    q = p + 2;
    Expression inner;
    std::uint32_t r = q;
    int day = 0;
    if (MonthFirst(r, inner) && inner.item == Item::kDay && At(r) == u')') {
      e = inner;
      p = r + 1;
      EatAny(p, {u"日", u"天", u"晚", u"晨", u"早"});
      return true;
    }
    if (EatSmall(q, 31, day)) {
      Eat(q, u"日");
      if (Eat(q, u")") && EatAny(q, {u"日", u"天", u"晚", u"晨", u"早"})) {
        e.item = Item::kDay;
        e.n = day;
        p = q;
        return true;
      }
    }
  }
  return false;
}

bool Parser::YearWord(std::uint32_t& p, Expression& e) const {
  std::uint32_t q = p;
  e.item = Item::kYear;
  if (const Word* word = EatWord(q, WordClass::kYear)) {
    if (At(p) == u'上' && BeforeIn(p, u"马早晚网线以身加")) return false;
    if (word->value == -2 &&
        (BeforeIs(p, u"大") || Before(p) == u'以' || Before(p) == u'之' || Before(p) == u'目' || Before(p) == u'百')) {
      return false;
    }
    // 达产后年产能: a yearly output.
    if (word->value == 2 && (IsAny(q, {u"轮", u"产", u"均", u"化", u"处理", u"营收", u"收入", u"销"}) ||
                             Before(p) == u'以' || Before(p) == u'之' || text::HanDigitValue(Before(p)) >= 0)) {
      return false;
    }
    if (word->value == 1 && Is(p, u"来年") && text::HanDigitValue(Before(p)) >= 0) return false;
    if (IsAny(q, {u"纪", u"龄", u"轻", u"级"})) return false;
    e.year = {Base::kPublished, word->value};
    EatAny(q, {u"度"});
    YearTail(q, e);
    p = q;
    return true;
  }
  if (const Word* word = EatWord(q, WordClass::kThatYear)) {
    if (word->text == u"次年" && (text::HanDigitValue(Before(p)) >= 0 || BeforeIn(p, u"这该每多首再本上")) &&
        p > begin_) {
      return false;
    }
    if (IsAny(q, {u"报", u"级"})) return false;
    e.year = {Base::kPrevious, word->value};
    YearTail(q, e);
    p = q;
    return true;
  }
  if (const Word* word = EatWord(q, WordClass::kTwoYears)) {
    e.item = Item::kYears;
    e.year = {Base::kPublished, word->value};
    e.n = 2;
    p = q;
    return true;
  }
  return false;
}

bool Parser::MonthWord(std::uint32_t& p, Expression& e) const {
  std::uint32_t q = p;
  e.item = Item::kMonth;
  if (const Word* word = EatWord(q, WordClass::kMonth)) {
    if (IsAny(q, {u"板", u"球", u"亮", u"饼"})) return false;
    e.month = {Base::kPublished, word->value};
  } else if (const Word* that = EatWord(q, WordClass::kThatMonth)) {
    e.month = {Base::kPrevious, that->value};
  } else {
    return false;
  }
  std::uint32_t r = q;
  // 下个月廿号
  if (Is(r, u"廿")) {
    int day = 0;
    bool marked = false;
    if (EatLunarDay(r, day, marked)) {
      e.item = Item::kDay;
      e.n = day;
      p = r;
      return true;
    }
  }
  if (!MonthTail(q, e)) EatAny(q, {u"内"});
  p = q;
  return true;
}

bool Parser::WeekWord(std::uint32_t& p, Expression& e) const {
  std::uint32_t q = p;
  int weekday = 0;
  if (const Word* word = EatWord(q, WordClass::kWeek)) {
    e.shift = {word->text == u"当周" ? Base::kPrevious : Base::kPublished, word->value};
    // The stem belongs to the week and to the weekday: 上周五, 上周星期三, 下周周六, 上一个周三.
    const std::uint32_t stem = q - (At(q - 1) == u'周' ? 1U : 2U);
    std::uint32_t r = stem;
    if (EatWeekdayName(r, weekday) || (r = q, EatWeekdayName(r, weekday))) {
      e.item = Item::kWeekday;
      e.n = weekday;
      p = r;
      return true;
    }
    if (IsAny(q, {u"期", u"年", u"岁", u"刊", u"边", u"围"})) return false;
    e.item = Item::kWeek;
    p = q;
    return true;
  }
  if (const Word* half = EatWord(q, WordClass::kWeekHalf)) {
    e.item = Item::kWeek;
    e.shift = {Base::kPublished, 0};
    e.part = half->value;
    p = q;
    return true;
  }
  // 这周末, 今星期二
  const bool near = IsAny(q, {u"今星期", u"今礼拜"});
  if (near) ++q;
  if (text::IsHan(Before(p)) && BeforeIn(p, u"每逢圆四两一双百个") && !near && p > begin_) return false;
  if (!EatWeekdayName(q, weekday) || BeforeIs(p, u"疯狂") || BeforeIs(p, u"黑色")) return false;
  // 周一至周五 of opening hours is a range all the same; 每 was refused above.
  e.item = Item::kWeekday;
  e.n = weekday;
  if (near) e.shift = {Base::kPublished, 0};
  p = q;
  return true;
}

bool Parser::PeriodWord(std::uint32_t& p, Expression& e) const {
  std::uint32_t q = p;
  if (const Word* quarter = EatWord(q, WordClass::kQuarter)) {
    if (IsAny(q, {u"节", u"报"})) return false;
    e.item = Item::kQuarter;
    e.shift = {Base::kPublished, quarter->value};
    Part(q, e, WordClass::kQuarterPart);
    p = q;
    return true;
  }
  if (const Word* that = EatWord(q, WordClass::kThatQuarter)) {
    e.item = Item::kQuarter;
    e.shift = {Base::kPrevious, that->value};
    p = q;
    return true;
  }
  if (const Word* half = EatWord(q, WordClass::kHalfOfYear)) {
    e.item = Item::kHalf;
    e.n = half->value;
    e.shift = {Base::kGiven, 0};
    if (EatAny(q, {u"末", u"底"})) e.part = 2;
    p = q;
    return true;
  }
  if (const Word* half = EatWord(q, WordClass::kHalf)) {
    e.item = Item::kHalf;
    e.shift = {Base::kPublished, half->value};
    p = q;
    return true;
  }
  if (EatWord(q, WordClass::kWindowBefore) != nullptr || EatWord(q, WordClass::kWindowAfter) != nullptr) {
    // 上半月, 下旬 of this month
    q = p;
    if (!IsAny(q, {u"上半月", u"下半月", u"上旬", u"下旬"})) return false;
    e.item = Item::kMonth;
    e.month = {Base::kPublished, 0};
    if (!Part(q, e, WordClass::kMonthPart)) return false;
    p = q;
    return true;
  }
  return Is(p, u"上") || Is(p, u"本") || Is(p, u"这") ? Decade(p, e) : false;
}

bool Parser::FixedWord(std::uint32_t& p, Expression& e) const {
  std::uint32_t q = p;
  if (const Word* word = EatWord(q, WordClass::kYearPart)) {
    // Bare parts of the year: 年初, 年底; the one-character ones need their year.
    if (word->text.size() < 2 || word->value == 3) return false;
    const char16_t before = Before(p);
    if (text::HanDigitValue(before) >= 0 || text::IsAsciiDigit(before) || BeforeIn(p, u"当每多周半")) return false;
    if (word->text == u"年中" && IsAny(q, {u"国", u"央", u"美", u"期", u"报", u"线", u"值"})) return false;
    if (word->text == u"年终" && IsAny(q, {u"奖", u"总结"})) return false;
    e.item = Item::kYear;
    e.part = word->value;
    p = q;
    return true;
  }
  if (IsAny(p, {u"月初", u"月底", u"月末", u"月中"})) {
    const char16_t before = Before(p);
    if (text::IsHan(before) && !BeforeIn(p, u"在于到至从自较比将")) return false;
    e.item = Item::kMonth;
    e.month = {Base::kPublished, 0};
    if (!Part(q, e, WordClass::kMonthPart)) return false;
    p = q;
    return true;
  }
  if (const Word* word = EatWord(q, WordClass::kLately)) {
    if (text::IsAsciiDigit(At(SkipSpaces(q)))) return false;  // 最近24小时
    if (IsAny(q, {u"一", u"的", u"几", u"两", u"三", u"似", u"处"}) &&
        (word->text == u"最近" || word->text == u"近期" || word->text == u"近来")) {
      if (word->text == u"最近" || !Is(q, u"的")) return false;
    }
    if (word->text == u"日前" &&
        (text::ReadNumeral(units_, p - (p > begin_ ? 1 : 0)) || BeforeIn(p, u"目数几当今同本到期生抵节假")) &&
        p > begin_) {
      return false;
    }
    if (word->text == u"近日" && IsAny(q, {u"点"})) return false;
    if (Before(p) == u'将' || BeforeIs(p, u"附")) return false;
    e.item = Item::kLately;
    e.n = word->value;
    p = q;
    return true;
  }
  if (EatWord(q, WordClass::kAsOfNow) != nullptr) {
    e.item = Item::kAsOfNow;
    p = q;
    return true;
  }
  if (EatWord(q, WordClass::kYearToDate) != nullptr) {
    e.item = Item::kYearToDate;
    p = q;
    return true;
  }
  if (EatWord(q, WordClass::kWithinYear) != nullptr) {
    const char16_t before = Before(p);
    if (text::HanDigitValue(before) >= 0 || text::IsAsciiDigit(before) || BeforeIn(p, u"度十几半数多") ||
        IsAny(q - 1, {u"内部", u"内地"})) {
      return false;
    }
    e.item = Item::kWithinYear;
    p = q;
    return true;
  }
  if (const Word* word = EatWord(q, WordClass::kTradingDay)) {
    e.item = Item::kTradingDay;
    e.shift = {Base::kPublished, word->value};
    p = q;
    return true;
  }
  if (const Word* word = EatWord(q, WordClass::kWinterSpring)) {
    e.item = Item::kWinterSpring;
    e.n = word->value;
    p = q;
    return true;
  }
  return false;
}

// “十四五”期间, 十五五规划, “十五五”开局之年.
bool Parser::PlanWord(std::uint32_t& p, Expression& e) const {
  std::uint32_t q = p;
  const Word* word = EatWord(q, WordClass::kPlan);
  if (word == nullptr) return false;
  const char16_t before = Before(p);
  const bool opened = before == u'“' || before == u'"' || before == u'‘';
  const bool closed = opened && (At(q) == u'”' || At(q) == u'"' || At(q) == u'’');
  std::uint32_t tail = closed ? q + 1 : q;
  const std::uint32_t after_quotes = tail;
  e.item = Item::kPlan;
  e.n = word->value;
  if (EatAny(tail, {u"末期", u"期末", u"末", u"收官之年", u"收官年"})) {
    e.part = 2;
  } else if (EatAny(tail, {u"开局之年", u"开局年", u"初期", u"期初"})) {
    e.part = 0;
  } else if (EatAny(tail, {u"中期"})) {
    e.part = 1;
  } else {
    EatAny(tail, {u"期间", u"时期", u"规划期"});
  }
  const bool has_tail = tail != after_quotes || IsAny(tail, {u"以来"});
  // 九五, 十五 are numbers unless quoted or followed by 期间.
  if (word->text.size() == 2 && !closed && !has_tail) return false;
  if (!closed &&
      (text::HanDigitValue(before) >= 0 || before == u'十' || before == u'第' || text::IsAsciiDigit(before))) {
    return false;
  }
  if (!closed && !has_tail &&
      (text::ReadNumeral(units_, q) ||
       IsAny(q, {u"年", u"月", u"日", u"号", u"个", u"条", u"家", u"点", u"万", u"亿", u"%", u"折"}))) {
    return false;
  }
  if (closed && has_tail) {
    e.m = 1;  // The span takes the quotes in.
    p = tail;
  } else {
    p = has_tail ? tail : q;
  }
  return true;
}

bool Parser::HolidayWord(std::uint32_t& p, Expression& e) const {
  std::uint32_t q = p;
  if (IsAny(p, {u"节前", u"节后"})) {
    if (!ClauseStart(p) && !BeforeIn(p, u"在到至从的于较比是为即和与对距离")) return false;
    if (IsAny(p, {u"节前夕"})) return false;
    e.item = Item::kHoliday;
    e.n = -1;
    e.part = At(p + 1) == u'前' ? 0 : 2;
    p += 2;
    return true;
  }
  const Word* word = EatWord(q, WordClass::kHoliday);
  if (word == nullptr) {
    const Word* term = EatWord(q, WordClass::kSolarTerm);
    if (term == nullptr || Before(p) == u'《') return false;
    // 大雪, 小雪, 雨水 are weather.
    const bool weather = IsAny(p, {u"大雪", u"小雪", u"雨水", u"白露", u"小满", u"大寒", u"霜降"});
    if (weather && !Is(q, u"节气") && Before(p) != u'年' && !(standalone_ && p == begin_ && q == size_)) return false;
    e.item = Item::kSolarTerm;
    e.n = term->value;
    p = q;
    return true;
  }
  const char16_t before = Before(p);
  if (before == u'《') return false;
  if (WrittenInDigits(word->text)) {
    if (text::IsAsciiAlnum(before) || before == u'.' || before == u'$' || text::HanDigitValue(before) >= 0 ||
        before == u'十' || before == u'第' || before == u'百') {
      return false;
    }
    if (text::IsAsciiAlnum(At(q)) || At(q) == u'%' || At(q) == u'.' || text::HanDigitValue(At(q)) >= 0) return false;
    const bool tail = IsAny(q, {u"期间", u"假期", u"黄金周", u"长假", u"小长假", u"大促", u"购物节", u"促销", u"晚会",
                                u"节前", u"节后", u"当天", u"当日", u"前夕", u"假日"});
    const bool quoted = (before == u'“' && At(q) == u'”') || (before == u'"' && At(q) == u'"');
    const bool alone = standalone_ && p == begin_ && q == size_;
    const bool labour = word->text == u"五一" && !IsAny(q, {u"路", u"村", u"广场", u"大道", u"街", u"口", u"劳动奖"});
    if (!tail && !quoted && !alone && !labour && before != u'年') return false;
  }
  if (word->text == u"国庆" && text::IsHan(before) && BeforeIn(p, u"李王张刘陈杨赵黄周吴徐孙马朱胡郭何林罗高")) {
    return false;
  }
  if (IsAny(q, {u"联欢晚会", u"上河图", u"树", u"老人", u"钢铁", u"运动", u"饺子", u"汤圆", u"礼盒", u"粽子", u"投资",
                u"战略", u"资本", u"集团"}) &&
      !IsAny(q, {u"运动会"})) {
    return false;
  }
  if (word->text == u"新年" && IsAny(q, {u"度", u"音乐会", u"贺词", u"献词"})) return false;
  e.item = Item::kHoliday;
  e.n = word->value;
  // 国庆中秋假期 is one holiday.
  std::uint32_t r = q;
  EatAny(r, {u"、", u"和"});
  {
    std::uint32_t other = r;
    if (EatWord(other, WordClass::kHoliday) != nullptr &&
        IsAny(other, {u"假期", u"长假", u"黄金周", u"小长假", u"期间", u"假日"})) {
      q = other;
    }
  }
  r = q;
  if (EatAny(r, {u"假期期间", u"长假期间", u"期间", u"假期", u"小长假", u"长假", u"黄金周", u"假日"})) {
    e.whole = true;
    q = r;
  } else if (EatAny(r, {u"当天", u"当日"})) {
    q = r;
  } else if (EatAny(r, {u"前夕"})) {
    e.part = 0;
    q = r;
  }
  p = q;
  return true;
}

// 去年夏天, 2025年冬季, 暑假; a bare 春季 is often part of a name (春季糖酒会, 夏季达沃斯).
bool Parser::SeasonWord(std::uint32_t& p, Expression& e) const {
  std::uint32_t q = p;
  const Word* word = EatWord(q, WordClass::kSeason);
  if (word == nullptr) return false;
  const char16_t before = Before(p);
  const bool in_year = before == u'年' || (before == u'的' && p >= 2 && At(p - 2) == u'年');
  const char16_t season = At(p);
  // 今夏, 去冬, 明春
  const bool single = word->text.size() == 1;
  if (single && !(in_year && (AtBoundary(q) || IsAny(q, {u"以来", u"起", u"前", u"后"})))) return false;
  if (!in_year) {
    if (!ClauseStart(p) && !BeforeIn(p, u"在到于入自从")) return false;
    if (!AtBoundary(q) && !IsAny(q, {u"以来", u"期间", u"起", u"前", u"后"})) return false;
    if (season == 0) return false;
  } else if (IsAny(q, {u"奥", u"达沃斯", u"糖酒", u"广交会", u"学期", u"运动会", u"攻势", u"赛"})) {
    return false;
  }
  e.item = Item::kSeason;
  e.n = word->value;
  p = q;
  return true;
}

}  // namespace mailuo::dates
