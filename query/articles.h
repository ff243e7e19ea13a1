// Stored articles, the events of a day, and counts of the whole. Internal to query/.
// Thread safety: as Session.
#pragma once

#include <optional>

#include "query/results.h"
#include "query/session.h"

namespace mailuo::query {

Answer<ArticlesResult> FindArticles(Session& session, const ArticlesRequest& request,
                                    const std::optional<EntityMatch>& entity);
Answer<ArticleResult> ReadArticle(Session& session, const ArticleRequest& request);
Answer<EventResult> ReadEvent(Session& session, const EventRequest& request);
Answer<DayResult> ReadDay(Session& session, const DayRequest& request);

}  // namespace mailuo::query
