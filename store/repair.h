// Making a store sound again after damage: articles that can still be read whole are put into a new generation of the
// store (generation.h), where all that is derived from them is derived anew; what cannot is named.
// Thread safety: nobody else may write to the store meanwhile; readers see the old state until the switch.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/result.h"
#include "store/store.h"

namespace mailuo::store {

struct LostArticle {
  ArticleId id;
  std::string title;  // Bytes as they were found; empty where they cannot be read.
  std::string reason;
};

struct RepairReport {
  // What is wrong, a line each. Empty: the store is sound, and nothing was done.
  std::vector<std::string> damage;
  std::uint64_t kept = 0;         // Articles that are whole.
  std::vector<LostArticle> lost;  // By id. Articles of which not even the id can be read cannot be named.
  std::uint64_t journal = 0;      // Records of what users have said that are kept.
  bool versions_lost = false;     // What the annotations were made by is not known any more: reindex.
  bool applied = false;
  std::string old_files;  // Where the damaged database lies now, if applied.
};

enum class RepairMode : std::uint8_t { kLook, kApply };

// `options`: folder of names; versions and mode are not looked at. Errors: kNotFound, kAlreadyExists (open for
// writing), kUnsupported (another format), kIo (no room for a second graph, say); then the store is as it was.
Result<RepairReport> Repair(const std::string& path, const StoreOptions& options, RepairMode mode);

}  // namespace mailuo::store
