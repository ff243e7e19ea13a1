#include "store/store.h"

#include <algorithm>
#include <thread>

#include <catch2/catch.hpp>

#include "store/must.h"
#include "store/random_articles.h"
#include "support/sample_graph.h"
#include "support/subprocess.h"

namespace mailuo::store {
namespace {

using mailuo::testing::CheckSound;
using mailuo::testing::DigestOf;
using mailuo::testing::FactOptions;
using mailuo::testing::MustOpen;
using mailuo::testing::MustPut;
using mailuo::testing::Random;
using mailuo::testing::RandomArticle;
using mailuo::testing::RandomArticles;
using mailuo::testing::SampleArticle;
using mailuo::testing::SampleDay;
using mailuo::testing::SampleEntity;
using mailuo::testing::TempDir;

StoreOptions Options() {
  StoreOptions options;
  options.sync = SyncPolicy::kOs;
  options.block_cache_bytes = std::size_t{8} << 20;
  return options;
}

std::unique_ptr<Store> MustOpen(const std::string& path) { return testing::MustOpen(path, Options()); }

// The digest of a store that was given exactly these articles.
std::string DigestOfOnly(std::span<const StoredArticle> articles) {
  const TempDir folder;
  const auto store = MustOpen(folder / "db");
  MustPut(*store, articles);
  return DigestOf(*store);
}

}  // namespace

TEST_CASE("an article is read back as it was put", "[store]") {
  const TempDir folder;
  const auto store = MustOpen(folder / "db");
  StoredArticle article = SampleArticle("2025-07-04", "标题")
                              .Sentence("[英伟达@NVDA.US]拟收购[Arm]。")
                              .Event(EventType::kAcquisition, {{"acquirer", "英伟达"}, {"target", "Arm"}},
                                     {FactStatus::kPlanned, "2025-09-01"})
                              .Relation(RelationType::kAcquires, "英伟达", "Arm")
                              .Build();
  article.article.published->minute = 615;
  article.article.source_path = "a/b.txt";
  article.annotation.dates.push_back({{0, 2},
                                      {SampleDay("2025-01-01"), std::nullopt},
                                      DatePrecision::kYear,
                                      DateRelation::kSince,
                                      DateCertainty::kApprox,
                                      DateKind::kPeriod,
                                      DateAnchor::kPrevious});
  article.annotation.events[0].values.push_back({"amount", {1, 3}, 4.9034e10, "CNY"});
  MustPut(*store, std::array{article});

  const auto read = store->Read().GetArticle(article.article.id);
  REQUIRE(read);
  REQUIRE(read->has_value());
  const StoredArticle& got = **read;
  CHECK(got.article.text == article.article.text);
  CHECK(got.article.title == "标题");
  CHECK(got.article.published == article.article.published);
  CHECK(got.article.source_path == "a/b.txt");
  REQUIRE(got.annotation.mentions.size() == 2);
  CHECK(got.annotation.mentions[0].tickers == std::vector<std::string>{"NVDA.US"});
  CHECK(got.annotation.mentions[1].entity == SampleEntity("Arm"));
  REQUIRE(got.annotation.events.size() == 1);
  CHECK(got.annotation.events[0].status == FactStatus::kPlanned);
  CHECK(got.annotation.events[0].participants[1].name == "Arm");
  CHECK(got.annotation.events[0].values[0].number == 4.9034e10);
  CHECK(got.annotation.events[0].confidence == 0.9F);
  CHECK(got.annotation.dates[0].interval == DateInterval{SampleDay("2025-01-01"), std::nullopt});
  CHECK(got.annotation.dates[0].anchor == DateAnchor::kPrevious);
  CHECK(got.annotation.relations[0].tail.entity == SampleEntity("Arm"));

  const auto meta = store->Read().GetMeta(article.article.id);
  REQUIRE(meta);
  REQUIRE(meta->has_value());
  CHECK((*meta)->text_bytes == article.article.text.size());
  CHECK((*meta)->events == 1);
  CHECK((*meta)->article.text.empty());
  CheckSound(*store);
}

TEST_CASE("putting articles again changes nothing and says so", "[store]") {
  const TempDir folder;
  const auto store = MustOpen(folder / "db");
  const auto articles = RandomArticles(1, 40);
  MustPut(*store, articles);
  const std::string before = DigestOf(*store);
  const std::uint64_t sequence = store->Read().sequence();
  const auto again = store->Put(articles);
  REQUIRE(again);
  CHECK(std::all_of(again->begin(), again->end(), [](PutOutcome outcome) { return outcome == PutOutcome::kKnown; }));
  CHECK(DigestOf(*store) == before);
  CHECK(store->Read().sequence() == sequence);

  const StoredArticle fresh = RandomArticle(900);
  const auto twice = store->Put(std::array{fresh, fresh});
  REQUIRE(twice);
  CHECK(*twice == std::vector{PutOutcome::kAdded, PutOutcome::kKnown});
  CheckSound(*store);
}

TEST_CASE("order, grouping, flushes and threads leave no trace", "[store]") {
  auto articles = RandomArticles(1, 60);
  const std::string expected = DigestOfOnly(articles);
  Random random(4);
  for (int round = 0; round < 3; ++round) {
    for (std::size_t i = articles.size(); i > 1; --i) std::swap(articles[i - 1], articles[random.Below(i)]);
    const TempDir folder;
    auto store = MustOpen(folder / "db");
    for (std::size_t i = 0; i < articles.size();) {
      const std::size_t size = std::min(articles.size() - i, 1 + random.Below(17));
      MustPut(*store, std::span(articles).subspan(i, size));
      i += size;
      if (random.OneIn(4)) {
        store.reset();
        store = MustOpen(folder / "db");
      }
      if (random.OneIn(6)) REQUIRE(store->Compact());
    }
    CHECK(DigestOf(*store) == expected);
    REQUIRE(store->Compact());
    CHECK(DigestOf(*store) == expected);
    CheckSound(*store);
  }

  const TempDir folder;
  const auto store = MustOpen(folder / "db");
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < 4; ++t) {
    // The threads put overlapping thirds: every article comes from two of them.
    threads.emplace_back([&store, &articles, t] {
      for (std::size_t i = 0; i < 30; ++i) {
        const auto put = store->Put(std::span(articles).subspan((t * 15 + i) % articles.size(), 1));
        if (!put) std::abort();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(DigestOf(*store) == expected);
  CheckSound(*store);
}

TEST_CASE("deleting leaves what never having seen the article would have left", "[store]") {
  const auto articles = RandomArticles(1, 30);
  const std::span<const StoredArticle> kept = std::span(articles).first(18);
  const std::string expected = DigestOfOnly(kept);
  const TempDir folder;
  const auto store = MustOpen(folder / "db");
  MustPut(*store, articles);
  for (const StoredArticle& article : std::span(articles).subspan(18)) {
    const auto deleted = store->Delete(article.article.id);
    REQUIRE(deleted);
    CHECK(*deleted);
  }
  CHECK(DigestOf(*store) == expected);
  REQUIRE(store->Compact());
  CHECK(DigestOf(*store) == expected);
  CheckSound(*store);
  const auto again = store->Delete(articles.back().article.id);
  REQUIRE(again);
  CHECK_FALSE(*again);
  const auto gone = store->Read().GetArticle(articles.back().article.id);
  REQUIRE(gone);
  CHECK_FALSE(gone->has_value());

  for (const StoredArticle& article : kept) REQUIRE(store->Delete(article.article.id));
  const TempDir other;
  CHECK(DigestOf(*store) == DigestOf(*MustOpen(other / "db")));
}

TEST_CASE("replacing is deleting and putting in one", "[store]") {
  const StoredArticle a = RandomArticle(1);
  const StoredArticle b = RandomArticle(2);
  const StoredArticle c = RandomArticle(3);
  const TempDir folder;
  const auto store = MustOpen(folder / "db");
  MustPut(*store, std::array{a, b});
  const auto replaced = store->Replace(a.article.id, c);
  REQUIRE(replaced);
  CHECK(*replaced);
  CHECK(DigestOf(*store) == DigestOfOnly(std::array{b, c}));

  StoredArticle b2 = b;
  b2.annotation.events.clear();
  b2.annotation.mentions[0].name += "有限公司";
  REQUIRE(store->Replace(b.article.id, b2));
  CHECK(DigestOf(*store) == DigestOfOnly(std::array{b2, c}));

  const auto unknown = store->Replace(a.article.id, a);
  REQUIRE(unknown);
  CHECK_FALSE(*unknown);
  CHECK(DigestOf(*store) == DigestOfOnly(std::array{a, b2, c}));
  CheckSound(*store);
}

TEST_CASE("reannotating changes known articles only", "[store]") {
  const TempDir folder;
  const auto store = MustOpen(folder / "db");
  const auto old_articles = RandomArticles(1, 30);
  MustPut(*store, std::span(old_articles).first(20));
  auto articles = old_articles;
  for (std::size_t i = 0; i < articles.size(); i += 2) {
    articles[i].annotation.events.clear();
    articles[i].annotation.mentions.back().name += "公司";
  }
  articles.push_back(articles.front());
  const auto known = store->Reannotate(articles);
  REQUIRE(known);
  CHECK(*known == 20);
  CHECK(DigestOf(*store) == DigestOfOnly(std::span(articles).first(20)));
  REQUIRE(store->Reannotate(old_articles));
  CHECK(DigestOf(*store) == DigestOfOnly(std::span(old_articles).first(20)));
  CheckSound(*store);
}

TEST_CASE("a reader sees one state whatever is written meanwhile", "[store]") {
  const TempDir folder;
  const auto store = MustOpen(folder / "db");
  const auto articles = RandomArticles(1, 20);
  MustPut(*store, std::span(articles).first(10));
  const Reader before = store->Read();
  const std::string digest = *before.Digest();
  MustPut(*store, std::span(articles).subspan(10));
  REQUIRE(store->Delete(articles[0].article.id));
  CHECK(*before.Digest() == digest);
  CHECK(before.GetTotals()->articles == 10);
  CHECK(store->Read().GetTotals()->articles == 19);
}

TEST_CASE("the second writer is told who holds the store", "[store]") {
  const TempDir folder;
  const auto store = MustOpen(folder / "db");
  const auto second = Store::Open(folder / "db", Options());
  REQUIRE_FALSE(second);
  CHECK(second.error().code == ErrorCode::kAlreadyExists);
  CHECK_THAT(second.error().message, Catch::Contains("process " + std::to_string(getpid())));
  CHECK_THAT(second.error().message, Catch::Contains("store_tests"));
}

TEST_CASE("a read-only store stands beside a live writer and follows it when asked", "[store]") {
  const TempDir folder;
  StoreOptions read_only = Options();
  read_only.mode = OpenMode::kReadOnly;
  const auto missing = Store::Open(folder / "db", read_only);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == ErrorCode::kNotFound);

  const auto writer = MustOpen(folder / "db");
  const auto articles = RandomArticles(1, 30);
  MustPut(*writer, std::span(articles).first(10));
  const auto reader = MustOpen(folder / "db", read_only);
  CHECK(DigestOf(*reader) == DigestOf(*writer));
  CheckSound(*reader);

  MustPut(*writer, std::span(articles).subspan(10));
  REQUIRE(writer->Compact());  // Deletes the files that the reader stands on.
  CHECK(reader->Read().GetTotals()->articles == 10);
  CHECK(DigestOf(*reader) == DigestOfOnly(std::span(articles).first(10)));
  REQUIRE(reader->Refresh());
  CHECK(DigestOf(*reader) == DigestOf(*writer));

  const auto put = reader->Put(articles);
  REQUIRE_FALSE(put);
  CHECK(put.error().code == ErrorCode::kUnsupported);
}

TEST_CASE("a folder with other things in it does not become a store", "[store]") {
  const TempDir folder;
  folder.Write("articles/a.txt", "文章");
  const auto store = Store::Open(folder / "articles", Options());
  REQUIRE_FALSE(store);
  CHECK(store.error().code == ErrorCode::kInvalidArgument);
  CHECK_THAT(store.error().message, Catch::Contains("name a new folder"));
  StoreOptions no_create = Options();
  no_create.create = false;
  const auto absent = Store::Open(folder / "none", no_create);
  REQUIRE_FALSE(absent);
  CHECK(absent.error().code == ErrorCode::kNotFound);
}

TEST_CASE("other lexicon or rules versions need a reindex", "[store]") {
  const TempDir folder;
  StoreOptions options = Options();
  options.lexicon_version = 0x11;
  options.rules_version = 0x22;
  MustOpen(folder / "db", options);
  MustOpen(folder / "db", options);
  MustOpen(folder / "db");  // Does not care.
  options.rules_version = 0x23;
  const auto other = Store::Open(folder / "db", options);
  REQUIRE_FALSE(other);
  CHECK(other.error().code == ErrorCode::kUnsupported);
  CHECK_THAT(other.error().message, Catch::Contains("mailuo reindex --db"));
  options.accept_other_versions = true;
  {
    const auto store = MustOpen(folder / "db", options);
    REQUIRE(store->SetVersions(0x11, 0x23));
    CHECK(store->Info()->rules_version == 0x23);
  }
  options.accept_other_versions = false;
  MustOpen(folder / "db", options);
}

TEST_CASE("names folded by other rules are refused to writers", "[store]") {
  const TempDir folder;
  MustOpen(folder / "db");
  StoreOptions options = Options();
  options.fold_name = [](std::string_view text) { return std::string(text); };
  const auto store = Store::Open(folder / "db", options);
  REQUIRE_FALSE(store);
  CHECK(store.error().code == ErrorCode::kUnsupported);
}

TEST_CASE("backup and restore give the same graph", "[store]") {
  const TempDir folder;
  const auto articles = RandomArticles(1, 30);
  const auto store = MustOpen(folder / "db");
  MustPut(*store, std::span(articles).first(20));
  REQUIRE(store->Backup(folder / "backup"));
  MustPut(*store, std::span(articles).subspan(20));
  REQUIRE(store->Backup(folder / "backup"));
  const std::string digest = DigestOf(*store);
  REQUIRE(store->Delete(articles[0].article.id));
  REQUIRE(Store::Restore(folder / "backup", folder / "restored"));
  const auto restored = MustOpen(folder / "restored");
  CHECK(DigestOf(*restored) == digest);
  CheckSound(*restored);
  const auto onto = Store::Restore(folder / "backup", folder / "restored");
  REQUIRE_FALSE(onto);
  CHECK(onto.error().code == ErrorCode::kAlreadyExists);
  CHECK(Store::Restore(folder / "nothing", folder / "new").error().code == ErrorCode::kNotFound);
}

TEST_CASE("articles whose annotation does not fit are refused whole", "[store]") {
  const TempDir folder;
  const auto store = MustOpen(folder / "db");
  const StoredArticle good = RandomArticle(1);
  StoredArticle bad = RandomArticle(2);
  SECTION("span") { bad.annotation.mentions[0].span.end = 100000; }
  SECTION("sentence") { bad.annotation.events[0].sentence = 99; }
  SECTION("mention index") { bad.annotation.relations[0].tail.mention = 77; }
  SECTION("day") { bad.annotation.events[0].time.interval.from = Date{9999999}; }
  SECTION("type") { bad.annotation.mentions[0].type = static_cast<MentionType>(77); }
  SECTION("id") { bad.article.id = {}; }
  const auto put = store->Put(std::array{good, bad});
  REQUIRE_FALSE(put);
  CHECK(put.error().code == ErrorCode::kInvalidArgument);
  CHECK(store->Read().GetTotals()->articles == 0);
}

TEST_CASE("info names the format, the versions and the bytes of each space", "[store]") {
  const TempDir folder;
  const auto store = MustOpen(folder / "db");
  MustPut(*store, RandomArticles(1, 50));
  REQUIRE(store->Compact());
  const auto info = store->Info();
  REQUIRE(info);
  CHECK(info->format_version == 4);
  CHECK(info->disk_bytes > 1000);
  CHECK(info->sequence == store->Read().sequence());
  REQUIRE(info->spaces.size() == 15);
  CHECK(info->spaces[0].name == "article");
  CHECK(info->spaces[0].bytes > 0);
}

}  // namespace mailuo::store
