// Rows of a CSV file (RFC 4180).
// Thread safety: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "ingest/record_fields.h"

namespace mailuo::ingest {

// The fields of one row, line end excluded or not. Quotes matter only where a field starts with one; what follows the
// closing quote up to the separator belongs to the field as it is.
std::vector<std::string> SplitCsvRow(std::string_view row, char separator);

// Fields of the row by the names in `header`. kInvalidArgument for a row with more fields than the header.
Result<RecordFields> ReadCsvRow(std::string_view row, char separator, const std::vector<std::string>& header);

// kInvalidArgument unless the names have at least a text or a title among them.
Status CheckCsvHeader(const std::vector<std::string>& header);

}  // namespace mailuo::ingest
