#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "date_test_util.h"
#include "gold.h"

namespace mailuo::dates {
namespace {

// Pieces of expressions, to be thrown together.
constexpr const char* kPieces[] = {
    "2025", "年",   "月",   "日",         "1",    "23",   "二",   "十五",     "〇",   "廿",   "至",     "到",
    "-",    "—",    "~",    "今年",       "去年", "上",   "下",   "周",       "周五", "星期", "个",     "半",
    "前",   "后",   "以来", "起",         "截至", "自",   "从",   "底",       "初",   "末",   "中旬",   "季度",
    "第",   "首",   "最后", "近",         "过去", "未来", "天",   "小时",     "9:30", "点",   "晚间",   "农历",
    "正月", "闰",   "腊月", "初一",       "春节", "除夕", "冬至", "假期",     "“",    "”",    "十四五", "期间",
    "同期", "当日", "次年", "上一交易日", "q",    "h",    "fy",   "财年",     "世纪", "年代", "(",      ")",
    ",",    "。",   " ",    "\n",         "/",    ".",    "·",    "%",        "万",   "多",   "几",     "每年",
    "民国", "9999", "0",    "节前",       "内",   "之间", "和",   "99999999",
};

std::string RandomText(std::mt19937& random) {
  std::string text;
  const std::size_t length = 1 + random() % 14;
  for (std::size_t i = 0; i < length; ++i) text += kPieces[random() % std::size(kPieces)];
  return text;
}

TEST_CASE("whatever the text, the result is a sorted list of valid intervals inside it", "[dates][property]") {
  std::mt19937 random(20260126);
  for (int round = 0; round < 60'000; ++round) {
    const std::string text = RandomText(random);
    const text::FoldedText folded(text);
    std::vector<FoundDate> found;
    std::vector<DateTrace> trace;
    DateContext context;
    if (round % 7 != 0) context.published = Date{static_cast<std::int32_t>(random() % 60'000) - 20'000};
    FindDates(folded, text::SplitSentences(folded), context, found, &trace);
    CAPTURE(text);
    REQUIRE(trace.size() == found.size());
    std::uint32_t end = 0;
    for (const FoundDate& date : found) {
      REQUIRE(date.span.start >= end);
      REQUIRE(date.span.end > date.span.start);
      REQUIRE(date.span.end <= folded.size());
      REQUIRE((date.interval.from || date.interval.to));
      if (date.interval.from && date.interval.to) REQUIRE(*date.interval.from <= *date.interval.to);
      end = date.span.end;
    }
  }
}

TEST_CASE("a purely relative day moves with the publication", "[dates][property]") {
  for (const char* text : {"昨日", "今天", "明天", "前天", "大后天", "过去7天", "未来三天", "5天前", "20天后", "近日",
                           "近期", "截至目前"}) {
    const Date first = *ParseIsoDate("2023-12-20");
    const text::FoldedText folded(text);
    const auto read = [&](Date published) {
      std::vector<FoundDate> found;
      FindDates(folded, text::SplitSentences(folded), DateContext{published}, found);
      REQUIRE(found.size() == 1);
      return found.front();
    };
    const FoundDate base = read(first);
    for (int days = 1; days < 800; days += 37) {
      CAPTURE(text, days);
      const FoundDate moved = read(first + days);
      CHECK(*moved.interval.from - *base.interval.from == days);
      CHECK(*moved.interval.to - *base.interval.to == days);
    }
  }
}

TEST_CASE("a full date does not depend on the publication", "[dates][property]") {
  for (const char* text :
       {"2025年7月4日", "2025-07-04", "二〇二五年七月", "2019年至2021年", "2024年前三季度", "“十四五”期间"}) {
    CAPTURE(text);
    const std::string expected = Dates(text, "2020-01-01");
    CHECK_FALSE(expected.empty());
    CHECK(Dates(text, "2031-06-15") == expected);
    CHECK(Dates(text, "") == expected);
  }
}

TEST_CASE("the width and the script of the text do not matter", "[dates][property]") {
  CHECK(Dates("２０２５年７月４日", "2026-01-26") == "２０２５年７月４日=2025-07-04..2025-07-04");
  CHECK(Dates("上個週五", "2026-01-26") == "上個週五=2026-01-23..2026-01-23");
  CHECK(Dates("後天", "2026-01-26") == "後天=2026-01-28..2026-01-28");
  CHECK(Dates("國慶節", "2026-09-26") == "國慶節=2026-10-01..2026-10-01");
}

TEST_CASE("every trace says how a date was read", "[dates]") {
  const text::FoldedText folded("去年2月动工，3月停工。");
  std::vector<FoundDate> found;
  std::vector<DateTrace> trace;
  FindDates(folded, text::SplitSentences(folded), DateContext{ParseIsoDate("2025-06-01")}, found, &trace);
  REQUIRE(trace.size() == 2);
  CHECK(trace[0].steps.front() == "the year is counted from the publication: 2024");
  CHECK(trace[1].steps.front() == "the year 2024 is carried over from the mention before");
  CHECK(trace[1].steps.back() == "at 2024-03-01 .. 2024-03-31 (month, exact)");
}

}  // namespace
}  // namespace mailuo::dates
