// One function a command: does the work, prints to `output`, returns the exit code (exit_code.h).
#pragma once

#include "cli/options.h"
#include "cli/output.h"
#include "core/result.h"
#include "query/problem.h"

namespace mailuo::cli {

int RunAnnotate(const AnnotateOptions& options, Output& output);
int RunTrain(const TrainOptions& options, Output& output);
int RunDates(const DatesOptions& options, Output& output);
int RunIngest(const IngestOptions& options, Output& output);
int RunRepair(const RepairOptions& options, Output& output);
int RunReindex(const ReindexOptions& options, Output& output);

int RunDigest(const StoreCommandOptions& options, Output& output);
int RunVerify(const StoreCommandOptions& options, Output& output);
int RunCompact(const StoreCommandOptions& options, Output& output);
int RunDelete(const DeleteOptions& options, Output& output);
int RunBackup(const BackupOptions& options, Output& output);
int RunRestore(const BackupOptions& options, Output& output);

int RunEntity(const EntityOptions& options, Output& output);
int RunTimeline(const TimelineOptions& options, Output& output);
int RunRelations(const RelationsOptions& options, Output& output);
int RunPath(const PathOptions& options, Output& output);
int RunDay(const DayOptions& options, Output& output);
int RunArticle(const ArticleOptions& options, Output& output);
int RunStories(const StoriesOptions& options, Output& output);
int RunStory(const StoryOptions& options, Output& output);
int RunStats(const StatsOptions& options, Output& output);
int RunSchema(const SchemaOptions& options, Output& output);

int RunMerge(const MergeOptions& options, Output& output);
int RunSplit(const SplitOptions& options, Output& output);
int RunUndo(const UndoOptions& options, Output& output);
int RunOperations(const OperationsOptions& options, Output& output);

int RunLexiconLearn(const LexiconLearnOptions& options, Output& output);
int RunLexiconList(const LexiconListOptions& options, Output& output);
int RunLexiconForget(const LexiconForgetOptions& options, Output& output);

int RunServe(const ServeOptions& options, Output& output);

// Prints the error to `output` and returns its exit code.
int Fail(const Error& error, Output& output);
// The same for a question that has no answer; `json`: as the HTTP API does.
int Fail(const query::Problem& problem, bool json, Output& output);

}  // namespace mailuo::cli
