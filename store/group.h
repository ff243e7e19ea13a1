// Collects what a group of articles puts in or takes out, and makes one sorted batch of it in which every key comes
// once: what many articles add to one tally becomes one addition. Thread safety: one thread at a time.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "core/result.h"
#include "store/contribution.h"
#include "store/engine.h"
#include "store/prepared.h"
#include "store/records.h"

namespace mailuo::store {

class GroupBuilder {
 public:
  explicit GroupBuilder(NameFolder fold_name) : fold_name_(fold_name) {}

  // `prepared` outlives the builder.
  void Add(const PreparedArticle& prepared) { added_.push_back(&prepared.changes); }
  // kCorruption if the article's reverse record does not fit what it would contribute today: then nothing is taken out.
  // Removals go before additions.
  Status Remove(const ArticleRecord& record);
  // In the order of the keys within each table; lasts as long as the builder. REQUIRES: called once, and last.
  std::vector<ChangeRef> Finish();

 private:
  NameFolder fold_name_;
  ChangePack removed_;
  std::vector<const ChangePack*> added_;
  std::deque<std::string> sums_;
};

}  // namespace mailuo::store
