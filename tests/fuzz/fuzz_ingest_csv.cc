// Any bytes as CSV, fed in two pieces: the rows do not depend on where the pieces part.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/csv_row.h"
#include "ingest/record_splitter.h"

namespace {

std::vector<std::string> Rows(std::string_view text, std::size_t cut) {
  using mailuo::ingest::InputFormat;
  constexpr std::uint64_t kMaxRecord = 4096;
  const auto splitter = mailuo::ingest::RecordSplitter::Create(InputFormat::kCsv, kMaxRecord);
  std::vector<std::string> rows;
  const auto sink = [&rows](mailuo::ingest::SplitRecord&& record) {
    rows.push_back(record.error ? record.error->message : std::move(record.bytes));
    return true;
  };
  if (splitter->Feed(text.substr(0, cut), sink) && splitter->Feed(text.substr(cut), sink)) splitter->Finish(sink);
  return rows;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  const auto whole = Rows(text, text.size());
  const auto parts = Rows(text, text.empty() ? 0 : data[0] % text.size());
  // An unclosed quote is noticed earlier or later, depending on the pieces; rows before it are the same.
  for (std::size_t i = 0; i + 1 < whole.size() && i + 1 < parts.size(); ++i) {
    if (whole[i] != parts[i]) std::abort();
  }
  if (whole.empty()) return 0;
  const auto header = mailuo::ingest::SplitCsvRow(whole[0], ',');
  for (const std::string& row : whole) {
    if (mailuo::ingest::SplitCsvRow(row, ',').empty()) std::abort();
    (void)mailuo::ingest::ReadCsvRow(row, ',', header).has_value();
  }
  return 0;
}
