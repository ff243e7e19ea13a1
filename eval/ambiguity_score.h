// Sentences that ask whether a name means the company or the word: two for each name, one with either meaning.
//
//   NAME <tab> company|word <tab> SENTENCE
//
// The first place of the name in the sentence is asked about. It was read as the company if a company's mention covers
// it, as the word if none touches it.
// Thread safety: value types; pure functions.
#pragma once

#include <string>
#include <string_view>

#include "core/annotation.h"
#include "core/article.h"
#include "core/result.h"
#include "eval/scoreboard.h"

namespace mailuo::eval {

struct AmbiguityLine {
  Article article;  // text: the sentence; external_id: the name.
  TextSpan span;    // Of the name.
  bool company = false;
};

// Errors: kInvalidArgument that says which column is wrong.
Result<AmbiguityLine> ParseAmbiguityLine(std::string_view line);

// Tallies "ambiguity/company" and "ambiguity/word"; ratios "ambiguity.right" and its halves ".tuned" and ".held". A
// hash of the name puts it into one half: work on rules looks at the failures of the tuned half only.
void ScoreAmbiguityLine(const AmbiguityLine& line, const Annotation& found, Scoreboard& board);

}  // namespace mailuo::eval
