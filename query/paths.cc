#include "query/paths.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "query/cooccurrence.h"
#include "query/neighbours.h"
#include "query/path_search.h"
#include "query/related.h"
#include "query/relation_items.h"

namespace mailuo::query {
namespace {

Answer<RelationItem> HopRelation(Session& session, RelatedGraph& graph, EntityId from, EntityId to) {
  MAILUO_ANSWER(const auto edge, graph.Relation(from, to));
  if (edge) return MakeRelationItem(session, *edge, graph.filter());
  const auto match = [&](EntityId id) -> Answer<EntityMatch> {
    EntityMatch found;
    MAILUO_ANSWER(found.entity, session.Ref(id));
    MAILUO_ANSWER(const auto record, session.reader().EntityBrief(id));
    if (record) found.articles = record->counts.articles;
    return found;
  };
  MAILUO_ANSWER(const EntityMatch head, match(from));
  MAILUO_ANSWER(const EntityMatch tail, match(to));
  MAILUO_ANSWER(auto pair, PairCooccurrence(session, head, tail, {}));
  if (!pair) return Refuse({ProblemKind::kInternal, "a pair that appears together has no article", {}, {}, {}});
  return *std::move(pair);
}

// Entities around one, ring by ring, the best related first.
Answer<std::vector<std::pair<EntityId, std::uint32_t>>> Surroundings(Neighbours& neighbours, EntityId start,
                                                                     std::uint32_t depth, std::size_t max_nodes,
                                                                     bool& complete) {
  std::vector<std::pair<EntityId, std::uint32_t>> nodes{{start, 0}};
  std::set<EntityId> known{start};
  std::size_t ring_start = 0;
  for (std::uint32_t ring = 1; ring <= depth; ++ring) {
    std::map<EntityId, double> next;  // Of the cheapest hop that leads there.
    for (std::size_t i = ring_start; i < nodes.size(); ++i) {
      MAILUO_ANSWER(const auto* around, neighbours.Of(nodes[i].first));
      for (const Neighbour& neighbour : *around) {
        if (known.count(neighbour.other) != 0) continue;
        const auto [it, fresh] = next.try_emplace(neighbour.other, neighbour.cost);
        if (!fresh) it->second = std::min(it->second, neighbour.cost);
      }
    }
    std::vector<std::pair<double, EntityId>> ordered;
    ordered.reserve(next.size());
    for (const auto& [id, cost] : next) ordered.emplace_back(cost, id);
    std::sort(ordered.begin(), ordered.end());
    ring_start = nodes.size();
    for (const auto& [cost, id] : ordered) {
      if (nodes.size() == max_nodes) {
        complete = false;
        return nodes;
      }
      nodes.emplace_back(id, ring);
      known.insert(id);
    }
  }
  return nodes;
}

Answer<void> Search(Session& session, const PathsRequest& request, const std::vector<EntityId>& exclude, bool together,
                    PathsResult& result) {
  const EntityId from = result.entities[0].entity.id;
  const EntityId to = result.entities[1].entity.id;
  // A path touches its ends.
  for (const EntityId id : exclude) {
    if (id == from || id == to) return {};
  }
  RelatedGraph graph(session, request.types, {exclude.begin(), exclude.end()}, together);
  PathSearch search(graph, from, to, request.max_hops);
  MAILUO_ANSWER(const auto best, search.Best(request.k));
  for (const FoundPath& path : best) {
    PathItem item;
    item.cost = path.cost;
    for (std::size_t i = 0; i + 1 < path.way.size(); ++i) {
      HopItem step;
      MAILUO_ANSWER(step.from, session.Ref(path.way[i]));
      MAILUO_ANSWER(step.to, session.Ref(path.way[i + 1]));
      MAILUO_ANSWER(step.relation, HopRelation(session, graph, path.way[i], path.way[i + 1]));
      item.hops.push_back(std::move(step));
    }
    result.paths.push_back(std::move(item));
  }
  result.complete = search.complete();
  return {};
}

}  // namespace

Answer<PathsResult> FindPaths(Session& session, const PathsRequest& request, EntityMatch from, EntityMatch to,
                              const std::vector<EntityId>& exclude) {
  PathsResult result;
  result.snapshot = session.MakeSnapshot();
  result.entities.push_back(std::move(from));
  result.entities.push_back(std::move(to));
  const bool named =
      std::find(request.types.begin(), request.types.end(), RelationType::kCoOccurs) != request.types.end();
  MAILUO_ANSWER_CHECK(Search(session, request, exclude, named, result));
  if (result.paths.empty() && request.types.empty()) {
    MAILUO_ANSWER_CHECK(Search(session, request, exclude, true, result));
  }
  return result;
}

Answer<SubgraphResult> FindSubgraph(Session& session, const SubgraphRequest& request, const EntityMatch& entity) {
  Neighbours neighbours(session, request.types);
  SubgraphResult result;
  result.snapshot = session.MakeSnapshot();
  MAILUO_ANSWER(const auto nodes,
                Surroundings(neighbours, entity.entity.id, request.depth, request.max_nodes, result.complete));
  std::set<EntityId> inside;
  for (const auto& [id, depth] : nodes) inside.insert(id);
  for (const auto& [id, depth] : nodes) {
    SubgraphResult::Node node;
    MAILUO_ANSWER(node.entity, session.Ref(id));
    MAILUO_ANSWER(const auto record, session.reader().EntityBrief(id));
    node.depth = depth;
    node.articles = record ? record->counts.articles : 0;
    result.nodes.push_back(std::move(node));
    MAILUO_ANSWER(const auto* around, neighbours.Of(id));
    for (const Neighbour& neighbour : *around) {
      // Each pair once, from its smaller id.
      if (inside.count(neighbour.other) == 0 || neighbour.other < id) continue;
      MAILUO_ANSWER(RelationItem edge, MakeRelationItem(session, neighbour.edge, neighbours.filter()));
      result.edges.push_back(std::move(edge));
    }
  }
  result.complete = result.complete && !neighbours.cut();
  return result;
}

}  // namespace mailuo::query
