// The stored articles extracted anew, into a graph that takes the place of the served one when it is whole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "core/result.h"
#include "extract/annotator.h"
#include "ingest/annotation_diff.h"
#include "store/store.h"

namespace mailuo::ingest {

struct ReindexProgress {
  std::uint64_t done = 0;   // Articles extracted in this run.
  std::uint64_t total = 0;  // To do in this run, as far as known.
};

struct ReindexOptions {
  std::size_t threads = 0;  // Extractor threads; 0: one per core.
  bool dry_run = false;     // Extract and compare only: nothing is written.
  // Called for every article, in the order of their ids, with what became of its facts. Empty: nothing is compared.
  // Articles that an interrupted run has done are compared too.
  std::function<void(const Article&, const AnnotationDiff&)> on_article;
  std::function<void(const ReindexProgress&)> on_progress;  // Called after each group, at most 20 times a second.
  std::function<bool()> stop;                               // Asked between groups; true ends the run early.
};

struct ReindexReport {
  std::uint64_t extracted = 0;  // Articles extracted in this run.
  std::uint64_t resumed = 0;    // Done by an earlier run that was cut short.
  std::uint64_t deleted = 0;    // Taken out again, because they were deleted from the served graph meanwhile.
  bool stopped = false;         // options.stop ended it: the same call goes on where it was.
};

// `options` opens the store: versions and folder of names of `knowledge`. Errors are those of store::Rebuild; after any
// of them, and after a stop, the old graph is served and the work done so far is kept.
// Thread safety: may run beside readers and a writer in this or other processes.
Result<ReindexReport> Reindex(const std::string& path, const store::StoreOptions& store_options,
                              const std::shared_ptr<const extract::Knowledge>& knowledge,
                              const ReindexOptions& options);

}  // namespace mailuo::ingest
