#include "tagger/field.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "tagger/model_format.h"

namespace mailuo::tagger {
namespace {

constexpr float kRate = 0.05F;
constexpr float kLeastSquares = 1e-4F;  // Keeps the first step of a weight finite.
// Gradients below this are left out: nearly all tags of nearly all units, once the model has learnt something.
constexpr float kLeastGradient = 1e-3F;
constexpr float kTiny = 1e-30F;

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
      tags_(1 + 4 * labels_),
      width_(RowWidth(labels_)),
      mask_((1U << options.log_rows) - 1),
      rows_((std::size_t{1} << options.log_rows) * width_),
      row_squares_(rows_.size()),
      inner_(labels_ * 4),
      inner_squares_(labels_ * 4) {}

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
  for (std::size_t i = 1; i < size; ++i) {
    const std::size_t inner = InnerStep(gold[i - 1], gold[i]);
    if (inner < 4) expected_[(gold[i] - std::size_t{1}) / 4 * 4 + inner] += 1;
  }
  for (std::size_t k = 0; k < expected_.size(); ++k) Step(inner_[k], inner_squares_[k], expected_[k]);
  return right;
}

void Field::ScoreUnits() {
  scores_.assign(features_.size() * width_, 0);
  for (std::size_t i = 0; i < features_.size(); ++i) {
    float* sum = &scores_[i * width_];
    for (const std::uint32_t feature : features_[i]) {
      const float* row = rows_.data() + (feature & mask_) * width_;
      for (std::size_t t = 0; t < width_; ++t) sum[t] += row[t];
    }
    const float best = *std::max_element(sum, sum + tags_);
    for (std::size_t t = 0; t < tags_; ++t) sum[t] = Exp(sum[t] - best);
  }
}

void Field::Infer() {
  for (std::size_t k = 0; k < inner_.size(); ++k) inner_exp_[k / 4][k % 4] = Exp(std::clamp(inner_[k], -20.0F, 20.0F));
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
    for (std::size_t k = 0; k < labels_; ++k) {
      const std::size_t b = TagOf(k, kBegin);
      now[b + kBegin] = closed * score[b + kBegin];
      now[b + kSingle] = closed * score[b + kSingle];
      if (i > 0) {
        const float* before = now - width_;
        const LabelSteps& step = inner_exp_[k];
        now[b + kInside] = (before[b + kBegin] * step[0] + before[b + kInside] * step[2]) * score[b + kInside];
        now[b + kEnd] = (before[b + kBegin] * step[1] + before[b + kInside] * step[3]) * score[b + kEnd];
      }
      sum += now[b] + now[b + 1] + now[b + 2] + now[b + 3];
    }
    scale_[i] = 1.0F / std::max(sum, kTiny);
    for (std::size_t t = 0; t < tags_; ++t) now[t] *= scale_[i];
    closed = now[kOutside];
    for (std::size_t k = 0; k < labels_; ++k) closed += now[TagOf(k, kEnd)] + now[TagOf(k, kSingle)];
  }
}

void Field::Backward() {
  const std::size_t size = features_.size();
  gradient_.assign(size * width_, 0);
  expected_.assign(labels_ * 4, 0);
  // Of each tag of the unit: the weight of all ways on from it, scaled so that the best is 1. A span may not stay open.
  std::array<float, kMaxRowWidth> onward{};
  std::array<float, kMaxRowWidth> earlier{};
  onward[kOutside] = 1;
  for (std::size_t k = 0; k < labels_; ++k) onward[TagOf(k, kEnd)] = onward[TagOf(k, kSingle)] = 1;
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
    if (i == 0) break;
    const float* before = now - width_;
    const float* score = &scores_[i * width_];
    float open = score[kOutside] * onward[kOutside];
    for (std::size_t k = 0; k < labels_; ++k) {
      const std::size_t b = TagOf(k, kBegin);
      open += score[b + kBegin] * onward[b + kBegin] + score[b + kSingle] * onward[b + kSingle];
    }
    float best = open;
    earlier[kOutside] = open;
    const float share = scale_[i] * norm;
    for (std::size_t k = 0; k < labels_; ++k) {
      const std::size_t b = TagOf(k, kBegin);
      const LabelSteps& step = inner_exp_[k];
      const float inside = score[b + kInside] * onward[b + kInside];
      const float end = score[b + kEnd] * onward[b + kEnd];
      earlier[b + kBegin] = step[0] * inside + step[1] * end;
      earlier[b + kInside] = step[2] * inside + step[3] * end;
      earlier[b + kEnd] = earlier[b + kSingle] = open;
      best = std::max({best, earlier[b + kBegin], earlier[b + kInside]});
      expected_[k * 4 + 0] += before[b + kBegin] * step[0] * inside * share;
      expected_[k * 4 + 1] += before[b + kBegin] * step[1] * end * share;
      expected_[k * 4 + 2] += before[b + kInside] * step[2] * inside * share;
      expected_[k * 4 + 3] += before[b + kInside] * step[3] * end * share;
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
    const std::size_t row = (feature & mask_) * width_;
    for (const std::size_t t : changed_) Step(rows_[row + t], row_squares_[row + t], gradient[t]);
  }
}

// The largest 0.05 % of the int8 weights may saturate, the rest keep their proportions.
double Field::StepsPerNat() const {
  std::vector<float> sizes;
  for (const float row : rows_) {
    if (row != 0) sizes.push_back(std::abs(row));
  }
  if (sizes.empty()) return 1;
  const std::size_t cut = sizes.size() - 1 - sizes.size() / 2000;
  std::nth_element(sizes.begin(), sizes.begin() + static_cast<std::ptrdiff_t>(cut), sizes.end());
  return 127.0 / static_cast<double>(sizes[cut]);
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
  for (const float weight : inner_) {
    const auto value = static_cast<std::int16_t>(std::lround(std::clamp(weight * scale, -2000.0, 2000.0)));
    std::memcpy(&bytes[at], &value, sizeof value);
    at += sizeof value;
  }
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const double value = std::clamp(rows_[i] * scale, -127.0, 127.0);
    bytes[at + i] = static_cast<char>(static_cast<std::int8_t>(std::lround(value)));
  }
  return bytes;
}

}  // namespace mailuo::tagger
