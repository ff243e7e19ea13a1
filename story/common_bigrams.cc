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
  std::uint64_t pair = 0;
  std::uint32_t weight = 0;
};

std::uint64_t Pack(char32_t first, char32_t second) { return std::uint64_t{first} << 32 | second; }

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
    entries.push_back({Pack(first, characters.Next()), std::min(weight, kRareWeight)});
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

// Open addressing over a power of two, at most a quarter full: a miss, the common case, ends after a step or two.
class Table {
 public:
  Table() {
    const std::vector<Entry> entries = ReadTable();
    std::size_t size = 1024;
    while (size < 4 * entries.size()) size *= 2;
    slots_.resize(size);
    for (const Entry& entry : entries) {
      std::size_t place = PlaceOf(entry.pair);
      while (slots_[place].pair != 0) place = (place + 1) & (slots_.size() - 1);
      slots_[place] = entry;
    }
  }
  std::uint32_t Find(std::uint64_t pair) const {
    for (std::size_t place = PlaceOf(pair); slots_[place].pair != 0; place = (place + 1) & (slots_.size() - 1)) {
      if (slots_[place].pair == pair) return slots_[place].weight;
    }
    return kRareWeight;
  }

 private:
  std::size_t PlaceOf(std::uint64_t pair) const {
    return static_cast<std::size_t>(pair * 0x9E3779B97F4A7C15ULL >> 40) & (slots_.size() - 1);
  }
  std::vector<Entry> slots_;
};

}  // namespace

std::uint32_t BigramWeight(char32_t first, char32_t second) {
  static const Table table;
  return table.Find(Pack(first, second));
}

}  // namespace mailuo::story
