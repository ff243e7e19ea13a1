#include "tagger/trainer.h"

#include <algorithm>
#include <numeric>

#include <fmt/core.h>

#include "tagger/field.h"
#include "tagger/model_format.h"
#include "tagger/tags.h"

namespace mailuo::tagger {
namespace {

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

std::vector<std::uint8_t> GoldTags(const Example& example, std::size_t labels) {
  std::vector<std::uint8_t> tags(example.units.size(), kOutside);
  for (const LabelledSpan& gold : example.spans) {
    const auto tag = [&](Position position) { return static_cast<std::uint8_t>(TagOf(gold.label, position, labels)); };
    std::fill(tags.begin() + gold.span.start, tags.begin() + gold.span.end, tag(kInside));
    tags[gold.span.start] = tag(kBegin);
    tags[gold.span.end - 1] = tag(kEnd);
  }
  return tags;
}

Status CheckExample(const Example& example, std::size_t index, std::size_t labels) {
  const auto bad = [&](std::string_view why) {
    return Error{ErrorCode::kInvalidArgument, fmt::format("example {}: {}", index + 1, why)};
  };
  if (example.clues.size() != example.units.size()) return bad("units and clues differ in number");
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
    gold.push_back(GoldTags(examples[i], options.labels.size()));
  }
  Field field(options);
  std::vector<std::size_t> order(examples.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  SplitMix random(options.seed);
  for (int epoch = 1; epoch <= options.epochs; ++epoch) {
    Shuffle(order, random);
    std::size_t wrong = 0;
    for (const std::size_t index : order) wrong += field.Learn(examples[index], gold[index]) ? 0U : 1U;
    if (epoch > options.epochs / 4) field.Remember();
    if (report != nullptr) report->push_back({epoch, wrong, examples.size()});
  }
  return field.Bytes();
}

}  // namespace mailuo::tagger
