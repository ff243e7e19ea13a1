#include "store/group.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

#include <fmt/core.h>

#include "core/check.h"
#include "store/keys.h"
#include "store/sums.h"

namespace mailuo::store {
namespace {

// Where a change belongs in the batch. The table and the first bytes of the key decide nearly every comparison without
// a look at it: they reach past the entity, which thousands of keys share, to the day and the event or article.
struct Rank {
  std::uint64_t head = 0;  // The table and seven bytes of the key.
  std::uint64_t next = 0;  // Eight more.
  std::uint32_t pack = 0;
  std::uint32_t index = 0;  // In the pack. Equal keys stay in the order in which they came.
};
using Packs = std::vector<const ChangePack*>;

// Bytes `from` to `from` + 7 of the key, zeros where it has ended.
std::uint64_t BytesOf(std::string_view key, std::size_t from) {
  std::uint64_t bytes = 0;
  if (key.size() >= from + sizeof(bytes)) {
    std::memcpy(&bytes, key.data() + from, sizeof(bytes));
    if constexpr (std::endian::native == std::endian::little) bytes = __builtin_bswap64(bytes);
    return bytes;
  }
  for (std::size_t i = from; i < from + 8; ++i) {
    bytes = bytes << 8 | (i < key.size() ? static_cast<std::uint8_t>(key[i]) : 0U);
  }
  return bytes;
}

constexpr std::size_t kHeadBytes = 7;

// Brings the changes of the ranks behind `at` into the cache. The packs of a group take more room than there is in it,
// and in the order of the keys no two neighbours lie together: without this nearly every look waits for the memory.
void FetchAhead(const Packs& packs, const Rank* at, const Rank* end) {
  constexpr std::ptrdiff_t kPlaces = 24;
  constexpr std::ptrdiff_t kKeys = 12;
  if (end - at <= kPlaces) return;
  packs[at[kPlaces].pack]->FetchPlace(at[kPlaces].index);
  packs[at[kKeys].pack]->FetchKey(at[kKeys].index);
}

bool ByOrigin(const Rank& a, const Rank& b) { return a.pack != b.pack ? a.pack < b.pack : a.index < b.index; }

bool ByHead(const Rank& a, const Rank& b) {
  if (a.head != b.head) return a.head < b.head;
  return a.next != b.next ? a.next < b.next : ByOrigin(a, b);
}

// By their first bytes. First into some thousand heaps by the table, the kind of the key and a byte more, which is one
// of a hash for most kinds: each heap is then sorted within the first-level cache.
void SortByHead(std::vector<Rank>& ranks) {
  constexpr unsigned kShift = 40;
  constexpr std::size_t kHeaps = std::size_t{1} << 18;
  constexpr std::size_t kFew = 1U << 14U;
  if (ranks.size() <= kFew) return std::sort(ranks.begin(), ranks.end(), &ByHead);
  const auto heap_of = [](const Rank& rank) -> std::size_t { return rank.head >> kShift & (kHeaps - 1); };
  std::vector<std::uint32_t> ends(kHeaps);
  for (const Rank& rank : ranks) ++ends[heap_of(rank)];
  std::uint32_t sum = 0;
  for (std::uint32_t& end : ends) end = std::exchange(sum, sum + end);
  std::vector<Rank> heaped(ranks.size());
  for (const Rank& rank : ranks) heaped[ends[heap_of(rank)]++] = rank;
  ranks.swap(heaped);
  auto first = ranks.begin();
  for (const std::uint32_t end : ends) {
    const auto last = ranks.begin() + end;
    if (last - first > 1) std::sort(first, last, &ByHead);
    first = last;
  }
}

// The end of the ranks from `first` on whose first bytes are one, and these in the order of their whole keys. Mostly
// those are one, too: a look at each of them tells. Only else they are sorted, and each comparison goes to two far
// places in memory.
Rank* SortedRun(const Packs& packs, Rank* first, Rank* end) {
  const auto key_of = [&packs](const Rank& rank) { return (*packs[rank.pack])[rank.index].key; };
  bool same = true;
  Rank* last = first + 1;
  FetchAhead(packs, first, end);
  for (; last != end && last->head == first->head && last->next == first->next; ++last) {
    FetchAhead(packs, last, end);
    same = same && key_of(*last) == key_of(*first);
  }
  if (!same) {
    std::sort(first, last, [&key_of](const Rank& a, const Rank& b) {
      const int order = key_of(a).compare(key_of(b));
      return order != 0 ? order < 0 : ByOrigin(a, b);
    });
  }
  return last;
}

// By their first bytes only.
std::vector<Rank> RankByHead(const Packs& packs) {
  std::size_t count = 0;
  for (const ChangePack* const pack : packs) count += pack->size();
  std::vector<Rank> ranks;
  ranks.reserve(count);
  for (std::uint32_t p = 0; p < packs.size(); ++p) {
    for (std::uint32_t i = 0; i < packs[p]->size(); ++i) {
      const ChangeRef change = (*packs[p])[i];
      const std::uint64_t head = BytesOf(change.key, 0) >> 8 | static_cast<std::uint64_t>(change.table) << 56;
      ranks.push_back({head, BytesOf(change.key, kHeadBytes), p, i});
    }
  }
  SortByHead(ranks);
  return ranks;
}

}  // namespace

Status GroupBuilder::Remove(const ArticleRecord& record) {
  const ArticleId& id = record.stored.article.id;
  const std::vector<Change> changes = Contribution(record.stored, fold_name_);
  if (Sum(changes) != record.sum) {
    return Error{ErrorCode::kCorruption,
                 fmt::format("the reverse record of article {} does not fit it: run `mailuo verify`", FormatId(id))};
  }
  for (const Change& change : changes) {
    if (IsTally(change)) {
      const auto negative = NegateSum(change.value);
      MAILUO_CHECK(negative.has_value());
      removed_.Add(Table::kGraph, ChangeKind::kAdd, change.key, *negative);
    } else {
      removed_.Add(Table::kGraph, ChangeKind::kDelete, change.key, {});
    }
  }
  removed_.Add(Table::kArticles, ChangeKind::kDelete, ArticleKey(id), {});
  return {};
}

std::vector<ChangeRef> GroupBuilder::Finish() {
  Packs packs{&removed_};
  packs.insert(packs.end(), added_.begin(), added_.end());
  std::vector<Rank> ranks = RankByHead(packs);
  std::vector<ChangeRef> out;
  out.reserve(ranks.size());
  std::vector<std::string_view> parts;
  Rank* const end = ranks.data() + ranks.size();
  Rank* run_end = ranks.data();
  for (Rank* first = ranks.data(); first != end;) {
    if (first == run_end) run_end = SortedRun(packs, first, end);
    // Of the changes of one key additions are summed up; of the others the last one stands.
    ChangeRef change = (*packs[first->pack])[first->index];
    parts.assign(1, change.value);
    const Rank* next = first + 1;
    for (; next != run_end; ++next) {
      const ChangeRef other = (*packs[next->pack])[next->index];
      if (other.key != change.key) break;
      parts.push_back(other.value);
      if (other.kind != ChangeKind::kAdd) change = other;
    }
    if (parts.size() > 1 && change.kind == ChangeKind::kAdd) {
      auto sum = AddSums(parts);
      MAILUO_CHECK(sum.has_value());
      change.value = sums_.emplace_back(*std::move(sum));
    }
    first += next - first;
    if (change.kind == ChangeKind::kAdd && IsEmptySum(change.value)) continue;
    out.push_back(change);
  }
  return out;
}

}  // namespace mailuo::store
