// Repair: what can be read is kept, what cannot is named, and the store is sound again.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <catch2/catch.hpp>

#include "store/must.h"
#include "store/random_articles.h"
#include "store/repair.h"
#include "store/store.h"
#include "support/subprocess.h"

namespace mailuo::store {
namespace {

namespace fs = std::filesystem;

using mailuo::testing::Random;
using mailuo::testing::RandomArticles;
using mailuo::testing::TempDir;

StoreOptions Options() {
  StoreOptions options;
  options.sync = SyncPolicy::kOs;
  options.lexicon_version = 5;
  options.rules_version = 6;
  return options;
}

std::unique_ptr<Store> MustOpen(const std::string& path) { return testing::MustOpen(path, Options()); }

RepairReport MustRepair(const std::string& path, RepairMode mode) {
  auto report = Repair(path, Options(), mode);
  if (!report) FAIL(report.error().message);
  return *std::move(report);
}

std::vector<std::string> FilesOf(const std::string& path, const std::string& extension) {
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(path)) {
    if (entry.path().extension() == extension) files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

void Damage(const std::string& path, std::size_t at, std::size_t bytes) {
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  file.seekp(static_cast<std::streamoff>(at));
  for (std::size_t i = 0; i < bytes; ++i) file.put('\x55');
}

// After repair: exactly the articles that are not lost, nothing else, and sound.
void CheckRepaired(const std::string& path, const std::vector<StoredArticle>& articles, const RepairReport& report) {
  std::vector<StoredArticle> rest;
  for (const StoredArticle& stored : articles) {
    const bool lost = std::any_of(report.lost.begin(), report.lost.end(),
                                  [&](const LostArticle& one) { return one.id == stored.article.id; });
    if (!lost) rest.push_back(stored);
  }
  CHECK(report.kept == rest.size());
  const auto store = MustOpen(path);
  const auto problems = store->Read().Verify();
  REQUIRE(problems);
  CHECK(problems->empty());
  const TempDir other;
  const auto fresh = MustOpen(other / "db");
  REQUIRE(fresh->Put(rest));
  CHECK(*store->Read().Digest() == *fresh->Read().Digest());
  REQUIRE(store->Put(articles));  // And it takes new ones.
  CHECK(store->Read().GetTotals()->articles == articles.size());
}

}  // namespace

TEST_CASE("a sound store is left alone", "[repair]") {
  const TempDir folder;
  REQUIRE(MustOpen(folder / "db")->Put(RandomArticles(1, 10)));
  const RepairReport report = MustRepair(folder / "db", RepairMode::kApply);
  CHECK(report.damage.empty());
  CHECK_FALSE(report.applied);
  CHECK(Repair(folder / "none", Options(), RepairMode::kLook).error().code == ErrorCode::kNotFound);
}

TEST_CASE("damaged blocks cost the articles in them and no others", "[repair]") {
  const TempDir folder;
  const std::string path = folder / "db";
  const auto articles = RandomArticles(1, 300);
  {
    const auto store = MustOpen(path);
    REQUIRE(store->Put(articles));
    REQUIRE(store->Compact());
  }
  // The largest table is that of the articles or of the graph: each has many blocks.
  for (const std::string& file : FilesOf(path, ".sst")) {
    if (fs::file_size(file) > 60000) Damage(file, 20000, 400);
  }
  const RepairReport look = MustRepair(path, RepairMode::kLook);
  CHECK_FALSE(look.damage.empty());
  CHECK_FALSE(look.applied);
  CHECK(look.kept > 200);
  const RepairReport report = MustRepair(path, RepairMode::kApply);
  CHECK(report.applied);
  CHECK(report.kept == look.kept);
  CHECK_FALSE(report.versions_lost);
  CHECK(FilesOf(report.old_files, ".sst").size() >= 2);
  CheckRepaired(path, articles, report);
}

TEST_CASE("a store without CURRENT, manifest or GENERATION is put together again", "[repair]") {
  const TempDir folder;
  const std::string path = folder / "db";
  const auto articles = RandomArticles(1, 60);
  REQUIRE(MustOpen(path)->Put(std::span(articles).first(40)));
  REQUIRE(MustOpen(path)->Put(std::span(articles).subspan(40)));
  std::string gone = "CURRENT";
  SECTION("CURRENT is gone") { fs::remove(path + "/CURRENT"); }
  SECTION("CURRENT is empty") { fs::resize_file(path + "/CURRENT", 0); }
  SECTION("the manifest is gone") {
    for (const auto& entry : fs::directory_iterator(path)) {
      if (entry.path().filename().string().rfind("MANIFEST", 0) == 0) fs::remove(entry.path());
    }
  }
  SECTION("repaired once, and GENERATION is gone") {
    fs::remove(path + "/CURRENT");
    CHECK(MustRepair(path, RepairMode::kApply).applied);
    fs::remove(path + "/GENERATION");
  }
  const auto opened = Store::Open(path, Options());
  REQUIRE_FALSE(opened);
  const RepairReport report = MustRepair(path, RepairMode::kApply);
  CHECK(report.applied);
  CHECK(report.lost.empty());
  CheckRepaired(path, articles, report);
}

TEST_CASE("a log with a damaged middle gives back what is before and after it", "[repair]") {
  const TempDir folder;
  const std::string path = folder / "db";
  const auto articles = RandomArticles(1, 60);
  {
    const auto store = MustOpen(folder / "live");
    for (std::size_t i = 0; i < articles.size(); ++i) REQUIRE(store->Put(std::span(articles).subspan(i, 1)));
    fs::copy(folder / "live", path, fs::copy_options::recursive);  // As a killed process would leave it.
  }
  const auto logs = FilesOf(path, ".log");
  REQUIRE(logs.size() == 1);
  Damage(logs[0], fs::file_size(logs[0]) / 2, 20);
  CHECK(Store::Open(path, Options()).error().code == ErrorCode::kCorruption);
  RepairReport report = MustRepair(path, RepairMode::kApply);
  CHECK(report.applied);
  CHECK(report.kept >= 20);
  CHECK(report.kept < 60);
  const auto store = MustOpen(path);
  CHECK(store->Read().Verify()->empty());
  CHECK(store->Read().GetTotals()->articles == report.kept);
}

}  // namespace mailuo::store
