// Runs extraction over labelled text and counts. Needs the whole chain: reader, lexicon, rules.
// Thread safety: one run at a time for an annotator.
#pragma once

#include <iosfwd>
#include <string>

#include "core/result.h"
#include "eval/options.h"
#include "eval/scoreboard.h"
#include "extract/annotator.h"

namespace mailuo::eval {

// The one article of a sample file. Errors: the reader's, or kInvalidArgument where there is not exactly one.
Result<Article> ReadSample(const std::string& path);

// Ratio "published": samples whose own day of publication was read right; extraction itself gets the gold's day.
Result<Scoreboard> MeasureGold(const Options& options, extract::Annotator& annotator);
// Errors name the line.
Result<Scoreboard> MeasureLines(const Options& options, std::istream& lines, extract::Annotator& annotator);

}  // namespace mailuo::eval
