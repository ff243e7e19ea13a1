#include "ingest/article_reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <zlib.h>

#include <catch2/catch.hpp>
#include <string>
#include <string_view>

#include "ingest/read_support.h"
#include "support/recode.h"
#include "support/subprocess.h"

namespace mailuo::ingest {
namespace {

using testing::Recode;
using testing::TempDir;

constexpr std::string_view kText =
    "公司公告称，拟以490.34亿元收购其持有的全部股权。市场人士认为，这一交易将对行业产生深远影响。\n"
    "据了解，该公司上半年实现营业收入1788.86亿元，同比增长7.3%；归母净利润同比增长15.6%。\n";

std::string Gzip(std::string_view bytes) {
  z_stream stream{};
  deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  std::string in(bytes);
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string Published(const Article& article) {
  return article.published ? FormatPublishedTime(*article.published) : "";
}

void Touch(const std::string& path, time_t seconds) {
  const timespec times[2] = {{seconds, 0}, {seconds, 0}};
  REQUIRE(utimensat(AT_FDCWD, path.c_str(), times, 0) == 0);
}

TEST_CASE("A text file is one article with its own text", "[ingest][reader]") {
  const TempDir dir;
  const std::string text =
      "\xEF\xBB\xBF某公司拟收购芯片企业\r\n发布时间：2025-07-05 08:15 来源：证券时报\r\n\r\n" + std::string(kText);
  const auto outcomes = ReadAllOf(dir.Write("a.txt", text));
  REQUIRE(outcomes.size() == 1);
  REQUIRE(outcomes[0].article);
  const Article& article = *outcomes[0].article;
  CHECK(article.title == "某公司拟收购芯片企业");
  CHECK(article.outlet == "证券时报");
  CHECK(Published(article) == "2025-07-05T08:15+08:00");
  CHECK(article.published_from == PublishedFrom::kText);
  CHECK(article.text == "某公司拟收购芯片企业\n发布时间：2025-07-05 08:15 来源：证券时报\n\n" + std::string(kText));
  CHECK(article.source_path == "a.txt");
  CHECK(article.id == MakeArticleId(article));
}

TEST_CASE("The publication day comes from the best source there is", "[ingest][reader]") {
  const TempDir dir;
  const auto only = [&dir](std::string_view name, std::string_view bytes) {
    const auto outcomes = ReadAllOf(dir.Write(name, bytes));
    REQUIRE(outcomes.size() == 1);
    REQUIRE(outcomes[0].article);
    return *outcomes[0].article;
  };
  const std::string body(kText);
  const Article by_name = only("20250705_a.txt", body);
  CHECK(Published(by_name) == "2025-07-05");
  CHECK(by_name.published_from == PublishedFrom::kFilename);
  const Article by_text = only("b.txt", body + "2026年1月24日，交易完成。2030年12月31日前还将扩产。");
  CHECK(Published(by_text) == "2026-01-24");
  CHECK(by_text.published_from == PublishedFrom::kText);
  const Article by_wire = only("20250705_c.txt", "新华社北京7月4日电 " + body);
  CHECK(Published(by_wire) == "2025-07-04");
  CHECK(by_wire.published_from == PublishedFrom::kText);
  const Article new_year = only("20260101_c.txt", "新华社北京12月31日电 " + body);
  CHECK(Published(new_year) == "2025-12-31");
  const Article by_url =
      only("d.json", R"({"text":"公司公告称，拟收购。","url":"https://www.chinanews.com.cn/cj/2026/04-28/1.shtml"})");
  CHECK(Published(by_url) == "2026-04-28");
  CHECK(by_url.published_from == PublishedFrom::kMetadata);
  CHECK(by_url.outlet == "中新网");
  const Article by_month = only("2025-08-robot.txt", body + "8月5日，公司表示。法院7月30日立案。公司将于8月20日开会。");
  CHECK(Published(by_month) == "2025-08-05");
  CHECK(by_month.published_from == PublishedFrom::kFilename);
  CHECK(Published(only("2025-09-robot.txt", body)) == "2025-09-30");
  // A guess may be off by the whole life of the file, so it is marked, and no part of the article's id.
  Touch(dir.Write("e.txt", body), 1751674500);
  const Article guess = ReadAllOf(dir / "e.txt").at(0).article.value();
  CHECK(guess.published_from == PublishedFrom::kMtime);
  CHECK(Published(guess) == "2025-07-05");
  Touch(dir / "e.txt", 1761674500);
  CHECK(ReadAllOf(dir / "e.txt").at(0).article->id == guess.id);
  Touch(dir.Write("f.txt", "新华社北京7月4日电 " + body), 1751674500);
  const Article year_guessed = ReadAllOf(dir / "f.txt").at(0).article.value();
  CHECK(Published(year_guessed) == "2025-07-04");
  CHECK(year_guessed.published_from == PublishedFrom::kMtime);
}

TEST_CASE("An impossible or future date is warned about and the article kept", "[ingest][reader]") {
  const ReaderOptions options = TestOptions();
  const ReadOutcome impossible = ReadJsonArticle(R"({"id":7,"text":"公司公告称。","published":"2025-02-30"})", options);
  REQUIRE(impossible.article);
  CHECK_FALSE(impossible.article->published);
  REQUIRE(impossible.warnings.size() == 1);
  CHECK(impossible.warnings[0] == "published: there is no 2025-02-30; ignored");
  CHECK(impossible.external_id == "7");
  const ReadOutcome future = ReadJsonArticle(R"({"text":"公司公告称。","date":"2027-01-01"})", options);
  REQUIRE(future.article);
  CHECK_FALSE(future.article->published);
  CHECK(future.warnings.at(0) == "published: 2027-01-01 is in the future; ignored");
  const ReadOutcome tomorrow = ReadJsonArticle(R"({"text":"公司公告称。","date":"2026-06-02"})", options);
  CHECK(Published(*tomorrow.article) == "2026-06-02");
  const ReadOutcome old = ReadJsonArticle(R"({"text":"公司公告称。","date":"1970-01-01"})", options);
  CHECK(old.warnings.at(0) == "published: 1970-01-01 is before 1990; ignored");
}

TEST_CASE("JSON in every shape", "[ingest][reader]") {
  const TempDir dir;
  const std::string first =
      R"({"id":"a1","title":"标题一","content":"正文一。","publish_time":"2025-07-05 08:15","source":"财联社","author":["张三","李四"],"link":"https://x.cn/1"})";
  const std::string second =
      R"({"编号":2,"标题":"标题二","正文":"<p>正文&amp;二。</p><p>第二段。</p>","发布时间":1751674500,"来源":"虎嗅","作者":{"name":"王五"}})";
  const auto check = [](const std::vector<ReadOutcome>& outcomes) {
    REQUIRE(outcomes.size() == 2);
    REQUIRE(outcomes[0].article);
    REQUIRE(outcomes[1].article);
    CHECK(outcomes[0].article->title == "标题一");
    CHECK(outcomes[0].article->text == "正文一。");
    CHECK(Published(*outcomes[0].article) == "2025-07-05T08:15+08:00");
    CHECK(outcomes[0].article->outlet == "财联社");
    CHECK(outcomes[0].article->author == "张三、李四");
    CHECK(outcomes[0].article->url == "https://x.cn/1");
    CHECK(outcomes[0].article->external_id == "a1");
    CHECK(outcomes[1].article->text == "正文&二。\n第二段。");
    CHECK(Published(*outcomes[1].article) == "2025-07-05T08:15+08:00");
    CHECK(outcomes[1].article->outlet == "虎嗅网");
    CHECK(outcomes[1].article->author == "王五");
    CHECK(outcomes[1].article->external_id == "2");
  };
  check(ReadAllOf(dir.Write("array.json", "[" + first + ",\n" + second + "]")));
  check(ReadAllOf(dir.Write("lines.jsonl", first + "\n\n" + second + "\n")));
  check(ReadAllOf(dir.Write("lines.ndjson.gz", Gzip(first + "\n" + second))));
  check(ReadAllOf(dir.Write("wrapped.json", R"({"code":0,"data":{"list":[)" + first + "," + second + "]}}")));
  check(ReadAllOf(dir.Write("feed.json", R"({"title":"某某资讯","items":[)" + first + "," + second + "]}")));
  check(ReadAllOf(dir.Write("many.json", first + second)));
  check(ReadAllOf(dir.Write("gbk.jsonl", Recode(first + "\n" + second, "GB18030"))));
  check(ReadAllOf(dir.Write("utf16.json", "\xFF\xFE" + Recode("[" + first + "," + second + "]", "UTF-16LE"))));
  const auto outcomes = ReadAllOf(dir / "lines.jsonl");
  CHECK(outcomes[1].place == dir / "lines.jsonl" + ":3");
}

TEST_CASE("A text field keeps its count of characters", "[ingest][reader]") {
  const ReadOutcome outcome = ReadJsonArticle("{\"text\":\"第一行。\\r\\n第二行。\\u0000<p>尾</p>\"}", TestOptions());
  REQUIRE(outcome.article);
  CHECK(outcome.article->text == "第一行。 \n第二行。 <p>尾</p>");
}

TEST_CASE("CSV as spreadsheets write it", "[ingest][reader]") {
  const TempDir dir;
  const std::string csv =
      "\xEF\xBB\xBF标题,内容,日期,来源\r\n"
      "\"标题,一\",\"第一段。\r\n第二段说：\"\"好\"\"。\",2025/7/5,财联社\r\n"
      "\r\n"
      "标题二,正文二。,2025-02-30,虎嗅,,\r\n"
      "标题三,正文三。,2025-07-06,虎嗅,多余\r\n";
  const auto outcomes = ReadAllOf(dir.Write("a.csv", csv));
  REQUIRE(outcomes.size() == 3);
  REQUIRE(outcomes[0].article);
  CHECK(outcomes[0].article->title == "标题,一");
  CHECK(outcomes[0].article->text == "第一段。\n第二段说：\"好\"。");
  CHECK(Published(*outcomes[0].article) == "2025-07-05");
  REQUIRE(outcomes[1].article);
  CHECK(outcomes[1].warnings.size() == 1);
  REQUIRE_FALSE(outcomes[2].article);
  CHECK(outcomes[2].article.error().message == "row has 5 fields, the header has 4");
  CHECK(outcomes[2].place == dir / "a.csv" + ":5");
  CHECK(ReadAllOf(dir.Write("gbk.csv", Recode(csv.substr(3), "GBK"))).size() == 3);
  CHECK(ReadAllOf(dir.Write("a.tsv", "title\ttext\nx\t公司公告。\n")).at(0).article->text == "公司公告。");
  CHECK(Refusal(ReadAllOf(dir.Write("no.csv", "a,b\n1,2\n"))).find("names no text column") != std::string::npos);
  CHECK(Refusal(ReadAllOf(dir.Write("open.csv", "text\n\"abc\n"))).find("never closed") != std::string::npos);
}

TEST_CASE("Markdown gives up its front matter", "[ingest][reader]") {
  const TempDir dir;
  const std::string markdown =
      "---\ntitle: \"芯片: 新进展\"\ndate: 2025-07-05 08:15:00\nauthor:\n  - 张三\n  - 李四\nsource: 36氪 # "
      "转载\ntags: [a, b]\n---\n\n" +
      std::string(kText);
  const auto outcomes = ReadAllOf(dir.Write("a.md", markdown));
  REQUIRE(outcomes.at(0).article);
  CHECK(outcomes[0].article->title == "芯片: 新进展");
  CHECK(outcomes[0].article->author == "张三、李四");
  CHECK(outcomes[0].article->outlet == "36氪");
  CHECK(Published(*outcomes[0].article) == "2025-07-05T08:15+08:00");
  CHECK(outcomes[0].article->text == kText);
  const auto toml = ReadAllOf(dir.Write("b.md", "+++\ntitle = '标题'\ndate = 2025-07-05\n+++\n" + std::string(kText)));
  CHECK(toml.at(0).article->title == "标题");
  const auto plain = ReadAllOf(dir.Write("c.md", "# 英伟达访问上海\n\n" + std::string(kText)));
  CHECK(plain.at(0).article->title == "英伟达访问上海");
  CHECK(plain.at(0).article->text == "# 英伟达访问上海\n\n" + std::string(kText));
}

TEST_CASE("Every encoding gives the same article", "[ingest][reader]") {
  const TempDir dir;
  const std::string text = "某公司拟收购芯片企业\n发布时间：2025-07-05\n" + std::string(kText);
  const auto reference = ReadAllOf(dir.Write("utf8.txt", text));
  REQUIRE(reference.at(0).article);
  for (const auto& [name, bytes] : {std::pair<std::string, std::string>{"gbk.txt", Recode(text, "GBK")},
                                    {"gb18030.txt", Recode(text, "GB18030")},
                                    {"bom.txt", "\xEF\xBB\xBF" + text},
                                    {"utf16le.txt", "\xFF\xFE" + Recode(text, "UTF-16LE")},
                                    {"utf16be.txt", "\xFE\xFF" + Recode(text, "UTF-16BE")},
                                    {"gbk.txt.gz", Gzip(Recode(text, "GBK"))}}) {
    CAPTURE(name);
    const auto outcomes = ReadAllOf(dir.Write(name, bytes));
    REQUIRE(outcomes.at(0).article);
    CHECK(outcomes[0].article->id == reference[0].article->id);
  }
}

TEST_CASE("A folder is read in order, whatever order it was written in", "[ingest][reader]") {
  const TempDir dir;
  for (const char* const name : {"c.txt", "a.txt", "b/2.txt", "b/10.txt", ".hidden.txt", "image.png", "b/.git/x.txt"})
    dir.Write(name, kText);
  std::vector<std::string> paths;
  for (const ReadOutcome& outcome : ReadAllOf(dir.path())) paths.push_back(outcome.article->source_path);
  CHECK(paths == std::vector<std::string>{"a.txt", "b/10.txt", "b/2.txt", "c.txt"});
  std::size_t seen = 0;
  REQUIRE(ReadArticles(dir.path(), TestOptions(), [&seen](ReadOutcome&&) { return ++seen < 2; }));
  CHECK(seen == 2);
  CHECK_FALSE(ReadArticles(dir / "absent", TestOptions(), [](ReadOutcome&&) { return true; }));
}

TEST_CASE("A body is an object, an array or lines", "[ingest][reader]") {
  const auto count = [](std::string_view body) {
    std::string seen;
    ReadJsonArticles(body, TestOptions(), [&seen](ReadOutcome&& outcome) {
      seen += outcome.article ? '+' : '-';
      return true;
    });
    return seen;
  };
  CHECK(count(R"({"text":"一。"})") == "+");
  CHECK(count("{\n\"text\":\n\"一。\"}") == "+");
  CHECK(count(R"([{"text":"一。"},{"text":""},{"text":"三。"}])") == "+-+");
  CHECK(count("{\"text\":\"一。\"}\n{\"text\":\n{\"text\":\"三。\"}\n") == "+-+");
  CHECK(count("") == "-");
  CHECK(count("[]") == "-");
  CHECK(count("[1,\"x\",{}]") == "---");
  CHECK(count("{\"text\":\"一。\"") == "-");
}

TEST_CASE("A text over HTTP is checked field by field", "[ingest][reader]") {
  ArticleFields fields;
  fields.title = "标题";
  fields.published = "2025-07-05";
  const ReadOutcome good = ReadTextArticle(kText, fields, TestOptions());
  REQUIRE(good.article);
  CHECK(good.article->title == "标题");
  fields.title = "\xFF";
  CHECK(ReadTextArticle(kText, fields, TestOptions()).article.error().message == "title: invalid UTF-8 at byte 0");
  CHECK_FALSE(ReadTextArticle(" \n", {}, TestOptions()).article);
}

}  // namespace
}  // namespace mailuo::ingest
