#include "bench/article_generator.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <fmt/core.h>

#include "core/check.h"
#include "core/ids.h"
#include "embedded_ArticleTemplates.h"
#include "ingest/tsv_table.h"
#include "text/folded_text.h"
#include "text/utf8.h"

namespace mailuo::bench {
namespace {

using namespace std::string_view_literals;

constexpr std::array kSurnames{"苏"sv, "林"sv, "许"sv, "陶"sv, "方"sv, "韩"sv, "沈"sv, "陆"sv, "顾"sv, "严"sv,
                               "程"sv, "魏"sv, "蒋"sv, "傅"sv, "戴"sv, "薛"sv, "贺"sv, "龚"sv, "邵"sv, "钱"sv};
constexpr std::array kGivenFirst{"知"sv, "闻"sv, "未"sv, "既"sv, "景"sv, "书"sv, "云"sv, "文"sv,
                                 "嘉"sv, "思"sv, "亦"sv, "怀"sv, "明"sv, "立"sv, "承"sv};
constexpr std::array kGivenSecond{"遥"sv, "溪"sv, "央"sv, "明"sv, "川"sv, "砚"sv, "舟"sv, "原"sv,
                                  "宁"sv, "远"sv, "安"sv, "衡"sv, "霖"sv, "哲"sv, "岚"sv};
constexpr std::array kPlaces{"上海"sv, "深圳"sv, "杭州"sv, "苏州"sv, "合肥"sv, "武汉"sv, "成都"sv, "重庆"sv,
                             "西安"sv, "南京"sv, "无锡"sv, "宁波"sv, "长沙"sv, "郑州"sv, "青岛"sv, "厦门"sv,
                             "福州"sv, "广州"sv, "东莞"sv, "珠海"sv, "天津"sv, "大连"sv, "沈阳"sv, "常州"sv};
constexpr std::array kSectors{"半导体"sv, "人工智能"sv, "动力电池"sv, "光伏"sv,     "储能"sv,       "机器人"sv,
                              "创新药"sv, "医疗器械"sv, "工业软件"sv, "云计算"sv,   "新能源汽车"sv, "消费电子"sv,
                              "光通信"sv, "风电"sv,     "商业航天"sv, "低空经济"sv, "先进封装"sv,   "碳化硅"sv};
constexpr std::array kProductNames{"星澜"sv, "云璟"sv, "青岚"sv, "玄策"sv, "天枢"sv,
                                   "凌霄"sv, "远航"sv, "沧澜"sv, "岭峰"sv, "澄光"sv};
constexpr std::array kMinistries{"工业和信息化部"sv, "国家发展改革委"sv, "科技部"sv,    "商务部"sv,
                                 "财政部"sv,         "国家能源局"sv,     "国家数据局"sv};
constexpr std::array kBrokers{"中信证券"sv, "中金公司"sv, "国泰海通"sv, "华泰证券"sv,
                              "招商证券"sv, "广发证券"sv, "申万宏源"sv, "国信证券"sv};
constexpr std::array kPeriods{"上半年"sv, "前三季度"sv, "第一季度"sv, "第三季度"sv};

constexpr std::string_view kOutlet = "合成样稿";
constexpr std::string_view kLastLine = "（合成样稿：以上内容为程序生成的虚构文本，仅用于性能测试，与文中公司无关）";

// SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every machine.
std::uint64_t Mix(std::uint64_t value) {
  value += 0x9E3779B97F4A7C15U;
  value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9U;
  value = (value ^ (value >> 27U)) * 0x94D049BB133111EBU;
  return value ^ (value >> 31U);
}

}  // namespace

class ArticleGenerator::Random {
 public:
  Random(std::uint64_t seed, std::uint64_t stream, std::uint64_t number)
      : state_(Mix(Mix(seed) ^ Mix(stream * 0x1000193U) ^ number)) {}

  std::uint64_t Next() { return state_ = Mix(state_); }
  // 0 .. bound - 1
  std::uint64_t Below(std::uint64_t bound) { return Next() % bound; }
  int Between(int low, int high) { return low + static_cast<int>(Below(static_cast<std::uint64_t>(high - low) + 1)); }
  template <typename List>
  const typename List::value_type& Pick(const List& list) {
    return list[Below(list.size())];
  }

 private:
  std::uint64_t state_;
};

struct ArticleGenerator::Facts {
  std::string_view topic;
  Date day;
  Slots slots;
};

ArticleGenerator::ArticleGenerator(const lexicon::Lexicon& lexicon, std::uint64_t seed) : seed_(seed) {
  constexpr std::size_t kMinName = 3;
  constexpr std::size_t kMaxName = 6;
  for (lexicon::EntityIndex i = 0; i < lexicon.size(); ++i) {
    const lexicon::EntityInfo info = lexicon.Entity(i);
    if (info.type != MentionType::kCompany || info.kind != "listed" || info.tickers.empty()) continue;
    const std::u16string units = text::ToUtf16(info.name);
    if (units.size() < kMinName || units.size() > kMaxName || !std::all_of(units.begin(), units.end(), text::IsHan)) {
      continue;
    }
    companies_.push_back({std::string(info.name), std::string(info.tickers.front())});
  }
  MAILUO_CHECK(companies_.size() > 100);
  // Which company is prominent is the seed's choice, not the alphabet's.
  std::sort(companies_.begin(), companies_.end(), [seed](const Company& a, const Company& b) {
    return std::pair(Mix(StableHash64(a.ticker) ^ seed), a.ticker) <
           std::pair(Mix(StableHash64(b.ticker) ^ seed), b.ticker);
  });
  std::uint64_t total = 0;
  for (std::size_t rank = 0; rank < companies_.size(); ++rank) {
    constexpr std::uint64_t kScale = 1'000'000'000;
    total += kScale / (rank + 2);
    cumulative_.push_back(total);
  }
  for (const auto& row : ingest::ReadTable(embedded::ArticleTemplates(), 3)) {
    templates_.push_back({row[0], row[1], row[2]});
    if (row[0] != "any" && std::find(topics_.begin(), topics_.end(), row[0]) == topics_.end()) {
      topics_.push_back(row[0]);
    }
  }
}

const ArticleGenerator::Company& ArticleGenerator::Draw(Random& random) const {
  const std::uint64_t point = random.Below(cumulative_.back());
  const auto found = std::upper_bound(cumulative_.begin(), cumulative_.end(), point);
  return companies_[static_cast<std::size_t>(found - cumulative_.begin())];
}

void ArticleGenerator::DrawNumbers(Random& random, Slots& slots) {
  for (int i = 1; i <= 4; ++i) {
    const bool large = random.Below(3) != 0;
    slots[fmt::format("m{}", i)] = large ? fmt::format("{}.{:02}亿", random.Between(1, 480), random.Between(0, 99))
                                         : fmt::format("{}.{:02}万", random.Between(800, 9900), random.Between(0, 99));
    slots[fmt::format("n{}", i)] = fmt::format("{}.{:02}%", random.Between(1, 49), random.Between(0, 99));
  }
  slots["k1"] = fmt::format("{}", random.Between(120, 9800));
  slots["k2"] = fmt::format("{}", random.Between(3, 36));
}

ArticleGenerator::Facts ArticleGenerator::MakeFacts(std::uint64_t happening) const {
  Random random(seed_, 1, happening);
  Facts facts;
  facts.topic = random.Pick(topics_);
  const Date first = *MakeDate(2024, 1, 2);
  constexpr int kDays = 750;
  facts.day = first + random.Between(0, kDays);
  const auto month_day = [](Date date) {
    const CivilDate civil = ToCivil(date);
    return fmt::format("{}月{}日", civil.month, civil.day);
  };
  auto& slots = facts.slots;
  std::vector<std::string> used;
  for (const char* const slot : {"A", "B", "C"}) {
    const Company* company = &Draw(random);
    while (std::find(used.begin(), used.end(), company->name) != used.end()) company = &Draw(random);
    used.push_back(company->name);
    slots[slot] = company->name;
    slots[fmt::format("{}.t", slot)] = fmt::format("{}（{}）", company->name, company->ticker);
  }
  for (const char* const slot : {"P", "Q"}) {
    slots[slot] = fmt::format("{}{}{}", random.Pick(kSurnames), random.Pick(kGivenFirst), random.Pick(kGivenSecond));
  }
  DrawNumbers(random, slots);
  slots["d1"] = month_day(facts.day);
  slots["d2"] = month_day(facts.day - random.Between(20, 90));
  slots["y"] = fmt::format("{}", ToCivil(facts.day).year);
  slots["h"] = random.Pick(kPeriods);
  slots["place"] = random.Pick(kPlaces);
  slots["sector"] = random.Pick(kSectors);
  slots["ministry"] = random.Pick(kMinistries);
  slots["broker"] = random.Pick(kBrokers);
  slots["product"] = fmt::format("{}{}{}", random.Pick(kProductNames), static_cast<char>('A' + random.Between(0, 25)),
                                 random.Between(1, 99));
  slots["policy"] = fmt::format("《关于促进{}产业高质量发展的若干措施》", slots["sector"]);
  return facts;
}

std::vector<const ArticleGenerator::Template*> ArticleGenerator::Find(std::string_view topic,
                                                                      std::string_view part) const {
  std::vector<const Template*> found;
  for (const Template& candidate : templates_) {
    if (candidate.topic == topic && candidate.part == part) found.push_back(&candidate);
  }
  return found;
}

std::string ArticleGenerator::Fill(std::string_view text, const Facts& facts) const {
  std::string out;
  while (!text.empty()) {
    const std::size_t open = std::min(text.find('{'), text.size());
    out += text.substr(0, open);
    text.remove_prefix(open);
    if (text.empty()) break;
    const std::size_t close = text.find('}');
    MAILUO_CHECK(close != std::string_view::npos);
    const auto slot = facts.slots.find(text.substr(1, close - 1));
    MAILUO_CHECK(slot != facts.slots.end());
    out += slot->second;
    text.remove_prefix(close + 1);
  }
  return out;
}

GeneratedArticle ArticleGenerator::Make(std::uint64_t number) const {
  Random random(seed_, 2, number);
  constexpr std::uint64_t kRepeatOneIn = 7;
  constexpr std::uint64_t kRepeatBack = 5;
  const bool repeats = random.Below(kRepeatOneIn) == 0 && number > kRepeatBack;
  const std::uint64_t back = repeats ? 1 + random.Below(kRepeatBack) : 0;
  const Facts facts = MakeFacts(number - back);
  // Background paragraphs have figures of their own, and a repeat tells another background.
  Facts background = repeats ? MakeFacts(number + (std::uint64_t{1} << 62U)) : facts;
  for (const char* const slot : {"A", "A.t", "P", "sector", "y", "d1"}) {
    background.slots[slot] = facts.slots.find(slot)->second;
  }
  DrawNumbers(random, background.slots);

  GeneratedArticle article;
  article.id = fmt::format("syn-{}-{}", seed_, number);
  article.outlet = kOutlet;
  article.published = {facts.day + (repeats ? random.Between(0, 1) : 0),
                       static_cast<std::int16_t>(random.Between(7 * 60, 22 * 60))};
  article.title = Fill(random.Pick(Find(facts.topic, "title"))->text, facts);
  article.text = article.title + "\n" + Fill(random.Pick(Find(facts.topic, "lead"))->text, facts);

  std::vector<std::pair<const Template*, const Facts*>> paragraphs;
  for (const Template* const body : Find(facts.topic, "body")) paragraphs.emplace_back(body, &facts);
  std::vector<const Template*> fillers = Find("any", "body");
  constexpr std::size_t kTargetBytes = 2100;
  std::size_t bytes = article.text.size();
  for (const auto& [body, own] : paragraphs) bytes += body->text.size();
  while (bytes < kTargetBytes && !fillers.empty()) {
    const std::size_t at = random.Below(fillers.size());
    bytes += fillers[at]->text.size();
    paragraphs.emplace_back(fillers[at], &background);
    fillers.erase(fillers.begin() + static_cast<std::ptrdiff_t>(at));
  }
  for (std::size_t i = paragraphs.size(); i > 1; --i) std::swap(paragraphs[i - 1], paragraphs[random.Below(i)]);
  for (const auto& [body, own] : paragraphs) article.text += "\n" + Fill(body->text, *own);
  article.text += "\n";
  article.text += kLastLine;
  article.text += "\n";
  return article;
}

}  // namespace mailuo::bench
