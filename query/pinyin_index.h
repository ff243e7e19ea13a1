// Names of the lexicon by the way they are read out: full pinyin and initials (text/pinyin.h). The names that begin
// with one letter are read out when a key with that letter is first asked for: a program that looks up one name pays
// for a twentieth of them. Thread safety: may be used from any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "lexicon/lexicon.h"

namespace mailuo::query {

class PinyinIndex {
 public:
  struct Hit {
    lexicon::EntityIndex entity = 0;
    bool initials = false;
    std::string_view key;  // Lives as long as the index.
  };

  // `lexicon` must outlive the index.
  explicit PinyinIndex(const lexicon::Lexicon& lexicon) : lexicon_(lexicon) {}

  // Entities with a name that reads exactly `key` (lower-case letters and digits), by entity.
  std::vector<Hit> Exact(std::string_view key) const;
  // Entities with a name whose reading starts with `key`, in order of the readings; at most `limit`.
  std::vector<Hit> Prefix(std::string_view key, std::size_t limit) const;

 private:
  struct Entry {
    std::uint32_t offset;
    std::uint16_t size;
    bool initials;
    lexicon::EntityIndex entity;
  };
  struct Shard {
    std::once_flag made;
    std::string keys;
    std::vector<Entry> entries;  // Sorted by key, then full before initials, then entity.

    std::string_view KeyOf(const Entry& entry) const { return std::string_view(keys).substr(entry.offset, entry.size); }
    std::vector<Entry>::const_iterator First(std::string_view key) const;
  };
  // Of the names whose reading begins like `key`; null for a key that is empty or begins otherwise than a-z, 0-9.
  const Shard* ShardOf(std::string_view key) const;
  void Fill(char first, Shard& shard) const;

  const lexicon::Lexicon& lexicon_;
  mutable std::array<Shard, 36> shards_;
};

// `text` as a pinyin key: lower case, without spaces and apostrophes; empty if it holds anything else than ASCII
// letters and digits.
std::string PinyinKey(std::string_view text);

}  // namespace mailuo::query
