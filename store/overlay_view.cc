#include "store/overlay_view.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "store/keys.h"
#include "store/scan.h"
#include "store/sums.h"

namespace mailuo::store {
namespace {

using Entry = Overlay::const_iterator;

Entry LowerBound(const Overlay& overlay, std::string_view key) {
  return std::lower_bound(overlay.begin(), overlay.end(), key,
                          [](const EngineChange& change, std::string_view wanted) { return change.key < wanted; });
}

// `base` and, added to it, the tally of a change; nothing for damage.
std::optional<std::string> Sum(std::string_view base, const EngineChange& change) {
  const std::array<std::string_view, 2> parts{base, change.value};
  return AddSums(parts);
}

class OverlayCursor : public Cursor {
 public:
  OverlayCursor(std::unique_ptr<Cursor> base, std::shared_ptr<const Overlay> overlay, const std::string& prefix)
      : base_(std::move(base)), overlay_(std::move(overlay)) {
    first_ = LowerBound(*overlay_, prefix);
    const std::string end = After(prefix);
    end_ = end.empty() ? overlay_->end() : LowerBound(*overlay_, end);
    entry_ = end_;
  }

  void Seek(std::string_view key) override {
    base_->Seek(key);
    entry_ = std::clamp(LowerBound(*overlay_, key), first_, end_);
    forward_ = true;
    Settle();
  }
  void SeekBefore(std::string_view key) override {
    base_->SeekBefore(key);
    entry_ = std::clamp(LowerBound(*overlay_, key), first_, end_);
    forward_ = false;
    Settle();
  }
  void SeekToLast() override {
    base_->SeekToLast();
    entry_ = end_;
    forward_ = false;
    Settle();
  }
  void Next() override {
    if (!forward_) return Seek(std::string(key()) + '\0');
    Leave();
    Settle();
  }
  void Prev() override {
    if (forward_) return SeekBefore(std::string(key()));
    Leave();
    Settle();
  }
  bool valid() const override { return valid_; }
  std::string_view key() const override { return at_base_ ? base_->key() : std::string_view(Pending().key); }
  std::string_view value() const override {
    if (summed_) return *summed_;
    return at_entry_ ? std::string_view(Pending().value) : base_->value();
  }
  Status status() const override { return status_ ? base_->status() : status_; }

 private:
  bool HasPending() const { return forward_ ? entry_ != end_ : entry_ != first_; }
  // The next entry in the direction of the walk. REQUIRES: HasPending()
  const EngineChange& Pending() const { return forward_ ? *entry_ : *std::prev(entry_); }
  void StepBase() { forward_ ? base_->Next() : base_->Prev(); }
  void StepEntry() { forward_ ? ++entry_ : --entry_; }

  void Leave() {
    if (at_base_) StepBase();
    if (at_entry_) StepEntry();
  }

  // On to the first key in the direction that is not deleted; the base or the entry or both stand on it.
  void Settle() {
    summed_.reset();
    for (;;) {
      const bool has_base = base_->valid();
      // A base that failed ends the walk: what follows would miss its keys.
      valid_ = (has_base || HasPending()) && base_->status().has_value();
      at_base_ = at_entry_ = false;
      if (!valid_) return;
      int order = has_base ? -1 : 1;
      if (has_base && HasPending()) {
        order = base_->key().compare(Pending().key);
        if (!forward_) order = -order;
      }
      at_base_ = order <= 0;
      at_entry_ = order >= 0;
      if (!at_entry_) return;
      if (Pending().kind != ChangeKind::kDelete) return Combine();
      Leave();
    }
  }

  void Combine() {
    if (!at_base_ || Pending().kind != ChangeKind::kAdd) return;
    summed_ = Sum(base_->value(), Pending());
    if (summed_) return;
    status_ = Damaged(base_->key());
    valid_ = false;
  }

  std::unique_ptr<Cursor> base_;
  std::shared_ptr<const Overlay> overlay_;
  Entry first_;
  Entry end_;
  // Forward: the next entry. Backward: just behind the next one.
  Entry entry_;
  bool forward_ = true;
  bool valid_ = false;
  bool at_base_ = false;
  bool at_entry_ = false;
  std::optional<std::string> summed_;
  Status status_;
};

class FailedCursor : public Cursor {
 public:
  explicit FailedCursor(Error error) : error_(std::move(error)) {}
  void Seek(std::string_view /*key*/) override {}
  void SeekBefore(std::string_view /*key*/) override {}
  void SeekToLast() override {}
  void Next() override {}
  void Prev() override {}
  bool valid() const override { return false; }
  std::string_view key() const override { return {}; }
  std::string_view value() const override { return {}; }
  Status status() const override { return error_; }

 private:
  Error error_;
};

}  // namespace

std::optional<Overlay> SumUp(std::vector<const EngineChange*> changes) {
  std::sort(changes.begin(), changes.end(),
            [](const EngineChange* a, const EngineChange* b) { return a->key < b->key; });
  Overlay overlay;
  std::vector<std::string_view> parts;
  for (auto first = changes.begin(); first != changes.end();) {
    const auto next =
        std::find_if(first, changes.end(), [first](const EngineChange* c) { return c->key != (*first)->key; });
    EngineChange change = **first;
    if (next - first > 1) {
      parts.clear();
      for (auto part = first; part != next; ++part) parts.emplace_back((*part)->value);
      auto sum = AddSums(parts);
      if (!sum) return std::nullopt;
      change.value = *std::move(sum);
    }
    first = next;
    if (change.kind != ChangeKind::kAdd || !IsEmptySum(change.value)) overlay.push_back(std::move(change));
  }
  return overlay;
}

Result<std::optional<std::string>> OverlayView::Get(Table table, std::string_view key) const {
  if (table != Table::kGraph) return base_->Get(table, key);
  const auto entry = LowerBound(*overlay_, key);
  if (entry == overlay_->end() || entry->key != key) return base_->Get(table, key);
  if (entry->kind == ChangeKind::kDelete) return std::optional<std::string>();
  if (entry->kind == ChangeKind::kPut) return std::optional(entry->value);
  MAILUO_ASSIGN_OR_RETURN(const std::optional<std::string> base, base_->Get(table, key));
  if (!base) return std::optional(entry->value);
  auto sum = Sum(*base, *entry);
  if (!sum) return Damaged(key);
  return std::optional(*std::move(sum));
}

std::unique_ptr<Cursor> OverlayView::Scan(Table table, std::string prefix) const {
  auto base = base_->Scan(table, prefix);
  if (table != Table::kGraph) return base;
  return std::make_unique<OverlayCursor>(std::move(base), overlay_, prefix);
}

Result<std::optional<std::string>> FailedView::Get(Table /*table*/, std::string_view /*key*/) const { return error_; }
std::unique_ptr<Cursor> FailedView::Scan(Table /*table*/, std::string /*prefix*/) const {
  return std::make_unique<FailedCursor>(error_);
}

}  // namespace mailuo::store
