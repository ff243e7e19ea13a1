#include "extract/event_extractor.h"

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "extract/document_builder.h"

namespace mailuo::extract {
namespace {

const EventExtractor& Extractor() {
  static const EventExtractor extractor(*Rules::BuiltIn());
  return extractor;
}

std::vector<Event> Events(const Document& document) {
  RuleScan scan;
  std::vector<Event> events;
  Extractor().Extract(document, scan, events);
  return events;
}

// "ACQUISITION planned acquirer=甲 target=乙 amount=120000000CNY @2026-01-25" for each event, by place.
std::string Told(std::string_view marked) {
  const auto built = BuildDocument(marked);
  std::ostringstream out;
  out.precision(15);
  for (const Event& event : Events(built->document)) {
    if (out.tellp() > 0) out << "; ";
    out << Word(event.type) << " " << Word(event.status);
    for (const Participant& participant : event.participants) out << " " << participant.role << "=" << participant.name;
    for (const Value& value : event.values) out << " " << value.role << "=" << value.number << value.unit;
  }
  return out.str();
}

TEST_CASE("A takeover has its parties, its price and its part", "[extract][event]") {
  CHECK(Told("[华为|company]以1.2亿元收购[中芯国际|company]20%股权。") ==
        "ACQUISITION occurred acquirer=华为 target=中芯国际 amount=120000000CNY stake_pct=20pct");
  CHECK(Told("[中芯国际|company]被[华为|company]收购。") == "ACQUISITION occurred acquirer=华为 target=中芯国际");
  CHECK(Told("[华为|company]完成了对[中芯国际|company]的收购。") ==
        "ACQUISITION occurred acquirer=华为 target=中芯国际");
}

TEST_CASE("A clause that tells nothing of its own gives its amounts to the event beside it", "[extract][event]") {
  CHECK(Told("[华为|company]收购[中芯国际|company]20%股权,收购金额为1.2亿元。") ==
        "ACQUISITION occurred acquirer=华为 target=中芯国际 stake_pct=20pct amount=120000000CNY");
  CHECK(Told("[华为|company]拟收购[中芯国际|company]股权,交易作价预计达到100亿元。") ==
        "ACQUISITION planned acquirer=华为 target=中芯国际 amount=10000000000CNY");
  // What stands right behind an amount may say that it is no price.
  CHECK(Told("[华为|company]收购[中芯国际|company]70%股权,对应2801万元注册资本。") ==
        "ACQUISITION occurred acquirer=华为 target=中芯国际 stake_pct=70pct");
}

TEST_CASE("Modality is kept", "[extract][event]") {
  CHECK(Told("[华为|company]拟收购[中芯国际|company]。") == "ACQUISITION planned acquirer=华为 target=中芯国际");
  CHECK(Told("据传[华为|company]收购[中芯国际|company]。") == "ACQUISITION rumoured acquirer=华为 target=中芯国际");
  CHECK(Told("[华为|company]终止收购[中芯国际|company]。") == "ACQUISITION terminated acquirer=华为 target=中芯国际");
  CHECK(Told("[华为|company]否认收购[中芯国际|company]。") == "ACQUISITION denied acquirer=华为 target=中芯国际");
  CHECK(Told("[华为|company]没有收购[中芯国际|company]。") == "ACQUISITION denied acquirer=华为 target=中芯国际");
  CHECK(Told("[华为|company]将收购[中芯国际|company]。") == "ACQUISITION planned acquirer=华为 target=中芯国际");
  CHECK(Told("[甲公司|company]披露减持计划。") == "STAKE_DECREASE planned holder=甲公司");
}

TEST_CASE("What is said of the deal told before is said of that deal", "[extract][event]") {
  CHECK(Told("[华为|company]拟收购[中芯国际|company]。这笔交易已经终止。") ==
        "ACQUISITION planned acquirer=华为 target=中芯国际; ACQUISITION terminated acquirer=华为 target=中芯国际");
  CHECK(Told("[华为|company]拟收购[中芯国际|company]。本次交易已于近日完成。") ==
        "ACQUISITION planned acquirer=华为 target=中芯国际; ACQUISITION occurred acquirer=华为 target=中芯国际");
  CHECK(Told("[华为|company]拟收购[中芯国际|company]。本次交易完成后,股价不变。") ==
        "ACQUISITION planned acquirer=华为 target=中芯国际");
  CHECK(Told("[华为|company]拟收购[中芯国际|company]。若本次交易终止,股价不变。") ==
        "ACQUISITION planned acquirer=华为 target=中芯国际");
}

TEST_CASE("Two companies are those that were told of last", "[extract][event]") {
  CHECK(Told("[甲股份|company]与[乙股份|company]同时公告。两家公司股票停牌。") ==
        "DELIST_HALT occurred company=甲股份 company=乙股份");
}

TEST_CASE("What is feared, guarded against or may be done has not been told", "[extract][event]") {
  CHECK(Told("市场对[甲公司|company]供应中断的担忧升温。").empty());
  CHECK(Told("[甲公司|company]面临“退市”风险。") == "");
  CHECK(Told("[美国|place]有权在紧急状态下对芯片加征关税。") == "TRADE_CONTROL planned imposer=美国");
  CHECK(Told("[甲公司|company]减持不超过1%股份。").find("STAKE_DECREASE planned") == 0);
}

TEST_CASE("A condition makes an event less sure", "[extract][event]") {
  const auto plain = BuildDocument("[华为|company]收购[中芯国际|company]。");
  const auto conditional = BuildDocument("如果[华为|company]收购[中芯国际|company]。");
  const auto sure = Events(plain->document);
  const auto unsure = Events(conditional->document);
  REQUIRE(sure.size() == 1);
  REQUIRE(unsure.size() == 1);
  CHECK(unsure[0].status == FactStatus::kPlanned);
  CHECK(unsure[0].confidence < sure[0].confidence);
}

TEST_CASE("The subject is carried over clauses, a particle tells the rest", "[extract][event]") {
  CHECK(Told("[兴发集团|company]发布公告,控股股东[宜昌兴发|company]将2000万股进行质押,质押方为[浦发银行|company],"
             "占公司总股本的2.15%。") ==
        "PLEDGE_FREEZE occurred pledger=宜昌兴发 company=兴发集团 pledgee=浦发银行 shares=20000000share pct=2.15pct");
  CHECK(Told("[甲公司|company]为[乙公司|company]提供担保,金额5000万元。") ==
        "GUARANTEE_LOAN occurred borrower=乙公司 guarantor=甲公司 amount=50000000CNY");
  CHECK(Told("[华为|company]与[中国移动|company]签署合同。") == "CONTRACT_WIN occurred party_a=中国移动 party_b=华为");
}

TEST_CASE("Words inside names and look-alikes are no events", "[extract][event]") {
  CHECK(Told("[信达投资集团|company]是上市公司。").empty());
  CHECK(Told("[央行|organization]开展逆回购操作1000亿元。").find("SHARE_BUYBACK") == std::string::npos);
  CHECK(Told("《[股权转让办法|policy]》").empty());
  CHECK(Told("[甲证券|company]给予[乙公司|company]“增持”评级。").find("STAKE_INCREASE") == std::string::npos);
}

TEST_CASE("The outlet that tells the news takes no part in it", "[extract][event]") {
  const auto built = BuildDocument("[投资者网|organization]报道,[华为|company]收购[中芯国际|company]。");
  built->document.mentions[0].kind = "media";
  for (const Event& event : Events(built->document)) {
    for (const Participant& participant : event.participants) CHECK(participant.name != "投资者网");
  }
}

TEST_CASE("An event takes its time from its clause, its paragraph or the publication", "[extract][event]") {
  const auto time = [](std::string_view marked) {
    const auto built = BuildDocument(marked);
    const auto events = Events(built->document);
    REQUIRE(events.size() == 1);
    return FormatDate(*events[0].time.interval.from) + " " + std::string(Word(events[0].time.source));
  };
  CHECK(time("[华为|company]{1月20日|2026-01-20}收购[中芯国际|company]。") == "2026-01-20 explicit");
  CHECK(time("{1月20日|2026-01-20},[华为|company]收购[中芯国际|company]。") == "2026-01-20 explicit");
  CHECK(time("{1月20日|2026-01-20}天气晴朗。[华为|company]收购[中芯国际|company]。") == "2026-01-20 context");
  CHECK(time("{1月20日|2026-01-20}天气晴朗。\n[华为|company]收购[中芯国际|company]。") == "2026-01-25 published");
}

TEST_CASE("What has a day after the publication is planned", "[extract][event]") {
  CHECK(Told("[华为|company]{3月1日|2026-03-01}收购[中芯国际|company]。") ==
        "ACQUISITION planned acquirer=华为 target=中芯国际");
}

TEST_CASE("A holder without a name is not the company whose shares are meant", "[extract][event]") {
  CHECK(Told("[甲股份|company]控股股东[乙集团|company]质押2000万股。") ==
        "PLEDGE_FREEZE occurred pledger=乙集团 company=甲股份 shares=20000000share");
  CHECK(Told("[甲股份|company]实控人质押500万股。") == "PLEDGE_FREEZE occurred company=甲股份 shares=5000000share");
  CHECK(Told("[乙集团|company]累计质押500万股[甲股份|company]股票。") ==
        "PLEDGE_FREEZE occurred pledger=乙集团 company=甲股份 shares=5000000share");
  CHECK(Told("[甲股份|company]高管减持100万股。").find("holder=") == std::string::npos);
}

TEST_CASE("Who only holds or sells what is bought is not bought", "[extract][event]") {
  CHECK(Told("[甲公司|company]收购[乙公司|company]、[丙公司|company]分别持有的[丁公司|company]全部股权。") ==
        "ACQUISITION occurred acquirer=甲公司 target=丁公司");
  CHECK(Told("[甲公司|company]收购[乙公司|company]所持的一家工厂。") == "ACQUISITION occurred acquirer=甲公司");
  CHECK(Told("[甲公司|company]向[乙公司|company]收购一家工厂。") == "ACQUISITION occurred acquirer=甲公司");
  CHECK(Told("[甲公司|company]对全球最大的农药商[乙公司|company]的收购完成交割。") ==
        "ACQUISITION occurred acquirer=甲公司 target=乙公司");
}

TEST_CASE("The parties of a lawsuit are told by what is said of them", "[extract][event]") {
  CHECK(Told("[甲公司|company]起诉[乙公司|company]。") == "LAWSUIT occurred plaintiff=甲公司 defendant=乙公司");
  CHECK(Told("[甲公司|company]向[北京市第一中级人民法院|organization]提起诉讼。") ==
        "LAWSUIT occurred court=北京市第一中级人民法院 plaintiff=甲公司");
  CHECK(Told("[甲公司|company]涉及3起诉讼。") == "LAWSUIT occurred defendant=甲公司");
  CHECK(Told("[甲公司|company]被自然人詹某告上法庭。").find("plaintiff=") == std::string::npos);
}

TEST_CASE("A pledge and a freeze of one sentence are two events, a noun beside the verb is none", "[extract][event]") {
  CHECK(Told("[甲公司|company]所持股份被司法冻结,且几乎全部被质押。").find("PLEDGE_FREEZE") !=
        Told("[甲公司|company]所持股份被司法冻结,且几乎全部被质押。").rfind("PLEDGE_FREEZE"));
  CHECK(Told("[甲公司|company]因合同纠纷起诉[乙公司|company]。") ==
        "LAWSUIT occurred plaintiff=甲公司 defendant=乙公司");
}

TEST_CASE("Who sends the notice of award has not won the contract", "[extract][event]") {
  const std::string told = Told("[甲公司|company]收到[乙集团|company]发出的中标通知书。");
  CHECK(told == "CONTRACT_WIN occurred party_a=乙集团 party_b=甲公司");
}

TEST_CASE("A noun says nothing where the verb speaks, in words of one kind", "[extract][event]") {
  CHECK(Told("[甲公司|company]签订股权转让协议,收购[乙公司|company]80%股权。") ==
        "ACQUISITION occurred acquirer=甲公司 target=乙公司 stake_pct=80pct");
  CHECK(Told("[甲公司|company]与[乙公司|company]签署股权转让协议。").starts_with("EQUITY_TRANSFER occurred"));
  CHECK(Told("[甲法院|organization]作出一审判决,判决[乙公司|company]赔偿[丙公司|company]500万元。").find("; ") ==
        std::string::npos);
  CHECK(Told("[甲法院|organization]对本案作出一审判决。") == "LAWSUIT occurred court=甲法院");
  // What a claim asks for is no order of a court.
  CHECK(Told("[甲公司|company]请求法院判令[乙公司|company]支付货款500万元。").empty());
}

TEST_CASE("Words that end a firm's name or bound a pledge tell nothing", "[extract][event]") {
  CHECK(Told("国安投资持有的[甲公司|company]股份没有变化。").empty());
  CHECK(Told("期限至[甲公司|company]办理解除质押登记之日止。").empty());
  CHECK(Told("[甲公司|company]解除质押500万股。").starts_with("PLEDGE_FREEZE occurred"));
}

TEST_CASE("A list goes on over stakes, brackets and names that nobody knows", "[extract][event]") {
  CHECK(Told("[甲公司|company]收购[乙公司|company]36%股权和[丙公司|company]21%股权。")
            .starts_with("ACQUISITION occurred acquirer=甲公司 target=乙公司 target=丙公司"));
  CHECK(Told("[甲公司|company]收购[乙公司|company]、无名公司和[丙公司|company]。") ==
        "ACQUISITION occurred acquirer=甲公司 target=乙公司 target=丙公司");
  CHECK(Told("[甲公司|company]向[乙公司|company](下称“[乙司|company]”)、[丙公司|company]购买[丁公司|company]股权。") ==
        "ACQUISITION occurred acquirer=甲公司 target=丁公司");
  CHECK(Told("[甲基金|company]减持了3只个股,分别为[乙股份|company]、[丙股份|company]和[丁股份|company]。") ==
        "STAKE_DECREASE occurred holder=甲基金 company=乙股份 company=丙股份 company=丁股份");
}

TEST_CASE("Whoever acts without a name is not the one it is done to", "[extract][event]") {
  CHECK(Told("[甲股份|company]、[乙股份|company]获北向资金大幅增持。") ==
        "STAKE_INCREASE occurred company=甲股份 company=乙股份");
  CHECK(Told("[甲证券|company]分析师认为,减持在今年增加。").find("holder=") == std::string::npos);
  CHECK(Told("[某甲|person]、[某乙|person]质押500万股。").find("pledgee=") == std::string::npos);
  CHECK(Told("[甲集团|company]将500万股与[乙银行|company]进行质押。").find("pledgee=乙银行") != std::string::npos);
  CHECK(Told("[甲集团|company]出售旗下[乙公司|company]股权给[丙公司|company]。") ==
        "DIVESTITURE occurred seller=甲集团 buyer=丙公司 asset=乙公司");
}

TEST_CASE("A day is preferred to what is vague, in a bracket or in a title", "[extract][event]") {
  const auto day = [](std::string_view marked) {
    const auto built = BuildDocument(marked);
    const auto events = Events(built->document);
    REQUIRE(events.size() == 1);
    return FormatDate(*events[0].time.interval.from);
  };
  CHECK(day("{1月20日|2026-01-20},公司{今日|2026-01-25}公告,[甲公司|company]质押500万股。") == "2026-01-20");
  CHECK(day("{1月20日|2026-01-20},法院判决[甲公司|company]支付本息(截至{1月4日|2026-01-04})共计500万元。") ==
        "2026-01-20");
  CHECK(day("[甲公司|company]{1月20日|2026-01-20}审议《{2025年|2025-01-01}报告》并质押500万股。") == "2026-01-20");
  CHECK(day("[甲公司|company]拟收购[乙公司|company] [甲公司|company]{1月20日|2026-01-20}公告称有意如此。") ==
        "2026-01-20");
}

TEST_CASE("Boilerplate carries no events", "[extract][event]") {
  const auto built = BuildDocument("[华为|company]收购[中芯国际|company]。");
  built->document.sentences[0].boilerplate = true;
  CHECK(Events(built->document).empty());
}

TEST_CASE("Polarity follows the words around the trigger", "[extract][event]") {
  const auto polarity = [](std::string_view marked) {
    const auto built = BuildDocument(marked);
    const auto events = Events(built->document);
    REQUIRE_FALSE(events.empty());
    return static_cast<int>(events[0].polarity);
  };
  CHECK(polarity("[甲公司|company]净利润同比增长20%。") == 1);
  CHECK(polarity("[甲公司|company]净利润同比下降20%。") == -1);
  CHECK(polarity("[甲公司|company]跌停,报10元。") == -1);
  CHECK(polarity("[甲公司|company]涨停,报10元。") == 1);
  CHECK(polarity("[美国|place]对[半导体|sector]加征关税。") == -1);
  CHECK(polarity("[美国|place]降低关税。") == 1);
}

TEST_CASE("A headline takes the day that the body gives", "[extract][event]") {
  const auto built = BuildDocument(
      "[华为|company]收购[中芯国际|company]\n{1月20日|2026-01-20},[华为|company]宣布收购[中芯国际|company]。");
  built->document.sentences[0].headline = true;
  const auto events = Events(built->document);
  REQUIRE(events.size() == 2);
  CHECK(events[0].time.interval == events[1].time.interval);
  CHECK(events[0].time.source == EventTimeSource::kContext);
}

TEST_CASE("A date that is only compared with dates nothing", "[extract][event]") {
  const auto built = BuildDocument("[甲公司|company]营收较{去年|2025-01-01}增长20%。");
  const auto events = Events(built->document);
  REQUIRE_FALSE(events.empty());
  CHECK(events[0].time.source == EventTimeSource::kPublished);
}

TEST_CASE("Places act as governments", "[extract][event]") {
  CHECK(Told("{7月|2025-07-01},[上海|place]发布约100亿元人民币规模的[人工智能|sector]产业支持方案。") ==
        "POLICY_ISSUED occurred issuer=上海; "
        "SUBSIDY_SUPPORT occurred beneficiary_sector=人工智能 issuer=上海 amount=10000000000CNY");
  CHECK(Told("[美国政府|organization]有条件批准了[英伟达|company][H200|product]芯片的入华。") ==
        "APPROVAL occurred authority=美国政府 subject=H200 applicant=英伟达");
  CHECK(Told("根据[上海|place]的发展规划,到{2025年|2025-12-31}算力总规模将突破30 EFLOPS。") ==
        "PLAN_TARGET planned org=上海 value=30EFLOPS");
}

TEST_CASE("A sentence that starts with 其中 goes on about the one before", "[extract][event]") {
  CHECK(Told("[上海市政府|organization]很务实。其中,对企业给予20%-30%的财政补贴。") ==
        "SUBSIDY_SUPPORT occurred issuer=上海市政府 rate=20pct");
}

TEST_CASE("One happening told twice in a sentence is one event", "[extract][event]") {
  CHECK(Told("[甲公司|company]中标[乙集团|company]项目,中标金额3亿元。") ==
        "CONTRACT_WIN occurred party_a=乙集团 party_b=甲公司 amount=300000000CNY");
  CHECK(Told("[甲公司|company]增持[丙公司|company]100万股,[乙公司|company]增持[丙公司|company]200万股。") ==
        "STAKE_INCREASE occurred holder=甲公司 company=丙公司 shares=1000000share; "
        "STAKE_INCREASE occurred holder=乙公司 company=丙公司 shares=2000000share");
}

TEST_CASE("Who takes shares depends on whether the company is listed", "[extract][event]") {
  const auto built = BuildDocument("[甲公司|company]入股[乙公司|company]。");
  CHECK(Events(built->document).at(0).type == EventType::kFundingRound);
  built->document.mentions[1].tickers = {"600001.SH"};
  CHECK(Events(built->document).at(0).type == EventType::kStakeIncrease);
}

TEST_CASE("The same document gives the same events every time", "[extract][event][property]") {
  const auto built =
      BuildDocument("[甲公司|company]拟以10亿元收购[乙公司|company],[乙公司|company]股价大涨5%,[张三|person]辞职。");
  RuleScan scan;
  std::vector<Event> first;
  std::vector<Event> second;
  Extractor().Extract(built->document, scan, first);
  Extractor().Extract(built->document, scan, second);
  REQUIRE(first.size() == second.size());
  for (std::size_t i = 0; i < first.size(); ++i) {
    CHECK(first[i].rule == second[i].rule);
    CHECK(first[i].trigger == second[i].trigger);
    CHECK(first[i].participants.size() == second[i].participants.size());
  }
}

TEST_CASE("Every event points into its own article", "[extract][event][property]") {
  const auto built = BuildDocument(
      "[华为|company]发布[昇腾|product],[英伟达|company]大跌5%。\n[上海|place]发布方案,给予20%-30%的财政补贴。"
      "[黄仁勋|person]于{1月23日|2026-01-23}抵达[上海|place];公司拟以10亿元收购[乙公司|company]30%股权!");
  const Document& document = built->document;
  const std::vector<Event> events = Events(document);
  REQUIRE(events.size() >= 4);
  for (const Event& event : events) {
    CAPTURE(event.rule);
    REQUIRE(event.sentence < document.sentences.size());
    const TextSpan sentence = document.text.ToCodePoints(document.sentences[event.sentence].sentence.span);
    CHECK(event.trigger.start >= sentence.start);
    CHECK(event.trigger.end <= sentence.end);
    CHECK(event.trigger.start < event.trigger.end);
    CHECK(event.confidence >= 0.3F);
    CHECK(event.confidence <= 1.0F);
    for (const Participant& participant : event.participants) {
      REQUIRE(participant.mention >= 0);
      REQUIRE(static_cast<std::size_t>(participant.mention) < document.mentions.size());
      CHECK(document.mentions[static_cast<std::size_t>(participant.mention)].entity == participant.entity);
    }
    for (const Value& value : event.values) {
      CHECK(value.span.start >= sentence.start);
      CHECK(value.span.end <= sentence.end);
    }
    CHECK(event.time.date < static_cast<std::int32_t>(document.dates.size()));
  }
  CHECK(std::is_sorted(events.begin(), events.end(),
                       [](const Event& a, const Event& b) { return a.trigger < b.trigger; }));
}

}  // namespace
}  // namespace mailuo::extract
