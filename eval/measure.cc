#include "eval/measure.h"

#include <istream>
#include <set>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "core/ids.h"
#include "eval/ambiguity_score.h"
#include "eval/article_score.h"
#include "eval/event_labels.h"
#include "eval/gold.h"
#include "eval/labelled.h"
#include "ingest/article_reader.h"

namespace mailuo::eval {
namespace {

void RatePublished(const GoldArticle& gold, const Article& article, Scoreboard& board) {
  const bool right = article.published && article.published->date == gold.published;
  board.Rate("published", right);
  if (right) return;
  board.failures.push_back({Failure::Kind::kWrong,
                            "published",
                            gold.name,
                            fmt::format("expected {}, found {}", FormatDate(gold.published),
                                        article.published ? FormatDate(article.published->date) : "none"),
                            {}});
}

// All lines are read first: which types count depends on the labels that the file has at all.
Result<Scoreboard> MeasureEvents(const Options& options, std::istream& lines, extract::Annotator& annotator) {
  MAILUO_ASSIGN_OR_RETURN(const EventLabels labels, BuiltInEventLabels());
  MAILUO_ASSIGN_OR_RETURN(std::vector<EventLine> all, ReadEventLines(lines, options.lines_path));
  std::set<std::string> of_file;
  for (const EventLine& line : all) {
    for (const LabelledEvent& event : line.events) of_file.insert(event.label);
  }
  Scoreboard board;
  for (EventLine& line : all) {
    if (!line.article.published && options.published) line.article.published = PublishedTime{*options.published, -1};
    if (!IsIn(options.part, line.article.external_id)) continue;
    Annotation found = annotator.Annotate(line.article);
    DropUnsure(options.min_confidence, found);
    ScoreEventLine(line, labels, of_file, found, board);
  }
  return board;
}

}  // namespace

Result<Article> ReadSample(const std::string& path) {
  std::vector<Result<Article>> read;
  MAILUO_RETURN_IF_ERROR(ingest::ReadArticles(path, {}, [&](ingest::ReadOutcome&& outcome) {
    read.push_back(std::move(outcome.article));
    return read.size() < 2;
  }));
  if (read.size() != 1) return Error{ErrorCode::kInvalidArgument, fmt::format("{}: expected one article", path)};
  if (!read.front()) return std::move(read.front()).error().Prefixed(path);
  return *std::move(read.front());
}

Result<Scoreboard> MeasureGold(const Options& options, extract::Annotator& annotator) {
  MAILUO_ASSIGN_OR_RETURN(const std::vector<GoldArticle> all, ReadGoldFolder(options.gold_folder));
  Scoreboard board;
  for (const GoldArticle& gold : all) {
    MAILUO_ASSIGN_OR_RETURN(Article article, ReadSample(options.samples_folder + "/" + gold.sample));
    MAILUO_RETURN_IF_ERROR(CheckQuotes(gold, article.text));
    RatePublished(gold, article, board);
    article.published = PublishedTime{gold.published, -1};
    Annotation found = annotator.Annotate(article);
    DropUnsure(options.min_confidence, found);
    ScoreArticle(gold, article, found, board);
  }
  return board;
}

Result<Scoreboard> MeasureLines(const Options& options, std::istream& lines, extract::Annotator& annotator) {
  if (options.mode == Mode::kEvents) return MeasureEvents(options, lines, annotator);
  Scoreboard board;
  std::string json;
  for (std::size_t number = 1; std::getline(lines, json); ++number) {
    if (json.empty() || (options.mode == Mode::kAmbiguity && json.front() == '#')) continue;
    if (options.mode == Mode::kAmbiguity) {
      const auto sentence = ParseAmbiguityLine(json);
      if (!sentence) return Error(sentence.error()).Prefixed(fmt::format("{}:{}", options.lines_path, number));
      Annotation found = annotator.Annotate(sentence->article);
      DropUnsure(options.min_confidence, found);
      ScoreAmbiguityLine(*sentence, found, board);
      continue;
    }
    auto line = options.mode == Mode::kNer ? ParseNerLine(json) : ParseTickerLine(json);
    if (!line) return std::move(line).error().Prefixed(fmt::format("{}:{}", options.lines_path, number));
    if (options.mode == Mode::kNer && options.tenth >= 0 && TenthOf(line->article.external_id) != options.tenth) {
      continue;
    }
    Annotation found = annotator.Annotate(line->article);
    DropUnsure(options.min_confidence, found);
    if (options.mode == Mode::kNer) {
      ScoreNerLine(*line, options.labels, found, board);
    } else {
      ScoreTickerLine(*line, found, board);
    }
  }
  if (options.mode == Mode::kNer) DropUnlabelledTypes(board);
  return board;
}

}  // namespace mailuo::eval
