// One function per route (routes.cc).
// Thread safety: may be called from any thread.
#pragma once

#include "server/routes.h"

namespace mailuo::server {

Reply GetEntities(const Call& call);
Reply GetEntity(const Call& call);
Reply GetTimeline(const Call& call);
Reply GetEvents(const Call& call);
Reply GetEvent(const Call& call);
Reply GetDay(const Call& call);
Reply GetRelations(const Call& call);
Reply GetPaths(const Call& call);
Reply GetSubgraph(const Call& call);
Reply GetCooccurrence(const Call& call);
Reply GetArticles(const Call& call);
Reply GetArticle(const Call& call);
Reply GetSchema(const Call& call);
Reply GetStories(const Call& call);
Reply GetStory(const Call& call);
Reply GetStats(const Call& call);
Reply GetVersion(const Call& call);
Reply GetHealth(const Call& call);
Reply GetReady(const Call& call);
Reply GetMetrics(const Call& call);
Reply GetOpenApi(const Call& call);
Reply GetPage(const Call& call);

Reply GetOperations(const Call& call);

// operation_handlers.cc
Reply PostMerge(const Call& call);
Reply PostSplit(const Call& call);
Reply PostUndo(const Call& call);

// write_handlers.cc
Reply PostArticles(const Call& call);
Reply PutArticle(const Call& call);
Reply DeleteArticle(const Call& call);
Reply PostAnnotate(const Call& call);

}  // namespace mailuo::server
