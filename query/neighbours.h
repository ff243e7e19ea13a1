// The relations around entities, the best stated ones, read once per question: for subgraphs, and for paths over
// entities that appear together. Internal to query/.
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
inline constexpr store::EnumSet<FactStatus> kNoDenials{FactStatus::kOccurred, FactStatus::kPlanned,
                                                       FactStatus::kRumoured, FactStatus::kTerminated};

// Of a typed relation; paths.h.
double HopCost(float best_confidence, std::uint64_t statements);
// The cheaper one; of equals by type and direction.
bool BetterEdge(const store::EdgeSummary& a, const store::EdgeSummary& b);

// The best relation to one neighbour. Of one that only appears in the same sentences, `edge` has the type CO_OCCURS and
// nothing else.
struct Neighbour {
  EntityId other;
  store::EdgeSummary edge;
  double cost = 0;  // Of the hop; paths.h.
};

class Neighbours {
 public:
  // `together`: also entities that appear in one sentence with the asked one and have no typed relation to it.
  Neighbours(Session& session, const std::vector<RelationType>& types, std::set<EntityId> exclude, bool together);

  // Cheapest first, then by id.
  Answer<const std::vector<Neighbour>*> Of(EntityId id);
  // True once an entity had more than kMaxNeighbours.
  bool cut() const { return cut_; }
  const store::EdgeFilter& filter() const { return filter_; }

 private:
  Answer<void> AddTogether(EntityId id, std::map<EntityId, store::EdgeSummary>& best) const;

  Session& session_;
  store::EdgeFilter filter_;
  std::set<EntityId> exclude_;
  bool typed_ = true;
  bool together_;
  std::map<EntityId, std::vector<Neighbour>> known_;
  bool cut_ = false;
};

}  // namespace mailuo::query
