// What edges say of the state that they are, in one read whatever the number of their statements. The oracle is the
// articles: every question is answered again by looking at all relations of all articles.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <catch2/catch.hpp>

#include "store/answers.h"
#include "store/contribution.h"
#include "store/must.h"
#include "store/random_articles.h"
#include "store/store.h"
#include "support/sample_graph.h"
#include "support/subprocess.h"

namespace mailuo::store {
namespace {

using mailuo::testing::FactOptions;
using mailuo::testing::MustOpen;
using mailuo::testing::MustPut;
using mailuo::testing::RandomArticles;
using mailuo::testing::SampleArticle;
using mailuo::testing::SampleDay;
using mailuo::testing::SampleEntity;
using mailuo::testing::TempDir;

struct Statement {
  std::optional<Date> published;
  ArticleId article;
  std::uint32_t number = 0;
  const Relation* relation = nullptr;
};

// Of one edge, the ones that a filter admits, last published first, then by article and number.
std::vector<Statement> StatementsOf(const std::vector<StoredArticle>& articles, const EdgeId& edge,
                                    const EdgeFilter& filter, const std::optional<Date>& as_of) {
  std::vector<Statement> statements;
  for (const StoredArticle& stored : articles) {
    const auto day = stored.article.published ? std::optional(stored.article.published->date) : std::nullopt;
    const auto& [from, to] = filter.published;
    if ((from || to || as_of) && !day) continue;
    if ((from && *day < *from) || (to && *to < *day) || (as_of && *as_of < *day)) continue;
    std::uint32_t number = 0;
    for (const Relation& relation : stored.annotation.relations) {
      const bool is_it = EdgeOf(relation.type, relation.head.entity, relation.tail.entity) == edge;
      if (is_it && filter.statuses.Admits(relation.status)) {
        statements.push_back({day, stored.article.id, number, &relation});
      }
      ++number;
    }
  }
  std::sort(statements.begin(), statements.end(), [](const Statement& a, const Statement& b) {
    return a.published != b.published ? b.published < a.published
                                      : std::tie(a.article, a.number) < std::tie(b.article, b.number);
  });
  return statements;
}

using Told = std::tuple<std::optional<Date>, int, std::optional<Date>, std::optional<Date>>;

std::vector<EdgeFilter> SomeFilters() {
  std::vector<EdgeFilter> filters(3);
  filters[1].statuses = kNoDenials;
  filters[2].published = {MakeDate(2025, 3, 10), MakeDate(2025, 9, 3)};
  return filters;
}

void CheckEdge(const Reader& reader, const EdgeSummary& edge, const EdgeFilter& filter,
               const std::vector<Statement>& statements) {
  REQUIRE(edge.statements == statements.size());
  CHECK(reader.LastStatement(edge, filter)->article == statements.front().article);
  if (edge.last_status) CHECK(*edge.last_status == reader.LastStatement(edge, filter)->status);

  const auto best = std::min_element(statements.begin(), statements.end(), [](const Statement& a, const Statement& b) {
    const auto rank = [](const Statement& s) {
      return std::tuple(-int{Hundredths(s.relation->confidence)}, !s.published, s.published, s.article, s.number);
    };
    return rank(a) < rank(b);
  });
  CHECK(reader.BestEvidence(edge, filter)->article == best->article);
  CHECK(edge.best_published == best->published);

  // In any order within a day.
  std::set<Told> expected;
  for (const Statement& s : statements) {
    const auto& [from, to] = s.relation->valid;
    const bool opens_or_closes =
        s.relation->status == FactStatus::kTerminated || (s.relation->status == FactStatus::kOccurred && (from || to));
    if (Info(edge.edge.type).state && opens_or_closes) {
      expected.insert({s.published, static_cast<int>(s.relation->status), from, to});
    }
  }
  std::set<Told> found;
  for (const StateTold& told : edge.told) {
    found.insert({told.published, static_cast<int>(told.status), told.valid.from, told.valid.to});
  }
  CHECK(found == expected);
  CHECK(found.size() == edge.told.size());
  CHECK(std::is_sorted(edge.told.begin(), edge.told.end(),
                       [](const StateTold& a, const StateTold& b) { return a.published < b.published; }));
}

}  // namespace

TEST_CASE("what an edge says of its state is what the articles say, whatever the day, after deletions too",
          "[states]") {
  const TempDir dir;
  StoreOptions options;
  options.sync = SyncPolicy::kOs;
  const auto store = MustOpen(dir.path() + "/db", options);
  std::vector<StoredArticle> articles = RandomArticles(400, 90);
  MustPut(*store, articles);
  if (GENERATE(false, true)) {
    for (int i = 0; i < 30; ++i) {
      REQUIRE(*store->Delete(articles.back().article.id));
      articles.pop_back();
    }
    REQUIRE(store->Compact());
  }
  std::set<EntityId> entities;
  for (const StoredArticle& stored : articles) {
    for (const Mention& mention : stored.annotation.mentions) entities.insert(mention.entity);
  }
  std::size_t told = 0;
  for (const std::optional<Date>& as_of : {std::optional<Date>(), MakeDate(2025, 6, 30), MakeDate(2025, 12, 31)}) {
    const Reader reader = store->Read(as_of);
    for (const EntityId entity : entities) {
      for (const EdgeFilter& filter : SomeFilters()) {
        const std::vector<AdjacentEdge> around = *reader.Adjacent(entity, filter);
        for (const AdjacentEdge& adjacent : around) {
          const auto edge = *reader.Summarize(entity, adjacent, filter);
          REQUIRE(edge);
          CheckEdge(reader, *edge, filter, StatementsOf(articles, edge->edge, filter, as_of));
          told += edge->told.size();
          // The same through the pair.
          EdgeFilter pair = filter;
          pair.other = adjacent.other;
          const auto between = *reader.Edges(entity, pair, 100);
          CHECK(std::count_if(between.begin(), between.end(), [&edge](const EdgeSummary& other) {
                  return testing::Show(other) == testing::Show(*edge);
                }) == 1);
        }
      }
    }
  }
  CHECK(told > 100);
  CHECK(store->Read().Verify()->empty());
}

TEST_CASE("where the statements of the last day differ, the first article tells how things stand", "[states]") {
  const TempDir dir;
  const auto store = MustOpen(dir.path() + "/db", {});
  const auto says = [](std::string_view day, std::string_view title, FactStatus status) {
    FactOptions options;
    options.status = status;
    return SampleArticle(std::string(day), std::string(title))
        .Sentence("[华为]收购[Arm]。")
        .Relation(RelationType::kAcquires, "华为", "Arm", options)
        .Build();
  };
  const std::vector<StoredArticle> articles{
      says("2025-07-03", "一", FactStatus::kPlanned), says("2025-07-04", "二", FactStatus::kOccurred),
      says("2025-07-04", "三", FactStatus::kDenied), says("2025-07-04", "四", FactStatus::kRumoured)};
  MustPut(*store, articles);
  EdgeFilter filter;
  filter.other = SampleEntity("Arm");
  const auto last = [&](const Reader& reader) {
    const auto edges = *reader.Edges(SampleEntity("华为"), filter, 10);
    REQUIRE(edges.size() == 1);
    CHECK(edges[0].told.empty());  // No state.
    const EdgeEvidence said = *reader.LastStatement(edges[0], filter);
    if (edges[0].last_status) CHECK(said.status == *edges[0].last_status);
    return std::pair(edges[0].last_status, said.article);
  };
  const ArticleId first = std::min({articles[1].article.id, articles[2].article.id, articles[3].article.id});
  CHECK(last(store->Read()) == std::pair(std::optional<FactStatus>(), first));
  CHECK(last(store->Read(SampleDay("2025-07-03"))).first == FactStatus::kPlanned);
  filter.statuses = {FactStatus::kDenied};
  CHECK(last(store->Read()) == std::pair(std::optional(FactStatus::kDenied), articles[2].article.id));
}

TEST_CASE("within a day starts and ends stand in the order of the days that they tell of", "[states]") {
  const TempDir dir;
  const auto store = MustOpen(dir.path() + "/db", {});
  const auto says = [](std::string_view title, FactStatus status, std::string_view from, std::string_view to) {
    FactOptions options;
    options.status = status;
    options.day = from;
    options.last_day = to;
    return SampleArticle("2025-07-04", std::string(title))
        .Sentence("[黄仁勋:person]任[英伟达]CEO。")
        .Relation(RelationType::kExecutiveOf, "黄仁勋", "英伟达", options)
        .Build();
  };
  MustPut(*store,
          std::vector<StoredArticle>{
              says("一", FactStatus::kTerminated, "", ""), says("二", FactStatus::kOccurred, "2025-07-04", ""),
              says("三", FactStatus::kOccurred, "", "2024-05-01"), says("四", FactStatus::kOccurred, "2020-01-01", ""),
              says("五", FactStatus::kPlanned, "2019-01-01", ""), says("六", FactStatus::kOccurred, "", ""),
              says("七", FactStatus::kOccurred, "2020-01-01", "")});
  EdgeFilter filter;
  filter.other = SampleEntity("英伟达");
  const auto edges = *store->Read().Edges(SampleEntity("黄仁勋", MentionType::kPerson), filter, 10);
  REQUIRE(edges.size() == 1);
  std::vector<std::string> told;
  for (const StateTold& one : edges[0].told) {
    told.push_back(std::string(Word(one.status)) + " " + testing::Show(one.valid.from) + " " +
                   testing::Show(one.valid.to));
  }
  CHECK(told == std::vector<std::string>{"occurred 2020-01-01 -", "occurred - 2024-05-01", "occurred 2025-07-04 -",
                                         "terminated - -"});
}

}  // namespace mailuo::store
