// From the fields of a record and the text to an Article: metadata first, then what the text says about itself, then
// the names around it, then its own dates, then the file's time.
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <string_view>

#include "ingest/article_reader.h"
#include "ingest/publication.h"
#include "ingest/record_fields.h"

namespace mailuo::ingest {

enum class TextForm : std::uint8_t {
  kFile,       // Line ends become "\n", NULs go.
  kCountable,  // The same number of code points: "\r" of a line end and NULs become spaces.
};

// Consumes `fields`; `head_lines` are lines around the text that may hold a dateline (HtmlPage::head_lines).
ReadOutcome BuildArticle(RecordFields fields, std::string_view head_lines, const Origin& origin, TextForm form,
                         const ReaderOptions& options);

}  // namespace mailuo::ingest
