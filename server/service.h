// What the handlers work with: the engine, and ways to write that the program wires in (the server itself never touches
// the store).
// Thread safety: everything here may be used from any thread.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/article.h"
#include "core/date.h"
#include "core/result.h"
#include "extract/annotator.h"
#include "ingest/article_reader.h"
#include "ingest/pipeline.h"
#include "query/engine.h"
#include "query/requests.h"
#include "query/results.h"
#include "server/annotator_pool.h"
#include "server/metrics.h"

namespace mailuo::server {

// Changes to the store. Empty functions: the server is read-only. Each must be callable from any thread.
struct ArticleWriter {
  // ingest::IngestArticles into the store.
  std::function<Result<std::vector<ingest::IngestedArticle>>(const std::vector<Article>&, extract::Annotator&)> add;
  // Store::Replace of `old_id` by the annotated article. False: old_id was not known.
  std::function<Result<bool>(const ArticleId& old_id, const Article&, extract::Annotator&)> replace;
  // Store::Delete. False: not known.
  std::function<Result<bool>(const ArticleId&)> remove;
};

// query::Operator's methods. Empty functions: the server is read-only.
struct EntityOperator {
  std::function<query::Answer<query::OperationResult>(const query::MergeRequest&)> merge;
  std::function<query::Answer<query::OperationResult>(const query::SplitRequest&)> split;
  std::function<query::Answer<query::OperationResult>(const query::UndoRequest&)> undo;
};

struct Service {
  const query::Engine* engine = nullptr;  // Outlives the server.
  ArticleWriter writer;
  EntityOperator operations;
  std::shared_ptr<const extract::Knowledge> knowledge;  // May be null: then nothing is annotated.
  ingest::ReaderOptions reader;                         // Limits of posted articles.
  std::chrono::milliseconds deadline{10000};            // For one question.
  // Today in Shanghai, for 去年 and 上周 in parameters. Empty: the system's clock.
  std::function<Date()> today;
  // Filled in by the server.
  AnnotatorPool* annotators = nullptr;
  Metrics* metrics = nullptr;
};

}  // namespace mailuo::server
