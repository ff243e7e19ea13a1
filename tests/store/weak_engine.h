// An engine that keeps no more than storage law 9 promises: a batch is atomic inside one partition and nowhere else,
// keys are walked upwards from a key, values are never empty, a batch may be applied twice. Partitions of a batch are
// applied in random order, some twice, and the engine stops in the middle as often as it is told to.
//
// What the store asks of an engine (engine.h) it makes from that, as any engine of this kind would have to: a batch is
// first written down whole in a partition of its own, then applied part by part, each part under a mark that keeps its
// additions from counting twice; before anything else is read or written, what was left half done is finished. So a
// write that failed may stand, and the caller who tries again finds it.
// Thread safety: as Engine.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/check.h"
#include "store/engine.h"
#include "store/keys.h"
#include "store/random_articles.h"
#include "store/sums.h"

namespace mailuo::testing {

class WeakEngine : public store::Engine {
 public:
  // Between two parts of a batch it stops once in `stops_one_in` times; 0: never.
  explicit WeakEngine(std::uint64_t seed, std::size_t stops_one_in = 0) : random_(seed), stops_one_in_(stops_one_in) {}

  using Engine::Write;
  Status Write(std::span<const store::ChangeRef> changes, bool /*durable*/) override {
    const std::lock_guard lock(mutex_);
    FinishPending();
    if (Stops()) return Stopped();  // Before anything was written down.
    std::vector<store::EngineChange> batch;
    batch.reserve(changes.size());
    for (const store::ChangeRef& change : changes) {
      MAILUO_CHECK(change.kind == store::ChangeKind::kDelete || !change.value.empty());
      batch.push_back({change.table, change.kind, std::string(change.key), std::string(change.value)});
    }
    pending_ = std::move(batch);
    ++batches_;
    return Apply(true);
  }

  std::shared_ptr<const store::EngineView> View() const override {
    const std::lock_guard lock(mutex_);
    FinishPending();
    return std::make_shared<WeakView>(std::make_shared<const Tables>(tables_), batches_);
  }
  bool Has(store::Table table, std::string_view key, Status& status) const override {
    const auto value = View()->Get(table, key);
    if (!value) status = value.error();
    return value && *value;
  }
  std::vector<std::uint64_t> ApproximateBytes(std::span<const store::KeyRange> ranges) const override {
    return std::vector<std::uint64_t>(ranges.size());
  }
  std::uint64_t DiskBytes() const override { return 0; }
  Status Compact() override {
    const std::lock_guard lock(mutex_);
    FinishPending();
    auto& graph = tables_[static_cast<std::size_t>(store::Table::kGraph)];
    for (auto place = graph.begin(); place != graph.end();) {
      place = store::IsTallySpace(static_cast<store::Space>(place->first[0])) && store::IsEmptySum(place->second)
                  ? graph.erase(place)
                  : std::next(place);
    }
    return {};
  }
  Status Backup(const std::string& /*backup_path*/) const override {
    return Error{ErrorCode::kUnsupported, "this engine has no backups"};
  }
  Status Flush() override { return {}; }
  void Abandon() override {}

  // How often it stopped with a batch half applied.
  std::size_t halves() const { return halves_; }

 private:
  using Keys = std::map<std::string, std::string, std::less<>>;
  using Tables = std::array<Keys, 3>;

  // Upwards is the only way there is: the way back is looked for from the beginning of the prefix.
  class WeakCursor : public store::Cursor {
   public:
    WeakCursor(std::shared_ptr<const Tables> tables, store::Table table, std::string prefix)
        : tables_(std::move(tables)),
          keys_((*tables_)[static_cast<std::size_t>(table)]),
          prefix_(std::move(prefix)),
          at_(keys_.end()) {}
    void Seek(std::string_view key) override { at_ = keys_.lower_bound(std::max<std::string_view>(key, prefix_)); }
    void SeekBefore(std::string_view key) override {
      auto last = keys_.end();
      for (auto next = keys_.lower_bound(prefix_); next != keys_.end() && Inside(next) && next->first < key; ++next) {
        last = next;
      }
      at_ = last;
    }
    void SeekToLast() override {
      auto last = keys_.end();
      for (auto next = keys_.lower_bound(prefix_); next != keys_.end() && Inside(next); ++next) last = next;
      at_ = last;
    }
    void Next() override { ++at_; }
    void Prev() override { SeekBefore(std::string(at_->first)); }
    bool valid() const override { return at_ != keys_.end() && Inside(at_); }
    std::string_view key() const override { return at_->first; }
    std::string_view value() const override { return at_->second; }
    Status status() const override { return {}; }

   private:
    bool Inside(Keys::const_iterator place) const { return place->first.compare(0, prefix_.size(), prefix_) == 0; }

    std::shared_ptr<const Tables> tables_;
    const Keys& keys_;
    std::string prefix_;
    Keys::const_iterator at_;
  };

  class WeakView : public store::EngineView {
   public:
    WeakView(std::shared_ptr<const Tables> tables, std::uint64_t sequence)
        : tables_(std::move(tables)), sequence_(sequence) {}
    Result<std::optional<std::string>> Get(store::Table table, std::string_view key) const override {
      const Keys& keys = (*tables_)[static_cast<std::size_t>(table)];
      const auto place = keys.find(key);
      return place == keys.end() ? std::nullopt : std::optional(place->second);
    }
    std::unique_ptr<store::Cursor> Scan(store::Table table, std::string prefix) const override {
      return std::make_unique<WeakCursor>(tables_, table, std::move(prefix));
    }
    std::uint64_t sequence() const override { return sequence_; }

   private:
    std::shared_ptr<const Tables> tables_;
    std::uint64_t sequence_;
  };

  static Error Stopped() { return {ErrorCode::kIo, "the engine stopped"}; }
  bool Stops() const { return stops_one_in_ != 0 && random_.OneIn(stops_one_in_); }

  // An article; of the graph what belongs to one entity, event, day or name, or the beginning of it.
  static std::string PartitionOf(const store::EngineChange& change) {
    constexpr std::size_t kSpaceAndId = 9;
    const std::size_t size = change.table == store::Table::kGraph ? kSpaceAndId : change.key.size();
    return std::to_string(static_cast<int>(change.table)) + change.key.substr(0, size);
  }

  void FinishPending() const {
    if (!pending_.empty()) MAILUO_CHECK(Apply(false).has_value());
  }

  Status Apply(bool may_stop) const {
    std::map<std::string, std::vector<const store::EngineChange*>> parts;
    for (const store::EngineChange& change : pending_) parts[PartitionOf(change)].push_back(&change);
    std::vector<std::string> order;
    order.reserve(parts.size());
    for (const auto& [partition, changes] : parts) order.push_back(partition);
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random_.Below(i)]);
    for (std::size_t i = 0; i < order.size(); ++i) {
      if (may_stop && i > 0 && Stops()) {
        ++halves_;
        return Stopped();
      }
      ApplyPart(order[i], parts[order[i]]);
      if (random_.OneIn(3)) ApplyPart(order[i], parts[order[i]]);
    }
    pending_.clear();
    marks_.clear();
    return {};
  }

  // Atomic: the mark and the changes are of one partition.
  void ApplyPart(const std::string& partition, const std::vector<const store::EngineChange*>& changes) const {
    const bool is_new = marks_.insert(partition).second;
    for (const store::EngineChange* change : changes) {
      Keys& keys = tables_[static_cast<std::size_t>(change->table)];
      switch (change->kind) {
        case store::ChangeKind::kPut: keys[change->key] = change->value; break;
        case store::ChangeKind::kDelete: keys.erase(change->key); break;
        case store::ChangeKind::kAdd:
          if (is_new) Add(keys, *change);
          break;
      }
    }
  }
  void Add(Keys& keys, const store::EngineChange& change) const {
    const auto [place, is_new] = keys.try_emplace(change.key, change.value);
    if (is_new) return;
    auto sum = store::AddSums(std::array<std::string_view, 2>{place->second, change.value});
    MAILUO_CHECK(sum.has_value());
    place->second = *std::move(sum);
    // Nobody says when what is empty goes.
    if (store::IsEmptySum(place->second) && random_.OneIn(2)) keys.erase(place);
  }

  // Tables, the batch that is pending and its marks are what would lie on disks. Reading finishes what was left half
  // done: hence mutable.
  mutable std::mutex mutex_;
  mutable Random random_;
  mutable Tables tables_;
  mutable std::vector<store::EngineChange> pending_;
  mutable std::set<std::string> marks_;
  mutable std::size_t halves_ = 0;
  std::uint64_t batches_ = 0;
  std::size_t stops_one_in_;
};

}  // namespace mailuo::testing
