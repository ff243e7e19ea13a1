// The words of time (corpus/dates/words.tsv, names of feasts from holidays.tsv), found by their longest match.
// Thread safety: const; one table for the program.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mailuo::dates {

enum class WordClass : std::uint8_t {
  kDay,
  kDayPartDay,
  kYear,
  kTwoYears,
  kThatYear,
  kMonth,
  kThatMonth,
  kQuarter,
  kThatQuarter,
  kHalf,
  kHalfOfYear,
  kThatDay,
  kWeek,
  kWeekStem,
  kYearPart,
  kMonthPart,
  kQuarterPart,
  kWeekHalf,
  kSeason,
  kWinterSpring,
  kDayPart,
  kLately,
  kWindowPast,
  kWindowBefore,
  kWindowNext,
  kWindowAfter,
  kWindowLater,
  kAsOfNow,
  kYearToDate,
  kWithinYear,
  kTradingDay,
  kPlan,
  kSamePeriod,
  kLunarMonth,
  kLunarMark,
  kLunarDayName,
  kSolarTerm,
  kHoliday,
};

struct Word {
  std::u16string text;
  WordClass word_class;
  int value;  // Meaning depends on the class; kHoliday: index into Holidays().
};

class WordTable {
 public:
  static const WordTable& Get();

  // The words that stand at units[at], longest first, that satisfy no class filter: walk with Match.
  // The longest word of class `word_class` at `at`, or null.
  const Word* Match(std::u16string_view units, std::uint32_t at, WordClass word_class) const;
  // An expression of time may begin with this unit.
  bool MayStart(char16_t unit) const { return starts_[unit] != 0; }
  // Some word begins with this unit.
  bool HasWords(char16_t unit) const { return (starts_[unit] & 2) != 0; }
  const std::vector<Word>& words() const { return words_; }

 private:
  WordTable();

  std::vector<Word> words_;                    // Sorted by first unit, then longest first.
  std::vector<std::uint16_t> first_;           // Of each bucket: index of its first word.
  std::array<std::uint8_t, 65536> starts_{};   // 1: an expression may begin; 2: a word begins.
  std::array<std::uint16_t, 65536> bucket_{};  // 0: no word begins with this unit.
};

}  // namespace mailuo::dates
