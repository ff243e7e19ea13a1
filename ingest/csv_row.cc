#include "ingest/csv_row.h"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "ingest/printable.h"

namespace mailuo::ingest {

std::vector<std::string> SplitCsvRow(std::string_view row, char separator) {
  if (row.ends_with('\n')) row.remove_suffix(1);
  if (row.ends_with('\r')) row.remove_suffix(1);
  std::vector<std::string> fields(1);
  bool quoted = false;
  bool at_start = true;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const char c = row[i];
    if (quoted) {
      if (c != '"') {
        fields.back() += c;
      } else if (i + 1 < row.size() && row[i + 1] == '"') {
        fields.back() += c;
        ++i;
      } else {
        quoted = false;
      }
    } else if (c == '"' && at_start) {
      quoted = true;
    } else if (c == separator) {
      fields.emplace_back();
      at_start = true;
      continue;
    } else {
      fields.back() += c;
    }
    at_start = false;
  }
  return fields;
}

Result<RecordFields> ReadCsvRow(std::string_view row, char separator, const std::vector<std::string>& header) {
  std::vector<std::string> values = SplitCsvRow(row, separator);
  // Spreadsheets pad rows with empty fields.
  while (values.size() > header.size() && values.back().empty()) values.pop_back();
  if (values.size() > header.size()) {
    return Error{ErrorCode::kInvalidArgument,
                 fmt::format("row has {} fields, the header has {}", values.size(), header.size())};
  }
  RecordFields fields;
  for (std::size_t i = 0; i < values.size(); ++i) fields.Offer(header[i], std::move(values[i]));
  return fields;
}

Status CheckCsvHeader(const std::vector<std::string>& header) {
  const bool found = std::any_of(header.begin(), header.end(), [](const std::string& name) {
    const Field field = LookUpField(name).field;
    return field == Field::kText || field == Field::kTitle;
  });
  if (found) return {};
  std::string names;
  constexpr std::size_t kShown = 8;
  for (std::size_t i = 0; i < std::min(header.size(), kShown); ++i) {
    names += (i == 0 ? "" : ", ") + Printable(std::string_view(header[i]).substr(0, 64));
  }
  return Error{ErrorCode::kInvalidArgument,
               fmt::format("the first row names no text column (text, content, body, 正文, 内容); it has: {}", names)};
}

}  // namespace mailuo::ingest
