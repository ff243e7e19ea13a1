#include "text/sentence.h"

#include <string_view>

namespace mailuo::text {
namespace {

bool IsCloser(char16_t unit) {
  return unit == u'”' || unit == u'’' || unit == u'"' || unit == u')' || unit == u']' || unit == u'】' || unit == u'》';
}

bool IsOpener(char16_t unit) { return unit == u'《' || unit == u'('; }
char16_t Partner(char16_t opener) { return opener == u'(' ? u')' : u'》'; }

// The bracket that opens at `at` closes within its line and within a bound that no title exceeds.
std::uint32_t BracketEnd(std::u16string_view units, std::uint32_t at, std::uint32_t line_end) {
  constexpr std::uint32_t kLongest = 120;
  const std::uint32_t stop = at + kLongest < line_end ? at + kLongest : line_end;
  for (std::uint32_t i = at + 1; i < stop; ++i) {
    if (units[i] == Partner(units[at])) return i;
  }
  return at;
}

bool EndsAt(std::u16string_view units, std::uint32_t i, std::uint32_t line_end) {
  const char16_t unit = units[i];
  const char16_t next = i + 1 < line_end ? units[i + 1] : u'\n';
  switch (unit) {
    case u'。':
    case u'…': return unit == u'。' || next == u'…' || (i > 0 && units[i - 1] == u'…');
    case u'!':
    case u'?': return !(IsAsciiAlnum(next) || next == u'=' || next == u'/');
    case u'.': {
      if (i == 0 || !IsAsciiLetter(units[i - 1]) || next != u' ' || i + 2 >= line_end) return false;
      // One letter before the stop is an initial (J. Huang), not an end.
      const bool initial = i < 2 || !IsAsciiLetter(units[i - 2]);
      return !initial && (IsHan(units[i + 2]) || IsAsciiLetter(units[i + 2]));
    }
    default: return false;
  }
}

}  // namespace

std::vector<Sentence> SplitSentences(const FoldedText& text) {
  const std::u16string_view units = text.units();
  const std::uint32_t size = text.size();
  std::vector<Sentence> sentences;
  std::uint32_t paragraph = 0;
  std::uint32_t line = 0;
  while (line < size) {
    const std::size_t found = units.find(u'\n', line);
    const std::uint32_t line_end = found == std::u16string_view::npos ? size : static_cast<std::uint32_t>(found);
    const std::size_t before = sentences.size();
    const auto add = [&](std::uint32_t start, std::uint32_t end) {
      while (start < end && units[start] == u' ') ++start;
      while (end > start && units[end - 1] == u' ') --end;
      if (start < end) sentences.push_back({{start, end}, paragraph});
    };
    std::uint32_t start = line;
    for (std::uint32_t i = line; i < line_end; ++i) {
      // Most units are letters of words and neither open a bracket nor end a sentence.
      if (IsHan(units[i])) continue;
      if (IsOpener(units[i])) {
        i = BracketEnd(units, i, line_end);
        continue;
      }
      if (!EndsAt(units, i, line_end)) continue;
      std::uint32_t end = i + 1;
      while (end < line_end && (IsCloser(units[end]) || EndsAt(units, end, line_end))) ++end;
      add(start, end);
      start = end;
      i = end - 1;
    }
    add(start, line_end);
    if (sentences.size() > before) ++paragraph;
    line = line_end + 1;
  }
  return sentences;
}

}  // namespace mailuo::text
