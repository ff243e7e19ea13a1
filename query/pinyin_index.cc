#include "query/pinyin_index.h"

#include <algorithm>
#include <tuple>

#include "text/folded_text.h"
#include "text/pinyin.h"

namespace mailuo::query {
namespace {

constexpr std::size_t kMaxReadings = 4;
constexpr std::size_t kMaxNameUnits = 20;  // Nobody spells out longer names.
constexpr std::size_t kMinInitials = 2;

}  // namespace

PinyinIndex::PinyinIndex(const lexicon::Lexicon& lexicon) {
  const auto add = [this](std::string_view key, bool initials, lexicon::EntityIndex entity) {
    entries_.push_back(
        {static_cast<std::uint32_t>(keys_.size()), static_cast<std::uint16_t>(key.size()), initials, entity});
    keys_ += key;
  };
  for (lexicon::EntityIndex entity = 0; entity < lexicon.size(); ++entity) {
    for (const std::string_view name : lexicon.Names(entity)) {
      const std::u16string folded = text::FoldKey16(name);
      if (folded.size() > kMaxNameUnits) continue;
      for (const text::PinyinForm& form : text::PinyinForms(folded, kMaxReadings)) {
        add(form.full, false, entity);
        if (form.initials.size() >= kMinInitials) add(form.initials, true, entity);
      }
    }
  }
  const auto rank = [this](const Entry& entry) { return std::tuple(KeyOf(entry), entry.initials, entry.entity); };
  std::sort(entries_.begin(), entries_.end(), [&](const Entry& a, const Entry& b) { return rank(a) < rank(b); });
  entries_.erase(
      std::unique(entries_.begin(), entries_.end(), [&](const Entry& a, const Entry& b) { return rank(a) == rank(b); }),
      entries_.end());
}

std::vector<PinyinIndex::Entry>::const_iterator PinyinIndex::First(std::string_view key) const {
  return std::lower_bound(entries_.begin(), entries_.end(), key,
                          [this](const Entry& entry, std::string_view wanted) { return KeyOf(entry) < wanted; });
}

std::vector<PinyinIndex::Hit> PinyinIndex::Exact(std::string_view key) const {
  std::vector<Hit> hits;
  for (auto it = First(key); it != entries_.end() && KeyOf(*it) == key; ++it) {
    hits.push_back({it->entity, it->initials, KeyOf(*it)});
  }
  return hits;
}

std::vector<PinyinIndex::Hit> PinyinIndex::Prefix(std::string_view key, std::size_t limit) const {
  std::vector<Hit> hits;
  for (auto it = First(key); it != entries_.end() && hits.size() < limit; ++it) {
    if (KeyOf(*it).substr(0, key.size()) != key) break;
    hits.push_back({it->entity, it->initials, KeyOf(*it)});
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
