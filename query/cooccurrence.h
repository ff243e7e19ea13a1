// Who appears with whom: statistics, never taken for a relation. Internal to query/.
// Thread safety: as Session.
#pragma once

#include <vector>

#include "query/results.h"
#include "query/session.h"

namespace mailuo::query {

Answer<CooccurrenceResult> FindCooccurrence(Session& session, const CooccurrenceRequest& request, EntityMatch entity);

// CO_OCCURS of one pair, NPMI over articles; nothing if they never meet.
Answer<std::optional<RelationItem>> PairCooccurrence(Session& session, const EntityMatch& entity,
                                                     const EntityMatch& with, const DayRange& days);

// The same with everybody, most articles first.
Answer<std::vector<RelationItem>> AllCooccurrence(Session& session, const EntityMatch& entity, const DayRange& days,
                                                  std::size_t limit);

}  // namespace mailuo::query
