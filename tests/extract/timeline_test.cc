// What an analyst reads in the timeline of a whole article: events with their day, status and parties.
#include <memory>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

#include "core/date.h"
#include "extract/annotator.h"
#include "lexicon/lexicon.h"

namespace mailuo::extract {
namespace {

// "2026-03-02 RATING_FORECAST occurred broker=高盛 company=宁德时代" for each event, a line each; a period is FROM..TO.
std::string Timeline(std::string_view published, std::string_view title, std::string_view body) {
  static const std::shared_ptr<const Knowledge> kKnowledge = *Knowledge::Create(lexicon::Lexicon::BuiltIn());
  static Annotator annotator(kKnowledge);
  Article article;
  article.title = std::string(title);
  article.text = (title.empty() ? std::string() : std::string(title) + "\n") + std::string(body);
  article.published = ParsePublishedTime(published);
  std::string out;
  for (const Event& event : annotator.Annotate(article).events) {
    const DateInterval& interval = event.time.interval;
    out += interval.from ? FormatDate(*interval.from) : "";
    if (interval.from != interval.to) out += ".." + (interval.to ? FormatDate(*interval.to) : std::string());
    out += " " + std::string(Word(event.type)) + " " + std::string(Word(event.status));
    for (const Participant& participant : event.participants) out += " " + participant.role + "=" + participant.name;
    out += "\n";
  }
  return out;
}

bool Has(const std::string& timeline, std::string_view line) {
  return timeline.find(std::string(line) + "\n") != std::string::npos;
}

TEST_CASE("The figures of a report are of the period that it reports", "[extract][timeline]") {
  const std::string told = Timeline(
      "2026-04-29", "比亚迪披露一季报",
      "4月28日晚，比亚迪（002594.SZ）披露2026年第一季度报告。报告期内，公司实现营业收入1912亿元，同比增长12.3%。"
      "其中，手机部件业务收入385亿元。\n次日，比亚迪A股收涨3.2%。");
  CAPTURE(told);
  CHECK(Has(told, "2026-04-28 EARNINGS occurred company=比亚迪"));              // The act of publishing has its day.
  CHECK(Has(told, "2026-01-01..2026-03-31 EARNINGS occurred company=比亚迪"));  // 报告期内
  CHECK(Has(told, "2026-04-29 STOCK_MOVE occurred security=比亚迪"));           // Counted from the paragraph before.
}

TEST_CASE("A guidance is planned, what an analyst expects is no result", "[extract][timeline]") {
  const std::string told =
      Timeline("2026-03-03", "",
               "高盛3月2日将宁德时代A股目标价由420元上调至480元。高盛预计，宁德时代2026年净利润将达到930亿元。");
  CAPTURE(told);
  CHECK(Has(told, "2026-03-02 RATING_FORECAST occurred broker=高盛 company=宁德时代"));
  CHECK(told.find("EARNINGS occurred") == std::string::npos);
}

TEST_CASE("Two steps of a central bank on two days are two events", "[extract][timeline]") {
  const std::string told = Timeline(
      "2026-05-08", "",
      "中国人民银行5月7日宣布，自2026年5月15日起下调金融机构存款准备金率0.5个百分点，自5月8日起将7天期逆回购操作利率由"
      "1.40%降至1.30%。");
  CAPTURE(told);
  CHECK(Has(told, "2026-05-15.. MACRO_RATE planned authority=中国人民银行"));
  CHECK(told.find("2026-05-08") != std::string::npos);
}

TEST_CASE("What somebody wants of a central bank is no decision of it", "[extract][timeline]") {
  CHECK(Timeline("2026-03-19", "", "一名理事投了反对票，他支持降息25个基点。").find("MACRO_RATE") == std::string::npos);
}

TEST_CASE("A plan holds over the commas of its sentence", "[extract][timeline]") {
  const std::string told =
      Timeline("2026-03-08", "", "3月7日，贵州茅台公告，拟以集中竞价方式，以不超过2000元/股的价格，回购公司股份。");
  CAPTURE(told);
  CHECK(Has(told, "2026-03-07 SHARE_BUYBACK planned company=贵州茅台"));
  const std::string principle =
      Timeline("2026-03-08", "", "3月7日，比亚迪与一家财团达成原则性协议，出售旗下电子业务。");
  CAPTURE(principle);
  CHECK(principle.find("DIVESTITURE planned seller=比亚迪") != std::string::npos);
}

TEST_CASE("Years inside the title of a paper date nothing", "[extract][timeline]") {
  const std::string told = Timeline("2026-02-11", "", "工信部印发《2025年数字化行动方案（2025—2027年）》。");
  CAPTURE(told);
  CHECK(told.find("2026-02-11 POLICY_ISSUED") == 0);
}

TEST_CASE("A list names whom it is about, and who put them there", "[extract][timeline]") {
  const std::string told = Timeline("2025-09-13", "", "美国商务部12日宣布，将23家中国实体列入实体清单。");
  CAPTURE(told);
  CHECK(told.find("imposer=美国商务部") != std::string::npos);
  CHECK(told.find("imposer=中国") == std::string::npos);
}

TEST_CASE("The heading of a list of notices is no event", "[extract][timeline]") {
  const std::string told =
      Timeline("2026-03-25", "", "【增减持】三安光电：控股股东三安集团计划在6个月内增持公司股份。");
  CAPTURE(told);
  CHECK(told.find("STAKE_DECREASE") == std::string::npos);
  CHECK(told.find("STAKE_INCREASE planned") != std::string::npos);
}

TEST_CASE("An authority that punishes is not the one who is punished", "[extract][timeline]") {
  const std::string told =
      Timeline("2026-02-14", "", "财政部2月13日公布处罚决定：给予警告、暂停经营业务6个月、罚款1.16亿元的行政处罚。");
  CAPTURE(told);
  CHECK(told.find("target=财政部") == std::string::npos);
  CHECK(told.find("PENALTY occurred authority=财政部") != std::string::npos);
}

TEST_CASE("The sides of a case stand around 诉", "[extract][timeline]") {
  const std::string told =
      Timeline("2026-03-06", "", "3月5日，最高人民法院就华为诉比亚迪侵害发明专利权纠纷案作出终审判决。");
  CAPTURE(told);
  CHECK(told.find("plaintiff=华为") != std::string::npos);
  CHECK(told.find("defendant=比亚迪") != std::string::npos);
}

TEST_CASE("A board and a pronoun stand for whom the text is about", "[extract][timeline]") {
  const std::string board = Timeline(
      "2026-02-28", "", "2月27日，招商银行公告，王良辞去行长职务。同日，董事会审议通过议案，聘任彭家文为行长。");
  CAPTURE(board);
  CHECK(board.find("person=彭家文 org=招商银行") != std::string::npos);
  const std::string visit =
      Timeline("2026-01-29", "", "1月24日，英伟达CEO黄仁勋现身上海一处菜市场。他此行先后到访北京和深圳办公室。");
  CAPTURE(visit);
  CHECK(visit.rfind("visitor=黄仁勋") != visit.find("visitor=黄仁勋"));
}

TEST_CASE("What did not happen is told of no incident", "[extract][timeline]") {
  CHECK(Timeline("2025-04-20", "", "组委会表示，全程未发生安全事故。").empty());
}

}  // namespace
}  // namespace mailuo::extract
