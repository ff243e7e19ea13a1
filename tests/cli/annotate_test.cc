#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>

#include <catch2/catch.hpp>

#include "cli/support.h"

namespace mailuo::testing {
namespace {

constexpr const char* kLine =
    "{\"id\":\"a1\",\"published\":\"2025-10-20\",\"text\":\"10月20日晚间，宁德时代（300750.SZ）披露三季报，净利润490."
    "34亿元。\"}\n";

bool HasMention(const rapidjson::Value& object, const std::string& text, const std::string& type) {
  for (const auto& mention : object["mentions"].GetArray()) {
    if (Text(mention["text"]) == text && Text(mention["type"]) == type) return true;
  }
  return false;
}

TEST_CASE("annotate --jsonl prints one object a line in the contract's shape", "[cli][annotate]") {
  const auto result = Mailuo({"annotate", "--jsonl", "-"}, {}, std::string(kLine) + kLine);
  CHECK(result.exit_code == 0);
  CHECK(std::count(result.out.begin(), result.out.end(), '\n') == 2);
  const auto object = Json(result.out.substr(0, result.out.find('\n')));
  CHECK(Text(object["id"]) == "a1");
  CHECK(Text(object["published"]) == "2025-10-20");
  CHECK(Text(object["published_from"]) == "metadata");
  CHECK(HasMention(object, "宁德时代", "company"));
  CHECK(HasMention(object, "300750.SZ", "ticker"));
  REQUIRE(object["dates"].Size() >= 1);
  CHECK(Text(object["dates"][0]["from"]) == "2025-10-20");
  for (const char* key : {"sentences", "events", "relations"}) CHECK(object[key].IsArray());
}

TEST_CASE("annotate --explain says why a candidate is no event", "[cli][annotate]") {
  const std::string input =
      "{\"text\":\"这家上市公司不错。券商给予腾讯控股“增持”。腾讯控股因合同纠纷起诉网易。有人收到了一笔补偿。\"}\n";
  const auto plain = Json(Mailuo({"annotate", "--jsonl", "-"}, {}, input).out);
  CHECK_FALSE(plain.HasMember("refused"));
  const auto object = Json(Mailuo({"annotate", "--jsonl", "-", "--explain"}, {}, input).out);
  REQUIRE(object.HasMember("refused"));
  const auto why = [&object](const std::string& trigger) {
    std::string reasons;  // A word may be a trigger of several types.
    for (const auto& refused : object["refused"].GetArray()) {
      if (Text(refused["trigger"]["text"]) != trigger || Text(refused["what"]) != "event") continue;
      reasons += Text(refused["rule"]) + " " + Text(refused["reason"]) + " " + Text(refused["detail"]) + "\n";
    }
    return reasons.empty() ? "not refused" : reasons;
  };
  CHECK(why("上市").find("IPO_LISTING/2 inside-word 上市公司\n") != std::string::npos);
  CHECK(why("增持") == "STAKE_INCREASE/1 forbidden near:给予\n");
  CHECK(why("合同纠纷").find("LAWSUIT/4 merged LAWSUIT/1 at ") == 0);
  CHECK(why("起诉") == "not refused");
}

TEST_CASE("A bad input line has an error on its output line and the run goes on", "[cli][annotate]") {
  const std::string input = "{\"id\":\"x\",\"title\":\"no text\"}\nnot json\n" + std::string(kLine);
  const auto result = Mailuo({"annotate", "--jsonl", "-"}, {}, input);
  CHECK(result.exit_code == 1);
  CHECK(std::count(result.out.begin(), result.out.end(), '\n') == 3);
  const auto first = Json(result.out.substr(0, result.out.find('\n')));
  CHECK(Text(first["id"]) == "x");
  CHECK(first.HasMember("error"));
  CHECK(result.err.find("line 1") != std::string::npos);
  CHECK(result.err.find("line 2") != std::string::npos);
  CHECK(result.out.find("宁德时代") != std::string::npos);
}

TEST_CASE("annotate reads files and filters", "[cli][annotate]") {
  const TempDir dir;
  const std::string file = dir.Write("a.txt", "腾讯控股（00700.HK）2025年8月14日公告，回购股份86万股。\n");
  const auto all = Mailuo({"annotate", file});
  CHECK(all.exit_code == 0);
  CHECK(HasMention(Json(all.out), "腾讯控股", "company"));
  const auto object = Json(Mailuo({"annotate", file, "--type", "ticker"}).out);
  CHECK_FALSE(HasMention(object, "腾讯控股", "company"));
  CHECK(HasMention(object, "00700.HK", "ticker"));
  const auto pretty = Mailuo({"annotate", file, "--pretty"});
  CHECK(std::count(pretty.out.begin(), pretty.out.end(), '\n') > 10);
  CHECK(Mailuo({"annotate", file, "--type", "firm"}).exit_code == 2);
  CHECK(Mailuo({"annotate", dir / "missing.txt"}).exit_code == 1);
}

TEST_CASE("The same input always gives the same bytes", "[cli][annotate]") {
  CHECK(Mailuo({"annotate", "--jsonl", "-"}, {}, kLine).out == Mailuo({"annotate", "--jsonl", "-"}, {}, kLine).out);
}

TEST_CASE("A user's lexicon adds names without rebuilding", "[cli][annotate]") {
  const TempDir dir;
  const std::string tsv = dir.Write("my.tsv", "name\ttype\taliases\n蓝鲸测试集团\tcompany\t蓝鲸测试\n");
  const std::string input = "{\"text\":\"蓝鲸测试发布公告。\"}\n";
  const auto result = Mailuo({"annotate", "--jsonl", "-", "--lexicon", tsv}, {}, input);
  CHECK(result.exit_code == 0);
  CHECK(result.out.find("\"name\":\"蓝鲸测试集团\"") != std::string::npos);
  const std::string bad = dir.Write("bad.tsv", "name\ttype\nX\tstarship\n");
  const auto refused = Mailuo({"annotate", "--jsonl", "-", "--lexicon", bad}, {}, input);
  CHECK(refused.exit_code == 2);
  CHECK(refused.err.find("bad.tsv:2") != std::string::npos);
}

TEST_CASE("A model trained on labelled text is used, and bad ones are refused by name", "[cli][train]") {
  const TempDir dir;
  std::string lines;
  for (const char* name : {"云岭", "海辰", "蓝川", "星野", "北屿", "沧澜"}) {
    lines += std::string("{\"text\":\"记者从") + name + "那里获悉此事。\",\"spans\":[[3,5,\"firm\"]]}\n";
  }
  const std::string data = dir.Write("data.jsonl", lines);
  const auto train = [&](const std::string& out) {
    return Mailuo({"train", "--out", dir / out, "--label", "firm=company", "--log-rows", "12", data});
  };
  CHECK(train("a.model").exit_code == 0);
  CHECK(train("b.model").exit_code == 0);
  const std::string input = "{\"text\":\"记者从竹溪那里获悉此事。\"}\n";
  const auto found = Mailuo({"annotate", "--jsonl", "-", "--model", dir / "a.model"}, {}, input);
  CHECK(found.exit_code == 0);
  CHECK(HasMention(Json(found.out), "竹溪", "company"));
  CHECK(Mailuo({"annotate", "--jsonl", "-", "--model", dir / "b.model"}, {}, input).out == found.out);
  const auto bytes_of = [&](const char* name) {
    std::ifstream file(dir / name, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  };
  CHECK(bytes_of("a.model") == bytes_of("b.model"));
  for (const char* bytes : {"", "no model"}) {
    const auto refused = Mailuo({"annotate", "--jsonl", "-", "--model", dir.Write("bad.model", bytes)}, {}, input);
    CHECK(refused.exit_code == 2);
    CHECK(refused.err.find("bad.model") != std::string::npos);
  }
}

}  // namespace
}  // namespace mailuo::testing
