// From the fields of a record and the text to an Article: metadata first, then what the text says about itself, then
// the names around it, then its own dates, then the file's time.
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/date.h"
#include "ingest/article_reader.h"
#include "ingest/record_fields.h"

namespace mailuo::ingest {

// Where a record came from.
struct Origin {
  std::string place;                  // ReadOutcome::place
  std::string source_path;            // Article::source_path; printable.
  std::string file_name;              // For its date; "" if there is no file.
  std::optional<std::int64_t> mtime;  // Seconds since 1970, UTC.
};

enum class TextForm : std::uint8_t {
  kFile,       // Line ends become "\n", NULs go.
  kCountable,  // The same number of code points: "\r" of a line end and NULs become spaces.
};

// Consumes `fields`; `head_lines` are lines around the text that may hold a dateline (HtmlPage::head_lines).
ReadOutcome BuildArticle(RecordFields fields, std::string_view head_lines, const Origin& origin, TextForm form,
                         const ReaderOptions& options);

// Today in Shanghai: options.today, or the system clock's.
Date TodayOf(const ReaderOptions& options);

}  // namespace mailuo::ingest
