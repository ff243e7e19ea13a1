// A graph made anew beside the served one: what users of the store notice is one switch, and nothing lost.
#include <filesystem>

#include <catch2/catch.hpp>

#include "store/engine.h"
#include "store/generation.h"
#include "store/keys.h"
#include "store/meta.h"
#include "store/random_articles.h"
#include "store/rebuild.h"
#include "store/store.h"
#include "store/store_parts.h"
#include "support/subprocess.h"

namespace mailuo::store {
namespace {

using mailuo::testing::RandomArticle;
using mailuo::testing::RandomArticles;
using mailuo::testing::TempDir;

StoreOptions Made(std::uint64_t version) {
  StoreOptions options;
  options.sync = SyncPolicy::kOs;
  options.lexicon_version = version;
  options.rules_version = version;
  return options;
}

std::unique_ptr<Store> MustOpen(const std::string& path, const StoreOptions& options) {
  auto store = Store::Open(path, options);
  if (!store) FAIL(store.error().message);
  return *std::move(store);
}

std::unique_ptr<Rebuild> MustStart(const std::string& path, std::uint64_t version) {
  auto rebuild = Rebuild::Start(path, Made(version));
  if (!rebuild) FAIL(rebuild.error().message);
  return *std::move(rebuild);
}

// What the new rules make of an article.
StoredArticle Anew(StoredArticle stored) {
  stored.annotation.events.clear();
  for (Mention& mention : stored.annotation.mentions) mention.name += "公司";
  return stored;
}
std::vector<StoredArticle> Anew(std::vector<StoredArticle> articles) {
  for (StoredArticle& article : articles) article = Anew(std::move(article));
  return articles;
}

Status CatchUp(Rebuild& rebuild, const Rebuild::Difference& difference) {
  for (const ArticleId& id : difference.extra) MAILUO_RETURN_IF_ERROR(rebuild.fresh().Delete(id).map([](bool) {}));
  std::vector<StoredArticle> group;
  for (const ArticleId& id : difference.missing) {
    MAILUO_ASSIGN_OR_RETURN(auto stored, rebuild.served().Read().GetArticle(id));
    REQUIRE(stored);
    group.push_back(Anew(*std::move(stored)));
  }
  return rebuild.fresh().Put(group).map([](const auto&) {});
}

Status Finish(Rebuild& rebuild) {
  return rebuild.Finish([&rebuild](const Rebuild::Difference& difference) { return CatchUp(rebuild, difference); });
}

std::string DigestOf(const Store& store) { return *store.Read().Digest(); }

std::string DigestOfOnly(const std::vector<StoredArticle>& articles) {
  const TempDir folder;
  const auto store = MustOpen(folder / "db", Made(1));
  REQUIRE(store->Put(articles));
  return DigestOf(*store);
}

void CheckSound(const Store& store) {
  const auto problems = store.Read().Verify();
  REQUIRE(problems);
  CAPTURE(*problems);
  CHECK(problems->empty());
}

}  // namespace

TEST_CASE("a store of an older format is refused, and made anew from its articles", "[rebuild]") {
  const TempDir folder;
  const std::string path = folder / "db";
  const auto articles = RandomArticles(5, 30);
  const auto set_format = [&path](std::uint32_t format) {
    const auto store = MustOpen(path, Made(1));
    REQUIRE(store->Put(RandomArticles(5, 30)));
    const auto engine = internal::EngineOf(*store);
    StoreVersions versions = *ReadVersions(*engine->View());
    versions.format = format;
    REQUIRE(WriteVersions(*engine, versions));
  };
  StoreOptions reading = Made(0);
  reading.mode = OpenMode::kReadOnly;
  set_format(kFormatVersion - 1);
  for (const StoreOptions& options : {reading, Made(1)}) {
    const auto refused = Store::Open(path, options);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::kUnsupported);
    CHECK(refused.error().message.find("mailuo reindex --db " + path) != std::string::npos);
  }
  const auto rebuild = MustStart(path, 1);
  REQUIRE(CatchUp(*rebuild, *rebuild->Compare()));
  REQUIRE(Finish(*rebuild));
  const auto store = MustOpen(path, reading);
  CHECK(DigestOf(*store) == DigestOfOnly(Anew(articles)));
  CHECK(store->Info()->format_version == kFormatVersion);
}

TEST_CASE("a store of a format that nobody reads any more, or not yet, says what to do", "[rebuild]") {
  for (const std::uint32_t format : {kOldestFormatToRebuild - 1, kFormatVersion + 1}) {
    const TempDir folder;
    {
      const auto store = MustOpen(folder / "db", Made(1));
      const auto engine = internal::EngineOf(*store);
      StoreVersions versions = *ReadVersions(*engine->View());
      versions.format = format;
      REQUIRE(WriteVersions(*engine, versions));
    }
    const auto rebuild = Rebuild::Start(folder / "db", Made(1));
    REQUIRE_FALSE(rebuild);
    CHECK(rebuild.error().code == ErrorCode::kUnsupported);
    CHECK(rebuild.error().message.find(format > kFormatVersion ? "made by a newer mailuo" : "mailuo ingest PATH") !=
          std::string::npos);
  }
}

TEST_CASE("the old graph is served until the new one is whole", "[rebuild]") {
  const TempDir folder;
  const std::string path = folder / "db";
  const auto articles = RandomArticles(1, 60);
  REQUIRE(MustOpen(path, Made(1))->Put(articles));
  const std::string old_digest = DigestOfOnly(articles);
  const auto rebuild = MustStart(path, 2);
  StoreOptions reading = Made(0);
  reading.mode = OpenMode::kReadOnly;
  const auto reader = MustOpen(path, reading);
  const std::uint64_t old_sequence = reader->Read().sequence();
  REQUIRE(CatchUp(*rebuild, *rebuild->Compare()));
  CHECK(DigestOf(*MustOpen(path, reading)) == old_digest);
  REQUIRE(Finish(*rebuild));
  CHECK(DigestOf(*reader) == old_digest);  // Its files are gone, and still it reads its state to the end.
  REQUIRE(reader->Refresh());
  CHECK(DigestOf(*reader) == DigestOfOnly(Anew(articles)));
  CHECK(reader->Read().sequence() > old_sequence);
  // The space of the old one is free, and only the new rules may write.
  CHECK_FALSE(std::filesystem::exists(path + "/CURRENT"));
  CHECK(Store::Open(path, Made(1)).error().code == ErrorCode::kUnsupported);
  const auto writer = MustOpen(path, Made(2));
  CheckSound(*writer);
  CHECK(writer->Info()->lexicon_version == 2);
  REQUIRE(writer->Put(Anew(RandomArticles(100, 5))));
  CheckSound(*writer);
}

TEST_CASE("changes that come in while the graph is made anew are in it", "[rebuild]") {
  const TempDir folder;
  const std::string path = folder / "db";
  const auto articles = RandomArticles(1, 60);
  const auto writer = MustOpen(path, Made(1));
  REQUIRE(writer->Put(articles));
  REQUIRE(internal::EngineOf(*writer)->Write(std::vector<EngineChange>{{Table::kMeta, ChangeKind::kPut, "X1", "early"}},
                                             false));
  const auto rebuild = MustStart(path, 2);
  REQUIRE(CatchUp(*rebuild, *rebuild->Compare()));
  REQUIRE(writer->Put(RandomArticles(200, 10)));
  REQUIRE(writer->Delete(articles[3].article.id));
  // The same article with another guess of its day: no new id, another place in the list.
  StoredArticle moved = articles[5];
  moved.article.published_from = PublishedFrom::kMtime;
  moved.article.published = PublishedTime{*MakeDate(2024, 2, 29)};
  REQUIRE(writer->Replace(moved.article.id, moved));
  REQUIRE(internal::EngineOf(*writer)->Write(std::vector<EngineChange>{{Table::kMeta, ChangeKind::kPut, "X2", "late"}},
                                             false));
  REQUIRE(Finish(*rebuild));

  std::vector<StoredArticle> expected;
  for (std::size_t i = 0; i < articles.size(); ++i) {
    if (i != 3) expected.push_back(Anew(i == 5 ? moved : articles[i]));
  }
  for (const StoredArticle& article : RandomArticles(200, 10)) expected.push_back(Anew(article));
  // The writer has moved on to it: it answers from it, and deletes in it; what it would annotate is out of date.
  CHECK(DigestOf(*writer) == DigestOfOnly(expected));
  const auto view = internal::EngineOf(*writer)->View();
  CHECK(*view->Get(Table::kMeta, "X1") == "early");
  CHECK(*view->Get(Table::kMeta, "X2") == "late");
  const auto put = writer->Put(RandomArticles(300, 1));
  REQUIRE_FALSE(put);
  CHECK(put.error().code == ErrorCode::kUnsupported);
  CHECK_THAT(put.error().message, Catch::Contains("start this program again"));
  CHECK(*writer->Delete(expected.back().article.id));
  expected.pop_back();
  CHECK(DigestOf(*writer) == DigestOfOnly(expected));
  CheckSound(*writer);
}

TEST_CASE("a writer of the same versions goes on writing to the new graph", "[rebuild]") {
  const TempDir folder;
  const std::string path = folder / "db";
  const auto writer = MustOpen(path, Made(7));
  REQUIRE(writer->Put(RandomArticles(1, 20)));
  const auto rebuild = MustStart(path, 7);
  REQUIRE(Finish(*rebuild));
  REQUIRE(writer->Put(RandomArticles(50, 20)));
  auto expected = Anew(RandomArticles(1, 20));
  for (auto& article : RandomArticles(50, 20)) expected.push_back(article);
  CHECK(DigestOf(*writer) == DigestOfOnly(expected));
  // It has the lock of the new one: nobody else writes there.
  CHECK_THAT(Store::Open(path, Made(7)).error().message, Catch::Contains("is open for writing by process"));
}

TEST_CASE("a rebuild that was cut short goes on where it was, one by other rules starts over", "[rebuild]") {
  const TempDir folder;
  const std::string path = folder / "db";
  const auto articles = RandomArticles(1, 40);
  REQUIRE(MustOpen(path, Made(1))->Put(articles));
  {
    const auto rebuild = MustStart(path, 2);
    auto difference = *rebuild->Compare();
    CHECK(difference.missing.size() == 40);
    difference.missing.resize(25);
    REQUIRE(CatchUp(*rebuild, difference));
  }
  REQUIRE(MustOpen(path, Made(1))->Delete(articles[0].article.id));
  {
    const auto rebuild = MustStart(path, 2);
    CHECK(rebuild->fresh().Read().GetTotals()->articles == 25);
    const auto second = Rebuild::Start(path, Made(2));
    REQUIRE_FALSE(second);
    CHECK_THAT(second.error().message, Catch::Contains("is being reindexed already"));
  }
  const auto rebuild = MustStart(path, 3);
  CHECK(rebuild->fresh().Read().GetTotals()->articles == 0);
  REQUIRE(Finish(*rebuild));
  const auto store = MustOpen(path, Made(3));
  CHECK(DigestOf(*store) == DigestOfOnly(Anew({articles.begin() + 1, articles.end()})));
  CheckSound(*store);
}

TEST_CASE("what GENERATION says is checked", "[rebuild][damage]") {
  const TempDir folder;
  const std::string path = folder / "db";
  REQUIRE(MustOpen(path, Made(1))->Put(RandomArticles(1, 5)));
  REQUIRE(Finish(*MustStart(path, 2)));
  REQUIRE(Finish(*MustStart(path, 3)));
  CHECK(ServedGeneration(path)->number == 2);
  CHECK_FALSE(std::filesystem::exists(path + "/generation-1"));
  for (const char* text : {"", "1", "2 0000000000000000\n", "nonsense"}) {
    folder.Write("db/GENERATION", text);
    const auto store = Store::Open(path, Made(3));
    REQUIRE_FALSE(store);
    CHECK(store.error().code == ErrorCode::kCorruption);
  }
}

}  // namespace mailuo::store
