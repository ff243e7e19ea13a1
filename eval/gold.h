// A hand-made annotation of one article, in the form of corpus/gold/README.md.
// Thread safety: value types; pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/annotation.h"
#include "core/date.h"
#include "core/result.h"
#include "core/types.h"

namespace mailuo::eval {

// What the program says about mentions here is neither right nor wrong.
struct UnscoredSpan {
  TextSpan span;
  std::optional<MentionType> type;  // Only of this type; nothing: whatever it says, dates too.
};

// What the file says stands at a span of the text.
struct QuotedSpan {
  TextSpan span;
  std::string text;
};

struct GoldArticle {
  std::string name;    // Of the file, without ".json".
  std::string sample;  // File name in corpus/samples.
  Date published;
  bool common_words = false;  // Every company found in it is a false one.
  std::vector<UnscoredSpan> unscored;
  // Without sentences, entity ids, confidences and rules; participants and relation ends by name only.
  Annotation annotation;
  std::vector<QuotedSpan> quotes;        // Of all mentions, dates and triggers.
  std::vector<std::string> value_texts;  // Of all values of events, in their order.
};

// Errors: kInvalidArgument that names `name`, and the byte, member or word that is wrong.
Result<GoldArticle> ParseGold(std::string_view json, const std::string& name);

// Every *.json of a folder, in byte order of the names. Errors: kIo, or those of ParseGold.
Result<std::vector<GoldArticle>> ReadGoldFolder(const std::string& folder);

// kInvalidArgument at the first quote that is not what `text` has at its span, or value that `text` does not hold.
Status CheckQuotes(const GoldArticle& gold, std::string_view text);

}  // namespace mailuo::eval
