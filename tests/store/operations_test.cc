// Operations on entities: merge, split and undo. The oracle is a store that was given the articles as they would be had
// extraction known who is meant: every answer of a store with operations is the answer of that one.
#include "store/operations.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <thread>

#include <catch2/catch.hpp>

#include "store/answers.h"
#include "store/must.h"
#include "store/random_articles.h"
#include "store/store.h"
#include "support/sample_graph.h"
#include "support/subprocess.h"

namespace mailuo::store {
namespace {

using mailuo::testing::AllAnswers;
using mailuo::testing::MustPut;
using mailuo::testing::Random;
using mailuo::testing::RandomArticle;
using mailuo::testing::RandomArticles;
using mailuo::testing::SampleArticle;
using mailuo::testing::SampleDay;
using mailuo::testing::SampleEntity;
using mailuo::testing::TempDir;

constexpr std::size_t kPage = 7;
const std::vector<std::string> kNames{"英伟达", "华为", "中芯国际", "Arm", "比亚迪", "宁德时代", "台积电", "AMD"};

std::unique_ptr<Store> MustOpen(const std::string& path) {
  StoreOptions options;
  options.sync = SyncPolicy::kOs;
  options.block_cache_bytes = std::size_t{8} << 20;
  return testing::MustOpen(path, options);
}

OperationParty Party(const std::string& name) { return {SampleEntity(name), MentionType::kCompany, name}; }

EntityOperation Merge(const std::string& from, const std::string& into) {
  EntityOperation operation;
  operation.kind = OperationKind::kMerge;
  operation.day = SampleDay("2025-11-24");
  operation.from = Party(from);
  operation.into = Party(into);
  return operation;
}

EntityOperation Split(const std::string& from, const std::string& into, std::vector<std::string> aliases,
                      std::vector<ArticleId> articles = {}) {
  EntityOperation operation = Merge(from, into);
  operation.kind = OperationKind::kSplit;
  operation.aliases = std::move(aliases);
  operation.articles = std::move(articles);
  return operation;
}

EntityOperation Undo(std::uint64_t number) {
  EntityOperation operation;
  operation.kind = OperationKind::kUndo;
  operation.day = SampleDay("2025-11-25");
  operation.undoes = number;
  return operation;
}

std::uint64_t MustOperate(Store& store, const EntityOperation& operation) {
  const auto number = store.Operate(operation);
  if (!number) FAIL(number.error().message);
  return *number;
}

std::string MessageOf(Store& store, const EntityOperation& operation) {
  const auto number = store.Operate(operation);
  return number ? "accepted as " + std::to_string(*number) : number.error().message;
}

std::string Text(const StoredArticle& stored, const TextSpan& span) {
  std::string text;
  std::uint32_t at = 0;
  for (const char c : stored.article.text) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++at;
    if (at > span.start && at <= span.end) text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return text;
}

std::string Lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

// The article as it would be: operation by operation, written to be obvious.
StoredArticle Operated(StoredArticle stored, const std::vector<EntityOperation>& operations) {
  Annotation& annotation = stored.annotation;
  std::map<EntityId, std::set<std::string>> forms;
  for (const Mention& mention : annotation.mentions) forms[mention.entity].insert(Text(stored, mention.span));
  std::map<EntityId, OperationParty> now;
  std::set<EntityId> split;
  for (const auto& [raw, written] : forms) {
    EntityId current = raw;
    for (const EntityOperation& operation : operations) {
      if (operation.from.id != current) continue;
      if (operation.kind == OperationKind::kSplit) {
        const auto& articles = operation.articles;
        if (!articles.empty() && std::count(articles.begin(), articles.end(), stored.article.id) == 0) continue;
        std::set<std::string> aliases;
        for (const std::string& alias : operation.aliases) aliases.insert(Lower(alias));
        const auto is_alias = [&](const std::string& form) { return aliases.count(form) != 0; };
        if (!aliases.empty() && !std::all_of(written.begin(), written.end(), is_alias)) continue;
        split.insert(raw);
      }
      current = operation.into.id;
      now[raw] = operation.into;
    }
    if (current == raw) now.erase(raw);
  }
  const auto rename = [&](auto& named) {
    const auto found = now.find(named.entity);
    if (found == now.end()) return;
    if (split.count(named.entity) != 0) named.name = found->second.name;
    named.entity = found->second.id;
  };
  for (Mention& mention : annotation.mentions) {
    if (now.count(mention.entity) != 0 && split.count(mention.entity) != 0) mention.tickers.clear();
    rename(mention);
  }
  for (Event& event : annotation.events) {
    for (Participant& participant : event.participants) rename(participant);
  }
  for (Relation& relation : annotation.relations) {
    const bool loop = relation.head.entity == relation.tail.entity;
    rename(relation.head);
    rename(relation.tail);
    if (!loop && relation.head.entity == relation.tail.entity) relation.head.entity = {};
  }
  return stored;
}

// Operations say what an entity is called; in the oracle the articles do.
std::string WithoutNames(std::string text, const std::vector<EntityOperation>& operations) {
  for (const EntityOperation& operation : operations) {
    const std::string id = FormatId(operation.into.type, operation.into.id) + " ";
    for (std::size_t at = text.find(id); at != std::string::npos; at = text.find(id, at + id.size())) {
      const std::size_t begin = at + id.size();
      const std::size_t end = text.find(' ', begin);
      // A number follows where no name does.
      if (end != std::string::npos && (text[begin] < '0' || text[begin] > '9')) text.replace(begin, end - begin, "*");
    }
  }
  return text;
}

void CheckLike(const Store& store, std::span<const StoredArticle> articles,
               const std::vector<EntityOperation>& operations) {
  const TempDir folder;
  const auto oracle = MustOpen(folder / "oracle");
  std::vector<StoredArticle> operated;
  for (const StoredArticle& article : articles) operated.push_back(Operated(article, operations));
  MustPut(*oracle, operated);
  const std::vector<std::optional<Date>> days{std::nullopt, MakeDate(2025, 6, 20)};
  for (const std::optional<Date>& day : days) {
    CHECK(WithoutNames(AllAnswers(store.Read(day), kPage), operations) ==
          WithoutNames(AllAnswers(oracle->Read(day), kPage), operations));
  }
}

}  // namespace

TEST_CASE("merged entities answer as one, in everything", "[operations]") {
  const TempDir folder;
  const auto articles = RandomArticles(0, 60);
  const auto store = MustOpen(folder / "db");
  MustPut(*store, articles);
  const std::vector<EntityOperation> operations{Merge("Arm", "AMD"), Merge("AMD", "华为")};
  for (const EntityOperation& operation : operations) MustOperate(*store, operation);
  CheckLike(*store, articles, operations);
  const Reader reader = store->Read();
  CHECK_FALSE(*reader.Entity(SampleEntity("Arm")));
  CHECK((*reader.Entity(SampleEntity("华为")))->name == "华为");
  CHECK(reader.resolution().Current(SampleEntity("Arm")) == SampleEntity("华为"));
  CHECK(reader.resolution().MembersOf(SampleEntity("华为")).size() == 2);
}

TEST_CASE("reports of one event by two names of one company become one event", "[operations]") {
  const TempDir folder;
  const auto store = MustOpen(folder / "db");
  MustPut(*store, std::vector{SampleArticle("2025-07-04")
                                  .Sentence("[小米]收购[甲公司]。")
                                  .Event(EventType::kAcquisition, {{"acquirer", "小米"}, {"target", "甲公司"}})
                                  .Build(),
                              SampleArticle("2025-07-04")
                                  .Sentence("[小米科技]要收购[甲公司]。")
                                  .Event(EventType::kAcquisition, {{"acquirer", "小米科技"}, {"target", "甲公司"}})
                                  .Build()});
  CHECK(store->Read().TimelineGroups(SampleEntity("甲公司"), {}, {}, 10, 5)->items.size() == 2);
  MustOperate(*store, Merge("小米科技", "小米"));
  const auto groups = store->Read().TimelineGroups(SampleEntity("小米"), {}, {}, 10, 5);
  REQUIRE(groups->items.size() == 1);
  CHECK(groups->items.front().reports == 2);
}

TEST_CASE("an alias that is split off takes its articles along", "[operations]") {
  const TempDir folder;
  const auto articles = RandomArticles(0, 60);
  const auto store = MustOpen(folder / "db");
  MustPut(*store, articles);
  SECTION("to a new entity") {
    const std::vector<EntityOperation> operations{Split("华为", "华为集团", {"华为集团"})};
    MustOperate(*store, operations.front());
    CheckLike(*store, articles, operations);
    CHECK(*store->Read().Entity(SampleEntity("华为集团")));
  }
  SECTION("to one that is known") {
    const std::vector<EntityOperation> operations{Split("Arm", "AMD", {"ARM集团", "Arm"})};
    MustOperate(*store, operations.front());
    CheckLike(*store, articles, operations);
  }
  SECTION("in single articles") {
    const std::vector<EntityOperation> operations{
        Split("Arm", "另一个", {}, {articles[3].article.id, articles[5].article.id, articles[8].article.id}),
        Split("Arm", "又一个", {"arm"}, {articles[10].article.id, articles[11].article.id, articles[12].article.id})};
    for (const EntityOperation& operation : operations) MustOperate(*store, operation);
    CheckLike(*store, articles, operations);
  }
}

TEST_CASE("what is undone never was", "[operations]") {
  const TempDir folder;
  const auto articles = RandomArticles(0, 40);
  const auto store = MustOpen(folder / "db");
  MustPut(*store, articles);
  const std::string answers = AllAnswers(store->Read(), kPage);
  const std::string digest = *store->Read().Digest();
  CHECK(OperationsDigest(*store->Read().Operations()).empty());

  const std::uint64_t merge = MustOperate(*store, Merge("Arm", "AMD"));
  CHECK(AllAnswers(store->Read(), kPage) != answers);
  CHECK(*store->Read().Digest() == digest);  // Of the articles.
  const std::string merged = OperationsDigest(*store->Read().Operations());
  CHECK(merged.size() == 32);
  CHECK(store->Read().Verify()->empty());

  const std::uint64_t undo = MustOperate(*store, Undo(merge));
  CHECK(AllAnswers(store->Read(), kPage) == answers);
  CHECK(*store->Read().Digest() == digest);
  CHECK(OperationsDigest(*store->Read().Operations()).empty());

  MustOperate(*store, Undo(undo));
  CHECK(OperationsDigest(*store->Read().Operations()) == merged);
  CheckLike(*store, articles, {Merge("Arm", "AMD")});
}

TEST_CASE("operations and articles may come in any order, and articles may go", "[operations]") {
  const auto articles = RandomArticles(0, 45);
  for (std::uint64_t seed = 0; seed < 6; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const TempDir folder;
    const auto store = MustOpen(folder / "db");
    std::vector<StoredArticle> waiting = articles;
    std::vector<StoredArticle> present;
    const std::vector<EntityOperation> operations{Merge("Arm", "AMD"), Split("华为", "华为集团", {"华为集团"}),
                                                  Split("AMD", "台积电", {"amd"}), Merge("台积电", "比亚迪")};
    std::size_t done = 0;
    while (!waiting.empty() || done < operations.size()) {
      if (done < operations.size() && (waiting.empty() || random.OneIn(3))) {
        MustOperate(*store, operations[done++]);
      } else {
        const std::size_t at = random.Below(waiting.size());
        MustPut(*store, std::span(&waiting[at], 1));
        present.push_back(waiting[at]);
        waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(at));
      }
      // A look now and then, so that what is kept between states is used.
      if (random.OneIn(4)) CHECK(store->Read().CountDistinct());
      if (!present.empty() && random.OneIn(6)) {
        REQUIRE(*store->Delete(present.back().article.id));
        present.pop_back();
      }
    }
    CheckLike(*store, present, operations);
    CHECK(store->Read().Verify()->empty());
  }
}

TEST_CASE("any journal answers as its operations say, one after the other", "[operations]") {
  const auto articles = RandomArticles(100, 40);
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    CAPTURE(seed);
    Random random(seed + 77);
    const TempDir folder;
    const auto store = MustOpen(folder / "db");
    MustPut(*store, articles);
    for (int i = 0; i < 10; ++i) {
      const std::string a = kNames[random.Below(kNames.size())];
      const std::string b = random.OneIn(4) ? "新的" + a : kNames[random.Below(kNames.size())];
      // What the journal refuses leaves no trace.
      if (random.OneIn(4)) {
        (void)store->Operate(Undo(1 + random.Below(6)));
      } else if (random.OneIn(2)) {
        (void)store->Operate(Merge(a, b));
      } else {
        (void)store->Operate(Split(a, b, {random.OneIn(2) ? a + "集团" : a}));
      }
    }
    std::vector<EntityOperation> in_force;
    const auto journal = *store->Read().Operations();
    for (const JournalEntry& entry : journal) {
      if (entry.undone_by == 0 && entry.operation.kind != OperationKind::kUndo) in_force.push_back(entry.operation);
    }
    CheckLike(*store, articles, in_force);
  }
}

TEST_CASE("the journal outlives reopening, backup and new annotations", "[operations]") {
  const TempDir folder;
  const auto articles = RandomArticles(0, 20);
  EntityOperation merge = Merge("Arm", "AMD");
  merge.reason = "同一家公司";
  {
    const auto store = MustOpen(folder / "db");
    MustPut(*store, articles);
    MustOperate(*store, merge);
    REQUIRE(store->Reannotate(articles));
    REQUIRE(store->Backup(folder / "backup"));
  }
  REQUIRE(Store::Restore(folder / "backup", folder / "restored"));
  const std::vector<std::string> paths{folder / "db", folder / "restored"};
  for (const std::string& path : paths) {
    const auto store = MustOpen(path);
    const auto journal = *store->Read().Operations();
    REQUIRE(journal.size() == 1);
    CHECK(journal.front().number == 1);
    CHECK(journal.front().operation == merge);
    CheckLike(*store, articles, {merge});
  }
}

TEST_CASE("an article shows who is meant, and keeps what it says", "[operations]") {
  const TempDir folder;
  const auto store = MustOpen(folder / "db");
  const StoredArticle article = SampleArticle("2025-07-04")
                                    .Sentence("[平安=中国平安@601318.SH]与[华为]合作。")
                                    .Event(EventType::kPartnership, {{"party", "中国平安"}, {"party", "华为"}})
                                    .Relation(RelationType::kPartnersWith, "中国平安", "华为")
                                    .Build();
  MustPut(*store, std::vector{article});
  MustOperate(*store, Split("中国平安", "平安科技", {"平安"}));
  const auto shown = **store->Read().GetArticle(article.article.id);
  CHECK(shown.annotation.mentions[0].entity == SampleEntity("平安科技"));
  CHECK(shown.annotation.mentions[0].name == "平安科技");
  CHECK(shown.annotation.mentions[0].tickers.empty());
  CHECK(shown.annotation.events[0].participants[0].name == "平安科技");
  CHECK(shown.annotation.relations[0].head.name == "平安科技");
  const auto kept = **store->Read().GetAsExtracted(article.article.id);
  CHECK(kept.annotation.mentions[0].entity == SampleEntity("中国平安"));
  CHECK(kept.annotation.mentions[0].tickers.size() == 1);
  CHECK(store->Read().FindName("平安")->front().entity == SampleEntity("平安科技"));
}

TEST_CASE("the journal refuses what makes no sense, and says why", "[operations]") {
  const TempDir folder;
  const auto store = MustOpen(folder / "db");
  MustPut(*store, RandomArticles(0, 10));
  CHECK(MessageOf(*store, Undo(1)) == "the journal is empty: there is nothing to undo");
  CHECK(MessageOf(*store, Merge("Arm", "Arm")) ==
        "both are Arm (" + FormatId(MentionType::kCompany, SampleEntity("Arm")) + ")");
  EntityOperation types = Merge("Arm", "AMD");
  types.into.type = MentionType::kPerson;
  CHECK(MessageOf(*store, types) == "Arm is a company and AMD a person: only entities of one type can be merged");
  EntityOperation nobody = Merge("Arm", "AMD");
  nobody.from.id = {};
  CHECK(MessageOf(*store, nobody) == "an operation names no entity");
  CHECK(MessageOf(*store, Split("Arm", "AMD", {})) == "a split takes 1 to 1000 aliases and articles");
  EntityOperation talkative = Merge("Arm", "AMD");
  talkative.reason.assign(kMaxReasonBytes + 1, 'x');
  CHECK(MessageOf(*store, talkative) == "a reason may have 1000 bytes");

  MustOperate(*store, Merge("Arm", "AMD"));
  const std::string arm = "Arm (" + FormatId(MentionType::kCompany, SampleEntity("Arm")) + ")";
  CHECK(MessageOf(*store, Merge("Arm", "华为")) ==
        arm + " is AMD since operation 1: name that one, or undo the operation");
  CHECK(MessageOf(*store, Merge("AMD", "Arm")) ==
        arm + " is AMD since operation 1: name that one, or undo the operation");
  MustOperate(*store, Merge("AMD", "华为"));
  CHECK(MessageOf(*store, Undo(1)) == "operation 2 builds on operation 1: undo it first");
  CHECK(MessageOf(*store, Undo(9)) == "there is no operation 9: the journal has 1 to 2");
  MustOperate(*store, Undo(2));
  CHECK(MessageOf(*store, Undo(2)) == "operation 2 is undone already, by operation 3");
  MustOperate(*store, Undo(1));
  CHECK(store->Read().Operations()->size() == 4);
}

TEST_CASE("operations encode and decode, and damage is noticed", "[operations]") {
  EntityOperation split = Split("Arm", "AMD", {"arm集团"}, {{1, 2}, {3, 4}});
  split.reason = "理由";
  for (const EntityOperation& operation : {Merge("Arm", "AMD"), split, Undo(7)}) {
    const std::string bytes = EncodeOperation(operation);
    if (operation.kind != OperationKind::kUndo) CHECK(DecodeOperation(bytes) == operation);
    for (std::size_t size = 0; size < bytes.size(); ++size) CHECK_FALSE(DecodeOperation(bytes.substr(0, size)));
    CHECK_FALSE(DecodeOperation(bytes + "x"));
  }
}

namespace {

constexpr const char* kChildFolder = "MAILUO_TEST_OPERATIONS_FOLDER";
constexpr const char* kChildSeed = "MAILUO_TEST_OPERATIONS_SEED";

}  // namespace

// Run by the test below in a process of its own, and killed there.
TEST_CASE("operations writer", "[.operations-writer]") {
  const char* const folder = std::getenv(kChildFolder);
  REQUIRE(folder != nullptr);
  Random random(std::strtoull(std::getenv(kChildSeed), nullptr, 10));
  const auto store = MustOpen(std::string(folder) + "/db");
  std::ofstream acks(std::string(folder) + "/acks", std::ios::app);
  for (;;) {
    if (random.OneIn(3)) REQUIRE(store->Put(RandomArticles(random.Below(100), 5)));
    const std::string a = kNames[random.Below(kNames.size())];
    const std::string b = kNames[random.Below(kNames.size())];
    auto number = store->Operate(random.OneIn(2) ? Merge(a, b) : Split(a, b, {a + "集团"}));
    if (!number) number = store->Operate(Undo(store->Read().Operations()->size()));
    if (number) acks << *number << std::endl;
  }
}

TEST_CASE("a killed writer loses no operation that it acknowledged", "[operations][crash]") {
  const TempDir folder;
  Random random(5);
  std::size_t last = 0;
  for (int round = 0; round < 8; ++round) {
    const pid_t writer = fork();
    if (writer == 0) {
      setenv(kChildFolder, folder.path().c_str(), 1);
      setenv(kChildSeed, std::to_string(round).c_str(), 1);
      execl("/proc/self/exe", "store_tests", "[.operations-writer]", static_cast<char*>(nullptr));
      _exit(127);
    }
    REQUIRE(writer > 0);
    const auto acknowledged = [&] {
      std::ifstream file(folder / "acks");
      std::size_t number = 0;
      for (std::size_t next = 0; file >> next;) number = next;
      return number;
    };
    for (int i = 0; i < 12000 && acknowledged() == last; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    std::this_thread::sleep_for(std::chrono::microseconds(random.Below(40000)));
    kill(writer, SIGKILL);
    int status = 0;
    REQUIRE(waitpid(writer, &status, 0) == writer);
    REQUIRE(WIFSIGNALED(status));
    REQUIRE(acknowledged() > last);
    last = acknowledged();

    const auto store = MustOpen(folder / "db");
    const Reader reader = store->Read();
    const auto journal = reader.Operations();
    REQUIRE(journal);  // Numbers 1, 2, 3, ... without a hole.
    CHECK(journal->size() >= last);
    CHECK(reader.Verify()->empty());
    std::vector<StoredArticle> present;
    for (std::uint64_t seed = 0; seed < 105; ++seed) {
      StoredArticle article = RandomArticle(seed);
      if (*reader.GetMeta(article.article.id)) present.push_back(std::move(article));
    }
    std::vector<EntityOperation> in_force;
    for (const JournalEntry& entry : *journal) {
      if (entry.undone_by == 0 && entry.operation.kind != OperationKind::kUndo) in_force.push_back(entry.operation);
    }
    CheckLike(*store, present, in_force);
  }
}

}  // namespace mailuo::store
