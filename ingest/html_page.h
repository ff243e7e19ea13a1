// The article in a web page: its metadata and its main text.
// Thread safety: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "ingest/record_fields.h"

namespace mailuo::ingest {

struct HtmlPage {
  // From <meta>, JSON-LD, <time>, <h1>, <title>, <link rel=canonical>; `text` is the main text, a line a paragraph.
  RecordFields fields;
  // The short lines that stand before the main text (2025-07-05 08:15 来源：…), for ReadDateline.
  std::string head_lines;
};

// How the main text is found: elements that scripts, styles, roles, class names and links give away are left out; each
// paragraph then lends its length of unlinked text to the element around it and half of that to the next; the element
// with most, names like "article" counting in its favour, is the article, and grows to its parent as long as it holds
// less than two thirds of the text on the page.
// kLimitExceeded (ReduceHtml), kInvalidArgument for a page without any text.
Result<HtmlPage> ReadHtmlPage(std::string_view utf8);

// Whether a text field holds HTML: a closing or block tag.
bool LooksLikeHtml(std::string_view text);
// The text of a piece of HTML, a line a block.
Result<std::string> TextOfHtml(std::string_view utf8);

}  // namespace mailuo::ingest
