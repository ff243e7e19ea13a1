// Opening a store: is there one in the folder, is it one that this program reads and may write, and what to say if not.
// Internal to store/. Thread safety: pure functions on folders.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/result.h"
#include "store/engine.h"
#include "store/generation.h"
#include "store/meta.h"
#include "store/store.h"

namespace mailuo::store {

// Errors (kUnsupported) name the command to run.
Status CheckFormat(const std::string& path, const StoreVersions& versions, const StoreOptions& options);
Status CheckVersions(const std::string& path, const StoreVersions& versions, const StoreOptions& options);
Status CheckFolder(const std::string& path, const StoreVersions& versions, const StoreOptions& options);

// With who stands in the way, and what to do about it.
Error Explain(Error error, const std::string& path);

// Makes sure there is a folder that is a store or may become one.
Status PrepareFolder(const std::string& path, const StoreOptions& options);

// The generation that is served, opened.
struct Opened {
  std::shared_ptr<Engine> engine;
  Generation generation;
  GenerationStamp stamp;
  std::uint64_t files = 0;  // Fingerprint, of a moment before the opening.
};
Result<Opened> OpenServed(const std::string& root, const StoreOptions& options);

}  // namespace mailuo::store
