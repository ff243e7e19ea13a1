#include <catch2/catch.hpp>

#include "query/engine.h"
#include "query/relation_items.h"
#include "support/graph.h"

namespace mailuo::query {
namespace {

using mailuo::testing::ChipNews;
using mailuo::testing::Graph;
using mailuo::testing::SampleArticle;
using mailuo::testing::SampleDay;

RelationsRequest Ask(const std::string& entity, const std::string& with = {}) {
  RelationsRequest request;
  request.entity = entity;
  request.with = with;
  return request;
}

RelationsResult Must(const Answer<RelationsResult>& answer) {
  if (!answer) FAIL(answer.error().detail);
  return *answer;
}

TEST_CASE("Relations of an entity, most statements first, each with its proof", "[query][relations]") {
  const Graph graph(ChipNews());
  const RelationsResult result = Must(graph.engine().Relations(Ask("英伟达")));
  REQUIRE(result.items.size() == 5);
  CHECK(result.page.total == 5);
  for (const RelationItem& item : result.items) REQUIRE_FALSE(item.evidence.empty());
  const RelationsResult arm = Must(graph.engine().Relations(Ask("英伟达", "Arm")));
  REQUIRE(arm.items.size() == 1);
  CHECK(arm.items[0].type == RelationType::kAcquires);
  CHECK(arm.items[0].direction == Direction::kOut);
  CHECK(arm.items[0].support == 2);
  CHECK(arm.items[0].status == FactStatus::kPlanned);
  CHECK(arm.items[0].first_seen == SampleDay("2025-07-04"));
  CHECK(arm.items[0].last_seen == SampleDay("2025-07-05"));
  CHECK(arm.items[0].confidence == Approx(0.9));
  CHECK(arm.items[0].evidence[0].quote == "昨日，辉达宣布收购Arm。");
}

TEST_CASE("Direction is that seen from the asked entity", "[query][relations]") {
  const Graph graph(ChipNews());
  const RelationsResult arm = Must(graph.engine().Relations(Ask("Arm")));
  REQUIRE(arm.items.size() == 1);
  CHECK(arm.items[0].direction == Direction::kIn);
  CHECK(arm.items[0].head.name == "英伟达");
  RelationsRequest request = Ask("英伟达");
  request.direction = Direction::kIn;
  for (const RelationItem& item : Must(graph.engine().Relations(request)).items) {
    CHECK((item.direction == Direction::kIn || item.symmetric));
  }
  const RelationsResult rivals = Must(graph.engine().Relations(Ask("英伟达", "华为")));
  REQUIRE(rivals.items.size() == 1);
  CHECK(rivals.items[0].direction == Direction::kAny);
  CHECK(rivals.items[0].symmetric);
}

TEST_CASE("A state ends only by a statement that says so, as of its day", "[query][relations]") {
  const Graph graph(ChipNews());
  RelationsRequest request = Ask("黄仁勋", "英伟达");
  const RelationItem now = Must(graph.engine().Relations(request)).items.at(0);
  CHECK(now.status == FactStatus::kTerminated);
  CHECK(now.valid_until == SampleDay("2025-11-20"));
  request.as_of = SampleDay("2025-11-19");
  const RelationItem before = Must(graph.engine().Relations(request)).items.at(0);
  CHECK(before.status == FactStatus::kOccurred);
  CHECK_FALSE(before.valid_until);
}

TEST_CASE("Statements about a state are read in the order of publication", "[query][relations]") {
  const auto statement = [](FactStatus status, std::optional<Date> from, std::optional<Date> to, Date published) {
    return store::StateTold{published, status, {from, to}};
  };
  const Date d1 = SampleDay("2020-01-01");
  const Date d2 = SampleDay("2022-01-01");
  const Date d3 = SampleDay("2024-01-01");
  ValidityReader reader;
  reader.Add(statement(FactStatus::kOccurred, d1, {}, d1));
  CHECK(reader.result().from == d1);
  reader.Add(statement(FactStatus::kTerminated, {}, {}, d2));
  CHECK(reader.result().until == d2);
  reader.Add(statement(FactStatus::kOccurred, d3, {}, d3));
  CHECK(reader.result().from == d3);
  CHECK_FALSE(reader.result().until);
  const Date d4 = SampleDay("2025-01-01");
  const Date d5 = SampleDay("2026-01-01");
  reader.Add(statement(FactStatus::kOccurred, {}, d4, d4));
  reader.Add(statement(FactStatus::kOccurred, {}, d5, d5));  // Told once more, a year later.
  CHECK(reader.result().until == d4);
}

TEST_CASE("Filters of relations", "[query][relations]") {
  const Graph graph(ChipNews());
  RelationsRequest request = Ask("英伟达");
  SECTION("type") {
    request.types = {RelationType::kRegulates};
    CHECK(Must(graph.engine().Relations(request)).items.size() == 1);
  }
  SECTION("status") {
    request.statuses = {FactStatus::kDenied};
    const auto items = Must(graph.engine().Relations(request)).items;
    REQUIRE(items.size() == 1);
    CHECK(items[0].tail.name == "台积电");
  }
  SECTION("confidence") {
    request.min_confidence = 0.85;
    CHECK(Must(graph.engine().Relations(request)).items.size() == 4);
  }
  SECTION("publication") {
    request.days.from = SampleDay("2025-10-01");
    request.days.to = SampleDay("2025-10-31");
    CHECK(Must(graph.engine().Relations(request)).items.size() == 1);
  }
  SECTION("pages") {
    request.page.limit = 2;
    std::size_t seen = 0;
    do {
      const auto page = Must(graph.engine().Relations(request));
      seen += page.items.size();
      request.page.cursor = page.page.next_cursor;
    } while (!request.page.cursor.empty());
    CHECK(seen == 5);
  }
}

TEST_CASE("Co-occurrence is kept apart and shown only when named", "[query][relations]") {
  const Graph graph(ChipNews());
  for (const RelationItem& item : Must(graph.engine().Relations(Ask("英伟达"))).items) {
    CHECK(item.type != RelationType::kCoOccurs);
  }
  RelationsRequest request = Ask("英伟达", "中芯国际");
  CHECK(Must(graph.engine().Relations(request)).items.empty());
  request.types = {RelationType::kCoOccurs};
  const auto items = Must(graph.engine().Relations(request)).items;
  REQUIRE(items.size() == 1);
  CHECK(items[0].head.name == "英伟达");
  CHECK(items[0].tail.name == "中芯国际");
  CHECK(items[0].articles == 1);
  CHECK(items[0].sentences == 0);
  CHECK(items[0].npmi);
  REQUIRE_FALSE(items[0].evidence.empty());
  request.with.clear();
  CHECK(Must(graph.engine().Relations(request)).items.size() == 6);
}

TEST_CASE("NPMI follows its formula", "[query][cooccurrence]") {
  CHECK(Npmi(10, 10, 10, 100).value() == Approx(1.0));
  CHECK(Npmi(1, 10, 10, 100).value() == Approx(0.0).margin(1e-12));
  CHECK_FALSE(Npmi(0, 10, 10, 100));
  CHECK_FALSE(Npmi(5, 4, 10, 100));
  CHECK_FALSE(Npmi(100, 100, 100, 100));
}

TEST_CASE("Who appears with an entity", "[query][cooccurrence]") {
  const Graph graph(ChipNews());
  CooccurrenceRequest request;
  request.entity = "英伟达";
  const auto result = graph.engine().Cooccurrence(request);
  REQUIRE(result);
  REQUIRE(result->items.size() == 5);  // In one sentence.
  CHECK(result->items[0].sentences == 2);
  for (const auto& item : result->items) {
    REQUIRE(item.evidence.size() == 1);
    CHECK_FALSE(item.evidence[0].quote.empty());
  }
  request.window = Window::kArticle;
  CHECK(graph.engine().Cooccurrence(request)->items.size() == 6);
  request.measure = Measure::kNpmi;
  request.min_support = 1;
  request.page.limit = 4;
  const auto first = graph.engine().Cooccurrence(request);
  REQUIRE(first);
  CHECK(first->items.size() == 4);
  CHECK(first->page.total == 6);
  request.page.cursor = first->page.next_cursor;
  CHECK(graph.engine().Cooccurrence(request)->items.size() == 2);
  request.page.cursor.clear();
  request.days.to = SampleDay("2025-07-31");
  CHECK(graph.engine().Cooccurrence(request)->items.size() == 2);
}

TEST_CASE("Articles of an entity and of days", "[query][articles]") {
  const Graph graph(ChipNews());
  ArticlesRequest request;
  request.page.limit = 5;
  const auto all = graph.engine().Articles(request);
  REQUIRE(all);
  CHECK(all->items.size() == 5);
  CHECK(all->page.total == 7);
  CHECK(all->items[0].article.title == "传闻");
  request.page.cursor = all->page.next_cursor;
  CHECK(graph.engine().Articles(request)->items.size() == 2);
  request.page.cursor.clear();
  request.entity = "华为";
  const auto huawei = graph.engine().Articles(request);
  REQUIRE(huawei);
  REQUIRE(huawei->items.size() == 1);
  CHECK(huawei->items[0].relations == 2);
  ArticleRequest one;
  one.article = huawei->items[0].article.id;
  const auto article = graph.engine().Article(one);
  REQUIRE(article);
  CHECK(article->article.text == "华为与英伟达竞争。中芯国际为华为代工。");
  CHECK(article->annotation.relations.size() == 2);
  one.as_of = SampleDay("2025-09-30");
  CHECK(graph.engine().Article(one).error().kind == ProblemKind::kNotFound);
}

TEST_CASE("Statistics count the whole", "[query][stats]") {
  const Graph graph(ChipNews());
  const auto stats = graph.engine().Stats();
  REQUIRE(stats);
  CHECK(stats->articles == 7);
  CHECK(stats->entities == 8);
  CHECK(stats->events == 5);
  CHECK(stats->event_reports == 6);
  CHECK(stats->relations == 7);
  CHECK(stats->relation_statements == 9);
  Common then;
  then.as_of = SampleDay("2025-07-04");
  CHECK(graph.engine().Stats(then)->articles == 1);
}

}  // namespace
}  // namespace mailuo::query
