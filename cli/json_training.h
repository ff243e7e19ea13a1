// Labelled text for `mailuo train`: JSON lines {"id": …, "text": …, "spans": [[start, end, "label"], …], "ignore":
// [[start, end], …]}. Offsets count code points. Thread safety: pure function.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "extract/tagger_training.h"

namespace mailuo::cli {

struct LabelledLine {
  std::string id;  // Empty if the line has none.
  extract::LabelledText text;
};

Result<LabelledLine> ParseLabelledLine(std::string_view line);

}  // namespace mailuo::cli
