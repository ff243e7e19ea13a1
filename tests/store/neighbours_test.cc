// Neighbour lists, and what readers make of them. The oracle is the articles: every question is answered again by
// looking at all relations of all articles.
#include "store/neighbour_list.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <catch2/catch.hpp>

#include "store/contribution.h"
#include "store/must.h"
#include "store/random_articles.h"
#include "store/store.h"
#include "support/sample_graph.h"
#include "support/subprocess.h"

namespace mailuo::store {
namespace {

using mailuo::testing::MustPut;
using mailuo::testing::Random;
using mailuo::testing::RandomArticles;
using mailuo::testing::SampleArticle;
using mailuo::testing::SampleDay;
using mailuo::testing::SampleEntity;
using mailuo::testing::TempDir;

std::string Add(const std::vector<std::string>& parts) {
  const std::vector<std::string_view> views(parts.begin(), parts.end());
  auto sum = AddNeighbourLists(views);
  REQUIRE(sum);
  return *std::move(sum);
}

std::string RandomList(Random& random) {
  std::vector<NeighbourRow> rows;
  const std::size_t size = random.Below(12);
  rows.reserve(size);
  for (std::size_t i = 0; i < size; ++i) {
    const NeighbourCode code{random.OneIn(9),
                             static_cast<EdgeDirection>(1 + random.Below(3)),
                             static_cast<RelationType>(1 + random.Below(3)),
                             static_cast<FactStatus>(1 + random.Below(5)),
                             static_cast<std::uint8_t>(random.Below(3) * 50),
                             static_cast<std::uint8_t>(random.Below(32))};
    rows.push_back({random.Below(4) * (UINT64_MAX / 4), Pack(code), static_cast<std::int64_t>(random.Below(5)) - 1});
  }
  SumRows(rows);
  return EncodeNeighbours(rows);
}

TEST_CASE("adding neighbour lists does not care for order or grouping, and can be undone", "[neighbours]") {
  Random random(11);
  for (int i = 0; i < 300; ++i) {
    const std::string a = RandomList(random);
    const std::string b = RandomList(random);
    const std::string c = RandomList(random);
    CHECK(Add({a, b, c}) == Add({c, a, b}));
    CHECK(Add({a, Add({b, c})}) == Add({Add({a, b}), c}));
    CHECK(Add({a, b, *NegateNeighbourList(b)}) == a);
    CHECK(IsEmptyNeighbourList(Add({a, *NegateNeighbourList(a)})));
    CHECK(EncodeNeighbours(*DecodeNeighbours(a)) == a);
  }
}

TEST_CASE("damaged neighbour lists are refused", "[neighbours]") {
  const std::string list = EncodeNeighbours(std::vector<NeighbourRow>{
      {7, Pack({false, EdgeDirection::kOut, RelationType::kSues, FactStatus::kOccurred, 50, 1}), 2}});
  REQUIRE(DecodeNeighbours(list));
  for (std::size_t size = 0; size < list.size(); ++size) CHECK_FALSE(DecodeNeighbours(list.substr(0, size)));
  std::string wrong_number = list;
  wrong_number[1] = 2;
  CHECK_FALSE(DecodeNeighbours(wrong_number));
  CHECK_FALSE(AddNeighbourLists({}));
  const std::vector<std::string_view> mixed{list, "\x01\x01\x05\x02"};
  CHECK_FALSE(AddNeighbourLists(mixed));
}

TEST_CASE("the number of neighbours leaves out denials and the entity itself", "[neighbours]") {
  const auto row = [](std::uint64_t other, FactStatus status, bool itself) {
    return NeighbourRow{other, Pack({itself, EdgeDirection::kOut, RelationType::kSues, status, 50, 0}), 1};
  };
  std::vector<NeighbourRow> rows{row(1, FactStatus::kOccurred, false), row(1, FactStatus::kDenied, false),
                                 row(2, FactStatus::kDenied, false), row(3, FactStatus::kRumoured, true)};
  SumRows(rows);
  CHECK(CountNeighbours(EncodeNeighbours(rows)) == 1);
}

using Shown = std::vector<std::uint64_t>;  // Other, direction, type, best, statements.

// What Adjacent() says, from the articles.
std::set<Shown> FromArticles(const std::vector<StoredArticle>& articles, EntityId entity, const EdgeFilter& filter,
                             const std::optional<Date>& as_of) {
  std::map<std::tuple<std::uint64_t, int, int>, std::pair<int, std::uint64_t>> edges;
  for (const StoredArticle& stored : articles) {
    const auto day = stored.article.published ? std::optional(stored.article.published->date) : std::nullopt;
    const auto& [from, to] = filter.published;
    if ((from || to || as_of) && !day) continue;
    if ((from && *day < *from) || (to && *to < *day) || (as_of && *as_of < *day)) continue;
    for (const Relation& relation : stored.annotation.relations) {
      if (!filter.types.Admits(relation.type) || !filter.statuses.Admits(relation.status)) continue;
      const auto add = [&](EntityId other, EdgeDirection direction) {
        if (direction != EdgeDirection::kBoth && !filter.directions.Admits(direction)) return;
        auto& [best, statements] = edges[{other.value, static_cast<int>(direction), static_cast<int>(relation.type)}];
        best = std::max<int>(best, Hundredths(relation.confidence));
        ++statements;
      };
      const bool symmetric = Info(relation.type).symmetric;
      const bool loop = relation.head.entity == relation.tail.entity;
      if (relation.head.entity == entity) {
        add(relation.tail.entity, symmetric ? EdgeDirection::kBoth : EdgeDirection::kOut);
      }
      if (relation.tail.entity == entity && !(symmetric && loop)) {
        add(relation.head.entity, symmetric ? EdgeDirection::kBoth : EdgeDirection::kIn);
      }
    }
  }
  std::set<Shown> shown;
  for (const auto& [key, value] : edges) {
    shown.insert({std::get<0>(key), static_cast<std::uint64_t>(std::get<1>(key)),
                  static_cast<std::uint64_t>(std::get<2>(key)), static_cast<std::uint64_t>(value.first), value.second});
  }
  return shown;
}

std::set<Shown> FromStore(const Reader& reader, EntityId entity, const EdgeFilter& filter) {
  const auto edges = reader.Adjacent(entity, filter);
  REQUIRE(edges);
  std::set<Shown> shown;
  for (const AdjacentEdge& edge : *edges) {
    shown.insert({edge.other.value, static_cast<std::uint64_t>(edge.direction), static_cast<std::uint64_t>(edge.type),
                  Hundredths(edge.best_confidence), edge.statements});
    const auto summary = reader.Summarize(entity, edge, filter);
    REQUIRE(summary);
    REQUIRE(*summary);
    CHECK((*summary)->statements == edge.statements);
    CHECK((*summary)->best_confidence == edge.best_confidence);
    CHECK((*summary)->edge == EdgeFrom(entity, edge));
  }
  CHECK(shown.size() == edges->size());
  return shown;
}

std::vector<EdgeFilter> SomeEdgeFilters() {
  std::vector<EdgeFilter> filters(1);
  EdgeFilter filter;
  filter.statuses = {FactStatus::kOccurred, FactStatus::kPlanned, FactStatus::kRumoured, FactStatus::kTerminated};
  filters.push_back(filter);
  filter.directions = {EdgeDirection::kIn};
  filters.push_back(filter);
  filter = {};
  filter.published = {MakeDate(2025, 3, 10), MakeDate(2025, 9, 3)};
  filters.push_back(filter);
  filter.types = {RelationType::kAcquires, RelationType::kCompetesWith};
  filter.published.to.reset();
  filters.push_back(filter);
  return filters;
}

TEST_CASE("adjacent edges are those of the articles, whatever the day, after deletions too", "[neighbours]") {
  const TempDir dir;
  StoreOptions options;
  options.sync = SyncPolicy::kOs;
  options.block_cache_bytes = std::size_t{8} << 20;
  const auto store = testing::MustOpen(dir.path() + "/db", options);
  std::vector<StoredArticle> articles = RandomArticles(21, 60);
  MustPut(*store, articles);
  const bool deletes = GENERATE(false, true);
  if (deletes) {
    for (int i = 0; i < 20; ++i) {
      REQUIRE(*store->Delete(articles.back().article.id));
      articles.pop_back();
    }
    // Without undated articles too, so that "as of the end" is everything.
    const auto undated = std::partition(articles.begin(), articles.end(),
                                        [](const StoredArticle& s) { return s.article.published.has_value(); });
    for (auto stored = undated; stored != articles.end(); ++stored) REQUIRE(*store->Delete(stored->article.id));
    articles.erase(undated, articles.end());
  }
  if (GENERATE(false, true)) REQUIRE(store->Compact());
  std::set<EntityId> entities;
  for (const StoredArticle& stored : articles) {
    for (const Mention& mention : stored.annotation.mentions) entities.insert(mention.entity);
  }
  const std::vector<std::optional<Date>> days{std::nullopt,          MakeDate(2024, 12, 31), MakeDate(2025, 2, 14),
                                              MakeDate(2025, 6, 30), MakeDate(2025, 12, 31), MakeDate(2030, 1, 1)};
  for (const std::optional<Date>& as_of : days) {
    const Reader reader = store->Read(as_of);
    for (const EntityId entity : entities) {
      for (const EdgeFilter& filter : SomeEdgeFilters()) {
        CHECK(FromStore(reader, entity, filter) == FromArticles(articles, entity, filter, as_of));
      }
      std::set<std::uint64_t> related;
      for (const Shown& edge : FromArticles(articles, entity, SomeEdgeFilters()[1], as_of)) {
        if (edge[0] != entity.value) related.insert(edge[0]);
      }
      CHECK(*reader.CountRelated(entity) == related.size());
    }
  }
  CHECK(store->Read().Verify()->empty());
}

TEST_CASE("a relation of an entity to itself looks both ways", "[neighbours]") {
  const TempDir dir;
  const auto store = testing::MustOpen(dir.path() + "/db", {});
  MustPut(*store, std::vector<StoredArticle>{SampleArticle("2025-07-04", "自")
                                                 .Sentence("[华为]持有[华为]。")
                                                 .Relation(RelationType::kHoldsStake, "华为", "华为")
                                                 .Build()});
  const Reader reader = store->Read();
  const EntityId huawei = SampleEntity("华为");
  CHECK(reader.Edges(huawei, {}, 10)->size() == 2);
  EdgeFilter filter;
  filter.other = huawei;
  CHECK(reader.Edges(huawei, filter, 10)->size() == 2);
  filter.directions = {EdgeDirection::kIn};
  REQUIRE(reader.Edges(huawei, filter, 10)->size() == 1);
  CHECK(reader.Edges(huawei, filter, 10)->front().direction == EdgeDirection::kIn);
  CHECK(*reader.CountRelated(huawei) == 0);
}

}  // namespace
}  // namespace mailuo::store
