#include "ingest/tsv_table.h"

#include <algorithm>
#include <utility>

#include "core/check.h"

namespace mailuo::ingest {

std::vector<std::vector<std::string_view>> ReadTable(std::string_view table, std::size_t columns) {
  std::vector<std::vector<std::string_view>> rows;
  bool header = true;
  while (!table.empty()) {
    std::string_view line = table.substr(0, table.find('\n'));
    table.remove_prefix(std::min(line.size() + 1, table.size()));
    if (line.empty() || line.front() == '#') continue;
    std::vector<std::string_view> row;
    while (true) {
      const std::size_t tab = line.find('\t');
      row.push_back(line.substr(0, tab));
      if (tab == std::string_view::npos) break;
      line.remove_prefix(tab + 1);
    }
    MAILUO_CHECK(row.size() == columns);
    if (!std::exchange(header, false)) rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace mailuo::ingest
