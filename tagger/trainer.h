// Training: a linear-chain conditional random field over the hashed features of features.h. Deterministic: the same
// examples in the same order give the same bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "tagger/features.h"
#include "text/span.h"

namespace mailuo::tagger {

struct LabelledSpan {
  text::UnitSpan span;
  std::uint8_t label = 0;  // Index into TrainerOptions::labels.
};

struct Example {
  std::u16string units;
  std::vector<UnitClues> clues;
  std::vector<LabelledSpan> spans;     // Sorted, never overlapping.
  std::vector<text::UnitSpan> ignore;  // Where nothing is known: no update touches these units.
};

struct TrainerOptions {
  std::vector<std::string> labels;  // 1..kMaxLabels names of at most 23 bytes.
  std::uint32_t log_rows = 20;      // 2^20 rows of int8: 16 MiB with five labels; training needs twelve times that.
  int epochs = 8;
  std::uint64_t seed = 1;  // Of the shuffle between epochs.
};

struct EpochReport {
  int epoch;
  std::size_t wrong;  // Sequences of which the model did not yet believe each labelled tag.
  std::size_t total;
};

// The bytes of a model (model.h). Errors: no examples, bad labels, spans out of range.
Result<std::string> Train(const std::vector<Example>& examples, const TrainerOptions& options,
                          std::vector<EpochReport>* report = nullptr);

}  // namespace mailuo::tagger
