// Bad input is named with its reason, nothing crashes, memory stays bounded, and the exit code says so.
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include <catch2/catch.hpp>

#include "cli/support.h"

namespace mailuo::testing {
namespace {

std::string Repeat(std::string_view part, std::size_t times) {
  std::string text;
  text.reserve(part.size() * times);
  for (std::size_t i = 0; i < times; ++i) text += part;
  return text;
}

TEST_CASE("A folder of hostile files is survived and every one of them is named", "[cli][hostile]") {
  const TempDir dir;
  const std::string in = dir / "in";
  dir.Write("in/good.txt", "腾讯控股（00700.HK）2025年8月14日公告，回购股份86万股。\n");
  dir.Write("in/empty.txt", "");
  dir.Write("in/binary.txt", std::string("\x7f\x45LF\0\1\2\3\0\0\0\xff\xfe\0\x90", 15) + std::string(4000, '\x01'));
  dir.Write("in/broken.txt", "腾讯控股发布公告\xff\xfe\xfa腾讯控股发布公告，净利润增长。\n");
  dir.Write("in/zip.txt", std::string("PK\x03\x04\x14\0\0\0\x08\0", 10) + std::string(500, '\x8f'));
  dir.Write("in/longline.txt", Repeat("涨跌停牌", 10'000'000 / 4));
  dir.Write("in/deep.json", std::string(10000, '[') + std::string(10000, ']'));
  dir.Write("in/baddate.json", "{\"title\":\"t\",\"published\":\"2025-02-30\",\"text\":\"腾讯控股公告，回购股份。\"}");
  dir.Write("in/bomb.html", "<html><body>" + Repeat("<div><b><i>", 200'000) + "腾讯");
  dir.Write("in/new\nline.txt", "阿里巴巴2025年8月1日公告。\n");
  dir.Write("in/bad\xff\xfename.txt", "百度2025年8月2日公告。\n");
  // 200 MB without taking 200 MB of disk.
  dir.Write("in/huge.txt", "x");
  std::filesystem::resize_file(in + "/huge.txt", 200'000'000);
  std::filesystem::create_directory_symlink(in, in + "/loop");
  dir.Write("in/secret.txt", "华为公告。\n");
  chmod((in + "/secret.txt").c_str(), 0);
  const bool root = geteuid() == 0;  // Nothing is unreadable to root.

  const auto result = Mailuo({"ingest", in}, dir / "db");
  INFO(result.err);
  CHECK(result.exit_code == 1);
  for (const char* name :
       {"empty.txt", "binary.txt", "broken.txt", "zip.txt", "deep.json", "huge.txt", "longline.txt", "baddate.json"}) {
    CAPTURE(name);
    CHECK(result.err.find(name) != std::string::npos);
  }
  if (!root) CHECK(result.err.find("secret.txt") != std::string::npos);
  // What is printed stays one line a message, with odd bytes escaped.
  CHECK(result.err.find("new\nline") == std::string::npos);
  CHECK(result.err.find('\xff') == std::string::npos);
  const auto stats = Json(Mailuo({"stats", "--json"}, dir / "db").out);
  CHECK(stats["data"]["articles"].GetUint() >= 4);
  CHECK(Mailuo({"verify"}, dir / "db").exit_code == 0);

  // Peak memory as the program itself reports it, in MiB.
  const std::size_t at = result.out.find("peak memory ");
  REQUIRE(at != std::string::npos);
  CHECK(std::stol(result.out.substr(at + 12)) < 1500);
}

TEST_CASE("Progress can be read by programs", "[cli][ingest]") {
  const TempDir dir;
  WriteArticles(dir);
  dir.Write("news/empty.txt", "");
  const auto result = Mailuo({"ingest", dir / "news", "--json"}, dir / "db");
  CHECK(result.exit_code == 1);
  std::string last;
  bool skipped = false;
  std::size_t start = 0;
  for (std::size_t end = result.out.find('\n'); end != std::string::npos; end = result.out.find('\n', start)) {
    const auto event = Json(result.out.substr(start, end - start));
    last = event["event"].GetString();
    if (last == "skipped") skipped = std::string(event["place"].GetString()).find("empty.txt") != std::string::npos;
    if (last == "finished") CHECK(Number(event["created"]) == 3);
    start = end + 1;
  }
  CHECK(last == "finished");
  CHECK(skipped);
}

}  // namespace
}  // namespace mailuo::testing
