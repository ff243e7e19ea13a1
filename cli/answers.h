// Answers for people: tables, timelines and quotes. For programs there is --json.
// Thread safety: one thread at a time.
#pragma once

#include "cli/output.h"
#include "query/problem.h"
#include "query/results.h"

namespace mailuo::cli {

void Show(const query::EntitiesResult& result, Output& output);
void Show(const query::EntityResult& result, Output& output);
void Show(const query::TimelineResult& result, Output& output);
void Show(const query::RelationsResult& result, Output& output);
void Show(const query::PathsResult& result, Output& output);
void Show(const query::DayResult& result, Output& output);
void Show(const query::ArticleResult& result, Output& output);
void Show(const query::OperationsResult& result, Output& output);
void Show(const query::OperationResult& result, Output& output);
void Show(const query::StoriesResult& result, Output& output);
void Show(const query::StoryResult& result, Output& output);
void Show(const query::StatsResult& result, Output& output);
void ShowSchema(Output& output);

// Why there is no answer, with what the asker may have meant.
void Show(const query::Problem& problem, Output& output);

}  // namespace mailuo::cli
