#include <algorithm>
#include <map>
#include <set>

#include <catch2/catch.hpp>

#include "query/engine.h"
#include "store/random_articles.h"
#include "support/graph.h"

namespace mailuo::query {
namespace {

using mailuo::testing::ChipNews;
using mailuo::testing::Graph;
using mailuo::testing::RandomArticles;

std::vector<std::string> Names(const PathItem& path) {
  std::vector<std::string> names{path.hops.front().from.name};
  for (const HopItem& hop : path.hops) names.push_back(hop.to.name);
  return names;
}

PathsRequest Ask(const std::string& from, const std::string& to) {
  PathsRequest request;
  request.from = from;
  request.to = to;
  return request;
}

TEST_CASE("A path has a quote and a day on each hop", "[query][paths]") {
  const Graph graph(ChipNews());
  const auto result = graph.engine().Paths(Ask("上海市政府", "英伟达"));
  REQUIRE(result);
  REQUIRE(result->paths.size() == 1);
  CHECK(result->complete);
  CHECK(Names(result->paths[0]) == std::vector<std::string>{"上海市政府", "中芯国际", "华为", "英伟达"});
  for (const HopItem& hop : result->paths[0].hops) {
    REQUIRE_FALSE(hop.relation.evidence.empty());
    CHECK(hop.relation.evidence[0].quote.find(hop.from.name) != std::string::npos);
    CHECK(hop.relation.evidence[0].published);
  }
  CHECK(result->paths[0].hops[1].relation.direction == Direction::kOut);
}

TEST_CASE("Limits of a path search", "[query][paths]") {
  const Graph graph(ChipNews());
  PathsRequest request = Ask("上海市政府", "英伟达");
  SECTION("hops") {
    request.max_hops = 2;
    CHECK(graph.engine().Paths(request)->paths.empty());
    request.max_hops = 4;
    CHECK(graph.engine().Paths(request)->paths.size() == 1);
    request.max_hops = 5;
    CHECK(graph.engine().Paths(request).error().parameter == "max_hops");
  }
  SECTION("types") {
    request.types = {RelationType::kInvestsIn, RelationType::kSuppliesTo};
    CHECK(graph.engine().Paths(request)->paths.empty());
  }
  SECTION("excluded entities") {
    request.exclude = {"华为"};
    CHECK(graph.engine().Paths(request)->paths.empty());
  }
  SECTION("denials are no way, appearing together is the last one") {
    const auto paths = graph.engine().Paths(Ask("英伟达", "台积电"));
    REQUIRE(paths);
    REQUIRE(paths->paths.size() == 1);
    CHECK(paths->paths[0].hops[0].relation.type == RelationType::kCoOccurs);
    CHECK(paths->paths[0].hops[0].relation.evidence.at(0).quote == "英伟达否认收购台积电。");
    PathsRequest typed = Ask("英伟达", "台积电");
    typed.types = {RelationType::kAcquires};
    CHECK(graph.engine().Paths(typed)->paths.empty());
  }
  SECTION("as of an earlier day") {
    request.as_of = mailuo::testing::SampleDay("2025-10-15");
    const auto early = graph.engine().Paths(request);
    CHECK((!early || early->paths.empty()));
  }
  SECTION("one entity twice") { CHECK(graph.engine().Paths(Ask("英伟达", "NVDA")).error().parameter == "to"); }
}

// All simple paths of at most `max_hops`, the slow way.
void Walk(const std::map<std::string, std::set<std::string>>& graph, std::vector<std::string>& way,
          const std::string& to, std::size_t max_hops, std::set<std::vector<std::string>>& found) {
  if (way.back() == to) {
    found.insert(way);
    return;
  }
  if (way.size() > max_hops) return;
  const auto around = graph.find(way.back());
  if (around == graph.end()) return;
  for (const std::string& next : around->second) {
    if (std::find(way.begin(), way.end(), next) != way.end()) continue;
    way.push_back(next);
    Walk(graph, way, to, max_hops, found);
    way.pop_back();
  }
}

TEST_CASE("The search finds the paths that a full walk finds, cheapest first", "[query][paths]") {
  const auto articles = RandomArticles(40, 12);
  const Graph graph(articles);
  std::map<std::string, std::set<std::string>> edges;
  for (const store::StoredArticle& article : articles) {
    for (const Relation& relation : article.annotation.relations) {
      if (relation.status == FactStatus::kDenied || relation.head.name == relation.tail.name) continue;
      edges[relation.head.name].insert(relation.tail.name);
      edges[relation.tail.name].insert(relation.head.name);
    }
  }
  const std::uint32_t hops = GENERATE(1U, 2U, 3U);
  std::set<std::vector<std::string>> expected;
  std::vector<std::string> way{"英伟达"};
  Walk(edges, way, "华为", hops, expected);
  PathsRequest request = Ask("英伟达", "华为");
  request.max_hops = hops;
  request.k = 10;
  const auto result = graph.engine().Paths(request);
  REQUIRE(result);
  CHECK(result->paths.size() == std::min<std::size_t>(10, expected.size()));
  double last = 0;
  std::set<std::vector<std::string>> seen;
  for (const PathItem& path : result->paths) {
    CHECK(expected.count(Names(path)) == 1);
    CHECK(seen.insert(Names(path)).second);
    CHECK(path.cost >= last);
    last = path.cost;
  }
}

TEST_CASE("A subgraph has the asked entity first and edges among its nodes only", "[query][subgraph]") {
  const Graph graph(ChipNews());
  SubgraphRequest request;
  request.entity = "英伟达";
  const auto near = graph.engine().Subgraph(request);
  REQUIRE(near);
  CHECK(near->nodes.front().entity.name == "英伟达");
  CHECK(near->nodes.size() == 5);
  CHECK(near->edges.size() == 4);
  CHECK(near->complete);
  request.depth = 2;
  const auto far = graph.engine().Subgraph(request);
  REQUIRE(far);
  CHECK(far->nodes.size() == 6);
  CHECK(far->nodes.back().depth == 2);
  request.max_nodes = 3;
  const auto cut = graph.engine().Subgraph(request);
  CHECK(cut->nodes.size() == 3);
  CHECK_FALSE(cut->complete);
}

}  // namespace
}  // namespace mailuo::query
