// An article: the original text and its metadata. Nothing here is derived by extraction.
// Thread safety: value type.
#pragma once

#include <optional>
#include <string>

#include "core/date.h"
#include "core/ids.h"
#include "core/types.h"

namespace mailuo {

struct Article {
  ArticleId id;        // MakeArticleId of the fields below.
  std::string title;   // May be empty. UTF-8, one line.
  std::string outlet;  // 投资者网
  std::string author;  // 吴微; several joined with "、"
  std::string url;
  std::string external_id;  // "id" of a JSON or CSV record.
  std::string source_path;  // Path as given to ingest, relative to its folder; "" for an article that came over HTTP.
  std::optional<PublishedTime> published;
  PublishedFrom published_from = PublishedFrom::kNone;
  // The article's own text: valid UTF-8, no NUL, "\n" line ends, otherwise unchanged. Every offset of an Annotation
  // counts code points of this text.
  std::string text;
};

// Hash of title, outlet, author, url, text, and of the publication time unless it is a guess from the file's mtime:
// touching a file makes no new article, nor does moving it.
ArticleId MakeArticleId(const Article& article);

}  // namespace mailuo
