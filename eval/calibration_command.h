// mailuo-eval calibration relations FILE | events FILE | gold GOLD SAMPLES
// Thread safety: one run at a time.
#pragma once

#include <string>
#include <vector>

#include "core/result.h"

namespace mailuo::eval {

struct CalibrationReport {
  std::string text;
  bool within = true;  // Every decile with enough facts is within the error allowed.
};
// `arguments` behind "calibration". Errors: kInvalidArgument, or those of reading.
Result<CalibrationReport> RunCalibration(const std::vector<std::string>& arguments);

}  // namespace mailuo::eval
