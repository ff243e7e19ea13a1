// From labelled pairs to what the relation model is trained on, and its judgement of pairs that it has not seen.
// Thread safety: pure functions.
#pragma once

#include <deque>
#include <vector>

#include "core/result.h"
#include "eval/relation_lines.h"
#include "extract/relation_model.h"
#include "extract/relation_trainer.h"

namespace mailuo::eval {

struct RelationExamples {
  std::vector<extract::RelationClass> classes;     // By name.
  std::vector<extract::RelationExample> examples;  // Of all pairs of all documents, in order.
};
// Errors: kInvalidArgument that names a class that is none.
Result<RelationExamples> MakeExamples(const std::deque<LabelledDocument>& documents);

// The probability of each class for each example, given by a model that was trained on the other folds only. `fold_of`
// has a number below `folds` for each example.
std::vector<std::vector<float>> HeldBackScores(const RelationExamples& examples, const std::vector<int>& fold_of,
                                               int folds);

}  // namespace mailuo::eval
