// Bits flip on the disk, files are cut short or go: then opening, reading or verifying says so, or the answers are what
// they were. Never another answer without an error.
//
// MAILUO_DAMAGE_ROUNDS says how often, MAILUO_DAMAGE_SEED from which number on.
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

#include <catch2/catch.hpp>

#include "store/answers.h"
#include "store/random_articles.h"
#include "store/rebuild.h"
#include "store/store.h"
#include "support/subprocess.h"

namespace mailuo::store {
namespace {

namespace fs = std::filesystem;

using mailuo::testing::AllAnswers;
using mailuo::testing::Random;
using mailuo::testing::RandomArticles;
using mailuo::testing::TempDir;

std::uint64_t Setting(const char* name, std::uint64_t otherwise) {
  const char* const text = std::getenv(name);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

StoreOptions Options(OpenMode mode, SyncPolicy sync) {
  StoreOptions options;
  options.mode = mode;
  options.create = false;
  options.sync = sync;
  options.write_buffer_bytes = std::size_t{64} << 10;
  options.block_cache_bytes = std::size_t{1} << 20;
  return options;
}

std::unique_ptr<Store> Make(const std::string& path, SyncPolicy sync) {
  StoreOptions options = Options(OpenMode::kReadWrite, sync);
  options.create = true;
  auto store = Store::Open(path, options);
  if (!store) FAIL(store.error().message);
  return *std::move(store);
}

// Stores in the states that a disk may find them in.
enum class State { kClosed, kCompacted, kKilled, kKilledDurable, kKilledEarly, kReindexed };
constexpr int kStates = 6;

bool IsKilled(State state) {
  return state == State::kKilled || state == State::kKilledDurable || state == State::kKilledEarly;
}

void WriteStore(const std::string& path, State state) {
  auto store = Make(path, state == State::kKilledDurable ? SyncPolicy::kDurable : SyncPolicy::kOs);
  for (std::uint64_t i = 0; i < 12; ++i) {
    if (state == State::kKilledEarly && i >= 2) break;
    const auto group = RandomArticles(1 + 5 * i, 5);
    REQUIRE(store->Put(group));
    if (i % 3 == 2) REQUIRE(store->Delete(group[1].article.id));
  }
  if (IsKilled(state)) kill(getpid(), SIGKILL);
  if (state == State::kCompacted) REQUIRE(store->Compact());
  if (state != State::kReindexed) return;
  auto rebuild = Rebuild::Start(path, Options(OpenMode::kReadWrite, SyncPolicy::kOs));
  REQUIRE(rebuild);
  REQUIRE((*rebuild)->Finish([&](const Rebuild::Difference& difference) -> Status {
    for (const ArticleId& id : difference.missing) {
      MAILUO_ASSIGN_OR_RETURN(auto stored, (*rebuild)->served().Read().GetArticle(id));
      MAILUO_RETURN_IF_ERROR((*rebuild)->fresh().Put({&*stored, 1}).map([](const auto&) {}));
    }
    return {};
  }));
}

void MakeStore(const std::string& path, State state) {
  if (!IsKilled(state)) {
    WriteStore(path, state);
    return;
  }
  const auto result = mailuo::testing::Run(
      {"/proc/self/exe", "[.damage-writer]"}, {},
      {"MAILUO_TEST_FOLDER=" + path, "MAILUO_TEST_STATE=" + std::to_string(static_cast<int>(state))});
  CAPTURE(result.out, result.err);
  REQUIRE(result.exit_code == 128 + SIGKILL);
}

std::string Answers(const Store& store) {
  const Reader reader = store.Read();
  const auto digest = reader.Digest();
  if (!digest) throw std::runtime_error(digest.error().message);
  return *digest + "\n" + AllAnswers(reader, 50);
}

// What became of a damaged store. Fails the test where it answers otherwise and says nothing.
std::string Judge(const std::string& path, const std::string& answers, OpenMode mode, SyncPolicy sync) {
  const auto store = Store::Open(path, Options(mode, sync));
  if (!store) {
    INFO(store.error().message);
    const ErrorCode code = store.error().code;
    CHECK((code == ErrorCode::kCorruption || code == ErrorCode::kUnsupported || code == ErrorCode::kNotFound ||
           code == ErrorCode::kInvalidArgument));
    return "opening fails";
  }
  try {
    const auto digest = (*store)->Read().Digest();
    if (!digest) return "reading fails";
    REQUIRE(*digest == answers.substr(0, digest->size()));
    const std::string now = Answers(**store);
    CHECK((now == answers));
  } catch (const std::runtime_error&) {
    return "reading fails";
  }
  const auto problems = (*store)->Read().Verify();
  return problems && problems->empty() ? "the same answers" : "verifying fails";
}

// The files of a store by kind, so that small ones are met as often as large ones.
std::map<std::string, std::vector<std::string>> FilesByKind(const std::string& path) {
  std::map<std::string, std::vector<std::string>> kinds;
  for (const auto& entry : fs::recursive_directory_iterator(path)) {
    const std::string name = entry.path().filename().string();
    if (!entry.is_regular_file() || entry.file_size() == 0 || name.rfind("LOG", 0) == 0) continue;
    std::string kind = entry.path().extension().string();
    if (kind.empty()) kind = name.substr(0, name.find('-'));
    // What nobody reads, all in one.
    if (kind == "IDENTITY" || kind == "HOLDER" || kind == "OPTIONS") kind = "others";
    kinds[kind].push_back(entry.path().string());
  }
  for (auto& [kind, files] : kinds) std::sort(files.begin(), files.end());
  return kinds;
}

std::pair<std::string, std::string> PickFile(const std::string& path, Random& random) {
  const auto kinds = FilesByKind(path);
  auto kind = kinds.begin();
  std::advance(kind, random.Below(kinds.size()));
  return {kind->first, kind->second[random.Below(kind->second.size())]};
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}
void WriteFile(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

// `damage(file, random)` is done to one file of a copy, hundreds of times.
template <typename Damage>
void Rounds(std::uint64_t rounds, const char* what, Damage damage) {
  const TempDir folder;
  std::map<int, std::string> answers;
  std::map<std::string, std::map<std::string, int>> outcomes;
  const std::uint64_t first = Setting("MAILUO_DAMAGE_SEED", 0);
  for (std::uint64_t round = first; round < first + rounds; ++round) {
    Random random(round * 17 + 3);
    const int state = static_cast<int>(round % kStates);
    const SyncPolicy sync = static_cast<State>(state) == State::kKilledDurable ? SyncPolicy::kDurable : SyncPolicy::kOs;
    const std::string base = folder / ("base" + std::to_string(state));
    if (answers.count(state) == 0) {
      MakeStore(base, static_cast<State>(state));
      const auto sound = Store::Open(base, Options(OpenMode::kReadOnly, sync));
      if (!sound) FAIL(sound.error().message);
      answers[state] = Answers(**sound);
    }
    const std::string copy = folder / "copy";
    fs::remove_all(copy);
    fs::copy(base, copy, fs::copy_options::recursive);
    const auto [kind, file] = PickFile(copy, random);
    const std::string done = damage(file, random);
    const OpenMode mode = random.OneIn(2) ? OpenMode::kReadOnly : OpenMode::kReadWrite;
    CAPTURE(round, state, file, done, mode == OpenMode::kReadOnly);
    ++outcomes[kind][Judge(copy, answers[state], mode, sync)];
  }
  std::cout << what << ":\n";
  for (const auto& [kind, counts] : outcomes) {
    std::cout << "  " << kind;
    for (const auto& [outcome, times] : counts) std::cout << "; " << outcome << " " << times;
    std::cout << "\n";
  }
}

}  // namespace

// Run by the tests below in a process of its own: it kills itself.
TEST_CASE("damage writer", "[.damage-writer]") {
  const char* const folder = std::getenv("MAILUO_TEST_FOLDER");
  REQUIRE(folder != nullptr);
  WriteStore(folder, static_cast<State>(Setting("MAILUO_TEST_STATE", 0)));
}

TEST_CASE("flipped bits never give another answer without an error", "[corruption]") {
  Rounds(Setting("MAILUO_DAMAGE_ROUNDS", 120), "flipped bits", [](const std::string& path, Random& random) {
    std::string bytes = ReadFile(path);
    std::string done;
    for (std::size_t flips = random.OneIn(3) ? 1 + random.Below(4) : 1; flips > 0; --flips) {
      const std::size_t at = random.Below(bytes.size());
      const std::size_t bit = random.Below(8);
      bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ (1U << bit));
      done +=
          "byte " + std::to_string(at) + " bit " + std::to_string(bit) + " of " + std::to_string(bytes.size()) + "; ";
    }
    WriteFile(path, bytes);
    return done;
  });
}

TEST_CASE("files cut short, emptied, lost or exchanged never give another answer without an error", "[corruption]") {
  Rounds(Setting("MAILUO_DAMAGE_ROUNDS", 90), "damaged files", [](const std::string& path, Random& random) {
    const std::string bytes = ReadFile(path);
    switch (random.Below(5)) {
      case 0: fs::resize_file(path, random.Below(bytes.size())); return "cut";
      case 1: WriteFile(path, ""); return "emptied";
      case 2: fs::remove(path); return "removed";
      case 3: WriteFile(path, std::string(bytes.size(), '\0')); return "zeros";
      default: break;
    }
    // The bytes of another file of the folder.
    std::vector<std::string> others;
    for (const auto& entry : fs::directory_iterator(fs::path(path).parent_path())) {
      if (entry.is_regular_file() && entry.path() != path) others.push_back(entry.path().string());
    }
    std::sort(others.begin(), others.end());
    WriteFile(path, ReadFile(others[random.Below(others.size())]));
    return "exchanged";
  });
}

TEST_CASE("a foreign file in the folder changes nothing", "[corruption]") {
  for (const char* name : {"000999.sst", "000001.sst", "notes.txt", "MANIFEST-000900", "OPTIONS-000900", "x/y"}) {
    CAPTURE(name);
    const TempDir folder;
    MakeStore(folder / "db", State::kKilled);
    const std::string answers = Answers(**Store::Open(folder / "db", Options(OpenMode::kReadOnly, SyncPolicy::kOs)));
    folder.Write(std::string("db/") + name, "not of the store");
    CHECK(Judge(folder / "db", answers, OpenMode::kReadWrite, SyncPolicy::kOs) == "the same answers");
  }
}

}  // namespace mailuo::store
