#include "store/resolved.h"

#include <set>
#include <string>
#include <utility>

#include "core/bytes.h"
#include "store/keys.h"
#include "store/records.h"
#include "store/scan.h"
#include "store/sums.h"

namespace mailuo::store::internal {
namespace {

using ArticleIds = std::set<ArticleId>;

constexpr int kHashBytes = 8;  // The check sum at the end of an article record.

std::uint64_t RecordHash(std::string_view record) {
  if (record.size() < kHashBytes) return 0;
  return ByteReader(record.substr(record.size() - kHashBytes)).Fixed(kHashBytes);
}

Status AddMentioning(const EngineView& view, KeySpan span, ArticleIds& articles) {
  RangeScan scan(view, std::move(span), Order::kNewestFirst, {});
  for (; scan.valid(); scan.Next()) {
    const auto key = ParseMentionKey(scan.key());
    if (!key) return Damaged(scan.key());
    articles.insert(key->article);
  }
  return scan.status();
}

// Articles of the days on which anything called the entity `folded`.
Status AddCalled(const EngineView& view, EntityId raw, const std::string& folded, ArticleIds& articles) {
  std::set<std::uint32_t> days;
  const std::string prefix = FoldedExactPrefix(folded);
  const auto cursor = view.Scan(Table::kGraph, prefix);
  for (cursor->Seek(prefix); cursor->valid(); cursor->Next()) {
    const auto key = ParseFoldedKey(cursor->key());
    if (!key) return Damaged(cursor->key());
    if (key->entity != raw) continue;
    MAILUO_ASSIGN_OR_RETURN(const Tally tally, ReadTally(cursor->key(), cursor->value(), kFoldedWidth));
    for (const TallyRow& row : tally.rows) {
      if (row.code > kMaxDayNumber) return Damaged(cursor->key());
      if (row.counts[0] > 0) days.insert(static_cast<std::uint32_t>(row.code));
    }
  }
  MAILUO_RETURN_IF_ERROR(cursor->status());
  for (const std::uint32_t day : days) {
    const std::string of_day = AtDay(EntityPrefix(Space::kMention, raw), day);
    MAILUO_RETURN_IF_ERROR(AddMentioning(view, {of_day, of_day, {}}, articles));
  }
  return {};
}

// The articles in which an operation may find one of its entities.
Result<ArticleIds> Candidates(const EngineView& view, NameFolder fold_name, const Resolution& resolution) {
  ArticleIds articles;
  for (const EntityId raw : resolution.Sources()) {
    if (resolution.IsMerged(raw)) {
      const std::string prefix = EntityPrefix(Space::kMention, raw);
      MAILUO_RETURN_IF_ERROR(AddMentioning(view, {prefix, prefix, {}}, articles));
      continue;
    }
    for (const EntityOperation* split : resolution.SplitsOf(raw)) {
      if (split->aliases.empty()) {
        articles.insert(split->articles.begin(), split->articles.end());
        continue;
      }
      for (const std::string& alias : split->aliases) {
        MAILUO_RETURN_IF_ERROR(AddCalled(view, raw, fold_name(alias), articles));
      }
    }
  }
  return articles;
}

// From what the article contributed to what it would have contributed.
std::optional<std::vector<EngineChange>> Difference(std::vector<Change> before, std::vector<Change> after) {
  std::vector<EngineChange> tallies;
  std::map<std::string, std::string> old_values;
  for (Change& change : before) {
    if (IsTally(change)) {
      auto negative = NegateSum(change.value);
      if (!negative) return std::nullopt;
      tallies.push_back({Table::kGraph, ChangeKind::kAdd, std::move(change.key), *std::move(negative)});
    } else {
      old_values.emplace(std::move(change.key), std::move(change.value));
    }
  }
  std::vector<EngineChange> changes;
  for (Change& change : after) {
    if (IsTally(change)) {
      tallies.push_back({Table::kGraph, ChangeKind::kAdd, std::move(change.key), std::move(change.value)});
      continue;
    }
    const auto old = old_values.find(change.key);
    const bool same = old != old_values.end() && old->second == change.value;
    if (old != old_values.end()) old_values.erase(old);
    if (!same) changes.push_back({Table::kGraph, ChangeKind::kPut, std::move(change.key), std::move(change.value)});
  }
  for (const auto& [key, value] : old_values) changes.push_back({Table::kGraph, ChangeKind::kDelete, key, {}});
  std::vector<const EngineChange*> parts;
  parts.reserve(tallies.size());
  for (const EngineChange& tally : tallies) parts.push_back(&tally);
  auto sums = SumUp(std::move(parts));
  if (!sums) return std::nullopt;
  for (EngineChange& sum : *sums) changes.push_back(std::move(sum));
  return changes;
}

}  // namespace

Result<ResolvedCache::Parts> ResolvedCache::ReadParts(const EngineView& base, NameFolder fold_name,
                                                      const Resolution& resolution) const {
  MAILUO_ASSIGN_OR_RETURN(const ArticleIds articles, Candidates(base, fold_name, resolution));
  Parts parts;
  for (const ArticleId& id : articles) {
    const std::string key = ArticleKey(id);
    MAILUO_ASSIGN_OR_RETURN(const std::optional<std::string> bytes, base.Get(Table::kArticles, key));
    if (!bytes) continue;  // Named by a split, and not there (any more).
    const std::uint64_t hash = RecordHash(*bytes);
    if (const auto known = parts_.find(id); known != parts_.end() && known->second->record_hash == hash) {
      parts.emplace(id, known->second);
      continue;
    }
    auto record = DecodeArticle(id, *bytes);
    if (!record) return Damaged(key);
    auto part = std::make_shared<ArticlePart>();
    part->record_hash = hash;
    part->renames = resolution.RenamesOf(record->stored);
    if (!part->renames.empty()) {
      std::vector<Change> before = Contribution(record->stored, fold_name);
      Resolution::ForGraph(part->renames, record->stored.annotation);
      auto changes = Difference(std::move(before), Contribution(record->stored, fold_name));
      if (!changes) return Damaged(key);
      part->changes = *std::move(changes);
    }
    parts.emplace(id, std::move(part));
  }
  return parts;
}

Status ResolvedCache::Update(const EngineView& base, NameFolder fold_name) {
  MAILUO_ASSIGN_OR_RETURN(const std::vector<JournalEntry> journal, ReadJournal(base));
  std::string operations = OperationsDigest(journal);
  if (!resolution_ || operations != operations_) {
    resolution_ = std::make_shared<const Resolution>(journal, fold_name);
    operations_ = std::move(operations);
    parts_.clear();
    overlay_.reset();
    renames_.reset();
  }
  if (resolution_->empty()) return {};
  MAILUO_ASSIGN_OR_RETURN(Parts parts, ReadParts(base, fold_name, *resolution_));
  if (overlay_ && parts == parts_) return {};
  std::vector<const EngineChange*> changes;
  auto renames = std::make_shared<std::map<ArticleId, std::vector<Resolution::Rename>>>();
  for (const auto& [id, part] : parts) {
    for (const EngineChange& change : part->changes) changes.push_back(&change);
    if (!part->renames.empty()) renames->emplace(id, part->renames);
  }
  auto overlay = SumUp(std::move(changes));
  if (!overlay) return Error{ErrorCode::kCorruption, "a tally of the graph is damaged: run `mailuo verify`"};
  overlay_ = std::make_shared<const Overlay>(*std::move(overlay));
  renames_ = std::move(renames);
  parts_ = std::move(parts);
  return {};
}

Resolved ResolvedCache::Of(const std::shared_ptr<const EngineView>& base, NameFolder fold_name) {
  const std::lock_guard lock(mutex_);
  if (sequence_ != base->sequence()) {
    sequence_.reset();
    if (const Status updated = Update(*base, fold_name); !updated) {
      static const auto none = std::make_shared<const Resolution>();
      return {std::make_shared<const FailedView>(base->sequence(), updated.error()), none, nullptr};
    }
    sequence_ = base->sequence();
  }
  if (resolution_->empty()) return {base, resolution_, nullptr};
  return {std::make_shared<const OverlayView>(base, overlay_), resolution_, renames_};
}

}  // namespace mailuo::store::internal
