#include "text/amount.h"

#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "text/amount_units.h"
#include "text/folded_text.h"

namespace mailuo::text {
namespace {

// "约100亿元人民币" -> "100亿元人民币=10000000000 CNY~"; ranges "20..30"; "~" approximate, "/share" per share.
std::string Read(const std::string& text) {
  const FoldedText folded(text);
  std::vector<Amount> amounts;
  FindAmounts(folded.units(), {0, folded.size()}, amounts);
  std::ostringstream out;
  out.precision(15);
  for (const Amount& amount : amounts) {
    if (&amount != &amounts.front()) out << "; ";
    out << folded.Original(amount.span) << "=" << amount.low;
    if (amount.high != amount.low) out << ".." << amount.high;
    out << " " << amount.unit << (amount.per_share ? "/share" : "") << (amount.approximate ? "~" : "");
  }
  return out.str();
}

TEST_CASE("Money is read with its scale and its currency", "[text][amount]") {
  CHECK(Read("营收490.34亿元") == "490.34亿元=49034000000 CNY");
  CHECK(Read("约100亿元人民币规模") == "100亿元人民币=10000000000 CNY~");
  CHECK(Read("融资1.2亿美元") == "1.2亿美元=120000000 USD");
  CHECK(Read("5000万港元") == "5000万港元=50000000 HKD");
  CHECK(Read("3万亿元") == "3万亿元=3000000000000 CNY");
  CHECK(Read("罚款人民币50万元") == "人民币50万元=500000 CNY");
  CHECK(Read("募资US$1.2亿") == "US$1.2亿=120000000 USD");
  CHECK(Read("三千五百万元") == "三千五百万元=35000000 CNY");
  CHECK(Read("百亿元基金") == "百亿元=10000000000 CNY");
  CHECK(Read("100多亿元") == "100多亿元=10000000000 CNY~");
  CHECK(Read("1,234,567元") == "1,234,567元=1234567 CNY");
  CHECK(Read("20亿欧元和3亿日元") == "20亿欧元=2000000000 EUR; 3亿日元=300000000 JPY");
}

TEST_CASE("Shares, prices per share and shares of something are kept apart", "[text][amount]") {
  CHECK(Read("增持3,000万股") == "3,000万股=30000000 share");
  CHECK(Read("每股12.5元") == "每股12.5元=12.5 CNY/share");
  CHECK(Read("以12.5元/股的价格") == "12.5元/股=12.5 CNY/share");
  CHECK(Read("占总股本的2.15%") == "2.15%=2.15 pct");
  CHECK(Read("每10股派5元") == "5元=5 CNY");
}

TEST_CASE("Ranges take the unit from their second number", "[text][amount]") {
  CHECK(Read("高达20%-30%的财政补贴") == "20%-30%=20..30 pct");
  CHECK(Read("1.2-1.5亿元") == "1.2-1.5亿元=120000000..150000000 CNY");
  CHECK(Read("1000万元至2000万元") == "1000万元至2000万元=10000000..20000000 CNY");
  CHECK(Read("由5%降至3%") == "5%=5 pct; 3%=3 pct");
}

TEST_CASE("Percentage points, basis points and fractions", "[text][amount]") {
  CHECK(Read("提高2个百分点") == "2个百分点=2 pp");
  CHECK(Read("下调28个基点") == "28个基点=28 bp");
  CHECK(Read("降息25BP") == "25BP=25 bp");
  CHECK(Read("百分之二十") == "百分之二十=20 pct");
  CHECK(Read("近四分之一的营收") == "四分之一=25 pct~");
  CHECK(Read("占比五成") == "五成=50 pct");
  CHECK(Read("占七成半") == "七成半=75 pct");
}

TEST_CASE("Counts and physical units", "[text][amount]") {
  CHECK(Read("裁员1.2万人") == "1.2万人=12000 person");
  CHECK(Read("召回3000辆") == "3000辆=3000 piece");
  CHECK(Read("突破30 EFLOPS。") == "30 EFLOPS=30 EFLOPS");
  CHECK(Read("增长3倍") == "3倍=3 times");
  CHECK(Read("年产能20GWh") == "20GWh=20 GWh");
  CHECK(Read("收于3,200.5点") == "3,200.5点=3200.5 point");
  CHECK(Read("上涨28点") == "28点=28 point");
}

TEST_CASE("Dates, clock times, codes and product names are no amounts", "[text][amount]") {
  CHECK(Read("2025年3月8日28点").empty());
  CHECK(Read("晚上8点30分").empty());
  CHECK(Read("纳贤路600号,600519.SH").empty());
  CHECK(Read("H200芯片与A800").empty());
  CHECK(Read("第3家").empty());
  CHECK(Read("3元器件,5股东,2人民").empty());
  CHECK(Read("一家公司").empty());
  CHECK(Read("一成不变").find("一成不") == std::string::npos);
  CHECK(Read("").empty());
}

TEST_CASE("A broken table of units is named by line", "[text][amount]") {
  const auto error = [](std::string_view tsv) {
    const auto units = ParseAmountUnits("u.tsv", tsv);
    return units ? std::string() : units.error().message;
  };
  CHECK(error("元\tCNY\n") == "u.tsv:1: expected 5 columns, found 2");
  CHECK(error("#x\n元\tCNY\tcash\t\twhy\n") == "u.tsv:2: column class: unknown class 'cash'");
  CHECK(error("元\t\tmoney\t\twhy\n") == "u.tsv:1: column unit is empty");
  CHECK(error("元|元\tCNY\tmoney\t\twhy\n") == "u.tsv: unit '元' is there twice");
}

}  // namespace
}  // namespace mailuo::text
