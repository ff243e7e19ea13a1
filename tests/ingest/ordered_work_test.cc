#include "ingest/ordered_work.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <thread>
#include <vector>

namespace mailuo::ingest {
namespace {

TEST_CASE("Work comes out in the order it went in, within its bounds", "[ingest][pipeline]") {
  const std::size_t threads = GENERATE(1U, 4U);
  constexpr int kItems = 2000;
  constexpr int kMaxItems = 16;
  OrderedWork<int, int> work(kMaxItems, 1000);
  std::atomic<int> on_their_way = 0;
  std::atomic<int> most = 0;
  std::vector<std::thread> running;
  running.emplace_back([&] {
    for (int i = 0; i < kItems; ++i) {
      if (!work.Put(i, i % 100 == 0 ? 5000 : 1)) break;  // An item beyond the whole bound goes alone.
      most = std::max(most.load(), ++on_their_way);
    }
    work.EndInput();
  });
  for (std::size_t i = 0; i < threads; ++i) {
    running.emplace_back([&] {
      while (auto item = work.Take()) work.Publish(item->number, item->value * 2);
    });
  }
  int expected = 0;
  while (const auto out = work.Next()) {
    --on_their_way;
    REQUIRE(*out == 2 * expected++);
  }
  for (std::thread& thread : running) thread.join();
  CHECK(expected == kItems);
  CHECK(most <= kMaxItems + 1);
}

TEST_CASE("A worker takes several at once, but only its part of what waits", "[ingest][pipeline]") {
  OrderedWork<int, int> work(100, 1000);
  for (int i = 0; i < 80; ++i) REQUIRE(work.Put(i, 1));
  CHECK_FALSE(work.Left());  // More may come.
  work.EndInput();
  CHECK(work.Left() == 80);
  CHECK(work.TakeSome(4).size() == 4);
  auto items = work.TakeSome(1000);
  CHECK(items.size() == 10);
  int expected = 4;
  for (const auto& item : items) CHECK(item.value == expected++);
  std::size_t last = 1000;
  while (!(items = work.TakeSome(1000)).empty()) {
    CHECK(items.size() <= last);
    last = items.size();
    CHECK(items.front().value == expected);
    expected += static_cast<int>(items.size());
  }
  CHECK(expected == 80);
  CHECK(last == 1);
}

TEST_CASE("Aborted work lets everyone go", "[ingest][pipeline]") {
  OrderedWork<int, int> work(2, 1000);
  std::thread putter([&] {
    while (work.Put(1, 1)) {
    }
  });
  std::thread worker([&] {
    while (work.Take()) {  // Publishes nothing: the collector would wait for ever.
    }
  });
  work.Abort();
  CHECK_FALSE(work.Next());
  putter.join();
  worker.join();
}

}  // namespace
}  // namespace mailuo::ingest
