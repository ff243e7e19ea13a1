// Collects what a group of articles puts in or takes out, and makes one sorted batch of it in which every key comes
// once: what many articles add to one tally becomes one addition. Thread safety: one thread at a time.
#pragma once

#include <vector>

#include "core/result.h"
#include "store/contribution.h"
#include "store/engine.h"
#include "store/records.h"

namespace mailuo::store {

class GroupBuilder {
 public:
  explicit GroupBuilder(NameFolder fold_name) : fold_name_(fold_name) {}

  void Add(const StoredArticle& stored);  // REQUIRES: Validate(stored)
  // kCorruption if the article's reverse record does not fit what it would contribute today: then nothing is taken out.
  // Removals go before additions.
  Status Remove(const ArticleRecord& record);
  // In the order of the keys within each table. Leaves the builder empty.
  std::vector<EngineChange> Finish();

 private:
  NameFolder fold_name_;
  std::vector<EngineChange> articles_;
  std::vector<EngineChange> graph_;
};

}  // namespace mailuo::store
