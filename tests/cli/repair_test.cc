// What a user sees of a damaged store: an error that names the command to run, and that command.
#include <filesystem>
#include <string>

#include <catch2/catch.hpp>

#include "cli/support.h"

namespace mailuo::testing {
namespace {

TEST_CASE("repair tells what is lost, changes nothing without --yes, and leaves a sound store", "[cli][repair]") {
  const TempDir dir;
  WriteArticles(dir);
  const std::string db = dir / "db";
  REQUIRE(Mailuo({"ingest", dir / "news"}, db).exit_code == 0);
  const std::string digest = Mailuo({"digest"}, db).out;
  const auto sound = Mailuo({"repair"}, db);
  CHECK(sound.exit_code == 0);
  CHECK(sound.out.find("nothing to repair") != std::string::npos);

  std::filesystem::remove(db + "/CURRENT");
  const auto broken = Mailuo({"timeline", "腾讯"}, db);
  CHECK(broken.exit_code == 3);
  CHECK(broken.err.find("mailuo repair --db " + db) != std::string::npos);
  const auto look = Mailuo({"repair"}, db);
  CHECK(look.exit_code == 1);
  CHECK(look.out.find("3 articles can be read whole, 0 are lost") != std::string::npos);
  CHECK(look.err.find("--yes") != std::string::npos);
  CHECK(Mailuo({"digest"}, db).exit_code == 3);

  const auto done = Mailuo({"repair", "--yes"}, db);
  INFO(done.err);
  CHECK(done.exit_code == 0);
  CHECK(done.out.find("the damaged files lie in " + db + "/damaged-1") != std::string::npos);
  CHECK(Mailuo({"digest"}, db).out == digest);
  CHECK(Mailuo({"verify"}, db).exit_code == 0);
  CHECK(Mailuo({"ingest", dir / "news"}, db).exit_code == 0);
  CHECK(Mailuo({"repair"}, dir / "none").exit_code == 3);
  CHECK(Mailuo({"repair", "--help"}).out.find("--yes") != std::string::npos);
}

}  // namespace
}  // namespace mailuo::testing
