// Any text as Markdown with front matter: the body is a part of the text, behind the front matter.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "ingest/front_matter.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto parts = mailuo::ingest::SplitMarkdown(text);
  if (!text.ends_with(parts.body) || !parts.fields.text.empty()) std::abort();
  return 0;
}
