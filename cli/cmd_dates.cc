// mailuo dates: what a text says about time, step by step, so that a wrong date can be explained.
#include <string>
#include <vector>

#include <fmt/core.h>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/today.h"
#include "dates/date_finder.h"
#include "server/json_annotation.h"
#include "text/sentence.h"
#include "text/utf8.h"

namespace mailuo::cli {
namespace {

std::string Interval(const DateInterval& interval) {
  const auto end = [](const std::optional<Date>& date) { return date ? FormatDate(*date) : std::string("…"); };
  if (interval.from == interval.to) return end(interval.from);
  return end(interval.from) + " .. " + end(interval.to);
}

DateMention ToMention(const text::FoldedText& text, const dates::FoundDate& found) {
  return {text.ToCodePoints(found.span),
          found.interval,
          found.precision,
          found.relation,
          found.certainty,
          found.kind,
          found.anchor};
}

}  // namespace

int RunDates(const DatesOptions& options, Output& output) {
  Date published = Today();
  if (!options.at.empty()) {
    const auto at = dates::ParseDateQuery(options.at, Today());
    if (!at || !at->from) {
      return Fail({ErrorCode::kInvalidArgument, fmt::format("--at: '{}' is not a date", options.at)}, output);
    }
    published = *at->from;
  }
  if (text::FindInvalidUtf8(options.text)) {
    return Fail({ErrorCode::kInvalidArgument, "TEXT is not valid UTF-8"}, output);
  }
  const text::FoldedText folded(options.text);
  const auto sentences = text::SplitSentences(folded);
  std::vector<dates::FoundDate> found;
  std::vector<dates::DateTrace> trace;
  dates::FindDates(folded, sentences, {published}, found, &trace);

  if (options.json) {
    Article article;
    article.text = options.text;
    article.published = PublishedTime{published, -1};
    article.published_from = PublishedFrom::kMetadata;
    article.id = MakeArticleId(article);
    Annotation annotation;
    for (const text::Sentence& sentence : sentences) annotation.sentences.push_back(folded.ToCodePoints(sentence.span));
    for (const dates::FoundDate& date : found) annotation.dates.push_back(ToMention(folded, date));
    output.Line(server::AnnotationJson(article, annotation));
    return output.Flush() ? kExitOk : kExitStore;
  }

  output.Line(fmt::format("read on {}", FormatDate(published)));
  for (const dates::FoundDate& date : found) {
    output.Print(std::string(folded.Original(date.span)), Style::kName);
    output.Print("  ");
    output.Print(Interval(date.interval), Style::kDate);
    output.Line(fmt::format("  {} {} {} {}, anchor {}", Word(date.precision), Word(date.relation), Word(date.certainty),
                            Word(date.kind), Word(date.anchor)));
    for (const dates::DateTrace& line : trace) {
      if (line.span != date.span) continue;
      for (const std::string& step : line.steps) output.Line("    " + step);
    }
  }
  if (found.empty()) output.Line("no expression of time found");
  return output.Flush() ? kExitOk : kExitStore;
}

}  // namespace mailuo::cli
