// The timeline of entities: its events in order, or counted by day, week or month. Internal to query/.
// Thread safety: as Session.
#pragma once

#include <vector>

#include "query/results.h"
#include "query/session.h"

namespace mailuo::query {

Answer<TimelineResult> MakeTimeline(Session& session, const TimelineRequest& request,
                                    std::vector<EntityMatch> entities);

// The bucket that `day` falls into: the day itself, Monday to Sunday, or the calendar month.
DayRange BucketOf(Date day, Bucket bucket);

}  // namespace mailuo::query
