#include "ingest/dateline.h"

#include <catch2/catch.hpp>
#include <string>
#include <string_view>

#include "core/date.h"
#include "ingest/loose_time.h"
#include "ingest/outlets.h"
#include "ingest/page_lines.h"

namespace mailuo::ingest {
namespace {

constexpr std::string_view kBody =
    "\n上海某公司公告称，拟收购一家芯片企业的全部股权，交易价格尚未确定，市场人士认为影响有限，后续进展将及时披露。\n";

std::string Time(const std::optional<PublishedTime>& time) { return time ? FormatPublishedTime(*time) : ""; }

TEST_CASE("Datelines as the press writes them", "[ingest][dateline]") {
  struct Row {
    std::string_view head;
    std::string_view published;
    std::string_view outlet;
    std::string_view author;
    int month = 0;
    int day = 0;
  };
  const Row row = GENERATE(values<Row>({
      {"发布时间：2025-07-05 08:15", "2025-07-05T08:15+08:00", "", ""},
      {"发布时间： 2025年07月05日", "2025-07-05", "", ""},
      {"2025年07月05日 08:15 来源：新华网 作者：张三", "2025-07-05T08:15+08:00", "新华网", "张三"},
      {"2025年07月05日 08:15来源:证券时报", "2025-07-05T08:15+08:00", "证券时报", ""},
      {"2025-07-05 08:15:33", "2025-07-05T08:15+08:00", "", ""},
      {"2025/7/5", "2025-07-05", "", ""},
      {"来源：上海证券报  作者：李四 王五", "", "上海证券报", "李四、王五"},
      {"来源: 每日经济新闻 2025-07-05 20:31", "2025-07-05T20:31+08:00", "每日经济新闻", ""},
      {"作者｜张三 编辑｜李四", "", "", "张三"},
      {"文/张三", "", "", "张三"},
      {"文丨张三 编辑丨李四", "", "", "张三"},
      {"《投资者网》引线 | 吴微", "", "投资者网", "吴微"},
      {"出品 | 虎嗅商业消费组", "", "虎嗅商业消费组", ""},
      {"记者 张三 3月24日电", "", "", "张三", 3, 24},
      {"新华社北京3月24日电（记者张三、李四）上海某公司公告称。", "", "新华社", "张三、李四", 3, 24},
      {"中新网4月27日电 上海某公司公告称。", "", "中新网", "", 4, 27},
      {"财联社7月5日讯（编辑 张三），上海某公司公告称。", "", "财联社", "", 7, 5},
      {"【某公司拟收购】财联社7月5日电，上海某公司公告称。", "", "财联社", "", 7, 5},
      {"格隆汇7月5日丨上海某公司公告称。", "", "格隆汇", "", 7, 5},
      {"IT之家 7 月 5 日消息，上海某公司公告称。", "", "IT之家", "", 7, 5},
      {"本报北京4月27日电(记者汪文正)为进一步提升体验。", "", "", "汪文正", 4, 27},
      {"新华社北京2025年3月24日电 上海某公司公告称。", "2025-03-24", "新华社", ""},
      {"证券时报网讯，上海某公司公告称。", "", "证券时报网", ""},
      {"每经AI快讯，上海某公司公告称。", "", "每经网", ""},
      {"36氪获悉，上海某公司公告称。", "", "36氪", ""},
      {"智通财经APP获悉，上海某公司公告称。", "", "智通财经", ""},
      {"（本文首发于《财经》杂志）", "", "财经", ""},
      {"（来源：第一财经）", "", "第一财经", ""},
      {"2025年6月27日 09:15　北屿科技报", "2025-06-27T09:15+08:00", "北屿科技报", ""},
      {"云岭日报　2025年10月18日", "2025-10-18", "云岭日报", ""},
      {"来源：微信公众号“某某财经观察”", "", "某某财经观察", ""},
      {"作者：杨某、题图来自：视觉中国", "", "", "杨某"},
      // Nothing of a dateline.
      {"2025年10月18日芯片股行情", "", "", ""},
      {"7月5日，上海某公司公告称。", "", "", ""},
      {"公司将于2025年12月31日前完成交割。", "", "", ""},
      {"会议时间：上午九点", "", "", ""},
      {"记者从公司获悉，项目进展顺利。", "", "", ""},
  }));
  CAPTURE(row.head);
  const Dateline line = ReadDateline(std::string(row.head) + std::string(kBody));
  CHECK(Time(line.published) == row.published);
  CHECK(line.outlet == row.outlet);
  CHECK(line.author == row.author);
  CHECK(line.month_day.month == row.month);
  CHECK(line.month_day.day == row.day);
}

TEST_CASE("A notice is signed with its day", "[ingest][dateline]") {
  const Dateline line = ReadDateline("关于开展试点工作的通知" + std::string(kBody) + "国家某委\n2025年9月1日\n");
  CHECK(Time(line.published) == "2025-09-01");
}

TEST_CASE("An impossible day is a problem and no date", "[ingest][dateline]") {
  const Dateline line = ReadDateline("发布时间：2025年2月30日" + std::string(kBody));
  CHECK_FALSE(line.published);
  CHECK(line.problem == "there is no 2025-2-30");
}

TEST_CASE("Times in metadata are read as people write them", "[ingest][time]") {
  const auto [text, expected] = GENERATE(table<std::string, std::string>({
      {"2025-07-05", "2025-07-05"},
      {"2025-07-05T08:15:00+08:00", "2025-07-05T08:15+08:00"},
      {"2025-07-05T00:15:00Z", "2025-07-05T08:15+08:00"},
      {"2026-04-30 20:30 UTC", "2026-05-01T04:30+08:00"},
      {"2025/7/5 8:05", "2025-07-05T08:05+08:00"},
      {"2025.07.05", "2025-07-05"},
      {"2025年7月5日 8时5分", "2025-07-05T08:05+08:00"},
      {"2025年07月05日 星期六 08:15", "2025-07-05T08:15+08:00"},
      {"２０２５年７月５日", "2025-07-05"},
      {"2025年7月5日下午3:15", "2025-07-05T15:15+08:00"},
      {"20250705", "2025-07-05"},
      {"20250705081500", "2025-07-05T08:15+08:00"},
      {"1751674500", "2025-07-05T08:15+08:00"},
      {"1751674500000", "2025-07-05T08:15+08:00"},
      {"Sat, 05 Jul 2025 00:15:00 GMT", "2025-07-05T08:15+08:00"},
      {"July 5, 2025", "2025-07-05"},
      {"发布于 2025-07-05 08:15", "2025-07-05T08:15+08:00"},
      {"2025-02-30", ""},
      {"2025年2月30日", ""},
      {"20250230", ""},
      {"05/07/2025", ""},
      {"昨天", ""},
      {"", ""},
  }));
  CAPTURE(text);
  const LooseTime time = ReadLooseTime(text);
  CHECK(Time(time.time) == expected);
  CHECK(time.problem.empty() == !expected.empty());
}

TEST_CASE("Names of files and paths of URLs hold dates", "[ingest][time]") {
  const auto [name, expected] = GENERATE(table<std::string, std::string>({
      {"20250705_x.txt", "2025-07-05"},
      {"2025-07-05-英伟达.md", "2025-07-05"},
      {"news_2025_07_05.html", "2025-07-05"},
      {"2025年7月5日快讯.txt", "2025-07-05"},
      {"/cj/2026/04-28/10612030.shtml", "2026-04-28"},
      {"/sj/zxfb/202604/t20260430_1963473.html", "2026-04-30"},
      {"/2026/0428/c1.html", "2026-04-28"},
      {"20250230_x.txt", ""},
      {"000_1a88722489a20e5c.txt", ""},
      {"report2025.txt", ""},
      {"600519.txt", ""},
  }));
  CAPTURE(name);
  const auto date = FindNameDate(name);
  CHECK((date ? FormatDate(*date) : "") == expected);
}

TEST_CASE("The latest day told as past dates a text", "[ingest][dateline]") {
  const Date today = *MakeDate(2026, 6, 1);
  const auto latest = [today](std::string_view text) {
    const auto date = LatestDayToldAsPast(text, today);
    return date ? FormatDate(*date) : "";
  };
  CHECK(latest("2026年1月24日,上海。2025年7月,上海发布。到2025年。") == "2026-01-24");
  CHECK(latest("2025年3月1日公司公告，将于2025年12月31日完成。") == "2025-03-01");
  CHECK(latest("2025年3月1日公司公告，2025年12月31日前完成。") == "2025-03-01");
  CHECK(latest("2025年3月1日发布，自2025年7月1日起施行。") == "2025-03-01");
  CHECK(latest("有效期为2025年3月1日至2025年12月31日。") == "2025-03-01");
  CHECK(latest("2030年1月1日。") == "");
  CHECK(latest("公司成立于2003年5月6日。") == "");
  CHECK(latest("截至2025年6月30日，公司营收增长。") == "2025-06-30");
}

TEST_CASE("News opens with its day", "[ingest][dateline]") {
  const auto head = [](std::string_view title, std::string_view text) {
    const HeadDay day = FindHeadDay(title, text);
    if (day.date) return FormatDate(*day.date);
    return day.month_day ? std::to_string(day.month_day.month) + "-" + std::to_string(day.month_day.day)
                         : std::string();
  };
  CHECK(head("3月16日晚间上市公司公告", "公司拟于4月1日开会。") == "3-16");
  CHECK(head("新规3月16日起施行", "7月5日，公司公告称。") == "7-5");
  CHECK(head("", "2026年1月24日,上海。1月23日抵达。") == "2026-01-24");
  CHECK(head("", "公司将于8月1日开会。7 月 5 日晚公告。") == "7-5");
  CHECK(head("", "2025年2月30日，7月5日。") == "7-5");
  CHECK(head("", "2025年7月，上海。").empty());
}

TEST_CASE("A headline is told from furniture, datelines and text", "[ingest][headline]") {
  CHECK(HeadlineOf("英伟达CEO黄仁勋访问上海" + std::string(kBody)) == "英伟达CEO黄仁勋访问上海");
  CHECK(HeadlineOf("打开网易新闻 查看精彩图片\n\n《投资者网》引线 | 吴微\n" + std::string(kBody)).empty());
  CHECK(HeadlineOf("2025-07-05 08:15 来源：新华网\n芯片企业获融资" + std::string(kBody)) == "芯片企业获融资");
  CHECK(HeadlineOf("宁德时代2024年净利润507亿元 拟10派45.53元" + std::string(kBody)) ==
        "宁德时代2024年净利润507亿元 拟10派45.53元");
  CHECK(HeadlineOf(std::string(kBody)).empty());
  CHECK(HeadlineOf("只有一行标题").empty());
}

TEST_CASE("Outlets are known by name and host", "[ingest][outlet]") {
  CHECK(OutletOfUrl("https://www.chinanews.com.cn/cj/2026/04-28/10612030.shtml") == "中新网");
  CHECK(OutletOfUrl("http://FINANCE.sina.com.cn:80/x") == "新浪财经");
  CHECK(OutletOfUrl("https://example.com/a").empty());
  CHECK(OutletOfUrl("not a url").empty());
  CHECK(CanonicalOutlet("虎嗅") == "虎嗅网");
  CHECK(OutletAtStart(u"证券时报网讯").name == "证券时报网");
}

}  // namespace
}  // namespace mailuo::ingest
