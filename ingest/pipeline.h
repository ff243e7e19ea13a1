// From articles to the store: one reader, many extractors, one writer, with bounded queues between them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/article.h"
#include "core/result.h"
#include "extract/annotator.h"
#include "ingest/article_reader.h"

namespace mailuo::store {
class Store;
}

namespace mailuo::ingest {

enum class IngestEventKind : std::uint8_t {
  kStarted,   // Nothing but `path`s given.
  kProgress,  // Counters; at most every IngestOptions::progress_ms.
  kSkipped,   // place, reason: one input that gave no article.
  kWarning,   // place, reason: an article was kept without a part of its metadata.
  kFinished,  // Counters; all articles of the run are acknowledged.
  kWatching,  // place: folders that are followed from now on (watch.h).
};
inline constexpr std::size_t kMinMemoryMiB = 128;
std::string_view Word(IngestEventKind kind);  // "started", "progress", ...

struct IngestCounters {
  std::uint64_t files = 0;  // Files opened.
  std::uint64_t read = 0;   // Articles read = created + known (when finished).
  std::uint64_t created = 0;
  std::uint64_t known = 0;    // Already in the store, or a second time in this run.
  std::uint64_t skipped = 0;  // Files and records that gave no article.
  std::uint64_t warnings = 0;
  std::uint64_t input_bytes = 0;  // Of the files and records read, after decompression.
  std::uint64_t text_bytes = 0;   // UTF-8 bytes of the articles read.
  std::uint64_t mentions = 0;     // Of the articles created.
  std::uint64_t events = 0;
  std::uint64_t relations = 0;
};

struct IngestEvent {
  IngestEventKind kind = IngestEventKind::kProgress;
  IngestCounters counters;
  double seconds = 0;  // Since the start.
  std::string place;
  std::string reason;
};

struct SkippedInput {
  std::string place;  // As ReadOutcome::place.
  ErrorCode code = ErrorCode::kInternal;
  std::string reason;
};

struct IngestReport {
  IngestCounters counters;
  // In reading order, the first IngestOptions::max_reported of them; counters.skipped counts all.
  std::vector<SkippedInput> skipped;
  std::vector<SkippedInput> warnings;
  double seconds = 0;          // Wall clock of the run.
  double read_seconds = 0;     // Of the reader thread: files, decompression.
  double extract_seconds = 0;  // Summed over the extractor threads: parsing, metadata, annotation.
  double write_seconds = 0;    // Of the writer thread, in the store.
  bool stopped = false;        // IngestOptions::stop ended it early; what was acknowledged is in the store.
};

struct IngestOptions {
  // batch_articles and max_pending_bytes for a process that is to stay near `megabytes` of memory in all, the store's
  // caches among them; at least kMinMemoryMiB.
  void FitMemory(std::size_t megabytes);

  std::size_t threads = 0;                      // Extractor threads; 0: one per core.
  std::size_t batch_articles = 4096;            // Articles in one write, at most: large ones cost less per article.
  std::uint32_t max_wait_ms = 2000;             // An article waits no longer for its write, while others come.
  std::uint64_t max_pending_bytes = 64 * kMiB;  // Input bytes between reader and writer: the reader waits above it.
  std::size_t max_reported = 10000;
  std::uint32_t progress_ms = 1000;
  ReaderOptions reader;
  std::function<void(const IngestEvent&)> on_event;  // Called from one thread at a time, in reading order.
  std::function<bool()> stop;                        // Asked between articles; true ends the run early. Any thread.
};

// For a process that ingests much: freed memory is kept for the next articles instead of going back to the system with
// every group, and coming again page by page.
void KeepFreedMemory();

// Ingests files and folders, in the order given. Articles reach the store in reading order whatever the number of
// threads. Errors are the store's (the run ends at the first one), or kNotFound for a path that is not there when it is
// the only one; otherwise such a path is among the skipped.
// Thread safety: one run at a time for a store; `knowledge` is shared.
Result<IngestReport> IngestPaths(const std::vector<std::string>& paths, store::Store& store,
                                 const std::shared_ptr<const extract::Knowledge>& knowledge,
                                 const IngestOptions& options);

enum class IngestVerdict : std::uint8_t { kCreated, kKnown };
struct IngestedArticle {
  ArticleId id;
  IngestVerdict verdict = IngestVerdict::kCreated;
};

// Annotates and stores articles that are already read (HTTP). Results in the order of `articles`; all of them are
// written in one batch and acknowledged together.
// Thread safety: may be called from any thread; `annotator` by one at a time.
Result<std::vector<IngestedArticle>> IngestArticles(const std::vector<Article>& articles, store::Store& store,
                                                    extract::Annotator& annotator);

}  // namespace mailuo::ingest
