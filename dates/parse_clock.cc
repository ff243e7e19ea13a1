// Parts of the day and clock times. They leave the day as it is; only their extent is read.
#include "dates/parser.h"
#include "text/folded_text.h"

namespace mailuo::dates {

using text::Numeral;

// 9:30, 9:30:15, 9点, 9点半, 9点20, 18时三刻, 八点十五分.
bool Parser::EatClock(std::uint32_t& p) const {
  std::uint32_t q = SkipSpaces(p);
  Numeral hour;
  if (!EatNumeral(q, hour)) return false;
  const bool pair = hour.form == text::NumeralForm::kHanDigits && hour.digits == 2;  // 七八点
  if (hour.value > 24 && !pair) return false;
  Numeral part;
  if (At(q) == u':') {
    if (!text::IsAsciiDigit(At(q + 1))) return false;
    ++q;
    EatNumeral(q, part);
    if (part.value > 59 || part.digits != 2) return false;
    if (At(q) == u':' && text::IsAsciiDigit(At(q + 1))) {
      ++q;
      EatNumeral(q, part);
      if (part.digits > 2) return false;
    }
    if (Is(q, u"时") && !Is(q, u"时间")) ++q;
    p = q;
    return true;
  }
  if (!EatAny(q, {u"点钟", u"点", u"时"})) return false;
  if (Is(q - 1, u"时间") || Is(q - 1, u"时代") || IsAny(q, {u"%", u"关口", u"整数", u"上方", u"位"})) return false;
  std::uint32_t r = q;
  if (EatAny(r, {u"整", u"正", u"半", u"许"})) {
    q = r;
  } else if (EatNumeral(r, part) && part.value <= 59) {
    if (Eat(r, u"分")) {
      std::uint32_t s = r;
      if (EatNumeral(s, part) && Eat(s, u"秒")) r = s;
      q = r;
    } else if (Eat(r, u"刻")) {
      q = r;
    } else if (AtBoundary(r) || text::IsHan(At(r))) {
      if (!IsAny(r, {u"个", u"万", u"亿", u"家", u"人", u"月", u"日", u"年", u"号"})) q = r;
    }
  }
  Eat(q, u"许");
  p = q;
  return true;
}

bool Parser::EatTimeOfDay(std::uint32_t& p) const {
  std::uint32_t q = p;
  if (const Word* word = EatWord(q, WordClass::kDayPart)) {
    // 早, 晚, 夜 alone begin other words: 早盘 is listed, 晚会 is no time.
    if (word->text.size() == 1 && !AtBoundary(q) && !text::ReadNumeral(units_, q) &&
        !IsAny(q, {u"的", u"过", u"举", u"送", u"都", u"在", u"将", u"抵", u"发", u"宣", u"公", u"表", u"到", u"达"})) {
      return false;
    }
    p = q;
    // 下午晚些时候
    EatAny(p, {u"晚些时候", u"早些时候"});
    q = p;
    EatWord(q, WordClass::kDayPart);
    std::uint32_t r = p;
    Numeral hour;
    // 晚上9~11点
    if (EatClock(r) || (EatNumeral(r, hour) && hour.value <= 24 && EatConnector(r) && EatClock(r))) p = r;
    return true;
  }
  if (!EatClock(q)) return false;
  p = q;
  return true;
}

void Parser::ClockTail(std::uint32_t& p, Expression& e) const {
  if (!IsDayLike(e) && e.item != Item::kWeekday) return;
  std::uint32_t q = p;
  // 六天后的3时, 2018-11-29 18:59, 2021-09-12-11:23
  if (Is(q, u"的")) {
    ++q;
    if (!text::ReadNumeral(units_, q)) return;
  } else if (At(q) == u'-') {
    std::uint32_t r = q + 1;
    if (!text::IsAsciiDigit(At(r)) || !EatClock(r) || At(r - 3) != u':') return;
    ++q;
  } else if (At(q) == u',') {
    return;
  } else if (Is(q, u"上 ")) {
    q += 2;  // 本周4上 12:12:12
  }
  if (!EatTimeOfDay(q)) return;
  e.clock = true;
  p = q;
  // 9点至11点, 晚上7:00到8:00, 下午3点至下午8点; the other day of 22:00至次日6:00 is read by RangeTail.
  std::uint32_t r = q;
  if (EatConnector(r) && EatTimeOfDay(r)) {
    p = r;
    e.clock_range = true;
  }
}

// 13:20~次日05:40, 2点-明天4点, 夜间至次日上午: from today to that day.
bool Parser::ClockRange(std::uint32_t& p, Expression& e) const {
  const char16_t before = Before(p);
  if (text::IsAsciiAlnum(before) || before == u'.' || before == u':') return false;
  // Rare: look for the other day first.
  const std::u16string_view near = units_.substr(p, 24);
  if (near.find_first_of(u"次明翌隔") == std::u16string_view::npos) return false;
  std::uint32_t q = p;
  if (!EatTimeOfDay(q)) return false;
  const std::uint32_t end = q;
  if (!EatConnector(q)) return false;
  q = SkipSpaces(q);
  Expression other;
  if (!RelativeWord(q, other) || other.item != Item::kRelativeDay || other.shift.value < 1) return false;
  e.item = Item::kRelativeDay;
  e.shift = {Base::kPublished, 0};
  e.clock = true;
  p = end;
  return true;
}

}  // namespace mailuo::dates
