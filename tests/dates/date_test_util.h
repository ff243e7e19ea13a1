// Reads a text and prints what was found as "text=from..to" lines, so that tests are tables.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dates/date_finder.h"
#include "text/folded_text.h"
#include "text/sentence.h"

namespace mailuo::dates {

inline std::vector<FoundDate> FindIn(const text::FoldedText& folded, std::string_view published) {
  std::vector<FoundDate> found;
  FindDates(folded, text::SplitSentences(folded), DateContext{ParseIsoDate(published)}, found);
  return found;
}

inline std::string Print(const DateInterval& interval) {
  return (interval.from ? FormatDate(*interval.from) : "") + ".." + (interval.to ? FormatDate(*interval.to) : "");
}

// "去年=2024-01-01..2024-12-31; 3月=..." in the order of the text.
inline std::string Dates(std::string_view text, std::string_view published) {
  const text::FoldedText folded(text);
  std::string line;
  for (const FoundDate& date : FindIn(folded, published)) {
    if (!line.empty()) line += "; ";
    line += std::string(folded.Original(date.span)) + "=" + Print(date.interval);
  }
  return line;
}

struct DateCase {
  const char* text;
  const char* published;
  const char* dates;
};

}  // namespace mailuo::dates
