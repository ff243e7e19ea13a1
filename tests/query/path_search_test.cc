// The search for the cheapest paths against a walk over all paths: on random graphs in memory, and on stores as of
// days, after deletions and with merges in force, where the walk knows nothing but the articles.
#include "query/path_search.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include <catch2/catch.hpp>

#include "query/engine.h"
#include "store/random_articles.h"
#include "support/graph.h"

namespace mailuo::query {
namespace {

using mailuo::testing::Random;
using mailuo::testing::RandomArticles;
using mailuo::testing::SampleArticle;
using mailuo::testing::SampleEntity;

using Costs = std::map<EntityId, std::map<EntityId, double>>;

// All simple paths of at most `max_hops`, with what they cost.
class Walker {
 public:
  Walker(const Costs& graph, EntityId to, std::size_t max_hops) : graph_(graph), to_(to), max_hops_(max_hops) {}

  std::vector<FoundPath> From(EntityId from) {
    Walk({from}, 0);
    std::sort(found_.begin(), found_.end(),
              [](const FoundPath& a, const FoundPath& b) { return std::tie(a.cost, a.way) < std::tie(b.cost, b.way); });
    return found_;
  }

 private:
  void Walk(const std::vector<EntityId>& way, double cost) {
    if (way.back() == to_) {
      found_.push_back({cost, way});
      return;
    }
    const auto around = graph_.find(way.back());
    if (way.size() > max_hops_ || around == graph_.end()) return;
    const double passage = way.size() == 1 ? 0 : Passage(around->second.size());
    for (const auto& [next, hop] : around->second) {
      if (std::find(way.begin(), way.end(), next) != way.end()) continue;
      std::vector<EntityId> longer = way;
      longer.push_back(next);
      Walk(longer, cost + passage + hop);
    }
  }

  const Costs& graph_;
  EntityId to_;
  std::size_t max_hops_;
  std::vector<FoundPath> found_;
};

class MapGraph : public PathGraph {
 public:
  explicit MapGraph(const Costs& graph) {
    for (const auto& [id, around] : graph) {
      for (const auto& [other, cost] : around) hops_[id].push_back({other, cost});
    }
  }
  Answer<const std::vector<Hop>*> Around(EntityId id) override { return &hops_[id]; }
  Answer<std::uint64_t> CountAround(EntityId id) override { return std::uint64_t{hops_[id].size()}; }
  // Sometimes nothing, sometimes all, mostly between.
  Answer<std::uint64_t> CountAroundAtLeast(EntityId id) override { return hops_[id].size() * (id.value % 4) / 3; }

 private:
  std::map<EntityId, std::vector<Hop>> hops_;
};

Costs RandomGraph(Random& random) {
  Costs graph;
  const std::size_t size = 4 + random.Below(9);
  const std::size_t edges = random.Below(size * 3);
  for (std::size_t i = 0; i < edges; ++i) {
    // The smallest ids are hubs.
    const EntityId a{1 + random.Below(1 + random.Below(size))};
    const EntityId b{1 + random.Below(size)};
    if (a == b) continue;
    // Few different costs, so that ties are frequent.
    const double cost = kLeastHop + static_cast<double>(random.Below(4)) / 5;
    graph[a][b] = cost;
    graph[b][a] = cost;
  }
  return graph;
}

void CheckEqual(const std::vector<FoundPath>& found, std::vector<FoundPath> expected, std::size_t k) {
  if (expected.size() > k) expected.resize(k);
  REQUIRE(found.size() == expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    CHECK(found[i].cost == expected[i].cost);
    CHECK(found[i].way == expected[i].way);
  }
}

TEST_CASE("The best paths of random graphs are those of a full walk", "[query][paths]") {
  for (std::uint64_t seed = 0; seed < 600; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const Costs graph = RandomGraph(random);
    MapGraph lists(graph);
    for (std::uint32_t hops = 1; hops <= 4; ++hops) {
      const EntityId from{1 + random.Below(4)};
      const EntityId to{from.value + 1 + random.Below(3)};
      const std::size_t k = 1 + random.Below(6);
      PathSearch search(lists, from, to, hops);
      const auto found = search.Best(k);
      REQUIRE(found);
      CHECK(search.complete());
      CheckEqual(*found, Walker(graph, to, hops).From(from), k);
    }
  }
}

// ---- Over stores.

EntityId Renamed(EntityId id, const std::map<EntityId, EntityId>& merged) {
  const auto found = merged.find(id);
  return found == merged.end() ? id : found->second;
}

// The relations of articles as a graph, by the formula of paths.h.
Costs FromArticles(const std::vector<store::StoredArticle>& articles, const std::map<EntityId, EntityId>& merged,
                   const PathsRequest& request) {
  struct Edge {
    double best = 0;
    double statements = 0;
  };
  std::map<std::tuple<EntityId, EntityId, RelationType>, Edge> edges;
  for (const store::StoredArticle& stored : articles) {
    const auto& published = stored.article.published;
    if (request.as_of && (!published || *request.as_of < published->date)) continue;
    for (const Relation& relation : stored.annotation.relations) {
      const bool asked = request.types.empty() ||
                         std::find(request.types.begin(), request.types.end(), relation.type) != request.types.end();
      if (relation.status == FactStatus::kDenied || !asked) continue;
      EntityId head = Renamed(relation.head.entity, merged);
      EntityId tail = Renamed(relation.tail.entity, merged);
      if (head == tail) continue;
      if (Info(relation.type).symmetric && tail < head) std::swap(head, tail);
      Edge& edge = edges[{head, tail, relation.type}];
      const float hundredths = std::round(relation.confidence * 100);
      edge.best = std::max(edge.best, static_cast<double>(hundredths / 100));
      edge.statements += 1;
    }
  }
  Costs graph;
  for (const auto& [key, edge] : edges) {
    const double cost = 1 + (1 - edge.best) / 2 + 0.5 / edge.statements;
    const auto& [head, tail, type] = key;
    for (const auto& [a, b] : {std::pair(head, tail), std::pair(tail, head)}) {
      const auto [it, fresh] = graph[a].try_emplace(b, cost);
      if (!fresh) it->second = std::min(it->second, cost);
    }
  }
  return graph;
}

// Many entities, some of them in every second article.
std::vector<store::StoredArticle> ManyRelations(std::uint64_t seed, std::size_t count) {
  std::vector<store::StoredArticle> articles;
  Random random(seed);
  const auto name = [&random] { return "公司" + std::to_string(random.Below(1 + random.Below(30))); };
  for (std::size_t i = 0; i < count; ++i) {
    const std::string day =
        FormatDate(*MakeDate(2025, static_cast<int>(1 + random.Below(12)), 1 + static_cast<int>(random.Below(28))));
    SampleArticle article(random.OneIn(9) ? "" : day, "第" + std::to_string(seed) + "." + std::to_string(i) + "篇");
    for (int relations = 0; relations < 3; ++relations) {
      const std::string a = name();
      const std::string b = name();
      if (a == b) continue;
      mailuo::testing::FactOptions options;
      options.status = static_cast<FactStatus>(1 + random.Below(5));
      options.confidence = static_cast<float>(5 + random.Below(5)) / 10;
      article.Sentence("[" + a + "]和[" + b + "]。")
          .Relation(random.OneIn(2) ? RelationType::kSuppliesTo : RelationType::kCompetesWith, a, b, options);
    }
    articles.push_back(article.Build());
  }
  return articles;
}

void CheckPaths(const mailuo::testing::Graph& graph, const std::vector<store::StoredArticle>& articles,
                const std::map<EntityId, EntityId>& merged) {
  Random random(articles.size());
  const std::vector<std::optional<Date>> days{std::nullopt, MakeDate(2025, 3, 14), MakeDate(2025, 8, 31),
                                              MakeDate(2025, 12, 31)};
  for (const std::optional<Date>& as_of : days) {
    for (int i = 0; i < 25; ++i) {
      PathsRequest request;
      request.as_of = as_of;
      request.max_hops = static_cast<std::uint32_t>(1 + random.Below(4));
      request.k = static_cast<std::uint32_t>(1 + random.Below(5));
      if (random.OneIn(3)) request.types = {RelationType::kSuppliesTo};
      const EntityId from = SampleEntity("公司" + std::to_string(random.Below(10)));
      const EntityId to = SampleEntity("公司" + std::to_string(10 + random.Below(10)));
      request.from = FormatId(MentionType::kCompany, from);
      request.to = FormatId(MentionType::kCompany, to);
      if (Renamed(from, merged) == Renamed(to, merged)) continue;
      const Costs costs = FromArticles(articles, merged, request);
      const auto expected = Walker(costs, Renamed(to, merged), request.max_hops).From(Renamed(from, merged));
      const auto result = graph.engine().Paths(request);
      if (!result) {
        // Nobody had written of one of them by then.
        CHECK(result.error().kind == ProblemKind::kUnknownEntity);
        CHECK(expected.empty());
        continue;
      }
      CHECK(result->complete);
      std::vector<FoundPath> found;
      for (const PathItem& path : result->paths) {
        FoundPath shown{path.cost, {path.hops.front().from.id}};
        for (const HopItem& hop : path.hops) shown.way.push_back(hop.to.id);
        // Where typed relations alone make no path, appearing together is looked at.
        const bool typed = std::all_of(path.hops.begin(), path.hops.end(),
                                       [](const HopItem& hop) { return hop.relation.type != RelationType::kCoOccurs; });
        if (typed) found.push_back(std::move(shown));
      }
      CheckEqual(found, expected, request.k);
    }
  }
}

TEST_CASE("The best paths of a store are those of its articles, as of any day", "[query][paths]") {
  auto articles = ManyRelations(5, 60);
  mailuo::testing::Graph graph(articles);
  std::map<EntityId, EntityId> merged;
  SECTION("as they came") {}
  SECTION("after deletions") {
    for (int i = 0; i < 25; ++i) {
      REQUIRE(*graph.store().Delete(articles.back().article.id));
      articles.pop_back();
    }
  }
  SECTION("after a replacement") {
    const auto other = ManyRelations(6, 1);
    REQUIRE(*graph.store().Replace(articles.front().article.id, other.front()));
    articles.front() = other.front();
  }
  SECTION("with a merge in force") {
    store::EntityOperation merge;
    merge.kind = store::OperationKind::kMerge;
    merge.day = *MakeDate(2025, 12, 1);
    merge.from = {SampleEntity("公司1"), MentionType::kCompany, "公司1"};
    merge.into = {SampleEntity("公司11"), MentionType::kCompany, "公司11"};
    REQUIRE(graph.store().Operate(merge));
    merged[merge.from.id] = merge.into.id;
  }
  SECTION("compacted") { REQUIRE(graph.store().Compact()); }
  CheckPaths(graph, articles, merged);
}

}  // namespace
}  // namespace mailuo::query
