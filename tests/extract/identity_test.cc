// Who is meant, with the names that the program ships: longest names, one company under many names, names in their
// time, people of one name. Every case is read in simplified and in traditional characters where both are given.
#include <catch2/catch.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/date.h"
#include "extract/annotator.h"
#include "lexicon/lexicon.h"
#include "text/utf8.h"

namespace mailuo::extract {
namespace {

struct Found {
  std::string text;
  MentionType type;
  EntityId entity;
  std::string name;
  std::vector<std::string> tickers;
};

std::vector<Found> Read(const std::string& text, const std::string& published = "") {
  static const std::shared_ptr<const Knowledge> kKnowledge = *Knowledge::Create(lexicon::Lexicon::BuiltIn());
  static Annotator annotator(kKnowledge);
  Article article;
  article.text = text;
  if (!published.empty()) article.published = PublishedTime{*ParseIsoDate(published), -1};
  std::vector<Found> found;
  for (const Mention& mention : annotator.Annotate(article).mentions) {
    found.push_back({std::string(text::SliceCodePoints(text, mention.span.start, mention.span.end)), mention.type,
                     mention.entity, mention.name, mention.tickers});
  }
  return found;
}

// The mention that reads exactly `words`.
std::optional<Found> Named(const std::vector<Found>& found, const std::string& words) {
  const auto at = std::find_if(found.begin(), found.end(), [&](const Found& one) { return one.text == words; });
  return at == found.end() ? std::nullopt : std::optional(*at);
}

std::string FirstTicker(const std::vector<Found>& found, const std::string& words) {
  const auto one = Named(found, words);
  if (!one) return "not found";
  return one->tickers.empty() ? "" : one->tickers.front();
}

bool AnyCompany(const std::vector<Found>& found) {
  return std::any_of(found.begin(), found.end(), [](const Found& one) { return one.type == MentionType::kCompany; });
}

EntityId IdOf(const std::string& text, const std::string& words) {
  const auto one = Named(Read(text), words);
  return one ? one->entity : EntityId{};
}

}  // namespace

TEST_CASE("A group is another company than the listed one whose name it holds", "[extract][identity]") {
  for (const auto& [text, group, listed] : {std::tuple<std::string, std::string, std::string>{
                                                "中国船舶集团旗下的中国船舶10月20日公告。", "中国船舶集团", "中国船舶"},
                                            {"中國船舶集團旗下的中國船舶10月20日公告。", "中國船舶集團", "中國船舶"}}) {
    const auto found = Read(text);
    CHECK(FirstTicker(found, group).empty());
    CHECK(FirstTicker(found, listed) == "600150.SH");
  }
}

TEST_CASE("A group is one under its short and its registered name", "[extract][identity]") {
  const auto found = Read("中国石油化工股份有限公司的股东中国石油化工集团有限公司，即中国石化集团。");
  const auto registered = Named(found, "中国石油化工集团有限公司");
  const auto brief = Named(found, "中国石化集团");
  REQUIRE(registered);
  REQUIRE(brief);
  CHECK(registered->entity == brief->entity);
  CHECK(registered->tickers.empty());
  CHECK(FirstTicker(found, "中国石油化工股份有限公司") == "600028.SH");
}

TEST_CASE("A registered name is one mention of the company that it is the long form of", "[extract][identity]") {
  CHECK(FirstTicker(Read("重庆长安汽车股份有限公司发布半年报。"), "重庆长安汽车股份有限公司") == "000625.SZ");
  CHECK(FirstTicker(Read("重慶長安汽車股份有限公司發布半年報。"), "重慶長安汽車股份有限公司") == "000625.SZ");
  CHECK(FirstTicker(Read("公司与恒玄科技（上海）股份有限公司达成合作。"), "恒玄科技（上海）股份有限公司") ==
        "688608.SH");
  CHECK(FirstTicker(Read("公司与中国中信金融资产管理股份有限公司签约。"), "中国中信金融资产管理股份有限公司") ==
        "02799.HK");
  CHECK(FirstTicker(Read("公司参股的技源集团股份有限公司完成上市。"), "技源集团股份有限公司") == "603262.SH");
}

TEST_CASE("A company's name that is part of a place's is no company", "[extract][identity]") {
  CHECK_FALSE(AnyCompany(Read("业主在万科魅力之城小区门口拉起横幅。")));
  CHECK_FALSE(AnyCompany(Read("業主在萬科魅力之城小區門口拉起橫幅。")));
  CHECK_FALSE(AnyCompany(Read("一架客机因故障备降上海机场，旅客已全部撤离。")));
  CHECK_FALSE(AnyCompany(Read("一架客機因故障備降上海機場，旅客已全部撤離。")));
  CHECK(FirstTicker(Read("上海机场公告，前三季度净利润同比增长20%。"), "上海机场") == "600009.SH");
  CHECK(FirstTicker(Read("上海機場公告，前三季度淨利潤同比增長20%。"), "上海機場") == "600009.SH");
}

TEST_CASE("A bank and the insurer that owns it stay apart", "[extract][identity]") {
  const auto simplified = Read("平安银行是中国平安的控股子公司。");
  CHECK(FirstTicker(simplified, "平安银行") == "000001.SZ");
  CHECK(FirstTicker(simplified, "中国平安") == "601318.SH");
  const auto traditional = Read("平安銀行是中國平安的控股子公司。");
  CHECK(FirstTicker(traditional, "平安銀行") == "000001.SZ");
  CHECK(FirstTicker(traditional, "中國平安") == "601318.SH");
}

TEST_CASE("A private company is one under its short and its registered name", "[extract][identity]") {
  const EntityId brief = IdOf("华为发布新手机。", "华为");
  REQUIRE(brief);
  CHECK(IdOf("华为技术有限公司发布年报。", "华为技术有限公司") == brief);
  CHECK(IdOf("華為技術有限公司發布年報。", "華為技術有限公司") == brief);
}

TEST_CASE("The listed operator is none of its provincial subsidiaries", "[extract][identity]") {
  const EntityId listed = IdOf("中国移动公告，净利润增长。", "中国移动");
  REQUIRE(listed);
  for (const auto& [text, name] :
       {std::pair<std::string, std::string>{"中国移动通信集团广东有限公司中标该项目。", "中国移动通信集团广东有限公司"},
        {"中國移動通信集團廣東有限公司中標該項目。", "中國移動通信集團廣東有限公司"},
        {"中国移动广东公司中标该项目。", "中国移动广东公司"},
        {"中国移动集团增持公司股份。", "中国移动集团"}}) {
    const auto one = Named(Read(text), name);
    REQUIRE(one);
    CHECK(one->entity != listed);
    CHECK(one->tickers.empty());
  }
  CHECK(IdOf("中国移动江苏分公司中标该项目。", "中国移动江苏分公司") == listed);
  const auto found = Read("中国移动公告，广东移动与公司签约。");
  CHECK(std::count_if(found.begin(), found.end(), [&](const Found& one) { return one.entity == listed; }) == 1);
}

TEST_CASE("Listings of one company in several markets are one company with several codes", "[extract][identity]") {
  const auto found =
      Read("阿里巴巴（09988.HK）收涨，阿里巴巴（BABA.US）隔夜收跌；比亚迪（002594.SZ）与比亚迪股份（01211.HK）走高。");
  const auto alibaba = Named(found, "阿里巴巴");
  REQUIRE(alibaba);
  CHECK(alibaba->tickers == std::vector<std::string>{"09988.HK", "BABA.US"});
  const auto byd = Named(found, "比亚迪");
  const auto byd_hongkong = Named(found, "比亚迪股份");
  REQUIRE(byd);
  REQUIRE(byd_hongkong);
  CHECK(byd->entity == byd_hongkong->entity);
  CHECK(byd->tickers == std::vector<std::string>{"002594.SZ", "01211.HK"});
}

TEST_CASE("A company is one whichever way it is written", "[extract][identity]") {
  const EntityId tencent = IdOf("腾讯发布财报。", "腾讯");
  REQUIRE(tencent);
  CHECK(IdOf("腾讯控股发布财报。", "腾讯控股") == tencent);
  CHECK(IdOf("腾讯公司发布财报。", "腾讯公司") == tencent);
  CHECK(IdOf("騰訊發布財報。", "騰訊") == tencent);
  CHECK(IdOf("騰訊控股發布財報。", "騰訊控股") == tencent);
  CHECK(IdOf("Tencent发布财报。", "Tencent") == tencent);
  const auto lexicon = lexicon::Lexicon::BuiltIn();
  const auto by_code = lexicon->FindByTicker("00700.HK");
  REQUIRE(by_code);
  CHECK(lexicon->Entity(*by_code).id == tencent);
}

TEST_CASE("A former name holds in its time and a while after", "[extract][identity]") {
  const std::string text = "七喜控股发布公告。";
  CHECK(FirstTicker(Read(text, "2015-06-01"), "七喜控股") == "002027.SZ");
  CHECK(FirstTicker(Read(text, "2017-06-01"), "七喜控股") == "002027.SZ");
  CHECK(FirstTicker(Read(text, "2025-06-01"), "七喜控股") != "002027.SZ");
  CHECK(FirstTicker(Read(text), "七喜控股") == "002027.SZ");
  CHECK(FirstTicker(Read("分众传媒（原名七喜控股）发布公告。", "2025-06-01"), "七喜控股") == "002027.SZ");
  CHECK(FirstTicker(Read("該公司曾用名七喜控股。", "2025-06-01"), "七喜控股") == "002027.SZ");
  CHECK(FirstTicker(Read("国泰君安发布公告。", "2026-01-09"), "国泰君安") == "601211.SH");
}

TEST_CASE("A name with the exchange's mark is the company that it abbreviates", "[extract][identity]") {
  CHECK(FirstTicker(Read("*ST松发披露成绩单，净利润增长。"), "*ST松发") == "603268.SH");
  CHECK(FirstTicker(Read("ST松发跌停。"), "ST松发") == "603268.SH");
  CHECK_FALSE(AnyCompany(Read("ST板块今日走弱，ST股普遍下跌。")));
  CHECK(FirstTicker(Read("N摩尔涨超400%，股价领涨科创板，市值居前，营收同比增长。"), "N摩尔") == "688795.SH");
  CHECK_FALSE(AnyCompany(Read("C端业务股价上涨，市值增加，营收增长。")));
}

TEST_CASE("Two people of one name stay apart by their organizations", "[extract][identity]") {
  const EntityId aluminium = IdOf("南山铝业董事长李伟表示，公司将扩产。", "李伟");
  const EntityId silicon = IdOf("东岳硅材公告，公司总经理李伟辞职。", "李伟");
  REQUIRE(aluminium);
  REQUIRE(silicon);
  CHECK(aluminium != silicon);
  CHECK(IdOf("南山鋁業董事長李偉表示，公司將擴產。", "李偉") == aluminium);
  CHECK(IdOf("李伟，现任东岳硅材董事。", "李伟") == silicon);
  // One article may name both; a mention without an organization follows the last one that has it.
  std::vector<EntityId> in_order;
  for (const Found& one : Read("东岳硅材董事长李伟与南山铝业总经理李伟共同出席论坛。李伟表示，合作前景广阔。")) {
    if (one.type == MentionType::kPerson) in_order.push_back(one.entity);
  }
  CHECK(in_order == std::vector<EntityId>{silicon, aluminium, aluminium});
}

TEST_CASE("A person whom the lexicon knows is one wherever he is named", "[extract][identity]") {
  const EntityId zeng = IdOf("宁德时代董事长曾毓群出席会议。", "曾毓群");
  REQUIRE(zeng);
  CHECK(IdOf("曾毓群出席会议。", "曾毓群") == zeng);
  CHECK(IdOf("寧德時代董事長曾毓群出席會議。", "曾毓群") == zeng);
}

TEST_CASE("A paper is one policy under its full title and its short one, with or without brackets",
          "[extract][identity]") {
  const auto found = Read("国务院印发《低空经济促进条例实施意见》。《意见》提出六项任务。");
  const auto full = Named(found, "低空经济促进条例实施意见");
  const auto brief = Named(found, "意见");
  REQUIRE(full);
  REQUIRE(brief);
  CHECK(full->entity == brief->entity);
  const auto bare = Named(Read("财政部公布家电补贴政策实施细则，即日起施行。"), "家电补贴政策实施细则");
  REQUIRE(bare);
  CHECK(bare->type == MentionType::kPolicy);
  const EntityId law = IdOf("该公司违反反垄断法。", "反垄断法");
  CHECK(IdOf("依据《中华人民共和国反垄断法》，决定如下。", "中华人民共和国反垄断法") == law);
  CHECK(std::none_of(found.begin(), found.end(), [](const Found& one) { return one.text == "任务"; }));
  const auto vague = Read("政府出台一系列支持政策，并制定相关实施细则。");
  CHECK(std::none_of(vague.begin(), vague.end(), [](const Found& one) { return one.type == MentionType::kPolicy; }));
}

}  // namespace mailuo::extract
