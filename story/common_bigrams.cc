#include "story/common_bigrams.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <vector>

#include "embedded_CommonBigrams.h"
#include "story/characters.h"

namespace mailuo::story {
namespace {

struct Entry {
  std::uint32_t pair = 0;
  std::uint32_t weight = 0;
};

// REQUIRES: both are of the plane of all common characters.
std::uint32_t Pack(char32_t first, char32_t second) {
  return static_cast<std::uint32_t>(first) << 16U | static_cast<std::uint32_t>(second);
}
bool IsCommon(char32_t character) { return character < 0x10000; }

void ReadLine(std::string_view line, std::vector<Entry>& entries) {
  if (line.empty() || line.front() == '#') return;
  const std::size_t tab = line.find('\t');
  if (tab == std::string_view::npos) return;
  std::uint32_t weight = 0;
  std::from_chars(line.data(), line.data() + tab, weight);
  CharacterReader characters(line.substr(tab + 1));
  while (!characters.done()) {
    const char32_t first = characters.Next();
    if (characters.done()) break;
    const char32_t second = characters.Next();
    if (IsCommon(first) && IsCommon(second)) entries.push_back({Pack(first, second), std::min(weight, kRareWeight)});
  }
}

std::vector<Entry> ReadTable() {
  std::vector<Entry> entries;
  std::string_view rest = embedded::CommonBigrams();
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    ReadLine(rest.substr(0, end), entries);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.pair < b.pair; });
  return entries;
}

// Open addressing over a power of two, at most a quarter full: a miss, the common case, ends after a step or two. The
// pairs apart from their weights, so that what a miss looks at stays in the cache.
class Table {
 public:
  Table() {
    const std::vector<Entry> entries = ReadTable();
    std::size_t size = 1024;
    while (size < 4 * entries.size()) size *= 2;
    pairs_.resize(size);
    weights_.resize(size);
    for (const Entry& entry : entries) {
      std::size_t place = PlaceOf(entry.pair);
      while (pairs_[place] != 0) place = (place + 1) & (size - 1);
      pairs_[place] = entry.pair;
      weights_[place] = static_cast<std::uint8_t>(entry.weight);
    }
  }
  std::uint32_t Find(std::uint32_t pair) const {
    for (std::size_t place = PlaceOf(pair); pairs_[place] != 0; place = (place + 1) & (pairs_.size() - 1)) {
      if (pairs_[place] == pair) return weights_[place];
    }
    return kRareWeight;
  }
  void Fetch(std::uint32_t pair) const {
    const std::size_t place = PlaceOf(pair);
    __builtin_prefetch(&pairs_[place]);
    __builtin_prefetch(&weights_[place]);
  }

 private:
  std::size_t PlaceOf(std::uint32_t pair) const {
    return static_cast<std::size_t>(pair * 0x9E3779B97F4A7C15ULL >> 40) & (pairs_.size() - 1);
  }
  std::vector<std::uint32_t> pairs_;
  std::vector<std::uint8_t> weights_;  // Of the pair in the same place.
};

const Table& CommonTable() {
  static const Table table;
  return table;
}

}  // namespace

std::uint32_t BigramWeight(char32_t first, char32_t second) {
  return IsCommon(first) && IsCommon(second) ? CommonTable().Find(Pack(first, second)) : kRareWeight;
}

void FetchBigram(char32_t first, char32_t second) {
  if (IsCommon(first) && IsCommon(second)) CommonTable().Fetch(Pack(first, second));
}

}  // namespace mailuo::story
