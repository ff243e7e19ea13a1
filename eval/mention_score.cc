#include <algorithm>
#include <string>

#include <fmt/core.h>

#include "eval/scoring.h"

namespace mailuo::eval {
namespace {

void RateQualities(Scoring& scoring, const Mention& gold, const Mention& found) {
  const bool name_right = gold.name == found.name;
  scoring.board().Rate("mention.name", name_right);
  if (!name_right) {
    scoring.Fail(Failure::Kind::kWrong, "mention.name",
                 fmt::format("{}: expected {}, found {}", scoring.Slice(gold.span), gold.name, found.name),
                 gold.span.start);
  }
  if (gold.tickers.empty()) return;
  const bool tickers_right =
      std::find(found.tickers.begin(), found.tickers.end(), gold.tickers.front()) != found.tickers.end();
  scoring.board().Rate("mention.tickers", tickers_right);
  if (!tickers_right) {
    scoring.Fail(Failure::Kind::kWrong, "mention.tickers",
                 fmt::format("{}: expected {}, found {}", scoring.Slice(gold.span), gold.tickers.front(),
                             found.tickers.empty() ? "none" : found.tickers.front()),
                 gold.span.start);
  }
}

void CountFalse(Scoring& scoring, const Mention& found) {
  const std::string kind = fmt::format("mention/{}", Word(found.type));
  const std::string what = fmt::format("{} ({})", scoring.Slice(found.span), found.name);
  scoring.Fail(Failure::Kind::kFalse, kind, what, found.span.start);
}

// Companies in an article that names none.
void RateFalseCompanies(Scoring& scoring) {
  Tally& tally = scoring.board().tallies["false_company"];
  const std::size_t before = tally.found;
  for (const Mention& found : scoring.found().mentions) {
    if (found.type != MentionType::kCompany) continue;
    ++tally.found;
    scoring.Fail(Failure::Kind::kFalse, "false_company", fmt::format("{} ({})", scoring.Slice(found.span), found.name),
                 found.span.start);
  }
  scoring.board().Rate("article.no_false_company", tally.found == before);
}

}  // namespace

void ScoreMentions(Scoring& scoring) {
  auto& tallies = scoring.board().tallies;
  if (scoring.gold().common_words) RateFalseCompanies(scoring);
  const auto& gold = scoring.gold().annotation.mentions;
  std::vector<bool> met(gold.size(), false);
  for (const Mention& mention : gold) {
    ++tallies["mention"].gold;
    ++tallies[fmt::format("mention/{}", Word(mention.type))].gold;
  }
  for (const Mention& found : scoring.found().mentions) {
    const auto same = std::find_if(gold.begin(), gold.end(), [&](const Mention& mention) {
      return mention.span == found.span && mention.type == found.type;
    });
    if (same == gold.end() && scoring.Unscored(found.span, found.type)) continue;
    Tally& of_type = tallies[fmt::format("mention/{}", Word(found.type))];
    ++tallies["mention"].found;
    ++of_type.found;
    if (same == gold.end()) {
      CountFalse(scoring, found);
      continue;
    }
    ++tallies["mention"].right;
    ++of_type.right;
    met[static_cast<std::size_t>(same - gold.begin())] = true;
    RateQualities(scoring, *same, found);
  }
  for (std::size_t i = 0; i < gold.size(); ++i) {
    if (met[i]) continue;
    scoring.Fail(Failure::Kind::kMissed, fmt::format("mention/{}", Word(gold[i].type)),
                 fmt::format("{} ({})", scoring.Slice(gold[i].span), gold[i].name), gold[i].span.start);
  }
}

}  // namespace mailuo::eval
