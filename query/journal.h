// The journal of operations on entities, as a question. Internal to query/.
// Thread safety: as Session.
#pragma once

#include "query/results.h"
#include "query/session.h"
#include "store/operations.h"

namespace mailuo::query {

OperationItem ToItem(const store::JournalEntry& entry);
// Newest first.
Answer<OperationsResult> ListOperations(Session& session, const OperationsRequest& request);

}  // namespace mailuo::query
