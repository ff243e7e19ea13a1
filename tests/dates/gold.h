// The labelled news of corpus/dates/gold.tsv.
#pragma once

#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.h"
#include "dates/table_text.h"
#include "text/utf8.h"

namespace mailuo::dates {

struct GoldMention {
  TextSpan span;  // Code points of GoldText::text.
  std::string text;
  DateInterval interval;
};

struct GoldText {
  int line = 0;
  std::string published;
  std::string text;
  std::vector<GoldMention> mentions;
};

// 2025, 2025-07, 2025-07-04 or a range of these; empty ends are open.
inline DateInterval ParseGoldValue(std::string_view value) {
  const auto bound = [](std::string_view text, bool last) -> std::optional<Date> {
    if (text.empty()) return std::nullopt;
    const int year = ParseNumber(text.substr(0, 4)).value_or(0);
    if (text.size() == 4) return MakeDate(year, last ? 12 : 1, last ? 31 : 1);
    const int month = ParseNumber(text.substr(5, 2)).value_or(0);
    if (text.size() == 7) return MakeDate(year, month, last ? DaysInMonth(year, month) : 1);
    return ParseIsoDate(text);
  };
  const std::size_t dots = value.find("..");
  if (dots == std::string_view::npos) return {bound(value, false), bound(value, true)};
  return {bound(value.substr(0, dots), false), bound(value.substr(dots + 2), true)};
}

inline std::vector<GoldText> ReadGold(const std::string& path) {
  constexpr std::string_view kOpen = "【";
  constexpr std::string_view kClose = "】";
  std::ifstream file(path);
  std::vector<GoldText> texts;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    if (line.empty() || line[0] == '#' || line.rfind("published\t", 0) == 0) continue;
    GoldText out;
    out.line = number;
    std::string_view rest = line;
    out.published = TakePart(rest, '\t');
    while (!rest.empty()) {
      const std::size_t open = rest.find(kOpen);
      out.text += rest.substr(0, open);
      if (open == std::string_view::npos) break;
      rest.remove_prefix(open + kOpen.size());
      const std::size_t close = rest.find(kClose);
      const std::string_view label = rest.substr(0, close);
      const std::size_t equals = label.find('=');
      if (close == std::string_view::npos || equals == std::string_view::npos) {
        throw std::runtime_error(path + ":" + std::to_string(number) + ": bad label " + std::string(label));
      }
      GoldMention mention;
      mention.text = label.substr(0, equals);
      mention.span.start = static_cast<std::uint32_t>(text::CountCodePoints(out.text));
      out.text += mention.text;
      mention.span.end = static_cast<std::uint32_t>(text::CountCodePoints(out.text));
      mention.interval = ParseGoldValue(label.substr(equals + 1));
      out.mentions.push_back(mention);
      rest.remove_prefix(close + kClose.size());
    }
    for (std::size_t at; (at = out.text.find("¶")) != std::string::npos;) out.text.replace(at, 2, "\n ");
    texts.push_back(out);
  }
  return texts;
}

}  // namespace mailuo::dates
