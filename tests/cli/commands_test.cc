#include <signal.h>

#include <string>

#include <catch2/catch.hpp>

#include "cli/support.h"

namespace mailuo::testing {
namespace {

std::string TencentArticle(const std::string& db) {
  const auto day = Mailuo({"day", "2025-08-14", "--json"}, db);
  const std::size_t at = day.out.find("ar_");
  REQUIRE(at != std::string::npos);
  return day.out.substr(at, 35);
}

TEST_CASE("A folder goes in and the questions have answers with quotes", "[cli][ingest]") {
  const TempDir dir;
  WriteArticles(dir);
  const std::string db = dir / "db";
  const auto ingest = Mailuo({"ingest", dir / "news"}, db);
  INFO(ingest.err);
  CHECK(ingest.exit_code == 0);
  CHECK(ingest.out.find("3 new") != std::string::npos);

  const auto timeline = Mailuo({"timeline", "宁德时代"}, db);
  CHECK(timeline.exit_code == 0);
  CHECK(timeline.out.find("300750.SZ") != std::string::npos);
  CHECK(timeline.out.find("签署合作协议") != std::string::npos);
  CHECK(timeline.out.find("ACQUISITION") != std::string::npos);
  CHECK(timeline.out.find("[planned]") != std::string::npos);

  const auto early = Mailuo({"timeline", "宁德时代", "--as-of", "2025-04", "--json"}, db);
  CHECK(early.exit_code == 0);
  CHECK(early.out.find("签署合作协议") != std::string::npos);
  CHECK(early.out.find("ACQUISITION") == std::string::npos);

  for (const char* name : {"腾讯", "騰訊", "00700.HK", "0700.hk", "tengxun", "Tencent"}) {
    CAPTURE(name);
    const auto entity = Mailuo({"entity", name}, db);
    CHECK(entity.exit_code == 0);
    CHECK(entity.out.find("00700.HK") != std::string::npos);
  }
  const auto relations = Mailuo({"relations", "宁德时代"}, db);
  CHECK(relations.exit_code == 0);
  CHECK(relations.out.find("曾毓群") != std::string::npos);
  const auto path = Mailuo({"path", "曾毓群", "比亚迪"}, db);
  CHECK(path.exit_code == 0);
  CHECK(path.out.find("宁德时代") != std::string::npos);
  const auto day = Mailuo({"day", "2025-03-10"}, db);
  CHECK(day.out.find("宁德时代") != std::string::npos);
  const auto stats = Json(Mailuo({"stats", "--json"}, db).out);
  CHECK(Number(stats["data"]["articles"]) == 3);
  const auto article = Mailuo({"article", TencentArticle(db)}, db);
  CHECK(article.exit_code == 0);
  CHECK(article.out.find("騰訊控股") != std::string::npos);
}

TEST_CASE("Ingesting twice changes nothing, deleting leaves no trace", "[cli][ingest]") {
  const TempDir dir;
  WriteArticles(dir);
  const std::string db = dir / "db";
  const std::string other = dir / "other";
  REQUIRE(Mailuo({"ingest", dir / "news"}, db).exit_code == 0);
  const std::string digest = Mailuo({"digest"}, db).out;
  const auto again = Mailuo({"ingest", dir / "news"}, db);
  CHECK(again.exit_code == 0);
  CHECK(again.out.find("0 new, 3 known") != std::string::npos);
  CHECK(Mailuo({"digest"}, db).out == digest);
  CHECK(Mailuo({"verify"}, db).exit_code == 0);

  // Without the Tencent article: the same graph as if it had never been there.
  CHECK(Mailuo({"delete", TencentArticle(db)}, db).exit_code == 0);
  REQUIRE(Mailuo({"ingest", dir / "news/2025-03-10_byd.txt", dir / "news/2025-06-20_catl.md"}, other).exit_code == 0);
  CHECK(Mailuo({"digest"}, db).out == Mailuo({"digest"}, other).out);
  CHECK(Mailuo({"verify"}, db).exit_code == 0);

  CHECK(Mailuo({"reindex"}, db).exit_code == 0);
  CHECK(Mailuo({"digest"}, db).out == Mailuo({"digest"}, other).out);
}

TEST_CASE("Backup and restore give the same graph", "[cli][store]") {
  const TempDir dir;
  WriteArticles(dir);
  const std::string db = dir / "db";
  REQUIRE(Mailuo({"ingest", dir / "news"}, db).exit_code == 0);
  CHECK(Mailuo({"backup", dir / "backup"}, db).exit_code == 0);
  CHECK(Mailuo({"restore", dir / "backup"}, dir / "copy").exit_code == 0);
  CHECK(Mailuo({"digest"}, dir / "copy").out == Mailuo({"digest"}, db).out);
  CHECK(Mailuo({"restore", dir / "backup"}, db).exit_code == 3);
  CHECK(Mailuo({"compact"}, db).exit_code == 0);
  CHECK(Mailuo({"digest"}, dir / "copy").out == Mailuo({"digest"}, db).out);
}

TEST_CASE("Errors name what is wrong and have their exit codes", "[cli][errors]") {
  const TempDir dir;
  WriteArticles(dir);
  const std::string db = dir / "db";
  CHECK(Mailuo({}).exit_code == 2);
  CHECK(Mailuo({"timelin"}).exit_code == 2);
  CHECK(Mailuo({"timeline"}).exit_code == 2);
  const auto no_store = Mailuo({"timeline", "腾讯"}, db);
  CHECK(no_store.exit_code == 3);
  CHECK(no_store.err.find("mailuo ingest") != std::string::npos);
  CHECK(Mailuo({"ingest", dir / "nowhere"}, db).exit_code == 2);
  REQUIRE(Mailuo({"ingest", dir / "news"}, db).exit_code == 0);
  CHECK(Mailuo({"timeline", "腾讯", "--limit", "999"}, db).exit_code == 2);
  CHECK(Mailuo({"timeline", "腾讯", "--from", "yesteryear"}, db).exit_code == 2);
  CHECK(Mailuo({"timeline", "腾讯", "--type", "PARTY"}, db).exit_code == 2);
  CHECK(Mailuo({"article", "ar_1"}, db).exit_code == 2);
  CHECK(Mailuo({"article", "ar_00000000000000000000000000000001"}, db).exit_code == 1);
  CHECK(Mailuo({"delete", "ar_00000000000000000000000000000001"}, db).exit_code == 1);
  CHECK(Mailuo({"story", "st_1"}, db).exit_code == 2);
  CHECK(Mailuo({"story", "st_0000000000000001"}, db).exit_code == 1);
  CHECK(Mailuo({"stories", "腾讯", "--from", "yesteryear"}, db).exit_code == 2);
  const auto unknown = Mailuo({"timeline", "没有这家公司吧"}, db);
  CHECK(unknown.exit_code == 1);
  CHECK(unknown.err.find("没有这家公司吧") != std::string::npos);
  CHECK(Mailuo({"--version"}).exit_code == 0);
  CHECK(Mailuo({"schema"}).out.find("TRADE_CONTROL") != std::string::npos);
  CHECK(Mailuo({"schema"}).out.find("EXECUTIVE_OF/1") != std::string::npos);
  CHECK(Json(Mailuo({"schema", "--json"}).out).IsObject());
}

TEST_CASE("Every command explains itself", "[cli]") {
  for (const char* command :
       {"ingest",  "serve",   "annotate", "dates",  "entity",  "timeline", "relations", "path",    "day",
        "article", "stories", "story",    "stats",  "schema",  "merge",    "split",     "undo",    "operations",
        "lexicon", "reindex", "digest",   "verify", "compact", "delete",   "backup",    "restore", "repair"}) {
    CAPTURE(command);
    const auto help = Mailuo({command, "--help"});
    CHECK(help.exit_code == 0);
    CHECK(help.out.size() > 80);
  }
}

TEST_CASE("The server answers, refuses a second writer by name, and ends on a signal", "[cli][serve]") {
  const TempDir dir;
  WriteArticles(dir);
  const std::string db = dir / "db";
  REQUIRE(Mailuo({"ingest", dir / "news"}, db).exit_code == 0);
  for (const int signal : {SIGTERM, SIGINT}) {
    BackgroundProcess server({MAILUO_BINARY, "serve", "--db", db, "--listen", "127.0.0.1:0"});
    REQUIRE_FALSE(server.WaitForLine("http://127.0.0.1:").empty());
    const auto second = Mailuo({"ingest", dir / "news"}, db);
    CHECK(second.exit_code == 3);
    CHECK(second.err.find("serve") != std::string::npos);
    // Reading goes on beside the writer.
    CHECK(Mailuo({"entity", "腾讯"}, db).exit_code == 0);
    server.Signal(signal);
    CHECK(server.Wait() == 0);
  }
}

TEST_CASE("dates explains each step", "[cli][dates]") {
  const auto result = Mailuo({"dates", "--at", "2026-01-26", "黄仁勋于1月23日抵达上海，去年营收下滑。"});
  CHECK(result.exit_code == 0);
  CHECK(result.out.find("1月23日") != std::string::npos);
  CHECK(result.out.find("2026-01-23") != std::string::npos);
  CHECK(result.out.find("2025-01-01 .. 2025-12-31") != std::string::npos);
  const auto json = Json(Mailuo({"dates", "--at", "2026-01-26", "--json", "明天开会"}).out);
  REQUIRE(json["dates"].Size() == 1);
  CHECK(Text(json["dates"][0]["from"]) == "2026-01-27");
  CHECK(Mailuo({"dates", "--at", "never", "明天"}).exit_code == 2);
}

}  // namespace
}  // namespace mailuo::testing
