// The store over an engine that gives only what storage law 9 promises.
#include "store/weak_engine.h"

#include <catch2/catch.hpp>

#include "store/answers.h"
#include "store/must.h"
#include "store/store_parts.h"
#include "support/subprocess.h"

namespace mailuo::store {
namespace {

using mailuo::testing::AllAnswers;
using mailuo::testing::CheckSound;
using mailuo::testing::DigestOf;
using mailuo::testing::MustOpen;
using mailuo::testing::MustPut;
using mailuo::testing::Random;
using mailuo::testing::RandomArticles;
using mailuo::testing::TempDir;
using mailuo::testing::WeakEngine;

StoreOptions Options() {
  StoreOptions options;
  options.sync = SyncPolicy::kOs;
  return options;
}

std::unique_ptr<Store> MustOpenOver(const std::shared_ptr<WeakEngine>& engine, const TempDir& folder) {
  for (int i = 0; i < 1000; ++i) {
    auto store = internal::OpenOver(engine, folder.path(), Options());
    if (store) return *std::move(store);
    if (store.error().code != ErrorCode::kIo) FAIL(store.error().message);
  }
  FAIL("it never opens");
  return nullptr;
}

// Until it succeeds: what a caller does whose change was not acknowledged.
template <typename Change>
void Insist(const Change& change) {
  for (int i = 0; i < 1000; ++i) {
    const auto done = change();
    if (done) return;
    REQUIRE(done.error().code == ErrorCode::kIo);
  }
  FAIL("it never succeeds");
}

}  // namespace

TEST_CASE("an engine that is atomic inside a partition only, and stops half way, holds the same graph", "[engine]") {
  const auto articles = RandomArticles(700, 40);
  const TempDir rocks_folder;
  const auto rocks = MustOpen(rocks_folder / "db", Options());
  MustPut(*rocks, articles);
  REQUIRE(rocks->Delete(articles[3].article.id));
  REQUIRE(rocks->Delete(articles[17].article.id));
  const auto extra = RandomArticles(900, 1);
  REQUIRE(rocks->Replace(articles[5].article.id, extra[0]));

  const auto seed = GENERATE(std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{3});
  const TempDir folder;
  const auto engine = std::make_shared<WeakEngine>(seed, 60);
  auto store = MustOpenOver(engine, folder);
  Random random(seed);
  std::vector<StoredArticle> left = articles;
  for (std::size_t i = left.size(); i > 1; --i) std::swap(left[i - 1], left[random.Below(i)]);
  while (!left.empty()) {
    const std::size_t size = std::min<std::size_t>(left.size(), 1 + random.Below(7));
    const std::vector<StoredArticle> group(left.end() - static_cast<std::ptrdiff_t>(size), left.end());
    Insist([&] { return store->Put(group); });
    left.resize(left.size() - size);
    // Whoever comes after a crash has nothing but what the engine holds.
    if (random.OneIn(4)) {
      store.reset();
      store = MustOpenOver(engine, folder);
    }
  }
  Insist([&] { return store->Delete(articles[17].article.id); });
  Insist([&] { return store->Replace(articles[5].article.id, extra[0]); });
  Insist([&] { return store->Delete(articles[3].article.id); });
  CHECK(engine->halves() > 0);
  CheckSound(*store);
  CHECK(DigestOf(*store) == DigestOf(*rocks));
  if (seed == 1) REQUIRE(store->Compact());
  for (const std::optional<Date>& as_of : {std::optional<Date>(), MakeDate(2025, 6, 30)}) {
    CHECK(AllAnswers(store->Read(as_of), 7) == AllAnswers(rocks->Read(as_of), 7));
  }
}

TEST_CASE("a batch that was left half done is seen whole by whoever reads", "[engine]") {
  const auto articles = RandomArticles(50, 6);
  std::size_t halves = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const TempDir folder;
    const auto engine = std::make_shared<WeakEngine>(seed, 40);
    const auto store = MustOpenOver(engine, folder);
    const std::size_t before = engine->halves();
    const auto put = store->Put(articles);
    const bool half = engine->halves() != before;
    halves += half ? 1U : 0U;
    CHECK(store->Read().GetTotals()->articles == (put || half ? articles.size() : 0));
    CheckSound(*store);
  }
  CHECK(halves > 0);
}

}  // namespace mailuo::store
