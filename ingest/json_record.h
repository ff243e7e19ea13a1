// Articles from JSON values.
// Thread safety: pure functions.
#pragma once

#include <string_view>
#include <vector>

#include "core/result.h"
#include "ingest/record_fields.h"

namespace mailuo::ingest {

// The fields of an object. An object without a text that holds an array of objects under "articles", "data",
// "items", "results", "list", "docs", "news" or "records" (also one level down: {"data":{"list":[…]}}) stands for its
// elements; elements that are no objects are passed over.
// Numbers are taken as they are written, arrays of strings are joined with "、", {"name":…} stands for its name.
// Errors: kInvalidArgument (no JSON, with the byte; not an object; no field of an article), kLimitExceeded (nested
// deeper than kMaxJsonDepth), kCorruption (invalid UTF-8, with the byte).
Result<std::vector<RecordFields>> ReadJsonRecord(std::string_view json);

// What a page says about itself in a <script type="application/ld+json">: headline, datePublished, author, publisher,
// articleBody of the first NewsArticle, Article, ReportageNewsArticle or BlogPosting, "@graph" and arrays included.
// Empty fields where there is none or the JSON is broken: pages are full of broken JSON.
RecordFields ReadJsonLd(std::string_view json);

}  // namespace mailuo::ingest
