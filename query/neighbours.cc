#include "query/neighbours.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "query/event_items.h"

namespace mailuo::query {
namespace {

// More than any typed relation, less than two.
constexpr double kTogetherCost = 3;

double CostOf(const store::EdgeSummary& edge) { return HopCost(edge.best_confidence, edge.statements); }

}  // namespace

double HopCost(float best_confidence, std::uint64_t statements) {
  const double doubt = 1 - static_cast<double>(best_confidence);
  return 1 + doubt / 2 + 0.5 / static_cast<double>(std::max<std::uint64_t>(statements, 1));
}

double TogetherCost(std::uint64_t sentences) {
  return kTogetherCost + 0.5 / static_cast<double>(std::max<std::uint64_t>(sentences, 1));
}

bool BetterEdge(const store::EdgeSummary& a, const store::EdgeSummary& b) {
  const auto rank = [](const store::EdgeSummary& e) { return std::tuple(CostOf(e), e.edge.type, e.direction); };
  return rank(a) < rank(b);
}

StatedRelations::StatedRelations(const std::vector<RelationType>& types) {
  for (const RelationType type : types) {
    if (type != RelationType::kCoOccurs) filter.types.Add(type);
  }
  any = types.empty() || !filter.types.empty();
  filter.statuses = store::kNoDenials;
}

Neighbours::Neighbours(Session& session, const std::vector<RelationType>& types) : session_(session), stated_(types) {}

Answer<const std::vector<Neighbour>*> Neighbours::Of(EntityId id) {
  if (const auto it = known_.find(id); it != known_.end()) return &it->second;
  MAILUO_ANSWER_CHECK(session_.CheckDeadline());
  std::vector<store::EdgeSummary> edges;
  if (stated_.any) {
    MAILUO_ANSWER(edges, session_.reader().Edges(id, stated_.filter, kMaxNeighbours));
  }
  if (edges.size() == kMaxNeighbours) cut_ = true;
  std::map<EntityId, store::EdgeSummary> best;
  for (const store::EdgeSummary& edge : edges) {
    if (edge.other == id) continue;
    const auto [it, fresh] = best.try_emplace(edge.other, edge);
    if (!fresh && BetterEdge(edge, it->second)) it->second = edge;
  }
  std::vector<Neighbour> neighbours;
  neighbours.reserve(best.size());
  for (const auto& [other, edge] : best) neighbours.push_back({other, edge, CostOf(edge)});
  std::sort(neighbours.begin(), neighbours.end(), [](const Neighbour& a, const Neighbour& b) {
    return std::tie(a.cost, a.other) < std::tie(b.cost, b.other);
  });
  return &known_.emplace(id, std::move(neighbours)).first->second;
}

}  // namespace mailuo::query
