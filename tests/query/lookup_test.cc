#include <algorithm>

#include <catch2/catch.hpp>

#include "query/engine.h"
#include "support/graph.h"

namespace mailuo::query {
namespace {

using mailuo::testing::ChipNews;
using mailuo::testing::Graph;
using mailuo::testing::SampleArticle;
using mailuo::testing::SampleDay;
using mailuo::testing::SampleEntity;

TEST_CASE("An entity is found in every written form", "[query][lookup]") {
  const Graph graph(ChipNews());
  struct Form {
    std::string text;
    std::string name;
    MatchReason why;
  };
  const auto form = GENERATE(values<Form>({
      {"英伟达", "英伟达", MatchReason::kName},
      {"英偉達", "英伟达", MatchReason::kName},
      {"  英伟达 ", "英伟达", MatchReason::kName},
      {"辉达", "英伟达", MatchReason::kAlias},
      {"NVIDIA", "英伟达", MatchReason::kAlias},
      {"nvidia", "英伟达", MatchReason::kAlias},
      {"NVDA", "英伟达", MatchReason::kTicker},
      {"nvda", "英伟达", MatchReason::kTicker},
      {"NVDA.US", "英伟达", MatchReason::kTicker},
      {"NASDAQ: NVDA", "英伟达", MatchReason::kTicker},
      {"yingweida", "英伟达", MatchReason::kPinyin},
      {"Ying Wei Da", "英伟达", MatchReason::kPinyin},
      {"阿里巴巴集團", "阿里巴巴", MatchReason::kAlias},
      {"阿里", "阿里巴巴", MatchReason::kAlias},
      {"09988.HK", "阿里巴巴", MatchReason::kTicker},
      {"9988.hk", "阿里巴巴", MatchReason::kTicker},
      {"baba", "阿里巴巴", MatchReason::kTicker},
      {"alibaba", "阿里巴巴", MatchReason::kAlias},
      {"688981", "中芯国际", MatchReason::kTicker},
      {"sh688981", "中芯国际", MatchReason::kTicker},
      {"zhongxinguoji", "中芯国际", MatchReason::kPinyin},
      {"meidijituan", "美的集团", MatchReason::kPinyin},
  }));
  CAPTURE(form.text);
  const auto match = graph.engine().Find(form.text);
  if (!match) {
    CAPTURE(match.error().detail, match.error().candidates.size());
    FAIL("not found");
  }
  CHECK(match->entity.name == form.name);
  CHECK(match->entity.type == MentionType::kCompany);
  CHECK(Word(match->why) == Word(form.why));
}

TEST_CASE("An id finds its entity", "[query][lookup]") {
  const Graph graph(ChipNews());
  const auto match = graph.engine().Find(FormatId(MentionType::kCompany, SampleEntity("英伟达")));
  REQUIRE(match);
  CHECK(match->entity.name == "英伟达");
  CHECK(match->why == MatchReason::kId);
  CHECK(match->articles == 6);
  CHECK(match->first_seen == SampleDay("2025-07-04"));
  CHECK_FALSE(graph.engine().Find("co_0000000000000001"));
}

TEST_CASE("An entity of the lexicon that no article mentions is found with counts of zero", "[query][lookup]") {
  const Graph graph;
  const auto match = graph.engine().Find("宁德时代");
  REQUIRE(match);
  CHECK(match->articles == 0);
  CHECK_FALSE(match->first_seen);
  CHECK(match->tickers.front() == "300750.SZ");
  TimelineRequest request;
  request.events.entities = {"宁德时代"};
  const auto timeline = graph.engine().Timeline(request);
  REQUIRE(timeline);
  CHECK(timeline->items.empty());
  CHECK(timeline->page.total == 0);
}

TEST_CASE("A name that only articles know is found, and not before they were published", "[query][lookup]") {
  const Graph graph({SampleArticle("2025-07-04").Sentence("[珞珈微纳米新材]成立。").Build()});
  const auto match = graph.engine().Find("珞珈微纳米新材");
  REQUIRE(match);
  CHECK(match->articles == 1);
  Common before;
  before.as_of = SampleDay("2025-07-03");
  const auto unknown = graph.engine().Find("珞珈微纳米新材", before);
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().kind == ProblemKind::kUnknownEntity);
}

TEST_CASE("A name of several entities asks which one is meant", "[query][lookup]") {
  const std::vector<store::StoredArticle> articles = {
      SampleArticle("2025-07-04").Sentence("[玄铁甲=玄铁甲一]和[玄铁甲=玄铁甲二]。").Build()};
  const Graph graph(articles);
  const auto match = graph.engine().Find("玄铁甲", {}, "with");
  REQUIRE_FALSE(match);
  CHECK(match.error().kind == ProblemKind::kAmbiguousEntity);
  CHECK(match.error().parameter == "with");
  REQUIRE(match.error().candidates.size() == 2);
  CHECK(match.error().candidates[0].entity.id < match.error().candidates[1].entity.id);
}

TEST_CASE("An unknown name gets suggestions", "[query][lookup]") {
  const Graph graph(ChipNews());
  const auto [text, expected] = GENERATE(table<std::string, std::string>({
      {"英伟打", "英伟达"},          // The same reading.
      {"英伟达超级公司", "英伟达"},  // The name inside.
      {"阿里巴巴吧", "阿里巴巴"},    // The same beginning.
  }));
  CAPTURE(text);
  const auto match = graph.engine().Find(text);
  REQUIRE_FALSE(match);
  CHECK(match.error().kind == ProblemKind::kUnknownEntity);
  const auto& candidates = match.error().candidates;
  CHECK(std::any_of(candidates.begin(), candidates.end(),
                    [&, name = expected](const EntityMatch& m) { return m.entity.name == name; }));
}

TEST_CASE("Prefix search takes names, pinyin and initials, most mentioned first", "[query][lookup]") {
  const Graph graph(ChipNews());
  const auto text = GENERATE(as<std::string>{}, "英伟", "yingwei", "YWD", "nvid");
  CAPTURE(text);
  EntitiesRequest request;
  request.q = text;
  request.prefix = true;
  const auto found = graph.engine().Entities(request);
  REQUIRE(found);
  REQUIRE_FALSE(found->items.empty());
  CHECK(found->items.front().entity.name == "英伟达");
}

TEST_CASE("A bare symbol that no article mentions gives way to initials", "[query][lookup]") {
  const Graph graph({SampleArticle("2025-07-04").Sentence("[比亚迪]发布新车。").Build()});
  const auto match = graph.engine().Find("byd");
  REQUIRE(match);
  CHECK(match->entity.name == "比亚迪");
  CHECK(graph.engine().Find("BYD.US")->entity.name != "比亚迪");
}

TEST_CASE("An alias of a company in the news beats the same name of one that no article mentions", "[query][lookup]") {
  const Graph empty(ChipNews());
  CHECK(empty.engine().Find("恒大")->entity.name == "恒大");
  const Graph graph({SampleArticle("2025-08-25", "中国恒大退市").Sentence("[中国恒大@03333.HK]今日退市。").Build()});
  const auto match = graph.engine().Find("恒大");
  REQUIRE(match);
  CHECK(match->entity.name == "中国恒大");
  CHECK(match->why == MatchReason::kAlias);
}

TEST_CASE("Initials alone find an entity", "[query][lookup]") {
  const Graph graph(ChipNews());
  EntitiesRequest request;
  request.q = "ALBB";
  const auto found = graph.engine().Entities(request);
  REQUIRE(found);
  CHECK(std::any_of(found->items.begin(), found->items.end(), [](const EntityMatch& match) {
    return match.entity.name == "阿里巴巴" && match.why == MatchReason::kInitials;
  }));
}

TEST_CASE("Without a text the most mentioned entities are listed in pages", "[query][lookup]") {
  const Graph graph(ChipNews());
  EntitiesRequest request;
  request.page.limit = 3;
  const auto first = graph.engine().Entities(request);
  REQUIRE(first);
  REQUIRE(first->items.size() == 3);
  CHECK(first->items.front().entity.name == "英伟达");
  CHECK(first->page.total == 8);
  request.page.cursor = first->page.next_cursor;
  const auto second = graph.engine().Entities(request);
  REQUIRE(second);
  CHECK(second->items.size() == 3);
  CHECK(second->items.front().entity.id != first->items.back().entity.id);
  request.types = {MentionType::kPerson};
  CHECK(graph.engine().Entities(request).error().kind == ProblemKind::kBadCursor);
}

TEST_CASE("An entity shows where each of its names comes from", "[query][entity]") {
  const Graph graph(ChipNews());
  EntityRequest request;
  request.entity = "英伟达";
  const auto entity = graph.engine().Entity(request);
  REQUIRE(entity);
  CHECK(entity->articles == 6);
  const auto name = std::find_if(entity->names.begin(), entity->names.end(),
                                 [](const EntityResult::Name& n) { return n.text == "辉达"; });
  REQUIRE(name != entity->names.end());
  CHECK(name->source == "lexicon");
  CHECK(name->articles == 1);
  REQUIRE_FALSE(entity->tickers.empty());
  CHECK(entity->tickers.front().ticker == "NVDA.US");
  CHECK(entity->tickers.front().articles == 1);
  CHECK(std::find(entity->attributes.begin(), entity->attributes.end(),
                  std::pair<std::string, std::string>("country", "美国")) != entity->attributes.end());
  REQUIRE_FALSE(entity->top_relations.empty());
  CHECK_FALSE(entity->top_relations.front().evidence.empty());
}

TEST_CASE("Names out of bounds are refused", "[query][lookup]") {
  const Graph graph;
  CHECK(graph.engine().Find("").error().kind == ProblemKind::kBadParameter);
  CHECK(graph.engine().Find(std::string(600, 'a')).error().kind == ProblemKind::kBadParameter);
  CHECK(graph.engine().Find("？？？").error().kind == ProblemKind::kUnknownEntity);
  CHECK(graph.engine().Find("\n").error().kind == ProblemKind::kUnknownEntity);
}

}  // namespace
}  // namespace mailuo::query
