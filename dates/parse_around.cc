// What stands around an expression: the other end of a range, 自 … 以来, 截至, 前, 后, 起, 内.
#include "dates/parser.h"
#include "text/folded_text.h"

namespace mailuo::dates {
namespace {

bool Coarse(const Expression& e) {
  return e.item == Item::kYear || e.item == Item::kMonth || e.item == Item::kQuarter || e.item == Item::kHalf;
}

// Both ends of a range must be of the calendar.
bool RangeEnd(Item item) {
  switch (item) {
    case Item::kWindow:
    case Item::kLately:
    case Item::kYearToDate:
    case Item::kAsOfNow:
    case Item::kWithinYear:
    case Item::kSamePeriod:
    case Item::kFirstUnits:
    case Item::kPlan:
    case Item::kYears: return false;
    default: return true;
  }
}

}  // namespace

bool Parser::Rejected(const Parsed& parsed) const {
  const std::uint32_t at = parsed.start;
  // Sets recur; they are not places in time.
  if (Before(at) == u'每' || BeforeIs(at, u"每逢") || BeforeIs(at, u"每年的") || BeforeIs(at, u"每年") ||
      BeforeIs(at, u"每月") || BeforeIs(at, u"每到") || BeforeIs(at, u"历年") || BeforeIs(at, u"每个")) {
    return true;
  }
  const Item item = parsed.left.item;
  if ((item == Item::kMonth || item == Item::kDay) && parsed.left.year.base == Base::kNone && BeforeIs(at, u"第")) {
    return true;
  }
  // 3个月期, 10年期
  if (Is(parsed.end, u"期限") && item == Item::kAgo) return true;
  return false;
}

bool Parser::RangeTail(std::uint32_t& p, Parsed& parsed) const {
  if (!RangeEnd(parsed.left.item)) return false;
  std::uint32_t q = p;
  Eat(q, u"起");
  std::uint32_t connector = q;
  if (EatConnector(connector)) {
    const bool dash = At(connector - 1) != u'至' && At(connector - 1) != u'到';
    std::uint32_t r = SkipSpaces(connector);
    Expression right;
    if (Atom(r, right) && RangeEnd(right.item)) {
      const bool left_day = IsDayLike(parsed.left);
      const bool right_day = IsDayLike(right);
      bool fits = left_day == right_day || !dash;
      // 2008.03-2009: any two parts of the calendar; 2023年-1月 is none.
      if (Coarse(parsed.left) && Coarse(right)) {
        fits = !(parsed.left.item == Item::kYear && right.item == Item::kMonth && right.year.base == Base::kNone);
      }
      if (parsed.left.item == Item::kMonth && right.item == Item::kDay && right.month.base == Base::kNone) fits = false;
      // 9日到2025年 reads on: 到 belongs to what follows.
      if (left_day && right.item == Item::kYear) fits = false;
      if (parsed.left.item == Item::kAgo || right.item == Item::kAgo) fits = false;
      if (fits) {
        parsed.right = right;
        std::uint32_t s = r;
        if (EatAny(s, {u"期间", u"止"})) r = s;
        p = r;
        return true;
      }
    }
    // 1月3至2月10 and 1月19到20 without units are read by MonthFirst; 2016到2018 by CompactDate.
  }
  // 2015年和2018年之间, 10月和5月间
  q = p;
  if (!EatAny(q, {u"和", u"与", u"及", u"至", u"到", u"、"})) return false;
  Expression right;
  q = SkipSpaces(q);
  if (!Atom(q, right) || !RangeEnd(right.item)) return false;
  if (!EatAny(q, {u"之间"}) && !(Is(q, u"间") && !IsAny(q, {u"间隔", u"间接"}) && Eat(q, u"间"))) return false;
  parsed.right = right;
  p = q;
  return true;
}

void Parser::Suffix(std::uint32_t& p, Parsed& parsed) const {
  Expression& e = parsed.left;
  std::uint32_t q = p;
  switch (e.item) {
    case Item::kAgo:
      if (EatAny(q, {u"以来"})) {
        parsed.placing = Placing::kSince;
        p = q;
      } else if (Is(q, u"起") && AtBoundary(q + 1)) {
        parsed.placing = Placing::kSince;
        p = q + 1;
      }
      return;
    case Item::kYearToDate:
    case Item::kAsOfNow:
    case Item::kWithinYear:
    case Item::kLately: return;
    default: break;
  }
  const auto place = [&](Placing placing) {
    parsed.placing = placing;
    p = q;
  };
  if (EatAny(q, {u"起至今", u"开始至今", u"至今", u"到现在", u"迄今", u"以来", u"起到现在"})) {
    return place(Placing::kSince);
  }
  if (parsed.right) return;
  if (e.item == Item::kYear && e.year.base != Base::kGiven && Is(q, u"来") && AtBoundary(q + 1)) {
    ++q;
    return place(Placing::kSince);
  }
  if (EatAny(q, {u"前后", u"左右", u"许", u"上下"}) && !Is(q, u"多")) {
    e.approx = true;
    p = q;
    return;
  }
  if (EatAny(q, {u"及以后", u"及之后", u"或之后", u"或以后", u"及其后"})) return place(Placing::kFrom);
  if (EatAny(q, {u"及以前", u"及之前", u"或之前", u"或以前"})) return place(Placing::kUpTo);
  if (EatAny(q, {u"开始"})) return place(Placing::kSince);
  if (Is(q, u"起") && !IsAny(q + 1, {u"诉", u"草", u"步", u"源", u"码", u"飞", u"伏", u"点", u"因", u"来", u"家",
                                     u"重", u"价", u"拍", u"息", u"租", u"降", u"火", u"底", u"泡", u"到"})) {
    ++q;
    return place(Placing::kSince);
  }
  const bool windowed = e.item == Item::kWindow;
  if (windowed) {
    // 过两天 and 未来三年后 are not of this grammar.
    return;
  }
  if (EatAny(q, {u"之后", u"以后", u"过后"})) return place(Placing::kAfter);
  if (EatAny(q, {u"之前", u"以前"})) return place(Placing::kBefore);
  if (e.clock && BeforeIs(q, u"早") && Is(q, u"前")) return;  // 20日稍早前
  if (Is(q, u"后") &&
      !IsAny(q, {u"后续", u"后期", u"后市", u"后备", u"后台", u"后来", u"后面", u"后卫", u"后劲", u"后勤", u"后者"}) &&
      (IsDayLike(e) || AtBoundary(q + 1) || e.item == Item::kYear)) {
    ++q;
    return place(Placing::kAfter);
  }
  if (Is(q, u"前") && !IsAny(q, {u"前往", u"前景", u"前期", u"前瞻", u"前沿",  u"前列", u"前述", u"前身",
                                 u"前台", u"前端", u"前段", u"前海", u"前提",  u"前三", u"前十", u"前五",
                                 u"前来", u"前进", u"前董", u"前总", u"前ceo", u"前高", u"前一"})) {
    std::uint32_t r = q + 1;
    int n = 0;
    // 2025年前5家 counts companies.
    if (EatSmall(r, 99, n) && !AtBoundary(r)) return;
    ++q;
    EatAny(q, {u"夕"});
    return place(Placing::kBefore);
  }
  if (EatAny(q, {u"期间"})) {
    p = q;
    return;
  }
  if ((e.item == Item::kYear || e.item == Item::kMonth || e.item == Item::kQuarter || e.item == Item::kWeek ||
       e.item == Item::kHalf) &&
      EatAny(q, {u"之内", u"以内"})) {
    return place(Placing::kWithin);
  }
  if ((e.item == Item::kYear || e.item == Item::kMonth || e.item == Item::kQuarter || e.item == Item::kWeek) &&
      Is(q, u"内") &&
      !IsAny(q, {u"内部", u"内容", u"内需", u"内地", u"内蒙", u"内外", u"内存", u"内卷", u"内资", u"内销", u"内控",
                 u"内生", u"内饰"})) {
    ++q;
    return place(Placing::kWithin);
  }
}

void Parser::Prefix(Parsed& parsed, std::uint32_t floor) const {
  std::uint32_t at = parsed.start;
  while (at > floor && Before(at) == u' ' && parsed.start - at < 2) --at;
  const auto take = [&](std::u16string_view word) {
    if (at < floor + word.size() || !BeforeIs(at, word)) return false;
    parsed.start = at - static_cast<std::uint32_t>(word.size());
    return true;
  };
  const bool plain = parsed.placing == Placing::kAt;
  const bool since = parsed.placing == Placing::kSince;
  for (const std::u16string_view word : {u"截止到", u"截至到", u"截止至", u"截至", u"截止"}) {
    if (plain && take(word)) {
      parsed.placing = Placing::kAsOf;
      return;
    }
  }
  if (take(u"自从")) {
    if (plain && !parsed.right) parsed.placing = Placing::kSince;
    return;
  }
  if (BeforeIs(at, u"自") && at > floor) {
    const char16_t before = Before(at - 1);
    static constexpr std::u16string_view kOther = u"来各亲独出源擅私暗";
    if (kOther.find(before) == std::u16string_view::npos || before == 0) {
      if (plain && !parsed.right) parsed.placing = Placing::kSince;
      take(u"自");
      return;
    }
  }
  if ((since || parsed.right || parsed.left.clock_range) && take(u"从")) return;
  if (plain && (BeforeIs(at, u"到") || BeforeIs(at, u"至")) && at > floor) {
    parsed.placing = BeforeIs(at, u"直到") || BeforeIs(at, u"直至") ? Placing::kUntil : Placing::kBy;
    return;
  }
  if (plain) {
    for (const std::u16string_view word : {u"不晚于", u"不迟于", u"最迟于", u"最迟", u"最晚于", u"最晚"}) {
      if (BeforeIs(at, word)) parsed.placing = Placing::kBy;
    }
  }
}

}  // namespace mailuo::dates
