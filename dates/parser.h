// The grammar of Chinese expressions of time, by recursive descent over folded text. One parser reads one sentence.
// Split over parse_*.cc by what is read: numbers, words, the inside of a year or month, durations, clocks, and what
// stands around an expression.
// Thread safety: const methods may be called from any thread.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "dates/expression.h"
#include "dates/word_table.h"
#include "text/number.h"
#include "text/span.h"

namespace mailuo::dates {

class Parser {
 public:
  // `units` is the text up to the end of the sentence (so that indexes are those of the text), `begin` its start.
  Parser(std::u16string_view units, std::uint32_t begin, bool standalone)
      : words_(WordTable::Get()),
        units_(units),
        begin_(begin),
        size_(static_cast<std::uint32_t>(units.size())),
        standalone_(standalone) {}

  // The longest mention that starts at `at` (a prefix such as 截至 may put its start before `at`). `floor` is the end
  // of the mention before.
  std::optional<Parsed> ParseAt(std::uint32_t at, std::uint32_t floor) const;

 private:
  struct Duration {
    int n = 0;
    bool half = false;
    bool more = false;
    bool vague = false;        // 几, 数: n is a guess
    bool written_day = false;  // 日, not 天
    bool counted = false;      // 个月, 个星期
    Unit unit = Unit::kNone;
  };
  using Rule = bool (Parser::*)(std::uint32_t&, Expression&) const;
  // What a position could be the beginning of.
  struct Chances {
    std::uint64_t words = 0;  // ClassBit of each class that has a word here.
    int number = 0;           // kDigitNumber, kHanNumber or neither.
    char16_t literal = 0;     // A unit that some rule looks for itself.
    bool Any() const { return words != 0 || number != 0 || literal != 0; }
  };
  static constexpr int kDigitNumber = 1;
  static constexpr int kHanNumber = 2;

  // parser.cc: cursor
  char16_t At(std::uint32_t p) const { return p < size_ ? units_[p] : u'\0'; }
  char16_t Before(std::uint32_t p) const { return p > begin_ && p <= size_ ? units_[p - 1] : u'\0'; }
  bool BeforeIs(std::uint32_t p, std::u16string_view text) const;
  // The unit before `p` is one of `set`; false at the start of the sentence.
  bool BeforeIn(std::uint32_t p, std::u16string_view set) const {
    return p > begin_ && p <= size_ && set.find(units_[p - 1]) != std::u16string_view::npos;
  }
  bool Is(std::uint32_t p, std::u16string_view text) const {
    return units_.substr(p < size_ ? p : size_).starts_with(text);
  }
  bool IsAny(std::uint32_t p, std::initializer_list<std::u16string_view> texts) const;
  std::uint32_t SkipSpaces(std::uint32_t p) const;
  bool Eat(std::uint32_t& p, std::u16string_view text) const;
  bool EatAny(std::uint32_t& p, std::initializer_list<std::u16string_view> texts) const;
  const Word* EatWord(std::uint32_t& p, WordClass word_class) const;
  bool EatNumeral(std::uint32_t& p, text::Numeral& numeral) const;
  // 1..most, at most two digits.
  bool EatSmall(std::uint32_t& p, int most, int& value) const;
  bool AtBoundary(std::uint32_t p) const;  // End, space or punctuation.
  bool ClauseStart(std::uint32_t p) const;
  bool EatConnector(std::uint32_t& p) const;

  // parser.cc: choice
  bool Atom(std::uint32_t& p, Expression& e) const;
  void Try(Rule rule, std::uint32_t p, std::uint32_t& best, Expression& e) const;
  bool Longest(std::uint32_t& p, Expression& e, std::initializer_list<Rule> rules) const;
  void DayTail(std::uint32_t& p, Expression& e) const;
  bool IsDayLike(const Expression& e) const;

  // dispatch.cc
  Chances ChancesAt(std::uint32_t p) const;
  bool NumberMayBegin(std::uint32_t p) const;
  void Dispatch(const Chances& chances, std::uint32_t p, std::uint32_t& best, Expression& e) const;

  // parse_number.cc
  bool NumericDate(std::uint32_t& p, Expression& e) const;
  bool CompactDate(std::uint32_t& p, Expression& e) const;
  bool YearFirst(std::uint32_t& p, Expression& e) const;
  bool MonthFirst(std::uint32_t& p, Expression& e) const;
  bool DayFirst(std::uint32_t& p, Expression& e) const;
  bool PairDate(std::uint32_t& p, Expression& e) const;
  bool Decade(std::uint32_t& p, Expression& e) const;
  bool QuarterFirst(std::uint32_t& p, Expression& e) const;
  bool LatinQuarter(std::uint32_t& p, Expression& e) const;
  bool RangeGoesOn(std::uint32_t p, std::initializer_list<std::u16string_view> units, int most) const;
  bool TwoDigitYear(std::uint32_t at, std::uint32_t p, const text::Numeral& numeral, bool tail) const;

  // parse_period.cc: what stands inside a year or month
  bool YearTail(std::uint32_t& p, Expression& e) const;
  bool YearCount(std::uint32_t& p, Expression& e) const;
  bool MonthTail(std::uint32_t& p, Expression& e) const;
  bool MonthDay(std::uint32_t& p, Expression& e) const;
  bool MonthCount(std::uint32_t& p, Expression& e) const;
  bool Part(std::uint32_t& p, Expression& e, WordClass word_class) const;
  bool Counted(std::uint32_t& p, Expression& e, bool in_month) const;

  // parse_word.cc
  bool RelativeWord(std::uint32_t& p, Expression& e) const;
  bool YearWord(std::uint32_t& p, Expression& e) const;
  bool MonthWord(std::uint32_t& p, Expression& e) const;
  bool WeekWord(std::uint32_t& p, Expression& e) const;
  bool PeriodWord(std::uint32_t& p, Expression& e) const;
  bool FixedWord(std::uint32_t& p, Expression& e) const;
  bool PlanWord(std::uint32_t& p, Expression& e) const;
  bool HolidayWord(std::uint32_t& p, Expression& e) const;
  bool SeasonWord(std::uint32_t& p, Expression& e) const;
  bool EatWeekdayName(std::uint32_t& p, int& weekday) const;

  // parse_lunar.cc
  bool LunarDateFirst(std::uint32_t& p, Expression& e) const;
  bool EatLunarDay(std::uint32_t& p, int& day, bool& marked) const;
  bool LunarMonthDay(std::uint32_t& p, Expression& e) const;

  // parse_duration.cc
  bool EatDuration(std::uint32_t& p, Duration& d, bool bare_month) const;
  bool Window(std::uint32_t& p, Expression& e) const;
  bool Cumulative(std::uint32_t& p, Expression& e) const;
  bool Obliges(std::uint32_t p) const;
  bool AgoOrLater(std::uint32_t& p, Expression& e) const;
  bool LaterWindow(std::uint32_t& p, std::uint32_t q, const Duration& lead, Expression& e) const;
  static void Put(const Duration& d, Expression& e);

  // parse_clock.cc
  bool EatClock(std::uint32_t& p) const;
  bool EatTimeOfDay(std::uint32_t& p) const;
  void ClockTail(std::uint32_t& p, Expression& e) const;
  bool ClockRange(std::uint32_t& p, Expression& e) const;

  // parse_around.cc: prefixes, suffixes, ranges
  bool RangeTail(std::uint32_t& p, Parsed& parsed) const;
  void Suffix(std::uint32_t& p, Parsed& parsed) const;
  void Prefix(Parsed& parsed, std::uint32_t floor) const;
  bool Rejected(const Parsed& parsed) const;

  const WordTable& words_;
  std::u16string_view units_;
  std::uint32_t begin_;
  std::uint32_t size_;
  bool standalone_;  // The sentence is the whole text and holds nothing but one expression, perhaps.
};

}  // namespace mailuo::dates
