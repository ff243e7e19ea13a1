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

  // The bytes of a model (model.h).
  std::string Bytes() const;

 private:
  using LabelSteps = std::array<float, 4>;  // B>I, B>E, I>I, I>E.

  void ScoreUnits();
  // p(tag of unit) for all units into gradient_, and the expected number of uses of each inner step into expected_.
  void Infer();
  void Forward();
  void Backward();
  void Step(float& weight, float& squares, float gradient) const;
  void StepRows(std::size_t unit);
  double StepsPerNat() const;

  const TrainerOptions& options_;
  std::size_t labels_;
  std::size_t tags_;
  std::size_t width_;
  std::uint32_t mask_;
  std::vector<float> rows_;
  std::vector<float> row_squares_;
  std::vector<float> inner_;
  std::vector<float> inner_squares_;

  // Of the sequence at hand: size() rows of width_.
  std::vector<FeatureRow> features_;
  std::vector<float> scores_;    // Then exp(score - the unit's best score).
  std::vector<float> forward_;   // Scaled to sum 1 a unit.
  std::vector<float> scale_;     // By what each unit of forward_ was multiplied.
  std::vector<float> gradient_;  // Labelled less expected.
  std::vector<float> expected_;
  std::array<LabelSteps, kMaxLabels> inner_exp_{};
  std::vector<std::size_t> changed_;
};

}  // namespace mailuo::tagger
