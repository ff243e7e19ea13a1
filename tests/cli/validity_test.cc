// States open and close by statements, and each day knows only what was published until then.
#include <fstream>
#include <string>

#include <catch2/catch.hpp>

#include "cli/support.h"

namespace mailuo::testing {
namespace {

void Write(const TempDir& dir, const std::string& name, const std::string& text) {
  std::ofstream(dir / name, std::ios::binary) << text;
}

// "from..until" of the post that the person holds at the company, as known on the day; "none" where nothing is known.
std::string Post(const std::string& db, const std::string& day) {
  const auto answer =
      Mailuo({"relations", "董明珠", "格力电器", "--type", "EXECUTIVE_OF", "--as-of", day, "--json"}, db);
  const auto json = Json(answer.out);
  INFO(answer.out);
  if (!json.HasMember("data") || json["data"].Size() == 0) return "none";
  REQUIRE(json["data"].Size() == 1);
  const rapidjson::Value& valid = json["data"][0]["valid"];
  return Text(valid["from"]) + ".." + Text(valid["until"]);
}

TEST_CASE("A post is held from one statement to another, as far as each day knows", "[cli][validity]") {
  const TempDir dir;
  Write(dir, "2020.json",
        R"({"published":"2020-03-02","text":"2020年3月1日，董明珠出任格力电器总裁。公司当天发布了公告。"})");
  Write(dir, "2024.json",
        R"({"published":"2024-05-07","text":"2024年5月6日，董明珠卸任格力电器总裁。公司当天发布了公告。"})");
  Write(dir, "2024b.json", R"({"published":"2024-11-20","text":"格力电器前总裁董明珠昨天出席了一个论坛。"})");
  const std::string db = dir / "db";
  REQUIRE(Mailuo({"ingest", dir / "2020.json", dir / "2024.json", dir / "2024b.json"}, db).exit_code == 0);
  CHECK(Post(db, "2019-12-31") == "none");
  CHECK(Post(db, "2022-01-01") == "2020-03-01..");
  CHECK(Post(db, "2024-05-06") == "2020-03-01..");
  CHECK(Post(db, "2025-01-01") == "2020-03-01..2024-05-06");
}

TEST_CASE("What is only planned opens and closes nothing", "[cli][validity]") {
  const TempDir dir;
  Write(dir, "2020.json", R"({"published":"2020-03-02","text":"2020年3月1日，董明珠出任格力电器总裁。"})");
  Write(dir, "2021.json", R"({"published":"2021-05-07","text":"董明珠拟于2021年8月1日卸任格力电器总裁。"})");
  const std::string db = dir / "db";
  REQUIRE(Mailuo({"ingest", dir / "2020.json", dir / "2021.json"}, db).exit_code == 0);
  CHECK(Post(db, "2022-01-01") == "2020-03-01..");
}

TEST_CASE("Who appears with whom is counted and weighed apart, as of a day", "[cli][validity]") {
  const TempDir dir;
  Write(dir, "a.json", R"({"published":"2024-01-02","text":"华为和比亚迪在深圳见面。"})");
  Write(dir, "b.json", R"({"published":"2024-02-02","text":"华为和比亚迪在北京见面。"})");
  Write(dir, "c.json", R"({"published":"2024-03-02","text":"宁德时代在福建开会。"})");
  const std::string db = dir / "db";
  REQUIRE(Mailuo({"ingest", dir / "a.json", dir / "b.json", dir / "c.json"}, db).exit_code == 0);
  const auto pair = [&db](const std::string& day) {
    return Json(Mailuo({"relations", "华为", "比亚迪", "--type", "CO_OCCURS", "--as-of", day, "--json"}, db).out);
  };
  const auto early = pair("2024-01-31");
  const auto late = pair("2024-12-31");
  REQUIRE(late["data"].Size() == 1);
  CHECK(Number(late["data"][0]["measure"]["articles"]) == 2);
  CHECK(Number(late["data"][0]["measure"]["npmi"]) > 0.9);  // Never one without the other, in two articles of three.
  REQUIRE(early["data"].Size() == 1);
  CHECK(Number(early["data"][0]["measure"]["articles"]) == 1);
  CHECK(early["data"][0]["measure"]["npmi"].IsNull());  // Together in all the articles there were: says nothing.
  const auto others = Json(Mailuo({"relations", "华为", "--json"}, db).out);
  for (const auto& item : others["data"].GetArray()) {
    CHECK(Text(item["type"]) != "CO_OCCURS");
  }
}

}  // namespace
}  // namespace mailuo::testing
