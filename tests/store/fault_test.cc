// A disk that is full, broken or cannot be written to: an error that says so, nothing acknowledged lost, and a store
// that opens again.
#include <atomic>
#include <string>

#include <catch2/catch.hpp>

#include "store/fault.h"
#include "store/random_articles.h"
#include "store/rebuild.h"
#include "store/store.h"
#include "support/subprocess.h"

namespace mailuo::store {
namespace {

using mailuo::testing::RandomArticle;
using mailuo::testing::RandomArticles;
using mailuo::testing::TempDir;

StoreOptions Options(SyncPolicy sync) {
  StoreOptions options;
  options.sync = sync;
  options.lexicon_version = 1;
  options.rules_version = 1;
  options.write_buffer_bytes = std::size_t{96} << 10;
  return options;
}

// Files fail at one point while it is armed and told to.
class FailingDisk {
 public:
  FailingDisk(std::string point, fault::Action action) {
    fault::SetHook([this, point = std::move(point), action](std::string_view reached) {
      return failing_ && reached == point ? action : fault::Action::kGo;
    });
  }
  ~FailingDisk() { fault::SetHook({}); }
  FailingDisk(const FailingDisk&) = delete;
  FailingDisk& operator=(const FailingDisk&) = delete;
  void Fail() { failing_ = true; }

 private:
  std::atomic<bool> failing_ = false;
};

}  // namespace

TEST_CASE("a disk that fails loses nothing that was acknowledged", "[fault]") {
  const auto action = GENERATE(fault::Action::kNoSpace, fault::Action::kIoError, fault::Action::kReadOnly);
  const std::string point = GENERATE("wal.append", "wal.sync", "wal.create", "sst.create", "sst.append", "sst.sync",
                                     "manifest.append", "manifest.sync");
  CAPTURE(point, static_cast<int>(action));
  const TempDir folder;
  std::vector<StoredArticle> acknowledged;
  std::string message;
  {
    FailingDisk disk(point, action);
    auto store = Store::Open(folder / "db", Options(SyncPolicy::kDurable));
    REQUIRE(store);
    for (std::uint64_t i = 0; i < 400 && message.empty(); ++i) {
      if (i == 10) disk.Fail();
      const auto group = RandomArticles(1 + 10 * i, 10);
      const auto put = (*store)->Put(group);
      if (put) {
        acknowledged.insert(acknowledged.end(), group.begin(), group.end());
      } else {
        CHECK(put.error().code == ErrorCode::kIo);
        message = put.error().message;
      }
    }
    store->reset();
  }
  // Every one of these points is met within the four thousand articles.
  CAPTURE(message);
  CHECK(acknowledged.size() >= 100);
  CHECK(message.find(folder / "db") != std::string::npos);
  if (action == fault::Action::kNoSpace) CHECK(message.find("the disk is full: make room") != std::string::npos);
  if (action == fault::Action::kReadOnly) CHECK(message.find("cannot be written to") != std::string::npos);

  const auto store = Store::Open(folder / "db", Options(SyncPolicy::kDurable));
  if (!store) FAIL(store.error().message);
  const Reader reader = (*store)->Read();
  for (const StoredArticle& stored : acknowledged) REQUIRE(reader.GetMeta(stored.article.id)->has_value());
  const auto problems = reader.Verify();
  REQUIRE(problems);
  CHECK(problems->empty());
  REQUIRE((*store)->Put(RandomArticles(90000, 10)));
}

TEST_CASE("a reindex on a full disk leaves the old graph served, and goes on when there is room", "[fault]") {
  const TempDir folder;
  const std::string path = folder / "db";
  const auto articles = RandomArticles(1, 200);
  REQUIRE((*Store::Open(path, Options(SyncPolicy::kOs)))->Put(articles));
  const auto catch_up = [](Rebuild& rebuild, const Rebuild::Difference& difference) -> Status {
    for (const ArticleId& id : difference.missing) {
      MAILUO_ASSIGN_OR_RETURN(auto stored, rebuild.served().Read().GetArticle(id));
      MAILUO_RETURN_IF_ERROR(rebuild.fresh().Put({&*stored, 1}).map([](const auto&) {}));
    }
    return {};
  };
  StoreOptions options = Options(SyncPolicy::kOs);
  options.rules_version = 2;
  {
    FailingDisk disk("wal.append", fault::Action::kNoSpace);
    auto rebuild = Rebuild::Start(path, options);
    REQUIRE(rebuild);
    auto difference = *(*rebuild)->Compare();
    difference.missing.resize(100);
    REQUIRE(catch_up(**rebuild, difference));
    disk.Fail();
    const Status failed = (*rebuild)->Finish([&](const auto& rest) { return catch_up(**rebuild, rest); });
    REQUIRE_FALSE(failed);
    CHECK_THAT(failed.error().message, Catch::Contains("the disk is full"));
  }
  {
    const auto old = Store::Open(path, Options(SyncPolicy::kOs));
    REQUIRE(old);
    CHECK((*old)->Read().GetTotals()->articles == 200);
  }
  auto rebuild = Rebuild::Start(path, options);
  REQUIRE(rebuild);
  CHECK((*rebuild)->fresh().Read().GetTotals()->articles >= 100);
  REQUIRE((*rebuild)->Finish([&](const auto& rest) { return catch_up(**rebuild, rest); }));
  const auto store = Store::Open(path, options);
  REQUIRE(store);
  CHECK((*store)->Read().GetTotals()->articles == 200);
  CHECK((*store)->Read().Verify()->empty());
}

}  // namespace mailuo::store
