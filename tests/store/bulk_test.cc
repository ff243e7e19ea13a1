// Large groups are written as files: nobody may see a difference.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <thread>

#include <catch2/catch.hpp>

#include "store/must.h"
#include "store/random_articles.h"
#include "store/store.h"
#include "support/subprocess.h"

namespace mailuo::store {
namespace {

using mailuo::testing::CheckSound;
using mailuo::testing::DigestOf;
using mailuo::testing::MustOpen;
using mailuo::testing::RandomArticles;
using mailuo::testing::TempDir;

// Groups of a dozen articles are large here.
StoreOptions Options() {
  StoreOptions options;
  options.sync = SyncPolicy::kOs;
  options.bulk_changes = 100;
  return options;
}

std::unique_ptr<Store> MustOpen(const std::string& path) { return testing::MustOpen(path, Options()); }

std::string SoundDigestOf(const Store& store) {
  CheckSound(store);
  return DigestOf(store);
}

std::string DigestOfSingles(std::span<const StoredArticle> articles) {
  const TempDir folder;
  StoreOptions options = Options();
  options.bulk_changes = SIZE_MAX;
  const auto store = MustOpen(folder / "db", options);
  for (const StoredArticle& article : articles) REQUIRE(store->Put({&article, 1}).has_value());
  return SoundDigestOf(*store);
}

TEST_CASE("a large group makes the store that its articles one by one would have made", "[store][bulk]") {
  const auto articles = RandomArticles(1, 240);
  const std::span<const StoredArticle> all(articles);
  const TempDir folder;
  {
    const auto store = MustOpen(folder / "db");
    REQUIRE(store->Put(all.first(100)).has_value());
    for (const StoredArticle& article : all.subspan(100, 20)) REQUIRE(store->Put({&article, 1}).has_value());
    // Some of them are known, and one comes twice.
    std::vector<StoredArticle> rest(all.begin() + 80, all.end());
    rest.push_back(rest.back());
    const auto outcomes = store->Put(rest);
    REQUIRE(outcomes.has_value());
    CHECK(std::count(outcomes->begin(), outcomes->end(), PutOutcome::kKnown) == 41);
    CHECK(SoundDigestOf(*store) == DigestOfSingles(all));
  }
  const auto store = MustOpen(folder / "db");
  CHECK(SoundDigestOf(*store) == DigestOfSingles(all));
  REQUIRE(store->Compact());
  CHECK(SoundDigestOf(*store) == DigestOfSingles(all));
}

TEST_CASE("articles of a large group are deleted and annotated anew like others", "[store][bulk]") {
  const auto articles = RandomArticles(1, 120);
  const std::span<const StoredArticle> all(articles);
  const TempDir folder;
  const auto store = MustOpen(folder / "db");
  REQUIRE(store->Put(all).has_value());
  for (const StoredArticle& article : all.first(60)) {
    CHECK(store->Delete(article.article.id) == true);
    CHECK(store->Delete(article.article.id) == false);
  }
  CHECK(SoundDigestOf(*store) == DigestOfSingles(all.subspan(60)));
  CHECK(store->Reannotate(all) == 60U);
  CHECK(SoundDigestOf(*store) == DigestOfSingles(all.subspan(60)));
  REQUIRE(store->Put(all).has_value());
  CHECK(SoundDigestOf(*store) == DigestOfSingles(all));
}

TEST_CASE("a reader keeps its state while large groups come", "[store][bulk]") {
  const auto articles = RandomArticles(1, 200);
  const std::span<const StoredArticle> all(articles);
  const TempDir folder;
  const auto store = MustOpen(folder / "db");
  REQUIRE(store->Put(all.first(100)).has_value());
  const Reader before = store->Read();
  const std::string digest = *before.Digest();
  std::thread writer([&] { (void)store->Put(all.subspan(100)); });
  CHECK(*before.Digest() == digest);
  writer.join();
  CHECK(*before.Digest() == digest);
  CHECK(SoundDigestOf(*store) == DigestOfSingles(all));
}

TEST_CASE("files that a killed writer left are cleared away", "[store][bulk]") {
  const auto articles = RandomArticles(1, 100);
  const TempDir folder;
  { REQUIRE(MustOpen(folder / "db")->Put(articles).has_value()); }
  const std::filesystem::path left = folder / "db/bulk/0.sst";
  std::filesystem::create_directories(left.parent_path());
  std::ofstream(left) << "half a file";
  const auto store = MustOpen(folder / "db");
  CHECK_FALSE(std::filesystem::exists(left));
  CHECK(SoundDigestOf(*store) == DigestOfSingles(articles));
  CHECK(store->Put(RandomArticles(1000, 100)).has_value());
}

}  // namespace
}  // namespace mailuo::store
