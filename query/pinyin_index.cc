#include "query/pinyin_index.h"

#include <algorithm>
#include <tuple>

#include "text/folded_text.h"
#include "text/pinyin.h"
#include "text/utf8.h"

namespace mailuo::query {
namespace {

constexpr std::size_t kMaxReadings = 4;
constexpr std::size_t kMaxNameUnits = 20;  // Nobody spells out longer names.
constexpr std::size_t kMinInitials = 2;

// May the reading of `name` begin with `first`?
bool BeginsWith(std::string_view name, char first) {
  if (name.empty()) return false;
  const std::size_t length = name.front() >= 0 ? 1 : std::min<std::size_t>(name.size(), 4);
  const std::u16string units = text::FoldKey16(text::SliceCodePoints(name.substr(0, length), 0, 1));
  if (units.empty()) return true;  // A bracket or a space: what follows decides.
  if (text::IsAsciiAlnum(units.front())) return units.front() == static_cast<char16_t>(first);
  std::string_view readings = text::PinyinReadings(units.front());
  if (readings.empty()) return true;
  while (!readings.empty()) {
    if (readings.front() == first) return true;
    const std::size_t space = readings.find(' ');
    if (space == std::string_view::npos) return false;
    readings.remove_prefix(space + 1);
  }
  return false;
}

}  // namespace

void PinyinIndex::Fill(char first, Shard& shard) const {
  const auto add = [&](std::string_view key, bool initials, lexicon::EntityIndex entity) {
    shard.entries.push_back(
        {static_cast<std::uint32_t>(shard.keys.size()), static_cast<std::uint16_t>(key.size()), initials, entity});
    shard.keys += key;
  };
  for (lexicon::EntityIndex entity = 0; entity < lexicon_.size(); ++entity) {
    for (const std::string_view name : lexicon_.Names(entity)) {
      if (!BeginsWith(name, first)) continue;
      const std::u16string folded = text::FoldKey16(name);
      if (folded.size() > kMaxNameUnits) continue;
      for (const text::PinyinForm& form : text::PinyinForms(folded, kMaxReadings)) {
        if (form.full.front() != first) continue;
        add(form.full, false, entity);
        if (form.initials.size() >= kMinInitials) add(form.initials, true, entity);
      }
    }
  }
  auto& entries = shard.entries;
  const auto rank = [&](const Entry& entry) { return std::tuple(shard.KeyOf(entry), entry.initials, entry.entity); };
  std::sort(entries.begin(), entries.end(), [&](const Entry& a, const Entry& b) { return rank(a) < rank(b); });
  entries.erase(
      std::unique(entries.begin(), entries.end(), [&](const Entry& a, const Entry& b) { return rank(a) == rank(b); }),
      entries.end());
}

const PinyinIndex::Shard* PinyinIndex::ShardOf(std::string_view key) const {
  if (key.empty()) return nullptr;
  const char first = key.front();
  const bool letter = first >= 'a' && first <= 'z';
  if (!letter && (first < '0' || first > '9')) return nullptr;
  Shard& shard = shards_.at(static_cast<std::size_t>(letter ? first - 'a' : first - '0' + 26));
  std::call_once(shard.made, [&] { Fill(first, shard); });
  return &shard;
}

std::vector<PinyinIndex::Entry>::const_iterator PinyinIndex::Shard::First(std::string_view key) const {
  return std::lower_bound(entries.begin(), entries.end(), key,
                          [this](const Entry& entry, std::string_view wanted) { return KeyOf(entry) < wanted; });
}

std::vector<PinyinIndex::Hit> PinyinIndex::Exact(std::string_view key) const {
  std::vector<Hit> hits;
  const Shard* shard = ShardOf(key);
  if (shard == nullptr) return hits;
  for (auto it = shard->First(key); it != shard->entries.end() && shard->KeyOf(*it) == key; ++it) {
    hits.push_back({it->entity, it->initials, shard->KeyOf(*it)});
  }
  return hits;
}

std::vector<PinyinIndex::Hit> PinyinIndex::Prefix(std::string_view key, std::size_t limit) const {
  std::vector<Hit> hits;
  const Shard* shard = ShardOf(key);
  if (shard == nullptr) return hits;
  for (auto it = shard->First(key); it != shard->entries.end() && hits.size() < limit; ++it) {
    if (shard->KeyOf(*it).substr(0, key.size()) != key) break;
    hits.push_back({it->entity, it->initials, shard->KeyOf(*it)});
  }
  return hits;
}

std::string PinyinKey(std::string_view text) {
  std::string key;
  for (const char16_t unit : text::FoldKey16(text)) {
    if (text::IsAsciiAlnum(unit)) {
      key.push_back(static_cast<char>(unit));
    } else if (unit != u' ' && unit != u'\'' && unit != u'’') {
      return {};
    }
  }
  return key;
}

}  // namespace mailuo::query
