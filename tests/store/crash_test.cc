// A writer is killed at some instant, again and again. After each time: nothing that was acknowledged is lost, no
// article is there by half, and the graph is that of the articles which are there.
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <map>
#include <thread>

#include <catch2/catch.hpp>

#include "store/random_articles.h"
#include "store/store.h"
#include "support/subprocess.h"

namespace mailuo::store {
namespace {

using mailuo::testing::Random;
using mailuo::testing::RandomArticle;
using mailuo::testing::TempDir;

constexpr const char* kChildFolder = "MAILUO_TEST_CRASH_FOLDER";
constexpr const char* kChildSeed = "MAILUO_TEST_CRASH_SEED";
constexpr std::uint64_t kArticles = 400;

std::unique_ptr<Store> OpenSmall(const std::string& path) {
  StoreOptions options;
  options.sync = SyncPolicy::kOs;
  options.write_buffer_bytes = std::size_t{96} << 10;  // Flushes and compactions all the time.
  auto store = Store::Open(path, options);
  if (!store) FAIL(store.error().message);
  return *std::move(store);
}

// One line for what was acknowledged: "+ 17" or "- 17". A single write: the line is there whole or not at all.
void Acknowledge(int file, char what, std::uint64_t seed) {
  const std::string line = std::string(1, what) + " " + std::to_string(seed) + "\n";
  if (write(file, line.data(), line.size()) != static_cast<ssize_t>(line.size())) std::abort();
}

pid_t StartWriter(const std::string& folder, int round) {
  const pid_t pid = fork();
  if (pid != 0) return pid;
  setenv(kChildFolder, folder.c_str(), 1);
  setenv(kChildSeed, std::to_string(round).c_str(), 1);
  execl("/proc/self/exe", "store_tests", "[.crash-writer]", static_cast<char*>(nullptr));
  _exit(127);
}

// seed -> was its last acknowledged change a put?
std::map<std::uint64_t, bool> ReadAcknowledged(const std::string& path) {
  std::map<std::uint64_t, bool> acknowledged;
  std::ifstream file(path);
  char what = 0;
  std::uint64_t seed = 0;
  while (file >> what >> seed) acknowledged[seed] = what == '+';
  return acknowledged;
}

std::size_t CountLines(const std::string& path) {
  std::ifstream file(path);
  std::size_t lines = 0;
  for (std::string line; std::getline(file, line);) ++lines;
  return lines;
}

}  // namespace

// Run by the test below in a process of its own, and killed there.
TEST_CASE("crash writer", "[.crash-writer]") {
  const char* const folder = std::getenv(kChildFolder);
  REQUIRE(folder != nullptr);
  Random random(std::strtoull(std::getenv(kChildSeed), nullptr, 10));
  const int acks = open((std::string(folder) + "/acks").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  REQUIRE(acks >= 0);
  const auto store = OpenSmall(std::string(folder) + "/db");
  for (;;) {
    const std::uint64_t seed = random.Below(kArticles);
    if (random.OneIn(4)) {
      // Marked before: a deletion that was cut short may or may not have happened.
      Acknowledge(acks, '?', seed);
      REQUIRE(store->Delete(RandomArticle(seed).article.id));
      Acknowledge(acks, '-', seed);
      continue;
    }
    std::vector<StoredArticle> group;
    const std::size_t size = 1 + random.Below(30);
    for (std::size_t i = 0; i < size; ++i) group.push_back(RandomArticle((seed + i) % kArticles));
    REQUIRE(store->Put(group));
    for (std::size_t i = 0; i < size; ++i) Acknowledge(acks, '+', (seed + i) % kArticles);
  }
}

TEST_CASE("a killed writer loses nothing it acknowledged and leaves nothing by half", "[crash]") {
  const TempDir folder;
  Random random(11);
  for (int round = 0; round < 24; ++round) {
    const std::size_t lines_before = CountLines(folder / "acks");
    const pid_t writer = StartWriter(folder.path(), round);
    REQUIRE(writer > 0);
    for (int i = 0; i < 12000 && CountLines(folder / "acks") == lines_before; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    std::this_thread::sleep_for(std::chrono::microseconds(random.Below(60000)));
    kill(writer, SIGKILL);
    int status = 0;
    REQUIRE(waitpid(writer, &status, 0) == writer);
    REQUIRE(WIFSIGNALED(status));
    REQUIRE(CountLines(folder / "acks") > lines_before);

    const auto store = OpenSmall(folder / "db");
    const Reader reader = store->Read();
    std::vector<StoredArticle> present;
    for (std::uint64_t seed = 0; seed < kArticles; ++seed) {
      StoredArticle article = RandomArticle(seed);
      if (*reader.GetMeta(article.article.id)) present.push_back(std::move(article));
    }
    // '?' reads as not put: then either is right.
    for (const auto& [seed, was_put] : ReadAcknowledged(folder / "acks")) {
      CAPTURE(round, seed);
      if (was_put) CHECK(reader.GetMeta(RandomArticle(seed).article.id)->has_value());
    }
    const auto problems = reader.Verify();
    REQUIRE(problems);
    CAPTURE(round, *problems);
    CHECK(problems->empty());
    const auto fresh = OpenSmall(folder / ("fresh" + std::to_string(round)));
    REQUIRE(fresh->Put(present));
    CHECK(*reader.Digest() == *fresh->Read().Digest());
  }
}

}  // namespace mailuo::store
