#include "extract/tagger_training.h"

#include <algorithm>
#include <set>

#include <fmt/core.h>

#include "core/ids.h"
#include "dates/date_finder.h"
#include "extract/document.h"
#include "extract/entity_finder.h"
#include "text/sentence.h"
#include "text/utf8.h"

namespace mailuo::extract {
namespace {

using text::UnitSpan;

struct UnitLabel {
  UnitSpan span;
  std::uint8_t label;
};

std::vector<std::string> LabelsOf(const std::vector<LabelledText>& texts) {
  std::set<std::string> labels;
  for (const LabelledText& text : texts) {
    for (const LabelledText::Span& span : text.spans) labels.insert(span.label);
  }
  return {labels.begin(), labels.end()};
}

// Spans in units, sorted, without those that overlap an earlier one.
Result<std::vector<UnitLabel>> UnitLabels(const LabelledText& text, const text::FoldedText& folded,
                                          const std::vector<std::string>& labels) {
  std::vector<UnitLabel> found;
  for (const LabelledText::Span& span : text.spans) {
    const auto label = std::find(labels.begin(), labels.end(), span.label);
    if (label == labels.end()) {
      return Error{ErrorCode::kInvalidArgument, fmt::format("label '{}' is not among those to train", span.label)};
    }
    if (span.span.start >= span.span.end) return Error{ErrorCode::kInvalidArgument, "an empty span"};
    const UnitSpan units = folded.FromCodePoints(span.span);
    if (!units.empty()) found.push_back({units, static_cast<std::uint8_t>(label - labels.begin())});
  }
  std::stable_sort(found.begin(), found.end(), [](const UnitLabel& a, const UnitLabel& b) {
    return a.span.start != b.span.start ? a.span.start < b.span.start : a.span.end > b.span.end;
  });
  std::uint32_t end = 0;
  std::vector<UnitLabel> kept;
  for (const UnitLabel& label : found) {
    if (label.span.start < end) continue;
    kept.push_back(label);
    end = label.span.end;
  }
  return kept;
}

UnitSpan Shifted(UnitSpan span, UnitSpan sentence) { return {span.start - sentence.start, span.end - sentence.start}; }

class ExampleMaker {
 public:
  ExampleMaker(EntityFinder& finder, const TrainingOptions& options) : finder_(finder), options_(options) {}

  Status Add(const LabelledText& labelled) {
    if (text::FindInvalidUtf8(labelled.text)) return Error{ErrorCode::kInvalidArgument, "not valid UTF-8"};
    Document document;
    Article article;
    article.text = labelled.text;
    document.article = &article;
    document.text = text::FoldedText(article.text);
    const std::vector<text::Sentence> sentences = text::SplitSentences(document.text);
    for (const text::Sentence& sentence : sentences) document.sentences.push_back({sentence, false, false});
    dates::FindDates(document.text, sentences, {}, document.dates);
    MAILUO_ASSIGN_OR_RETURN(const std::vector<UnitLabel> labels,
                            UnitLabels(labelled, document.text, options_.trainer.labels));
    // By the text itself: the same choice wherever it stands in the data.
    const double draw = static_cast<double>(StableHash64(labelled.text) % 10000) / 10000;
    const bool hide = draw < options_.lexicon_dropout;
    finder_.VisitSequences(document, [&](UnitSpan sentence, const tagger::Sequence& sequence) {
      tagger::Example example;
      example.units = std::u16string(sequence.units);
      example.clues = sequence.clues;
      if (hide) {
        for (tagger::UnitClues& clues : example.clues) clues.name = clues.guess = 0;
      }
      for (const UnitLabel& label : labels) {
        if (sentence.Contains(label.span)) example.spans.push_back({Shifted(label.span, sentence), label.label});
      }
      for (const TextSpan& span : labelled.ignore) {
        const UnitSpan units = document.text.FromCodePoints(span);
        if (sentence.Contains(units)) example.ignore.push_back(Shifted(units, sentence));
      }
      examples_.push_back(std::move(example));
    });
    return {};
  }

  const std::vector<tagger::Example>& examples() const { return examples_; }

 private:
  EntityFinder& finder_;
  const TrainingOptions& options_;
  std::vector<tagger::Example> examples_;
};

}  // namespace

Result<std::string> TrainTagger(const std::vector<LabelledText>& texts,
                                const std::shared_ptr<const lexicon::Lexicon>& lexicon, TrainingOptions options,
                                std::vector<tagger::EpochReport>* report) {
  if (options.trainer.labels.empty()) options.trainer.labels = LabelsOf(texts);
  MAILUO_ASSIGN_OR_RETURN(const std::unique_ptr<EntityKnowledge> knowledge, EntityKnowledge::Create(lexicon));
  MAILUO_ASSIGN_OR_RETURN(EntityFinder finder, EntityFinder::Create(*knowledge));
  ExampleMaker maker(finder, options);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    Status added = maker.Add(texts[i]);
    if (!added) return std::move(added.error()).Prefixed(fmt::format("text {}", i + 1));
  }
  return tagger::Train(maker.examples(), options.trainer, report);
}

}  // namespace mailuo::extract
