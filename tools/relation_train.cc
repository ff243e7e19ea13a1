// mailuo-train-relations TRAIN.tsv MODEL            trains and writes a model
// mailuo-train-relations --measure MODEL TEST.tsv   precision and recall of the model alone by threshold, no ALIAS_OF
// Lines: eval/relation_lines.h. docs/RULES.md says where they come from.
#include <cstdint>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include <fmt/core.h>

#include "eval/relation_examples.h"
#include "eval/relation_lines.h"
#include "extract/relation_model.h"

namespace {

using namespace mailuo;  // NOLINT(google-build-using-namespace): a program of one file.

int Complain(const Error& error) {
  std::cerr << "mailuo-train-relations: " << error.message << "\n";
  return 2;
}

Result<std::vector<eval::RelationText>> ReadTexts(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{ErrorCode::kIo, "cannot read " + path};
  auto texts = eval::ReadRelationTexts(file);
  if (!texts) return std::move(texts).error().Prefixed(path);
  return texts;
}

int Train(const std::string& input, const std::string& output) {
  const auto texts = ReadTexts(input);
  if (!texts) return Complain(texts.error());
  const auto documents = eval::JudgeRelationTexts(*texts);
  const auto examples = eval::MakeExamples(documents);
  if (!examples) return Complain(examples.error());
  const std::string model = extract::TrainRelationModel(examples->classes, examples->examples, {});
  std::ofstream file(output, std::ios::binary);
  file << model;
  if (!file.flush()) return Complain({ErrorCode::kIo, "cannot write " + output});
  std::cout << fmt::format("{} pairs, {} classes, {} bytes\n", examples->examples.size(), examples->classes.size(),
                           model.size());
  return 0;
}

int Measure(const std::string& model_path, const std::string& input) {
  std::ifstream file(model_path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const auto model = extract::RelationModel::Open(bytes);
  if (!model) return Complain(model.error());
  const auto texts = ReadTexts(input);
  if (!texts) return Complain(texts.error());
  const auto documents = eval::JudgeRelationTexts(*texts);
  std::size_t gold = 0;
  std::vector<std::pair<float, bool>> said;
  std::vector<float> scores;
  for (const eval::LabelledDocument& document : documents) {
    gold += document.missed;
    for (const eval::LabelledPair& pair : document.pairs) {
      gold += pair.gold.size() - pair.gold.count("ALIAS_OF=");
      model->Score(pair.features, scores);
      for (std::size_t k = 0; k < scores.size(); ++k) {
        const extract::RelationClass& judged = model->classes()[k];
        if (!judged.type || judged.type == RelationType::kAliasOf) continue;
        said.emplace_back(scores[k], pair.gold.contains(RelationClassName(judged)));
      }
    }
  }
  for (const float threshold : {.2F, .25F, .3F, .35F, .4F, .45F, .5F, .6F, .7F, .8F, .9F}) {
    std::size_t found = 0;
    std::size_t right = 0;
    for (const auto& [score, is_right] : said) {
      if (score < threshold) continue;
      ++found;
      right += is_right ? 1U : 0U;
    }
    const double precision = found > 0 ? static_cast<double>(right) / static_cast<double>(found) : 0;
    const double recall = static_cast<double>(right) / static_cast<double>(gold);
    std::cout << fmt::format("{:.2f}  P {:.3f}  R {:.3f}\n", threshold, precision, recall);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() == 3 && arguments[0] == "--measure") return Measure(arguments[1], arguments[2]);
  if (arguments.size() == 2) return Train(arguments[0], arguments[1]);
  std::cerr << "mailuo-train-relations TRAIN.tsv MODEL | --measure MODEL TEST.tsv\n";
  return 2;
}
