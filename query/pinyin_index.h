// Names of the lexicon by the way they are read out: full pinyin and initials (text/pinyin.h).
// Thread safety: immutable after construction.
#pragma once

#include <cstddef>
#include <cstdint>
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

  explicit PinyinIndex(const lexicon::Lexicon& lexicon);

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
  std::string_view KeyOf(const Entry& entry) const { return std::string_view(keys_).substr(entry.offset, entry.size); }
  std::vector<Entry>::const_iterator First(std::string_view key) const;

  std::string keys_;
  std::vector<Entry> entries_;  // Sorted by key, then full before initials, then entity.
};

// `text` as a pinyin key: lower case, without spaces and apostrophes; empty if it holds anything else than ASCII
// letters and digits.
std::string PinyinKey(std::string_view text);

}  // namespace mailuo::query
