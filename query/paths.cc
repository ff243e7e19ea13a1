#include "query/paths.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <queue>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "query/cooccurrence.h"
#include "query/neighbours.h"
#include "query/path_search.h"
#include "query/related.h"
#include "query/relation_items.h"

namespace mailuo::query {
namespace {

constexpr std::size_t kMaxReached = 20000;   // Entities that one breadth-first search visits.
constexpr std::size_t kMaxExpanded = 50000;  // Partial paths that are continued.

using Distances = std::map<EntityId, std::uint32_t>;

// Hops from `start` to everything within `hops`.
Answer<Distances> Reach(Neighbours& neighbours, EntityId start, std::uint32_t hops, bool& complete) {
  Distances distances{{start, 0}};
  std::vector<EntityId> ring{start};
  for (std::uint32_t depth = 1; depth <= hops && !ring.empty(); ++depth) {
    std::vector<EntityId> next;
    for (const EntityId id : ring) {
      MAILUO_ANSWER(const auto* around, neighbours.Of(id));
      for (const Neighbour& neighbour : *around) {
        if (distances.size() >= kMaxReached) {
          complete = false;
          return distances;
        }
        if (distances.emplace(neighbour.other, depth).second) next.push_back(neighbour.other);
      }
    }
    ring = std::move(next);
  }
  return distances;
}

struct Partial {
  double cost = 0;   // So far.
  double bound = 0;  // cost and the least that is still to come: one per hop.
  std::vector<EntityId> way;
};
struct Later {
  bool operator()(const Partial& a, const Partial& b) const {
    return std::tie(a.bound, a.way) > std::tie(b.bound, b.way);
  }
};

// Over entities that appear together, whose lists are capped: b may be among those of a and a not among those of b.
class TogetherSearch {
 public:
  TogetherSearch(Neighbours& neighbours, EntityId from, EntityId to, std::uint32_t max_hops)
      : neighbours_(neighbours), from_(from), to_(to), max_hops_(max_hops) {}

  Answer<std::vector<Partial>> Best(std::size_t k) {
    // What lies within half the way of the end is known exactly; everything else is at least one hop farther.
    MAILUO_ANSWER(to_end_, Reach(neighbours_, to_, max_hops_ / 2, complete_));
    std::vector<Partial> found;
    std::priority_queue<Partial, std::vector<Partial>, Later> open;
    open.push({0, 1, {from_}});
    for (std::size_t expanded = 0; !open.empty() && found.size() < k; ++expanded) {
      if (expanded == kMaxExpanded) {
        complete_ = false;
        break;
      }
      Partial partial = open.top();
      open.pop();
      if (partial.way.back() == to_) {
        found.push_back(std::move(partial));
        continue;
      }
      MAILUO_ANSWER_CHECK(Continue(partial, open));
    }
    return found;
  }
  bool complete() const { return complete_ && !neighbours_.cut(); }

 private:
  // The least number of hops from `id` to the end, as far as is known.
  std::uint32_t LeastHops(EntityId id) const {
    const auto it = to_end_.find(id);
    return it != to_end_.end() ? it->second : max_hops_ / 2 + 1;
  }

  template <typename Queue>
  Answer<void> Continue(const Partial& partial, Queue& open) {
    const auto walked = static_cast<std::uint32_t>(partial.way.size() - 1);
    const EntityId here = partial.way.back();
    MAILUO_ANSWER(const auto* around, neighbours_.Of(here));
    const double passage = walked == 0 ? 0 : std::log2(1 + static_cast<double>(around->size())) / 8;
    for (const Neighbour& neighbour : *around) {
      const std::uint32_t left = LeastHops(neighbour.other);
      if (walked + 1 + left > max_hops_) continue;
      if (std::find(partial.way.begin(), partial.way.end(), neighbour.other) != partial.way.end()) continue;
      Partial longer{partial.cost + passage + neighbour.cost, 0, partial.way};
      longer.bound = longer.cost + left;
      longer.way.push_back(neighbour.other);
      open.push(std::move(longer));
    }
    return {};
  }

  Neighbours& neighbours_;
  EntityId from_;
  EntityId to_;
  std::uint32_t max_hops_;
  Distances to_end_;
  bool complete_ = true;
};

Answer<RelationItem> HopRelation(Session& session, const Neighbours& neighbours, const store::EdgeSummary& edge) {
  if (edge.edge.type != RelationType::kCoOccurs) return MakeRelationItem(session, edge, neighbours.filter());
  const auto match = [&](EntityId id) -> Answer<EntityMatch> {
    EntityMatch found;
    MAILUO_ANSWER(found.entity, session.Ref(id));
    MAILUO_ANSWER(const auto record, session.reader().EntityBrief(id));
    if (record) found.articles = record->counts.articles;
    return found;
  };
  MAILUO_ANSWER(const EntityMatch head, match(edge.edge.head));
  MAILUO_ANSWER(const EntityMatch tail, match(edge.edge.tail));
  MAILUO_ANSWER(auto pair, PairCooccurrence(session, head, tail, {}));
  if (!pair) return Refuse({ProblemKind::kInternal, "a pair that appears together has no article", {}, {}, {}});
  return *std::move(pair);
}

Answer<PathItem> ToItem(Session& session, Neighbours& neighbours, const Partial& partial) {
  PathItem item;
  item.cost = partial.cost;
  for (std::size_t i = 0; i + 1 < partial.way.size(); ++i) {
    MAILUO_ANSWER(const auto* around, neighbours.Of(partial.way[i]));
    const auto hop =
        std::find_if(around->begin(), around->end(), [&](const Neighbour& n) { return n.other == partial.way[i + 1]; });
    HopItem step;
    MAILUO_ANSWER(step.from, session.Ref(partial.way[i]));
    MAILUO_ANSWER(step.to, session.Ref(partial.way[i + 1]));
    MAILUO_ANSWER(step.relation, HopRelation(session, neighbours, hop->edge));
    item.hops.push_back(std::move(step));
  }
  return item;
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

Answer<void> SearchTyped(Session& session, const PathsRequest& request, const std::vector<EntityId>& exclude,
                         PathsResult& result) {
  const EntityId from = result.entities[0].entity.id;
  const EntityId to = result.entities[1].entity.id;
  // A path touches its ends.
  for (const EntityId id : exclude) {
    if (id == from || id == to) return {};
  }
  RelatedGraph graph(session, request.types, {exclude.begin(), exclude.end()});
  PathSearch search(graph, from, to, request.max_hops);
  MAILUO_ANSWER(const auto best, search.Best(request.k));
  for (const FoundPath& path : best) {
    PathItem item;
    item.cost = path.cost;
    for (std::size_t i = 0; i + 1 < path.way.size(); ++i) {
      HopItem step;
      MAILUO_ANSWER(step.from, session.Ref(path.way[i]));
      MAILUO_ANSWER(step.to, session.Ref(path.way[i + 1]));
      MAILUO_ANSWER(const store::EdgeSummary edge, graph.Relation(path.way[i], path.way[i + 1]));
      MAILUO_ANSWER(step.relation, MakeRelationItem(session, edge, graph.filter()));
      item.hops.push_back(std::move(step));
    }
    result.paths.push_back(std::move(item));
  }
  result.complete = search.complete();
  return {};
}

Answer<void> SearchTogether(Session& session, const PathsRequest& request, const std::vector<EntityId>& exclude,
                            PathsResult& result) {
  Neighbours neighbours(session, request.types, {exclude.begin(), exclude.end()}, true);
  TogetherSearch search(neighbours, result.entities[0].entity.id, result.entities[1].entity.id, request.max_hops);
  MAILUO_ANSWER(const auto best, search.Best(request.k));
  for (const Partial& partial : best) {
    MAILUO_ANSWER(PathItem item, ToItem(session, neighbours, partial));
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
  if (!named) MAILUO_ANSWER_CHECK(SearchTyped(session, request, exclude, result));
  if (named || (result.paths.empty() && request.types.empty())) {
    MAILUO_ANSWER_CHECK(SearchTogether(session, request, exclude, result));
  }
  return result;
}

Answer<SubgraphResult> FindSubgraph(Session& session, const SubgraphRequest& request, const EntityMatch& entity) {
  Neighbours neighbours(session, request.types, {}, false);
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
