// What a Reader stands on: one state of the engine, and what the operations on entities make of it.
// Thread safety: may be used from any thread.
#pragma once

#include <memory>
#include <mutex>

#include "store/contribution.h"
#include "store/engine.h"
#include "store/resolved.h"

namespace mailuo::store::internal {

class View {
 public:
  View(std::shared_ptr<const EngineView> base, NameFolder folder, std::shared_ptr<ResolvedCache> cache)
      : base_(std::move(base)), fold_name_(folder), cache_(std::move(cache)) {}
  // As the articles made it: for digest and verify.
  const EngineView& base() const { return *base_; }
  // As the operations in force make it: for every question.
  const EngineView& engine() const { return *Get().view; }
  const Resolution& resolution() const { return *Get().resolution; }
  NameFolder fold_name() const { return fold_name_; }

  // The annotation of a stored article, by the entities that are meant now. For people (names are those of the
  // entities), or as the graph takes it.
  void ForDisplay(StoredArticle& stored) const {
    if (const auto* renames = RenamesOf(stored.article.id)) Resolution::ForDisplay(*renames, stored.annotation);
  }
  void ForGraph(StoredArticle& stored) const {
    if (const auto* renames = RenamesOf(stored.article.id)) Resolution::ForGraph(*renames, stored.annotation);
  }

 private:
  // Made when first asked for: not every use of a state needs it.
  const Resolved& Get() const {
    std::call_once(made_, [this] { resolved_ = cache_->Of(base_, fold_name_); });
    return resolved_;
  }
  const std::vector<Resolution::Rename>* RenamesOf(const ArticleId& id) const {
    const auto& renames = Get().renames;
    if (!renames) return nullptr;
    const auto found = renames->find(id);
    return found == renames->end() ? nullptr : &found->second;
  }

  std::shared_ptr<const EngineView> base_;
  NameFolder fold_name_;
  std::shared_ptr<ResolvedCache> cache_;
  mutable std::once_flag made_;
  mutable Resolved resolved_;
};

}  // namespace mailuo::store::internal
