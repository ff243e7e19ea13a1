// What a text says about its own publication (corpus/ingest/datelines.tsv, outlets.tsv).
// Thread safety: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/date.h"

namespace mailuo::ingest {

// The first finding of each kind wins, labels (发布时间：…) before lines that hold little but a date, these before wire
// datelines (新华社北京3月24日电), these before a day alone at the end of the text (the signature of a notice).
struct Dateline {
  std::optional<PublishedTime> published;
  int month = 0;  // A day without a year, where `published` is empty: 3月24日电. 0: none.
  int day = 0;
  std::string outlet;
  std::string author;
  std::string title;    // 标题：…
  std::string problem;  // "there is no 2025-02-30": what looked like the date and is none.
};

// Reads the head (about 30 lines) and the last lines of a text.
Dateline ReadDateline(std::string_view utf8);

// Is this line about the publication rather than part of the article: a label, a date alone, 《投资者网》引线 | 吴微?
bool IsDateline(std::string_view line);

// The latest full day in the text that is not later than `limit` and not a plan, a deadline or the end of a span: what
// a reader takes for the day of an article that does not say. Nothing if there is none.
std::optional<Date> LatestDayToldAsPast(std::string_view utf8, Date limit);

// The latest day D of "M月D日" with this month in the text, plans and deadlines left out; nothing if there is none.
std::optional<int> LatestDayOfMonth(std::string_view utf8, int month);

// The latest year in the text (2026年…) up to `limit`; nothing if there is none.
std::optional<int> LatestYear(std::string_view utf8, int limit);

}  // namespace mailuo::ingest
