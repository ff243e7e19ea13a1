// A parsed page as one flat list in document order: no recursion, whatever the page looks like.
// Only html_*.cc files include this header: it shows Gumbo's types.
#pragma once

#include <gumbo.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mailuo::ingest {

struct HtmlNode {
  const GumboNode* node = nullptr;
  GumboTag tag = GUMBO_TAG_UNKNOWN;  // Of an element.
  std::int32_t parent = -1;
  std::int32_t end = 0;    // One behind the last node inside.
  std::int32_t block = 0;  // Of a text: the nearest paragraph-like element around it.
  bool is_text = false;
  bool in_link = false;
  bool dropped = false;
};

// Owns Gumbo's output. Thread safety: immutable but for the nodes' marks.
class HtmlTree {
 public:
  // `html` must outlive the tree; REQUIRES: it went through ReduceHtml.
  explicit HtmlTree(const std::string& html);

  std::vector<HtmlNode>& nodes() { return nodes_; }
  const std::vector<HtmlNode>& nodes() const { return nodes_; }

 private:
  struct OutputDeleter {
    void operator()(GumboOutput* output) const;
  };
  std::unique_ptr<GumboOutput, OutputDeleter> output_;
  std::vector<HtmlNode> nodes_;
};

// "" if the element has no such attribute.
std::string_view AttributeOf(const HtmlNode& element, const char* name);
// Elements that begin a new line of text.
bool IsBlock(GumboTag tag);
// Runs of white space become one space; outer ones go, ideographic spaces among them.
std::string CollapseSpaces(std::string_view text);
// Characters that are not white space.
std::size_t CountInk(std::string_view utf8);
// The text inside an element, without what is dropped.
std::string TextInside(const HtmlTree& tree, std::size_t element);

}  // namespace mailuo::ingest
