#include "dates/resolver.h"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

namespace mailuo::dates {

void Resolver::Say(std::string text) const {
  if (steps_ != nullptr) steps_->push_back(std::move(text));
}

Resolver::Maybe Resolver::One(const Expression& e, const Period* left) {
  const auto day_of = [&](int back, int forward) -> Maybe {
    if (!published_ || !InRange(*published_)) return std::nullopt;
    return Outcome{Period{*published_ - back, *published_ + forward, DatePrecision::kFuzzy, DateCertainty::kFuzzy},
                   DateAnchor::kPublished, DateKind::kRelative};
  };
  switch (e.item) {
    case Item::kYear:
    case Item::kYears: {
      auto year = YearOf(e, left);
      if (!year && e.year.base == Base::kNone) year = YearOfPart(e);
      const auto period = year ? InYear(e, *year) : std::nullopt;
      if (!period) return std::nullopt;
      const bool given = e.year.base == Base::kGiven;
      if (!given) {
        Say(fmt::format("the year is counted from the {}: {}",
                        e.year.base != Base::kPrevious ? "publication" : "mention before", *year));
      }
      return Outcome{
          *period,
          given ? DateAnchor::kNone : (e.year.base == Base::kPrevious ? DateAnchor::kPrevious : DateAnchor::kPublished),
          given ? DateKind::kFull : DateKind::kRelative};
    }
    case Item::kMonth:
    case Item::kDay:
      if (e.month.base == Base::kPublished || e.month.base == Base::kPrevious) return MonthSlot(e, left);
      if (e.month.base == Base::kNone) return DayOnly(e, left);
      return Calendar(e, left);
    case Item::kFirstUnits:
    case Item::kLastUnits:
    case Item::kNthUnit:
      if (e.month.base == Base::kPublished || e.month.base == Base::kPrevious) return MonthSlot(e, left);
      return Dayless(e, left);
    case Item::kQuarter:
    case Item::kHalf: {
      if (e.shift.base == Base::kGiven) return Dayless(e, left);
      std::optional<Date> base = published_;
      if (e.shift.base == Base::kPrevious && earlier_) base = earlier_->period.from;
      if (!base) return std::nullopt;
      const Unit unit = e.item == Item::kQuarter ? Unit::kQuarter : Unit::kHalf;
      const auto moved = AddUnits(*base, e.shift.value, unit);
      const auto around = moved ? PeriodAround(*moved, unit) : std::nullopt;
      if (!around) return std::nullopt;
      const CivilDate civil = ToCivil(around->from);
      Expression inner = e;
      inner.n = e.item == Item::kQuarter ? (civil.month - 1) / 3 + 1 : (civil.month - 1) / 6 + 1;
      const auto period = InYear(inner, civil.year);
      if (!period) return std::nullopt;
      return Outcome{*period, e.shift.base == Base::kPublished ? DateAnchor::kPublished : DateAnchor::kPrevious,
                     DateKind::kRelative};
    }
    case Item::kSeason:
    case Item::kHoliday:
    case Item::kSolarTerm:
    case Item::kLunar: return Calendar(e, left);
    case Item::kRelativeDay: return RelativeDay(e, left);
    case Item::kWeek: {
      if (!published_) return std::nullopt;
      const bool that = e.shift.base == Base::kPrevious && earlier_day_ && earlier_day_->sentence == around_->sentence;
      auto week = WeekPeriod(that ? earlier_day_->period.to : *published_, e.shift.value);
      if (!week) return std::nullopt;
      if (e.part == 0) week->to = week->from + 2;
      if (e.part == 1) week->from = week->from + 3;
      if (e.part >= 0) week->precision = DatePrecision::kRange;
      Say(fmt::format("the ISO week {:+} weeks from that of publication", e.shift.value));
      return Outcome{*week, DateAnchor::kPublished, DateKind::kRelative};
    }
    case Item::kWeekday: return Weekday(e, left);
    case Item::kWindow: return Window(e);
    case Item::kAgo: return Ago(e);
    case Item::kLately:
      Say("the recent past, fuzzy");
      return around_->side == Side::kFuture && e.n > 7 ? day_of(0, e.n) : day_of(e.n, 0);
    case Item::kDecade:
    case Item::kCentury: return Centuries(e);
    case Item::kPlan: {
      const int first = 2021 + (e.n - 14) * 5;
      const int from = e.part == 2 ? first + 4 : (e.part == 1 ? first + 2 : first);
      const int to = e.part == 0 ? first : (e.part == 1 ? first + 2 : first + 4);
      const auto period = YearsPeriod(from, to, DatePrecision::kRange);
      Say("a five-year plan");
      return period ? Maybe(Outcome{*period, DateAnchor::kCalendar, DateKind::kPeriod}) : std::nullopt;
    }
    case Item::kSamePeriod: return SamePeriod(e);
    case Item::kTradingDay: return TradingDay(e);
    case Item::kFiscal: return Fiscal(e);
    case Item::kYearToDate:
    case Item::kAsOfNow:
    case Item::kWithinYear:
    case Item::kWinterSpring: break;
  }
  if (!published_ || !InRange(*published_)) return std::nullopt;
  if (e.item == Item::kAsOfNow) {
    return Outcome{Period{*published_, *published_}, DateAnchor::kPublished, DateKind::kRelative};
  }
  if (e.item == Item::kWinterSpring) {
    const auto period = MonthsPeriod(PublishedYear() + e.n, 12, 17, DatePrecision::kFuzzy);
    return period ? Maybe(Outcome{*period, DateAnchor::kPublished, DateKind::kRelative}) : std::nullopt;
  }
  auto year = YearPeriod(PublishedYear());
  if (!year) return std::nullopt;
  if (e.item == Item::kWithinYear && around_->side == Side::kFuture) year->from = *published_;
  return Outcome{*year, DateAnchor::kPublished, DateKind::kRelative};
}

std::optional<FoundDate> Resolver::Resolve(const Parsed& parsed, const Surroundings& around,
                                           std::vector<std::string>* steps) {
  around_ = &around;
  steps_ = steps;
  Maybe left;
  Period whole;
  if (!parsed.right) {
    left = One(parsed.left, nullptr);
    if (!left) return std::nullopt;
    whole = left->period;
  } else {
    const Expression& r = *parsed.right;
    Expression l = parsed.left;
    // 25日至3月2日, 1月至2024年3月: the right side knows more.
    if (l.item == Item::kDay && l.month.base == Base::kNone && r.month.base == Base::kGiven && !earlier_) {
      const auto right = One(r, nullptr);
      if (!right) return std::nullopt;
      CivilDate civil = ToCivil(right->period.from);
      if (l.n > civil.day) civil = ToCivil(*AddMonths(right->period.from, -1));
      l.month = {Base::kGiven, civil.month};
      l.year = {Base::kGiven, civil.year};
    } else if (l.year.base == Base::kNone && l.month.base == Base::kGiven && r.year.base == Base::kGiven) {
      l.year = r.year;
    } else if (l.year.base == Base::kNone && l.month.base == Base::kGiven && r.month.base == Base::kGiven &&
               r.year.base == Base::kNone) {
      // 1-9月 is over or current when it is written about: the end decides the year.
      if (const auto right = One(r, nullptr)) {
        const int year = ToCivil(right->period.from).year;
        const auto same = InYear(l, year);
        if (same) l.year = {Base::kGiven, same->from <= right->period.to ? year : year - 1};
      }
    }
    left = One(l, nullptr);
    if (!left) return std::nullopt;
    if (l.year.base != parsed.left.year.base) {
      left->kind = DateKind::kPartial;
      left->anchor = DateAnchor::kPublished;
    }
    const auto right = One(r, &left->period);
    if (!right) return std::nullopt;
    whole = {left->period.from, right->period.to, DatePrecision::kRange,
             std::max(left->period.certainty, right->period.certainty)};
    if (whole.to < whole.from) return std::nullopt;
    if (whole.from == whole.to) whole.precision = DatePrecision::kDay;
    Say("a range: from the start of the left side to the end of the right one");
  }
  FoundDate found;
  found.span = {parsed.start, parsed.end};
  found.kind = left->kind;
  found.anchor = left->anchor;
  if (parsed.left.approx && whole.certainty == DateCertainty::kExact) whole.certainty = DateCertainty::kApprox;
  Place(parsed, *left, whole, found);
  if (!around.compared) Remember(parsed, whole);
  return found;
}

void Resolver::Place(const Parsed& parsed, const Outcome& left, const Period& whole, FoundDate& found) {
  const Expression& e = parsed.left;
  found.precision = whole.precision;
  found.certainty = whole.certainty;
  found.interval = {whole.from, whole.to};
  const bool part_end = (e.item == Item::kYear || e.item == Item::kMonth || e.item == Item::kQuarter) && e.part >= 0;
  Placing placing = parsed.placing;
  if (e.item == Item::kYearToDate) placing = Placing::kSince;
  if (e.item == Item::kAsOfNow) placing = Placing::kAsOf;
  // 较年初, 比上年末: a point.
  if (around_->compared && e.item == Item::kYear && (e.part == 0 || e.part == 2) && placing == Placing::kAt) {
    const CivilDate civil = ToCivil(whole.from);
    const Date day = e.part == 0 ? *MakeDate(civil.year, 1, 1) : *MakeDate(civil.year, 12, 31);
    found.interval = {day, day};
    found.precision = DatePrecision::kDay;
    found.relation = DateRelation::kAsOf;
    return;
  }
  if (e.item == Item::kAgo && e.m == 3 && placing == Placing::kAt) placing = Placing::kFrom;
  if (e.item == Item::kWindow && e.m == 1) found.relation = DateRelation::kSince;
  if ((e.item == Item::kWindow && e.m != 1) || e.item == Item::kWithinYear) found.relation = DateRelation::kWithin;
  switch (placing) {
    case Placing::kAt: break;
    case Placing::kSince:
      found.relation = DateRelation::kSince;
      found.interval.to = published_ && *published_ >= whole.from ? std::optional(*published_) : std::nullopt;
      break;
    case Placing::kFrom:
      found.relation = DateRelation::kSince;
      found.interval.to.reset();
      break;
    case Placing::kAfter:
      found.relation = DateRelation::kAfter;
      found.interval = {e.clock ? whole.to : whole.to + 1, std::nullopt};
      break;
    case Placing::kBefore: {
      found.relation = DateRelation::kBefore;
      const Date to = part_end || e.clock ? whole.to : whole.from - 1;
      found.interval = {published_ && *published_ < to ? published_ : std::nullopt, to};
      break;
    }
    case Placing::kUpTo:
      found.relation = DateRelation::kUntil;
      found.interval = {published_ && *published_ < whole.to ? published_ : std::nullopt, whole.to};
      break;
    case Placing::kAsOf:
      found.relation = DateRelation::kAsOf;
      found.interval = {whole.to, whole.to};
      found.precision = DatePrecision::kDay;
      break;
    case Placing::kBy: found.relation = DateRelation::kBy; break;
    case Placing::kUntil: found.relation = DateRelation::kUntil; break;
    case Placing::kWithin: found.relation = DateRelation::kWithin; break;
  }
  (void)left;
}

// The sentence begins with the mention.
bool Resolver::AtHead() const {
  constexpr std::u16string_view kEnds = u"。!?\n ";
  return around_->left_context.empty() || kEnds.find(around_->left_context.back()) != std::u16string_view::npos;
}

// 年末, 年底 without a year: that of the year the paragraph is about, else the year of publication.
std::optional<int> Resolver::YearOfPart(const Expression& e) const {
  if (earlier_ && InParagraph() && earlier_->item == Item::kYear && e.part == 2 && !around_->standalone) {
    const int year = ToCivil(earlier_->period.from).year;
    if (published_ && year < PublishedYear() && around_->side != Side::kFuture) return year;
  }
  if (!published_) return std::nullopt;
  return PublishedYear();
}

void Resolver::Remember(const Parsed& parsed, const Period& period) {
  const Expression& e = parsed.right ? *parsed.right : parsed.left;
  if (e.item == Item::kHoliday && e.n >= 0) last_holiday_ = e.n;
  if (published_ && e.item == Item::kYear && e.year.base == Base::kGiven && parsed.placing == Placing::kAt) {
    told_year_ = told_year_ || ToCivil(period.from).year == PublishedYear();
  }
  switch (e.item) {
    case Item::kLately:
    case Item::kWindow:
    case Item::kAsOfNow:
    case Item::kSamePeriod:
    case Item::kDecade:
    case Item::kCentury:
    case Item::kPlan:
    case Item::kWithinYear: return;
    default: break;
  }
  // 2018年以来, 2005年至今 name where a story begins, not the year that the next month lies in.
  if (e.item == Item::kYear && parsed.placing != Placing::kAt && parsed.placing != Placing::kAsOf) return;
  earlier_ = Earlier{period, e.item, around_->sentence, around_->paragraph};
  if (period.from == period.to || (parsed.right && period.to - period.from < 62)) {
    earlier_day_ = earlier_;
    if (AtHead()) head_day_ = earlier_;
  }
}

}  // namespace mailuo::dates
