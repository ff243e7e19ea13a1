// Makes a page safe and small before it is parsed. Gumbo follows the HTML standard, in which a hostile page of a few
// megabytes can build a tree of gigabytes (open <b> tags are repeated in every following block), compare a million
// attributes with each other, or nest so deep that the recursive parts of a parser run out of stack.
// Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace mailuo::ingest {

struct ReducedHtml {
  std::string html;                  // Without comments, scripts, styles, formatting tags (<b>, <font>, ...), and with
                                     // only those attributes that the reader of pages looks at.
  std::vector<std::string> json_ld;  // Bodies of <script type="application/ld+json">.
};

inline constexpr std::size_t kMaxHtmlDepth = 512;
inline constexpr std::size_t kMaxHtmlTags = 200'000;

// `utf8` is well-formed. kLimitExceeded for pages beyond the two limits.
Result<ReducedHtml> ReduceHtml(std::string_view utf8);

// The charset that a page declares in its first 4 KiB; empty if none. Reads bytes of any ASCII-compatible encoding.
std::string_view DeclaredCharset(std::string_view bytes);

}  // namespace mailuo::ingest
