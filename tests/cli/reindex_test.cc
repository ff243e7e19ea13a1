// What a user sees of reindex: what would change, one switch to the new graph, and no pause for those who read.
#include <signal.h>

#include <string>

#include <catch2/catch.hpp>

#include "cli/support.h"

namespace mailuo::testing {
namespace {

// Lines of a text.
std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    lines.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return lines;
}

std::string MyLexicon(const TempDir& dir) {
  return dir.Write("my.tsv", "name\ttype\ttickers\n星河测试材料有限公司\tcompany\t688999.SH\n");
}

TEST_CASE("reindex says what other names change, changes it, and then nothing more", "[cli][reindex]") {
  const TempDir dir;
  WriteArticles(dir);
  const std::string db = dir / "db";
  const std::string other = dir / "other";
  const std::string lexicon = MyLexicon(dir);
  REQUIRE(Mailuo({"ingest", dir / "news"}, db).exit_code == 0);
  REQUIRE(Mailuo({"ingest", dir / "news", "--lexicon", lexicon}, other).exit_code == 0);
  const std::string digest = Mailuo({"digest"}, db).out;
  const std::string new_digest = Mailuo({"digest"}, other).out;
  CHECK(digest != new_digest);
  const auto refused = Mailuo({"ingest", dir / "news", "--lexicon", lexicon}, db);
  CHECK(refused.exit_code == 3);
  CHECK(refused.err.find("mailuo reindex --db " + db) != std::string::npos);

  const auto dry = Mailuo({"reindex", "--dry-run", "--diff", "--lexicon", lexicon}, db);
  CHECK(dry.exit_code == 0);
  CHECK(dry.out.find("+ mention company") != std::string::npos);
  CHECK(dry.out.find("688999.SH") != std::string::npos);
  CHECK(dry.out.find("1 of 3 articles") != std::string::npos);
  CHECK(Mailuo({"digest"}, db).out == digest);

  const auto done = Mailuo({"reindex", "--diff", "--json", "--lexicon", lexicon}, db);
  CHECK(done.exit_code == 0);
  const auto lines = Lines(done.out);
  REQUIRE(lines.size() == 2);
  const auto changed = Json(lines[0]);
  CHECK(Text(changed["title"]) == "宁德时代拟收购一家电池材料公司");
  REQUIRE(changed["changes"].Size() > 0);
  CHECK(Text(changed["changes"][0]["fact"]) == "mention");
  const auto report = Json(lines[1]);
  CHECK(Number(report["extracted"]) == 3);
  CHECK(Number(report["articles_changed"]) == 1);
  CHECK(Mailuo({"digest"}, db).out == new_digest);
  CHECK(Mailuo({"verify"}, db).exit_code == 0);
  CHECK(Mailuo({"ingest", dir / "news", "--lexicon", lexicon}, db).exit_code == 0);

  const auto again = Mailuo({"reindex", "--diff", "--lexicon", lexicon}, db);
  CHECK(again.exit_code == 0);
  CHECK(again.out.find("0 of 3 articles gain or lose facts") != std::string::npos);
  CHECK(Mailuo({"digest"}, db).out == new_digest);
  CHECK(Mailuo({"backup", dir / "backup"}, db).exit_code == 0);
  CHECK(Mailuo({"restore", dir / "backup"}, dir / "copy").exit_code == 0);
  CHECK(Mailuo({"digest"}, dir / "copy").out == new_digest);
  CHECK(Mailuo({"reindex"}, dir / "none").exit_code == 3);
}

TEST_CASE("reindex works beside a running server, which answers from the new graph afterwards", "[cli][reindex]") {
  const TempDir dir;
  WriteArticles(dir);
  const std::string db = dir / "db";
  REQUIRE(Mailuo({"ingest", dir / "news"}, db).exit_code == 0);
  BackgroundProcess server({MAILUO_BINARY, "serve", "--db", db, "--listen", "127.0.0.1:0"});
  REQUIRE_FALSE(server.WaitForLine("http://127.0.0.1:").empty());
  const std::string lexicon = MyLexicon(dir);
  const auto reindex = Mailuo({"reindex", "--lexicon", lexicon}, db);
  INFO(reindex.err);
  CHECK(reindex.exit_code == 0);
  server.Signal(SIGTERM);
  CHECK(server.Wait() == 0);
  CHECK(Mailuo({"ingest", dir / "news", "--lexicon", lexicon}, db).exit_code == 0);
  CHECK(Mailuo({"verify"}, db).exit_code == 0);
  CHECK(Mailuo({"entity", "688999.SH"}, db).exit_code == 0);
}

}  // namespace
}  // namespace mailuo::testing
