#include "ingest/loose_time.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include <fmt/core.h>

#include "ingest/printable.h"
#include "text/folded_text.h"
#include "text/utf8.h"

namespace mailuo::ingest {
namespace {

using text::IsAsciiAlnum;
using text::IsAsciiDigit;
using text::IsAsciiLetter;

constexpr int kMinutesPerDay = 24 * 60;
constexpr int kShanghaiMinutes = 8 * 60;

// Reads along a folded text.
class Cursor {
 public:
  Cursor(std::u16string_view text, std::size_t at) : text_(text), at_(at) {}

  std::size_t at() const { return at_; }
  bool done() const { return at_ >= text_.size(); }
  char16_t peek() const { return done() ? u'\0' : text_[at_]; }
  void Advance(std::size_t n) { at_ = std::min(text_.size(), at_ + n); }
  void SkipSpaces() {
    while (peek() == u' ') ++at_;
  }
  bool Take(std::u16string_view word) {
    if (text_.substr(std::min(at_, text_.size()), word.size()) != word) return false;
    at_ += word.size();
    return true;
  }
  // A number of min..max digits that no digit follows.
  std::optional<int> Number(std::size_t min, std::size_t max) {
    std::size_t end = at_;
    int value = 0;
    while (end < text_.size() && end - at_ <= max && IsAsciiDigit(text_[end])) {
      value = value * 10 + (text_[end++] - u'0');
    }
    if (end - at_ < min || end - at_ > max) return std::nullopt;
    at_ = end;
    return value;
  }

 private:
  std::u16string_view text_;
  std::size_t at_;
};

struct Clock {
  int minute = 0;
  std::optional<int> zone_minutes;  // East of Greenwich.
};

std::optional<int> TakeZone(Cursor& cursor) {
  Cursor look = cursor;
  look.SkipSpaces();
  if (look.Take(u"utc") || look.Take(u"gmt") || look.Take(u"z")) {
    cursor = look;
    // UTC+8 and GMT+0800 carry an offset behind the word.
    if (const auto more = TakeZone(look)) {
      cursor = look;
      return more;
    }
    return 0;
  }
  int sign = 0;
  if (look.Take(u"+")) sign = 1;
  if (sign == 0 && look.Take(u"-")) sign = -1;
  if (sign == 0) return std::nullopt;
  int hours = 0;
  int minutes = 0;
  Cursor four = look;
  if (const auto both = four.Number(4, 4)) {
    hours = *both / 100;
    minutes = *both % 100;
    look = four;
  } else if (const auto hour = look.Number(1, 2)) {
    hours = *hour;
    Cursor colon = look;
    if (colon.Take(u":")) {
      if (const auto minute = colon.Number(2, 2)) {
        minutes = *minute;
        look = colon;
      }
    }
  } else {
    return std::nullopt;
  }
  if (hours > 14 || minutes > 59) return std::nullopt;
  cursor = look;
  return sign * (hours * 60 + minutes);
}

// [T ][上午|下午]HH:MM[:SS[.fff]][ AM|PM][zone], HH时MM分, HH点
std::optional<Clock> TakeClock(Cursor& cursor) {
  Cursor look = cursor;
  look.SkipSpaces();
  if (look.Take(u"t") || look.Take(u",")) look.SkipSpaces();
  // A weekday may stand between: 2025年7月5日 星期六 08:15
  if (look.Take(u"(")) {
    if (!look.Take(u"星期") && !look.Take(u"周")) return std::nullopt;
    look.Advance(1);
    if (!look.Take(u")")) return std::nullopt;
  } else if (look.Take(u"星期")) {
    look.Advance(1);
  }
  look.SkipSpaces();
  const bool after_noon = look.Take(u"下午") || look.Take(u"晚上") || look.Take(u"晚间");
  if (!after_noon && !look.Take(u"上午")) look.Take(u"早上");
  look.SkipSpaces();
  const auto hour = look.Number(1, 2);
  if (!hour || *hour > 23) return std::nullopt;
  const bool chinese = look.Take(u"时") || look.Take(u"点");
  if (!chinese && !look.Take(u":")) return std::nullopt;
  const auto minute = look.Number(chinese ? 1 : 2, 2);
  if ((!minute && !chinese) || minute.value_or(0) > 59) return std::nullopt;
  if (chinese) look.Take(u"分");
  if (look.Take(u":")) {
    if (!look.Number(2, 2)) return std::nullopt;
    if (look.Take(u".")) look.Number(1, 9);
  }
  int minutes = *hour * 60 + minute.value_or(0);
  Cursor half = look;
  half.SkipSpaces();
  const bool pm = half.Take(u"pm");
  const bool am = !pm && half.Take(u"am");
  if (am || pm) look = half;
  if ((pm || after_noon) && *hour < 12) minutes += 12 * 60;
  if (am && *hour == 12) minutes -= 12 * 60;
  Clock clock{minutes, TakeZone(look)};
  cursor = look;
  return clock;
}

PublishedTime Combine(Date date, const Clock& clock) {
  int minute = clock.minute;
  if (clock.zone_minutes) minute += kShanghaiMinutes - *clock.zone_minutes;
  if (minute < 0) return {date - 1, static_cast<std::int16_t>(minute + kMinutesPerDay)};
  if (minute >= kMinutesPerDay) return {date + 1, static_cast<std::int16_t>(minute - kMinutesPerDay)};
  return {date, static_cast<std::int16_t>(minute)};
}

// YYYY?M?D at the cursor; the marks must agree with each other.
std::optional<FoundDay> TakeDay(Cursor& cursor) {
  Cursor look = cursor;
  FoundDay found;
  found.start = look.at();
  const auto year = look.Number(4, 4);
  if (!year || *year < 1900 || *year > 2199) return std::nullopt;
  look.SkipSpaces();
  char16_t mark = u'\0';
  for (const char16_t candidate : {u'年', u'-', u'/', u'.'}) {
    if (look.peek() == candidate) mark = candidate;
  }
  if (mark == u'\0') return std::nullopt;
  look.Advance(1);
  look.SkipSpaces();
  const auto month = look.Number(1, 2);
  if (!month) return std::nullopt;
  look.SkipSpaces();
  if (look.peek() != (mark == u'年' ? u'月' : mark)) return std::nullopt;
  look.Advance(1);
  look.SkipSpaces();
  const auto day = look.Number(1, 2);
  if (!day) return std::nullopt;
  Cursor suffix = look;
  suffix.SkipSpaces();
  if (suffix.Take(u"日") || suffix.Take(u"号")) {
    look = suffix;
  } else if (mark == u'年') {
    return std::nullopt;
  }
  found.year = *year;
  found.month = *month;
  found.day = *day;
  found.day_end = look.at();
  found.end = look.at();
  if (const auto date = MakeDate(*year, *month, *day)) found.time = PublishedTime{*date, -1};
  cursor = look;
  return found;
}

std::optional<int> MonthByName(std::u16string_view word) {
  constexpr std::array<std::u16string_view, 12> kMonths{u"jan", u"feb", u"mar", u"apr", u"may", u"jun",
                                                        u"jul", u"aug", u"sep", u"oct", u"nov", u"dec"};
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (word.substr(0, 3) == kMonths[i]) return static_cast<int>(i) + 1;
  }
  return std::nullopt;
}

// "05 Jul 2025 08:15:00 GMT" and "July 5, 2025 08:15".
std::optional<PublishedTime> ReadEnglishDate(std::u16string_view folded) {
  for (std::size_t i = 0; i < folded.size(); ++i) {
    if (!IsAsciiLetter(folded[i]) || (i > 0 && IsAsciiAlnum(folded[i - 1]))) continue;
    std::size_t word_end = i;
    while (word_end < folded.size() && IsAsciiLetter(folded[word_end])) ++word_end;
    const auto month = MonthByName(folded.substr(i, word_end - i));
    if (!month) {
      i = word_end;
      continue;
    }
    std::size_t before = i;
    while (before > 0 && (folded[before - 1] == u' ' || folded[before - 1] == u'-')) --before;
    std::size_t number = before;
    while (number > 0 && IsAsciiDigit(folded[number - 1])) --number;
    Cursor cursor(folded, word_end);
    cursor.Take(u".");
    Cursor day_before(folded, number);
    std::optional<int> day = number < before ? day_before.Number(1, 2) : std::nullopt;
    cursor.Take(u"-");
    cursor.SkipSpaces();
    if (!day) {
      day = cursor.Number(1, 2);
      cursor.Take(u",");
      cursor.SkipSpaces();
    }
    const auto year = cursor.Number(4, 4);
    if (!day || !year) return std::nullopt;
    const auto date = MakeDate(*year, *month, *day);
    if (!date) return std::nullopt;
    const auto clock = TakeClock(cursor);
    return clock ? Combine(*date, *clock) : PublishedTime{*date, -1};
  }
  return std::nullopt;
}

std::optional<PublishedTime> FromEpoch(std::int64_t seconds) {
  const std::int64_t local = seconds + std::int64_t{kShanghaiMinutes} * 60;
  constexpr std::int64_t kSecondsPerDay = std::int64_t{kMinutesPerDay} * 60;
  const std::int64_t days = local / kSecondsPerDay;
  return PublishedTime{Date{static_cast<std::int32_t>(days)}, static_cast<std::int16_t>(local % kSecondsPerDay / 60)};
}

// A field that is digits alone: 20250705, 20250705081500, seconds or milliseconds since 1970.
std::optional<LooseTime> ReadDigits(std::string_view digits) {
  const std::size_t dot = digits.find('.');
  if (dot != std::string_view::npos && digits.find_first_not_of("0123456789", dot + 1) == std::string_view::npos &&
      dot >= 9) {
    digits = digits.substr(0, dot);
  }
  constexpr std::size_t kMaxDigits = 14;
  if (digits.empty() || digits.size() > kMaxDigits ||
      digits.find_first_not_of("0123456789") != std::string_view::npos) {
    return std::nullopt;
  }
  const std::int64_t value = std::strtoll(std::string(digits).c_str(), nullptr, 10);
  const auto number = [digits](std::size_t at, std::size_t size) {
    return std::atoi(std::string(digits.substr(at, size)).c_str());
  };
  switch (digits.size()) {
    case 8:
    case 12:
    case 14: {
      const auto date = MakeDate(number(0, 4), number(4, 2), number(6, 2));
      if (!date) {
        return LooseTime{std::nullopt, fmt::format("there is no {}-{}-{}", digits.substr(0, 4), digits.substr(4, 2),
                                                   digits.substr(6, 2))};
      }
      if (digits.size() == 8) return LooseTime{PublishedTime{*date, -1}, {}};
      const int hour = number(8, 2);
      const int minute = number(10, 2);
      const bool valid = hour < 24 && minute < 60;
      return LooseTime{PublishedTime{*date, static_cast<std::int16_t>(valid ? hour * 60 + minute : -1)}, {}};
    }
    case 9:
    case 10: return LooseTime{FromEpoch(value), {}};
    case 13: return LooseTime{FromEpoch(value / 1000), {}};
    default: return std::nullopt;
  }
}

}  // namespace

std::optional<FoundDay> FindFullDay(std::u16string_view folded, std::size_t from) {
  for (std::size_t i = from; i + 8 <= folded.size(); ++i) {
    if ((folded[i] != u'1' && folded[i] != u'2') || (i > 0 && (IsAsciiDigit(folded[i - 1]) || folded[i - 1] == u'.'))) {
      continue;
    }
    Cursor cursor(folded, i);
    auto found = TakeDay(cursor);
    if (!found) continue;
    if (found->time) {
      if (const auto clock = TakeClock(cursor)) {
        found->time = Combine(found->time->date, *clock);
        found->end = cursor.at();
      }
    }
    return found;
  }
  return std::nullopt;
}

LooseTime ReadLooseTime(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {std::nullopt, "no date in an empty field"};
  text = text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
  constexpr std::size_t kMaxBytes = 200;
  text = text.substr(0, kMaxBytes);
  if (const auto iso = ParsePublishedTime(text)) return {iso, {}};
  if (auto digits = ReadDigits(text)) return *std::move(digits);
  // Cutting may have left half a character.
  if (const auto bad = text::FindInvalidUtf8(text)) text = text.substr(0, *bad);
  const text::FoldedText folded(text);
  if (const auto found = FindFullDay(folded.units(), 0)) {
    if (found->time) return {found->time, {}};
    return {std::nullopt, fmt::format("there is no {:04}-{:02}-{:02}", found->year, found->month, found->day)};
  }
  if (const auto english = ReadEnglishDate(folded.units())) return {english, {}};
  return {std::nullopt, fmt::format("no full date in \"{}\"", Printable(text))};
}

std::optional<Date> FindNameDate(std::string_view name) {
  const auto digit = [name](std::size_t i) { return i < name.size() && name[i] >= '0' && name[i] <= '9'; };
  const auto number = [name](std::size_t at, std::size_t size) {
    return std::atoi(std::string(name.substr(at, size)).c_str());
  };
  const auto mark = [name](std::size_t i) {
    return i < name.size() && (name[i] == '-' || name[i] == '_' || name[i] == '.' || name[i] == '/');
  };
  const auto run = [&digit](std::size_t i) {
    std::size_t length = 0;
    while (digit(i + length)) ++length;
    return length;
  };
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (!digit(i) || (i > 0 && digit(i - 1))) continue;
    const std::size_t length = run(i);
    if (length == 8 || length == 12 || length == 14) {
      if (const auto date = MakeDate(number(i, 4), number(i + 4, 2), number(i + 6, 2));
          date && number(i, 4) >= 1990 && number(i, 4) < 2200) {
        return date;
      }
    }
    const bool year = length == 4 && number(i, 4) >= 1990 && number(i, 4) < 2200;
    if (year && mark(i + 4)) {
      const std::size_t month = run(i + 5);
      // /2026/04-28/ and /2026/0428/
      if (month == 4) {
        if (const auto date = MakeDate(number(i, 4), number(i + 5, 2), number(i + 7, 2))) return date;
      }
      if ((month == 1 || month == 2) && mark(i + 5 + month)) {
        const std::size_t day = run(i + 6 + month);
        if (day == 1 || day == 2) {
          if (const auto date = MakeDate(number(i, 4), number(i + 5, month), number(i + 6 + month, day))) return date;
        }
      }
    }
    // /202604/28/
    if (length == 6 && number(i, 4) >= 1990 && number(i, 4) < 2200 && mark(i + 6)) {
      const std::size_t day = run(i + 7);
      if (day == 2) {
        if (const auto date = MakeDate(number(i, 4), number(i + 4, 2), number(i + 7, 2))) return date;
      }
    }
    // The Chinese form in a name: 2025年7月5日
    if (year && name.substr(i + 4).starts_with("年")) {
      const text::FoldedText folded(name.substr(0, text::FindInvalidUtf8(name).value_or(name.size())));
      const auto found = FindFullDay(folded.units(), 0);
      return found && found->time ? std::optional(found->time->date) : std::nullopt;
    }
    i += length;
  }
  return std::nullopt;
}

std::optional<YearMonth> FindNameMonth(std::string_view name) {
  const auto digit = [name](std::size_t i) { return i < name.size() && name[i] >= '0' && name[i] <= '9'; };
  for (std::size_t i = 0; i + 6 <= name.size(); ++i) {
    if (!digit(i) || !digit(i + 1) || !digit(i + 2) || !digit(i + 3) || digit(i + 4) || (i > 0 && digit(i - 1))) {
      continue;
    }
    const std::string_view rest = name.substr(i + 4);
    const bool chinese = rest.starts_with("年");
    const std::size_t start = i + 4 + (chinese ? std::string_view("年").size() : 1);
    if (!chinese && rest.front() != '-' && rest.front() != '_' && rest.front() != '.') continue;
    if (!digit(start)) continue;
    const std::size_t digits = digit(start + 1) ? 2 : 1;
    if (digit(start + digits)) continue;
    const int year = std::atoi(std::string(name.substr(i, 4)).c_str());
    const int month = std::atoi(std::string(name.substr(start, digits)).c_str());
    if (year >= 1990 && year < 2200 && month >= 1 && month <= 12) return YearMonth{year, month};
  }
  return std::nullopt;
}

}  // namespace mailuo::ingest
