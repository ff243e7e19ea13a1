#include "ingest/html_page.h"

#include <catch2/catch.hpp>
#include <string>
#include <string_view>

#include "ingest/html_reduce.h"
#include "ingest/read_support.h"
#include "support/recode.h"
#include "support/subprocess.h"

namespace mailuo::ingest {
namespace {

using testing::Recode;
using testing::TempDir;

constexpr std::string_view kPage = R"html(<!DOCTYPE html>
<html><head><meta charset="gb2312"><title>某公司拟收购芯片企业_新浪财经_新浪网</title>
<meta property="og:title" content="某公司拟收购芯片企业"><meta property="article:published_time" content="2025-07-05T08:15:00+08:00">
<meta name="mediaid" content="证券时报"><meta property="og:url" content="https://finance.sina.com.cn/a/1.html">
<style>.a{color:red}</style><script>var ad = "<p>广告脚本里的文字，不应该出现在正文里面。</p>";</script></head>
<body>
<nav><a href="/">首页</a><a href="/b">股票</a><a href="/c">基金</a></nav>
<div class="top-banner">下载客户端，享受更多精彩资讯服务，立即安装体验全新功能</div>
<div class="main-content">
 <h1>某公司拟收购芯片企业</h1>
 <div class="date-source">2025年07月05日 08:15 <a href="#">证券时报</a></div>
 <div class="article" id="artibody">
  <p>　　公司公告称，拟以<b>490.34亿元</b>收购其持有的<a href="/s">芯片企业</a>全部股权，交易价格以评估为准。</p>
  <!-- <p>注释里的文字不应该出现，哪怕它写得很长很长很长很长。</p> -->
  <p>市场人士认为，这一交易将对行业产生深远影响，&ldquo;后续整合&rdquo;值得关注。<br>第二行也属于正文部分。</p>
  <table><tr><td>营业收入</td><td>1788.86亿元</td></tr></table>
  <div class="ad">广告：某理财产品年化收益率高达百分之八，立即购买享受优惠活动</div>
  <p>据了解，该公司上半年实现营业收入1788.86亿元，同比增长7.3%。</p>
  <p>责任编辑：张三</p>
 </div>
 <div class="related-news"><h3>相关阅读</h3><ul><li><a href="/1">另一家公司的新闻标题，写得也很长很长</a></li></ul></div>
 <div id="commentList"><p>网友评论：我觉得这家公司的收购非常不靠谱，大家要小心谨慎。</p></div>
</div>
<aside><p>侧栏里的推荐文章文字，写得同样很长，但是不属于正文的内容。</p></aside>
<footer><p>版权所有，未经授权不得转载使用。京ICP备00000000号，联系电话。</p></footer>
</body></html>)html";

TEST_CASE("The main text of a page is the article and nothing else", "[ingest][html]") {
  const auto page = ReadHtmlPage(kPage);
  REQUIRE(page);
  CHECK(page->fields.title == "某公司拟收购芯片企业");
  CHECK(page->fields.published == "2025-07-05T08:15:00+08:00");
  CHECK(page->fields.outlet == "证券时报");
  CHECK(page->fields.url == "https://finance.sina.com.cn/a/1.html");
  CHECK(page->fields.text ==
        "公司公告称，拟以490.34亿元收购其持有的芯片企业全部股权，交易价格以评估为准。\n"
        "市场人士认为，这一交易将对行业产生深远影响，“后续整合”值得关注。\n"
        "第二行也属于正文部分。\n"
        "营业收入 1788.86亿元\n"
        "据了解，该公司上半年实现营业收入1788.86亿元，同比增长7.3%。");
}

TEST_CASE("A page in GBK is the same article as in UTF-8", "[ingest][html]") {
  const TempDir dir;
  const auto gbk = ReadAllOf(dir.Write("gbk.html", Recode(kPage, "GBK")));
  const auto utf8 = ReadAllOf(dir.Write("utf8.html", kPage));
  REQUIRE(gbk.at(0).article);
  REQUIRE(utf8.at(0).article);
  CHECK(gbk[0].article->id == utf8[0].article->id);
  CHECK(gbk[0].article->published_from == PublishedFrom::kMetadata);
}

TEST_CASE("JSON-LD and the lines around the text fill what meta tags lack", "[ingest][html]") {
  constexpr std::string_view kParagraph =
      "<p>公司公告称，拟以现金收购其持有的全部股权，交易价格以评估结果为准，市场影响有限。</p>";
  const std::string linked = R"(<html><head><title>标题 - 某网</title><script type="application/ld+json">
{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"x"},{"@type":["NewsArticle"],"headline":"芯片企业获融资",
"datePublished":"2025-07-05T08:15:00+08:00","author":[{"@type":"Person","name":"张三"}],"publisher":{"@type":"Organization","name":"36氪"}}]}
</script><script type="application/ld+json">{broken</script></head><body>)" +
                             std::string(kParagraph) + "</body></html>";
  const auto page = ReadHtmlPage(linked);
  REQUIRE(page);
  CHECK(page->fields.title == "芯片企业获融资");
  CHECK(page->fields.published == "2025-07-05T08:15:00+08:00");
  CHECK(page->fields.author == "张三");
  CHECK(page->fields.outlet == "36氪");

  const TempDir dir;
  const std::string bare =
      "<html><body><h1>芯片企业获融资</h1><div class=info>发布时间：2025-07-05 08:15 来源：财联社 作者：李四</div><div "
      "class=content>" +
      std::string(kParagraph) + std::string(kParagraph) + "</div></body></html>";
  const auto outcomes = ReadAllOf(dir.Write("bare.html", bare));
  REQUIRE(outcomes.at(0).article);
  const Article& article = *outcomes[0].article;
  CHECK(article.title == "芯片企业获融资");
  CHECK(article.outlet == "财联社");
  CHECK(article.author == "李四");
  CHECK(FormatPublishedTime(article.published.value()) == "2025-07-05T08:15+08:00");
  CHECK(article.published_from == PublishedFrom::kText);
}

TEST_CASE("A page whose classes mislead still gives its text", "[ingest][html]") {
  const std::string paragraph = "公司公告称，拟以现金收购其持有的全部股权，交易价格以评估结果为准，市场影响有限。";
  const auto app = ReadHtmlPage("<div id=app><div class=sidebar><p>" + paragraph + "</p></div></div>");
  REQUIRE(app);
  CHECK(app->fields.text == paragraph);
  const auto breaks = ReadHtmlPage("<body><div>" + paragraph + "<br><br>" + paragraph + "</div></body>");
  REQUIRE(breaks);
  CHECK(breaks->fields.text == paragraph + "\n" + paragraph);
  const auto hidden =
      ReadHtmlPage("<p>" + paragraph + "</p><p style='display: none'>看不见的文字看不见的文字看不见的文字</p>");
  REQUIRE(hidden);
  CHECK(hidden->fields.text == paragraph);
}

TEST_CASE("Titles lose the name of the site", "[ingest][html]") {
  const auto title = [](std::string_view tag) {
    return ReadHtmlPage("<title>" + std::string(tag) +
                        "</title><p>公司公告称，拟以现金收购其持有的全部股权，市场影响有限。</p>")
        ->fields.title;
  };
  CHECK(title("某公司拟收购芯片企业_新浪财经_新浪网") == "某公司拟收购芯片企业");
  CHECK(title("某公司拟收购芯片企业-36氪") == "某公司拟收购芯片企业");
  CHECK(title("某公司拟收购A-B两家企业") == "某公司拟收购A-B两家企业");
  CHECK(title("某公司拟收购芯片企业 - 某某网") == "某公司拟收购芯片企业");
}

TEST_CASE("Broken markup is reduced without loss of text", "[ingest][html]") {
  CHECK(ReduceHtml("a < b <3 <p class='x' onclick=\"f('>')\">c</p")->html == "a &lt; b &lt;3 <p class=\"x\">c</p>");
  CHECK(ReduceHtml("<p>x<!-- y --!> z")->html == "<p>x");
  CHECK(ReduceHtml("<SCRIPT>x</ScRiPt >y")->html == "y");
  CHECK(DeclaredCharset("<meta http-equiv=Content-Type content=\"text/html; charset=gb2312\">") == "gb2312");
  CHECK(DeclaredCharset("<meta charset='Big5'>") == "Big5");
  CHECK(DeclaredCharset("<p>").empty());
}

}  // namespace
}  // namespace mailuo::ingest
