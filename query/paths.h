// How two entities are connected. Internal to query/.
//
// The k cheapest paths without a repeated entity, walking relations in either direction. The cost of a path is the sum
// of its hops,
//     1 + (1 - c) / 2 + 1 / (2 s)      c: confidence of the best statement, s: number of statements,
// and, for each entity passed through, log2(1 + degree) / 8: a way through a hub that everybody is related to says
// little. Relations whose statements are all denials are no way. Ties by the ids on the way.
//
// Appearing in one sentence (CO_OCCURS, 3 + 1 / (2 sentences)) is a hop where it is named among the types, or where
// nothing was named and typed relations alone make no path; such hops are told by their type.
//
// The search is exact (path_search.h). Only where it would look at hundreds of thousands of entities it stops, and
// `complete` is false; so it is for a subgraph, which takes at most kMaxNeighbours relations of an entity, the best
// stated ones, where that left some out. Thread safety: as Session.
#pragma once

#include "query/results.h"
#include "query/session.h"

namespace mailuo::query {

Answer<PathsResult> FindPaths(Session& session, const PathsRequest& request, EntityMatch from, EntityMatch to,
                              const std::vector<EntityId>& exclude);

Answer<SubgraphResult> FindSubgraph(Session& session, const SubgraphRequest& request, const EntityMatch& entity);

}  // namespace mailuo::query
