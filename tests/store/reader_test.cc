#include "store/reader.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <catch2/catch.hpp>

#include "store/answers.h"
#include "store/event_key.h"
#include "store/random_articles.h"
#include "store/store.h"
#include "support/sample_graph.h"
#include "support/subprocess.h"

namespace mailuo::store {
namespace {

using mailuo::testing::AllAnswers;
using mailuo::testing::AllItems;
using mailuo::testing::RandomArticles;
using mailuo::testing::SampleArticle;
using mailuo::testing::SampleDay;
using mailuo::testing::SampleEntity;
using mailuo::testing::Show;
using mailuo::testing::ShowAll;
using mailuo::testing::SomeFilters;
using mailuo::testing::TempDir;

// A store of its own folder that holds the articles.
class Fixture {
 public:
  explicit Fixture(const std::vector<StoredArticle>& articles) {
    StoreOptions options;
    options.sync = SyncPolicy::kOs;
    auto opened = Store::Open(folder_ / "db", options);
    if (!opened) FAIL(opened.error().message);
    store_ = *std::move(opened);
    if (const auto put = store_->Put(articles); !put) FAIL(put.error().message);
  }
  Reader Read(std::optional<Date> as_of = std::nullopt) const { return store_->Read(as_of); }
  Store& store() { return *store_; }

 private:
  TempDir folder_;
  std::unique_ptr<Store> store_;
};

// ---- The slow and obvious answers. ----

bool InRange(const std::optional<Date>& day, const std::optional<Date>& from, const std::optional<Date>& to) {
  if (!from && !to) return true;
  return day && (!from || *day >= *from) && (!to || *day <= *to);
}

std::optional<Date> Published(const StoredArticle& stored) {
  if (!stored.article.published) return std::nullopt;
  return stored.article.published->date;
}

// Undated is before every day.
std::int64_t Rank(const std::optional<Date>& day) { return day ? day->days : INT32_MIN; }

std::vector<EventPosting> SlowPostings(const std::vector<StoredArticle>& articles, std::optional<EntityId> entity,
                                       const EventFilter& filter) {
  std::vector<EventPosting> postings;
  for (const StoredArticle& stored : articles) {
    for (std::uint32_t i = 0; i < stored.annotation.events.size(); ++i) {
      const Event& event = stored.annotation.events[i];
      const auto takes_part = [&](const Participant& participant) { return participant.entity == *entity; };
      if (entity && std::none_of(event.participants.begin(), event.participants.end(), takes_part)) continue;
      EventPosting posting;
      posting.event = MakeEventId(event, stored.article.id, i);
      posting.article = stored.article.id;
      posting.number = i;
      posting.type = event.type;
      posting.status = event.status;
      posting.published = Published(stored);
      posting.interval = event.time.interval;
      posting.sentence = event.sentence;
      posting.confidence = event.confidence;
      const auto& field = filter.field == TimeField::kEvent ? posting.day() : posting.published;
      if (!InRange(field, filter.from, filter.to)) continue;
      if (!filter.types.Admits(event.type) || !filter.statuses.Admits(event.status)) continue;
      if (event.confidence < filter.min_confidence) continue;
      postings.push_back(posting);
    }
  }
  std::sort(postings.begin(), postings.end(), [&](const EventPosting& a, const EventPosting& b) {
    const auto place = [&](const EventPosting& p) {
      if (filter.field == TimeField::kPublished) {
        return std::tuple(-Rank(p.published), std::uint8_t{0}, EventId{}, std::int64_t{0}, p.article, p.number);
      }
      const auto type = entity ? std::uint8_t{0} : static_cast<std::uint8_t>(p.type);
      return std::tuple(-Rank(p.day()), type, p.event, -Rank(p.published), p.article, p.number);
    };
    return place(a) < place(b);
  });
  if (filter.order == Order::kOldestFirst) std::reverse(postings.begin(), postings.end());
  return postings;
}

std::set<EntityId> EntitiesOf(const std::vector<StoredArticle>& articles) {
  std::set<EntityId> entities;
  for (const StoredArticle& stored : articles) {
    for (const Mention& mention : stored.annotation.mentions) entities.insert(mention.entity);
  }
  return entities;
}

}  // namespace

TEST_CASE("pages of a timeline put together are the full scan", "[reader]") {
  const auto articles = RandomArticles(1, 60);
  const Fixture fixture(articles);
  const Reader reader = fixture.Read();
  for (const EventFilter& filter : SomeFilters()) {
    for (const EntityId entity : EntitiesOf(articles)) {
      const auto expected = ShowAll("timeline", SlowPostings(articles, entity, filter));
      for (const std::size_t size : {std::size_t{1}, std::size_t{7}, std::size_t{1000}}) {
        const auto paged =
            AllItems([&](const std::string& resume) { return reader.Timeline(entity, filter, resume, size); });
        CHECK(ShowAll("timeline", paged) == expected);
      }
      std::vector<EventPosting> visited;
      REQUIRE(reader.VisitTimeline(entity, filter, [&](const EventPosting& posting) {
        visited.push_back(posting);
        return true;
      }));
      CHECK(ShowAll("timeline", visited) == expected);
    }
    if (filter.field != TimeField::kEvent) continue;
    const auto paged = AllItems([&](const std::string& resume) { return reader.Events(filter, resume, 7); });
    CHECK(ShowAll("events", paged) == ShowAll("events", SlowPostings(articles, std::nullopt, filter)));
  }
}

TEST_CASE("groups fold the reports of one event", "[reader]") {
  const auto articles = RandomArticles(1, 80);
  const Fixture fixture(articles);
  const Reader reader = fixture.Read();
  std::size_t folded = 0;
  for (const EventFilter& filter : SomeFilters()) {
    if (filter.field != TimeField::kEvent) continue;
    for (const EntityId entity : EntitiesOf(articles)) {
      const auto groups =
          AllItems([&](const std::string& resume) { return reader.TimelineGroups(entity, filter, resume, 3, 1000); });
      std::vector<EventPosting> unfolded;
      std::set<EventId> events;
      for (const EventGroup& group : groups) {
        CHECK(events.insert(group.event).second);
        CHECK(group.reports == group.evidence.size());
        folded += group.reports > 1 ? 1 : 0;
        for (const EventPosting& posting : group.evidence) {
          CHECK(posting.event == group.event);
          CHECK(posting.day() == group.day);
          CHECK(group.best.confidence >= posting.confidence);
          if (posting.published) CHECK((group.first_published && *group.first_published <= *posting.published));
        }
        unfolded.insert(unfolded.end(), group.evidence.begin(), group.evidence.end());
      }
      CHECK(ShowAll("", unfolded) == ShowAll("", SlowPostings(articles, entity, filter)));
    }
  }
  CHECK(folded > 10);
  EventFilter published;
  published.field = TimeField::kPublished;
  CHECK(reader.TimelineGroups(SampleEntity("华为"), published, "", 5, 5).error().code == ErrorCode::kInvalidArgument);
}

TEST_CASE("as of a day, everything is as if later articles had never come", "[reader]") {
  const auto articles = RandomArticles(1, 60);
  const Fixture fixture(articles);
  for (const std::string_view day : {"2025-01-01", "2025-02-28", "2025-06-17", "2025-12-31"}) {
    const Date as_of = SampleDay(day);
    std::vector<StoredArticle> known;
    for (const StoredArticle& stored : articles) {
      if (Published(stored) && *Published(stored) <= as_of) known.push_back(stored);
    }
    const Fixture past(known);
    CHECK(AllAnswers(fixture.Read(as_of), 5) == AllAnswers(past.Read(), 9));
    for (const StoredArticle& stored : articles) {
      const bool seen = Published(stored) && *Published(stored) <= as_of;
      CHECK(fixture.Read(as_of).GetArticle(stored.article.id)->has_value() == seen);
      CHECK(fixture.Read().AsOf(as_of).GetMeta(stored.article.id)->has_value() == seen);
    }
  }
}

TEST_CASE("an entity counts its articles, names and tickers", "[reader]") {
  const Fixture fixture({SampleArticle("2025-01-05", "一").Sentence("[英伟达@NVDA.US]和[NVIDIA=英伟达]。").Build(),
                         SampleArticle("2025-03-05", "二").Sentence("[NVIDIA=英伟达]。[黄仁勋:person]。").Build(),
                         SampleArticle("", "三").Sentence("[nvidia=英伟达]。").Sentence("[英伟达]").Build()});
  const auto record = **fixture.Read().Entity(SampleEntity("英伟达"));
  CHECK(record.name == "英伟达");
  CHECK(record.type == MentionType::kCompany);
  CHECK(record.counts.articles == 3);
  CHECK(record.counts.sentences == 4);
  CHECK(record.counts.mentions == 5);
  CHECK(record.first_published == SampleDay("2025-01-05"));
  CHECK(record.last_published == SampleDay("2025-03-05"));
  CHECK(record.names == std::vector<NameSeen>{{"NVIDIA", 2}, {"英伟达", 2}, {"nvidia", 1}});
  CHECK(record.tickers == std::vector<NameSeen>{{"NVDA.US", 1}});
  CHECK((*fixture.Read().EntityBrief(SampleEntity("英伟达")))->names.empty());
  CHECK((*fixture.Read(SampleDay("2025-02-01")).Entity(SampleEntity("英伟达")))->counts.articles == 1);
  CHECK_FALSE(fixture.Read(SampleDay("2025-01-04")).Entity(SampleEntity("英伟达"))->has_value());
  CHECK_FALSE(fixture.Read().Entity(SampleEntity("华为"))->has_value());

  const auto by_name = *fixture.Read().FindName("nvidia");
  REQUIRE(by_name.size() == 1);
  CHECK(by_name[0].entity == SampleEntity("英伟达"));
  CHECK(by_name[0].articles == 3);
  const auto by_ticker = *fixture.Read().FindName("nvda.us");
  REQUIRE(by_ticker.size() == 1);
  CHECK(by_ticker[0].use == NameUse::kTicker);
  CHECK(fixture.Read().FindName("nv")->empty());
  const auto by_prefix = *fixture.Read().FindPrefix("nv", 10);
  REQUIRE(by_prefix.size() == 2);
  CHECK(by_prefix[0].key == "nvda.us");
  CHECK(fixture.Read().FindPrefix("nv", 1)->size() == 1);
}

TEST_CASE("one name may stand for several entities, the most frequent first", "[reader]") {
  const Fixture fixture({SampleArticle("2025-01-05", "一").Sentence("[平安=平安银行]。").Build(),
                         SampleArticle("2025-01-06", "二").Sentence("[平安=中国平安]。").Build(),
                         SampleArticle("2025-01-07", "三").Sentence("[平安=中国平安]。").Build()});
  const auto matches = *fixture.Read().FindName("平安");
  REQUIRE(matches.size() == 2);
  CHECK(matches[0].entity == SampleEntity("中国平安"));
  CHECK(matches[0].articles == 2);
  CHECK(matches[1].entity == SampleEntity("平安银行"));
}

TEST_CASE("edges are seen from both ends, with all their statements", "[reader]") {
  const Fixture fixture(
      {SampleArticle("2025-01-05", "一")
           .Sentence("[英伟达]收购[Arm]，与[AMD]竞争。")
           .Relation(RelationType::kAcquires, "英伟达", "Arm", {FactStatus::kPlanned, "", "", 0.6F})
           .Relation(RelationType::kCompetesWith, "英伟达", "AMD")
           .Build(),
       SampleArticle("2025-02-05", "二")
           .Sentence("[AMD]与[英伟达]竞争，[英伟达]放弃收购[Arm]。")
           .Relation(RelationType::kAcquires, "英伟达", "Arm", {FactStatus::kTerminated, "", "", 0.8F})
           .Relation(RelationType::kCompetesWith, "AMD", "英伟达", {FactStatus::kOccurred, "2024-01-01", "", 0.7F})
           .Build()});
  const EntityId nvidia = SampleEntity("英伟达");
  const EntityId arm = SampleEntity("Arm");
  const EntityId amd = SampleEntity("AMD");
  const Reader reader = fixture.Read();

  const auto edges = *reader.Edges(nvidia, {}, 10);
  REQUIRE(edges.size() == 2);
  const auto from_arm = *reader.Edges(arm, {}, 10);
  REQUIRE(from_arm.size() == 1);
  CHECK(from_arm[0].edge == EdgeId{nvidia, RelationType::kAcquires, arm});
  CHECK(from_arm[0].other == nvidia);
  CHECK(from_arm[0].direction == EdgeDirection::kIn);
  CHECK(from_arm[0].statements == 2);
  CHECK(from_arm[0].by_status[static_cast<std::size_t>(FactStatus::kTerminated)] == 1);
  CHECK(from_arm[0].first_published == SampleDay("2025-01-05"));
  CHECK(from_arm[0].last_published == SampleDay("2025-02-05"));

  EdgeFilter filter;
  filter.other = amd;
  const auto rivals = *reader.Edges(nvidia, filter, 10);
  REQUIRE(rivals.size() == 1);
  CHECK(rivals[0].direction == EdgeDirection::kBoth);
  CHECK(rivals[0].statements == 2);
  filter = {};
  filter.directions = {EdgeDirection::kIn};
  CHECK(reader.Edges(nvidia, filter, 10)->size() == 1);  // The symmetric one.
  filter = {};
  filter.statuses = {FactStatus::kPlanned};
  const auto planned = *reader.Edges(nvidia, filter, 10);
  REQUIRE(planned.size() == 1);
  CHECK(planned[0].statements == 1);
  CHECK(planned[0].last_published == SampleDay("2025-01-05"));

  const EdgeId acquires{nvidia, RelationType::kAcquires, arm};
  CHECK((*reader.BestEvidence(acquires))->status == FactStatus::kTerminated);
  CHECK((*reader.AsOf(SampleDay("2025-01-31")).BestEvidence(acquires))->status == FactStatus::kPlanned);
  CHECK((*reader.BestEvidence(acquires, filter))->status == FactStatus::kPlanned);
  CHECK_FALSE(reader.BestEvidence({arm, RelationType::kAcquires, nvidia})->has_value());
  const auto evidence = *reader.Evidence({nvidia, RelationType::kCompetesWith, amd}, "", 10);
  REQUIRE(evidence.items.size() == 2);
  CHECK(evidence.items[0].published == SampleDay("2025-02-05"));
  CHECK(evidence.items[0].valid.from == SampleDay("2024-01-01"));
  CHECK(ShowAll("", evidence.items) ==
        ShowAll("", reader.Evidence({amd, RelationType::kCompetesWith, nvidia}, "", 10)->items));
}

TEST_CASE("edge summaries are the counts of their statements", "[reader]") {
  const auto articles = RandomArticles(1, 60);
  const Fixture fixture(articles);
  const Reader reader = fixture.Read();
  std::map<std::string, std::uint64_t> expected;
  for (const StoredArticle& stored : articles) {
    for (const Relation& relation : stored.annotation.relations) {
      EdgeId edge{relation.head.entity, relation.type, relation.tail.entity};
      if (Info(relation.type).symmetric && edge.tail < edge.head) std::swap(edge.head, edge.tail);
      ++expected[Show(edge)];
    }
  }
  std::map<std::string, std::uint64_t> found;
  for (const EntityId entity : EntitiesOf(articles)) {
    const auto edges = *reader.Edges(entity, {}, 10000);
    for (const EdgeSummary& edge : edges) {
      found[Show(edge.edge)] = edge.statements;
      const auto evidence = AllItems([&](const std::string& resume) { return reader.Evidence(edge.edge, resume, 3); });
      CHECK(evidence.size() == edge.statements);
      float best = 0;
      for (const EdgeEvidence& one : evidence) best = std::max(best, one.confidence);
      CHECK(edge.best_confidence == best);
      CHECK((*reader.BestEvidence(edge.edge))->confidence == best);
    }
  }
  CHECK(found == expected);
  CHECK(reader.CountDistinct()->edges == expected.size());
}

TEST_CASE("co-occurrence counts articles and sentences", "[reader]") {
  const auto articles = RandomArticles(1, 70);
  const Fixture fixture(articles);
  const std::vector<PublishedRange> ranges{{},
                                           {MakeDate(2025, 3, 1), MakeDate(2025, 4, 30)},
                                           {MakeDate(2025, 3, 9), MakeDate(2025, 3, 21)},
                                           {MakeDate(2025, 3, 1), MakeDate(2025, 3, 31)},
                                           {MakeDate(2025, 1, 20), MakeDate(2025, 11, 3)},
                                           {MakeDate(2025, 5, 6), std::nullopt}};
  for (const PublishedRange& range : ranges) {
    for (const EntityId entity : EntitiesOf(articles)) {
      std::map<EntityId, std::pair<std::uint64_t, std::uint64_t>> expected;
      for (const StoredArticle& stored : articles) {
        if (!InRange(Published(stored), range.from, range.to)) continue;
        std::map<EntityId, std::set<std::size_t>> sentences;
        for (const Mention& mention : stored.annotation.mentions) {
          for (std::size_t s = 0; s < stored.annotation.sentences.size(); ++s) {
            const TextSpan& span = stored.annotation.sentences[s];
            if (mention.span.start >= span.start && mention.span.start < span.end) sentences[mention.entity].insert(s);
          }
        }
        if (sentences.count(entity) == 0) continue;
        for (const auto& [other, theirs] : sentences) {
          if (other == entity) continue;
          ++expected[other].first;
          for (const std::size_t s : theirs) expected[other].second += sentences[entity].count(s);
        }
      }
      std::map<EntityId, std::pair<std::uint64_t, std::uint64_t>> found;
      std::uint64_t last = UINT64_MAX;
      const auto all_together = *fixture.Read().Cooccurring(entity, range, 100);
      for (const Cooccurrence& together : all_together) {
        found[together.other] = {together.articles, together.sentences};
        CHECK(together.articles <= last);
        last = together.articles;
      }
      CHECK(found == expected);
    }
  }
  CHECK(fixture.Read().Cooccurring(SampleEntity("华为"), {}, 2)->size() == 2);
}

TEST_CASE("a resume of another question is refused", "[reader]") {
  const auto articles = RandomArticles(1, 30);
  const Fixture fixture(articles);
  const Reader reader = fixture.Read();
  const EntityId entity = *EntitiesOf(articles).begin();
  const std::string resume = reader.Timeline(entity, {}, "", 1)->resume;
  REQUIRE_FALSE(resume.empty());
  CHECK(reader.Articles({}, Order::kNewestFirst, resume, 1).error().code == ErrorCode::kInvalidArgument);
  CHECK(reader.Mentions(entity, {}, resume, 1).error().code == ErrorCode::kInvalidArgument);
  CHECK(reader.Events({}, resume, 1).error().code == ErrorCode::kInvalidArgument);
  for (const std::string_view bad : {"t", "t!", "tAAAA", "x", "\xFF\xFF"}) {
    CHECK(reader.Timeline(entity, {}, bad, 1).error().code == ErrorCode::kInvalidArgument);
  }
}

TEST_CASE("a page stays in place while articles come in", "[reader]") {
  const auto articles = RandomArticles(1, 60);
  Fixture fixture(std::vector(articles.begin(), articles.begin() + 30));
  const EntityId entity = SampleEntity("英伟达");
  const auto first = *fixture.Read().Timeline(entity, {}, "", 5);
  REQUIRE(fixture.store().Put(std::span(articles).subspan(30)));
  std::set<std::string> seen;
  for (const EventPosting& posting : first.items) seen.insert(Show(posting));
  const auto rest = AllItems([&](const std::string& resume) {
    return fixture.Read().Timeline(entity, {}, resume.empty() ? first.resume : resume, 5);
  });
  for (const EventPosting& posting : rest) CHECK(seen.insert(Show(posting)).second);
}

TEST_CASE("a long list of names does not make every pair an edge of co-occurrence", "[reader]") {
  SampleArticle article("2025-01-05", "名单");
  for (int i = 0; i < 100; ++i) article.Sentence("[公司" + std::to_string(i) + "]涨。");
  article.Sentence("[公司42]和[公司77]再涨。");
  const Fixture fixture({article.Build()});
  const auto together = *fixture.Read().Cooccurring(SampleEntity("公司42"), {}, 1000);
  CHECK(together.size() == 15);
  CHECK(together[0].other == SampleEntity("公司77"));
  CHECK(together[0].sentences == 1);
}

}  // namespace mailuo::store
