#include "tagger/trainer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <numeric>

#include <fmt/core.h>

#include "tagger/model_format.h"
#include "tagger/tags.h"
#include "tagger/viterbi.h"

namespace mailuo::tagger {
namespace {

// Weights and their running sums for averaging: average = weight - sum / steps.
class Weights {
 public:
  explicit Weights(std::size_t count) : now_(count, 0), sum_(count, 0) {}
  void Add(std::size_t index, float change, double step) {
    now_[index] += change;
    sum_[index] += change * step;
  }
  float now(std::size_t index) const { return now_[index]; }
  const float* data() const { return now_.data(); }
  double Average(std::size_t index, double steps) const { return now_[index] - sum_[index] / steps; }

 private:
  std::vector<float> now_;
  std::vector<double> sum_;
};

// The same sequence of numbers everywhere, unlike the standard library's distributions.
class SplitMix {
 public:
  explicit SplitMix(std::uint64_t seed) : state_(seed) {}
  std::uint64_t Next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
  }

 private:
  std::uint64_t state_;
};

void Shuffle(std::vector<std::size_t>& order, SplitMix& random) {
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.Next() % i]);
}

std::vector<std::uint8_t> GoldTags(const Example& example) {
  std::vector<std::uint8_t> tags(example.units.size(), kOutside);
  for (const LabelledSpan& gold : example.spans) {
    const auto tag = [&](Position position) { return static_cast<std::uint8_t>(TagOf(gold.label, position)); };
    if (gold.span.size() == 1) {
      tags[gold.span.start] = tag(kSingle);
      continue;
    }
    std::fill(tags.begin() + gold.span.start, tags.begin() + gold.span.end, tag(kInside));
    tags[gold.span.start] = tag(kBegin);
    tags[gold.span.end - 1] = tag(kEnd);
  }
  return tags;
}

// Index into the four inner transitions of a label; 4 when the step is not inside one span.
std::size_t InnerStep(std::uint8_t from, std::uint8_t to) {
  if (from == kOutside || to == kOutside) return 4;
  const std::size_t position_from = (from - std::size_t{1}) % 4;
  const std::size_t position_to = (to - std::size_t{1}) % 4;
  if (position_from != kBegin && position_from != kInside) return 4;
  return (position_from == kBegin ? 0U : 2U) + (position_to == kInside ? 0U : 1U);
}

Status CheckExample(const Example& example, std::size_t index, std::size_t labels) {
  const auto bad = [&](std::string_view why) {
    return Error{ErrorCode::kInvalidArgument, fmt::format("example {}: {}", index + 1, why)};
  };
  if (example.word.size() != example.units.size() || example.lexicon.size() != example.units.size()) {
    return bad("units, words and lexicon classes differ in number");
  }
  std::uint32_t end = 0;
  for (const LabelledSpan& gold : example.spans) {
    if (gold.label >= labels) return bad("unknown label");
    if (gold.span.start < end || gold.span.empty() || gold.span.end > example.units.size()) {
      return bad("spans are not sorted, overlap or leave the text");
    }
    end = gold.span.end;
  }
  for (const text::UnitSpan& span : example.ignore) {
    if (span.start > span.end || span.end > example.units.size()) return bad("an ignored span leaves the text");
  }
  return {};
}

class PerceptronTrainer {
 public:
  explicit PerceptronTrainer(const TrainerOptions& options)
      : options_(options),
        labels_(options.labels.size()),
        width_(RowWidth(labels_)),
        mask_((1U << options.log_rows) - 1),
        rows_((std::size_t{1} << options.log_rows) * width_),
        inner_(labels_ * 4) {}

  // True when the best tags were right already.
  bool Learn(const Example& example, const std::vector<std::uint8_t>& gold) {
    ++step_;
    Sequence sequence{example.units, example.word, example.lexicon};
    ComputeFeatures(sequence, features_);
    const std::size_t size = features_.size();
    emissions_.assign(size * width_, 0);
    for (std::size_t i = 0; i < size; ++i) {
      float* sum = &emissions_[i * width_];
      for (const std::uint32_t feature : features_[i]) {
        const float* row = rows_.data() + (feature & mask_) * width_;
        for (std::size_t t = 0; t < width_; ++t) sum[t] += row[t];
      }
    }
    std::array<std::array<float, 4>, kMaxLabels> inner{};
    for (std::size_t i = 0; i < labels_ * 4; ++i) inner[i / 4][i % 4] = inner_.now(i);
    BestTags(emissions_.data(), size, width_, labels_, inner, back_, tags_);
    for (const text::UnitSpan& span : example.ignore) {
      std::copy(gold.begin() + span.start, gold.begin() + span.end, tags_.begin() + span.start);
    }
    if (tags_ == gold) return true;
    Update(gold);
    return false;
  }

  std::string Bytes() const {
    std::string bytes(RowsOffset(labels_) + (std::size_t{mask_} + 1) * width_, '\0');
    ModelHeader header{{}, kModelVersion, static_cast<std::uint32_t>(labels_), options_.log_rows};
    std::memcpy(header.magic, kModelMagic, sizeof kModelMagic);
    std::memcpy(bytes.data(), &header, sizeof header);
    std::size_t at = sizeof header;
    for (const std::string& name : options_.labels) {
      std::memcpy(&bytes[at], name.data(), name.size());
      at += kLabelBytes;
    }
    const double steps = static_cast<double>(step_) + 1;
    const double scale = Scale(steps);
    for (std::size_t i = 0; i < labels_ * 4; ++i, at += sizeof(std::int16_t)) {
      const auto value =
          static_cast<std::int16_t>(std::lround(std::clamp(inner_.Average(i, steps) * scale, -2000.0, 2000.0)));
      std::memcpy(&bytes[at], &value, sizeof value);
    }
    for (std::size_t i = 0; i < (std::size_t{mask_} + 1) * width_; ++i) {
      const double value = std::clamp(rows_.Average(i, steps) * scale, -127.0, 127.0);
      bytes[at + i] = static_cast<char>(static_cast<std::int8_t>(std::lround(value)));
    }
    return bytes;
  }

 private:
  void Update(const std::vector<std::uint8_t>& gold) {
    const auto step = static_cast<double>(step_);
    for (std::size_t i = 0; i < gold.size(); ++i) {
      if (tags_[i] != gold[i]) {
        for (const std::uint32_t feature : features_[i]) {
          const std::size_t row = (feature & mask_) * width_;
          rows_.Add(row + gold[i], 1, step);
          rows_.Add(row + tags_[i], -1, step);
        }
      }
      if (i == 0) continue;
      const std::size_t right = InnerStep(gold[i - 1], gold[i]);
      const std::size_t wrong = InnerStep(tags_[i - 1], tags_[i]);
      const std::size_t right_index = right < 4 ? (gold[i] - std::size_t{1}) / 4 * 4 + right : kNone;
      const std::size_t wrong_index = wrong < 4 ? (tags_[i] - std::size_t{1}) / 4 * 4 + wrong : kNone;
      if (right_index == wrong_index) continue;
      if (right_index != kNone) inner_.Add(right_index, 1, step);
      if (wrong_index != kNone) inner_.Add(wrong_index, -1, step);
    }
  }

  // Steps of the int8 weights: the largest 0.05 % may saturate, the rest keep their proportions.
  double Scale(double steps) const {
    std::vector<float> sizes;
    const std::size_t count = (std::size_t{mask_} + 1) * width_;
    for (std::size_t i = 0; i < count; ++i) {
      const double value = std::abs(rows_.Average(i, steps));
      if (value > 0) sizes.push_back(static_cast<float>(value));
    }
    if (sizes.empty()) return 1;
    const std::size_t cut = sizes.size() - 1 - sizes.size() / 2000;
    std::nth_element(sizes.begin(), sizes.begin() + static_cast<std::ptrdiff_t>(cut), sizes.end());
    return 127.0 / static_cast<double>(sizes[cut]);
  }

  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  const TrainerOptions& options_;
  std::size_t labels_;
  std::size_t width_;
  std::uint32_t mask_;
  Weights rows_;
  Weights inner_;
  std::uint64_t step_ = 0;
  std::vector<FeatureRow> features_;
  std::vector<float> emissions_;
  std::vector<std::uint8_t> back_;
  std::vector<std::uint8_t> tags_;
};

}  // namespace

Result<std::string> Train(const std::vector<Example>& examples, const TrainerOptions& options,
                          std::vector<EpochReport>* report) {
  const auto bad = [](std::string why) { return Error{ErrorCode::kInvalidArgument, std::move(why)}; };
  if (examples.empty()) return bad("no training examples");
  if (options.labels.empty() || options.labels.size() > kMaxLabels) {
    return bad(fmt::format("1 to {} labels can be trained, got {}", kMaxLabels, options.labels.size()));
  }
  for (const std::string& name : options.labels) {
    if (name.empty() || name.size() >= kLabelBytes) return bad(fmt::format("label '{}' is empty or too long", name));
  }
  if (options.log_rows < kMinLogRows || options.log_rows > kMaxLogRows) return bad("log_rows is out of range");
  std::vector<std::vector<std::uint8_t>> gold;
  gold.reserve(examples.size());
  for (std::size_t i = 0; i < examples.size(); ++i) {
    MAILUO_RETURN_IF_ERROR(CheckExample(examples[i], i, options.labels.size()));
    gold.push_back(GoldTags(examples[i]));
  }
  PerceptronTrainer trainer(options);
  std::vector<std::size_t> order(examples.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  SplitMix random(options.seed);
  for (int epoch = 1; epoch <= options.epochs; ++epoch) {
    Shuffle(order, random);
    std::size_t wrong = 0;
    for (const std::size_t index : order) wrong += trainer.Learn(examples[index], gold[index]) ? 0U : 1U;
    if (report != nullptr) report->push_back({epoch, wrong, examples.size()});
  }
  return trainer.Bytes();
}

}  // namespace mailuo::tagger
