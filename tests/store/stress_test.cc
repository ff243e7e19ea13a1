// Ingest, questions, deletion, replacement and a reindex at once, for ThreadSanitizer above all: small, and still what
// comes out is what the set of articles says.
#include <atomic>
#include <set>
#include <thread>

#include <catch2/catch.hpp>

#include "store/random_articles.h"
#include "store/rebuild.h"
#include "store/store.h"
#include "support/subprocess.h"

namespace mailuo::store {
namespace {

using mailuo::testing::Random;
using mailuo::testing::RandomArticle;
using mailuo::testing::TempDir;

constexpr std::uint64_t kArticles = 120;

StoreOptions Options() {
  StoreOptions options;
  options.sync = SyncPolicy::kOs;
  options.lexicon_version = 1;
  options.rules_version = 1;
  options.write_buffer_bytes = std::size_t{64} << 10;
  options.block_cache_bytes = std::size_t{1} << 20;
  return options;
}

// Every answer must be of one state: the timeline of an entity names only articles that are there.
void AskUntil(const Store& store, const std::atomic<bool>& end, std::atomic<int>& wrong) {
  while (!end) {
    const Reader reader = store.Read();
    const auto found = reader.FindPrefix("", 50);
    if (!found) ++wrong;
    for (std::size_t i = 0; found && i < found->size() && i < 3; ++i) {
      const auto timeline = reader.Timeline((*found)[i].entity, {}, "", 10);
      if (!timeline) ++wrong;
      for (std::size_t k = 0; timeline && k < timeline->items.size(); ++k) {
        const auto article = reader.GetArticle(timeline->items[k].article);
        if (!article || !*article || timeline->items[k].number >= (*article)->annotation.events.size()) ++wrong;
      }
    }
    const auto totals = reader.GetTotals();
    const auto page = reader.Articles({}, Order::kNewestFirst, "", kArticles);
    if (!totals || !page || totals->articles != page->items.size()) ++wrong;
  }
}

Status Reindex(const std::string& path) {
  MAILUO_ASSIGN_OR_RETURN(const auto rebuild, Rebuild::Start(path, Options()));
  return rebuild->Finish([&](const Rebuild::Difference& difference) -> Status {
    for (const ArticleId& id : difference.missing) {
      MAILUO_ASSIGN_OR_RETURN(auto stored, rebuild->served().Read().GetArticle(id));
      MAILUO_RETURN_IF_ERROR(rebuild->fresh().Put({&*stored, 1}).map([](const auto&) {}));
    }
    return {};
  });
}

}  // namespace

TEST_CASE("writers, readers and a reindex at once leave what the articles say", "[stress]") {
  const TempDir folder;
  auto opened = Store::Open(folder / "db", Options());
  REQUIRE(opened);
  Store& store = **opened;
  std::atomic<bool> end = false;
  std::atomic<int> wrong = 0;
  std::vector<std::thread> readers;
  for (int i = 0; i < 2; ++i) readers.emplace_back([&] { AskUntil(store, end, wrong); });

  // Each writer has articles of its own, so that what is there at the end is known.
  std::array<std::set<std::uint64_t>, 2> present;
  std::vector<std::thread> writers;
  for (std::uint64_t w = 0; w < present.size(); ++w) {
    writers.emplace_back([&, w] {
      Random random(w + 1);
      for (int step = 0; step < 60; ++step) {
        const std::uint64_t seed = random.Below(kArticles / 2) * 2 + w;
        const std::uint64_t other = random.Below(kArticles / 2) * 2 + w;
        if (random.OneIn(4)) {
          if (!store.Delete(RandomArticle(seed).article.id)) ++wrong;
          present.at(w).erase(seed);
        } else if (random.OneIn(4)) {
          if (!store.Replace(RandomArticle(seed).article.id, RandomArticle(other))) ++wrong;
          present.at(w).erase(seed);
          present.at(w).insert(other);
        } else {
          const std::vector<StoredArticle> group{RandomArticle(seed), RandomArticle(other)};
          if (!store.Put(group)) ++wrong;
          present.at(w).insert({seed, other});
        }
      }
    });
  }
  for (int i = 0; i < 2; ++i) {
    const Status reindexed = Reindex(folder / "db");
    if (!reindexed) FAIL_CHECK(reindexed.error().message);
  }
  for (std::thread& writer : writers) writer.join();
  end = true;
  for (std::thread& reader : readers) reader.join();
  CHECK(wrong == 0);

  std::vector<StoredArticle> expected;
  for (const auto& seeds : present) {
    for (const std::uint64_t seed : seeds) expected.push_back(RandomArticle(seed));
  }
  const auto other = Store::Open(folder / "other", Options());
  REQUIRE(other);
  REQUIRE((*other)->Put(expected));
  CHECK(*store.Read().Digest() == *(*other)->Read().Digest());
  const auto problems = store.Read().Verify();
  REQUIRE(problems);
  CHECK(problems->empty());
}

}  // namespace mailuo::store
