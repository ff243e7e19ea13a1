#include "query/related.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "query/neighbours.h"

namespace mailuo::query {

RelatedGraph::RelatedGraph(Session& session, const std::vector<RelationType>& types, std::set<EntityId> exclude)
    : session_(session), exclude_(std::move(exclude)) {
  filter_.statuses = kNoDenials;
  for (const RelationType type : types) filter_.types.Add(type);
}

Answer<const std::vector<Hop>*> RelatedGraph::Around(EntityId id) {
  if (const auto it = known_.find(id.value); it != known_.end()) return &it->second;
  MAILUO_ANSWER_CHECK(session_.CheckDeadline());
  MAILUO_ANSWER(const std::vector<store::AdjacentEdge> edges, session_.reader().Adjacent(id, filter_));
  std::vector<Hop> hops;
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
  const auto before = [](const Hop& a, const Hop& b) { return std::tie(a.other, a.cost) < std::tie(b.other, b.cost); };
  const auto same = [](const Hop& a, const Hop& b) { return a.other == b.other; };
  if (!std::is_sorted(hops.begin(), hops.end(), before)) {
    std::sort(hops.begin(), hops.end(), before);
    hops.erase(std::unique(hops.begin(), hops.end(), same), hops.end());
  }
  return &known_.emplace(id.value, std::move(hops)).first->second;
}

Answer<std::uint64_t> RelatedGraph::CountAround(EntityId id) {
  if (const auto it = known_.find(id.value); it != known_.end()) return std::uint64_t{it->second.size()};
  if (filter_.types.empty() && exclude_.empty()) {
    MAILUO_ANSWER_CHECK(session_.CheckDeadline());
    MAILUO_ANSWER(const std::uint64_t count, session_.reader().CountRelated(id));
    return count;
  }
  MAILUO_ANSWER(const auto* around, Around(id));
  return std::uint64_t{around->size()};
}

Answer<store::EdgeSummary> RelatedGraph::Relation(EntityId from, EntityId to) {
  store::EdgeFilter filter = filter_;
  filter.other = to;
  MAILUO_ANSWER(const auto edges, session_.reader().Edges(from, filter, SIZE_MAX));
  const auto best = std::min_element(edges.begin(), edges.end(), BetterEdge);
  if (best == edges.end()) {
    return Refuse({ProblemKind::kInternal, "a relation of a path is not there", {}, {}, {}});
  }
  return *best;
}

}  // namespace mailuo::query
