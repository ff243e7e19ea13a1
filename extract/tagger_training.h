// Labelled texts to a tagger model: the training half of tagger_names.h.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/annotation.h"
#include "core/result.h"
#include "lexicon/lexicon.h"
#include "tagger/trainer.h"

namespace mailuo::extract {

struct LabelledText {
  struct Span {
    TextSpan span;  // Code points of `text`.
    std::string label;
  };
  std::string text;  // Well-formed UTF-8.
  std::vector<Span> spans;
  std::vector<TextSpan> ignore;  // Parts of which nothing is known.
};

struct TrainingOptions {
  tagger::TrainerOptions trainer;  // `labels` may be empty: then those of the data, in byte order.
  // Share of the texts whose lexicon classes are hidden, so that the model learns names from their surroundings too.
  double lexicon_dropout = 0.3;
};

// A model's bytes. Texts are cut into sentences; a span that crosses a sentence's end, or overlaps an earlier one, is
// left out. Deterministic. Errors name the text by its number (from 1).
Result<std::string> TrainTagger(const std::vector<LabelledText>& texts,
                                const std::shared_ptr<const lexicon::Lexicon>& lexicon, TrainingOptions options,
                                std::vector<tagger::EpochReport>* report = nullptr);

}  // namespace mailuo::extract
