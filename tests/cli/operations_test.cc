// Merge, split and undo, as a user does them.
#include <algorithm>

#include <catch2/catch.hpp>

#include "cli/support.h"

namespace mailuo::testing {
namespace {

// Without what differs from run to run: the bytes on disk, the time taken, and the state, which grows with every
// change.
std::string Answer(const std::vector<std::string>& args, const std::string& db) {
  const std::string out = Mailuo(args, db).out;
  return out.substr(0, std::min(out.find("\"disk_bytes\""), out.find("\"meta\"")));
}

std::string AllAnswers(const std::string& db) {
  std::string all;
  for (const std::string name : {"宁德时代", "比亚迪", "腾讯", "CATL"}) {
    for (const std::string command : {"entity", "timeline", "relations"}) {
      all += Answer({command, name, "--json"}, db);
    }
  }
  return all + Answer({"path", "曾毓群", "比亚迪", "--json"}, db) + Answer({"stats", "--json"}, db) +
         Answer({"digest"}, db);
}

TEST_CASE("Two entities are merged, answer as one, and are two again", "[cli][operations]") {
  const TempDir dir;
  WriteArticles(dir);
  const std::string db = dir / "db";
  REQUIRE(Mailuo({"ingest", dir / "news"}, db).exit_code == 0);
  const std::string before = AllAnswers(db);
  CHECK(Mailuo({"operations"}, db).out == "0 of 0 operations\n");

  const auto merged = Mailuo({"merge", "宁德时代", "比亚迪", "--reason", "试一试"}, db);
  CAPTURE(merged.err);
  REQUIRE(merged.exit_code == 0);
  CHECK(merged.out.find("merge: 比亚迪") != std::string::npos);
  CHECK(merged.out.find("2 articles") != std::string::npos);
  for (const char* name : {"比亚迪", "BYD", "002594.SZ", "biyadi", "宁德时代", "300750"}) {
    CAPTURE(name);
    const auto entity = Json(Mailuo({"entity", name, "--json"}, db).out);
    CHECK(Text(entity["data"]["name"]) == "宁德时代");
    CHECK(Text(entity["data"]["merged"][0]["name"]) == "比亚迪");
    CHECK(Number(entity["data"]["counts"]["articles"]) == 2);
    CHECK(entity["data"]["tickers"].Size() >= 3);
  }
  CHECK(Mailuo({"path", "比亚迪", "宁德时代"}, db).exit_code == 2);  // One and the same.
  CHECK(Mailuo({"verify"}, db).exit_code == 0);
  // New articles come in, and stored ones are read anew, under the merge.
  CHECK(Mailuo({"reindex"}, db).exit_code == 0);
  CHECK(Mailuo({"operations"}, db).out.find("“试一试”") != std::string::npos);
  CHECK(Text(Json(Mailuo({"entity", "比亚迪", "--json"}, db).out)["data"]["name"]) == "宁德时代");

  CHECK(Mailuo({"undo", "1"}, db).exit_code == 0);
  CHECK(AllAnswers(db) == before);
  CHECK(Mailuo({"operations"}, db).out.find("[undone by 2]") != std::string::npos);
}

TEST_CASE("What an article calls by an alias becomes another entity", "[cli][operations]") {
  const TempDir dir;
  dir.Write("news/2025-03-10_a.txt",
            "平安签署合作协议\n\n证券时报3月10日讯 平安公司（601318.SH）3月10日与华为签署合作协议。\n");
  dir.Write("news/2025-03-11_b.txt",
            "中国平安业绩\n\n证券时报3月11日讯 中国平安（601318.SH）3月11日公告，净利润增长10%。\n");
  const std::string db = dir / "db";
  REQUIRE(Mailuo({"ingest", dir / "news"}, db).exit_code == 0);
  const auto before = Json(Mailuo({"entity", "中国平安", "--json"}, db).out);
  REQUIRE(Number(before["data"]["counts"]["articles"]) == 2);
  const std::string day = Mailuo({"day", "2025-03-11", "--json"}, db).out;
  const std::string article = day.substr(day.find("ar_"), 35);

  const auto split = Mailuo({"split", "中国平安", "--article", article, "--as", "平安县农场", "--json"}, db);
  CAPTURE(split.err, split.out);
  REQUIRE(split.exit_code == 0);
  CHECK(Text(Json(split.out)["data"]["articles"][0]) == article);
  CHECK(Number(Json(Mailuo({"entity", "中国平安", "--json"}, db).out)["data"]["counts"]["articles"]) == 1);
  const auto farm = Json(Mailuo({"entity", "平安县农场", "--json"}, db).out);
  CHECK(Number(farm["data"]["counts"]["articles"]) == 1);
  CHECK(Mailuo({"timeline", "平安县农场"}, db).out.find("净利润增长10%") != std::string::npos);
  CHECK(Mailuo({"article", article}, db).out.find("中国平安") != std::string::npos);  // The text stays.
  REQUIRE(Mailuo({"undo", "1"}, db).exit_code == 0);
  CHECK(Mailuo({"entity", "平安县农场"}, db).exit_code == 1);
  CHECK(Number(Json(Mailuo({"entity", "中国平安", "--json"}, db).out)["data"]["counts"]["articles"]) == 2);
}

TEST_CASE("Operations that make no sense are refused in one line", "[cli][operations]") {
  const TempDir dir;
  WriteArticles(dir);
  const std::string db = dir / "db";
  REQUIRE(Mailuo({"ingest", dir / "news"}, db).exit_code == 0);
  const std::string before = Mailuo({"operations", "--json"}, db).out;
  struct Case {
    std::vector<std::string> args;
    int exit_code;
    std::string says;
  };
  const std::vector<Case> cases{
      {{"merge", "宁德时代", "CATL"}, 2, "both names stand for 宁德时代"},
      {{"merge", "宁德时代", "曾毓群"}, 2, "only entities of one type"},
      {{"merge", "宁德时代", "没有这家公司吧"}, 1, "没有这家公司吧"},
      {{"split", "宁德时代"}, 2, "alias or an article"},
      {{"split", "宁德时代", "--alias", "龙年"}, 2, "never called"},
      {{"split", "宁德时代", "--alias", "宁德时代"}, 2, "the entity itself"},
      {{"split", "宁德时代", "--alias", "CATL", "--as", "比亚迪"}, 2, "name it with into"},
      {{"split", "宁德时代", "--alias", "CATL", "--into", "比亚迪", "--as", "别的"}, 2, "give one of them"},
      {{"split", "宁德时代", "--article", "ar_1"}, 2, "not an article id"},
      {{"split", "宁德时代", "--article", "ar_00000000000000000000000000000001"}, 2, "no such article"},
      {{"undo", "1"}, 1, "nothing to undo"},
      {{"undo", "x"}, 2, ""},
  };
  for (const Case& each : cases) {
    CAPTURE(each.args);
    const auto result = Mailuo(each.args, db);
    CHECK(result.exit_code == each.exit_code);
    CHECK(result.err.find(each.says) != std::string::npos);
  }
  CHECK(Answer({"operations", "--json"}, db) == before.substr(0, before.find("\"meta\"")));
}

}  // namespace
}  // namespace mailuo::testing
