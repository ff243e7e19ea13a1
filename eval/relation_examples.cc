#include "eval/relation_examples.h"

#include <map>
#include <set>
#include <string>

#include "core/check.h"

namespace mailuo::eval {

Result<RelationExamples> MakeExamples(const std::deque<LabelledDocument>& documents) {
  std::set<std::string> names{"-"};
  for (const LabelledDocument& document : documents) {
    for (const LabelledPair& pair : document.pairs) names.insert(pair.gold.begin(), pair.gold.end());
  }
  RelationExamples out;
  std::map<std::string, std::uint32_t> numbers;
  for (const std::string& name : names) {
    const auto relation_class = extract::ParseRelationClass(name);
    if (!relation_class) return Error{ErrorCode::kInvalidArgument, "unknown class '" + name + "'"};
    numbers[name] = static_cast<std::uint32_t>(out.classes.size());
    out.classes.push_back(*relation_class);
  }
  for (const LabelledDocument& document : documents) {
    for (const LabelledPair& pair : document.pairs) {
      extract::RelationExample example;
      example.features = pair.features;
      for (const std::string& name : pair.gold) example.classes.push_back(numbers[name]);
      if (pair.gold.empty()) example.classes.push_back(numbers["-"]);
      out.examples.push_back(std::move(example));
    }
  }
  return out;
}

std::vector<std::vector<float>> HeldBackScores(const RelationExamples& examples, const std::vector<int>& fold_of,
                                               int folds) {
  std::vector<std::vector<float>> scores(examples.examples.size());
  for (int fold = 0; fold < folds; ++fold) {
    std::vector<extract::RelationExample> others;
    for (std::size_t i = 0; i < scores.size(); ++i) {
      if (fold_of[i] != fold) others.push_back(examples.examples[i]);
    }
    const std::string bytes = extract::TrainRelationModel(examples.classes, std::move(others), {});
    const auto model = extract::RelationModel::Open(bytes);
    MAILUO_CHECK(model.has_value());  // The trainer's own bytes.
    for (std::size_t i = 0; i < scores.size(); ++i) {
      if (fold_of[i] == fold) model->Score(examples.examples[i].features, scores[i]);
    }
  }
  return scores;
}

}  // namespace mailuo::eval
