// Expressions of time in a news text, resolved to intervals of days (shared design: time.md; docs/TIME.md).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/annotation.h"
#include "core/date.h"
#include "text/folded_text.h"
#include "text/sentence.h"
#include "text/span.h"

namespace mailuo::dates {

// What the text is read against.
struct DateContext {
  // The day of publication. Without it full dates resolve, relative ones are left out.
  std::optional<Date> published;
};

// A DateMention whose span is still in folded units.
struct FoundDate {
  text::UnitSpan span;
  DateInterval interval;  // At least one end is present.
  DatePrecision precision = DatePrecision::kDay;
  DateRelation relation = DateRelation::kAt;
  DateCertainty certainty = DateCertainty::kExact;
  DateKind kind = DateKind::kFull;
  DateAnchor anchor = DateAnchor::kNone;
};

// One line of `mailuo dates`: which rule found a span and each step of its resolution, in words.
struct DateTrace {
  text::UnitSpan span;
  std::vector<std::string> steps;
};

// Stateless. Thread safety: may be called from any thread.
// `sentences` are those of `text` (SplitSentences); the discourse (the year, month and day that earlier mentions leave
// behind) runs through them in order. Appends to `out` sorted by start, never overlapping.
void FindDates(const text::FoldedText& text, const std::vector<text::Sentence>& sentences, const DateContext& context,
               std::vector<FoundDate>& out, std::vector<DateTrace>* trace = nullptr);

// A date as people type it into a query: 2025, 2025-07, 2025-07-04, 2025年7月, 去年, 上周. Nothing if the whole of
// `query` is not one date.
std::optional<DateInterval> ParseDateQuery(std::string_view query, Date today);

}  // namespace mailuo::dates
