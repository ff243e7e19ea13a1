// Labelled text of others, one JSON object a line: what any developer can measure with.
//
//   NER           {"id", "text", "spans": [[start, end, "label"], ...]}
//   security codes {"id", "date", "title", "text", "mentions": [[start, end, "688041.SH", "security", "海光信息"],
//   ...]}
//   stories       {"id", "date", "title", "text", "story", "event"}
//
// Offsets are code points, end exclusive. Thread safety: value types; pure functions.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/annotation.h"
#include "core/article.h"
#include "core/result.h"
#include "core/types.h"
#include "eval/scoreboard.h"

namespace mailuo::eval {

struct LabelledSpan {
  TextSpan span;
  std::string label;  // Of a NER line; the canonical security code of a code line.
};

struct LabelledLine {
  Article article;  // text, title, external_id, and the day of publication if the line has one.
  std::vector<LabelledSpan> spans;
};

// Errors: kInvalidArgument that says which member is wrong. Spans that do not fit the text are refused.
Result<LabelledLine> ParseNerLine(std::string_view json);
// Keeps the mentions of kind "security" whose code CanonicalTicker knows; others are passed over.
Result<LabelledLine> ParseTickerLine(std::string_view json);

// An article of a story, and of one happening in it.
struct StoryLine {
  Article article;  // text, title, external_id, published.
  std::string story;
  std::string event;
};
Result<StoryLine> ParseStoryLine(std::string_view json);

// Which mention type a label stands for; labels that are not in it are passed over.
using LabelMap = std::map<std::string, MentionType>;
// company, Corporate, Stock -> company; organization, government -> organization; name -> person.
LabelMap DefaultLabelMap();
// "label=type,label=type". Errors name the word.
Result<LabelMap> ParseLabelMap(std::string_view text);

// Strict span and type: "mention/TYPE" for each type that the map can produce.
void ScoreNerLine(const LabelledLine& line, const LabelMap& map, const Annotation& found, Scoreboard& board);
// Takes back what was counted of types that no line had a label of: a set that does not label persons says nothing
// about them.
void DropUnlabelledTypes(Scoreboard& board);

// "link": a labelled span counts as found where a company overlaps it, as right where that company has its code.
// Companies that overlap no label are not counted as false, because publishers do not link every mention; the ratio
// "link.labelled" tells how many of the companies found are labelled at all.
void ScoreTickerLine(const LabelledLine& line, const Annotation& found, Scoreboard& board);

}  // namespace mailuo::eval
