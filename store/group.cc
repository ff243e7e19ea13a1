#include "store/group.h"

#include <algorithm>
#include <iterator>

#include <fmt/core.h>

#include "core/check.h"
#include "store/keys.h"
#include "store/tally.h"

namespace mailuo::store {
namespace {

// Where a change belongs in the batch. The first bytes of the key decide nearly every comparison without a look at it:
// sixteen reach past the entity, which thousands of keys share, to the day and the event or article.
struct Rank {
  std::uint64_t head = 0;
  std::uint64_t next = 0;
  std::uint32_t index = 0;
};

// Bytes `from` to `from` + 7 of the key, zeros where it has ended.
std::uint64_t BytesOf(std::string_view key, std::size_t from) {
  std::uint64_t bytes = 0;
  for (std::size_t i = from; i < from + 8; ++i) {
    bytes = bytes << 8 | (i < key.size() ? static_cast<std::uint8_t>(key[i]) : 0U);
  }
  return bytes;
}

// Equal keys stay in the order in which they came.
std::vector<Rank> RankByKey(const std::vector<EngineChange>& changes) {
  std::vector<Rank> ranks;
  ranks.reserve(changes.size());
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const std::string& key = changes[i].key;
    ranks.push_back({BytesOf(key, 0), BytesOf(key, 8), static_cast<std::uint32_t>(i)});
  }
  std::sort(ranks.begin(), ranks.end(), [&changes](const Rank& a, const Rank& b) {
    if (a.head != b.head) return a.head < b.head;
    if (a.next != b.next) return a.next < b.next;
    const int order = changes[a.index].key.compare(changes[b.index].key);
    return order != 0 ? order < 0 : a.index < b.index;
  });
  return ranks;
}

// One change out of all those of one key: additions are summed up; of the others the last one stands.
EngineChange Fold(std::vector<EngineChange>& changes, const Rank* first, const Rank* end) {
  if (end - first > 1 && changes[first->index].kind == ChangeKind::kAdd) {
    std::vector<std::string_view> parts;
    for (const Rank* rank = first; rank != end; ++rank) parts.emplace_back(changes[rank->index].value);
    auto sum = AddTallies(parts);
    MAILUO_CHECK(sum.has_value());
    changes[first->index].value = *std::move(sum);
    return std::move(changes[first->index]);
  }
  return std::move(changes[(end - 1)->index]);
}

void AppendSorted(std::vector<EngineChange>& changes, std::vector<EngineChange>& out) {
  const std::vector<Rank> ranks = RankByKey(changes);
  const Rank* const end = ranks.data() + ranks.size();
  for (const Rank* first = ranks.data(); first != end;) {
    const Rank* next = first + 1;
    while (next != end && next->head == first->head && next->next == first->next &&
           changes[next->index].key == changes[first->index].key) {
      ++next;
    }
    EngineChange change = Fold(changes, first, next);
    first = next;
    if (change.kind == ChangeKind::kAdd && IsEmptyTally(change.value)) continue;
    out.push_back(std::move(change));
  }
  changes.clear();
}

}  // namespace

void GroupBuilder::Add(const StoredArticle& stored) {
  std::vector<Change> changes = Contribution(stored, fold_name_);
  const ContributionSum sum = Sum(changes);
  for (Change& change : changes) {
    const ChangeKind kind = IsTally(change) ? ChangeKind::kAdd : ChangeKind::kPut;
    graph_.push_back({Table::kGraph, kind, std::move(change.key), std::move(change.value)});
  }
  articles_.push_back({Table::kArticles, ChangeKind::kPut, ArticleKey(stored.article.id), EncodeArticle(stored, sum)});
}

Status GroupBuilder::Remove(const ArticleRecord& record) {
  const ArticleId& id = record.stored.article.id;
  std::vector<Change> changes = Contribution(record.stored, fold_name_);
  if (Sum(changes) != record.sum) {
    return Error{ErrorCode::kCorruption,
                 fmt::format("the reverse record of article {} does not fit it: run `mailuo verify`", FormatId(id))};
  }
  for (Change& change : changes) {
    if (IsTally(change)) {
      auto negative = NegateTally(change.value);
      MAILUO_CHECK(negative.has_value());
      graph_.push_back({Table::kGraph, ChangeKind::kAdd, std::move(change.key), *std::move(negative)});
    } else {
      graph_.push_back({Table::kGraph, ChangeKind::kDelete, std::move(change.key), {}});
    }
  }
  articles_.push_back({Table::kArticles, ChangeKind::kDelete, ArticleKey(id), {}});
  return {};
}

std::vector<EngineChange> GroupBuilder::Finish() {
  std::vector<EngineChange> out;
  out.reserve(articles_.size() + graph_.size());
  AppendSorted(articles_, out);
  AppendSorted(graph_, out);
  return out;
}

}  // namespace mailuo::store
