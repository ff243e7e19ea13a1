// The parts of mailuo-scale-bench: what ingest costs beside bare word breaking, and how long questions take.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "core/result.h"
#include "extract/annotator.h"
#include "store/store.h"

namespace mailuo::bench {

// As the command line opens a store.
store::StoreOptions BenchStoreOptions(const extract::Knowledge& knowledge);

struct IngestRun {
  double seconds = 0;
  double cpu_seconds = 0;  // Of all threads.
  std::uint64_t articles = 0;
};
// Into a new store at `db`. `wait_ms`: how long an article may wait for its group; under an emulator that counts
// instructions the usual two seconds would cut groups short.
Result<IngestRun> IngestOnce(const std::string& path, const std::string& db,
                             const std::shared_ptr<const extract::Knowledge>& knowledge, std::size_t threads,
                             std::uint32_t wait_ms);

// UTF-8 texts of all articles of a file or folder, as ingest reads them.
Result<std::vector<std::string>> ReadTexts(const std::string& path);

// ICU's break iterator over all texts, each read as UTF-16 once, by `threads` threads with a share each.
Result<IngestRun> BreakWords(const std::vector<std::string>& texts, std::size_t threads);

// Interleaved rounds of both; prints each, the medians and their ratio.
Status CompareSpeed(const std::string& path, const std::string& work_folder, std::size_t rounds);

// Latencies of the questions, in this process and with a warm cache; one line each: name, p50 and p99 of the clock, the
// same of the thread's CPU time, all in ms, and how many were asked. `only`: the name of one of them, for a profile;
// empty: all.
Status MeasureQuestions(const std::string& db, const std::string& only);

}  // namespace mailuo::bench
