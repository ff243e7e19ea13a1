#include "tagger/field.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "tagger/model_format.h"

namespace mailuo::tagger {
namespace {

constexpr float kRate = 0.03F;
constexpr float kKept = 0.85F;          // Of each weight, when it is remembered.
constexpr float kLeastSquares = 1e-4F;  // Keeps the first step of a weight finite.
// Gradients below this are left out: nearly all tags of nearly all units, once the model has learnt something.
constexpr float kLeastGradient = 1e-3F;
constexpr float kTiny = 1e-30F;
constexpr std::size_t kSaturated = 2000;  // One weight of so many.

// exp() from additions and multiplications alone, to about 1e-6.
float Exp(float x) {
  if (x < -80.0F) return 0.0F;
  constexpr float kLog2E = 1.44269504F;
  constexpr float kLn2 = 0.693147181F;
  const float whole = std::floor(x * kLog2E + 0.5F);
  const float r = x - whole * kLn2;
  const float power = 1.0F + r * (1.0F + r * (0.5F + r * (1.0F / 6 + r * (1.0F / 24 + r * (1.0F / 120)))));
  return std::ldexp(power, static_cast<int>(whole));
}

}  // namespace

Field::Field(const TrainerOptions& options)
    : options_(options),
      labels_(options.labels.size()),
      tags_(TagCount(labels_)),
      width_(RowWidth(labels_)),
      shift_(32 - options.log_rows),
      rows_((std::size_t{1} << options.log_rows) * width_),
      row_squares_(rows_.size()),
      steps_(labels_ * kSteps),
      step_squares_(steps_.size()),
      row_sums_(rows_.size()),
      step_sums_(steps_.size()) {}

bool Field::Learn(const Example& example, const std::vector<std::uint8_t>& gold) {
  if (example.units.empty()) return true;
  ComputeFeatures({example.units, example.clues}, features_);
  const std::size_t size = features_.size();
  ScoreUnits();
  Infer();
  std::vector<bool> ignored(size, false);
  for (const text::UnitSpan& span : example.ignore) {
    std::fill(ignored.begin() + span.start, ignored.begin() + span.end, true);
  }
  bool right = true;
  for (std::size_t i = 0; i < size; ++i) {
    if (ignored[i]) continue;
    float* gradient = &gradient_[i * width_];
    for (std::size_t t = 0; t < tags_; ++t) gradient[t] = -gradient[t];
    gradient[gold[i]] += 1;
    right = right && gradient[gold[i]] < 0.5F;
    StepRows(i);
  }
  for (float& expected : expected_) expected = -expected;
  std::size_t open_at = size;
  for (std::size_t i = 0; i < size; ++i) {
    if (gold[i] == kOutside) continue;
    const std::size_t label = LabelOf(gold[i], labels_);
    const Position position = PositionOf(gold[i], labels_);
    if (position == kBegin) {
      open_at = i;
      continue;
    }
    const bool first = open_at + 1 == i;
    const bool single = open_at == size;
    const std::size_t step = position == kInside ? (first ? kBeginInside : kInsideInside)
                                                 : (single  ? kSingle
                                                    : first ? kBeginEnd
                                                            : kInsideEnd);
    expected_[label * kSteps + step] += 1;
    if (position == kEnd) open_at = size;
  }
  for (std::size_t k = 0; k < expected_.size(); ++k) Step(steps_[k], step_squares_[k], expected_[k]);
  return right;
}

void Field::ScoreUnits() {
  scores_.assign(features_.size() * width_, 0);
  for (std::size_t i = 0; i < features_.size(); ++i) {
    float* sum = &scores_[i * width_];
    for (const std::uint32_t feature : features_[i]) {
      const float* row = rows_.data() + std::size_t{feature >> shift_} * width_;
      for (std::size_t t = 0; t < width_; ++t) sum[t] += row[t];
    }
    const float best = *std::max_element(sum, sum + tags_);
    for (std::size_t t = 0; t < tags_; ++t) sum[t] = Exp(sum[t] - best);
  }
}

void Field::Infer() {
  for (std::size_t k = 0; k < steps_.size(); ++k) {
    step_exp_[k / kSteps][k % kSteps] = Exp(std::clamp(steps_[k], -20.0F, 20.0F));
  }
  Forward();
  Backward();
}

void Field::Forward() {
  const std::size_t size = features_.size();
  forward_.assign(size * width_, 0);
  scale_.assign(size, 0);
  float closed = 1;  // Of all sequences whose last span has ended.
  for (std::size_t i = 0; i < size; ++i) {
    const float* score = &scores_[i * width_];
    float* now = &forward_[i * width_];
    now[kOutside] = closed * score[kOutside];
    float sum = now[kOutside];
    float ended = now[kOutside];
    for (std::size_t k = 0; k < labels_; ++k) {
      const std::size_t b = Tag(k, kBegin);
      const std::size_t in = Tag(k, kInside);
      const std::size_t e = Tag(k, kEnd);
      const LabelSteps& step = step_exp_[k];
      now[b] = closed * score[b];
      now[e] = closed * step[kSingle];
      if (i > 0) {
        const float* before = now - width_;
        now[in] = (before[b] * step[kBeginInside] + before[in] * step[kInsideInside]) * score[in];
        now[e] += before[b] * step[kBeginEnd] + before[in] * step[kInsideEnd];
      }
      now[e] *= score[e];
      sum += now[b] + now[in] + now[e];
      ended += now[e];
    }
    scale_[i] = 1.0F / std::max(sum, kTiny);
    for (std::size_t t = 0; t < tags_; ++t) now[t] *= scale_[i];
    closed = ended * scale_[i];
  }
}

void Field::Backward() {
  const std::size_t size = features_.size();
  gradient_.assign(size * width_, 0);
  expected_.assign(steps_.size(), 0);
  // Of each tag of the unit: the weight of all ways on from it, scaled so that the best is 1. A span may not stay open.
  std::array<float, kMaxRowWidth> onward{};
  std::array<float, kMaxRowWidth> earlier{};
  onward[kOutside] = 1;
  for (std::size_t k = 0; k < labels_; ++k) onward[Tag(k, kEnd)] = 1;
  for (std::size_t i = size; i-- > 0;) {
    float* probability = &gradient_[i * width_];
    const float* now = &forward_[i * width_];
    float sum = 0;
    for (std::size_t t = 0; t < tags_; ++t) {
      probability[t] = now[t] * onward[t];
      sum += probability[t];
    }
    const float norm = 1.0F / std::max(sum, kTiny);
    for (std::size_t t = 0; t < tags_; ++t) probability[t] *= norm;
    const float* score = &scores_[i * width_];
    const float* before = i > 0 ? now - width_ : nullptr;
    float closed = 1;  // Before this unit.
    if (before != nullptr) {
      closed = before[kOutside];
      for (std::size_t k = 0; k < labels_; ++k) closed += before[Tag(k, kEnd)];
    }
    const float share = scale_[i] * norm;
    float open = score[kOutside] * onward[kOutside];
    for (std::size_t k = 0; k < labels_; ++k) {
      const std::size_t b = Tag(k, kBegin);
      const float end = score[Tag(k, kEnd)] * onward[Tag(k, kEnd)];
      open += score[b] * onward[b] + step_exp_[k][kSingle] * end;
      expected_[k * kSteps + kSingle] += closed * step_exp_[k][kSingle] * end * share;
    }
    if (i == 0) break;
    float best = open;
    earlier[kOutside] = open;
    for (std::size_t k = 0; k < labels_; ++k) {
      const std::size_t b = Tag(k, kBegin);
      const std::size_t in = Tag(k, kInside);
      const std::size_t e = Tag(k, kEnd);
      const LabelSteps& step = step_exp_[k];
      const float inside = score[in] * onward[in];
      const float end = score[e] * onward[e];
      earlier[b] = step[kBeginInside] * inside + step[kBeginEnd] * end;
      earlier[in] = step[kInsideInside] * inside + step[kInsideEnd] * end;
      earlier[e] = open;
      best = std::max({best, earlier[b], earlier[in]});
      float* const expected = &expected_[k * kSteps];
      expected[kBeginInside] += before[b] * step[kBeginInside] * inside * share;
      expected[kBeginEnd] += before[b] * step[kBeginEnd] * end * share;
      expected[kInsideInside] += before[in] * step[kInsideInside] * inside * share;
      expected[kInsideEnd] += before[in] * step[kInsideEnd] * end * share;
    }
    const float scale = 1.0F / std::max(best, kTiny);
    for (std::size_t t = 0; t < tags_; ++t) onward[t] = earlier[t] * scale;
  }
}

void Field::Step(float& weight, float& squares, float gradient) const {
  squares += gradient * gradient;
  weight += kRate * gradient / std::sqrt(squares + kLeastSquares);
}

void Field::StepRows(std::size_t unit) {
  const float* gradient = &gradient_[unit * width_];
  changed_.clear();
  for (std::size_t t = 0; t < tags_; ++t) {
    if (std::abs(gradient[t]) > kLeastGradient) changed_.push_back(t);
  }
  if (changed_.empty()) return;
  for (const std::uint32_t feature : features_[unit]) {
    const std::size_t row = std::size_t{feature >> shift_} * width_;
    for (const std::size_t t : changed_) Step(rows_[row + t], row_squares_[row + t], gradient[t]);
  }
}

void Field::Remember() {
  for (float& weight : rows_) weight *= kKept;
  for (std::size_t i = 0; i < rows_.size(); ++i) row_sums_[i] += rows_[i];
  for (std::size_t i = 0; i < steps_.size(); ++i) step_sums_[i] += steps_[i];
  ++remembered_;
}

// The largest of the int8 weights, kSaturated of them, may saturate; the rest keep their proportions.
double Field::StepsPerNat() const {
  std::vector<float> sizes;
  for (const float row : row_sums_) {
    if (row != 0) sizes.push_back(std::abs(row));
  }
  if (sizes.empty()) return 1;
  const std::size_t cut = sizes.size() - 1 - sizes.size() / kSaturated;
  std::nth_element(sizes.begin(), sizes.begin() + static_cast<std::ptrdiff_t>(cut), sizes.end());
  return kMaxWeight / (static_cast<double>(sizes[cut]) / remembered_);
}

std::string Field::Bytes() const {
  const double scale = StepsPerNat();
  std::string bytes(RowsOffset(labels_) + rows_.size(), '\0');
  ModelHeader header{
      {}, kModelVersion, static_cast<std::uint32_t>(labels_), options_.log_rows, static_cast<float>(scale), 0};
  std::memcpy(header.magic, kModelMagic, sizeof kModelMagic);
  std::memcpy(bytes.data(), &header, sizeof header);
  std::size_t at = sizeof header;
  for (const std::string& name : options_.labels) {
    std::memcpy(&bytes[at], name.data(), name.size());
    at += kLabelBytes;
  }
  const auto rounded = [&](float sum, double most) {
    return std::lround(std::clamp(static_cast<double>(sum) / remembered_ * scale, -most, most));
  };
  for (std::size_t k = 0; k < labels_; ++k) {
    StepWeights weights{};
    for (std::size_t step = 0; step < kSteps; ++step) {
      weights[step] = static_cast<std::int16_t>(rounded(step_sums_[k * kSteps + step], 2000));
    }
    std::memcpy(&bytes[at], weights.data(), sizeof weights);
    at += sizeof weights;
  }
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    bytes[at + i] = static_cast<char>(static_cast<std::int8_t>(rounded(row_sums_[i], kMaxWeight)));
  }
  return bytes;
}

}  // namespace mailuo::tagger
