// Typed relations of an entity, or between two. Internal to query/.
// Thread safety: as Session.
#pragma once

#include <optional>

#include "query/results.h"
#include "query/session.h"
#include "store/reader.h"

namespace mailuo::query {

Answer<RelationsResult> FindRelations(Session& session, const RelationsRequest& request, const EntityMatch& entity,
                                      const std::optional<EntityMatch>& with);

}  // namespace mailuo::query
