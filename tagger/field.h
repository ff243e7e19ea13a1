// The learning half of the tagger: the weights of a linear-chain conditional random field, taught one sequence at a
// time by stochastic gradients (AdaGrad). Deterministic: plain arithmetic in a fixed order, no function of the C
// library whose last bit may differ between machines.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tagger/features.h"
#include "tagger/tags.h"
#include "tagger/trainer.h"
#include "text/span.h"

namespace mailuo::tagger {

// Thread safety: one thread at a time.
class Field {
 public:
  // `options` must outlive the object.
  explicit Field(const TrainerOptions& options);

  // One step up the gradient of log p(gold | sequence). True when the model gave each labelled tag more than half of
  // the probability before the step. REQUIRES: the example is well-formed and `gold` its tags.
  bool Learn(const Example& example, const std::vector<std::uint8_t>& gold);

  // Draws all weights towards zero, and adds them as they are then to those whose mean the model gets: what only a few
  // examples say counts for less, and a mean of several epochs errs less than the last one.
  void Remember();

  // The bytes of a model (model.h): the mean of the remembered weights. REQUIRES: Remember was called.
  std::string Bytes() const;

 private:
  using LabelSteps = std::array<float, kSteps>;

  void ScoreUnits();
  // p(tag of unit) for all units into gradient_, and the expected number of uses of each step into expected_.
  void Infer();
  void Forward();
  void Backward();
  void Step(float& weight, float& squares, float gradient) const;
  void StepRows(std::size_t unit);
  double StepsPerNat() const;
  std::size_t Tag(std::size_t label, Position position) const { return TagOf(label, position, labels_); }

  const TrainerOptions& options_;
  std::size_t labels_;
  std::size_t tags_;
  std::size_t width_;
  std::uint32_t shift_;
  std::vector<float> rows_;
  std::vector<float> row_squares_;
  std::vector<float> steps_;  // labels_ times kSteps.
  std::vector<float> step_squares_;
  std::vector<float> row_sums_;
  std::vector<float> step_sums_;
  int remembered_ = 0;

  // Of the sequence at hand: size() rows of width_.
  std::vector<FeatureRow> features_;
  std::vector<float> scores_;    // Then exp(score - the unit's best score).
  std::vector<float> forward_;   // Scaled to sum 1 a unit.
  std::vector<float> scale_;     // By what each unit of forward_ was multiplied.
  std::vector<float> gradient_;  // Labelled less expected.
  std::vector<float> expected_;
  std::array<LabelSteps, kMaxLabels> step_exp_{};
  std::vector<std::size_t> changed_;
};

}  // namespace mailuo::tagger
