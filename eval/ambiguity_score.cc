#include "eval/ambiguity_score.h"

#include <algorithm>
#include <cstdint>

#include <fmt/core.h>

#include "core/ids.h"
#include "text/utf8.h"

namespace mailuo::eval {
namespace {

Error Wrong(std::string message) { return Error{ErrorCode::kInvalidArgument, std::move(message)}; }

}  // namespace

Result<AmbiguityLine> ParseAmbiguityLine(std::string_view line) {
  const std::size_t first = line.find('\t');
  const std::size_t second = first == std::string_view::npos ? first : line.find('\t', first + 1);
  if (second == std::string_view::npos) return Wrong("expected NAME, company or word, SENTENCE, split by tabs");
  const std::string_view name = line.substr(0, first);
  const std::string_view meaning = line.substr(first + 1, second - first - 1);
  const std::string_view sentence = line.substr(second + 1);
  if (meaning != "company" && meaning != "word") {
    return Wrong(fmt::format("column 2: expected company or word, got \"{}\"", meaning));
  }
  if (text::FindInvalidUtf8(line)) return Wrong("not UTF-8");
  const std::size_t at = sentence.find(name);
  if (name.empty() || at == std::string_view::npos) {
    return Wrong(fmt::format("column 3: the sentence does not hold \"{}\"", name));
  }
  AmbiguityLine result;
  result.article.text = std::string(sentence);
  result.article.external_id = std::string(name);
  const auto start = static_cast<std::uint32_t>(text::CountCodePoints(sentence.substr(0, at)));
  result.span = {start, start + static_cast<std::uint32_t>(text::CountCodePoints(name))};
  result.company = meaning == "company";
  return result;
}

void ScoreAmbiguityLine(const AmbiguityLine& line, const Annotation& found, Scoreboard& board) {
  bool covers = false;
  bool touches = false;
  for (const Mention& mention : found.mentions) {
    if (mention.type != MentionType::kCompany) continue;
    covers = covers || (mention.span.start <= line.span.start && line.span.end <= mention.span.end);
    touches = touches || (mention.span.start < line.span.end && line.span.start < mention.span.end);
  }
  const bool right = line.company ? covers : !touches;
  const std::string meant = line.company ? "company" : "word";
  ++board.tallies["ambiguity/" + meant].gold;
  ++board.tallies[covers || touches ? "ambiguity/company" : "ambiguity/word"].found;
  if (right) ++board.tallies["ambiguity/" + meant].right;
  const std::string half = StableHash64(line.article.external_id) % 2 == 0 ? "tuned" : "held";
  board.Rate("ambiguity.right", right);
  board.Rate("ambiguity.right." + half, right);
  if (right) return;
  board.failures.push_back({line.company ? Failure::Kind::kMissed : Failure::Kind::kFalse, "ambiguity." + half,
                            line.article.external_id, fmt::format("means the {}", meant), line.article.text});
}

}  // namespace mailuo::eval
