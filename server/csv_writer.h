// Lists as CSV (RFC 4180, UTF-8, "\n" line ends, a header line): for spreadsheets. Evidence is cut down to the best
// quote, lists inside a cell are joined with "; ". A cell that a spreadsheet would run as a formula gets an apostrophe
// in front. Thread safety: pure functions.
#pragma once

#include <string>

#include "query/results.h"

namespace mailuo::server {

std::string ToCsv(const query::EntitiesResult& result);
std::string ToCsv(const query::TimelineResult& result);
std::string ToCsv(const query::EventsResult& result);
std::string ToCsv(const query::RelationsResult& result);
std::string ToCsv(const query::PathsResult& result);  // One line a hop.
std::string ToCsv(const query::CooccurrenceResult& result);
std::string ToCsv(const query::OperationsResult& result);
std::string ToCsv(const query::ArticlesResult& result);
std::string ToCsv(const query::StoriesResult& result);

}  // namespace mailuo::server
