// mailuo-eval: see Usage() in options.cc.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "eval/calibration_command.h"
#include "eval/measure.h"
#include "eval/options.h"
#include "eval/report.h"
#include "eval/story_score.h"
#include "ingest/byte_source.h"
#include "lexicon/lexicon.h"

namespace {

using namespace mailuo;  // NOLINT(google-build-using-namespace): the program's own names only.

constexpr int kBelowFloor = 1;
constexpr int kBadInput = 2;

int Complain(const Error& error) {
  fmt::print(stderr, "mailuo-eval: {}\n", error.message);
  return kBadInput;
}

Result<eval::Scoreboard> MeasureStoryFile(const std::string& path) {
  constexpr std::uint64_t kMaxBytes = std::uint64_t{1} << 30;
  std::string lines;
  if (path == "-") {
    lines.assign(std::istreambuf_iterator<char>(std::cin), {});
  } else {
    const bool gzip = path.ends_with(".gz");
    const auto source = ingest::ByteSource::Open(path, gzip, kMaxBytes);
    if (!source) return Error(source.error()).Prefixed(path);
    auto read = ingest::ReadAll(**source, gzip, kMaxBytes);
    if (!read) return std::move(read).error().Prefixed(path);
    lines = *std::move(read);
  }
  return eval::MeasureStories(lines, path);
}

Result<eval::Scoreboard> Measure(const eval::Options& options) {
  if (options.mode == eval::Mode::kStories) return MeasureStoryFile(options.lines_path);
  std::shared_ptr<std::string> model;
  if (!options.model.empty()) {
    std::ifstream file(options.model, std::ios::binary);
    if (!file) return Error{ErrorCode::kIo, fmt::format("cannot read {}", options.model)};
    std::ostringstream bytes;
    bytes << file.rdbuf();
    model = std::make_shared<std::string>(std::move(bytes).str());
  }
  MAILUO_ASSIGN_OR_RETURN(auto knowledge, extract::Knowledge::Create(lexicon::Lexicon::BuiltIn(), std::move(model)));
  extract::Annotator annotator(std::move(knowledge));
  if (options.mode == eval::Mode::kGold) return eval::MeasureGold(options, annotator);
  if (options.lines_path == "-") return eval::MeasureLines(options, std::cin, annotator);
  std::ifstream lines(options.lines_path, std::ios::binary);
  if (!lines) return Error{ErrorCode::kIo, fmt::format("cannot read {}", options.lines_path)};
  return eval::MeasureLines(options, lines, annotator);
}

int Calibrate(const std::vector<std::string>& arguments) {
  const auto report = eval::RunCalibration(arguments);
  if (!report) return Complain(report.error());
  fmt::print("{}", report->text);
  return report->within ? 0 : kBelowFloor;
}

int Run(const std::vector<std::string>& arguments) {
  if (!arguments.empty() && arguments.front() == "calibration") {
    return Calibrate({arguments.begin() + 1, arguments.end()});
  }
  const auto options = eval::ParseOptions(arguments);
  if (!options) return Complain(options.error());
  if (options->help) {
    fmt::print("{}", eval::Usage());
    return 0;
  }
  const auto board = Measure(*options);
  if (!board) return Complain(board.error());
  if (options->list_failures) fmt::print("{}", eval::FormatFailures(*board));
  fmt::print("{}", eval::FormatScores(*board));
  const std::string broken = eval::BrokenFloors(*board, options->floors);
  fmt::print(stderr, "{}", broken);
  return broken.empty() ? 0 : kBelowFloor;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return Run(std::vector<std::string>(argv + 1, argv + argc));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "mailuo-eval: %s\n", error.what());
    return 9;
  }
}
