#include "eval/article_score.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "eval/scoring.h"
#include "text/folded_text.h"
#include "text/sentence.h"
#include "text/utf8.h"

namespace mailuo::eval {

Scoring::Scoring(const GoldArticle& gold, const Article& article, const Annotation& found, Scoreboard& board)
    : gold_(gold), article_(article), found_(found), board_(board) {
  const text::FoldedText folded(article.text);
  for (const text::Sentence& sentence : text::SplitSentences(folded)) {
    sentences_.push_back(folded.ToCodePoints(sentence.span));
  }
  std::set<std::string> own_names;
  for (const Mention& mention : gold.annotation.mentions) own_names.insert(mention.name);
  for (const Mention& mention : gold.annotation.mentions) {
    for (const Mention& same : found.mentions) {
      if (same.span != mention.span || same.type != mention.type || own_names.contains(same.name)) continue;
      gold_names_.emplace(same.name, mention.name);
    }
  }
}

const std::string& Scoring::GoldName(const std::string& name) const {
  const auto translated = gold_names_.find(name);
  return translated == gold_names_.end() ? name : translated->second;
}

std::string_view Scoring::Slice(TextSpan span) const {
  return text::SliceCodePoints(article_.text, span.start, span.end);
}

std::size_t Scoring::SentenceOf(std::uint32_t point) const {
  const auto after = std::upper_bound(sentences_.begin(), sentences_.end(), point,
                                      [](std::uint32_t p, const TextSpan& span) { return p < span.start; });
  return after == sentences_.begin() ? 0 : static_cast<std::size_t>(std::distance(sentences_.begin(), after)) - 1;
}

bool Scoring::Unscored(TextSpan span, std::optional<MentionType> type) const {
  return std::any_of(gold_.unscored.begin(), gold_.unscored.end(), [&](const UnscoredSpan& unscored) {
    return Overlaps(unscored.span, span) && (!unscored.type || unscored.type == type);
  });
}

void Scoring::Fail(Failure::Kind kind, const std::string& of, std::string what, std::optional<std::uint32_t> point) {
  Failure failure{kind, of, gold_.name, std::move(what), {}};
  if (point && !sentences_.empty()) failure.sentence = Slice(sentences_[SentenceOf(*point)]);
  board_.failures.push_back(std::move(failure));
}

void DropUnsure(double min_confidence, Annotation& annotation) {
  const auto drop = [&](auto& items) {
    std::erase_if(items, [&](const auto& item) { return static_cast<double>(item.confidence) < min_confidence; });
  };
  drop(annotation.mentions);
  drop(annotation.events);
  drop(annotation.relations);
}

void ScoreArticle(const GoldArticle& gold, const Article& article, const Annotation& found, Scoreboard& board) {
  Scoring scoring(gold, article, found, board);
  ScoreMentions(scoring);
  ScoreDates(scoring);
  ScoreEvents(scoring);
  ScoreTimeline(scoring);
  ScoreRelations(scoring);
}

}  // namespace mailuo::eval
