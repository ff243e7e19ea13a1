#include "store/group.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

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

std::vector<Rank> RankByKey(const Packs& packs) {
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
  const auto by_origin = [](const Rank& a, const Rank& b) {
    return a.pack != b.pack ? a.pack < b.pack : a.index < b.index;
  };
  std::sort(ranks.begin(), ranks.end(), [by_origin](const Rank& a, const Rank& b) {
    if (a.head != b.head) return a.head < b.head;
    return a.next != b.next ? a.next < b.next : by_origin(a, b);
  });
  // Where the first bytes are one, mostly so are the keys: a look at each of them tells. Only else they are sorted, and
  // each comparison goes to two far places in memory.
  const auto key_of = [&packs](const Rank& rank) { return (*packs[rank.pack])[rank.index].key; };
  for (auto first = ranks.begin(); first != ranks.end();) {
    const auto end = std::find_if(first + 1, ranks.end(), [first](const Rank& rank) {
      return rank.head != first->head || rank.next != first->next;
    });
    const auto other = [&key_of, key = key_of(*first)](const Rank& rank) { return key_of(rank) != key; };
    if (end - first > 1 && std::any_of(first + 1, end, other)) {
      std::sort(first, end, [&key_of, by_origin](const Rank& a, const Rank& b) {
        const int order = key_of(a).compare(key_of(b));
        return order != 0 ? order < 0 : by_origin(a, b);
      });
    }
    first = end;
  }
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
  const std::vector<Rank> ranks = RankByKey(packs);
  std::vector<ChangeRef> out;
  out.reserve(ranks.size());
  std::vector<std::string_view> parts;
  const Rank* const end = ranks.data() + ranks.size();
  for (const Rank* first = ranks.data(); first != end;) {
    // Of the changes of one key additions are summed up; of the others the last one stands.
    ChangeRef change = (*packs[first->pack])[first->index];
    parts.assign(1, change.value);
    const Rank* next = first + 1;
    for (; next != end && next->head == first->head && next->next == first->next; ++next) {
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
    first = next;
    if (change.kind == ChangeKind::kAdd && IsEmptySum(change.value)) continue;
    out.push_back(change);
  }
  return out;
}

}  // namespace mailuo::store
