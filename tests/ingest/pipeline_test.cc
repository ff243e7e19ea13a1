#include "ingest/pipeline.h"

#include <catch2/catch.hpp>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "ingest/read_support.h"
#include "lexicon/lexicon.h"
#include "store/store.h"
#include "support/subprocess.h"

namespace mailuo::ingest {
namespace {

using testing::TempDir;

std::shared_ptr<const extract::Knowledge> TheKnowledge() {
  static const auto kKnowledge = extract::Knowledge::Create(lexicon::Lexicon::BuiltIn()).value();
  return kKnowledge;
}

std::unique_ptr<store::Store> OpenStore(const TempDir& dir, std::string_view name = "db") {
  store::StoreOptions options;
  options.sync = store::SyncPolicy::kOs;
  return store::Store::Open(dir / name, options).value();
}

IngestOptions PipelineOptions(std::size_t threads = 2) {
  IngestOptions options;
  options.threads = threads;
  options.reader = TestOptions();
  return options;
}

void WriteArticles(const TempDir& dir) {
  std::string lines;
  for (int i = 0; i < 300; ++i) {
    lines += R"({"id":")" + std::to_string(i) + R"(","title":"英伟达第)" + std::to_string(i) +
             R"(次合作","text":"2025年7月)" + std::to_string(1 + i % 28) + R"(日，英伟达（NVDA.US）与华为签署第)" +
             std::to_string(i) + R"(份合作协议，金额)" + std::to_string(i + 1) +
             R"(亿元。","published":"2025-07-30"})" + "\n";
  }
  dir.Write("in/a.jsonl", lines);
  dir.Write("in/b.jsonl", lines.substr(0, lines.find('\n', 3000) + 1) + "{broken\n");
  dir.Write("in/c.txt", "宁德时代（300750.SZ）2025年7月5日公告，拟以10亿元回购股份。\n");
  dir.Write("in/d.txt", "%PDF-1.4");
  dir.Write("in/e.json", R"({"text":"比亚迪公告称，7月销量增长。","date":"2025-02-30"})");
}

TEST_CASE("A folder becomes a graph, whatever the number of threads and the size of batches", "[ingest][pipeline]") {
  const TempDir dir;
  WriteArticles(dir);
  std::set<std::string> digests;
  std::set<std::vector<std::string>> skipped;
  for (const auto& [threads, batch] : {std::pair<std::size_t, std::size_t>{1, 1}, {1, 256}, {4, 7}, {3, 1000}}) {
    const auto store = OpenStore(dir, "db" + std::to_string(threads) + "_" + std::to_string(batch));
    IngestOptions options = PipelineOptions(threads);
    options.batch_articles = batch;
    const auto report = IngestPaths({dir / "in"}, *store, TheKnowledge(), options);
    REQUIRE(report);
    const IngestCounters& counters = report->counters;
    CHECK(counters.files == 5);
    CHECK(counters.created == 302);
    CHECK(counters.known > 5);
    CHECK(counters.read == counters.created + counters.known);
    CHECK(counters.skipped == 2);
    CHECK(counters.warnings == 1);
    CHECK(counters.mentions > 300);
    CHECK_FALSE(report->stopped);
    std::vector<std::string> places;
    for (const SkippedInput& input : report->skipped) places.push_back(input.place + " " + input.reason);
    skipped.insert(places);
    digests.insert(store->Read().Digest().value());
  }
  CHECK(digests.size() == 1);
  CHECK(skipped.size() == 1);
}

TEST_CASE("Articles that are extracted together say what each says alone", "[ingest][pipeline]") {
  const TempDir dir;
  WriteArticles(dir);
  const std::vector<std::string> paths{dir / "in", std::string(MAILUO_SOURCE_DIR) + "/corpus/samples"};
  const auto together = OpenStore(dir, "together");
  const auto alone = OpenStore(dir, "alone");
  REQUIRE(IngestPaths(paths, *together, TheKnowledge(), PipelineOptions()));
  extract::Annotator annotator(TheKnowledge());
  for (const std::string& path : paths) {
    const Status read = ReadArticles(path, TestOptions(), [&](ReadOutcome&& outcome) {
      if (outcome.article) CHECK(IngestArticles({*outcome.article}, *alone, annotator));
      return true;
    });
    REQUIRE(read);
  }
  CHECK(together->Read().Digest().value() == alone->Read().Digest().value());
}

TEST_CASE("A second run finds every article known", "[ingest][pipeline]") {
  const TempDir dir;
  WriteArticles(dir);
  const auto store = OpenStore(dir);
  const auto first = IngestPaths({dir / "in"}, *store, TheKnowledge(), PipelineOptions());
  const auto second = IngestPaths({dir / "in"}, *store, TheKnowledge(), PipelineOptions());
  REQUIRE(first);
  REQUIRE(second);
  CHECK(second->counters.created == 0);
  CHECK(second->counters.known == first->counters.read);
}

TEST_CASE("Events tell what happens, skipped inputs in reading order", "[ingest][pipeline]") {
  const TempDir dir;
  WriteArticles(dir);
  const auto store = OpenStore(dir);
  IngestOptions options = PipelineOptions();
  options.progress_ms = 0;
  std::vector<std::string> events;
  options.on_event = [&events](const IngestEvent& event) {
    if (event.kind != IngestEventKind::kProgress) {
      events.push_back(std::string(Word(event.kind)) + " " + event.reason.substr(0, 8));
    }
  };
  REQUIRE(IngestPaths({dir / "in"}, *store, TheKnowledge(), options));
  CHECK(events ==
        std::vector<std::string>{"started ", "skipped not JSON", "skipped not a te", "warning publishe", "finished "});
}

TEST_CASE("A path that is not there is an error alone and skipped among others", "[ingest][pipeline]") {
  const TempDir dir;
  WriteArticles(dir);
  const auto store = OpenStore(dir);
  const auto alone = IngestPaths({dir / "absent"}, *store, TheKnowledge(), PipelineOptions());
  REQUIRE_FALSE(alone);
  CHECK(alone.error().code == ErrorCode::kNotFound);
  const auto both = IngestPaths({dir / "absent", dir / "in/c.txt"}, *store, TheKnowledge(), PipelineOptions());
  REQUIRE(both);
  CHECK(both->counters.created == 1);
  CHECK(both->skipped.at(0).code == ErrorCode::kNotFound);
}

TEST_CASE("A run stops between articles when it is asked to", "[ingest][pipeline]") {
  const TempDir dir;
  WriteArticles(dir);
  const auto store = OpenStore(dir);
  IngestOptions options = PipelineOptions();
  int asked = 0;
  options.stop = [&asked] { return ++asked > 10; };
  const auto report = IngestPaths({dir / "in"}, *store, TheKnowledge(), options);
  REQUIRE(report);
  CHECK(report->stopped);
  CHECK(report->counters.created == 10);
}

TEST_CASE("Articles over HTTP are the same articles", "[ingest][pipeline]") {
  const TempDir dir;
  const auto store = OpenStore(dir);
  extract::Annotator annotator(TheKnowledge());
  const std::string json = R"({"title":"标题","text":"英伟达与华为签署合作协议。","published":"2025-07-05"})";
  const Article article = ReadJsonArticle(json, TestOptions()).article.value();
  const auto first = IngestArticles({article, article}, *store, annotator);
  REQUIRE(first);
  CHECK(first->at(0).verdict == IngestVerdict::kCreated);
  CHECK(first->at(1).verdict == IngestVerdict::kKnown);
  const auto report = IngestPaths({dir.Write("a.jsonl", json)}, *store, TheKnowledge(), PipelineOptions());
  REQUIRE(report);
  CHECK(report->counters.known == 1);
  CHECK(IngestArticles({article}, *store, annotator)->at(0).verdict == IngestVerdict::kKnown);
}

}  // namespace
}  // namespace mailuo::ingest
