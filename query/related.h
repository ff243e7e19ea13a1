// The relations of a store as a graph for path searches, each entity read once per question. Internal to query/.
// Thread safety: as Session.
#pragma once

#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

#include "query/neighbours.h"
#include "query/path_search.h"
#include "query/session.h"
#include "store/reader.h"

namespace mailuo::query {

// Relations whose statements are all denials are none.
class RelatedGraph : public PathGraph {
 public:
  // `types`: empty for all. Nothing leads through or to `exclude`. `together`: entities that appear in one sentence are
  // related, too.
  RelatedGraph(Session& session, const std::vector<RelationType>& types, std::set<EntityId> exclude, bool together);
  Answer<const std::vector<Hop>*> Around(EntityId id) override;
  Answer<std::uint64_t> CountAround(EntityId id) override;
  Answer<std::uint64_t> CountAroundAtLeast(EntityId id) override;
  // The relation that a hop of Around(from) stands for: the cheapest; of equals by type and direction. Nothing where
  // they only appear together.
  Answer<std::optional<store::EdgeSummary>> Relation(EntityId from, EntityId to);
  const store::EdgeFilter& filter() const { return stated_.filter; }

 private:
  Answer<void> AddTyped(EntityId id, std::vector<Hop>& hops);
  Answer<void> AddTogether(EntityId id, std::vector<Hop>& hops);

  Session& session_;
  StatedRelations stated_;
  std::set<EntityId> exclude_;
  bool all_types_;
  bool together_;
  std::unordered_map<std::uint64_t, std::vector<Hop>> known_;
};

}  // namespace mailuo::query
