// Articles from files: what is read, in which order, and what is refused with which reason.
//
//   .txt                 one article; its text is the file's own
//   .md .markdown        one article; front matter is its metadata
//   .html .htm .xhtml    one article; the main text of the page
//   .json                one article (object), many (array), or an object that holds an array of them
//   .jsonl .ndjson       one article a line
//   .csv .tsv            one article a row; the first row names the columns
//   and any of these with .gz behind it
//
// A folder is read recursively, in byte order of the names; symbolic links are followed, each folder and file once.
// Names that start with "." and files of other kinds are passed over silently; a path named by the caller that is of
// another kind is refused. Encodings: text/encoding.h.
// Thread safety: free functions; may be called from any thread, `sink` is called on the caller's.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/article.h"
#include "core/date.h"
#include "core/result.h"

namespace mailuo::ingest {

inline constexpr std::uint64_t kMiB = std::uint64_t{1} << 20U;

struct ReaderOptions {
  // Bytes of a file that is one article (.txt, .md, .html), after decompression.
  std::uint64_t max_file_bytes = 32 * kMiB;
  // Bytes of one record of a .json, .jsonl or .csv file; the files themselves may be of any size.
  std::uint64_t max_record_bytes = 16 * kMiB;
  // UTF-8 bytes of Article::text.
  std::uint64_t max_text_bytes = 2 * kMiB;
  // Bytes that a .gz may expand to.
  std::uint64_t max_expanded_bytes = 16384 * kMiB;
  // Today in Shanghai: publication dates more than a day after it are not believed. Nothing: the system clock's.
  std::optional<Date> today;
  // A file that is given by itself and lies below this folder is named relative to it; empty: by its name alone.
  std::string root;
};

// One article, or why there is none. `place` is fit for printing: control characters and bytes that are not UTF-8 are
// escaped (\n, \xff), and a record's number is behind a colon: "news/a.jsonl:17". Records count lines (.jsonl), rows
// (.csv) or elements (.json) from 1.
struct ReadOutcome {
  std::string place;
  Result<Article> article = Error{ErrorCode::kInternal, "not read"};
  std::string external_id;            // "id" of the record, also where the rest of it is refused.
  std::vector<std::string> warnings;  // "published: there is no 2025-02-30; ignored": the article is kept all the same.
};

// Returns false to stop reading.
using ArticleSink = std::function<bool(ReadOutcome&&)>;

// Reads every article of `path`, a file or a folder, in order. kNotFound if there is nothing at `path`; everything
// else that goes wrong is an outcome of its own.
Status ReadArticles(const std::string& path, const ReaderOptions& options, const ArticleSink& sink);

// One JSON object as it stands on a line of a .jsonl file or comes over HTTP. Field names: corpus/ingest/fields.tsv.
// Code points of a field "text" are counted as they came: "\r" of a line end becomes a space, so offsets fit both.
// Invalid dates are warnings; the lack of any text is kInvalidArgument.
ReadOutcome ReadJsonArticle(std::string_view json, const ReaderOptions& options);

// A plain text with metadata that came beside it (query parameters, command line). Empty fields are filled from the
// text, as for a .txt file. `text` is UTF-8; invalid bytes are an error that names their offset.
struct ArticleFields {
  std::string title;
  std::string outlet;
  std::string author;
  std::string url;
  std::string id;
  std::string published;
};
ReadOutcome ReadTextArticle(std::string_view text, const ArticleFields& fields, const ReaderOptions& options);

// Calls `sink` with each article of a body that is a JSON object, a JSON array of objects, or NDJSON (told apart by its
// shape, not by a content type). `place` of an outcome is the number of its record, "1".
void ReadJsonArticles(std::string_view body, const ReaderOptions& options, const ArticleSink& sink);

}  // namespace mailuo::ingest
