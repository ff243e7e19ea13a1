#include "dates/table_text.h"

#include <charconv>

namespace mailuo::dates {

std::string_view TakePart(std::string_view& text, char separator) {
  const std::size_t at = text.find(separator);
  const std::string_view part = text.substr(0, at);
  text = at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
  return part;
}

std::optional<int> ParseNumber(std::string_view text) {
  int value = 0;
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool TableReader::Next(std::array<std::string_view, kMostColumns>& columns) {
  while (!rest_.empty()) {
    std::string_view line = TakePart(rest_, '\n');
    if (line.empty() || line.front() == '#') continue;
    if (!header_read_) {
      header_read_ = true;
      continue;
    }
    for (std::string_view& column : columns) column = TakePart(line, '\t');
    return true;
  }
  return false;
}

}  // namespace mailuo::dates
