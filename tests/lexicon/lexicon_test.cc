// The built-in lexicon as a reader of it sees it.
#include "lexicon/lexicon.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "text/folded_text.h"

namespace mailuo::lexicon {
namespace {

struct Seen {
  std::string text;
  std::string entity;
  NameStrength strength;
};

std::vector<Seen> Find(std::string_view utf8) {
  const auto lexicon = Lexicon::BuiltIn();
  const text::FoldedText text(utf8);
  std::vector<NameHit> hits;
  lexicon->FindNames(text, hits);
  std::vector<Seen> seen;
  seen.reserve(hits.size());
  for (const NameHit& hit : hits) {
    seen.push_back({std::string(text.Original(hit.span)), std::string(lexicon->Entity(hit.entity).name), hit.strength});
  }
  return seen;
}

bool Finds(std::string_view utf8, std::string_view text, std::string_view entity) {
  const std::vector<Seen> seen = Find(utf8);
  return std::any_of(seen.begin(), seen.end(), [&](const Seen& s) { return s.text == text && s.entity == entity; });
}

EntityInfo ByTicker(std::string_view ticker) {
  const auto lexicon = Lexicon::BuiltIn();
  const auto index = lexicon->FindByTicker(ticker);
  REQUIRE(index);
  return lexicon->Entity(*index);
}

TEST_CASE("listed companies are found by name and carry their tickers, main listing first", "[lexicon]") {
  CHECK(ByTicker("NVDA.US").name == "英伟达");
  CHECK(ByTicker("688041.SH").name == "海光信息");
  CHECK(ByTicker("00020.HK").name == "商汤科技");
  const EntityInfo alibaba = ByTicker("BABA.US");
  CHECK(alibaba.name == "阿里巴巴");
  CHECK(alibaba.tickers == std::vector<std::string_view>{"09988.HK", "BABA.US"});
  CHECK(ByTicker("09888.HK").tickers == std::vector<std::string_view>{"BIDU.US", "09888.HK"});
  CHECK(ByTicker("00981.HK").tickers == std::vector<std::string_view>{"688981.SH", "00981.HK"});
  CHECK(ByTicker("00700.HK").name == "腾讯");
  CHECK(Finds("黄仁勋在上海会见了腾讯控股的客户", "腾讯控股", "腾讯"));
}

TEST_CASE("further codes lead to the company but are not shown as its tickers", "[lexicon]") {
  const EntityInfo tencent = ByTicker("80700.HK");
  CHECK(tencent.name == "腾讯");
  CHECK(tencent.tickers == std::vector<std::string_view>{"00700.HK"});
  CHECK(ByTicker("430047.BJ").tickers == std::vector<std::string_view>{"920047.BJ"});
}

TEST_CASE("spellings fold: traditional characters, width and case", "[lexicon]") {
  CHECK(Finds("傳騰訊與臺積電合作", "騰訊", "腾讯"));
  CHECK(Finds("ＮＶＩＤＩＡ发布新品", "ＮＶＩＤＩＡ", "英伟达"));
  CHECK(Finds("nvidia发布新品", "nvidia", "英伟达"));
}

TEST_CASE("a Latin name is not found inside a longer word", "[lexicon]") {
  CHECK(Finds("他加入Meta。", "Meta", "Meta"));
  CHECK(Find("Metaverse").empty());
}

TEST_CASE("a name is not found where its characters are part of another word", "[lexicon]") {
  CHECK(Finds("高通发布骁龙芯片", "高通", "高通"));
  CHECK_FALSE(Finds("高通量测序仪", "高通", "高通"));
  CHECK(Finds("公安部发布通知", "公安部", "公安部"));
  CHECK_FALSE(Finds("当地公安部门发布通知", "公安部", "公安部"));
  CHECK(Finds("华为昇腾芯片", "昇腾", "昇腾"));
  CHECK_FALSE(Finds("火焰升腾", "升腾", "昇腾"));
}

TEST_CASE("the names of a typical article are known", "[lexicon]") {
  const std::string_view article =
      "英伟达(NASDAQ: NVDA)CEO黄仁勋抵达上海，H200入华，以华为昇腾为代表。百度、阿里巴巴、腾讯，海光信息、寒武纪；"
      "CUDA生态与华为的CANN，摩尔线程，DeepSeek，中芯国际，商汤科技、MiniMax、阶跃星辰，AI算力券，"
      "《投资者网》，思维财经，网易新闻";
  for (const std::string_view name :
       {"英伟达",   "黄仁勋",   "上海",     "H200",     "华为",     "昇腾",     "百度",     "阿里巴巴",
        "腾讯",     "海光信息", "寒武纪",   "CUDA",     "CANN",     "摩尔线程", "DeepSeek", "中芯国际",
        "商汤科技", "MiniMax",  "阶跃星辰", "AI算力券", "投资者网", "思维财经", "网易新闻"}) {
    CAPTURE(name);
    CHECK(Finds(article, name, name));
  }
}

TEST_CASE("hits come by start, then longest first, overlaps included", "[lexicon]") {
  const auto lexicon = Lexicon::BuiltIn();
  const text::FoldedText text("贵州茅台与中芯国际、中国平安银行");
  std::vector<NameHit> hits;
  lexicon->FindNames(text, hits);
  REQUIRE(hits.size() > 4);
  for (std::size_t i = 1; i < hits.size(); ++i) {
    const bool ordered = hits[i - 1].span.start < hits[i].span.start ||
                         (hits[i - 1].span.start == hits[i].span.start && hits[i - 1].span.end >= hits[i].span.end);
    CHECK(ordered);
  }
  CHECK(Finds("贵州茅台", "茅台", "贵州茅台"));
}

TEST_CASE("names that are words are weak or need their ticker", "[lexicon]") {
  const auto strength_of = [](std::string_view name, std::string_view ticker) {
    const auto lexicon = Lexicon::BuiltIn();
    const auto index = lexicon->FindByTicker(ticker);
    REQUIRE(index);
    for (const NameEntry& entry : lexicon->FindByName(name)) {
      if (entry.entity == *index) return entry.strength;
    }
    FAIL("no such name: " << name);
    return NameStrength::kSure;
  };
  CHECK(strength_of("英伟达", "NVDA.US") == NameStrength::kSure);
  CHECK(strength_of("百度", "BIDU.US") == NameStrength::kSure);
  CHECK(strength_of("苹果", "AAPL.US") == NameStrength::kWeak);
  CHECK(strength_of("小米", "01810.HK") == NameStrength::kWeak);
  CHECK(strength_of("平安", "601318.SH") == NameStrength::kWeak);
  CHECK(strength_of("机器人", "300024.SZ") == NameStrength::kWeak);
  CHECK(strength_of("统一", "1216.TW") == NameStrength::kTickerOnly);
  CHECK(strength_of("全国", "9937.TW") == NameStrength::kTickerOnly);
}

TEST_CASE("countries and provinces are sure, short county names that are words are not found in them", "[lexicon]") {
  const auto lexicon = Lexicon::BuiltIn();
  const auto is_sure = [&](std::string_view name) {
    for (const NameEntry& entry : lexicon->FindByName(name)) {
      const bool place = lexicon->Entity(entry.entity).type == MentionType::kPlace;
      if (place && entry.strength == NameStrength::kSure) return true;
    }
    return false;
  };
  for (const std::string_view name :
       {"中国", "美国", "日本", "印度", "香港", "台湾", "广东", "上海", "深圳", "江苏省"}) {
    CAPTURE(name);
    CHECK(is_sure(name));
  }
  for (const std::string_view name : {"合作", "比如", "和平", "高密", "白银"}) {
    CAPTURE(name);
    CHECK_FALSE(is_sure(name));
  }
}

TEST_CASE("ids lead back to their entity and unknown things to nothing", "[lexicon]") {
  const auto lexicon = Lexicon::BuiltIn();
  for (EntityIndex index = 0; index < lexicon->size(); index += 37) {
    REQUIRE(lexicon->FindById(lexicon->Entity(index).id) == index);
  }
  CHECK(lexicon->Entity(*lexicon->FindByTicker("688256.SH")).id == MakeEntityId(MentionType::kCompany, "寒武纪"));
  CHECK_FALSE(lexicon->FindById(EntityId{}));
  CHECK_FALSE(lexicon->FindById(EntityId{12345}));
  CHECK_FALSE(lexicon->FindByTicker(""));
  CHECK_FALSE(lexicon->FindByTicker("000000.SH"));
  CHECK(lexicon->FindByName("没有这样的名字").empty());
  CHECK(lexicon->FindByName("").empty());
}

TEST_CASE("a prefix finds each entity once, in name order, up to the limit", "[lexicon]") {
  const auto lexicon = Lexicon::BuiltIn();
  const std::vector<NameEntry> found = lexicon->Prefix("中芯", 20);
  REQUIRE_FALSE(found.empty());
  CHECK(std::any_of(found.begin(), found.end(),
                    [&](const NameEntry& entry) { return lexicon->Entity(entry.entity).name == "中芯国际"; }));
  CHECK(std::is_sorted(found.begin(), found.end(),
                       [](const NameEntry& a, const NameEntry& b) { return a.name < b.name; }));
  CHECK(lexicon->Prefix("中", 3).size() == 3);
  CHECK(lexicon->Prefix("英伟达", 0).empty());
  CHECK_FALSE(lexicon->Prefix("NVID", 5).empty());
}

TEST_CASE("attributes and names of an entity", "[lexicon]") {
  const auto lexicon = Lexicon::BuiltIn();
  const auto index = lexicon->FindByTicker("NVDA.US");
  REQUIRE(index);
  CHECK(lexicon->Attribute(*index, "venue") == "NASDAQ");
  CHECK(lexicon->Attribute(*index, "no such key").empty());
  const auto names = lexicon->Names(*index);
  REQUIRE_FALSE(names.empty());
  CHECK(names.front() == "英伟达");
  CHECK(std::find(names.begin(), names.end(), "NVIDIA") != names.end());
  CHECK(lexicon->Entity(lexicon->size()).name.empty());
}

}  // namespace
}  // namespace mailuo::lexicon
