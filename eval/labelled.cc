#include "eval/labelled.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/core.h>

#include "text/utf8.h"

namespace mailuo::eval {
namespace {

bool Overlaps(TextSpan a, TextSpan b) { return a.start < b.end && b.start < a.end; }

std::string_view Slice(const LabelledLine& line, TextSpan span) {
  return text::SliceCodePoints(line.article.text, span.start, span.end);
}

// Enough of the text around a span to judge it; labelled texts may be whole articles.
std::string Around(const LabelledLine& line, TextSpan span) {
  constexpr std::uint32_t kContext = 30;
  const std::uint32_t start = span.start > kContext ? span.start - kContext : 0;
  std::string context(Slice(line, {start, span.end + kContext}));
  std::replace(context.begin(), context.end(), '\n', ' ');
  return context;
}

void Fail(const LabelledLine& line, Failure::Kind kind, const std::string& of, std::string what, TextSpan span,
          Scoreboard& board) {
  board.failures.push_back({kind, of, line.article.external_id, std::move(what), Around(line, span)});
}

}  // namespace

LabelMap DefaultLabelMap() {
  return {{"company", MentionType::kCompany},         {"Corporate", MentionType::kCompany},
          {"Stock", MentionType::kCompany},           {"organization", MentionType::kOrganization},
          {"government", MentionType::kOrganization}, {"name", MentionType::kPerson}};
}

Result<LabelMap> ParseLabelMap(std::string_view text) {
  LabelMap map;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    const std::string_view pair = text.substr(0, comma);
    text.remove_prefix(std::min(comma + 1, text.size()));
    const std::size_t equal = pair.find('=');
    const auto type = equal == std::string_view::npos ? std::nullopt : ParseMentionType(pair.substr(equal + 1));
    if (!type || equal == 0) {
      return Error{ErrorCode::kInvalidArgument, fmt::format("expected LABEL=TYPE, got \"{}\"", pair)};
    }
    map[std::string(pair.substr(0, equal))] = *type;
  }
  return map;
}

void ScoreNerLine(const LabelledLine& line, const LabelMap& map, const Annotation& found, Scoreboard& board) {
  std::set<std::pair<TextSpan, MentionType>> gold;
  for (const LabelledSpan& span : line.spans) {
    if (const auto type = map.find(span.label); type != map.end()) gold.emplace(span.span, type->second);
  }
  const auto kind = [](MentionType type) { return fmt::format("mention/{}", Word(type)); };
  std::set<MentionType> types;
  for (const auto& [label, type] : map) types.insert(type);
  for (const auto& [span, type] : gold) ++board.tallies[kind(type)].gold;
  std::set<std::pair<TextSpan, MentionType>> met;
  for (const Mention& mention : found.mentions) {
    if (!types.contains(mention.type)) continue;
    Tally& tally = board.tallies[kind(mention.type)];
    ++tally.found;
    const std::pair key{mention.span, mention.type};
    if (gold.contains(key)) {
      ++tally.right;
      met.insert(key);
    } else {
      Fail(line, Failure::Kind::kFalse, kind(mention.type), std::string(Slice(line, mention.span)), mention.span,
           board);
    }
  }
  for (const auto& [span, type] : gold) {
    if (met.contains({span, type})) continue;
    Fail(line, Failure::Kind::kMissed, kind(type), std::string(Slice(line, span)), span, board);
  }
}

void DropUnlabelledTypes(Scoreboard& board) {
  std::erase_if(board.tallies, [](const auto& entry) { return entry.second.gold == 0; });
  std::erase_if(board.failures, [&](const Failure& failure) { return !board.tallies.contains(failure.of); });
}

void ScoreTickerLine(const LabelledLine& line, const Annotation& found, Scoreboard& board) {
  Tally& tally = board.tallies["link"];
  for (const LabelledSpan& label : line.spans) {
    ++tally.gold;
    const auto company = std::find_if(found.mentions.begin(), found.mentions.end(), [&](const Mention& mention) {
      return mention.type == MentionType::kCompany && Overlaps(mention.span, label.span);
    });
    const std::string what = fmt::format("{} ({})", Slice(line, label.span), label.label);
    if (company == found.mentions.end()) {
      Fail(line, Failure::Kind::kMissed, "link", what, label.span, board);
      continue;
    }
    ++tally.found;
    if (std::find(company->tickers.begin(), company->tickers.end(), label.label) != company->tickers.end()) {
      ++tally.right;
    } else {
      Fail(line, Failure::Kind::kWrong, "link",
           fmt::format("{}, found {} {}", what, company->name, company->tickers.empty() ? "" : company->tickers[0]),
           label.span, board);
    }
  }
  for (const Mention& mention : found.mentions) {
    if (mention.type != MentionType::kCompany || mention.tickers.empty()) continue;
    const bool labelled = std::any_of(line.spans.begin(), line.spans.end(),
                                      [&](const LabelledSpan& label) { return Overlaps(mention.span, label.span); });
    board.Rate("link.labelled", labelled);
  }
}

}  // namespace mailuo::eval
