#include "ingest/front_matter.h"

#include <algorithm>
#include <string>
#include <utility>

namespace mailuo::ingest {
namespace {

// A front matter longer than this is no front matter.
constexpr std::size_t kMaxFrontMatter = std::size_t{64} * 1024;

std::string_view TakeLine(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string_view Trim(std::string_view text) {
  const std::size_t from = text.find_first_not_of(" \t\r\n");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1);
}

std::string Unquote(std::string_view value) {
  value = Trim(value);
  if (value.size() < 2 || value.front() != value.back() || (value.front() != '"' && value.front() != '\'')) {
    // " # …" starts a comment outside quotes.
    const std::size_t comment = value.find(" #");
    return std::string(Trim(value.substr(0, comment)));
  }
  const char quote = value.front();
  value = value.substr(1, value.size() - 2);
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (quote == '"' && value[i] == '\\' && i + 1 < value.size()) ++i;
    out += value[i];
  }
  return out;
}

void Join(std::string& list, const std::string& item) {
  if (item.empty()) return;
  if (!list.empty()) list += "、";
  list += item;
}

std::string Scalar(std::string_view value) {
  value = Trim(value);
  if (value.size() < 2 || value.front() != '[' || value.back() != ']') return Unquote(value);
  value = value.substr(1, value.size() - 2);
  std::string list;
  while (!value.empty()) {
    const std::size_t comma = value.find(',');
    Join(list, Unquote(value.substr(0, comma)));
    value.remove_prefix(comma == std::string_view::npos ? value.size() : comma + 1);
  }
  return list;
}

void ReadPairs(std::string_view block, char separator, RecordFields& fields) {
  std::string key;
  std::string items;
  const auto flush = [&] {
    if (!key.empty() && !items.empty()) fields.Offer(key, std::exchange(items, {}));
  };
  while (!block.empty()) {
    const std::string_view line = TakeLine(block);
    const std::string_view trimmed = Trim(line);
    if (trimmed.empty() || trimmed.front() == '#') continue;
    if (trimmed.starts_with("- ")) {
      Join(items, Unquote(trimmed.substr(2)));
      continue;
    }
    if (line.front() == ' ' || line.front() == '\t') continue;
    flush();
    const std::size_t end = line.find(separator);
    // People write a full-width colon behind a Chinese key.
    const std::size_t wide = separator == ':' ? line.find("：") : std::string_view::npos;
    const std::size_t cut = std::min(end, wide);
    if (cut == std::string_view::npos) continue;
    key = Unquote(line.substr(0, cut));
    const std::string value = Scalar(line.substr(cut + (cut == wide ? 3 : 1)));
    if (!value.empty()) fields.Offer(key, value);
  }
  flush();
}

// The block between the first line (`fence`) and the next such line; removed from `text` with both.
std::string_view TakeBlock(std::string_view& text, std::string_view fence) {
  std::string_view rest = text;
  if (Trim(TakeLine(rest)) != fence) return {};
  const std::string_view block_and_more = rest;
  while (!rest.empty()) {
    const auto length = static_cast<std::size_t>(rest.data() - block_and_more.data());
    if (length > kMaxFrontMatter) return {};
    const std::string_view line = Trim(TakeLine(rest));
    if (line == fence || (fence == "---" && line == "...")) {
      text = rest;
      return block_and_more.substr(0, length);
    }
  }
  return {};
}

}  // namespace

MarkdownParts SplitMarkdown(std::string_view utf8) {
  MarkdownParts parts;
  if (const std::string_view yaml = TakeBlock(utf8, "---"); !yaml.empty()) {
    ReadPairs(yaml, ':', parts.fields);
  } else if (const std::string_view toml = TakeBlock(utf8, "+++"); !toml.empty()) {
    ReadPairs(toml, '=', parts.fields);
  }
  parts.fields.text.clear();
  const std::size_t start = utf8.find_first_not_of("\r\n");
  parts.body = start == std::string_view::npos ? std::string_view() : utf8.substr(start);
  if (parts.fields.title.empty()) {
    std::string_view rest = parts.body;
    while (!rest.empty()) {
      const std::string_view line = Trim(TakeLine(rest));
      if (line.empty()) continue;
      if (line.starts_with("# ")) parts.fields.title = std::string(Trim(line.substr(2)));
      break;
    }
  }
  return parts;
}

}  // namespace mailuo::ingest
