#include "eval/calibration_command.h"

#include <fstream>
#include <utility>

#include <fmt/core.h>

#include "eval/calibration.h"
#include "lexicon/lexicon.h"

namespace mailuo::eval {
namespace {

constexpr double kAllowed = 0.05;

Result<extract::Annotator*> Share(std::unique_ptr<extract::Annotator>& annotator) {
  MAILUO_ASSIGN_OR_RETURN(auto knowledge, extract::Knowledge::Create(lexicon::Lexicon::BuiltIn()));
  annotator = std::make_unique<extract::Annotator>(std::move(knowledge));
  return annotator.get();
}

void Add(const std::string& title, const JudgedFacts& judged, CalibrationReport& report) {
  if (!report.text.empty()) report.text += "\n";
  report.text += FormatCalibration(title, judged);
  report.within = report.within && WorstError(judged.facts) <= kAllowed;
}

}  // namespace

Result<CalibrationReport> RunCalibration(const std::vector<std::string>& arguments) {
  CalibrationReport report;
  if (arguments.size() == 2 && arguments[0] == "relations") {
    std::ifstream lines(arguments[1], std::ios::binary);
    if (!lines) return Error{ErrorCode::kIo, fmt::format("cannot read {}", arguments[1])};
    auto facts = JudgeRelationLines(lines);
    if (!facts) return std::move(facts).error().Prefixed(arguments[1]);
    Add("relations between companies", *facts, report);
    return report;
  }
  if (arguments.size() == 2 && arguments[0] == "events") {
    std::ifstream lines(arguments[1], std::ios::binary);
    if (!lines) return Error{ErrorCode::kIo, fmt::format("cannot read {}", arguments[1])};
    std::unique_ptr<extract::Annotator> annotator;
    MAILUO_ASSIGN_OR_RETURN(extract::Annotator * shared, Share(annotator));
    MAILUO_ASSIGN_OR_RETURN(const JudgedFacts facts, JudgeEventLines(lines, arguments[1], *shared));
    Add("events of labelled sentences", facts, report);
    return report;
  }
  if (arguments.size() == 3 && arguments[0] == "gold") {
    std::unique_ptr<extract::Annotator> annotator;
    MAILUO_ASSIGN_OR_RETURN(extract::Annotator * shared, Share(annotator));
    MAILUO_ASSIGN_OR_RETURN(const GoldFacts facts, JudgeGold(arguments[1], arguments[2], *shared));
    Add("events", facts.events, report);
    Add("relations", facts.relations, report);
    return report;
  }
  return Error{ErrorCode::kInvalidArgument, "calibration: expected relations FILE, events FILE or gold GOLD SAMPLES"};
}

}  // namespace mailuo::eval
