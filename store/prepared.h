// What one article puts into a store, made ahead of the writing: by the threads that extract, where the annotation
// still lies in the cache, so that the one thread that writes has little left to do.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/result.h"
#include "store/contribution.h"
#include "store/engine.h"
#include "store/postings.h"

namespace mailuo::store {

// Changes side by side in one piece of memory. Thread safety: a value type.
class ChangePack {
 public:
  // REQUIRES: 4 GiB at most in all.
  void Add(Table table, ChangeKind kind, std::string_view key, std::string_view value);
  void Reserve(std::size_t changes, std::size_t bytes);
  std::size_t size() const { return entries_.size(); }
  // Lasts until the next Add.
  ChangeRef operator[](std::size_t index) const {
    const Entry& entry = entries_[index];
    const std::size_t end = index + 1 < entries_.size() ? entries_[index + 1].key : bytes_.size();
    const char* const bytes = bytes_.data();
    return {entry.table,
            entry.kind,
            {bytes + entry.key, entry.value - entry.key},
            {bytes + entry.value, end - entry.value}};
  }
  // For whoever goes through many packs in another order: what [] will read comes into the cache, first where the
  // change is, then, some time later, its key.
  void FetchPlace(std::size_t index) const { __builtin_prefetch(&entries_[index]); }
  void FetchKey(std::size_t index) const { __builtin_prefetch(bytes_.data() + entries_[index].key); }

 private:
  struct Entry {
    std::uint32_t key = 0;  // Where it begins; the value follows it, and goes on to the key of the next entry.
    std::uint32_t value = 0;
    Table table = Table::kGraph;
    ChangeKind kind = ChangeKind::kPut;
  };
  std::vector<Entry> entries_;
  std::string bytes_;
};

struct PreparedArticle {
  ArticleId id;
  ChangePack changes;  // In no order.
};

// Errors: those of Validate. Thread safety: a pure function.
Result<PreparedArticle> Prepare(const StoredArticle& stored, NameFolder fold_name);

}  // namespace mailuo::store
