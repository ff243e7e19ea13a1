// How sentences of real news are read: who 公司 and 双方 are, where a passive ends, which sum is the event's, what only
// looks like an event.
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "extract/document_builder.h"
#include "extract/event_extractor.h"

namespace mailuo::extract {
namespace {

// "ACQUISITION planned acquirer=甲 target=乙 amount=120000000CNY; …" by place.
std::string Told(std::string_view marked) {
  static const EventExtractor extractor(*Rules::BuiltIn());
  const auto built = BuildDocument(marked);
  RuleScan scan;
  std::vector<Event> events;
  extractor.Extract(built->document, scan, events);
  std::ostringstream out;
  out.precision(15);
  for (const Event& event : events) {
    if (out.tellp() > 0) out << "; ";
    out << Word(event.type) << " " << Word(event.status);
    for (const Participant& participant : event.participants) out << " " << participant.role << "=" << participant.name;
    for (const Value& value : event.values) out << " " << value.role << "=" << value.number << value.unit;
  }
  return out.str();
}

bool Holds(const std::string& told, const std::string& part) { return told.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("公司 is never the authority of the sentence before", "[extract][event]") {
  const std::string told =
      Told("[深交所|organization]向[甲科技|company]下发关注函。公司因财务造假被[证监会|organization]处以800万元罚款。");
  CHECK(Holds(told, "PENALTY occurred authority=证监会 target=甲科技"));
}

TEST_CASE("公司 behind a broker's judgement is who was judged", "[extract][event]") {
  const std::string told = Told(
      "[甲芯|company]披露半年报。\n[高盛|company]将[甲芯|company]"
      "目标价上调至1835元。公司拟向特定对象发行股票募集资金39亿元。");
  CHECK(Holds(told, "SHARE_BOND_ISSUE planned issuer=甲芯"));
}

TEST_CASE("Whom the verb is done to is not who 其 stands for", "[extract][event]") {
  CHECK_FALSE(Holds(Told("某集团将向[乙股份|company]出售其持有的养殖业务。"), "seller=乙股份"));
}

TEST_CASE("双方 are both of the sentence before", "[extract][event]") {
  const std::string told = Told("[甲汽车|company]与[乙汽车|company]结束谈判,双方此前签署了谅解备忘录。");
  CHECK(Holds(told, "=甲汽车"));
  CHECK(Holds(told, "=乙汽车"));
}

TEST_CASE("A passive ends where the sentence goes on", "[extract][event]") {
  CHECK(Holds(Told("[甲公司|company]工厂因电塔遭人纵火而停产。"), "supplier=甲公司"));
  CHECK(Holds(Told("[张某|person]被其同父异母的弟妹起诉至[香港高等法院|organization]。"), "defendant=张某"));
  CHECK(Holds(Told("[甲软件|company]、[乙软件|company]被传参与收购谈判。"), "acquirer=甲软件 acquirer=乙软件"));
  CHECK(Holds(Told("[张某|person]被暂停[甲半导体|company]董事职务。"), "person=张某 org=甲半导体"));
}

TEST_CASE("Of two sums the one that replaces the other counts", "[extract][event]") {
  CHECK(Holds(Told("[高盛|company]将[甲公司|company]目标价由220港元上调至260港元。"), "target_price=260HKD"));
  CHECK(Holds(Told("[甲汽车|company]交付目标由30万辆上调至35万辆。"),
              "PLAN_TARGET planned org=甲汽车 value=350000piece"));
}

TEST_CASE("Sums beside an IPO are its own", "[extract][event]") {
  const std::string told = Told("[甲科技|company]将在科创板上市,发行价114.28元/股,募资总额80亿元。");
  CHECK(Holds(told, "IPO_LISTING planned company=甲科技 price=114.28CNY amount=8000000000CNY"));
}

TEST_CASE("Joined authorities all act, and none of them is the one punished", "[extract][event]") {
  CHECK(Holds(Told("[央行|organization]、[证监会|organization]对[甲集团|company]处以罚款71亿元。"),
              "authority=央行 authority=证监会"));
  const std::string told = Told(
      "[证监会|organization]对[甲会计师事务所|company]处以2.77亿元罚没,[财政部|organization]"
      "给予其暂停经营业务6个月的行政处罚。");
  CHECK(Holds(told, "authority=财政部 target=甲会计师事务所"));
}

TEST_CASE("Whom a list names behind 其中包括 is put on it", "[extract][event]") {
  const std::string told =
      Told("[美国商务部|organization]将25家中国实体列入实体清单,其中包括[甲智能|company]及其子公司。");
  CHECK(Holds(told, "imposer=美国商务部 target_org=甲智能"));
}

TEST_CASE("A particle before a country is meant for the company that a noun introduces", "[extract][event]") {
  CHECK(Holds(Told("[甲集团|company]对[德国|place]消费电子零售商[Ceconomy|company]发起收购要约。"),
              "ACQUISITION occurred acquirer=甲集团 target=Ceconomy"));
}

TEST_CASE("A cited paper tells of nothing new", "[extract][event]") {
  CHECK_FALSE(
      Holds(Told("[甲公司|company]涉嫌违反《关于批准[甲公司|company]收购[乙科技|company]的公告》。"), "ACQUISITION"));
  CHECK(Holds(Told("[甲公司|company]签署了《[乙科技|company]股权收购协议》。"), "ACQUISITION"));
}

TEST_CASE("What only looks like an event", "[extract][event]") {
  CHECK_FALSE(Holds(Told("[甲国际|company]联合CEO[赵某|person]表示,需求旺盛。"), "PARTNERSHIP"));
  CHECK_FALSE(Holds(Told("[甲公司|company]产品出口需要获得许可。"), "APPROVAL"));
  CHECK_FALSE(Holds(Told("[甲委员会|organization]禁止批准[乙公司|company]的新设备。"), "APPROVAL occurred"));
  CHECK_FALSE(Holds(Told("[甲公司|company]净利润10亿元,上年同期亏损5.30亿元。"), "LOSS_IMPAIRMENT"));
  CHECK_FALSE(Holds(Told("当选总统[甲某|person]承诺推迟禁令。"), "EXEC_CHANGE"));
  CHECK_FALSE(Holds(Told("受[甲国|place]局势影响,原油期货一度涨逾13%。"), "security=甲国"));
}

TEST_CASE("What is asked, explained or past is not told", "[extract][event]") {
  CHECK(Told("借壳上市是指一家公司取得上市公司控股权。").empty());
  CHECK_FALSE(Holds(Told("公司没有回购股份的计划。公司与[甲公司|company]没有往来。"), "company=甲公司"));
  const auto built = BuildDocument("[甲网|company]2015年6月1日股价创历史新高。如今,[甲网|company]早已退市。");
  RuleScan scan;
  std::vector<Event> events;
  EventExtractor(*Rules::BuiltIn()).Extract(built->document, scan, events);
  REQUIRE_FALSE(events.empty());
  CHECK(events.back().type == EventType::kDelistHalt);
  CHECK(events.back().time.source == EventTimeSource::kPublished);
}

TEST_CASE("The short words of the market", "[extract][event]") {
  CHECK(Holds(Told("[甲芯|company]股价一度超越[乙酒|company],截至收盘涨3.24%。"),
              "STOCK_MOVE occurred security=甲芯 pct=3.24pct"));
  CHECK(Holds(Told("[甲锂业|company]上半年预亏3亿元。受此消息影响,公司股价7月15日跌停。"),
              "STOCK_MOVE occurred security=甲锂业"));
}

TEST_CASE("Who is chosen stands behind the verb", "[extract][event]") {
  CHECK_FALSE(Holds(Told("[甲黄金|company]董事长[韩某|person]辞职,公司董事会选举修某为新任董事长。"),
                    "EXEC_CHANGE occurred person=韩某 org=甲黄金; EXEC_CHANGE occurred person=韩某"));
}

TEST_CASE("Money for plants", "[extract][event]") {
  CHECK(Holds(Told("[甲集团|company]宣布将投入3800亿元,用于建设云基础设施。"),
              "CAPACITY_EXPANSION planned company=甲集团 amount=380000000000CNY"));
  CHECK_FALSE(
      Holds(Told("[甲公司|company]拟向[乙公司|company]投资1000亿美元,用于建设数据中心。"), "CAPACITY_EXPANSION"));
}

}  // namespace mailuo::extract
