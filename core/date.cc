#include "core/date.h"

#include <chrono>

#include <fmt/core.h>

namespace mailuo {
namespace {

constexpr int kMinutesPerDay = 24 * 60;
constexpr int kShanghaiOffsetMinutes = 8 * 60;

// Reads exactly `digits` decimal digits at the front of `text` and removes them.
std::optional<int> TakeDigits(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool TakeChar(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Date> TakeIsoDate(std::string_view& text) {
  const auto year = TakeDigits(text, 4);
  if (!year || !TakeChar(text, '-')) return std::nullopt;
  const auto month = TakeDigits(text, 2);
  if (!month || !TakeChar(text, '-')) return std::nullopt;
  const auto day = TakeDigits(text, 2);
  if (!day) return std::nullopt;
  return MakeDate(*year, *month, *day);
}

}  // namespace

std::optional<Date> MakeDate(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  const std::chrono::year_month_day civil{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                          std::chrono::day{static_cast<unsigned>(day)}};
  if (!civil.ok()) return std::nullopt;
  return Date{static_cast<std::int32_t>(std::chrono::sys_days{civil}.time_since_epoch().count())};
}

CivilDate ToCivil(Date date) {
  const std::chrono::year_month_day civil{std::chrono::sys_days{std::chrono::days{date.days}}};
  return {static_cast<int>(civil.year()), static_cast<int>(static_cast<unsigned>(civil.month())),
          static_cast<int>(static_cast<unsigned>(civil.day()))};
}

int DaysInMonth(int year, int month) {
  const std::chrono::year_month_day_last last{
      std::chrono::year{year}, std::chrono::month_day_last{std::chrono::month{static_cast<unsigned>(month)}}};
  return static_cast<int>(static_cast<unsigned>(last.day()));
}

int IsoWeekday(Date date) {
  // 1970-01-01 was a Thursday.
  const int index = (date.days % 7 + 7 + 3) % 7;
  return index + 1;
}

std::string FormatDate(Date date) {
  const CivilDate civil = ToCivil(date);
  return fmt::format("{:04}-{:02}-{:02}", civil.year, civil.month, civil.day);
}

std::optional<Date> ParseIsoDate(std::string_view text) {
  const auto date = TakeIsoDate(text);
  if (!text.empty()) return std::nullopt;
  return date;
}

std::optional<PublishedTime> ParsePublishedTime(std::string_view text) {
  const auto date = TakeIsoDate(text);
  if (!date) return std::nullopt;
  if (text.empty()) return PublishedTime{*date, -1};
  if (!TakeChar(text, 'T') && !TakeChar(text, 't') && !TakeChar(text, ' ')) return std::nullopt;
  const auto hour = TakeDigits(text, 2);
  if (!hour || !TakeChar(text, ':')) return std::nullopt;
  const auto minute = TakeDigits(text, 2);
  if (!minute || *hour > 23 || *minute > 59) return std::nullopt;
  if (TakeChar(text, ':')) {
    const auto second = TakeDigits(text, 2);
    if (!second || *second > 60) return std::nullopt;
    if (TakeChar(text, '.')) {
      while (!text.empty() && text.front() >= '0' && text.front() <= '9') text.remove_prefix(1);
    }
  }
  int offset = kShanghaiOffsetMinutes;
  if (TakeChar(text, 'Z') || TakeChar(text, 'z')) {
    offset = 0;
  } else if (!text.empty()) {
    const int sign = text.front() == '-' ? -1 : 1;
    if (!TakeChar(text, '+') && !TakeChar(text, '-')) return std::nullopt;
    const auto offset_hour = TakeDigits(text, 2);
    TakeChar(text, ':');
    const auto offset_minute = TakeDigits(text, 2);
    if (!offset_hour || !offset_minute || *offset_hour > 14 || *offset_minute > 59) return std::nullopt;
    offset = sign * (*offset_hour * 60 + *offset_minute);
  }
  if (!text.empty()) return std::nullopt;
  const int local = *hour * 60 + *minute - offset + kShanghaiOffsetMinutes;
  const int shift = local < 0 ? -1 : (local >= kMinutesPerDay ? 1 : 0);
  return PublishedTime{*date + shift, static_cast<std::int16_t>(local - shift * kMinutesPerDay)};
}

std::string FormatPublishedTime(const PublishedTime& time) {
  if (time.minute < 0) return FormatDate(time.date);
  return fmt::format("{}T{:02}:{:02}+08:00", FormatDate(time.date), time.minute / 60, time.minute % 60);
}

}  // namespace mailuo
