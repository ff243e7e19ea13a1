// A state of the engine with changes laid over its graph, in memory: what readers see where operations on entities are
// in force. Internal to store/. Thread safety: as EngineView.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "store/engine.h"

namespace mailuo::store {

// Changes of Table::kGraph in key order, one for each key: kPut and kDelete of whole values, kAdd in tally spaces.
using Overlay = std::vector<EngineChange>;

// One overlay out of the changes of many articles: tallies are added up, and those that cancel out are left out.
// REQUIRES: no key of whole values comes twice. Nothing: a tally is damaged.
std::optional<Overlay> SumUp(std::vector<const EngineChange*> changes);

class OverlayView : public EngineView {
 public:
  OverlayView(std::shared_ptr<const EngineView> base, std::shared_ptr<const Overlay> overlay)
      : base_(std::move(base)), overlay_(std::move(overlay)) {}
  Result<std::optional<std::string>> Get(Table table, std::string_view key) const override;
  std::unique_ptr<Cursor> Scan(Table table, std::string prefix) const override;
  std::uint64_t sequence() const override { return base_->sequence(); }

 private:
  std::shared_ptr<const EngineView> base_;
  std::shared_ptr<const Overlay> overlay_;
};

// Answers everything with one error: a state whose operations cannot be read.
class FailedView : public EngineView {
 public:
  FailedView(std::uint64_t sequence, Error error) : sequence_(sequence), error_(std::move(error)) {}
  Result<std::optional<std::string>> Get(Table table, std::string_view key) const override;
  std::unique_ptr<Cursor> Scan(Table table, std::string prefix) const override;
  std::uint64_t sequence() const override { return sequence_; }

 private:
  std::uint64_t sequence_;
  Error error_;
};

}  // namespace mailuo::store
