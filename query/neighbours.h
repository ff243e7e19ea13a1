// The relations around entities, the best stated ones, read once per question. Internal to query/.
// Thread safety: as Session.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "query/session.h"
#include "store/reader.h"

namespace mailuo::query {

inline constexpr std::size_t kMaxNeighbours = 500;  // Of one entity.

// Of the asked types those that texts state; all of them where none is asked. Denials do not count.
struct StatedRelations {
  explicit StatedRelations(const std::vector<RelationType>& types);
  store::EdgeFilter filter;
  bool any = true;  // False: only appearing together was asked.
};

// Of a typed relation, and of appearing in so many sentences; paths.h.
double HopCost(float best_confidence, std::uint64_t statements);
double TogetherCost(std::uint64_t sentences);
// The cheaper one; of equals by type and direction.
bool BetterEdge(const store::EdgeSummary& a, const store::EdgeSummary& b);

// The best relation to one neighbour.
struct Neighbour {
  EntityId other;
  store::EdgeSummary edge;
  double cost = 0;  // Of the hop; paths.h.
};

class Neighbours {
 public:
  Neighbours(Session& session, const std::vector<RelationType>& types);

  // Cheapest first, then by id.
  Answer<const std::vector<Neighbour>*> Of(EntityId id);
  // True once an entity had more than kMaxNeighbours.
  bool cut() const { return cut_; }
  const store::EdgeFilter& filter() const { return stated_.filter; }

 private:
  Session& session_;
  StatedRelations stated_;
  std::map<EntityId, std::vector<Neighbour>> known_;
  bool cut_ = false;
};

}  // namespace mailuo::query
