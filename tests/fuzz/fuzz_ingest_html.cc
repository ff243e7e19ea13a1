// Any bytes as a web page: no crash, bounded time, and a text that is well-formed.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "ingest/html_page.h"
#include "ingest/html_reduce.h"
#include "text/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  mailuo::ingest::DeclaredCharset(bytes);
  // The decoder hands on nothing else.
  if (mailuo::text::FindInvalidUtf8(bytes)) return 0;
  if (const auto page = mailuo::ingest::ReadHtmlPage(bytes)) {
    if (mailuo::text::FindInvalidUtf8(page->fields.text) || mailuo::text::FindInvalidUtf8(page->fields.title))
      std::abort();
  }
  if (const auto text = mailuo::ingest::TextOfHtml(bytes)) {
    if (mailuo::text::FindInvalidUtf8(*text)) std::abort();
  }
  return 0;
}
