#include "dates/word_table.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "dates/holidays.h"
#include "dates/table_text.h"
#include "embedded_Words.h"
#include "text/folded_text.h"

namespace mailuo::dates {
namespace {

constexpr std::array<std::pair<std::string_view, WordClass>, 37> kClasses{{
    {"day", WordClass::kDay},
    {"day_part_day", WordClass::kDayPartDay},
    {"year", WordClass::kYear},
    {"two_years", WordClass::kTwoYears},
    {"that_year", WordClass::kThatYear},
    {"month", WordClass::kMonth},
    {"that_month", WordClass::kThatMonth},
    {"quarter", WordClass::kQuarter},
    {"that_quarter", WordClass::kThatQuarter},
    {"half", WordClass::kHalf},
    {"half_of_year", WordClass::kHalfOfYear},
    {"that_day", WordClass::kThatDay},
    {"week", WordClass::kWeek},
    {"week_stem", WordClass::kWeekStem},
    {"year_part", WordClass::kYearPart},
    {"month_part", WordClass::kMonthPart},
    {"quarter_part", WordClass::kQuarterPart},
    {"week_half", WordClass::kWeekHalf},
    {"season", WordClass::kSeason},
    {"winter_spring", WordClass::kWinterSpring},
    {"day_part", WordClass::kDayPart},
    {"lately", WordClass::kLately},
    {"window_past", WordClass::kWindowPast},
    {"window_before", WordClass::kWindowBefore},
    {"window_next", WordClass::kWindowNext},
    {"window_after", WordClass::kWindowAfter},
    {"window_later", WordClass::kWindowLater},
    {"as_of_now", WordClass::kAsOfNow},
    {"year_to_date", WordClass::kYearToDate},
    {"within_year", WordClass::kWithinYear},
    {"trading_day", WordClass::kTradingDay},
    {"plan", WordClass::kPlan},
    {"same_period", WordClass::kSamePeriod},
    {"lunar_month", WordClass::kLunarMonth},
    {"lunar_mark", WordClass::kLunarMark},
    {"lunar_day_name", WordClass::kLunarDayName},
    {"solar_term", WordClass::kSolarTerm},
}};

std::optional<WordClass> ClassOf(std::string_view name) {
  for (const auto& [text, word_class] : kClasses) {
    if (text == name) return word_class;
  }
  return std::nullopt;
}

// Words of these classes only continue an expression; one character of a part (初, 底, 晚, 春) needs what it is part
// of.
bool StartsExpression(const Word& word) {
  switch (word.word_class) {
    case WordClass::kQuarterPart:
    case WordClass::kSamePeriod: return false;
    case WordClass::kYearPart:
    case WordClass::kMonthPart:
    case WordClass::kSeason:
    case WordClass::kDayPart: return word.text.size() > 1;
    default: return true;
  }
}

}  // namespace

const WordTable& WordTable::Get() {
  static const WordTable table;
  return table;
}

WordTable::WordTable() {
  TableReader reader(embedded::Words());
  std::array<std::string_view, TableReader::kMostColumns> row;
  while (reader.Next(row)) {
    const auto word_class = ClassOf(row[1]);
    if (word_class) words_.push_back({text::FoldKey16(row[0]), *word_class, ParseNumber(row[2]).value_or(0)});
  }
  for (std::size_t i = 0; i < Holidays().size(); ++i) {
    std::string_view names = Holidays()[i].names;
    while (!names.empty()) {
      words_.push_back({text::FoldKey16(TakePart(names, '|')), WordClass::kHoliday, static_cast<int>(i)});
    }
  }
  std::erase_if(words_, [](const Word& word) { return word.text.empty(); });
  std::stable_sort(words_.begin(), words_.end(), [](const Word& a, const Word& b) {
    if (a.text.front() != b.text.front()) return a.text.front() < b.text.front();
    return a.text.size() > b.text.size();
  });
  first_.push_back(0);
  classes_.push_back(0);
  for (std::size_t i = 0; i < words_.size(); ++i) {
    const char16_t unit = words_[i].text.front();
    if (i == 0 || words_[i - 1].text.front() != unit) {
      bucket_[unit] = static_cast<std::uint16_t>(first_.size());
      first_.push_back(static_cast<std::uint16_t>(i));
      classes_.push_back(0);
    }
    classes_.back() |= ClassBit(words_[i].word_class);
    second_.push_back(words_[i].text.size() > 1 ? words_[i].text[1] : u'\0');
    if (StartsExpression(words_[i])) starts_[unit] = 1;
  }
  first_.push_back(static_cast<std::uint16_t>(words_.size()));
  for (const char16_t unit :
       std::u16string_view(u"0123456789〇零一二两三四五六七八九十百千半几数廿卅仨俩首头闰初最民节qhf第")) {
    starts_[unit] = 1;
  }
}

const Word* WordTable::Search(std::u16string_view units, std::uint32_t at, WordClass word_class,
                              std::uint16_t bucket) const {
  const std::u16string_view rest = units.substr(at);
  const char16_t next = rest.size() > 1 ? rest[1] : u'\0';
  for (std::size_t i = first_[bucket]; i < first_[bucket + 1U]; ++i) {
    if (second_[i] != 0 && second_[i] != next) continue;
    const Word& word = words_[i];
    if (word.word_class == word_class && rest.starts_with(word.text)) return &word;
  }
  return nullptr;
}

std::uint64_t WordTable::ClassesAt(std::u16string_view units, std::uint32_t at) const {
  const std::uint16_t bucket = bucket_[units[at]];
  std::uint64_t classes = 0;
  if (bucket == 0) return classes;
  const std::u16string_view rest = units.substr(at);
  const char16_t next = rest.size() > 1 ? rest[1] : u'\0';
  for (std::size_t i = first_[bucket]; i < first_[bucket + 1U]; ++i) {
    if (second_[i] != 0 && second_[i] != next) continue;
    const Word& word = words_[i];
    if (StartsExpression(word) && (word.text.size() <= 2 || rest.starts_with(word.text))) {
      classes |= ClassBit(word.word_class);
    }
  }
  return classes;
}

}  // namespace mailuo::dates
