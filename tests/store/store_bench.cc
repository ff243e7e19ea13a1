// Measures the store on synthetic articles: writing, bytes, pages of a hub. Not a test: build and run it by hand,
//   cmake --build --preset release --target store_bench && build/release/tests/store/store_bench /tmp/bench.db 20000
// Arguments: a folder that does not exist yet, number of articles, articles per Put (default 500), "durable" to sync or
// "kill" to end right after writing. With 0 articles: how long opening for reading takes.
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "store/random_articles.h"
#include "store/store.h"

namespace {

using mailuo::testing::Random;
using namespace mailuo;         // NOLINT(google-build-using-namespace)
using namespace mailuo::store;  // NOLINT(google-build-using-namespace)

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}
// Of this thread alone: reading is done by the thread that asks, and other processes do not blur it.
double ThreadSeconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}
double Now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

// Ranks with frequency falling like 1/rank, as names and words do.
std::size_t Zipf(Random& random, std::size_t size) {
  const double u = static_cast<double>(random.Next() >> 11) / 9007199254740992.0;
  return static_cast<std::size_t>(std::pow(static_cast<double>(size), u)) - 1;
}

std::string Utf8(std::uint32_t code) {
  return {static_cast<char>(0xE0 | code >> 12), static_cast<char>(0x80 | (code >> 6 & 63)),
          static_cast<char>(0x80 | (code & 63))};
}

constexpr std::size_t kEntities = 30000;
std::string NameOf(std::size_t rank) {
  Random random(rank + 1000);
  std::string name;
  for (int i = 0; i < 4; ++i) name += Utf8(static_cast<std::uint32_t>(0x4E00 + random.Below(3000)));
  return name;
}

// About 1700 characters with 30 mentions of about 14 entities, 8 events and 10 relations.
StoredArticle MakeBenchArticle(std::uint64_t seed, const std::vector<std::string>& words,
                               const std::vector<std::string>& names) {
  Random random(seed);
  StoredArticle stored;
  Article& article = stored.article;
  article.title = "标题" + std::to_string(seed);
  article.outlet = "某某财经";
  article.url = "https://example.com/a/" + std::to_string(seed);
  article.published = PublishedTime{Date{19000 + static_cast<int>(random.Below(1500))}};
  article.published_from = PublishedFrom::kMetadata;
  std::vector<std::size_t> cast;
  for (int i = 0; i < 16; ++i) cast.push_back(Zipf(random, kEntities));
  std::uint32_t position = 0;
  const auto append = [&](const std::string& text) {
    article.text += text;
    position += static_cast<std::uint32_t>(text.size() / 3);
  };
  for (int s = 0; s < 30; ++s) {
    const std::uint32_t start = position;
    const std::size_t who = cast[Zipf(random, cast.size())];
    const MentionType type = static_cast<MentionType>(1 + who % 9);
    Mention mention;
    mention.span = {position, position + 4};
    mention.type = type;
    mention.name = names[who];
    mention.entity = MakeEntityId(type, names[who]);
    mention.confidence = 0.9F;
    mention.rule = "lexicon";
    append(names[who]);
    stored.annotation.mentions.push_back(mention);
    for (int w = 0; w < 26; ++w) append(words[Zipf(random, words.size())]);
    stored.annotation.sentences.push_back({start, position});
  }
  const auto& mentions = stored.annotation.mentions;
  for (int e = 0; e < 8; ++e) {
    Event event;
    event.type = static_cast<EventType>(1 + random.Below(kEventTypeCount));
    event.sentence = static_cast<std::uint32_t>(3 * e);
    event.trigger = stored.annotation.sentences[event.sentence];
    const Date day = article.published->date - static_cast<int>(random.Below(20));
    event.time.interval = {day, day};
    event.time.source = EventTimeSource::kExplicit;
    event.confidence = static_cast<float>(60 + random.Below(4) * 10) / 100;
    event.rule = "RULE/1";
    const std::string_view role = Info(event.type).roles.substr(0, Info(event.type).roles.find('|'));
    for (const std::size_t m : {random.Below(30), random.Below(30)}) {
      event.participants.push_back(
          {std::string(role), static_cast<std::int32_t>(m), mentions[m].entity, mentions[m].type, mentions[m].name});
    }
    stored.annotation.events.push_back(event);
  }
  for (int r = 0; r < 10; ++r) {
    Relation relation;
    relation.type = static_cast<RelationType>(1 + random.Below(kRelationTypeCount - 1));
    const std::size_t a = random.Below(30);
    const std::size_t b = random.Below(30);
    relation.head = {static_cast<std::int32_t>(a), mentions[a].entity, mentions[a].type, mentions[a].name};
    relation.tail = {static_cast<std::int32_t>(b), mentions[b].entity, mentions[b].type, mentions[b].name};
    relation.sentence = static_cast<std::uint32_t>(r);
    relation.confidence = static_cast<float>(60 + random.Below(4) * 10) / 100;
    relation.rule = "RULE/2";
    stored.annotation.relations.push_back(relation);
  }
  article.id = MakeArticleId(article);
  return stored;
}

template <typename Run>
void Time(const char* what, int times, Run run) {
  const double start = ThreadSeconds();
  for (int i = 0; i < times; ++i) run();
  std::printf("%-60s %9.3f ms CPU\n", what, (ThreadSeconds() - start) * 1000 / times);
}

void MeasureReads(Store& store, EntityId hub, EntityId rare) {
  const Reader reader = store.Read();
  const auto record = reader.Entity(hub);
  std::printf("hub: %llu articles, %llu event reports, %llu relations\n",
              static_cast<unsigned long long>((*record)->counts.articles),
              static_cast<unsigned long long>((*record)->counts.events),
              static_cast<unsigned long long>((*record)->counts.relations));
  EventFilter filter;
  Time("timeline page of 20 groups, hub, newest", 200, [&] { (void)reader.TimelineGroups(hub, filter, {}, 20, 5); });
  filter.order = Order::kOldestFirst;
  Time("timeline page of 20 groups, hub, oldest", 200, [&] { (void)reader.TimelineGroups(hub, filter, {}, 20, 5); });
  filter.order = Order::kNewestFirst;
  filter.to = Date{19700};
  Time("timeline page of 20 groups, hub, from the middle", 200,
       [&] { (void)reader.TimelineGroups(hub, filter, {}, 20, 5); });
  filter.types = {EventType::kEarnings};
  Time("timeline page of 20 groups, hub, one type", 200, [&] { (void)reader.TimelineGroups(hub, filter, {}, 20, 5); });
  filter = {};
  Time("timeline page of 20 groups, hub, as of the first month", 20,
       [&] { (void)reader.AsOf(Date{19030}).TimelineGroups(hub, filter, {}, 20, 5); });
  filter.field = TimeField::kPublished;
  Time("timeline page of 20 reports, hub, by publication", 200, [&] { (void)reader.Timeline(hub, filter, {}, 20); });
  Time("entity record, hub", 100, [&] { (void)reader.Entity(hub); });
  Time("entity record, rare", 100, [&] { (void)reader.Entity(rare); });
  Time("edges, hub, best 20", 20, [&] { (void)reader.Edges(hub, {}, 20); });
  Time("co-occurrence, hub, best 20", 10, [&] { (void)reader.Cooccurring(hub, {}, 20); });
  Time("co-occurrence, hub, as of the middle of a month", 5,
       [&] { (void)reader.AsOf(Date{19700}).Cooccurring(hub, {}, 20); });
  filter = {};
  filter.from = filter.to = Date{19700};
  Time("events of a day, 20 groups", 200, [&] { (void)reader.EventGroups(filter, {}, 20, 5); });
  const auto page = reader.Mentions(hub, {}, {}, 20);
  Time("article with text and annotation", 200, [&] { (void)reader.GetArticle(page->items[0].article); });
  Time("totals", 100, [&] { (void)reader.GetTotals(); });
  Time("distinct counts", 1, [&] { (void)reader.CountDistinct(); });
  Time("digest", 1, [&] { (void)reader.Digest(); });
  Time("verify", 1, [&] {
    const auto problems = reader.Verify();
    if (!problems || !problems->empty()) std::printf("NOT SOUND\n");
  });
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const std::size_t count = std::strtoul(argv[2], nullptr, 10);
  const std::size_t group = argc > 3 ? std::strtoul(argv[3], nullptr, 10) : 500;
  StoreOptions options;
  options.sync = argc > 4 && std::strcmp(argv[4], "durable") == 0 ? SyncPolicy::kDurable : SyncPolicy::kOs;
  options.mode = count == 0 ? OpenMode::kReadOnly : OpenMode::kReadWrite;
  const double open_start = ThreadSeconds();
  auto opened = Store::Open(argv[1], options);
  std::printf("open: %.0f ms CPU\n", (ThreadSeconds() - open_start) * 1000);
  if (!opened) {
    std::printf("%s\n", opened.error().message.c_str());
    return 1;
  }
  Store& store = **opened;
  if (count == 0) return 0;
  std::vector<std::string> words;
  std::vector<std::string> names;
  Random random(7);
  for (int i = 0; i < 8000; ++i)
    words.push_back(Utf8(static_cast<std::uint32_t>(0x4E00 + random.Below(2500))) +
                    Utf8(static_cast<std::uint32_t>(0x4E00 + random.Below(2500))));
  for (std::size_t i = 0; i < kEntities; ++i) names.push_back(NameOf(i));

  double wall = 0;
  double cpu = 0;
  std::uint64_t text_bytes = 0;
  std::vector<StoredArticle> articles;
  for (std::size_t i = 0; i < count; i += group) {
    articles.clear();
    for (std::size_t k = i; k < std::min(count, i + group); ++k) articles.push_back(MakeBenchArticle(k, words, names));
    for (const StoredArticle& stored : articles) text_bytes += stored.article.text.size();
    const double wall_start = Now();
    const double cpu_start = CpuSeconds();
    const auto put = store.Put(articles);
    wall += Now() - wall_start;
    cpu += CpuSeconds() - cpu_start;
    if (!put) {
      std::printf("%s\n", put.error().message.c_str());
      return 1;
    }
  }
  const auto per = [count](double seconds) { return seconds * 1e6 / static_cast<double>(count); };
  std::printf(
      "put: %zu articles in groups of %zu: %.0f articles/s, %.0f us wall, %.0f us CPU (background included) an "
      "article\n",
      count, group, static_cast<double>(count) / wall, per(wall), per(cpu));
  std::fflush(stdout);
  if (argc > 4 && std::strcmp(argv[4], "kill") == 0) _exit(0);
  const double compact_cpu = CpuSeconds();
  (void)store.Compact();
  std::printf("full compaction: %.0f us CPU an article\n", per(CpuSeconds() - compact_cpu));
  const auto info = store.Info();
  std::printf("text %.0f bytes an article; on disk %.0f:", static_cast<double>(text_bytes) / static_cast<double>(count),
              static_cast<double>(info->disk_bytes) / static_cast<double>(count));
  for (const SpaceStats& space : info->spaces) {
    std::printf(" %s %.0f", space.name.c_str(), static_cast<double>(space.bytes) / static_cast<double>(count));
  }
  std::printf("\n");
  MeasureReads(store, MakeEntityId(static_cast<MentionType>(1), names[0]),
               MakeEntityId(static_cast<MentionType>(1 + 20007 % 9), names[20007]));
  return 0;
}
