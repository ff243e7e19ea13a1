// Folders that are followed, by the real program.
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include <catch2/catch.hpp>

#include "cli/support.h"

namespace mailuo::testing {
namespace {

std::string Article(const std::string& company, const std::string& date) {
  return company + "签署合作协议\n发布时间：" + date + "\n" + company +
         "与比亚迪签署合作协议，双方将共同建设新工厂。\n";
}

class Watch {
 public:
  explicit Watch(const TempDir& dir)
      : process_({MAILUO_BINARY, "ingest", "--watch", dir / "news", "--db", dir / "db"}) {
    REQUIRE_FALSE(process_.WaitForLine("watching").empty());
  }
  // Has a group been told of with `part` in its line?
  bool Told(std::string_view part) { return !process_.WaitForLine(part, 20).empty(); }
  BackgroundProcess& process() { return process_; }

 private:
  BackgroundProcess process_;
};

int Articles(const TempDir& dir) {
  const auto stats = Mailuo({"stats", "--json"}, dir / "db");
  return stats.exit_code == 0 ? static_cast<int>(Number(Json(stats.out)["data"]["articles"])) : -1;
}

// In the end; false after 20 s.
bool Reaches(const TempDir& dir, int articles) {
  for (int i = 0; i < 200 && Articles(dir) != articles; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  return Articles(dir) == articles;
}

TEST_CASE("A followed folder gives its articles, and then each that is written, moved, linked or replaced",
          "[cli][watch]") {
  const TempDir dir;
  dir.Write("news/2025-03-10_first.txt", Article("宁德时代", "2025-03-10"));
  Watch watch(dir);
  CHECK(Articles(dir) == 1);

  dir.Write("news/2025-03-11_second.txt", Article("腾讯", "2025-03-11"));
  CHECK(Reaches(dir, 2));

  // Whole from elsewhere.
  const std::string outside = dir.Write("third.txt", Article("小米集团", "2025-03-12"));
  REQUIRE(rename(outside.c_str(), (dir / "news/2025-03-12_third.txt").c_str()) == 0);
  CHECK(Reaches(dir, 3));
  const std::string linked = dir.Write("fourth.txt", Article("中芯国际", "2025-03-13"));
  REQUIRE(link(linked.c_str(), (dir / "news/2025-03-13_fourth.txt").c_str()) == 0);
  CHECK(Reaches(dir, 4));

  // A new text in an old file is a new article; the old text in a new file is none.
  dir.Write("news/2025-03-10_first.txt", Article("贵州茅台", "2025-03-10"));
  CHECK(Reaches(dir, 5));
  dir.Write("news/2025-03-11_second_again.txt", Article("腾讯", "2025-03-11"));
  CHECK(watch.Told("0 new, 1 known"));
  CHECK(Articles(dir) == 5);

  watch.process().Signal(SIGTERM);
  CHECK(watch.process().Wait() == 0);
  CHECK(Mailuo({"verify"}, dir / "db").exit_code == 0);
}

TEST_CASE("Folders that come later are followed too, with what they bring", "[cli][watch]") {
  const TempDir dir;
  dir.Write("news/2025-03-10_first.txt", Article("宁德时代", "2025-03-10"));
  Watch watch(dir);
  dir.Write("batch/a/b/2025-03-11_second.txt", Article("腾讯", "2025-03-11"));
  REQUIRE(rename((dir / "batch").c_str(), (dir / "news/batch").c_str()) == 0);
  CHECK(Reaches(dir, 2));
  dir.Write("news/batch/a/b/2025-03-12_third.txt", Article("小米集团", "2025-03-12"));
  CHECK(Reaches(dir, 3));
  dir.Write("news/new/deep/2025-03-13_fourth.txt", Article("中芯国际", "2025-03-13"));
  CHECK(Reaches(dir, 4));
  watch.process().Signal(SIGINT);
  CHECK(watch.process().Wait() == 0);
  // The same graph as of one reading of the whole folder.
  REQUIRE(Mailuo({"ingest", dir / "news"}, dir / "once").exit_code == 0);
  CHECK(Mailuo({"digest"}, dir / "db").out == Mailuo({"digest"}, dir / "once").out);
}

TEST_CASE("A file is read when its writer has closed it, and hidden ones and other kinds never", "[cli][watch]") {
  const TempDir dir;
  std::filesystem::create_directories(dir / "news");
  Watch watch(dir);
  {
    std::ofstream slow(dir / "news/2025-03-10_slow.txt");
    slow << "宁德时代签署合作协议\n发布时间：2025-03-10\n" << std::flush;
    dir.Write("news/.hidden.txt", Article("腾讯", "2025-03-11"));
    dir.Write("news/picture.png", "no article");
    std::this_thread::sleep_for(std::chrono::milliseconds(900));
    CHECK(Articles(dir) == 0);
    slow << "宁德时代与比亚迪签署合作协议，双方将共同建设新工厂。\n";
  }
  CHECK(watch.Told("1 articles from 1 files: 1 new"));
  CHECK(Articles(dir) == 1);
  // What is no article is told, and the next one is read all the same.
  dir.Write("news/broken.json", "{\"text\": ");
  CHECK(watch.Told("1 inputs skipped"));
  dir.Write("news/2025-03-11_good.txt", Article("腾讯", "2025-03-11"));
  CHECK(Reaches(dir, 2));
  watch.process().Signal(SIGTERM);
  CHECK(watch.process().Wait() == 0);
}

TEST_CASE("A server with --watch answers about what has just come", "[cli][watch][serve]") {
  const TempDir dir;
  dir.Write("news/2025-03-10_first.txt", Article("宁德时代", "2025-03-10"));
  BackgroundProcess server(
      {MAILUO_BINARY, "serve", "--watch", dir / "news", "--db", dir / "db", "--listen", "127.0.0.1:0"});
  REQUIRE_FALSE(server.WaitForLine("http://127.0.0.1:").empty());
  CHECK(Reaches(dir, 1));
  dir.Write("news/2025-03-11_second.txt", Article("腾讯", "2025-03-11"));
  CHECK(Reaches(dir, 2));
  server.Signal(SIGTERM);
  CHECK(server.Wait() == 0);
}

TEST_CASE("What cannot be followed is said", "[cli][watch]") {
  const TempDir dir;
  const std::string file = dir.Write("a.txt", Article("腾讯", "2025-03-11"));
  const auto no_folder = Mailuo({"ingest", "--watch", file}, dir / "db");
  CHECK(no_folder.exit_code == 2);
  CHECK(no_folder.err.find("no folder") != std::string::npos);
  CHECK(Mailuo({"ingest", "--watch", dir / "nowhere"}, dir / "db").exit_code == 2);
  CHECK(Mailuo({"serve", "--watch", dir / "nowhere"}, dir / "db").exit_code != 0);
  CHECK(Mailuo({"serve", "--watch", dir.path(), "--read-only"}, dir / "db").exit_code == 2);
}

}  // namespace
}  // namespace mailuo::testing
