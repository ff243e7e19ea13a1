// Work that many threads do and that comes out in the order it went in, with a bound on what is between.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace mailuo::ingest {

// One thread puts, any number take and publish, one collects:
//   putter     Put ... Put, EndInput
//   workers    while (auto work = Take()) Publish(work->number, ...)
//   collector  while (auto out = Next()) ...
// Memory is bounded by max_items and max_cost: Put waits while more is on its way than that (one item always may go).
// The item that Next waits for is always among those on their way, so nothing waits for ever.
// Thread safety: every method may be called from any thread, within these roles.
template <typename In, typename Out>
class OrderedWork {
 public:
  struct Item {
    std::uint64_t number;
    In value;
  };

  OrderedWork(std::size_t max_items, std::uint64_t max_cost) : max_items_(max_items), max_cost_(max_cost) {}

  // False after Abort: nobody wants more.
  bool Put(In value, std::uint64_t cost) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] {
      return aborted_ || costs_.empty() || (costs_.size() < max_items_ && total_cost_ + cost <= max_cost_);
    });
    if (aborted_) return false;
    costs_.push_back(cost);
    total_cost_ += cost;
    waiting_.push_back({next_number_++, std::move(value)});
    work_.notify_one();
    return true;
  }

  void EndInput() {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    work_.notify_all();
    done_.notify_all();
  }

  std::optional<Item> Take() {
    std::unique_lock lock(mutex_);
    work_.wait(lock, [&] { return aborted_ || ended_ || !waiting_.empty(); });
    if (aborted_ || waiting_.empty()) return std::nullopt;
    Item item = std::move(waiting_.front());
    waiting_.pop_front();
    return item;
  }

  // Up to `most` of what waits, but only a part of it, so that every worker has something to do to the end. Empty:
  // there is no more.
  std::vector<Item> TakeSome(std::size_t most) {
    constexpr std::size_t kPart = 8;
    std::unique_lock lock(mutex_);
    work_.wait(lock, [&] { return aborted_ || ended_ || !waiting_.empty(); });
    std::vector<Item> items;
    if (aborted_ || waiting_.empty()) return items;
    const std::size_t count = std::min(most, 1 + waiting_.size() / kPart);
    items.reserve(std::min(count, waiting_.size()));
    while (items.size() < count && !waiting_.empty()) {
      items.push_back(std::move(waiting_.front()));
      waiting_.pop_front();
    }
    return items;
  }

  void Publish(std::uint64_t number, Out value) {
    const std::lock_guard lock(mutex_);
    finished_.emplace(number, std::move(value));
    if (number == next_out_) done_.notify_all();
  }

  std::optional<Out> Next() {
    std::unique_lock lock(mutex_);
    done_.wait(lock,
               [&] { return aborted_ || finished_.count(next_out_) != 0 || (ended_ && next_out_ == next_number_); });
    const auto found = finished_.find(next_out_);
    if (aborted_ || found == finished_.end()) return std::nullopt;
    Out value = std::move(found->second);
    finished_.erase(found);
    ++next_out_;
    total_cost_ -= costs_.front();
    costs_.pop_front();
    room_.notify_all();
    return value;
  }

  // How many Next has still to give, once the input has ended.
  std::optional<std::size_t> Left() const {
    const std::lock_guard lock(mutex_);
    if (!ended_) return std::nullopt;
    return costs_.size();
  }

  // Everyone goes home; what is on its way is lost.
  void Abort() {
    const std::lock_guard lock(mutex_);
    aborted_ = true;
    room_.notify_all();
    work_.notify_all();
    done_.notify_all();
  }

 private:
  const std::size_t max_items_;
  const std::uint64_t max_cost_;
  mutable std::mutex mutex_;
  std::condition_variable room_;
  std::condition_variable work_;
  std::condition_variable done_;
  std::deque<Item> waiting_;
  std::map<std::uint64_t, Out> finished_;
  std::deque<std::uint64_t> costs_;  // Of the items on their way, in order.
  std::uint64_t total_cost_ = 0;
  std::uint64_t next_number_ = 0;
  std::uint64_t next_out_ = 0;
  bool ended_ = false;
  bool aborted_ = false;
};

}  // namespace mailuo::ingest
