// The kind of article that Mailuo is for, end to end. The article itself is not part of this repository: where the
// folder beside it is absent, there is nothing to check.
#include <algorithm>
#include <filesystem>
#include <functional>
#include <string>

#include <catch2/catch.hpp>

#include "cli/support.h"

namespace mailuo::testing {
namespace {

using rapidjson::Value;

std::string SamplePath() {
  const std::filesystem::path folder = std::filesystem::path(MAILUO_SOURCE_DIR) / ".." / "shared" / "sample";
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".txt") return entry.path().string();
  }
  return {};
}

bool Any(const Value& list, const std::function<bool(const Value&)>& holds) {
  return std::any_of(list.Begin(), list.End(), holds);
}

bool HasParticipant(const Value& event, const std::string& name) {
  return Any(event["participants"], [&](const Value& participant) { return Text(participant["name"]) == name; });
}

TEST_CASE("The sample article gives its companies, people, products, policies and events", "[cli][sample]") {
  const std::string path = SamplePath();
  if (path.empty()) {
    WARN("the sample article is not here; nothing checked");
    return;
  }
  const auto run = Mailuo({"annotate", path});
  REQUIRE(run.exit_code == 0);
  const auto object = Json(run.out);
  const Value& mentions = object["mentions"];
  const Value& events = object["events"];
  const Value& relations = object["relations"];

  const auto mentioned = [&](const std::string& name, const std::string& type, const std::string& ticker) {
    return Any(mentions, [&](const Value& mention) {
      if (Text(mention["name"]) != name || Text(mention["type"]) != type) return false;
      return ticker.empty() || Any(mention["tickers"], [&](const Value& t) { return Text(t) == ticker; });
    });
  };
  for (const auto& [name, ticker] : {std::pair{"英伟达", "NVDA.US"},
                                     {"百度", "BIDU.US"},
                                     {"阿里巴巴", "09988.HK"},
                                     {"腾讯", "00700.HK"},
                                     {"海光信息", "688041.SH"},
                                     {"寒武纪", "688256.SH"},
                                     {"中芯国际", "688981.SH"},
                                     {"商汤科技", "00020.HK"}}) {
    CAPTURE(name);
    CHECK(mentioned(name, "company", ticker));
  }
  for (const char* name : {"华为", "摩尔线程", "DeepSeek", "MiniMax", "阶跃星辰"}) {
    CAPTURE(name);
    CHECK(mentioned(name, "company", ""));
  }
  for (const char* name : {"H200", "昇腾", "CUDA", "CANN"}) {
    CAPTURE(name);
    CHECK(mentioned(name, "product", ""));
  }
  CHECK(mentioned("黄仁勋", "person", ""));
  CHECK(mentioned("AI算力券", "policy", ""));
  for (const char* outlet : {"投资者网", "思维财经", "网易新闻", "网易"}) {
    CAPTURE(outlet);
    CHECK_FALSE(mentioned(outlet, "company", ""));
    CHECK_FALSE(Any(events, [&](const Value& event) { return HasParticipant(event, outlet); }));
  }

  const auto related = [&](const char* type, const char* head, const char* tail) {
    return Any(relations, [&](const Value& relation) {
      return Text(relation["type"]) == type && Text(relation["head"]["name"]) == head &&
             Text(relation["tail"]["name"]) == tail;
    });
  };
  CHECK(related("EXECUTIVE_OF", "黄仁勋", "英伟达"));
  CHECK(related("PRODUCES", "英伟达", "H200"));
  CHECK(related("PRODUCES", "英伟达", "CUDA"));
  CHECK(related("PRODUCES", "华为", "昇腾"));
  CHECK(related("PRODUCES", "华为", "CANN"));

  const auto happened = [&](const char* type, const char* who, const char* from) {
    return Any(events, [&](const Value& event) {
      return Text(event["type"]) == type && HasParticipant(event, who) && Text(event["time"]["from"]) == from;
    });
  };
  CHECK(happened("VISIT_MEETING", "黄仁勋", "2026-01-23"));
  CHECK(Any(events, [](const Value& event) {
    return HasParticipant(event, "黄仁勋") && Text(event["time"]["from"]) == "2026-01-24";
  }));
  CHECK(Any(events, [](const Value& event) {
    const std::string type = event["type"].GetString();
    const bool support = type == "POLICY_ISSUED" || type == "SUBSIDY_SUPPORT";
    return support && HasParticipant(event, "上海") && Text(event["time"]["from"]) == "2025-07-01" &&
           Any(event["values"], [](const Value& value) { return Number(value["number"]) == 1e10; });
  }));
  CHECK(Any(events, [](const Value& event) {
    return HasParticipant(event, "英伟达") && Text(event["time"]["from"]) == "2024-01-01" &&
           Number(event["polarity"]) == -1;
  }));
  CHECK(Any(events, [](const Value& event) {
    return Text(event["type"]) == "PLAN_TARGET" && Text(event["status"]) == "planned" &&
           HasParticipant(event, "上海") && Text(event["time"]["to"]) == "2025-12-31";
  }));
}

TEST_CASE("The sample article, ingested, answers questions", "[cli][sample]") {
  const std::string path = SamplePath();
  if (path.empty()) {
    WARN("the sample article is not here; nothing checked");
    return;
  }
  const TempDir dir;
  const std::string db = dir / "db";
  REQUIRE(Mailuo({"ingest", path}, db).exit_code == 0);
  const auto timeline = Mailuo({"timeline", "英伟达"}, db);
  CHECK(timeline.exit_code == 0);
  CHECK(timeline.out.find("NVDA.US") != std::string::npos);
  const auto shanghai = Mailuo({"timeline", "上海"}, db);
  CHECK(shanghai.out.find("2025-07") != std::string::npos);
  CHECK(shanghai.out.find("[planned]") != std::string::npos);
  CHECK(Mailuo({"relations", "黄仁勋"}, db).out.find("英伟达") != std::string::npos);
  CHECK(Mailuo({"verify"}, db).exit_code == 0);
}

}  // namespace
}  // namespace mailuo::testing
