// The graph as the operations in force make it: for every article that names an entity of theirs, the difference
// between what it contributed and what it would have contributed had extraction known. Internal to store/.
//
// Making it costs about 0.2 ms for each such article, once; a later state costs a look at each of them, and a store
// without operations one seek. A merge is therefore best written into the entity that more articles name.
// Thread safety: may be used from any thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "core/result.h"
#include "store/contribution.h"
#include "store/engine.h"
#include "store/overlay_view.h"
#include "store/resolution.h"

namespace mailuo::store::internal {

struct Resolved {
  std::shared_ptr<const EngineView> view;  // With the operations; the base itself where none is in force.
  std::shared_ptr<const Resolution> resolution;
  // Articles in which an id is another entity.
  std::shared_ptr<const std::map<ArticleId, std::vector<Resolution::Rename>>> renames;
};

// Keeps what the last state needed, for the next.
class ResolvedCache {
 public:
  // Of a state; an error becomes a view that gives it (FailedView).
  Resolved Of(const std::shared_ptr<const EngineView>& base, NameFolder fold_name);

 private:
  // What one article changes. Kept as long as the record of the article has the same check sum.
  struct ArticlePart {
    std::uint64_t record_hash = 0;
    std::vector<Resolution::Rename> renames;
    std::vector<EngineChange> changes;
  };
  using Parts = std::map<ArticleId, std::shared_ptr<const ArticlePart>>;

  Status Update(const EngineView& base, NameFolder fold_name);
  Result<Parts> ReadParts(const EngineView& base, NameFolder fold_name, const Resolution& resolution) const;

  std::mutex mutex_;
  // All guarded by mutex_.
  std::optional<std::uint64_t> sequence_;
  std::string operations_;  // OperationsDigest of what the rest was made by.
  std::shared_ptr<const Resolution> resolution_;
  Parts parts_;
  std::shared_ptr<const Overlay> overlay_;
  std::shared_ptr<const std::map<ArticleId, std::vector<Resolution::Rename>>> renames_;
};

}  // namespace mailuo::store::internal
