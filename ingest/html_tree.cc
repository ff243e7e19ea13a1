#include "ingest/html_tree.h"

#include <algorithm>
#include <array>
#include <utility>

namespace mailuo::ingest {
namespace {

constexpr std::string_view kIdeographicSpace = "　";
constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
constexpr std::string_view kZeroWidthSpace = "\xE2\x80\x8B";

// Length of the white space at the front of `text`, 0 if there is none.
std::size_t SpaceLength(std::string_view text) {
  if (text.empty()) return 0;
  const char c = text.front();
  if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') return 1;
  for (const std::string_view space : {kIdeographicSpace, kNoBreakSpace, kZeroWidthSpace}) {
    if (text.starts_with(space)) return space.size();
  }
  return 0;
}

const GumboVector* ChildrenOf(const GumboNode& node) {
  if (node.type == GUMBO_NODE_DOCUMENT) return &node.v.document.children;
  if (node.type == GUMBO_NODE_ELEMENT || node.type == GUMBO_NODE_TEMPLATE) return &node.v.element.children;
  return nullptr;
}

}  // namespace

void HtmlTree::OutputDeleter::operator()(GumboOutput* output) const {
  gumbo_destroy_output(&kGumboDefaultOptions, output);
}

HtmlTree::HtmlTree(const std::string& html) {
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  output_.reset(gumbo_parse_with_options(&options, html.data(), html.size()));
  struct Pending {
    const GumboNode* node;
    std::int32_t parent;
  };
  std::vector<Pending> stack{{output_->root, -1}};
  while (!stack.empty()) {
    const Pending next = stack.back();
    stack.pop_back();
    HtmlNode node;
    node.node = next.node;
    node.parent = next.parent;
    const HtmlNode* const parent = next.parent < 0 ? nullptr : &nodes_[static_cast<std::size_t>(next.parent)];
    if (parent != nullptr) {
      node.block = parent->block;
      node.in_link = parent->in_link;
    }
    const auto self = static_cast<std::int32_t>(nodes_.size());
    if (next.node->type == GUMBO_NODE_ELEMENT) {
      node.tag = next.node->v.element.tag;
      if (IsBlock(node.tag)) node.block = self;
      node.in_link = node.in_link || node.tag == GUMBO_TAG_A;
    } else if (next.node->type == GUMBO_NODE_TEXT || next.node->type == GUMBO_NODE_WHITESPACE ||
               next.node->type == GUMBO_NODE_CDATA) {
      node.is_text = true;
    } else {
      continue;
    }
    nodes_.push_back(node);
    if (const GumboVector* const children = node.is_text ? nullptr : ChildrenOf(*next.node)) {
      for (unsigned i = children->length; i > 0; --i) {
        stack.push_back({static_cast<const GumboNode*>(children->data[i - 1]), self});
      }
    }
  }
  // Document order: the nodes inside follow at once, so ends run backwards.
  for (std::size_t i = nodes_.size(); i > 0; --i) {
    HtmlNode& node = nodes_[i - 1];
    node.end = std::max(node.end, static_cast<std::int32_t>(i));
    if (node.parent >= 0) {
      HtmlNode& parent = nodes_[static_cast<std::size_t>(node.parent)];
      parent.end = std::max(parent.end, node.end);
    }
  }
}

std::string_view AttributeOf(const HtmlNode& element, const char* name) {
  if (element.is_text || element.node->type != GUMBO_NODE_ELEMENT) return {};
  const GumboAttribute* const attribute = gumbo_get_attribute(&element.node->v.element.attributes, name);
  return attribute == nullptr ? std::string_view() : std::string_view(attribute->value);
}

bool IsBlock(GumboTag tag) {
  constexpr std::array kInline{GUMBO_TAG_A,      GUMBO_TAG_SPAN, GUMBO_TAG_B,       GUMBO_TAG_I,     GUMBO_TAG_EM,
                               GUMBO_TAG_STRONG, GUMBO_TAG_FONT, GUMBO_TAG_TD,      GUMBO_TAG_TH,    GUMBO_TAG_TIME,
                               GUMBO_TAG_IMG,    GUMBO_TAG_WBR,  GUMBO_TAG_ABBR,    GUMBO_TAG_LABEL, GUMBO_TAG_CITE,
                               GUMBO_TAG_Q,      GUMBO_TAG_BR,   GUMBO_TAG_UNKNOWN, GUMBO_TAG_SMALL, GUMBO_TAG_SUB,
                               GUMBO_TAG_SUP,    GUMBO_TAG_CODE, GUMBO_TAG_MARK,    GUMBO_TAG_BDI};
  return std::find(kInline.begin(), kInline.end(), tag) == kInline.end();
}

std::string CollapseSpaces(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool space = false;
  while (!text.empty()) {
    if (const std::size_t length = SpaceLength(text); length != 0) {
      space = true;
      text.remove_prefix(length);
      continue;
    }
    if (std::exchange(space, false) && !out.empty()) out += ' ';
    std::size_t end = 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
    out += text.substr(0, end);
    text.remove_prefix(end);
  }
  return out;
}

std::size_t CountInk(std::string_view utf8) {
  std::size_t count = 0;
  while (!utf8.empty()) {
    std::size_t length = SpaceLength(utf8);
    if (length == 0) {
      ++count;
      length = 1;
      while (length < utf8.size() && (static_cast<unsigned char>(utf8[length]) & 0xC0U) == 0x80U) ++length;
    }
    utf8.remove_prefix(length);
  }
  return count;
}

std::string TextInside(const HtmlTree& tree, std::size_t element) {
  std::string text;
  const auto end = static_cast<std::size_t>(tree.nodes()[element].end);
  for (std::size_t i = element; i < end; ++i) {
    const HtmlNode& node = tree.nodes()[i];
    if (node.is_text) {
      text += node.node->v.text.text;
    } else if (node.tag == GUMBO_TAG_BR || IsBlock(node.tag)) {
      text += ' ';
    }
  }
  return CollapseSpaces(text);
}

}  // namespace mailuo::ingest
