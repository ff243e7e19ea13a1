// When an article was published, from all the places that may say so.
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/article.h"
#include "core/date.h"
#include "ingest/article_reader.h"
#include "ingest/dateline.h"
#include "ingest/record_fields.h"

namespace mailuo::ingest {

// Where a record came from.
struct Origin {
  std::string place;                  // ReadOutcome::place
  std::string source_path;            // Article::source_path; printable.
  std::string file_name;              // For its date; "" if there is no file.
  std::optional<std::int64_t> mtime;  // Seconds since 1970, UTC.
};

// Sets article.published and published_from by the first of
//   metadata   the record's field
//   text       a dateline with its year; one without (3月24日电), in the year that the URL, the name of the file or the
//              full days of the text suggest
//   metadata   the path of the URL
//   filename   a day, or a month (then its last day that the text tells as past, or else its last day)
//   text       the day in the title or head of the text, with its year or close to the latest full day of the text;
//              else that latest full day, if it is told as past
//   mtime      the day in the head in the latest year up to the file's time, or that time itself: guesses
// Days after today + 1 and before 1990 are not believed. A field or dateline that cannot be used leaves a warning.
// REQUIRES: article.title and article.text are set.
void FindPublication(const RecordFields& fields, const Dateline& dateline, const Origin& origin, Date today,
                     Article& article, std::vector<std::string>& warnings);

// Today in Shanghai: options.today, or the system clock's.
Date TodayOf(const ReaderOptions& options);

}  // namespace mailuo::ingest
