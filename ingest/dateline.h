// What a text says about its own publication (corpus/ingest/datelines.tsv, outlets.tsv).
// Thread safety: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/date.h"
#include "ingest/text_days.h"

namespace mailuo::ingest {

// The first finding of each kind wins, labels (发布时间：…) before lines that hold little but a date, these before wire
// datelines (新华社北京3月24日电), these before a day alone at the end of the text (the signature of a notice).
struct Dateline {
  std::optional<PublishedTime> published;
  MonthDay month_day;  // A day without a year, where `published` is empty: 3月24日电.
  std::string outlet;
  std::string author;
  std::string title;    // 标题：…
  std::string problem;  // "there is no 2025-02-30": what looked like the date and is none.
};

// Reads the head (about 30 lines) and the last lines of a text.
Dateline ReadDateline(std::string_view utf8);

// Is this line about the publication rather than part of the article: a label, a date alone, 《投资者网》引线 | 吴微?
bool IsDateline(std::string_view line);

}  // namespace mailuo::ingest
