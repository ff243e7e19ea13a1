// Names that the articles of a graph teach it.
#include <catch2/catch.hpp>

#include "cli/support.h"

namespace mailuo::testing {
namespace {

void WriteTeachers(const TempDir& dir) {
  dir.Write("news/2025-03-10_a.txt",
            "岚屿智算上市\n\n证券时报3月10日讯 "
            "杭州岚屿智算科技股份有限公司（以下简称“岚屿智算”，688999.SH）3月10日在上交所科创板上市。\n");
  dir.Write("news/2025-03-11_b.txt",
            "回购\n\n证券日报3月11日讯 "
            "杭州岚屿智算科技股份有限公司（以下简称“岚屿智算”，688999.SH）3月11日公告，拟回购股份。\n");
  // Nothing here says who that is.
  dir.Write("news/2025-04-01_c.txt", "合作\n\n证券时报4月1日讯 华为4月1日与688999.SH签署合作协议。\n");
}

// How many articles are found by the code: of its company once that is known.
double ArticlesOf(const std::string& name, const std::string& db) {
  return Number(Json(Mailuo({"entity", name, "--json"}, db).out)["data"]["counts"]["articles"]);
}

TEST_CASE("Names are learned, adopted, used by reindex, and forgotten", "[cli][lexicon]") {
  const TempDir dir;
  WriteTeachers(dir);
  const std::string db = dir / "db";
  REQUIRE(Mailuo({"ingest", dir / "news"}, db).exit_code == 0);
  const std::string digest = Mailuo({"digest"}, db).out;
  CHECK(Mailuo({"lexicon", "list"}, db).out.empty());

  const auto learned = Mailuo({"lexicon", "learn"}, db);
  CAPTURE(learned.out, learned.err);
  REQUIRE(learned.exit_code == 0);
  CHECK(
      learned.out.find("岚屿智算\tcompany\t\t\tfull:杭州岚屿智算科技股份有限公司\t688999.SH\t\tlearned: 2 articles") !=
      std::string::npos);
  CHECK(learned.out.find("科创板上市") != std::string::npos);
  CHECK(Mailuo({"lexicon", "learn", "--min-articles", "3"}, db).out.find("岚屿智算") == std::string::npos);
  CHECK(Mailuo({"digest"}, db).out == digest);  // Asking changes nothing.

  REQUIRE(Mailuo({"lexicon", "learn", "--adopt"}, db).exit_code == 0);
  CHECK(Mailuo({"lexicon", "list"}, db).out.find("688999.SH") != std::string::npos);
  // Articles of another lexicon may not come in until the graph is made anew.
  const auto refused = Mailuo({"ingest", dir / "news"}, db);
  CHECK(refused.exit_code == 3);
  CHECK(refused.err.find("mailuo reindex") != std::string::npos);
  REQUIRE(Mailuo({"reindex"}, db).exit_code == 0);
  const auto entity = Json(Mailuo({"entity", "688999", "--json"}, db).out);
  CHECK(Text(entity["data"]["name"]) == "岚屿智算");
  CHECK(Text(entity["data"]["tickers"][0]["ticker"]) == "688999.SH");
  CHECK(ArticlesOf("岚屿智算", db) >= 2);
  CHECK(Mailuo({"ingest", dir / "news"}, db).exit_code == 0);
  CHECK(Mailuo({"lexicon", "learn"}, db).out.find("688999") == std::string::npos);  // Known now.
  CHECK(Mailuo({"verify"}, db).exit_code == 0);

  // A store that is given the same names at the start is the same graph.
  const std::string other = dir / "other";
  dir.Write("empty/none.txt", "甲\n\n证券时报3月10日讯 无事。\n");
  dir.Write("adopted.tsv", Mailuo({"lexicon", "list"}, db).out);
  REQUIRE(Mailuo({"ingest", dir / "news", "--lexicon", dir / "adopted.tsv"}, other).exit_code == 0);
  CHECK(Mailuo({"digest"}, other).out == Mailuo({"digest"}, db).out);

  CHECK(Mailuo({"lexicon", "forget", "没有的"}, db).exit_code == 1);
  REQUIRE(Mailuo({"lexicon", "forget", "岚屿智算"}, db).exit_code == 0);
  CHECK(Mailuo({"lexicon", "list"}, db).out.empty());
  REQUIRE(Mailuo({"reindex"}, db).exit_code == 0);
  CHECK(Mailuo({"digest"}, db).out == digest);
}

TEST_CASE("A reviewed file is adopted, and a bad one is refused whole", "[cli][lexicon]") {
  const TempDir dir;
  WriteArticles(dir);
  const std::string db = dir / "db";
  REQUIRE(Mailuo({"ingest", dir / "news"}, db).exit_code == 0);
  dir.Write("good.tsv", "name\ttype\taliases\ttickers\n星沉光电\tcompany\t星沉\t301999.SZ\n");
  dir.Write("more.tsv", "name\ttype\taliases\n星沉光电\tcompany\t?沉光\n云迹未来\tcompany\t\n");
  dir.Write("bad.tsv", "name\ttype\n星沉光电\tplanet\n");
  dir.Write("taken.tsv", "name\ttype\ttickers\n星沉光电\tcompany\t300750.SZ\n");
  REQUIRE(Mailuo({"lexicon", "learn", "--adopt", dir / "good.tsv"}, db).exit_code == 0);
  REQUIRE(Mailuo({"lexicon", "learn", "--adopt", dir / "more.tsv"}, db).exit_code == 0);
  const std::string list = Mailuo({"lexicon", "list"}, db).out;
  CHECK(list.find("星沉光电\tcompany\t\t\t星沉|?沉光\t301999.SZ\t\t\n") != std::string::npos);
  CHECK(list.find("云迹未来\tcompany\t\t\t\t\t\t\n") != std::string::npos);
  const auto bad = Mailuo({"lexicon", "learn", "--adopt", dir / "bad.tsv"}, db);
  CHECK(bad.exit_code == 2);
  CHECK(bad.err.find("bad.tsv:2") != std::string::npos);
  const auto taken = Mailuo({"lexicon", "learn", "--adopt", dir / "taken.tsv"}, db);
  CHECK(taken.exit_code == 2);
  CHECK(taken.err.find("300750.SZ") != std::string::npos);
  CHECK(Mailuo({"lexicon", "list"}, db).out == list);
  CHECK(Mailuo({"lexicon", "forget"}, db).exit_code == 2);
  REQUIRE(Mailuo({"lexicon", "forget", "--all"}, db).exit_code == 0);
  CHECK(Mailuo({"lexicon", "list"}, db).out.empty());
}

}  // namespace
}  // namespace mailuo::testing
