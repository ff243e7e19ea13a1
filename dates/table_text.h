// The tables of corpus/dates as they are embedded: lines of tab-separated columns, "#" comments, one header line.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace mailuo::dates {

// Walks the rows of one table. The tables are part of the program (a test reads every row), so a bad row is left out,
// not reported.
class TableReader {
 public:
  static constexpr std::size_t kMostColumns = 8;
  explicit TableReader(std::string_view text) : rest_(text) {}
  // The next data row, absent columns empty. False at the end.
  bool Next(std::array<std::string_view, kMostColumns>& columns);

 private:
  std::string_view rest_;
  bool header_read_ = false;
};

// Cuts `text` at `separator`; the part before it is removed from `text` and returned.
std::string_view TakePart(std::string_view& text, char separator);
std::optional<int> ParseNumber(std::string_view text);

}  // namespace mailuo::dates
