// The typed relations of a store as a graph for path searches, each entity read once per question. Internal to query/.
// Thread safety: as Session.
#pragma once

#include <set>
#include <unordered_map>
#include <vector>

#include "query/path_search.h"
#include "query/session.h"
#include "store/reader.h"

namespace mailuo::query {

// Relations whose statements are all denials are none.
class RelatedGraph : public PathGraph {
 public:
  // `types`: empty for all. Nothing leads through or to `exclude`.
  RelatedGraph(Session& session, const std::vector<RelationType>& types, std::set<EntityId> exclude);
  Answer<const std::vector<Hop>*> Around(EntityId id) override;
  Answer<std::uint64_t> CountAround(EntityId id) override;
  // The relation that a hop stands for: the cheapest; of equals by type and direction. REQUIRES: a hop of Around(from).
  Answer<store::EdgeSummary> Relation(EntityId from, EntityId to);
  const store::EdgeFilter& filter() const { return filter_; }

 private:
  Session& session_;
  store::EdgeFilter filter_;
  std::set<EntityId> exclude_;
  std::unordered_map<std::uint64_t, std::vector<Hop>> known_;
};

}  // namespace mailuo::query
