#include "ingest/html_main_text.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "embedded_IngestHtmlClasses.h"
#include "ingest/tsv_table.h"

namespace mailuo::ingest {
namespace {

// Lines shorter than this say nothing about where the article is.
constexpr std::size_t kParagraph = 15;
// An element with a class like "sidebar" that holds more than this share of the page's text is no sidebar.
constexpr double kProtectedShare = 0.5;
// The article grows to the parent element while it holds less than this share of the text.
constexpr double kWholeShare = 0.67;
constexpr double kMainClassFactor = 1.25;
constexpr double kArticleFactor = 1.5;

enum class ClassKind { kNone, kDrop, kMain };

const std::map<std::string_view, ClassKind>& Classes() {
  static const std::map<std::string_view, ClassKind> the_classes = [] {
    std::map<std::string_view, ClassKind> classes;
    for (const auto& row : ReadTable(embedded::IngestHtmlClasses(), 3)) {
      classes.emplace(row[0], row[1] == "drop" ? ClassKind::kDrop : ClassKind::kMain);
    }
    return classes;
  }();
  return the_classes;
}

struct ClassWords {
  bool drop = false;
  bool main = false;
};

// "relatedNews hot-list" -> related, news, hot, list
ClassWords WordsOf(std::string_view names) {
  ClassWords words;
  std::string part;
  const auto flush = [&] {
    const auto found = Classes().find(part);
    if (found != Classes().end()) (found->second == ClassKind::kDrop ? words.drop : words.main) = true;
    part.clear();
  };
  char before = ' ';
  for (const char c : names) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool letter = upper || (c >= 'a' && c <= 'z');
    if (!letter || (upper && before >= 'a' && before <= 'z')) flush();
    if (letter) part += upper ? static_cast<char>(c - 'A' + 'a') : c;
    before = c;
  }
  flush();
  return words;
}

bool IsNeverArticle(GumboTag tag) {
  constexpr std::array kTags{
      GUMBO_TAG_HEAD,   GUMBO_TAG_NAV,      GUMBO_TAG_FOOTER, GUMBO_TAG_ASIDE, GUMBO_TAG_FORM,      GUMBO_TAG_BUTTON,
      GUMBO_TAG_INPUT,  GUMBO_TAG_SELECT,   GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE, GUMBO_TAG_NOSCRIPT,  GUMBO_TAG_IFRAME,
      GUMBO_TAG_OBJECT, GUMBO_TAG_TEXTAREA, GUMBO_TAG_SVG,    GUMBO_TAG_TITLE, GUMBO_TAG_FIGCAPTION};
  return std::find(kTags.begin(), kTags.end(), tag) != kTags.end();
}

bool IsContainer(GumboTag tag) {
  constexpr std::array kTags{GUMBO_TAG_DIV,   GUMBO_TAG_SECTION, GUMBO_TAG_UL, GUMBO_TAG_OL, GUMBO_TAG_DL,
                             GUMBO_TAG_TABLE, GUMBO_TAG_HEADER,  GUMBO_TAG_TD, GUMBO_TAG_LI};
  return std::find(kTags.begin(), kTags.end(), tag) != kTags.end();
}

bool IsHidden(const HtmlNode& node) {
  const std::string_view style = AttributeOf(node, "style");
  const std::size_t display = style.find("display");
  const bool none =
      display != std::string_view::npos && style.substr(display, 16).find("none") != std::string_view::npos;
  return none || gumbo_get_attribute(&node.node->v.element.attributes, "hidden") != nullptr;
}

bool HasPageRole(const HtmlNode& node) {
  const std::string_view role = AttributeOf(node, "role");
  return role == "navigation" || role == "banner" || role == "contentinfo" || role == "complementary" ||
         role == "search" || role == "dialog";
}

class MainTextFinder {
 public:
  explicit MainTextFinder(HtmlTree& tree) : tree_(tree), nodes_(tree.nodes()) {}

  MainText Run() {
    MarkTags();
    const std::vector<std::size_t> before = UnlinkedText();
    MarkClasses(before);
    if (before[0] > 0 && UnlinkedText()[0] < kParagraph) {
      // The classes lied: the whole page would be gone.
      for (HtmlNode& node : nodes_) node.dropped = false;
      MarkTags();
    }
    const std::size_t main = Best();
    MainText out;
    out.lines = LinesBetween(tree_, main, static_cast<std::size_t>(nodes_[main].end));
    out.head = HeadLines(main);
    return out;
  }

 private:
  void MarkTags() {
    for (HtmlNode& node : nodes_) {
      if (node.parent >= 0 && nodes_[static_cast<std::size_t>(node.parent)].dropped) node.dropped = true;
      if (!node.is_text && node.parent >= 0 && (IsNeverArticle(node.tag) || IsHidden(node) || HasPageRole(node))) {
        node.dropped = true;
      }
    }
  }

  void MarkClasses(const std::vector<std::size_t>& text) {
    const double all = static_cast<double>(text[0]);
    for (std::size_t i = 1; i < nodes_.size(); ++i) {
      HtmlNode& node = nodes_[i];
      if (nodes_[static_cast<std::size_t>(node.parent)].dropped) node.dropped = true;
      if (node.dropped || node.is_text || !IsContainer(node.tag)) continue;
      const bool drop = WordsOf(AttributeOf(node, "class")).drop || WordsOf(AttributeOf(node, "id")).drop;
      if (drop && static_cast<double>(text[i]) <= kProtectedShare * all) node.dropped = true;
    }
  }

  // For each node the characters of kept text outside links inside it.
  std::vector<std::size_t> UnlinkedText() const {
    std::vector<std::size_t> sums(nodes_.size());
    for (std::size_t i = nodes_.size(); i > 0; --i) {
      const HtmlNode& node = nodes_[i - 1];
      if (node.is_text && !node.dropped && !node.in_link) sums[i - 1] += CountInk(node.node->v.text.text);
      if (node.parent >= 0) sums[static_cast<std::size_t>(node.parent)] += sums[i - 1];
    }
    return sums;
  }

  // The element that holds the article.
  std::size_t Best() const {
    std::vector<std::size_t> paragraph(nodes_.size());  // Of each block: characters of its own text outside links.
    std::vector<std::size_t> linked(nodes_.size());     // Of each element: characters inside links.
    for (const HtmlNode& node : nodes_) {
      if (!node.is_text || node.dropped) continue;
      const std::size_t ink = CountInk(node.node->v.text.text);
      (node.in_link ? linked : paragraph)[static_cast<std::size_t>(node.block)] += ink;
    }
    std::vector<double> score(nodes_.size());
    std::vector<std::size_t> good(nodes_.size());  // Characters of paragraphs inside.
    for (std::size_t i = nodes_.size(); i > 0; --i) {
      const std::size_t at = i - 1;
      const HtmlNode& node = nodes_[at];
      if (paragraph[at] >= kParagraph) {
        good[at] += paragraph[at];
        Lend(at, static_cast<double>(paragraph[at]), score);
      }
      if (node.parent >= 0) {
        good[static_cast<std::size_t>(node.parent)] += good[at];
        linked[static_cast<std::size_t>(node.parent)] += linked[at];
      }
    }
    std::size_t best = 0;
    double best_score = 0;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (score[i] <= 0 || nodes_[i].dropped) continue;
      const double link_share = static_cast<double>(linked[i]) / static_cast<double>(linked[i] + good[i] + 1);
      const double weighted = score[i] * (1 - link_share) * Factor(nodes_[i]);
      if (weighted > best_score) {
        best_score = weighted;
        best = i;
      }
    }
    while (nodes_[best].parent >= 0 && nodes_[best].tag != GUMBO_TAG_BODY &&
           static_cast<double>(good[best]) < kWholeShare * static_cast<double>(good[0])) {
      best = static_cast<std::size_t>(nodes_[best].parent);
    }
    return best;
  }

  // A paragraph speaks for the element around it; text that stands in a <div> itself speaks for that <div>.
  void Lend(std::size_t at, double points, std::vector<double>& score) const {
    const GumboTag tag = nodes_[at].tag;
    const bool holder = tag == GUMBO_TAG_DIV || tag == GUMBO_TAG_SECTION || tag == GUMBO_TAG_ARTICLE ||
                        tag == GUMBO_TAG_BODY || tag == GUMBO_TAG_MAIN;
    std::int32_t element = holder ? static_cast<std::int32_t>(at) : nodes_[at].parent;
    for (int level = 0; level < 2 && element >= 0; ++level) {
      score[static_cast<std::size_t>(element)] += points;
      points /= 2;
      element = nodes_[static_cast<std::size_t>(element)].parent;
    }
  }

  static double Factor(const HtmlNode& node) {
    if (node.tag == GUMBO_TAG_ARTICLE || AttributeOf(node, "itemprop") == "articleBody") return kArticleFactor;
    return WordsOf(AttributeOf(node, "class")).main || WordsOf(AttributeOf(node, "id")).main ? kMainClassFactor : 1;
  }

  std::vector<std::string> HeadLines(std::size_t main) const {
    constexpr std::size_t kLines = 12;
    constexpr std::size_t kMaxBytes = 240;
    std::vector<std::string> head;
    for (HtmlLine& line : LinesBetween(tree_, 0, main)) {
      if (line.text.size() <= kMaxBytes) head.push_back(std::move(line.text));
    }
    if (head.size() > kLines) head.erase(head.begin(), head.end() - kLines);
    return head;
  }

  HtmlTree& tree_;
  std::vector<HtmlNode>& nodes_;
};

}  // namespace

std::vector<HtmlLine> LinesBetween(const HtmlTree& tree, std::size_t first, std::size_t last) {
  std::vector<HtmlLine> lines;
  std::string line;
  std::size_t linked = 0;
  const auto flush = [&] {
    std::string text = CollapseSpaces(line);
    if (const std::size_t ink = CountInk(text); ink != 0) {
      lines.push_back({std::move(text), static_cast<double>(linked) / static_cast<double>(ink)});
    }
    line.clear();
    linked = 0;
  };
  std::int32_t block = -1;
  for (std::size_t i = first; i < last; ++i) {
    const HtmlNode& node = tree.nodes()[i];
    if (node.dropped) continue;
    if (!node.is_text) {
      if (node.tag == GUMBO_TAG_BR || IsBlock(node.tag)) flush();
      if (node.tag == GUMBO_TAG_TD || node.tag == GUMBO_TAG_TH) line += ' ';
      continue;
    }
    if (node.block != block) flush();
    block = node.block;
    std::string_view text = node.node->v.text.text;
    if (node.in_link) linked += CountInk(text);
    if (tree.nodes()[static_cast<std::size_t>(node.block)].tag == GUMBO_TAG_PRE) {
      for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
        line += text.substr(0, end);
        flush();
        text.remove_prefix(end + 1);
      }
    }
    line += text;
  }
  flush();
  return lines;
}

MainText FindMainText(HtmlTree& tree) { return MainTextFinder(tree).Run(); }

}  // namespace mailuo::ingest
