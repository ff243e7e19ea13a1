#include "tagger/viterbi.h"

#include <algorithm>
#include <cstring>

namespace mailuo::tagger {
namespace {

// Scores are kept relative to the best closed path, and within this of it: far from overflow whatever the model says.
constexpr std::int16_t kFar = 12000;

Lanes Fill(std::int16_t value) { return Lanes{} + value; }
Lanes Max(Lanes a, Lanes b) { return a > b ? a : b; }
Lanes Near(Lanes a) {
  const Lanes low = Max(a, Fill(-kFar));
  return low < Fill(kFar) ? low : Fill(kFar);
}
Lanes Load(const std::int16_t* from) {
  Lanes lanes;
  std::memcpy(&lanes, from, sizeof lanes);
  return lanes;
}

std::int16_t MaxOf(Lanes lanes) {
  lanes = Max(lanes, __builtin_shufflevector(lanes, lanes, 4, 5, 6, 7, 0, 1, 2, 3));
  lanes = Max(lanes, __builtin_shufflevector(lanes, lanes, 2, 3, 0, 1, 6, 7, 4, 5));
  lanes = Max(lanes, __builtin_shufflevector(lanes, lanes, 1, 0, 3, 2, 5, 4, 7, 6));
  return lanes[0];
}

}  // namespace

template <std::size_t vectors>
void BestPath::Walk(const std::int16_t* emissions, std::size_t size, std::size_t labels,
                    const std::array<StepWeights, kMaxLabels>& steps) {
  std::array<std::array<Lanes, vectors>, kSteps> weights{};
  std::array<Lanes, vectors> none{};  // Very low where there is no label.
  for (std::size_t lane = 0; lane < vectors * kLanes; ++lane) {
    none[lane / kLanes][lane % kLanes] = lane < labels ? kFar : -kFar;
    for (std::size_t step = 0; lane < labels && step < kSteps; ++step) {
      weights[step][lane / kLanes][lane % kLanes] = steps[lane][step];
    }
  }
  std::array<Lanes, vectors> begin;
  std::array<Lanes, vectors> inside;
  begin.fill(Fill(-kFar));
  inside.fill(Fill(-kFar));
  const std::size_t width = RowWidth(labels);
  for (std::size_t i = 0; i < size; ++i) {
    const std::int16_t* const row = emissions + i * width;
    std::array<Lanes, vectors> end;
    std::int16_t best = -kFar;
    for (std::size_t v = 0; v < vectors; ++v) {
      Origin& origin = origins_[i * vectors + v];
      const std::int16_t* const at = row + 1 + v * kLanes;
      const Lanes begin_end = begin[v] + weights[kBeginEnd][v];
      const Lanes inside_end = inside[v] + weights[kInsideEnd][v];
      const Lanes open_end = Max(begin_end, inside_end);
      const Lanes single = weights[kSingle][v];
      origin.end = inside_end > begin_end;
      origin.single = single >= open_end;
      end[v] = Max(open_end, single) + Load(at + 2 * labels);
      end[v] = end[v] < none[v] ? end[v] : none[v];
      const Lanes begin_inside = begin[v] + weights[kBeginInside][v];
      const Lanes inside_inside = inside[v] + weights[kInsideInside][v];
      origin.inside = inside_inside > begin_inside;
      inside[v] = Max(begin_inside, inside_inside) + Load(at + labels);
      begin[v] = Load(at);
      best = std::max(best, MaxOf(end[v]));
    }
    closed_[i] = kOutside;
    if (best <= row[kOutside]) {
      best = row[kOutside];
    } else {
      std::size_t label = 0;
      while (end[label / kLanes][label % kLanes] != best) ++label;
      closed_[i] = static_cast<std::uint8_t>(TagOf(label, kEnd, labels));
    }
    for (std::size_t v = 0; v < vectors; ++v) {
      begin[v] = Near(begin[v] - best);
      inside[v] = Near(inside[v] - best);
    }
  }
}

void BestPath::Trace(std::size_t size, std::size_t labels, std::size_t vectors, std::vector<std::uint8_t>& tags) const {
  tags.assign(size, kOutside);
  for (std::size_t i = size; i-- > 0;) {
    tags[i] = closed_[i];
    if (tags[i] == kOutside) continue;
    const std::size_t label = LabelOf(tags[i], labels);
    const auto origin = [&](std::size_t unit) -> const Origin& { return origins_[unit * vectors + label / kLanes]; };
    const std::size_t lane = label % kLanes;
    if (i == 0 || origin(i).single[lane] != 0) continue;
    bool inside = origin(i).end[lane] != 0;
    --i;
    while (inside && i > 0) {
      tags[i] = static_cast<std::uint8_t>(TagOf(label, kInside, labels));
      inside = origin(i).inside[lane] != 0;
      --i;
    }
    tags[i] = static_cast<std::uint8_t>(TagOf(label, kBegin, labels));
  }
}

void BestPath::Find(const std::int16_t* emissions, std::size_t size, std::size_t labels,
                    const std::array<StepWeights, kMaxLabels>& steps, std::vector<std::uint8_t>& tags) {
  static_assert(kMaxLabels <= 2 * kLanes);
  const std::size_t vectors = labels <= kLanes ? 1 : 2;
  origins_.resize(size * vectors);
  closed_.resize(size);
  if (vectors == 1) {
    Walk<1>(emissions, size, labels, steps);
  } else {
    Walk<2>(emissions, size, labels, steps);
  }
  Trace(size, labels, vectors, tags);
}

}  // namespace mailuo::tagger
