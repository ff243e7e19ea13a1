// The tables of corpus/ingest, compiled into the program: comment lines start with "#", the first other line names the
// columns.
// Thread safety: pure function.
#pragma once

#include <string_view>
#include <vector>

namespace mailuo::ingest {

// Rows without the header; every row has exactly `columns` fields (checked: the tables are part of the program). Views
// into `table`.
std::vector<std::vector<std::string_view>> ReadTable(std::string_view table, std::size_t columns);

}  // namespace mailuo::ingest
