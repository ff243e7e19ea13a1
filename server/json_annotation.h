// The annotate object (docs/ANNOTATE.md): what extraction found in one article, in the shape that other people's
// scripts read, and the input lines of `mailuo annotate --jsonl`. Thread safety: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/annotation.h"
#include "core/article.h"
#include "core/result.h"
#include "extract/refused.h"

namespace mailuo::server {

struct AnnotationFilter {
  std::vector<MentionType> types;  // Empty: all. Mentions of other types are left out.
  // Mentions, events and relations below it are left out; 0..1.
  double min_confidence = 0.3;
  // Lists that are printed; the contract has them all.
  bool mentions = true;
  bool dates = true;
  bool events = true;
  bool relations = true;
};

// One line, no line end. "id" is the article's external id, else its content hash. "mention" of a participant or of a
// relation end is the index into "mentions" as printed; null where that mention was filtered out or lies outside the
// text.
// With `refused` the object ends with "refused": what extraction looked at and did not report, whatever the filter.
std::string AnnotationJson(const Article& article, const Annotation& annotation, const AnnotationFilter& filter = {},
                           const std::vector<extract::Refused>* refused = nullptr);

// {"id":…,"error":"…"}; id is null when empty.
std::string AnnotationErrorJson(std::string_view id, std::string_view message);

// One input line {"text": required, "id", "title", "published", "url", "outlet", "author"}: `id` may be a number. The
// article's id is left for the caller to make (MakeArticleId). `published` must be a day or an RFC 3339 time.
// On an error `id` still holds the line's id if it could be read.
Result<Article> ParseAnnotateLine(std::string_view line, std::string& id);

}  // namespace mailuo::server
