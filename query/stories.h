// Stories: lists of them, and one with its happenings and events. Internal to query/.
// Thread safety: as Session.
#pragma once

#include <optional>

#include "query/requests.h"
#include "query/results.h"
#include "query/session.h"
#include "query/story_index.h"

namespace mailuo::query {

Answer<StoriesResult> FindStories(Session& session, const StoryIndex& index, const StoriesRequest& request,
                                  const std::optional<EntityMatch>& entity);
Answer<StoryResult> ReadStory(Session& session, const StoryIndex& index, const StoryRequest& request);

}  // namespace mailuo::query
