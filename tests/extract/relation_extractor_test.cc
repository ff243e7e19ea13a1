#include "extract/relation_extractor.h"

#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "extract/document_builder.h"
#include "extract/event_extractor.h"

namespace mailuo::extract {
namespace {

std::vector<Relation> Relations(const Document& document) {
  static const std::shared_ptr<const Rules> rules = *Rules::BuiltIn();
  RuleScan scan;
  std::vector<Event> events;
  std::vector<Relation> relations;
  EventExtractor(rules).Extract(document, scan, events);
  RelationExtractor(rules).Extract(document, scan, events, relations);
  return relations;
}

// "华为 ACQUIRES 中芯国际; ..." with the status where it is not occurred.
std::string Told(std::string_view marked) {
  const auto built = BuildDocument(marked);
  std::ostringstream out;
  for (const Relation& relation : Relations(built->document)) {
    if (out.tellp() > 0) out << "; ";
    out << relation.head.name << " " << Word(relation.type) << " " << relation.tail.name;
    if (relation.status != FactStatus::kOccurred) out << " " << Word(relation.status);
  }
  return out.str();
}

TEST_CASE("Relations keep their direction", "[extract][relation]") {
  CHECK(Told("[华为|company]收购[中芯国际|company]。") == "华为 ACQUIRES 中芯国际");
  CHECK(Told("[中芯国际|company]被[华为|company]收购。") == "华为 ACQUIRES 中芯国际");
  CHECK(Told("[华为|company]拟收购[中芯国际|company]。") == "华为 ACQUIRES 中芯国际 planned");
  CHECK(Told("[甲公司|company]获[乙公司|company]增持。") == "乙公司 INCREASES_STAKE 甲公司");
  CHECK(Told("[腾讯|company]旗下[微信支付|company]很忙。") == "腾讯 PARENT_OF 微信支付");
  CHECK(Told("[微信支付|company]是[腾讯|company]的子公司。") == "腾讯 PARENT_OF 微信支付");
}

TEST_CASE("A symmetric relation is told once, the earlier mention first", "[extract][relation]") {
  CHECK(Told("[华为|company]与[比亚迪|company]合作。") == "华为 PARTNERS_WITH 比亚迪");
  CHECK(Told("[华为|company]携手[比亚迪|company]。") == "华为 PARTNERS_WITH 比亚迪");
  CHECK(Told("[华为|company]与[中国移动|company]竞争。") == "华为 COMPETES_WITH 中国移动");
}

TEST_CASE("People and their posts", "[extract][relation]") {
  CHECK(Told("[英伟达|company]CEO[黄仁勋|person]说。") == "黄仁勋 EXECUTIVE_OF 英伟达");
  CHECK(Told("[英伟达|company](NASDAQ: NVDA)CEO[黄仁勋|person]说。") == "黄仁勋 EXECUTIVE_OF 英伟达");
  CHECK(Told("[格力电器|company]董事长[董明珠|person]说。") == "董明珠 EXECUTIVE_OF 格力电器");
  CHECK(Told("[黄仁勋|person]是[英伟达|company]CEO。") == "黄仁勋 EXECUTIVE_OF 英伟达");
}

TEST_CASE("The roles of an event state a relation", "[extract][relation]") {
  // No word joins the two names: the authority stands in an earlier clause than the verb.
  CHECK(Told("[财政部|organization]公布决定,对[张三|person]给予警告。").find("财政部 REGULATES 张三") !=
        std::string::npos);
  // Who is only meant by 公司 is less sure than two names.
  CHECK(Told("[甲公司|company]很忙。[财政部|organization]决定给予公司警告。").find("REGULATES") == std::string::npos);
}

TEST_CASE("Who stands in one list does nothing to each other", "[extract][relation]") {
  CHECK(Told("[财政部|organization]会同[商务部|organization]批准项目。").empty());
}

TEST_CASE("Taking and leaving a post opens and closes the state", "[extract][relation]") {
  const auto opened = BuildDocument("{1月20日|2026-01-20},[张三|person]出任[甲公司|company]总裁。");
  const auto closed = BuildDocument("{1月20日|2026-01-20},[张三|person]卸任[甲公司|company]总裁。");
  const auto open = Relations(opened->document);
  const auto close = Relations(closed->document);
  REQUIRE(open.size() == 1);
  REQUIRE(close.size() == 1);
  CHECK(open[0].type == RelationType::kExecutiveOf);
  CHECK(open[0].valid.from == ParseIsoDate("2026-01-20"));
  CHECK_FALSE(open[0].valid.to.has_value());
  CHECK_FALSE(close[0].valid.from.has_value());
  CHECK(close[0].valid.to == ParseIsoDate("2026-01-20"));
}

TEST_CASE("A post that is left without a day is left by the day of publication", "[extract][relation]") {
  for (const char* text : {"[张三|person]卸任[甲公司|company]总裁。", "[甲公司|company]前CEO[张三|person]说。"}) {
    const auto built = BuildDocument(text);
    Article article;
    article.published = PublishedTime{*ParseIsoDate("2024-05-06"), -1};
    built->document.article = &article;
    const auto relations = Relations(built->document);
    REQUIRE(relations.size() == 1);
    CHECK(relations[0].valid.to == ParseIsoDate("2024-05-06"));
    CHECK_FALSE(relations[0].valid.from.has_value());
  }
}

TEST_CASE("A ticker in the bracket behind a name is its listing", "[extract][relation]") {
  CHECK(Told("[英伟达|company](NASDAQ: [NVDA|ticker|NVDA.US])") == "英伟达 LISTED_AS NVDA.US");
  CHECK(Told("[阿里巴巴|company]([09988.HK|ticker])") == "阿里巴巴 LISTED_AS 09988.HK");
  CHECK(Told("[甲公司|company]([601211.SH|ticker];[02611.HK|ticker])与[乙公司|company]见面。") ==
        "甲公司 LISTED_AS 601211.SH; 甲公司 LISTED_AS 02611.HK");
  CHECK(Told("[甲公司|company](下称甲),[02611.HK|ticker]").empty());
}

TEST_CASE("Aliases of the article become relations", "[extract][relation]") {
  const auto built = BuildDocument("[宁德时代新能源|company|宁德时代]([宁德时代|company])");
  built->document.aliases.push_back({0, 1, AliasKind::kShort});
  const auto relations = Relations(built->document);
  REQUIRE(relations.size() == 1);
  CHECK(relations[0].type == RelationType::kAliasOf);
}

TEST_CASE("Policy, product and place", "[extract][relation]") {
  CHECK(Told("[工信部|organization]印发《[机器人行动计划|policy]》。") == "工信部 ISSUES_POLICY 机器人行动计划");
  CHECK(Told("[华为|company]发布[昇腾910|product]。") == "华为 PRODUCES 昇腾910");
  CHECK(Told("[华为|company]的[CANN|product]。") == "华为 PRODUCES CANN");
  CHECK(Told("[英伟达|company]总部位于[加州|place]。") == "英伟达 LOCATED_IN 加州");
  CHECK(Told("[美国|place]将[华为|company]列入实体清单。") == "美国 SANCTIONS 华为");
}

TEST_CASE("A product right behind a company's name is the company's", "[extract][relation]") {
  CHECK(Told("[英伟达|company][H200|product]芯片缺货。").find("英伟达 PRODUCES H200") != std::string::npos);
  CHECK(Told("[英伟达|company]缺货时[H200|product]来了。").empty());
}

TEST_CASE("Agreements, rounds and subsidiaries", "[extract][relation]") {
  CHECK(Told("[甲机器人|company]与[乙汽车|company]签署战略合作协议。") ==
        "甲机器人 PARTNERS_WITH 乙汽车; 甲机器人 SIGNS_WITH 乙汽车");
  CHECK(Told("[甲机器人|company]完成B轮融资,由[竹溪资本|company]领投。") == "竹溪资本 INVESTS_IN 甲机器人");
  CHECK(Told("[甲公司|company]全资子公司[乙公司|company]开业。") == "甲公司 PARENT_OF 乙公司");
  CHECK(Told("创始人[雷军|person]。").empty());
  CHECK(Told("[小米|company]创始人[雷军|person]。").find("雷军 FOUNDS 小米") != std::string::npos);
}

TEST_CASE("Every relation joins two different mentions of its sentence", "[extract][relation][property]") {
  const auto built = BuildDocument(
      "[英伟达|company]CEO[黄仁勋|person]与[华为|company]、[小米|company]合作。[美国|place]制裁[华为|company]。");
  const Document& document = built->document;
  const auto relations = Relations(document);
  REQUIRE(relations.size() >= 3);
  for (const Relation& relation : relations) {
    REQUIRE(relation.head.mention >= 0);
    REQUIRE(relation.tail.mention >= 0);
    REQUIRE(static_cast<std::size_t>(relation.head.mention) < document.mentions.size());
    REQUIRE(static_cast<std::size_t>(relation.tail.mention) < document.mentions.size());
    CHECK(relation.head.entity != relation.tail.entity);
    CHECK(relation.confidence >= 0.3F);
    CHECK_FALSE(relation.rule.empty());
  }
}

TEST_CASE("What a clause plans is not what its nouns say", "[extract][relation]") {
  CHECK(Told("[甲公司|company]拟为全资子公司[乙公司|company]办事。") == "甲公司 PARENT_OF 乙公司");
  CHECK(Told("[甲公司|company]CEO[张三|person]将发言。") == "张三 EXECUTIVE_OF 甲公司");
}

TEST_CASE("Authorities act on those of an earlier clause and on those who ask them", "[extract][relation]") {
  CHECK(Told("[证监会|organization]已结案,对[张三|person]罚款4700万元。") == "证监会 REGULATES 张三");
  CHECK(Told("[甲公司|company]取得[国家药监局|organization]医疗器械注册证。") == "国家药监局 REGULATES 甲公司");
  CHECK(Told("[甲公司|company]取得[国家药监局|organization]的支持。").empty());
}

TEST_CASE("A bid, a tender, a rival product, a customer", "[extract][relation]") {
  CHECK(Told("[甲公司|company]向[乙公司|company]发起要约收购。") == "甲公司 ACQUIRES 乙公司");
  CHECK(Told("[甲公司|company]中标[乙集团|organization]风电采购项目。") == "甲公司 SIGNS_WITH 乙集团");
  CHECK(Told("[甲一号|product]对标[乙二号|product]。") == "甲一号 COMPETES_WITH 乙二号");
  CHECK(Told("[甲公司|company]创办人、董事长兼CEO[张三|person]说。") == "张三 FOUNDS 甲公司; 张三 EXECUTIVE_OF 甲公司");
}

// "type rule reason detail" of every refused relation.
std::string Refusals(std::string_view marked) {
  const auto built = BuildDocument(marked);
  const auto rules = *Rules::BuiltIn();
  RuleScan scan;
  std::vector<Event> events;
  std::vector<Relation> relations;
  std::vector<Refused> refused;
  EventExtractor(rules).Extract(built->document, scan, events);
  RelationExtractor(rules).Extract(built->document, scan, events, relations, &refused);
  std::string out;
  for (const Refused& item : refused) {
    CHECK(item.what == RefusedWhat::kRelation);
    CHECK(item.trigger.start < item.trigger.end);
    out += item.rule + " " + std::string(Word(item.reason)) + " " + item.detail + "; ";
  }
  return out;
}

TEST_CASE("A refused relation says why", "[extract][relation]") {
  const auto has = [](const std::string& all, const std::string& part) {
    CAPTURE(all, part);
    CHECK(all.find(part) != std::string::npos);
  };
  has(Refusals("[甲一号|product]对标国际标准。"), "COMPETES_WITH/3 forbidden near:国际标准");
  has(Refusals("[甲公司|company]收购。"), "ACQUIRES/1 missing-role tail");
  has(Refusals("[张三|person]出任[甲公司|company]形象大使。"), "EXECUTIVE_OF/4 needs near:");
  has(Refusals("[甲公司|company]收购[乙公司|company]。"), "ACQUIRES/1 same-relation ACQUIRES/3");
  has(Refusals("[华为|company]与[比亚迪|company]、[小米|company]重组,市场关注。"), "PARTNERS_WITH/model model 0.");
  CHECK(Refusals("今天天气不错。").empty());
}

}  // namespace
}  // namespace mailuo::extract
