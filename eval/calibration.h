// Whether a confidence means what it says: of the facts that extraction trusts 0.8, eight of ten should be right.
// Thread safety: pure functions; an annotator by one thread at a time.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <vector>

#include "core/annotation.h"
#include "core/article.h"
#include "core/result.h"
#include "eval/gold.h"
#include "extract/annotator.h"

namespace mailuo::eval {

// A fact that extraction reported, and whether the labels agree.
struct JudgedFact {
  double confidence = 0;
  bool right = false;
  std::string rule;
  bool companies = false;  // A relation of two companies.
};

struct JudgedFacts {
  std::vector<JudgedFact> facts;
  std::size_t gold = 0;  // Labels there are; 0 where they do not tell everything that could be found.
};

// Relations between labelled companies: right where the label of the two says so. ALIAS_OF is left out, as in all
// figures on FinRE: two names of one company are no relation of two.
Result<JudgedFacts> JudgeRelationLines(std::istream& lines);

// Events in labelled sentences of FewFC, of the types that its labels tell: right where a label of the line stands for
// the type. Only the fifth of the lines that is held back from tuning. `name`: of the file, for
// messages.
Result<JudgedFacts> JudgeEventLines(std::istream& lines, std::string_view name, extract::Annotator& annotator);

struct GoldFacts {
  JudgedFacts events;     // Right: an event of the type with its trigger in the same sentence.
  JudgedFacts relations;  // One a statement, its surest report; without ALIAS_OF and CO_OCCURS.
};
Result<GoldFacts> JudgeGold(const std::string& gold_folder, const std::string& samples_folder,
                            extract::Annotator& annotator);

// One row: facts with a confidence in [from, from + 0.1), the last one with 1 too.
struct Decile {
  double from = 0;
  std::size_t n = 0;
  double confidence = 0;  // Mean.
  double precision = 0;
  double Error() const { return confidence < precision ? precision - confidence : confidence - precision; }
};
std::vector<Decile> Deciles(const std::vector<JudgedFact>& facts);

// The deciles as a table under `title`; those of at least 50 facts with an error above 0.05 are marked. Then precision
// and recall of what is left by each min_confidence.
std::string FormatCalibration(const std::string& title, const JudgedFacts& judged);
// The largest error of a decile of at least 50 facts.
double WorstError(const std::vector<JudgedFact>& facts);

}  // namespace mailuo::eval
