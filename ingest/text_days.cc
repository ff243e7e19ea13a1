#include "ingest/text_days.h"

#include <algorithm>
#include <string>
#include <vector>

#include "embedded_IngestDatelines.h"
#include "ingest/loose_time.h"
#include "ingest/tsv_table.h"
#include "text/folded_text.h"
#include "text/utf8.h"

namespace mailuo::ingest {
namespace {

using text::FoldedText;
using text::IsAsciiDigit;

struct Cues {
  std::vector<std::u16string> later;
  std::vector<std::u16string> past;
  std::vector<std::u16string> until;
};

const Cues& Table() {
  static const Cues the_cues = [] {
    Cues cues;
    for (const auto& row : ReadTable(embedded::IngestDatelines(), 3)) {
      if (row[1] == "later") cues.later.push_back(text::FoldKey16(row[0]));
      if (row[1] == "past") cues.past.push_back(text::FoldKey16(row[0]));
      if (row[1] == "until") cues.until.push_back(text::FoldKey16(row[0]));
    }
    return cues;
  }();
  return the_cues;
}

bool StartsWithAny(std::u16string_view text, const std::vector<std::u16string>& words) {
  return std::any_of(words.begin(), words.end(), [text](const std::u16string& word) { return text.starts_with(word); });
}
bool EndsWithAny(std::u16string_view text, const std::vector<std::u16string>& words) {
  return std::any_of(words.begin(), words.end(), [text](const std::u16string& word) { return text.ends_with(word); });
}

// Whether the words before a day make it a plan, a deadline or the end of a span.
bool LeadsToLater(std::u16string_view lead) {
  while (lead.ends_with(u' ') || lead.ends_with(u'在') || lead.ends_with(u'于')) lead.remove_suffix(1);
  if (lead.ends_with(u"—") || lead.ends_with(u"-")) return true;
  return EndsWithAny(lead, Table().later) && !EndsWithAny(lead, Table().past);
}

// Whether the words behind a day do so.
bool EndsLater(std::u16string_view rest) {
  const std::size_t start = rest.find_first_not_of(u' ');
  return start != std::u16string_view::npos && StartsWithAny(rest.substr(start), Table().until);
}

struct FoundMonthDay {
  std::size_t start = 0;
  std::size_t end = 0;
  MonthDay value;
};

// The next M月D日 at or behind `from`; a year may stand before it.
std::optional<FoundMonthDay> FindMonthDay(std::u16string_view units, std::size_t from) {
  for (std::size_t at = units.find(u'月', from); at != std::u16string_view::npos; at = units.find(u'月', at + 1)) {
    std::size_t start = at;
    while (start > from && units[start - 1] == u' ') --start;
    const std::size_t digits_end = start;
    while (start > from && IsAsciiDigit(units[start - 1]) && digits_end - start < 3) --start;
    std::size_t end = at + 1;
    while (end < units.size() && units[end] == u' ') ++end;
    const std::size_t day_start = end;
    while (end < units.size() && IsAsciiDigit(units[end]) && end - day_start < 3) ++end;
    const std::size_t day_end = end;
    while (end < units.size() && units[end] == u' ') ++end;
    if (start == digits_end || day_start == day_end || end >= units.size() || units[end] != u'日') continue;
    MonthDay value;
    for (std::size_t i = start; i < digits_end; ++i) value.month = value.month * 10 + (units[i] - u'0');
    for (std::size_t i = day_start; i < day_end; ++i) value.day = value.day * 10 + (units[i] - u'0');
    constexpr int kLeapYear = 2024;
    if (MakeDate(kLeapYear, value.month, value.day)) return FoundMonthDay{start, end + 1, value};
  }
  return std::nullopt;
}

}  // namespace

HeadDay FindHeadDay(std::string_view title, std::string_view utf8) {
  const FoldedText folded_title(title);
  if (const auto day = FindMonthDay(folded_title.units(), 0); day && day->start == 0) {
    if (!EndsLater(folded_title.units().substr(day->end))) return {std::nullopt, day->value, true};
  }
  constexpr std::size_t kHeadBytes = 800;
  constexpr std::size_t kHeadUnits = 200;
  std::size_t cut = std::min(utf8.size(), kHeadBytes);
  while (cut > 0 && cut < utf8.size() && (static_cast<unsigned char>(utf8[cut]) & 0xC0U) == 0x80U) --cut;
  const FoldedText folded(utf8.substr(0, cut));
  const std::u16string_view units = folded.units().substr(0, kHeadUnits);
  std::size_t from = 0;
  while (const auto day = FindMonthDay(units, from)) {
    from = day->end;
    constexpr std::size_t kYearUnits = 10;
    const auto full = FindFullDay(units, day->start - std::min(day->start, kYearUnits));
    const bool in_full = full && full->start < day->start && day->end <= full->day_end;
    const std::size_t start = in_full ? full->start : day->start;
    // A year that made no full day is an impossible date or another calendar's.
    if (!in_full && start > 0 && units[start - 1] == u'年') continue;
    if (LeadsToLater(units.substr(0, start)) || EndsLater(units.substr(day->end))) continue;
    if (!in_full) return {std::nullopt, day->value, false};
    if (full->time) return {full->time->date, {}, false};
  }
  return {};
}

std::optional<Date> LatestDayToldAsPast(std::string_view utf8, Date limit) {
  const FoldedText folded(utf8);
  const std::u16string_view units = folded.units();
  std::optional<Date> latest;
  std::size_t from = 0;
  while (const auto found = FindFullDay(units, from)) {
    from = found->day_end;
    if (!found->time || found->time->date > limit) continue;
    if (LeadsToLater(units.substr(0, found->start)) || EndsLater(units.substr(found->day_end))) continue;
    if (!latest || *latest < found->time->date) latest = found->time->date;
  }
  return latest;
}

std::optional<int> LatestDayOfMonth(std::string_view utf8, int month) {
  const FoldedText folded(utf8);
  const std::u16string_view units = folded.units();
  std::optional<int> latest;
  std::size_t from = 0;
  while (const auto found = FindMonthDay(units, from)) {
    from = found->end;
    if (found->value.month != month || LeadsToLater(units.substr(0, found->start)) ||
        EndsLater(units.substr(found->end))) {
      continue;
    }
    if (!latest || *latest < found->value.day) latest = found->value.day;
  }
  return latest;
}

YearsTold FindYears(std::string_view utf8, int limit) {
  const FoldedText folded(utf8);
  const std::u16string_view units = folded.units();
  std::vector<int> years;
  for (std::size_t at = units.find(u'年'); at != std::u16string_view::npos; at = units.find(u'年', at + 1)) {
    std::size_t end = at;
    while (end > 0 && units[end - 1] == u' ') --end;
    if (end < 4 || (end > 4 && IsAsciiDigit(units[end - 5]))) continue;
    int year = 0;
    for (std::size_t i = end - 4; i < end; ++i) {
      year = IsAsciiDigit(units[i]) && year >= 0 ? year * 10 + (units[i] - u'0') : -1;
    }
    constexpr int kFirstYear = 1990;
    if (year >= kFirstYear && year <= limit) years.push_back(year);
  }
  if (years.empty()) return {};
  const int latest = *std::max_element(years.begin(), years.end());
  return {latest, std::find(years.begin(), years.end(), latest - 1) != years.end()};
}

}  // namespace mailuo::ingest
