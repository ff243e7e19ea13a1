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

constexpr std::uint64_t ClassBit(WordClass word_class) { return std::uint64_t{1} << static_cast<unsigned>(word_class); }

struct Word {
  std::u16string text;
  WordClass word_class;
  int value;  // Meaning depends on the class; kHoliday: index into Holidays().
};

class WordTable {
 public:
  static const WordTable& Get();

  // The longest word of class `word_class` at units[at], or null.
  const Word* Match(std::u16string_view units, std::uint32_t at, WordClass word_class) const {
    const std::uint16_t bucket = at < units.size() ? bucket_[units[at]] : std::uint16_t{0};
    if ((classes_[bucket] & ClassBit(word_class)) == 0) return nullptr;
    return Search(units, at, word_class, bucket);
  }
  // ClassBit of every class that has a word at units[at] with which an expression may begin.
  std::uint64_t ClassesAt(std::u16string_view units, std::uint32_t at) const;
  // An expression of time may begin with this unit.
  bool MayStart(char16_t unit) const { return starts_[unit] != 0; }
  const std::vector<Word>& words() const { return words_; }

 private:
  WordTable();

  const Word* Search(std::u16string_view units, std::uint32_t at, WordClass word_class, std::uint16_t bucket) const;

  std::vector<Word> words_;                    // Sorted by first unit, then longest first.
  std::vector<char16_t> second_;               // Of each word: its second unit, 0 if it has none.
  std::vector<std::uint16_t> first_;           // Of each bucket: index of its first word. Bucket 0 is empty.
  std::vector<std::uint64_t> classes_;         // Of each bucket: the classes of its words.
  std::array<std::uint8_t, 65536> starts_{};   // 1: an expression may begin.
  std::array<std::uint16_t, 65536> bucket_{};  // 0: no word begins with this unit.
};

}  // namespace mailuo::dates
