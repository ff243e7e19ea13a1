// Labelled text for `mailuo train`: JSON lines {"text": …, "spans": [[start, end, "label"], …], "ignore": [[start,
// end], …]}. Offsets count code points. Thread safety: pure function.
#pragma once

#include <string_view>

#include "core/result.h"
#include "extract/tagger_training.h"

namespace mailuo::cli {

Result<extract::LabelledText> ParseLabelledLine(std::string_view line);

}  // namespace mailuo::cli
