// Folders that are followed: what is in them goes into the store, and then whatever comes.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/result.h"
#include "ingest/pipeline.h"

namespace mailuo::ingest {

struct WatchOptions {
  // Of every run; stop ends the watching. on_event also tells kWatching, once everything that was there is stored.
  IngestOptions ingest;
  std::uint32_t settle_ms = 300;        // A file is read when nothing has happened to it for so long.
  std::uint32_t max_retry_ms = 30'000;  // Between two tries when the store refuses to be written.
};

// Reads the folders, then follows them until `stop`. Each group of files that came is one run with its own kFinished:
// by then its articles are acknowledged. A file that was replaced is read again: its new text is a new article; one
// that was deleted keeps its article. An error of the store is told as kWarning, and tried again until it is gone.
// Errors: of FolderWatch::Open, and of the first run.
// Thread safety: as IngestPaths; others may write to the store meanwhile.
Status WatchFolders(const std::vector<std::string>& folders, store::Store& store,
                    const std::shared_ptr<const extract::Knowledge>& knowledge, const WatchOptions& options);

}  // namespace mailuo::ingest
