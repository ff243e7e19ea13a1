// The command line of mailuo-eval.
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.h"
#include "core/result.h"
#include "eval/event_labels.h"
#include "eval/labelled.h"
#include "eval/report.h"

namespace mailuo::eval {

enum class Mode : std::uint8_t { kGold, kNer, kTickerLinks, kAmbiguity, kEvents, kStories };

struct Options {
  Mode mode = Mode::kGold;
  std::string gold_folder;     // kGold
  std::string samples_folder;  // kGold
  std::string lines_path;      // kNer, kTickerLinks, kAmbiguity, kEvents, kStories: "-" is the standard input
  std::string model;           // kNer: a tagger model; empty: none
  int tenth = -1;              // kNer: only the lines of this tenth (core/ids.h); -1: all
  LabelMap labels = DefaultLabelMap();
  Part part = Part::kAll;         // kEvents
  std::optional<Date> published;  // kEvents: of lines that have no day of their own.
  double min_confidence = 0.3;    // As in `mailuo annotate`.
  bool list_failures = false;
  std::vector<Floor> floors;
  bool help = false;
};

std::string_view Usage();
// `arguments` without the program's name. Errors: kInvalidArgument that names the argument.
Result<Options> ParseOptions(const std::vector<std::string>& arguments);

}  // namespace mailuo::eval
