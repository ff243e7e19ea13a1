// Codes in any text: spans lie inside it and in order, and every code found is its own canonical spelling.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "text/folded_text.h"
#include "text/ticker.h"
#include "text/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mailuo;  // NOLINT(google-build-using-namespace)
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (text::FindInvalidUtf8(bytes)) return 0;
  const text::FoldedText folded(bytes);
  std::vector<text::FoundTicker> found;
  text::FindTickers(folded, found);
  std::uint32_t last = 0;
  for (const text::FoundTicker& ticker : found) {
    if (ticker.span.start < last || ticker.span.end > folded.size() || ticker.span.empty()) std::abort();
    last = ticker.span.end;
    if (text::CanonicalTicker(ticker.ticker) != ticker.ticker) std::abort();
  }
  text::CanonicalTicker(bytes);
  return 0;
}
