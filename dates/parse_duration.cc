// Lengths of time and the windows they make: 过去两年, 未来7天, 三个月前, 半年后, 3年多以来, 前三季度.
#include "dates/parser.h"
#include "text/folded_text.h"

namespace mailuo::dates {

using text::Numeral;
using text::NumeralForm;

// `bare_month`: 三月 may be three months (近三月); elsewhere only 个月.
bool Parser::EatDuration(std::uint32_t& p, Duration& d, bool bare_month) const {
  std::uint32_t q = SkipSpaces(p);
  d = Duration();
  const char16_t first = At(q);
  Numeral numeral;
  bool has_number = true;
  if (first == u'半') {
    ++q;
    d.half = true;
    has_number = false;
    if (IsAny(q, {u"年代", u"月板", u"天线"})) return false;
  } else if ((first == u'几' || first == u'数') && !Is(q, u"数据")) {
    ++q;
    d.n = 3;
    d.vague = true;
    EatAny(q, {u"十"});
  } else {
    if (!EatNumeral(q, numeral) || numeral.value < 1 || numeral.value > 10000) return false;
    d.n = static_cast<int>(numeral.value);
    if (numeral.form == NumeralForm::kDigits && numeral.digits > 1 && At(SkipSpaces(p)) == u'0') return false;
    if (numeral.form == NumeralForm::kHanDigits) {
      if (numeral.digits != 2) return false;  // 三五年, 七八天
      d.n = static_cast<int>(numeral.value / 10);
      d.more = true;
    }
  }
  if (has_number && EatAny(q, {u"多", u"余", u"几"})) d.more = true;
  const bool measure = Eat(q, u"个");
  if (measure && Is(q, u"半")) {
    ++q;
    d.half = true;
  }
  if (measure && Is(q, u"多")) {
    ++q;
    d.more = true;
  }
  d.counted = measure;
  if (Eat(q, u"年")) {
    if (measure || IsAny(q, {u"代", u"级", u"报", u"度", u"期", u"龄", u"薪"})) return false;
    if (numeral.form == NumeralForm::kDigits && numeral.digits == 4 && !d.more) return false;
    d.unit = Unit::kYear;
  } else if (Eat(q, u"载")) {
    d.unit = Unit::kYear;
  } else if (EatAny(q, {u"季度"})) {
    d.unit = Unit::kQuarter;
  } else if (Is(q, u"月") &&
             (measure || bare_month || d.half || d.vague || first == u'两' || first == u'仨' || first == u'俩')) {
    ++q;
    if (Is(q, u"份") || (!measure && bare_month && text::ReadNumeral(units_, q))) return false;
    d.unit = Unit::kMonth;
  } else if (EatAny(q, {u"交易日", u"工作日"})) {
    d.unit = Unit::kWorkday;
  } else if (EatAny(q, {u"星期", u"礼拜", u"周"})) {
    if (IsAny(q, {u"年", u"岁", u"期"})) return false;
    d.unit = Unit::kWeek;
  } else if (EatAny(q, {u"自然日", u"天"})) {
    d.unit = Unit::kDay;
  } else if (!measure && Eat(q, u"日")) {
    d.unit = Unit::kDay;
    d.written_day = true;
  } else if (EatAny(q, {u"小时", u"钟头", u"分钟", u"秒"})) {
    d.unit = Unit::kClock;
  } else {
    return false;
  }
  if (has_number && Is(q, u"半") && !IsAny(q, {u"半年", u"半个", u"半导"})) {
    ++q;
    d.half = true;
  }
  if (has_number && Is(q, u"多") && !IsAny(q, {u"多家", u"多个", u"多次"})) {
    ++q;
    d.more = true;
  }
  p = q;
  return true;
}

void Parser::Put(const Duration& d, Expression& e) {
  e.n = d.n;
  e.unit = d.unit;
  e.half = d.half;
  e.more = d.more;
  e.approx = d.vague || d.more;
}

bool Parser::Window(std::uint32_t& p, Expression& e) const {
  std::uint32_t q = p;
  const Word* word = nullptr;
  e.item = Item::kWindow;
  if ((word = EatWord(q, WordClass::kWindowPast)) != nullptr) {
    if (word->text == u"近" && BeforeIn(p, u"后接临附相邻靠逼将续时达超隔经历")) return false;
    e.direction = -1;
  } else if ((word = EatWord(q, WordClass::kWindowBefore)) != nullptr) {
    if (word->text == u"上" && !ClauseStart(p) && !BeforeIn(p, u"在的于为比较将从自和与")) return false;
    if (BeforeIn(p, u"此之以目从事午年早月日提随空当")) return false;
    e.direction = -1;
    e.without_today = true;
  } else if ((word = EatWord(q, WordClass::kWindowNext)) != nullptr) {
    e.direction = 1;
  } else if ((word = EatWord(q, WordClass::kWindowAfter)) != nullptr) {
    if (word->text == u"下" && !ClauseStart(p) && !BeforeIn(p, u"在的于为比较将从自和与")) return false;
    if (BeforeIn(p, u"此之以然最年今日天月随先落")) return false;
    if (word->text.size() > 1) return false;  // 之后一年 counts from a moment told before
    e.direction = 1;
    e.without_today = true;
  } else if (EatWord(q, WordClass::kWindowLater) != nullptr) {
    // 过两天, 过十周; 过半年 is more than half a year.
    Duration later;
    if (!ClauseStart(p) || !EatDuration(q, later, false) || (later.unit != Unit::kDay && later.unit != Unit::kWeek)) {
      return false;
    }
    if (later.half || later.vague) return false;
    Put(later, e);
    e.item = Item::kAgo;
    e.direction = 1;
    e.m = 3;
    p = q;
    return true;
  } else {
    return false;
  }
  EatAny(q, {u"这"});
  // 最近5月10日 is no window.
  Duration d;
  if (!EatDuration(q, d, true) || d.unit == Unit::kClock) return false;
  if (d.vague && !d.counted && d.unit != Unit::kDay) return false;
  if (d.vague && d.unit == Unit::kYear) return false;
  if (d.unit == Unit::kWorkday && e.without_today) return false;
  const bool one_step = word->text.size() == 1 && e.without_today;
  if (one_step && word->text == u"前" && At(p + 1) == u'一' && d.n == 1 && d.unit == Unit::kMonth && d.counted &&
      !d.half && !d.more) {
    e = Expression();
    e.item = Item::kMonth;
    e.month = {Base::kPrevious, -1};
    p = q;
    return true;
  }
  // 前三季度, 前10个月 run from January on (Cumulative).
  if (one_step && word->text == u"前" && (d.unit == Unit::kQuarter || d.unit == Unit::kMonth)) return false;
  if (one_step && d.written_day && d.n > 3) return false;
  // 近两年的努力 is a length of time.
  if (word->text == u"近" && Is(q, u"的") && !IsAny(q + 1, {u"新", u"高", u"低", u"最"})) return false;
  Put(d, e);
  // 前一天, 前一年, 后一日 count from the last mention.
  if (one_step && d.n == 1 && At(p + 1) == u'一' && !d.half && !d.more &&
      (word->text == u"前" || word->text == u"后")) {
    if (d.unit == Unit::kDay) {
      e = Expression();
      e.item = Item::kRelativeDay;
      e.shift = {Base::kPrevious, word->text == u"前" ? -1 : 1};
      p = q;
      return true;
    }
    if (d.unit == Unit::kYear) {
      e = Expression();
      e.item = Item::kYear;
      e.year = {Base::kPrevious, word->text == u"前" ? -1 : 1};
      p = q;
      return true;
    }
  }
  std::uint32_t r = q;
  if (EatAny(r, {u"以来", u"之内", u"以内", u"时间里", u"时间内", u"内", u"里", u"来", u"间"}) &&
      !IsAny(r - 1, {u"内部", u"内地", u"内蒙", u"内存", u"来自", u"来到", u"里程", u"间接", u"内生", u"内需"})) {
    q = r;
  }
  p = q;
  return true;
}

// 前三季度, 前10个月, 首季度, 头两个月: from January on. Short ones before they are over count back from today.
bool Parser::Cumulative(std::uint32_t& p, Expression& e) const {
  if (text::IsHan(Before(p)) && BeforeIn(p, u"此目以之日榜提")) return false;
  std::uint32_t q = p;
  if (!IsAny(q, {u"前", u"首", u"头"}) || !Counted(q, e, false)) return false;
  if (e.unit != Unit::kQuarter && e.unit != Unit::kMonth) return false;
  if (e.item != Item::kFirstUnits) return false;
  if (Is(p, u"前一个月")) return false;
  if (e.unit == Unit::kQuarter && IsAny(q, {u"报", u"节"})) return false;
  if (e.unit == Unit::kMonth && Is(q - 1, u"月") && At(q - 2) != u'个' && text::ReadNumeral(units_, q)) return false;
  p = q;
  return true;
}

// The clause that goes on at `p` speaks of what is to be done.
bool Parser::Obliges(std::uint32_t p) const {
  constexpr std::uint32_t kReach = 12;
  for (std::uint32_t i = p; i < size_ && i < p + kReach && !AtBoundary(i); ++i) {
    if (IsAny(i, {u"将", u"要", u"须", u"应", u"会", u"可", u"必", u"请", u"答", u"完成", u"做", u"计划", u"拟"})) {
      return true;
    }
  }
  return false;
}

// 公告之日起15个交易日后的6个月内: a window that opens some trading days behind the publication. `q` stands behind
// those days (`lead`).
bool Parser::LaterWindow(std::uint32_t& p, std::uint32_t q, const Duration& lead, Expression& e) const {
  // Only what is counted from a day that the text names: 计划15个交易日后的6个月内 is a length.
  if (!BeforeIn(p, u"起后") && !BeforeIs(p, u"公告的") && !BeforeIs(p, u"披露的")) return false;
  if (!EatAny(q, {u"之后", u"以后", u"后"})) return false;
  EatAny(q, {u"的"});
  Duration d;
  if (!EatDuration(q, d, false) || d.vague || d.unit == Unit::kClock) return false;
  if (!EatAny(q, {u"期间内", u"之内", u"以内", u"内"}) || Is(q - 1, u"内部")) return false;
  Put(d, e);
  e.item = Item::kWindow;
  e.direction = 1;
  e.m = 4;  // Behind so many trading days.
  e.shift = {Base::kPublished, lead.n};
  p = q;
  return true;
}

bool Parser::AgoOrLater(std::uint32_t& p, Expression& e) const {
  const char16_t before = Before(p);
  if (text::IsAsciiAlnum(before) || BeforeIn(p, u".第每%几数") || text::HanDigitValue(before) >= 0) return false;
  std::uint32_t q = p;
  Duration d;
  if (!EatDuration(q, d, false) || d.unit == Unit::kClock) return false;
  if (d.vague && !d.counted && !d.half) {
    if (d.unit != Unit::kWeek) return false;  // 几天前, 数年前 say nothing that can be placed
  }
  Put(d, e);
  e.item = Item::kAgo;
  std::uint32_t r = q;
  if (EatAny(r, {u"以来"}) || (Is(r, u"来") && d.unit == Unit::kYear && (AtBoundary(r + 1) || d.n > 0) &&
                               !IsAny(r, {u"来自", u"来到", u"来说"}) && Eat(r, u"来"))) {
    if (d.vague) return false;
    e.item = Item::kWindow;
    e.direction = -1;
    e.m = 1;  // From the start of the unit.
    p = r;
    return true;
  }
  if (EatAny(r, {u"以内", u"之内", u"内"})) {
    // 60日内 in a rule is a length; only at the head of a clause it says when.
    if (Is(r - 1, u"内部") || !ClauseStart(p) || Before(p) == u'、') return false;
    if (!(standalone_ && p == begin_ && r == size_) && !Obliges(r)) return false;
    e.item = Item::kWindow;
    e.direction = 1;
    e.m = 2;  // Counted from today on.
    p = r;
    return true;
  }
  if (d.vague) return false;
  // 在10日前结束: the tenth, not ten days ago. 连涨两周后, 时隔三年后: lengths of time.
  if (d.written_day && text::IsAsciiDigit(At(p)) && BeforeIn(p, u"在于须应至到")) return false;
  if (BeforeIn(p, u"涨跌续隔经历满逾足达")) return false;
  if (d.unit == Unit::kWorkday && !IsAny(q, {u"之后", u"以后", u"后"})) return false;
  if (d.unit == Unit::kWorkday && LaterWindow(p, q, d, e)) return true;
  if (d.unit == Unit::kWorkday && (Is(q, u"后的") || Is(q, u"之后的"))) return false;
  if (EatAny(r, {u"之前", u"以前"}) ||
      (Is(r, u"前") &&
       !IsAny(r, {u"前后", u"前期", u"前三", u"前十", u"前夕", u"前的n", u"前海", u"前沿", u"前景", u"前2", u"前5"}) &&
       Eat(r, u"前"))) {
    e.direction = -1;
  } else if (EatAny(r, {u"之后", u"以后", u"过后"}) ||
             (Is(r, u"后") && !IsAny(r, {u"后续", u"后期", u"后市", u"后备", u"后台", u"后卫"}) && Eat(r, u"后"))) {
    e.direction = 1;
    if (Is(r, u"来")) return false;
    // 半年之后, 半月以后: no end; N年后 alone is that year.
    if (At(r - 2) == u'之' || At(r - 2) == u'以') e.m = d.half || d.more || d.unit == Unit::kWorkday ? 3 : 0;
  } else {
    return false;
  }
  p = r;
  // 30年前8月14, 18年前的今天: the year is the one so many years away.
  if (d.unit == Unit::kYear && !d.half && !d.more) {
    Expression inner;
    inner.item = Item::kYear;
    const Slot year{Base::kPublished, e.direction * d.n};
    std::uint32_t s = r;
    if (EatAny(s, {u"的今天"})) {
      inner = Expression();
      inner.item = Item::kDay;
      inner.year = year;
      inner.month = {Base::kPublished, 0};
      inner.n = 0;
      e = inner;
      p = s;
    } else if (YearTail(s, inner) && inner.item != Item::kYear && inner.item != Item::kSeason) {
      inner.year = year;
      e = inner;
      p = s;
    }
  }
  return true;
}

}  // namespace mailuo::dates
