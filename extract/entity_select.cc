#include "extract/entity_select.h"

#include <algorithm>

namespace mailuo::extract {

std::vector<std::size_t> SelectCandidates(const EntityScratch& scratch, std::size_t first,
                                          std::vector<std::uint8_t>& occupied) {
  const std::vector<Candidate>& candidates = scratch.candidates;
  std::vector<std::size_t> order;
  order.reserve(candidates.size() - first);
  for (std::size_t i = first; i < candidates.size(); ++i) order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const Candidate& x = candidates[a];
    const Candidate& y = candidates[b];
    if (x.rank != y.rank) return x.rank > y.rank;
    if (x.span.size() != y.span.size()) return x.span.size() > y.span.size();
    if (x.span.start != y.span.start) return x.span.start < y.span.start;
    return x.confidence > y.confidence;
  });
  std::vector<std::size_t> chosen;
  for (const std::size_t index : order) {
    const text::UnitSpan span = candidates[index].span;
    const auto begin = occupied.begin() + span.start;
    const auto end = occupied.begin() + span.end;
    if (std::any_of(begin, end, [](std::uint8_t flag) { return flag != 0; })) continue;
    std::fill(begin, end, std::uint8_t{1});
    chosen.push_back(index);
  }
  std::sort(chosen.begin(), chosen.end(),
            [&](std::size_t a, std::size_t b) { return candidates[a].span.start < candidates[b].span.start; });
  return chosen;
}

}  // namespace mailuo::extract
