// The k cheapest paths without a repeated entity between two entities of an undirected graph whose lists of neighbours
// may be long. Exact: nothing is left out but what cannot be among the best. Internal to query/.
//
// The cost of a path is the sum of its hops (at least kLeastHop each) and, for each entity passed through, of
// Passage(its number of neighbours). The search walks from the end with fewer neighbours, best first. Of both ends the
// neighbours are known, so each step knows what is still to come at least: the hop to the other end where there is one,
// otherwise one passage, one hop, and the cheapest last one. What decides is the passage: whoever is a neighbour of
// both ends is mostly one of everybody. It takes a number, not the list, and before that a lower bound of the number
// where that is cheaper; lists are only read of entities through which a longer path may still win, and hubs never are
// of these.
//
// Thread safety: one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "core/ids.h"
#include "query/problem.h"

namespace mailuo::query {

inline constexpr double kLeastHop = 1;
double Passage(std::uint64_t neighbours);  // log2(1 + neighbours) / 8

struct Hop {
  EntityId other;
  double cost = 0;
};

class PathGraph {
 public:
  virtual ~PathGraph() = default;
  PathGraph(const PathGraph&) = delete;
  PathGraph& operator=(const PathGraph&) = delete;
  // By ascending id, each neighbour once, the entity itself not. Valid as long as the graph. Hops cost the same from
  // both ends.
  virtual Answer<const std::vector<Hop>*> Around(EntityId id) = 0;
  // The size of Around(id), for less.
  virtual Answer<std::uint64_t> CountAround(EntityId id) = 0;
  // No more than CountAround(id), for much less than it; 0 where nothing is that cheap.
  virtual Answer<std::uint64_t> CountAroundAtLeast(EntityId id) = 0;

 protected:
  PathGraph() = default;
};

struct FoundPath {
  double cost = 0;
  std::vector<EntityId> way;  // From one end to the other.
};

class PathSearch {
 public:
  // `max_hops` at least 1.
  PathSearch(PathGraph& graph, EntityId from, EntityId to, std::uint32_t max_hops)
      : graph_(graph), from_(from), to_(to), max_hops_(max_hops) {}

  // Cheapest first, ties by the ids on the way.
  Answer<std::vector<FoundPath>> Best(std::size_t k);
  // False once a search met its caps: then there may be others.
  bool complete() const { return complete_; }

 private:
  // An entity at the end of a way from the start.
  struct Node {
    EntityId id;
    std::uint32_t parent = 0;  // The start is its own.
    std::uint32_t hops = 0;
    double hop = 0;      // Cost of the last hop.
    double cost = 0;     // Of the hops, and of the passages before this entity.
    double passage = 0;  // Of this entity, once it was looked at.
  };
  enum class Task : std::uint8_t { kGuess, kLookAt, kGoOn };
  struct Step {
    double bound = 0;  // The least that a path by this way costs.
    std::uint32_t node = 0;
    Task task = Task::kGuess;
  };

  void Start();
  Answer<void> Guess(std::uint32_t number);
  Answer<void> LookAt(std::uint32_t number);
  Answer<void> GoOn(std::uint32_t number);
  void Push(const Node& node);
  void Finish(std::uint32_t number, double last_hop, double cost);
  bool OnTheWay(std::uint32_t number, EntityId id) const;
  bool MayWin(double bound) const;
  double RestOf(const Node& node) const;
  const Hop* LastHop(EntityId id) const;
  Answer<double> PassageOf(EntityId id);

  PathGraph& graph_;
  EntityId from_;
  EntityId to_;
  std::uint32_t max_hops_;
  std::size_t k_ = 0;
  bool complete_ = true;
  EntityId start_;  // The end with fewer neighbours.
  EntityId end_;
  const std::vector<Hop>* around_start_ = nullptr;
  const std::vector<Hop>* around_end_ = nullptr;
  double least_last_hop_ = 0;
  std::vector<Node> nodes_;
  std::vector<Step> steps_;      // A heap, the least bound on top.
  std::vector<double> winners_;  // A heap of the k least costs found, the largest on top.
  std::vector<FoundPath> found_;
  std::unordered_map<std::uint64_t, double> passages_;
};

}  // namespace mailuo::query
