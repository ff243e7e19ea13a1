// Which rules of the grammar may apply at a position. Most positions of a news text that look like a beginning (一, 上,
// a price) are none; they are turned away here by a look at the next unit, before any rule runs.
#include "dates/parser.h"
#include "text/folded_text.h"

namespace mailuo::dates {
namespace {

template <typename... Classes>
constexpr std::uint64_t Bits(Classes... classes) {
  return (... | ClassBit(classes));
}

constexpr std::uint64_t kWindows = Bits(WordClass::kWindowPast, WordClass::kWindowBefore, WordClass::kWindowNext,
                                        WordClass::kWindowAfter, WordClass::kWindowLater);

bool MayBeginLength(char16_t unit) {
  return text::IsAsciiDigit(unit) || text::HanDigitValue(unit) >= 0 ||
         std::u16string_view(u"十百几数半 这").find(unit) != std::u16string_view::npos;
}

}  // namespace

// A number begins an expression if what follows it is a unit of time, or a separator between two numbers.
bool Parser::NumberMayBegin(std::uint32_t p) const {
  const auto numeral = text::ReadNumeral(units_, p);
  if (!numeral) return std::u16string_view(u"几数半").find(At(p)) != std::u16string_view::npos;
  std::uint32_t q = numeral->end;
  const bool digits = numeral->form == text::NumeralForm::kDigits;
  if (digits && numeral->digits == 8) return true;
  if (digits && numeral->digits == 4 &&
      (standalone_ || Before(p) == u'-' || Before(p) == u'从' || Before(p) == u'到' || Before(p) == u'至')) {
    return true;
  }
  if (At(q) == u' ') {
    const std::uint32_t next = SkipSpaces(q);
    if (digits && text::IsAsciiDigit(At(next))) return numeral->digits == 4;
    q = next;
  }
  switch (At(q)) {
    case u'年':
    case u'月':
    case u'日':
    case u'号':
    case u'天':
    case u'周':
    case u'星':
    case u'礼':
    case u'季':
    case u'世':
    case u'载':
    case u'余':
    case u'几':
    case u'半':
    case u'旬':
    case u'点':
    case u'时':
    case u':':
    case u'工':
    case u'交':
    case u'q':
    case u'h':
    case u'财': return true;
    case u'多':
    case u'个': return std::u16string_view(u"年月天周星礼季半多交工个自").find(At(q + 1)) != std::u16string_view::npos;
    case u'.': return digits && (numeral->digits == 4 || numeral->digits <= 2) && text::IsAsciiDigit(At(q + 1));
    case u'/':
    case u'·': return digits && text::IsAsciiDigit(At(q + 1));
    case u'-':
    case u'–':
    case u'—':
    case u'ー':
    case u'−':
    case u'~':
    case u'〜':
    case u'至':
    case u'到': return true;
    default: return false;
  }
}

Parser::Chances Parser::ChancesAt(std::uint32_t p) const {
  Chances chances;
  const char16_t unit = At(p);
  chances.words = words_.ClassesAt(units_, p);
  if ((chances.words & ~kWindows) == 0 && chances.words != 0) {
    bool length = false;
    for (std::uint32_t i = 1; i <= 5 && !length; ++i) length = MayBeginLength(At(p + i));
    if (!length) chances.words = 0;
  }
  if (text::IsAsciiDigit(unit)) {
    if (NumberMayBegin(p)) chances.number = kDigitNumber;
  } else if (MayBeginLength(unit) || unit == u'千' || unit == u'廿' || unit == u'卅') {
    if (NumberMayBegin(p)) chances.number = kHanNumber;
  }
  static constexpr std::u16string_view kLiteral = u"第首末前头闰民节今昨明qf上本这";
  if (kLiteral.find(unit) != std::u16string_view::npos) chances.literal = unit;
  return chances;
}

void Parser::Dispatch(const Chances& chances, std::uint32_t p, std::uint32_t& best, Expression& e) const {
  struct Entry {
    Rule rule;
    std::uint64_t words;
    int numbers;
    std::u16string_view literals;
  };
  constexpr int kBoth = kDigitNumber | kHanNumber;
  static constexpr Entry kEntries[] = {
      {&Parser::NumericDate, 0, kDigitNumber, {}},
      {&Parser::RelativeWord, Bits(WordClass::kDay, WordClass::kDayPartDay, WordClass::kThatDay), 0, u"今昨明"},
      {&Parser::YearWord, Bits(WordClass::kYear, WordClass::kThatYear, WordClass::kTwoYears), 0, {}},
      {&Parser::MonthWord, Bits(WordClass::kMonth, WordClass::kThatMonth), 0, {}},
      {&Parser::WeekWord, Bits(WordClass::kWeek, WordClass::kWeekHalf, WordClass::kWeekStem), 0, u"今"},
      {&Parser::PeriodWord,
       Bits(WordClass::kQuarter, WordClass::kThatQuarter, WordClass::kHalf, WordClass::kHalfOfYear), 0, u"上本这"},
      {&Parser::PeriodWord, Bits(WordClass::kMonthPart), 0, {}},
      {&Parser::FixedWord,
       Bits(WordClass::kYearPart, WordClass::kMonthPart, WordClass::kLately, WordClass::kAsOfNow,
            WordClass::kYearToDate, WordClass::kWithinYear, WordClass::kTradingDay, WordClass::kWinterSpring),
       0,
       {}},
      {&Parser::PlanWord, Bits(WordClass::kPlan), 0, {}},
      {&Parser::HolidayWord, Bits(WordClass::kHoliday, WordClass::kSolarTerm), 0, u"节"},
      {&Parser::SeasonWord, Bits(WordClass::kSeason), 0, {}},
      {&Parser::LunarDateFirst, Bits(WordClass::kLunarMark, WordClass::kLunarMonth, WordClass::kLunarDayName), 0,
       u"闰"},
      {&Parser::Window, kWindows, 0, {}},
      {&Parser::Cumulative, 0, 0, u"前首头"},
      {&Parser::YearFirst, 0, kBoth, u"民"},
      {&Parser::MonthFirst, 0, kBoth, {}},
      {&Parser::DayFirst, 0, kBoth, {}},
      {&Parser::AgoOrLater, 0, kBoth, {}},
      {&Parser::PairDate, 0, kDigitNumber, {}},
      {&Parser::Decade, 0, kBoth, u"上本这"},
      {&Parser::QuarterFirst, 0, kBoth, u"第首末"},
      {&Parser::LatinQuarter, 0, kDigitNumber, u"qf"},
      {&Parser::CompactDate, 0, kDigitNumber, {}},
      {&Parser::ClockRange, Bits(WordClass::kDayPart), kBoth, {}},
  };
  for (const Entry& entry : kEntries) {
    const bool literal = chances.literal != 0 && entry.literals.find(chances.literal) != std::u16string_view::npos;
    if ((entry.words & chances.words) == 0 && (entry.numbers & chances.number) == 0 && !literal) continue;
    Try(entry.rule, p, best, e);
  }
}

}  // namespace mailuo::dates
