// mailuo train: labelled text to a model for names that no list knows.
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include <fmt/core.h>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/json_training.h"
#include "cli/wiring.h"
#include "core/ids.h"
#include "extract/tagger_training.h"

namespace mailuo::cli {
namespace {

// "government=organization" -> {government, organization}.
Result<std::map<std::string, std::string>> ParseRenames(const std::vector<std::string>& words) {
  std::map<std::string, std::string> renames;
  for (const std::string& word : words) {
    const std::size_t at = word.find('=');
    if (at == std::string::npos || at == 0 || at + 1 == word.size()) {
      return Error{ErrorCode::kInvalidArgument, fmt::format("--label: '{}' is not FROM=TO", word)};
    }
    renames[word.substr(0, at)] = word.substr(at + 1);
  }
  return renames;
}

Status ReadTexts(const std::string& path, const std::map<std::string, std::string>& renames, int without_tenth,
                 std::vector<extract::LabelledText>& texts) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{ErrorCode::kInvalidArgument, fmt::format("{}: cannot be opened", path)};
  std::string line;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    if (line.empty()) continue;
    auto parsed = ParseLabelledLine(line);
    if (!parsed) return std::move(parsed.error()).Prefixed(fmt::format("{}:{}", path, number));
    if (without_tenth >= 0 && TenthOf(parsed->id) == without_tenth) continue;
    for (auto& span : parsed->text.spans) {
      const auto renamed = renames.find(span.label);
      if (renamed != renames.end()) span.label = renamed->second;
    }
    texts.push_back(std::move(parsed->text));
  }
  return {};
}

}  // namespace

int RunTrain(const TrainOptions& options, Output& output) {
  const auto renames = ParseRenames(options.labels);
  if (!renames) return Fail(renames.error(), output);
  std::vector<extract::LabelledText> texts;
  for (const std::string& path : options.files) {
    if (const Status read = ReadTexts(path, *renames, options.without_tenth, texts); !read) {
      return Fail(read.error(), output);
    }
  }
  auto lexicon = LoadLexicon(options.lexicon);
  if (!lexicon) return Fail(lexicon.error(), output);
  extract::TrainingOptions settings;
  settings.trainer.epochs = static_cast<int>(options.epochs);
  settings.trainer.log_rows = options.log_rows;
  std::vector<tagger::EpochReport> report;
  const auto model = extract::TrainTagger(texts, *lexicon, settings, &report);
  if (!model) return Fail(model.error(), output);
  for (const tagger::EpochReport& epoch : report) {
    output.Line(fmt::format("epoch {}: {} of {} sentences wrong", epoch.epoch, epoch.wrong, epoch.total));
  }
  std::ofstream file(options.out, std::ios::binary | std::ios::trunc);
  file.write(model->data(), static_cast<std::streamsize>(model->size()));
  file.close();
  if (!file) return Fail({ErrorCode::kIo, fmt::format("{}: cannot be written", options.out)}, output);
  output.Line(fmt::format("{} bytes written to {}", model->size(), options.out));
  return output.Flush() ? kExitOk : kExitStore;
}

}  // namespace mailuo::cli
