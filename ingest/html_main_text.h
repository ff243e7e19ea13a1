// Which part of a parsed page is the article. Only html_*.cc files include this header: it shows Gumbo's types.
// Thread safety: pure functions.
#pragma once

#include <string>
#include <vector>

#include "ingest/html_tree.h"

namespace mailuo::ingest {

struct HtmlLine {
  std::string text;
  double linked = 0;  // Share of its characters inside links.
};

struct MainText {
  std::vector<HtmlLine> lines;    // Of the article.
  std::vector<std::string> head;  // The last short lines before it.
};

// Marks what is no article as dropped (html_classes.tsv), then finds the element that holds it; see html_page.h.
MainText FindMainText(HtmlTree& tree);

// The lines of everything that is not dropped, from node `first` up to `last`.
std::vector<HtmlLine> LinesBetween(const HtmlTree& tree, std::size_t first, std::size_t last);

}  // namespace mailuo::ingest
