// Sentences with labelled events of others, one JSON object a line, and what their labels stand for.
//
//   {"id", "text", "events": [{"type": "质押", "trigger": ["质押", 46], "args": [["sub-org", "…", 13], ...]}, ...]}
//
// The numbers are the code points where the quoted text starts. Which of our types and roles a label stands for is said
// by corpus/labels/fewfc_events.tsv. Thread safety: value types; pure functions.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/annotation.h"
#include "core/article.h"
#include "core/result.h"
#include "eval/scoreboard.h"

namespace mailuo::eval {

enum class ValueClass : std::uint8_t { kMoney, kShare, kPercent };

struct EventLabel {
  std::vector<EventType> types;                           // Counted in every line of a file that has the label.
  std::vector<std::string> words;                         // … where the trigger has one of them; empty: always.
  std::vector<EventType> also;                            // Right on such a label, not counted elsewhere.
  std::map<std::string, std::vector<std::string>> roles;  // "sub" -> our roles.
  std::map<std::string, ValueClass> amounts;              // "money" -> class of our value.

  bool Accepts(EventType type) const;
  bool Counts(EventType type, std::string_view trigger) const;
};
using EventLabels = std::map<std::string, EventLabel>;

// The labels that the program knows.
Result<EventLabels> BuiltInEventLabels();
// Errors name file and line.
Result<EventLabels> ParseEventLabels(std::string_view file, std::string_view tsv);

struct LabelledArgument {
  std::string role;  // As in the file: "sub-org".
  TextSpan span;
};
struct LabelledEvent {
  std::string label;
  TextSpan trigger;
  std::vector<LabelledArgument> arguments;
};
struct EventLine {
  Article article;
  std::vector<LabelledEvent> events;
};

// Errors: kInvalidArgument that says which member is wrong. A quote that does not stand where it says is refused.
Result<EventLine> ParseEventLine(std::string_view json);
// All lines of a file; empty ones are passed over. Errors start with `name` and the number of the line.
Result<std::vector<EventLine>> ReadEventLines(std::istream& lines, std::string_view name);

// A fifth of the lines is held back, by a hash of the id: rules are tuned on the others only.
enum class Part : std::uint8_t { kAll, kTuned, kHeld };
bool IsIn(Part part, std::string_view id);

// Counts, where `of_file` are the labels that occur in the file at all:
//
//   event                type fits and the triggers overlap, or are the same word of the same line; one to one. What we
//                        tell once more by the word of a label is not counted
//   event.span           the same, where the triggers overlap
//   event/LABEL          as `event`, by label
//   event.line           type fits, triggers aside
//   role, role/sub …     arguments of the mapped roles that our type has at all: the participant is named there or is
//                        the entity named there (role: sub and obj); arguments of labels that were not found are missed
//   role.found           the same, of the labels that were found
//   amount/ROLE          of events found: a value of that class overlaps the argument
//   ratio event.date     of events found whose label has a date: ours lies on it
void ScoreEventLine(const EventLine& line, const EventLabels& labels, const std::set<std::string>& of_file,
                    const Annotation& found, Scoreboard& board);

}  // namespace mailuo::eval
