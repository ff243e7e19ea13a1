// The relations around entities, read once per question. Internal to query/.
// Thread safety: as Session.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "query/session.h"
#include "store/reader.h"

namespace mailuo::query {

inline constexpr std::size_t kMaxNeighbours = 500;  // Of one entity.

// The best relation to one neighbour.
struct Neighbour {
  EntityId other;
  store::EdgeSummary edge;
  double cost = 0;  // Of the hop; paths.h.
};

class Neighbours {
 public:
  Neighbours(Session& session, const std::vector<RelationType>& types, std::set<EntityId> exclude);

  // Cheapest first, then by id.
  Answer<const std::vector<Neighbour>*> Of(EntityId id);
  // True once an entity had more than kMaxNeighbours.
  bool cut() const { return cut_; }
  const store::EdgeFilter& filter() const { return filter_; }

 private:
  Session& session_;
  store::EdgeFilter filter_;
  std::set<EntityId> exclude_;
  std::map<EntityId, std::vector<Neighbour>> known_;
  bool cut_ = false;
};

}  // namespace mailuo::query
