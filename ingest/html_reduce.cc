#include "ingest/html_reduce.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/core.h>

namespace mailuo::ingest {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kMaxJsonLdBytes = std::size_t{1024} * 1024;
constexpr std::size_t kMaxJsonLdBlocks = 8;
constexpr std::size_t kMaxAttributeBytes = 1000;
constexpr std::size_t kMaxNameBytes = 32;

template <std::size_t N>
bool IsOneOf(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Their text stays, the tags go.
constexpr std::array kFormatting{"b"sv,     "i"sv,   "u"sv,    "s"sv,   "em"sv,   "strong"sv, "font"sv,
                                 "small"sv, "big"sv, "code"sv, "tt"sv,  "nobr"sv, "strike"sv, "span"sv,
                                 "mark"sv,  "sub"sv, "sup"sv,  "ins"sv, "del"sv};
// Dropped with all they hold; no tag inside them counts.
constexpr std::array kRaw{"script"sv,  "style"sv,    "noscript"sv, "template"sv, "iframe"sv, "textarea"sv, "xmp"sv,
                          "noembed"sv, "noframes"sv, "svg"sv,      "math"sv,     "canvas"sv, "object"sv,   "select"sv};
constexpr std::array kVoid{"area"sv,  "base"sv, "br"sv,   "col"sv,   "embed"sv,  "hr"sv,    "img"sv,
                           "input"sv, "link"sv, "meta"sv, "param"sv, "source"sv, "track"sv, "wbr"sv};
// A new one closes the one before: they do not nest by being left open.
constexpr std::array kSelfClosing{"p"sv, "li"sv, "td"sv, "th"sv, "tr"sv, "dt"sv, "dd"sv, "option"sv, "a"sv};
constexpr std::array kAttributes{"class"sv,    "id"sv,  "role"sv, "itemprop"sv, "property"sv, "name"sv, "content"sv,
                                 "datetime"sv, "rel"sv, "href"sv, "hidden"sv,   "style"sv,    "type"sv};
// <link href>, <a href> is of no use.
constexpr std::array kAttributesOfLinks{"class"sv};

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool IsLetter(char c) { return Lower(c) >= 'a' && Lower(c) <= 'z'; }

bool StartsWithNoCase(std::string_view text, std::string_view lower) {
  return text.size() >= lower.size() &&
         std::equal(lower.begin(), lower.end(), text.begin(), [](char a, char b) { return a == Lower(b); });
}

struct Attribute {
  std::string name;
  std::string_view value;
};

struct Tag {
  std::string name;
  bool closing = false;
  std::vector<Attribute> attributes;
  std::size_t end = 0;  // Behind ">".
};

// The tag at `at`, which holds "<" and a letter, or "</" and a letter.
Tag ReadTag(std::string_view html, std::size_t at) {
  Tag tag;
  ++at;
  if (html[at] == '/') {
    tag.closing = true;
    ++at;
  }
  while (at < html.size() && !IsSpace(html[at]) && html[at] != '>' && html[at] != '/') {
    if (tag.name.size() < kMaxNameBytes) tag.name += Lower(html[at]);
    ++at;
  }
  while (at < html.size() && html[at] != '>') {
    if (IsSpace(html[at]) || html[at] == '/') {
      ++at;
      continue;
    }
    std::string name;
    while (at < html.size() && !IsSpace(html[at]) && html[at] != '=' && html[at] != '>' && html[at] != '/') {
      if (name.size() < kMaxNameBytes) name += Lower(html[at]);
      ++at;
    }
    while (at < html.size() && IsSpace(html[at])) ++at;
    std::string_view value;
    if (at < html.size() && html[at] == '=') {
      ++at;
      while (at < html.size() && IsSpace(html[at])) ++at;
      const char quote = at < html.size() ? html[at] : '\0';
      if (quote == '"' || quote == '\'') {
        const std::size_t close = std::min(html.find(quote, at + 1), html.size());
        value = html.substr(at + 1, close - at - 1);
        at = std::min(close + 1, html.size());
      } else {
        const std::size_t start = at;
        while (at < html.size() && !IsSpace(html[at]) && html[at] != '>') ++at;
        value = html.substr(start, at - start);
      }
    } else if (name.empty()) {
      ++at;
      continue;
    }
    const bool known = IsOneOf(name, kAttributes);
    const bool repeated = std::any_of(tag.attributes.begin(), tag.attributes.end(),
                                      [&name](const Attribute& a) { return a.name == name; });
    if (known && !repeated) tag.attributes.push_back({std::move(name), value});
  }
  tag.end = std::min(at + 1, html.size());
  return tag;
}

// Where the raw element `name`, opened before `at`, ends: the offset of its end tag, or the end of the page.
std::size_t FindRawEnd(std::string_view html, std::size_t at, std::string_view name) {
  for (std::size_t open = html.find("</", at); open != std::string_view::npos; open = html.find("</", open + 2)) {
    const std::string_view rest = html.substr(open + 2);
    if (StartsWithNoCase(rest, name) && (rest.size() == name.size() || !IsLetter(rest[name.size()]))) return open;
  }
  return html.size();
}

std::string_view CutAtCharacter(std::string_view text, std::size_t max) {
  if (text.size() <= max) return text;
  while (max > 0 && (static_cast<unsigned char>(text[max]) & 0xC0U) == 0x80U) --max;
  return text.substr(0, max);
}

class Reducer {
 public:
  explicit Reducer(std::string_view html) : html_(html) { out_.html.reserve(html.size()); }

  Result<ReducedHtml> Run() {
    std::size_t at = 0;
    while (at < html_.size()) {
      const std::size_t open = std::min(html_.find('<', at), html_.size());
      out_.html += html_.substr(at, open - at);
      at = open;
      if (at == html_.size()) break;
      const char next = at + 1 < html_.size() ? html_[at + 1] : '\0';
      const char after = at + 2 < html_.size() ? html_[at + 2] : '\0';
      if (next == '!' || next == '?') {
        at = SkipDeclaration(at);
      } else if (IsLetter(next) || (next == '/' && IsLetter(after))) {
        Tag tag = ReadTag(html_, at);
        at = tag.end;
        MAILUO_RETURN_IF_ERROR(Emit(tag, at));
      } else {
        out_.html += "&lt;";
        ++at;
      }
    }
    return std::move(out_);
  }

 private:
  std::size_t SkipDeclaration(std::size_t at) const {
    if (html_.substr(at, 4) == "<!--") {
      const std::size_t close = html_.find("-->", at + 4);
      return close == std::string_view::npos ? html_.size() : close + 3;
    }
    const std::size_t close = html_.find('>', at);
    return close == std::string_view::npos ? html_.size() : close + 1;
  }

  // Writes the tag, or skips it and what it holds; `at` moves behind.
  Status Emit(const Tag& tag, std::size_t& at) {
    if (IsOneOf(tag.name, kFormatting)) return {};
    if (IsOneOf(tag.name, kRaw)) {
      if (tag.closing) return {};
      const std::size_t end = FindRawEnd(html_, at, tag.name);
      const bool linked = std::any_of(tag.attributes.begin(), tag.attributes.end(), [](const Attribute& a) {
        return a.name == "type" && a.value.find("ld+json") != std::string_view::npos;
      });
      if (linked && end - at <= kMaxJsonLdBytes && out_.json_ld.size() < kMaxJsonLdBlocks) {
        out_.json_ld.emplace_back(html_.substr(at, end - at));
      }
      at = end;
      return {};
    }
    if (++tags_ > kMaxHtmlTags) {
      return Error{ErrorCode::kLimitExceeded, fmt::format("page has more than {} tags", kMaxHtmlTags)};
    }
    MAILUO_RETURN_IF_ERROR(Count(tag));
    out_.html += tag.closing ? "</" : "<";
    out_.html += tag.name;
    for (const Attribute& attribute : tag.attributes) Write(tag, attribute);
    out_.html += '>';
    return {};
  }

  Status Count(const Tag& tag) {
    if (IsOneOf(tag.name, kVoid) || IsOneOf(tag.name, kSelfClosing)) return {};
    if (tag.closing) {
      depth_ -= depth_ > 0 ? 1 : 0;
    } else if (++depth_ > kMaxHtmlDepth) {
      return Error{ErrorCode::kLimitExceeded, fmt::format("tags nest deeper than {} levels", kMaxHtmlDepth)};
    }
    return {};
  }

  void Write(const Tag& tag, const Attribute& attribute) {
    if (tag.closing || (tag.name == "a" && !IsOneOf(attribute.name, kAttributesOfLinks))) return;
    if (attribute.name == "style" && attribute.value.find("none") == std::string_view::npos) return;
    out_.html += ' ';
    out_.html += attribute.name;
    out_.html += "=\"";
    for (const char c : CutAtCharacter(attribute.value, kMaxAttributeBytes)) {
      if (c == '"') {
        out_.html += "&quot;";
      } else {
        out_.html += c;
      }
    }
    out_.html += '"';
  }

  std::string_view html_;
  ReducedHtml out_;
  std::size_t tags_ = 0;
  std::size_t depth_ = 0;
};

}  // namespace

Result<ReducedHtml> ReduceHtml(std::string_view utf8) { return Reducer(utf8).Run(); }

std::string_view DeclaredCharset(std::string_view bytes) {
  constexpr std::size_t kHead = 4096;
  bytes = bytes.substr(0, kHead);
  for (std::size_t at = 0; at + 8 < bytes.size(); ++at) {
    if (!StartsWithNoCase(bytes.substr(at), "charset")) continue;
    std::size_t start = at + 7;
    while (start < bytes.size() &&
           (IsSpace(bytes[start]) || bytes[start] == '=' || bytes[start] == '"' || bytes[start] == '\'')) {
      ++start;
    }
    std::size_t end = start;
    while (end < bytes.size() && (IsLetter(bytes[end]) || (bytes[end] >= '0' && bytes[end] <= '9') ||
                                  bytes[end] == '-' || bytes[end] == '_')) {
      ++end;
    }
    return bytes.substr(start, end - start);
  }
  return {};
}

}  // namespace mailuo::ingest
