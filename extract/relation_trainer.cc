#include "extract/relation_trainer.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdlib>

namespace mailuo::extract {
namespace {

constexpr double kDecay = 1e-5;
// A weight moves at full rate only after it was needed often: what few examples show is believed little. Chosen by
// cross-validation on the training part, where 1e-6 finds a tenth less at the same precision.
constexpr double kDamping = 10;
constexpr std::size_t kNameBytes = 24;
constexpr long kLeast = 2;  // Of 127: rows whose weights are all smaller say nothing.

// xorshift64*: an order of examples that is the same everywhere.
class Random {
 public:
  std::size_t Below(std::size_t bound) {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return static_cast<std::size_t>((state_ * 0x2545F4914F6CDD1DULL) >> 11) % bound;
  }

 private:
  std::uint64_t state_ = 0x9E3779B97F4A7C15ULL;
};

class Trainer {
 public:
  Trainer(std::size_t classes, const RelationTraining& training)
      : classes_(classes),
        shift_(32 - training.log2_rows),
        rate_(training.rate),
        weights_((std::size_t{1} << training.log2_rows) * classes, 0.0),
        squares_(weights_.size(), kDamping),
        scores_(classes) {}

  void Step(const RelationExample& example, const std::vector<bool>& used) {
    std::fill(scores_.begin(), scores_.end(), 0.0);
    for (const std::uint32_t feature : example.features) {
      const double* const row = &weights_[Row(feature)];
      for (std::size_t k = 0; k < classes_; ++k) scores_[k] += row[k];
    }
    const double best = *std::max_element(scores_.begin(), scores_.end());
    double total = 0;
    for (double& score : scores_) total += score = std::exp(score - best);
    for (double& score : scores_) score /= total;
    for (const std::uint32_t k : example.classes) scores_[k] -= 1.0 / static_cast<double>(example.classes.size());
    for (const std::uint32_t feature : example.features) {
      if (!used[feature >> shift_]) continue;
      const std::size_t row = Row(feature);
      for (std::size_t k = 0; k < classes_; ++k) Update(row + k, scores_[k]);
    }
  }

  // The mean over the epochs: steadier than the last weights.
  void EndEpoch() {
    if (mean_.empty()) mean_.assign(weights_.size(), 0.0);
    for (std::size_t i = 0; i < weights_.size(); ++i) mean_[i] += weights_[i];
    ++epochs_;
  }
  std::vector<double> weights() const {
    std::vector<double> mean = mean_;
    for (double& weight : mean) weight /= epochs_;
    return mean;
  }

 private:
  std::size_t Row(std::uint32_t feature) const { return (feature >> shift_) * classes_; }
  void Update(std::size_t i, double error) {
    const double gradient = error + kDecay * weights_[i];
    squares_[i] += gradient * gradient;
    weights_[i] -= rate_ * gradient / std::sqrt(squares_[i]);
  }

  std::size_t classes_;
  unsigned shift_;
  double rate_;
  std::vector<double> weights_;
  std::vector<double> squares_;
  std::vector<double> scores_;
  std::vector<double> mean_;
  int epochs_ = 0;
};

template <typename T>
void Append(T value, std::string& out) {
  out.append(reinterpret_cast<const char*>(&value), sizeof(value));  // The file is little-endian, and so is the build.
}

std::string Encode(const std::vector<RelationClass>& classes, const std::vector<double>& weights, unsigned log2_rows) {
  double largest = 1e-9;
  for (const double weight : weights) largest = std::max(largest, std::abs(weight));
  const double scale = largest / 127;
  std::string out = "MLRM";
  Append<std::uint32_t>(1, out);
  Append(static_cast<std::uint32_t>(classes.size()), out);
  Append<std::uint32_t>(log2_rows, out);
  Append(static_cast<float>(scale), out);
  Append<std::uint32_t>(0, out);
  for (const RelationClass& relation_class : classes) {
    std::string name = RelationClassName(relation_class);
    name.resize(kNameBytes, '\0');
    out += name;
  }
  const std::size_t stride = (classes.size() + 31) / 32 * 32;
  std::string index;
  std::string rows(stride, '\0');  // Row 0 is that of every hash without weights.
  for (std::size_t row = 0; row < weights.size(); row += classes.size()) {
    std::string packed(stride, '\0');
    long most = 0;
    for (std::size_t k = 0; k < classes.size(); ++k) {
      const long value = std::lround(weights[row + k] / scale);
      packed[k] = static_cast<char>(value);
      most = std::max(most, std::abs(value));
    }
    const bool kept = most >= kLeast && rows.size() / stride < 65535;
    Append(static_cast<std::uint16_t>(kept ? rows.size() / stride : 0), index);
    if (kept) rows += packed;
  }
  Append(static_cast<std::uint32_t>(rows.size() / stride), out);
  out += std::string(4, '\0');
  return out + index + rows;
}

}  // namespace

std::string TrainRelationModel(const std::vector<RelationClass>& classes, std::vector<RelationExample> examples,
                               const RelationTraining& training) {
  std::vector<std::uint32_t> counts(std::size_t{1} << training.log2_rows, 0);
  for (const RelationExample& example : examples) {
    for (const std::uint32_t feature : example.features) ++counts[feature >> (32 - training.log2_rows)];
  }
  std::vector<bool> used(counts.size());
  for (std::size_t i = 0; i < counts.size(); ++i) used[i] = counts[i] >= training.min_count;
  Trainer trainer(classes.size(), training);
  Random random;
  for (int epoch = 0; epoch < training.epochs; ++epoch) {
    for (std::size_t i = examples.size(); i > 1; --i) std::swap(examples[i - 1], examples[random.Below(i)]);
    for (const RelationExample& example : examples) trainer.Step(example, used);
    trainer.EndEpoch();
  }
  return Encode(classes, trainer.weights(), training.log2_rows);
}

}  // namespace mailuo::extract
