// Search for entities, and one entity in full. Internal to query/.
// Thread safety: as Session.
#pragma once

#include "query/lookup.h"
#include "query/results.h"
#include "query/session.h"

namespace mailuo::query {

Answer<EntitiesResult> FindEntities(Session& session, const Lookup& lookup, const EntitiesRequest& request);
Answer<EntityResult> DescribeEntity(Session& session, const EntityRequest& request, EntityMatch match);

}  // namespace mailuo::query
