#include "extract/event_links.h"

#include <string>

#include <catch2/catch.hpp>

#include "extract/document_builder.h"
#include "extract/event_extractor.h"

namespace mailuo::extract {
namespace {

// "TYPE CAUSES TYPE by words" of every link of a marked text.
std::string Linked(std::string_view marked) {
  const auto built = BuildDocument(marked);
  const auto rules = Rules::BuiltIn();
  if (!rules) FAIL(rules.error().message);
  RuleScan scan;
  std::vector<Event> events;
  EventExtractor(*rules).Extract(built->document, scan, events);
  std::vector<EventLink> links;
  FindEventLinks((*rules)->compiled(), built->document, scan, events, links);
  std::string out;
  for (const EventLink& link : links) {
    const text::UnitSpan words = built->document.text.FromCodePoints(link.trigger);
    if (!out.empty()) out += "; ";
    out += std::string(Word(events[link.from].type)) + " " + std::string(Word(link.type)) + " " +
           std::string(Word(events[link.to].type)) + " by " + std::string(built->document.text.Original(words));
  }
  return out;
}

TEST_CASE("A cause that the text states links two events", "[extract][links]") {
  CHECK(Linked("因[甲公司|company]债务违约,[乙公司|company]起诉[甲公司|company]。") ==
        "DEFAULT_BANKRUPT CAUSES LAWSUIT by 因");
  CHECK(Linked("受[美国|place]加征关税影响,[甲公司|company]股价大跌8%。") == "TRADE_CONTROL CAUSES STOCK_MOVE by 受");
  CHECK(Linked("[甲公司|company]工厂爆炸导致[乙公司|company]停产。") == "INCIDENT CAUSES SUPPLY_DISRUPTION by 导致");
  CHECK(Linked("[美国|place]对芯片加征关税。受此影响,[甲公司|company]股价大跌8%。") ==
        "TRADE_CONTROL CAUSES STOCK_MOVE by 受此影响");
}

TEST_CASE("An effect is told with its figure", "[extract][links]") {
  CHECK(Linked("[甲公司|company]收购[乙公司|company],带动[甲公司|company]股价大涨10.02%。") ==
        "ACQUISITION CAUSES STOCK_MOVE by 带动");
}

TEST_CASE("An order that the text states needs somebody in common", "[extract][links]") {
  CHECK(Linked("[甲公司|company]收购[乙公司|company]。此前,[甲公司|company]起诉[乙公司|company]。") ==
        "LAWSUIT PRECEDES ACQUISITION by 此前");
  CHECK(Linked("[甲公司|company]收购[乙公司|company]。随后,[甲公司|company]裁员10%。") ==
        "ACQUISITION PRECEDES LAYOFF by 随后");
  CHECK(Linked("[甲公司|company]收购[乙公司|company]。此前,[丙公司|company]起诉[丁公司|company]。").empty());
}

TEST_CASE("What came first may stand right before 后", "[extract][links]") {
  CHECK(Linked("[甲公司|company]复牌后,[甲公司|company]股价大跌8%。") == "DELIST_HALT PRECEDES STOCK_MOVE by 后");
  CHECK(Linked("[甲公司|company]复牌后,[乙公司|company]股价大跌8%。").empty());
}

TEST_CASE("The effect may be told before its reason", "[extract][links]") {
  CHECK(Linked("[甲公司|company]起诉[乙公司|company],原因是[乙公司|company]债务违约。") ==
        "DEFAULT_BANKRUPT CAUSES LAWSUIT by 原因是");
  CHECK(Linked("[甲公司|company]召回汽车,原因是电池起火。") == "INCIDENT CAUSES RECALL_TAKEDOWN by 原因是");
}

TEST_CASE("The next paragraph goes on about what both name", "[extract][links]") {
  CHECK(Linked("[美国|place]对[甲公司|company]加征关税。\n受此影响,[甲公司|company]股价大跌8%。") ==
        "TRADE_CONTROL CAUSES STOCK_MOVE by 受此影响");
  CHECK(Linked("[美国|place]对[甲公司|company]加征关税。\n受此影响,[乙公司|company]股价大跌8%。").empty());
}

TEST_CASE("Words that only look like a link join nothing", "[extract][links]") {
  CHECK(Linked("[甲公司|company]收购[乙公司|company],[甲公司|company]裁员10%。").empty());
  CHECK(Linked("[甲公司|company]否认因债务违约,被[乙公司|company]起诉。").empty());
}

}  // namespace
}  // namespace mailuo::extract
