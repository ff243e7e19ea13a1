#include "dates/fiscal_years.h"

#include <array>
#include <string>
#include <vector>

#include "dates/table_text.h"
#include "embedded_FiscalYears.h"
#include "text/folded_text.h"

namespace mailuo::dates {
namespace {

struct Row {
  std::u16string name;
  FiscalCalendar calendar;
};

const std::vector<Row>& Rows() {
  static const std::vector<Row> rows = [] {
    std::vector<Row> all;
    TableReader reader(embedded::FiscalYears());
    std::array<std::string_view, TableReader::kMostColumns> row;
    while (reader.Next(row)) {
      const FiscalCalendar calendar{ParseNumber(row[1]).value_or(12), row[2] == "start"};
      while (!row[0].empty()) all.push_back({text::FoldKey16(TakePart(row[0], '|')), calendar});
    }
    return all;
  }();
  return rows;
}

}  // namespace

std::optional<FiscalCalendar> FiscalCalendarOf(std::u16string_view left_context) {
  constexpr std::size_t kReach = 400;  // A company is named again within a few sentences.
  if (left_context.size() > kReach) left_context.remove_prefix(left_context.size() - kReach);
  std::optional<FiscalCalendar> best;
  std::size_t best_at = 0;
  for (const Row& row : Rows()) {
    const std::size_t at = left_context.rfind(row.name);
    if (at == std::u16string_view::npos || (best && at <= best_at)) continue;
    // hp, kla and the like are words of their own.
    const bool latin = text::IsAsciiLetter(row.name.front());
    const std::size_t end = at + row.name.size();
    if (latin && ((at > 0 && text::IsAsciiAlnum(left_context[at - 1])) ||
                  (end < left_context.size() && text::IsAsciiAlnum(left_context[end])))) {
      continue;
    }
    best = row.calendar;
    best_at = at;
  }
  return best;
}

std::optional<Period> FiscalPeriod(const FiscalCalendar& calendar, int year, int quarter) {
  // The first month of the year as a count of months from January of `year`.
  const int end_year = calendar.named_by_start && calendar.end_month != 12 ? year + 1 : year;
  const auto end = MonthPeriod(end_year, calendar.end_month);
  const auto start = end ? AddMonths(end->from, -11) : std::nullopt;
  if (!start) return std::nullopt;
  if (quarter == 0) return Period{*start, end->to, DatePrecision::kYear, DateCertainty::kExact};
  const auto first = AddMonths(*start, (quarter - 1) * 3);
  const auto next = AddMonths(*start, quarter * 3);
  if (!first || !next) return std::nullopt;
  return Period{*first, *next - 1, DatePrecision::kQuarter, DateCertainty::kExact};
}

}  // namespace mailuo::dates
