#include "ingest/page_lines.h"

#include <algorithm>
#include <vector>

#include "embedded_IngestBoilerplate.h"
#include "ingest/dateline.h"
#include "ingest/tsv_table.h"
#include "text/folded_text.h"

namespace mailuo::ingest {
namespace {

constexpr std::size_t kShortLine = 40;

struct Furniture {
  std::vector<std::u16string> whole;
  std::vector<std::u16string> starts;
  std::vector<std::u16string> inside;
};

const Furniture& Table() {
  static const Furniture the_table = [] {
    Furniture table;
    for (const auto& row : ReadTable(embedded::IngestBoilerplate(), 3)) {
      auto& list = row[1] == "whole" ? table.whole : row[1] == "starts" ? table.starts : table.inside;
      list.push_back(text::FoldKey16(row[0]));
    }
    return table;
  }();
  return the_table;
}

std::string_view Trim(std::string_view line) {
  constexpr std::string_view kIdeographicSpace = "　";
  while (true) {
    const std::size_t from = line.find_first_not_of(" \t\r");
    line.remove_prefix(std::min(from, line.size()));
    if (!line.starts_with(kIdeographicSpace)) break;
    line.remove_prefix(kIdeographicSpace.size());
  }
  while (true) {
    const std::size_t to = line.find_last_not_of(" \t\r");
    line = line.substr(0, to == std::string_view::npos ? 0 : to + 1);
    if (!line.ends_with(kIdeographicSpace)) break;
    line.remove_suffix(kIdeographicSpace.size());
  }
  return line;
}

bool ReadsLikeHeadline(std::u16string_view folded) {
  constexpr std::size_t kMin = 4;
  constexpr std::size_t kMax = 60;
  if (folded.size() < kMin || folded.size() > kMax) return false;
  constexpr std::u16string_view kSentenceEnds = u"。;,、:";
  if (kSentenceEnds.find(folded.back()) != std::u16string_view::npos) return false;
  if (folded.substr(0, 4) == u"http") return false;
  std::size_t letters = 0;
  std::size_t digits = 0;
  for (const char16_t unit : folded) {
    letters += text::IsHan(unit) || text::IsAsciiLetter(unit) ? 1U : 0U;
    digits += text::IsAsciiDigit(unit) ? 1U : 0U;
  }
  return letters >= kMin && (letters + digits) * 2 >= folded.size();
}

}  // namespace

bool IsPageFurniture(std::string_view line) {
  // Long lines are text, whatever they begin with.
  constexpr std::size_t kMaxBytes = 400;
  line = Trim(line);
  if (line.empty() || line.size() > kMaxBytes) return false;
  const std::u16string key = text::FoldKey16(line);
  const Furniture& table = Table();
  const auto is = [&key](const std::u16string& word) { return key == word; };
  const auto starts = [&key](const std::u16string& word) { return key.starts_with(word); };
  const auto holds = [&key](const std::u16string& word) { return key.find(word) != std::u16string::npos; };
  return std::any_of(table.whole.begin(), table.whole.end(), is) ||
         std::any_of(table.starts.begin(), table.starts.end(), starts) ||
         (key.size() <= kShortLine && std::any_of(table.inside.begin(), table.inside.end(), holds));
}

std::string HeadlineOf(std::string_view utf8) {
  constexpr int kLinesTried = 4;
  int tried = 0;
  while (!utf8.empty() && tried < kLinesTried) {
    const std::size_t end = utf8.find('\n');
    const std::string_view line = Trim(utf8.substr(0, end));
    utf8.remove_prefix(end == std::string_view::npos ? utf8.size() : end + 1);
    if (line.empty()) continue;
    ++tried;
    if (IsPageFurniture(line) || IsDateline(line)) continue;
    constexpr std::size_t kMaxBytes = 400;
    if (line.size() > kMaxBytes || Trim(utf8).find_first_not_of('\n') == std::string_view::npos) return {};
    return ReadsLikeHeadline(text::FoldKey16(line)) ? std::string(line) : std::string();
  }
  return {};
}

}  // namespace mailuo::ingest
