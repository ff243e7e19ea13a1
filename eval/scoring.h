// What the scorers of one article share: see article_score.h for what is counted.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/annotation.h"
#include "core/article.h"
#include "eval/gold.h"
#include "eval/scoreboard.h"

namespace mailuo::eval {

constexpr bool Overlaps(TextSpan a, TextSpan b) { return a.start < b.end && b.start < a.end; }

class Scoring {
 public:
  // The arguments outlive this object.
  Scoring(const GoldArticle& gold, const Article& article, const Annotation& found, Scoreboard& board);

  const GoldArticle& gold() const { return gold_; }
  const Annotation& found() const { return found_; }
  Scoreboard& board() { return board_; }

  std::string_view Slice(TextSpan span) const;
  // Number of the sentence that holds the code point; sentences are those of the product's own splitter.
  std::size_t SentenceOf(std::uint32_t point) const;
  bool Unscored(TextSpan span, std::optional<MentionType> type) const;

  // The gold's name for what was found under `name`: that of a mention of the same span and type.
  const std::string& GoldName(const std::string& name) const;

  // Adds a failure with the sentence around `point`; without one where the failure has no place.
  void Fail(Failure::Kind kind, const std::string& of, std::string what, std::optional<std::uint32_t> point);

 private:
  const GoldArticle& gold_;
  const Article& article_;
  const Annotation& found_;
  Scoreboard& board_;
  std::vector<TextSpan> sentences_;
  std::map<std::string, std::string> gold_names_;  // By the name found; only where the two differ.
};

void ScoreMentions(Scoring& scoring);
void ScoreDates(Scoring& scoring);
void ScoreEvents(Scoring& scoring);
void ScoreTimeline(Scoring& scoring);
void ScoreRelations(Scoring& scoring);

}  // namespace mailuo::eval
