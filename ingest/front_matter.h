// Metadata at the top of a Markdown file: YAML between "---" lines or TOML between "+++" lines.
// Thread safety: pure functions.
#pragma once

#include <string_view>

#include "ingest/record_fields.h"

namespace mailuo::ingest {

struct MarkdownParts {
  RecordFields fields;    // Of the front matter; `title` also from the first "# " heading. text stays empty.
  std::string_view body;  // What follows the front matter, blank lines at its start left out.
};

// Reads the flat part of the YAML and TOML that articles use: `key: value`, `key = "value"`, quoted values, [a, b] and
// "- item" lists; nested maps are passed over. A front matter that is never closed is text.
MarkdownParts SplitMarkdown(std::string_view utf8);

}  // namespace mailuo::ingest
