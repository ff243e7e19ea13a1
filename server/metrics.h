// Counters of the server, in Prometheus' text format.
// Thread safety: may be used from any thread.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace mailuo::server {

class Metrics {
 public:
  // `routes`: a label for each number that Count is called with.
  explicit Metrics(std::vector<std::string> routes);

  // A request that was answered. `route` past the end: one that no route took.
  void Count(std::size_t route, int status, std::chrono::microseconds took, std::uint64_t bytes);
  // A connection turned away because the queue was full.
  void CountRejected() { rejected_.fetch_add(1, std::memory_order_relaxed); }
  void Begin() { in_flight_.fetch_add(1, std::memory_order_relaxed); }
  void End() { in_flight_.fetch_sub(1, std::memory_order_relaxed); }

  // `snapshot`: the sequence of the store.
  std::string Text(std::uint64_t snapshot) const;

 private:
  // Upper bounds in microseconds; the last bucket has none.
  static constexpr std::array<std::uint64_t, 11> kBounds{100,    300,    1000,    3000,    10000,   30000,
                                                         100000, 300000, 1000000, 3000000, 10000000};
  struct Series {
    std::string route;
    std::array<std::atomic<std::uint64_t>, 6> by_class{};  // 1xx..5xx by first digit.
    std::array<std::atomic<std::uint64_t>, kBounds.size() + 1> buckets{};
    std::atomic<std::uint64_t> total_us{0};
    std::atomic<std::uint64_t> bytes{0};
  };
  std::deque<Series> series_;  // The last one for requests without a route. Atomics do not move.
  std::atomic<std::uint64_t> rejected_{0};
  std::atomic<std::int64_t> in_flight_{0};
};

}  // namespace mailuo::server
