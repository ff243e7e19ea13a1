// A writer is killed at a named point of its work or at any moment, again and again, or the machine under it loses its
// power. After each time: nothing that was acknowledged is lost, nothing that was deleted is back, no article is there
// by half, and the graph is that of the articles which are there.
//
// MAILUO_CRASH_ROUNDS says how often (`bench/crash` for hundreds), MAILUO_CRASH_SEED from which number on.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

#include <catch2/catch.hpp>

#include "store/engine.h"
#include "store/fault.h"
#include "store/random_articles.h"
#include "store/rebuild.h"
#include "store/store.h"
#include "store/store_parts.h"
#include "support/subprocess.h"

namespace mailuo::store {
namespace {

using mailuo::testing::Random;
using mailuo::testing::RandomArticle;
using mailuo::testing::TempDir;

constexpr std::uint64_t kArticles = 240;

// Where a writer ends. Everything that comes by often enough to be met.
constexpr std::array<std::string_view, 31> kPoints{
    "put.before",       "put.after",      "delete.before",    "delete.after",      "replace.before",    "replace.after",
    "wal.create",       "wal.append",     "wal.sync",         "wal.close",         "wal.delete",        "sst.create",
    "sst.append",       "sst.sync",       "sst.close",        "sst.delete",        "manifest.append",   "manifest.sync",
    "manifest.create",  "current.append", "current.rename",   "other.append",      "flush.begin",       "flush.end",
    "compaction.begin", "compaction.end", "generation.write", "generation.rename", "generation.served", "reindex.group",
    "reindex.finish"};

// Where power is lost: points of files.
constexpr std::array<std::string_view, 13> kPowerPoints{
    "wal.append",    "wal.sync",    "sst.append", "wal.append",     "sst.sync",       "manifest.append", "wal.create",
    "manifest.sync", "flush.begin", "flush.end",  "compaction.end", "current.rename", "wal.delete"};

std::uint64_t Setting(const char* name, std::uint64_t otherwise) {
  const char* const text = std::getenv(name);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

StoreOptions Options(SyncPolicy sync) {
  StoreOptions options;
  options.sync = sync;
  options.lexicon_version = 1;
  options.rules_version = 1;
  options.write_buffer_bytes = std::size_t{96} << 10;  // Flushes and compactions all the time.
  options.block_cache_bytes = std::size_t{4} << 20;
  options.bulk_changes = 150;  // Groups of more than a few articles are written as files.
  return options;
}

std::unique_ptr<Store> MustOpen(const std::string& path, SyncPolicy sync) {
  auto store = Store::Open(path, Options(sync));
  if (!store) FAIL(store.error().message);
  return *std::move(store);
}

// ---- The writer, in a process of its own. ----

struct Plan {
  std::string point;  // Empty: killed from outside.
  std::uint64_t pass = 1;
  bool power_loss = false;
};

// Ends the process as planned when the point is passed for the pass-th time.
void Arm(const Plan& plan, int acks) {
  static std::atomic<std::uint64_t> passes = 0;
  if (plan.point.empty()) return;
  fault::SetHook([plan, acks](std::string_view point) {
    if (point != plan.point || ++passes != plan.pass) return fault::Action::kGo;
    if (write(acks, "!", 1) != 1) std::abort();
    if (plan.power_loss) return fault::Action::kPowerLoss;
    kill(getpid(), SIGKILL);
    for (;;) pause();
  });
}

[[noreturn]] void Die(const Error& error) {
  std::cerr << "the writer: " << error.message << std::endl;
  std::abort();
}

class Writer {
 public:
  // Acknowledgements go to `acks` as lines: "+ 17" is there, "- 17" is not, "? 17" may be either, "^ 17" is there
  // if it was there, else may be, "j 5" journal entry.
  Writer(std::string path, int acks, std::uint64_t seed, SyncPolicy sync)
      : path_(std::move(path)), acks_(acks), random_(seed), sync_(sync), store_(MustOpen(path_, sync)) {}

  void Step() {
    const std::uint64_t seed = random_.Below(kArticles);
    switch (random_.Below(12)) {
      case 0:
      case 1: Delete(seed); break;
      case 2:
      case 3: Replace(seed, random_.Below(kArticles)); break;
      case 4: Note(); break;
      case 5:
        if (random_.OneIn(3)) Reindex();
        break;
      default: Put(seed, 1 + random_.Below(30));
    }
  }

 private:
  void Acknowledge(char what, std::uint64_t number) const {
    const std::string line = std::string(1, what) + " " + std::to_string(number) + "\n";
    if (write(acks_, line.data(), line.size()) != static_cast<ssize_t>(line.size())) std::abort();
  }

  void Put(std::uint64_t seed, std::uint64_t size) {
    std::vector<StoredArticle> group;
    for (std::uint64_t i = 0; i < size; ++i) group.push_back(RandomArticle((seed + i) % kArticles));
    for (std::uint64_t i = 0; i < size; ++i) Acknowledge('^', (seed + i) % kArticles);
    if (const auto put = store_->Put(group); !put) Die(put.error());
    for (std::uint64_t i = 0; i < size; ++i) Acknowledge('+', (seed + i) % kArticles);
  }
  void Delete(std::uint64_t seed) {
    Acknowledge('?', seed);
    if (const auto deleted = store_->Delete(RandomArticle(seed).article.id); !deleted) Die(deleted.error());
    Acknowledge('-', seed);
  }
  void Replace(std::uint64_t old_seed, std::uint64_t seed) {
    Acknowledge('?', old_seed);
    Acknowledge('?', seed);
    const auto replaced = store_->Replace(RandomArticle(old_seed).article.id, RandomArticle(seed));
    if (!replaced) Die(replaced.error());
    Acknowledge('-', old_seed);
    Acknowledge('+', seed);
  }
  void Note() {
    const std::uint64_t number = random_.Next() >> 1U;
    const EngineChange change{Table::kMeta, ChangeKind::kPut, "X" + std::to_string(number), "said"};
    if (!internal::EngineOf(*store_)->Write({&change, 1}, sync_ == SyncPolicy::kDurable)) std::abort();
    Acknowledge('j', number);
  }
  // What the new rules say of an article is what the old ones said: the graph must come out the same.
  void Reindex() {
    auto rebuild = Rebuild::Start(path_, Options(sync_));
    if (!rebuild) Die(rebuild.error());
    const auto catch_up = [&](const Rebuild::Difference& difference) -> Status {
      for (const ArticleId& id : difference.extra) {
        MAILUO_RETURN_IF_ERROR((*rebuild)->fresh().Delete(id).map([](bool) {}));
      }
      std::vector<StoredArticle> group;
      for (const ArticleId& id : difference.missing) {
        MAILUO_ASSIGN_OR_RETURN(auto stored, (*rebuild)->served().Read().GetArticle(id));
        group.push_back(*std::move(stored));
        if (group.size() % 50 != 0 && id != difference.missing.back()) continue;
        fault::Reach("reindex.group");
        MAILUO_RETURN_IF_ERROR((*rebuild)->fresh().Put(group).map([](const auto&) {}));
        group.clear();
      }
      return {};
    };
    auto difference = (*rebuild)->Compare();
    if (!difference) Die(difference.error());
    if (const Status caught = catch_up(*difference); !caught) Die(caught.error());
    // Meanwhile somebody writes.
    Put(random_.Below(kArticles), 5);
    Delete(random_.Below(kArticles));
    fault::Reach("reindex.finish");
    if (const Status finished = (*rebuild)->Finish(catch_up); !finished) Die(finished.error());
  }

  std::string path_;
  int acks_;
  Random random_;
  SyncPolicy sync_;
  std::unique_ptr<Store> store_;
};

// ---- The parent. ----

struct Child {
  pid_t pid = -1;
  int acks = -1;
};

Child StartWriter(const std::string& folder, std::uint64_t seed, const Plan& plan) {
  std::array<int, 2> ends{};
  REQUIRE(pipe(ends.data()) == 0);
  const pid_t pid = fork();
  REQUIRE(pid >= 0);
  if (pid == 0) {
    close(ends[0]);
    const auto set = [](const char* name, const std::string& value) { setenv(name, value.c_str(), 1); };
    set("MAILUO_TEST_FOLDER", folder);
    set("MAILUO_TEST_ACKS", std::to_string(ends[1]));
    set("MAILUO_TEST_SEED", std::to_string(seed));
    set("MAILUO_TEST_POINT", plan.point);
    set("MAILUO_TEST_PASS", std::to_string(plan.pass));
    set("MAILUO_TEST_POWER_LOSS", plan.power_loss ? "1" : "0");
    execl("/proc/self/exe", "store_tests", "[.crash-writer]", static_cast<char*>(nullptr));
    _exit(127);
  }
  close(ends[1]);
  return {pid, ends[0]};
}

// What the writer said until its end; killed after `microseconds` of its work where it does not end by itself.
std::string ReadUntilEnd(const Child& child, std::uint64_t microseconds) {
  using Clock = std::chrono::steady_clock;
  std::string said;
  auto deadline = Clock::now() + std::chrono::seconds(60);
  for (bool killed = false;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    pollfd file{child.acks, POLLIN, 0};
    if (!killed && (left <= 0 || poll(&file, 1, static_cast<int>(left)) == 0)) {
      kill(child.pid, SIGKILL);
      killed = true;
      continue;
    }
    std::array<char, 4096> buffer{};
    const ssize_t got = read(child.acks, buffer.data(), buffer.size());
    if (got <= 0) break;
    if (said.empty()) deadline = Clock::now() + std::chrono::microseconds(microseconds);
    said.append(buffer.data(), static_cast<std::size_t>(got));
  }
  close(child.acks);
  int status = 0;
  REQUIRE(waitpid(child.pid, &status, 0) == child.pid);
  CAPTURE(status);
  REQUIRE((WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL));
  return said;
}

// What is known of each article by its number, and the journal.
struct Known {
  std::map<std::uint64_t, char> articles;
  std::set<std::uint64_t> journal;

  void Add(const std::string& said) {
    std::istringstream lines(said.substr(0, said.rfind('\n') + 1));
    char what = 0;
    std::uint64_t number = 0;
    while (lines >> what >> number) {
      if (what == 'j') {
        journal.insert(number);
      } else if (what != '^') {
        articles[number] = what;
      } else if (articles.count(number) == 0 || articles[number] != '+') {
        articles[number] = '?';
      }
    }
  }
};

void CheckStore(const std::string& path, SyncPolicy sync, Known& known) {
  const auto store = MustOpen(path, sync);
  const Reader reader = store->Read();
  const auto problems = reader.Verify();
  REQUIRE(problems);
  CAPTURE(*problems);
  REQUIRE(problems->empty());
  std::vector<StoredArticle> present;
  for (std::uint64_t seed = 0; seed < kArticles; ++seed) {
    StoredArticle article = RandomArticle(seed);
    const bool there = reader.GetMeta(article.article.id)->has_value();
    const char said = known.articles.count(seed) != 0 ? known.articles[seed] : '?';
    CAPTURE(seed, said, there);
    REQUIRE((said == '?' || there == (said == '+')));
    known.articles[seed] = there ? '+' : '-';  // From now on it is known.
    if (there) present.push_back(std::move(article));
  }
  for (const std::uint64_t number : known.journal) {
    CAPTURE(number);
    REQUIRE(internal::EngineOf(*store)->View()->Get(Table::kMeta, "X" + std::to_string(number))->has_value());
  }
  const TempDir other;
  const auto fresh = MustOpen(other / "db", SyncPolicy::kOs);
  REQUIRE(fresh->Put(present));
  REQUIRE(*reader.Digest() == *fresh->Read().Digest());
}

// The digest of a store that takes all articles in, without a break.
std::string DigestOfAll(Store& store) {
  std::vector<StoredArticle> all;
  for (std::uint64_t seed = 0; seed < kArticles; ++seed) all.push_back(RandomArticle(seed));
  REQUIRE(store.Put(all));
  return *store.Read().Digest();
}

void RunRounds(std::uint64_t first, std::uint64_t rounds, bool power_loss) {
  const TempDir folder;
  const SyncPolicy sync = power_loss ? SyncPolicy::kDurable : SyncPolicy::kOs;
  Known known;
  std::map<std::string, int> met;
  for (std::uint64_t round = first; round < first + rounds; ++round) {
    Random random(round * 31 + (power_loss ? 1 : 0));
    Plan plan;
    plan.power_loss = power_loss;
    // Every second round a named point, in turn; else any moment.
    if (power_loss) {
      plan.point = kPowerPoints.at(round % kPowerPoints.size());
    } else if (round % 2 == 0) {
      plan.point = kPoints.at(round / 2 % kPoints.size());
    }
    plan.pass = 1 + random.Below(plan.point.find(".append") != std::string::npos ? 60 : 5);
    CAPTURE(round, plan.point, plan.pass, power_loss);
    const Child child = StartWriter(folder.path(), round, plan);
    // A point that does not come by in this time is another moment.
    const std::uint64_t moment = plan.point.empty() ? random.Below(60000) : 1500000;
    std::string said = ReadUntilEnd(child, moment);
    const bool at_point = !said.empty() && said.find('!') != std::string::npos;
    said.erase(std::remove(said.begin(), said.end(), '!'), said.end());
    known.Add(said);
    ++met[at_point ? plan.point : "any moment"];
    CheckStore(folder / "db", sync, known);
  }
  const TempDir other;
  CHECK(DigestOfAll(*MustOpen(folder / "db", sync)) == DigestOfAll(*MustOpen(other / "db", sync)));
  if (rounds < 8) return;
  std::cout << rounds << (power_loss ? " losses of power" : " kills") << ", all stores sound:";
  for (const auto& [point, times] : met) std::cout << " " << point << " " << times << ";";
  std::cout << std::endl;
}

}  // namespace

// Run by the tests below in a process of its own, and killed there.
TEST_CASE("crash writer", "[.crash-writer]") {
  const char* const folder = std::getenv("MAILUO_TEST_FOLDER");
  REQUIRE(folder != nullptr);
  const Plan plan{std::getenv("MAILUO_TEST_POINT"), Setting("MAILUO_TEST_PASS", 1),
                  Setting("MAILUO_TEST_POWER_LOSS", 0) != 0};
  const int acks = static_cast<int>(Setting("MAILUO_TEST_ACKS", 0));
  Arm(plan, acks);
  Writer writer(std::string(folder) + "/db", acks, Setting("MAILUO_TEST_SEED", 0),
                plan.power_loss ? SyncPolicy::kDurable : SyncPolicy::kOs);
  for (;;) writer.Step();
}

TEST_CASE("a killed writer loses nothing it acknowledged and leaves nothing by half", "[crash]") {
  RunRounds(Setting("MAILUO_CRASH_SEED", 0), Setting("MAILUO_CRASH_ROUNDS", 30), false);
}

TEST_CASE("a loss of power loses nothing that was acknowledged as durable", "[crash]") {
  RunRounds(Setting("MAILUO_CRASH_SEED", 0), Setting("MAILUO_CRASH_ROUNDS", 24) / 3, true);
}

}  // namespace mailuo::store
