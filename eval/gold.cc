#include "eval/gold.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include <fmt/core.h>

#include "text/utf8.h"

namespace mailuo::eval {
namespace {

namespace fs = std::filesystem;

Result<std::string> ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in) return Error{ErrorCode::kIo, fmt::format("cannot read {}", path.string())};
  return bytes;
}

}  // namespace

Result<std::vector<GoldArticle>> ReadGoldFolder(const std::string& folder) {
  std::error_code error;
  std::vector<fs::path> paths;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (it->path().extension() == ".json") paths.push_back(it->path());
  }
  if (error) return Error{ErrorCode::kIo, fmt::format("cannot read folder {}: {}", folder, error.message())};
  std::sort(paths.begin(), paths.end());
  std::vector<GoldArticle> articles;
  articles.reserve(paths.size());
  for (const fs::path& path : paths) {
    MAILUO_ASSIGN_OR_RETURN(const std::string json, ReadFile(path));
    MAILUO_ASSIGN_OR_RETURN(GoldArticle article, ParseGold(json, path.stem().string()));
    articles.push_back(std::move(article));
  }
  return articles;
}

Status CheckQuotes(const GoldArticle& gold, std::string_view text) {
  const std::size_t size = text::CountCodePoints(text);
  for (const QuotedSpan& quote : gold.quotes) {
    const bool inside = quote.span.start < quote.span.end && quote.span.end <= size;
    const std::string_view there =
        inside ? text::SliceCodePoints(text, quote.span.start, quote.span.end) : std::string_view{};
    if (there == quote.text) continue;
    return Error{ErrorCode::kInvalidArgument,
                 fmt::format("{}: the text has \"{}\" at {}-{}, expected \"{}\"", gold.name, there, quote.span.start,
                             quote.span.end, quote.text)};
  }
  for (const std::string& value : gold.value_texts) {
    if (text.find(value) == std::string_view::npos) {
      return Error{ErrorCode::kInvalidArgument, fmt::format("{}: the text has no value \"{}\"", gold.name, value)};
    }
  }
  return {};
}

}  // namespace mailuo::eval
