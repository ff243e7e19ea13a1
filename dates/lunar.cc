#include "dates/lunar.h"

#include <array>
#include <cstddef>
#include <cstdint>

#include "dates/table_text.h"
#include "embedded_LunarYears.h"
#include "embedded_SolarTerms.h"

namespace mailuo::dates {
namespace {

constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2100;
constexpr std::size_t kYears = kLastYear - kFirstYear + 1;

struct LunarYearRow {
  Date new_year;
  std::int8_t leap_month = 0;
  std::int8_t months = 0;         // 0: no such row.
  std::uint16_t long_months = 0;  // Bit i: the i-th month of the year (leap month counted) has 30 days.

  int DaysOf(int index) const { return (long_months >> index & 1) != 0 ? 30 : 29; }
};

struct Tables {
  std::array<LunarYearRow, kYears> years{};
  std::array<std::array<std::int8_t, 24>, kYears> terms{};

  Tables() {
    std::array<std::string_view, TableReader::kMostColumns> row;
    TableReader lunar(embedded::LunarYears());
    while (lunar.Next(row)) {
      const int year = ParseNumber(row[0]).value_or(0);
      const auto new_year = ParseIsoDate(row[1]);
      if (year < kFirstYear || year > kLastYear || !new_year || row[3].size() > 13) continue;
      LunarYearRow& out = years[static_cast<std::size_t>(year - kFirstYear)];
      out.new_year = *new_year;
      out.leap_month = static_cast<std::int8_t>(ParseNumber(row[2]).value_or(0));
      out.months = static_cast<std::int8_t>(row[3].size());
      for (std::size_t i = 0; i < row[3].size(); ++i) {
        if (row[3][i] == '1') out.long_months = static_cast<std::uint16_t>(out.long_months | 1U << i);
      }
    }
    TableReader solar(embedded::SolarTerms());
    while (solar.Next(row)) {
      const int year = ParseNumber(row[0]).value_or(0);
      if (year < kFirstYear || year > kLastYear) continue;
      for (std::int8_t& day : terms[static_cast<std::size_t>(year - kFirstYear)]) {
        day = static_cast<std::int8_t>(ParseNumber(TakePart(row[1], ' ')).value_or(0));
      }
    }
  }
};

const Tables& Get() {
  static const Tables tables;
  return tables;
}

const LunarYearRow* RowOf(int year) {
  if (year < kFirstYear || year > kLastYear) return nullptr;
  const LunarYearRow& row = Get().years[static_cast<std::size_t>(year - kFirstYear)];
  return row.months == 0 ? nullptr : &row;
}

// Position of a month in its year, or -1 where the year has no such month.
int IndexOf(const LunarYearRow& row, int month, bool leap) {
  if (month < 1 || month > 12 || (leap && month != row.leap_month)) return -1;
  const bool behind_leap = row.leap_month != 0 && (month > row.leap_month || leap);
  return month - 1 + (behind_leap ? 1 : 0);
}

}  // namespace

std::optional<Period> LunarMonth(int year, int month, bool leap) {
  const LunarYearRow* row = RowOf(year);
  const int index = row == nullptr ? -1 : IndexOf(*row, month, leap);
  if (index < 0 || index >= row->months) return std::nullopt;
  Date start = row->new_year;
  for (int i = 0; i < index; ++i) start = start + row->DaysOf(i);
  return Period{start, start + (row->DaysOf(index) - 1), DatePrecision::kMonth, DateCertainty::kExact};
}

std::optional<Date> FromLunar(const LunarDate& lunar) {
  const auto month = LunarMonth(lunar.year, lunar.month, lunar.leap);
  if (!month || lunar.day < 1 || month->from + (lunar.day - 1) > month->to) return std::nullopt;
  return month->from + (lunar.day - 1);
}

std::optional<LunarDate> ToLunar(Date date) {
  for (int year = ToCivil(date).year, tries = 0; tries < 2; --year, ++tries) {
    const LunarYearRow* row = RowOf(year);
    if (row == nullptr || date < row->new_year) continue;
    int rest = date - row->new_year;
    for (int i = 0; i < row->months; ++i) {
      if (rest < row->DaysOf(i)) {
        const bool behind = row->leap_month != 0 && i >= row->leap_month;
        return LunarDate{year, i + 1 - (behind ? 1 : 0), rest + 1, row->leap_month != 0 && i == row->leap_month};
      }
      rest -= row->DaysOf(i);
    }
  }
  return std::nullopt;
}

std::optional<Date> LunarYearEnd(int year) {
  const LunarYearRow* row = RowOf(year);
  if (row == nullptr) return std::nullopt;
  Date end = row->new_year - 1;
  for (int i = 0; i < row->months; ++i) end = end + row->DaysOf(i);
  return end;
}

std::optional<Date> SolarTerm(int year, int term) {
  if (year < kFirstYear || year > kLastYear || term < 0 || term > 23) return std::nullopt;
  return MakeDate(year, term / 2 + 1,
                  Get().terms[static_cast<std::size_t>(year - kFirstYear)][static_cast<std::size_t>(term)]);
}

}  // namespace mailuo::dates
