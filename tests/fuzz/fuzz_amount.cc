// Amounts of any text: inside the text, in order, never overlapping.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "text/amount.h"
#include "text/folded_text.h"
#include "text/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (size > 4096 || mailuo::text::FindInvalidUtf8(bytes)) return 0;
  const mailuo::text::FoldedText text(bytes);
  std::vector<mailuo::text::Amount> amounts;
  mailuo::text::FindAmounts(text.units(), {0, text.size()}, amounts);
  std::uint32_t last = 0;
  for (const auto& amount : amounts) {
    if (amount.span.start < last || amount.span.end <= amount.span.start || amount.span.end > text.size()) std::abort();
    if (amount.unit.empty()) std::abort();
    last = amount.span.end;
  }
  return 0;
}
