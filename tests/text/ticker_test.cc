#include "text/ticker.h"

#include <catch2/catch.hpp>

#include <string>
#include <utility>
#include <vector>

namespace mailuo::text {
namespace {

std::vector<std::pair<std::string, std::string>> Find(const std::string& utf8) {
  const FoldedText text(utf8);
  std::vector<FoundTicker> found;
  FindTickers(text, found);
  std::vector<std::pair<std::string, std::string>> out;
  for (const FoundTicker& ticker : found) out.emplace_back(std::string(text.Original(ticker.span)), ticker.ticker);
  return out;
}

using Pairs = std::vector<std::pair<std::string, std::string>>;

TEST_CASE("Every written form of a code has one canonical spelling", "[text][ticker]") {
  const Pairs forms = {{"688041.SH", "688041.SH"},
                       {"600519.SS", "600519.SH"},
                       {"６８８０４１．ＳＨ", "688041.SH"},
                       {"SZ000001", "000001.SZ"},
                       {"sh.600000", "600000.SH"},
                       {"SHSE.600000", "600000.SH"},
                       {"600519.XSHG", "600519.SH"},
                       {"SZSE:000001", "000001.SZ"},
                       {"300750", "300750.SZ"},
                       {"证券代码：688041", "688041.SH"},
                       {"（600519）", "600519.SH"},
                       {"09988.HK", "09988.HK"},
                       {"9988.HK", "09988.HK"},
                       {"HK:9988", "09988.HK"},
                       {"HK00700", "00700.HK"},
                       {"港股9988", "09988.HK"},
                       {"HKG: 700", "00700.HK"},
                       {"700 HK Equity", "00700.HK"},
                       {"00700", "00700.HK"},
                       {"NASDAQ: NVDA", "NVDA.US"},
                       {"Nasdaq:nvda", "NVDA.US"},
                       {"纳斯达克：NVDA", "NVDA.US"},
                       {"NVDA.O", "NVDA.US"},
                       {"nvda.us", "NVDA.US"},
                       {"$NVDA", "NVDA.US"},
                       {"usNVDA", "NVDA.US"},
                       {"gb_nvda", "NVDA.US"},
                       {"NYSE：BRK.B", "BRK.B.US"},
                       {"BRK.B.N", "BRK.B.US"},
                       {"2330.TW", "2330.TW"},
                       {"8069.TWO", "8069.TWO"},
                       {"7203.T", "7203.T"},
                       {"285A.T", "285A.T"},
                       {"7203.JP", "7203.T"},
                       {"005930.KS", "005930.KS"},
                       {"430047.BJ", "920047.BJ"},
                       {"bj831010", "920010.BJ"},
                       {"831167", "920267.BJ"},
                       {"920599", "920599.BJ"}};
  for (const auto& [form, canonical] : forms) {
    CAPTURE(form);
    CHECK(CanonicalTicker(form) == canonical);
    CHECK(CanonicalTicker(canonical) == canonical);
  }
}

TEST_CASE("What is no code has no canonical spelling", "[text][ticker]") {
  for (const char* const form : {"", "英伟达", "NVDA", "123", "2025", "999999", "12.5", "a.b", "600519.HK", "www.sh",
                                 "sh6005190", "港股通2025", "代码", "(", "$", "700 HKD", "us", "usual"}) {
    CAPTURE(form);
    CHECK_FALSE(CanonicalTicker(form).has_value());
  }
}

TEST_CASE("Codes are found in running text", "[text][ticker]") {
  CHECK(Find("对于英伟达(NASDAQ: NVDA)CEO") == Pairs{{"NASDAQ: NVDA", "NVDA.US"}});
  CHECK(Find("阿里巴巴(09988.HK)以及腾讯（00700.HK）") == Pairs{{"09988.HK", "09988.HK"}, {"00700.HK", "00700.HK"}});
  CHECK(Find("协鑫集成（SZ002506，股价3.33元）") == Pairs{{"SZ002506", "002506.SZ"}});
  CHECK(Find("苏常柴Ａ(000570)6月17日") == Pairs{{"000570", "000570.SZ"}});
  CHECK(Find("中国平安（601318.SH/02318.HK）") == Pairs{{"601318.SH", "601318.SH"}, {"02318.HK", "02318.HK"}});
  CHECK(Find("股票代码：300750，股票简称") == Pairs{{"300750", "300750.SZ"}});
  CHECK(Find("腾讯（港股代码：700）") == Pairs{{"港股代码：700", "00700.HK"}});
  CHECK(Find("小米（股份代号：1810）") == Pairs{{"1810", "01810.HK"}});
  CHECK(Find("百度（纳斯达克代码：BIDU）") == Pairs{{"纳斯达克代码：BIDU", "BIDU.US"}});
  CHECK(Find("$BIDU$涨5%") == Pairs{{"BIDU", "BIDU.US"}});
  CHECK(Find("邮政代码：700，成本$BIDU").empty());
  CHECK(Find("雪佛龙(CVX.N)涨超8%") == Pairs{{"CVX.N", "CVX.US"}});
  CHECK(Find("在纳斯达克上市，代码为BIDU。") == Pairs{{"BIDU", "BIDU.US"}});
  CHECK(Find("微软（纳斯达克：MSFT）") == Pairs{{"纳斯达克：MSFT", "MSFT.US"}});
}

TEST_CASE("Numbers and words of other kinds are no codes", "[text][ticker]") {
  for (const char* const line :
       {"营收600519元", "共600519万元，增长3.000001%", "港股2025年表现", "港股1000点", "node.us网站", "上涨12.T",
        "2025.12.31", "人工智能(ai)", "IPv6.SH", "邮编(100101)", "（x2025）", "R.O.C", "sh1234567"}) {
    CAPTURE(line);
    CHECK(Find(line).empty());
  }
}

TEST_CASE("A code in bare brackets waits for its name", "[text][ticker]") {
  const FoldedText text("海光信息（688041）与AI(AI)，证券代码：688256");
  std::vector<FoundTicker> found;
  FindTickers(text, found);
  REQUIRE(found.size() == 3);
  CHECK(found[0].strength == TickerStrength::kNeedsName);
  CHECK(found[1].strength == TickerStrength::kNeedsName);
  CHECK(found[2].strength == TickerStrength::kSure);
}

TEST_CASE("An index, a fund and a bond are told from a stock", "[text][ticker]") {
  CHECK(ClassOfTicker("000001.SH") == TickerClass::kIndex);
  CHECK(ClassOfTicker("000001.SZ") == TickerClass::kStock);
  CHECK(ClassOfTicker("510300.SH") == TickerClass::kFund);
  CHECK(ClassOfTicker("113050.SH") == TickerClass::kBond);
  CHECK(ClassOfTicker("NVDA.US") == TickerClass::kStock);
}

}  // namespace
}  // namespace mailuo::text
