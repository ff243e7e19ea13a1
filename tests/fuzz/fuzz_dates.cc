// Dates in any text: intervals are valid, spans lie in the text in order, and the query reader agrees with its limits.
// The first two bytes choose the day of publication.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "dates/date_finder.h"
#include "text/folded_text.h"
#include "text/sentence.h"
#include "text/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2 || size > 4096) return 0;
  mailuo::dates::DateContext context;
  const int choice = data[0] * 256 + data[1];
  if (choice != 0) context.published = mailuo::Date{choice - 10'000};
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
  if (mailuo::text::FindInvalidUtf8(bytes)) return 0;
  const mailuo::text::FoldedText text(bytes);
  std::vector<mailuo::dates::FoundDate> found;
  std::vector<mailuo::dates::DateTrace> trace;
  mailuo::dates::FindDates(text, mailuo::text::SplitSentences(text), context, found, &trace);
  if (trace.size() != found.size()) std::abort();
  std::uint32_t last = 0;
  for (const auto& date : found) {
    if (date.span.start < last || date.span.end <= date.span.start || date.span.end > text.size()) std::abort();
    if (!date.interval.from && !date.interval.to) std::abort();
    if (date.interval.from && date.interval.to && *date.interval.to < *date.interval.from) std::abort();
    last = date.span.end;
  }
  if (context.published) (void)mailuo::dates::ParseDateQuery(bytes, *context.published);
  return 0;
}
