// Damage on disk is an error that names the place, never a crash. The damage is done with RocksDB itself, behind the
// store's back.
#include <filesystem>
#include <memory>

#include <rocksdb/db.h>
#include <rocksdb/merge_operator.h>
#include <catch2/catch.hpp>

#include "store/keys.h"
#include "store/random_articles.h"
#include "store/store.h"
#include "store/sums.h"
#include "support/subprocess.h"

namespace mailuo::store {
namespace {

using mailuo::testing::Random;
using mailuo::testing::RandomArticles;
using mailuo::testing::TempDir;

// Under the name that the store's files ask for.
class SumTallies : public rocksdb::MergeOperator {
 public:
  bool FullMergeV2(const MergeOperationInput& input, MergeOperationOutput* output) const override {
    std::vector<std::string_view> parts;
    if (input.existing_value != nullptr) parts.emplace_back(input.existing_value->data(), input.existing_value->size());
    for (const auto& operand : input.operand_list) parts.emplace_back(operand.data(), operand.size());
    output->new_value = AddSums(parts).value_or("");
    return true;
  }
  const char* Name() const override { return "mailuo.tally.1"; }
};

// The raw database of a closed store.
class Raw {
 public:
  explicit Raw(const std::string& path) : path_(path) {
    rocksdb::ColumnFamilyOptions graph;
    graph.merge_operator = std::make_shared<SumTallies>();
    rocksdb::DB* db = nullptr;
    const auto status = rocksdb::DB::Open(rocksdb::DBOptions(), path,
                                          {{"default", graph}, {"article", {}}, {"graph", graph}}, &families_, &db);
    if (!status.ok()) FAIL(status.ToString());
    db_.reset(db);
  }
  ~Raw() {
    for (auto* family : families_) db_->DestroyColumnFamilyHandle(family);
    db_.reset();
    // Or opening says that somebody else has written to it.
    std::filesystem::remove(path_ + "/ACKNOWLEDGED");
  }
  Raw(const Raw&) = delete;
  Raw& operator=(const Raw&) = delete;

  void Put(std::size_t family, const std::string& key, const std::string& value) {
    REQUIRE(db_->Put({}, families_[family], key, value).ok());
  }
  void Delete(std::size_t family, const std::string& key) { REQUIRE(db_->Delete({}, families_[family], key).ok()); }
  // Every key and value that begins with the prefix.
  std::vector<std::pair<std::string, std::string>> All(std::size_t family, const std::string& prefix) {
    std::vector<std::pair<std::string, std::string>> all;
    const std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator({}, families_[family]));
    for (it->Seek(prefix); it->Valid() && it->key().starts_with(prefix); it->Next()) {
      all.emplace_back(it->key().ToString(), it->value().ToString());
    }
    return all;
  }

 private:
  std::string path_;
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> families_;
};

std::unique_ptr<Store> MustOpen(const std::string& path) {
  StoreOptions options;
  options.sync = SyncPolicy::kOs;
  auto store = Store::Open(path, options);
  if (!store) FAIL(store.error().message);
  return *std::move(store);
}

constexpr std::size_t kMeta = 0;
constexpr std::size_t kArticleFamily = 1;
constexpr std::size_t kGraph = 2;

// Asks everything; errors are welcome, crashes are not. Returns how many questions failed.
std::size_t AskEverything(const Reader& reader, const std::vector<StoredArticle>& articles) {
  std::size_t failed = 0;
  const auto note = [&failed](const auto& result) {
    if (result) return;
    CHECK(result.error().code == ErrorCode::kCorruption);
    ++failed;
  };
  for (const StoredArticle& stored : articles) {
    note(reader.GetArticle(stored.article.id));
    note(reader.GetMeta(stored.article.id));
    for (const Mention& mention : stored.annotation.mentions) {
      note(reader.Entity(mention.entity));
      note(reader.Mentions(mention.entity, {}, "", 100));
      note(reader.Cooccurring(mention.entity, {MakeDate(2025, 3, 9), MakeDate(2025, 9, 9)}, 10));
      for (const Order order : {Order::kNewestFirst, Order::kOldestFirst}) {
        EventFilter filter;
        filter.order = order;
        note(reader.TimelineGroups(mention.entity, filter, "", 100, 5));
        filter.field = TimeField::kPublished;
        note(reader.Timeline(mention.entity, filter, "", 100));
      }
      note(reader.Edges(mention.entity, {}, 100));
    }
    for (const Relation& relation : stored.annotation.relations) {
      const EdgeId edge{relation.head.entity, relation.type, relation.tail.entity};
      note(reader.BestEvidence(edge));
      note(reader.Evidence(edge, "", 100));
    }
  }
  note(reader.Articles({}, Order::kNewestFirst, "", 1000));
  note(reader.Events({}, "", 1000));
  note(reader.FindPrefix("", 1000));
  note(reader.GetTotals());
  note(reader.CountDistinct());
  note(reader.Digest());
  return failed;
}

}  // namespace

TEST_CASE("damaged values are errors that verify names", "[damage]") {
  const auto articles = RandomArticles(1, 6);
  Random random(3);
  for (int round = 0; round < 60; ++round) {
    const TempDir folder;
    REQUIRE(MustOpen(folder / "db")->Put(articles));
    {
      Raw raw(folder / "db");
      auto records = raw.All(random.OneIn(4) ? kArticleFamily : kGraph, "");
      auto& [key, value] = records[random.Below(records.size())];
      const std::size_t family = key.size() == 16 ? kArticleFamily : kGraph;
      switch (random.Below(4)) {
        case 0: value.resize(random.Below(value.size())); break;
        case 1: value[random.Below(value.size())] ^= static_cast<char>(1U << random.Below(8)); break;
        case 2: value += static_cast<char>(random.Below(256)); break;
        default:
          for (char& c : value) c = static_cast<char>(random.Below(256));
      }
      raw.Put(family, key, value);
    }
    const auto store = MustOpen(folder / "db");
    AskEverything(store->Read(), articles);
    const auto problems = store->Read().Verify();
    if (problems) {
      CHECK_FALSE(problems->empty());
    } else {
      CHECK(problems.error().code == ErrorCode::kCorruption);
    }
  }
}

TEST_CASE("verify names what is missing, left over or miscounted", "[damage]") {
  const auto articles = RandomArticles(1, 8);
  const TempDir folder;
  REQUIRE(MustOpen(folder / "db")->Put(articles));
  std::string expected;
  {
    Raw raw(folder / "db");
    SECTION("a posting is gone") {
      raw.Delete(kGraph, raw.All(kGraph, "T")[3].first);
      expected = "is missing; article ar_";
    }
    SECTION("an edge has lost its other end") {
      raw.Delete(kGraph, raw.All(kGraph, "S")[2].first);
      expected = "edge key 53";
    }
    SECTION("an article is gone, its postings are not") {
      raw.Delete(kArticleFamily, raw.All(kArticleFamily, "")[0].first);
      expected = "belongs to no article";
    }
    SECTION("a count is wrong") {
      const auto [key, value] = raw.All(kGraph, "O")[0];
      const std::vector<std::string_view> twice{value, value};
      raw.Put(kGraph, key, *AddTallies(twice));
      expected = "does not count what the articles hold";
    }
    SECTION("an article is another's") {
      const auto all = raw.All(kArticleFamily, "");
      raw.Put(kArticleFamily, all[0].first, all[1].second);
      expected = "does not fit it";
    }
  }
  const auto store = MustOpen(folder / "db");
  const auto problems = store->Read().Verify();
  REQUIRE(problems);
  CAPTURE(*problems, expected);
  CHECK(std::any_of(problems->begin(), problems->end(),
                    [&](const std::string& line) { return line.find(expected) != std::string::npos; }));
}

TEST_CASE("an article whose reverse record does not fit it is not deleted by half", "[damage]") {
  const auto articles = RandomArticles(1, 2);
  const TempDir folder;
  REQUIRE(MustOpen(folder / "db")->Put(articles));
  {
    Raw raw(folder / "db");
    const auto all = raw.All(kArticleFamily, "");
    raw.Put(kArticleFamily, all[0].first, all[1].second);
  }
  const auto store = MustOpen(folder / "db");
  const std::uint64_t before = store->Read().sequence();
  std::size_t refused = 0;
  for (const StoredArticle& stored : articles) {
    const auto deleted = store->Delete(stored.article.id);
    if (deleted) continue;
    CHECK(deleted.error().code == ErrorCode::kCorruption);
    CHECK(store->Read().sequence() == before);
    ++refused;
    break;
  }
  CHECK(refused <= 1);
}

TEST_CASE("another format is refused with what to do", "[damage]") {
  const TempDir folder;
  REQUIRE(MustOpen(folder / "db")->Put(RandomArticles(1, 1)));
  Raw(folder / "db").Put(kMeta, "format", "63");
  auto newer = Store::Open(folder / "db", {});
  REQUIRE_FALSE(newer);
  CHECK(newer.error().code == ErrorCode::kUnsupported);
  CHECK_THAT(newer.error().message, Catch::Contains("store format 99, made by a newer mailuo"));
  Raw(folder / "db").Put(kMeta, "format", "zz");
  CHECK(Store::Open(folder / "db", {}).error().code == ErrorCode::kCorruption);
}

}  // namespace mailuo::store
