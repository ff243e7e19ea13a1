// Which reports tell of one happening: the event key and its hash.
//
// Two reports are of one event when they agree in the event type, the set of main participants and the interval of time
// (both days). A report without a main participant, or without a time, is an event of its own: nothing says that it is
// the same as another. Status, values and the other participants do not count: 拟收购, 完成收购 on one day is one event
// whose reports differ in status.
//
// Main participants: those in the main roles of the type, whatever role each has (extraction takes the two sides for
// each other more often than two opposite events happen on one day). Where none of the main roles is filled, those in
// the second roles. The table is in event_key.cc; it is a part of the store's format version. Thread safety: pure
// functions.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/annotation.h"
#include "core/ids.h"

namespace mailuo::store {

struct MainRoles {
  std::string_view first;   // Separated by '|', like EventTypeInfo::roles.
  std::string_view second;  // Asked when nobody fills one of `first`; "" for none.
};
MainRoles MainRolesOf(EventType type);

// Distinct, ascending. Empty: the event has no main participant that is an entity.
std::vector<EntityId> MainParticipants(const Event& event);

// `number` is the event's index in the annotation of `article`. Never zero.
EventId MakeEventId(const Event& event, const ArticleId& article, std::uint32_t number);

}  // namespace mailuo::store
