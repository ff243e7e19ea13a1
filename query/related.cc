#include "query/related.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace mailuo::query {

RelatedGraph::RelatedGraph(Session& session, const std::vector<RelationType>& types, std::set<EntityId> exclude,
                           bool together)
    : session_(session), stated_(types), exclude_(std::move(exclude)), all_types_(types.empty()), together_(together) {}

Answer<const std::vector<Hop>*> RelatedGraph::Around(EntityId id) {
  if (const auto it = known_.find(id.value); it != known_.end()) return &it->second;
  MAILUO_ANSWER_CHECK(session_.CheckDeadline());
  std::vector<Hop> hops;
  if (stated_.any) MAILUO_ANSWER_CHECK(AddTyped(id, hops));
  if (together_) MAILUO_ANSWER_CHECK(AddTogether(id, hops));
  const auto before = [](const Hop& a, const Hop& b) { return std::tie(a.other, a.cost) < std::tie(b.other, b.cost); };
  const auto same = [](const Hop& a, const Hop& b) { return a.other == b.other; };
  if (!std::is_sorted(hops.begin(), hops.end(), before)) std::sort(hops.begin(), hops.end(), before);
  hops.erase(std::unique(hops.begin(), hops.end(), same), hops.end());
  return &known_.emplace(id.value, std::move(hops)).first->second;
}

Answer<void> RelatedGraph::AddTyped(EntityId id, std::vector<Hop>& hops) {
  MAILUO_ANSWER(const std::vector<store::AdjacentEdge> edges, session_.reader().Adjacent(id, stated_.filter));
  hops.reserve(edges.size());
  for (const store::AdjacentEdge& edge : edges) {
    if (edge.other == id || (!exclude_.empty() && exclude_.count(edge.other) != 0)) continue;
    const double cost = HopCost(edge.best_confidence, edge.statements);
    if (!hops.empty() && hops.back().other == edge.other) {
      hops.back().cost = std::min(hops.back().cost, cost);
    } else {
      hops.push_back({edge.other, cost});
    }
  }
  return {};
}

Answer<void> RelatedGraph::AddTogether(EntityId id, std::vector<Hop>& hops) {
  MAILUO_ANSWER(const auto pairs, session_.reader().Cooccurring(id, {}, SIZE_MAX));
  hops.reserve(hops.size() + pairs.size());
  for (const store::Cooccurrence& pair : pairs) {
    if (pair.sentences == 0 || exclude_.count(pair.other) != 0) continue;
    hops.push_back({pair.other, TogetherCost(pair.sentences)});
  }
  return {};
}

Answer<std::uint64_t> RelatedGraph::CountAround(EntityId id) {
  if (const auto it = known_.find(id.value); it != known_.end()) return std::uint64_t{it->second.size()};
  if (all_types_ && !together_ && exclude_.empty()) {
    MAILUO_ANSWER_CHECK(session_.CheckDeadline());
    MAILUO_ANSWER(const std::uint64_t count, session_.reader().CountRelated(id));
    return count;
  }
  MAILUO_ANSWER(const auto* around, Around(id));
  return std::uint64_t{around->size()};
}

Answer<std::uint64_t> RelatedGraph::CountAroundAtLeast(EntityId id) {
  // Today's typed relations are counted for as little.
  const bool counted = !together_ && exclude_.empty() && !session_.reader().as_of();
  if (!all_types_ || counted || known_.count(id.value) != 0) return std::uint64_t{0};
  MAILUO_ANSWER_CHECK(session_.CheckDeadline());
  MAILUO_ANSWER(const std::uint64_t related, session_.reader().CountRelatedAtLeast(id));
  return related - std::min<std::uint64_t>(related, exclude_.size());
}

Answer<std::optional<store::EdgeSummary>> RelatedGraph::Relation(EntityId from, EntityId to) {
  if (!stated_.any) return std::optional<store::EdgeSummary>();
  store::EdgeFilter filter = stated_.filter;
  filter.other = to;
  MAILUO_ANSWER(const auto edges, session_.reader().Edges(from, filter, SIZE_MAX));
  const auto best = std::min_element(edges.begin(), edges.end(), BetterEdge);
  return best == edges.end() ? std::nullopt : std::optional(*best);
}

}  // namespace mailuo::query
