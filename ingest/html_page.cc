#include "ingest/html_page.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "embedded_IngestHtmlMeta.h"
#include "ingest/dateline.h"
#include "ingest/html_main_text.h"
#include "ingest/html_reduce.h"
#include "ingest/html_tree.h"
#include "ingest/json_record.h"
#include "ingest/outlets.h"
#include "ingest/page_lines.h"
#include "ingest/tsv_table.h"

namespace mailuo::ingest {
namespace {

// A line with more of its characters than this inside links is navigation, unless it is long.
constexpr double kLinkLine = 0.6;
constexpr std::size_t kLongLine = 360;  // Bytes.

struct MetaName {
  std::string_view field;
  std::size_t rank = 0;
};

const std::map<std::string_view, MetaName>& MetaNames() {
  static const std::map<std::string_view, MetaName> the_names = [] {
    std::map<std::string_view, MetaName> names;
    for (const auto& row : ReadTable(embedded::IngestHtmlMeta(), 3)) {
      names.emplace(row[0], MetaName{row[1], names.size()});
    }
    return names;
  }();
  return the_names;
}

std::string LowerAscii(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

// What the elements of the page say about it.
class PageMetadata {
 public:
  void Read(const HtmlTree& tree) {
    for (std::size_t i = 0; i < tree.nodes().size(); ++i) {
      const HtmlNode& node = tree.nodes()[i];
      if (node.is_text) continue;
      if (node.tag == GUMBO_TAG_META) {
        for (const char* const key : {"property", "name", "itemprop"}) {
          Meta(AttributeOf(node, key), AttributeOf(node, "content"));
        }
      } else if (node.tag == GUMBO_TAG_LINK && AttributeOf(node, "rel") == "canonical") {
        if (canonical_.empty()) canonical_ = AttributeOf(node, "href");
      } else if (node.tag == GUMBO_TAG_TIME) {
        if (time_.empty()) time_ = TimeOf(tree, i);
      } else if (node.tag == GUMBO_TAG_H1) {
        if (h1_.empty() && !node.dropped) h1_ = TextInside(tree, i);
      } else if (node.tag == GUMBO_TAG_TITLE) {
        if (title_.empty()) title_ = TextInside(tree, i);
      } else if (AttributeOf(node, "itemprop") == "datePublished") {
        const std::string_view content = AttributeOf(node, "content");
        if (time_.empty()) time_ = content.empty() ? TextInside(tree, i) : std::string(content);
      }
    }
  }

  // The page's own metadata first, then JSON-LD, then what its elements show.
  RecordFields Fields(const std::vector<std::string>& json_ld) {
    RecordFields fields;
    for (auto& [field, found] : metas_) {
      if (field != "title") fields.Offer(field, found.value);
    }
    RecordFields linked;
    for (const std::string& block : json_ld) {
      linked = ReadJsonLd(block);
      if (!linked.IsEmpty()) break;
    }
    const auto meta_title = metas_.find("title");
    const std::string page_title = meta_title != metas_.end() ? meta_title->second.value
                                   : !linked.title.empty()    ? linked.title
                                                              : title_;
    fields.Offer("title", Headline(page_title));
    fields.Offer("published", linked.published);
    fields.Offer("outlet", linked.outlet);
    fields.Offer("author", linked.author);
    fields.Offer("url", canonical_);
    fields.Offer("url", linked.url);
    fields.Offer("published", time_);
    // article:author is often the address of a profile.
    if (fields.author.starts_with("http")) fields.author = linked.author;
    body_ = linked.text;
    return fields;
  }

  const std::string& json_ld_body() const { return body_; }

 private:
  struct Found {
    std::size_t rank;
    std::string value;
  };

  void Meta(std::string_view name, std::string_view value) {
    if (name.empty() || value.empty()) return;
    const auto known = MetaNames().find(LowerAscii(name));
    if (known == MetaNames().end()) return;
    const auto [entry, is_new] = metas_.try_emplace(known->second.field, Found{known->second.rank, std::string()});
    if (!is_new && entry->second.rank <= known->second.rank) return;
    entry->second = Found{known->second.rank, CollapseSpaces(value)};
  }

  static std::string TimeOf(const HtmlTree& tree, std::size_t at) {
    const std::string_view datetime = AttributeOf(tree.nodes()[at], "datetime");
    return datetime.empty() ? TextInside(tree, at) : std::string(datetime);
  }

  // Without the name of the site: 标题_新浪财经, 标题 - 证券时报网, 标题-36氪.
  std::string Headline(std::string_view title) const {
    if (!h1_.empty() && title.find(h1_) != std::string_view::npos) return h1_;
    for (const std::string_view mark : {"_", "|", " - ", " – ", " — "}) {
      constexpr std::size_t kMinBytes = 12;
      const std::size_t cut = title.find(mark);
      if (cut != std::string_view::npos && cut >= kMinBytes) return CollapseSpaces(title.substr(0, cut));
    }
    if (const std::size_t dash = title.rfind('-'); dash != std::string_view::npos && dash > 0) {
      const std::string_view site = title.substr(dash + 1);
      if (CanonicalOutlet(site).data() != site.data()) return CollapseSpaces(title.substr(0, dash));
    }
    return CollapseSpaces(title.empty() ? std::string_view(h1_) : title);
  }

  std::map<std::string_view, Found> metas_;
  std::string canonical_;
  std::string time_;
  std::string h1_;
  std::string title_;
  std::string body_;
};

}  // namespace

Result<HtmlPage> ReadHtmlPage(std::string_view utf8) {
  MAILUO_ASSIGN_OR_RETURN(const ReducedHtml reduced, ReduceHtml(utf8));
  HtmlTree tree(reduced.html);
  const MainText main = FindMainText(tree);
  PageMetadata metadata;
  metadata.Read(tree);

  HtmlPage page;
  page.fields = metadata.Fields(reduced.json_ld);
  for (const std::string& line : main.head) page.head_lines += line + "\n";
  std::string text;
  bool at_head = true;
  for (const HtmlLine& line : main.lines) {
    if (line.linked > kLinkLine && line.text.size() < kLongLine) continue;
    if (IsPageFurniture(line.text)) continue;
    if (at_head && IsDateline(line.text)) {
      page.head_lines += line.text + "\n";
      continue;
    }
    constexpr std::size_t kParagraphBytes = 90;
    if (line.text.size() > kParagraphBytes) at_head = false;
    if (!text.empty()) text += '\n';
    text += line.text;
  }
  if (text.empty()) text = metadata.json_ld_body();
  page.fields.text = std::move(text);
  page.fields.text_may_be_html = false;
  // A title alone is the shell of a page that scripts fill.
  if (page.fields.text.empty()) return Error{ErrorCode::kInvalidArgument, "no text on the page"};
  return page;
}

bool LooksLikeHtml(std::string_view text) {
  for (const std::string_view tag :
       {"</p>", "</P>", "<br", "<BR", "</div>", "</span>", "</a>", "</strong>", "</table>", "<p>", "<P>"}) {
    if (text.find(tag) != std::string_view::npos) return true;
  }
  return false;
}

Result<std::string> TextOfHtml(std::string_view utf8) {
  MAILUO_ASSIGN_OR_RETURN(const ReducedHtml reduced, ReduceHtml(utf8));
  const HtmlTree tree(reduced.html);
  std::string text;
  for (const HtmlLine& line : LinesBetween(tree, 0, tree.nodes().size())) {
    if (!text.empty()) text += '\n';
    text += line.text;
  }
  return text;
}

}  // namespace mailuo::ingest
