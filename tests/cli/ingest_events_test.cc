// What an ingest tells while it works, by the real program.
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "cli/support.h"

namespace mailuo::testing {
namespace {

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

TEST_CASE("Programs get an ingest as JSON lines, from started to finished", "[cli][ingest][events]") {
  const TempDir dir;
  WriteArticles(dir);
  dir.Write("news/broken.json", "{\"text\": ");
  const auto run = Mailuo({"ingest", dir / "news", "--json"}, dir / "db");
  CHECK(run.exit_code == 1);
  const auto lines = Lines(run.out);
  REQUIRE(lines.size() >= 3);
  CHECK(Text(Json(lines.front())["event"]) == "started");
  int skipped = 0;
  for (const std::string& line : lines) {
    const auto event = Json(line);
    CHECK(Number(event["seconds"]) >= 0);
    if (Text(event["event"]) != "skipped") continue;
    ++skipped;
    CHECK(Text(event["place"]).find("broken.json") != std::string::npos);
    CHECK_FALSE(Text(event["reason"]).empty());
  }
  CHECK(skipped == 1);
  const auto finished = Json(lines.back());
  CHECK(Text(finished["event"]) == "finished");
  CHECK(Number(finished["files"]) == 4);
  CHECK(Number(finished["created"]) == 3);
  CHECK(Number(finished["read"]) == 3);
  CHECK(Number(finished["skipped"]) == 1);
  CHECK(Number(finished["input_bytes"]) >= Number(finished["text_bytes"]));
  CHECK(Number(finished["text_bytes"]) > 0);
  CHECK(Number(finished["mentions"]) > 0);
  CHECK(Number(finished["events"]) > 0);
}

TEST_CASE("A log gets plain lines and the peak of memory, without a bar", "[cli][ingest][events]") {
  const TempDir dir;
  WriteArticles(dir);
  const auto run = Mailuo({"ingest", dir / "news", "--memory", "128"}, dir / "db");
  CHECK(run.exit_code == 0);
  CHECK(run.out.find('\x1b') == std::string::npos);
  CHECK(run.out.find('\r') == std::string::npos);
  CHECK(run.out.find("3 articles read from 3 files: 3 new") != std::string::npos);
  CHECK(run.out.find("peak memory") != std::string::npos);
  const auto too_little = Mailuo({"ingest", dir / "news", "--memory", "1"}, dir / "db");
  CHECK(too_little.exit_code == 2);
  CHECK(too_little.err.find("--memory") != std::string::npos);
}

TEST_CASE("The graph does not depend on memory or threads", "[cli][ingest][events]") {
  const TempDir dir;
  WriteArticles(dir);
  REQUIRE(Mailuo({"ingest", dir / "news", "--memory", "128", "--threads", "1"}, dir / "small").exit_code == 0);
  REQUIRE(Mailuo({"ingest", dir / "news", "--memory", "2048", "--threads", "4"}, dir / "large").exit_code == 0);
  CHECK(Mailuo({"digest"}, dir / "small").out == Mailuo({"digest"}, dir / "large").out);
}

}  // namespace
}  // namespace mailuo::testing
