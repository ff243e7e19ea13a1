#include <catch2/catch.hpp>

#include "server/http_fixture.h"

namespace mailuo::server {
namespace {

using mailuo::testing::ChipNews;
using mailuo::testing::ParseJson;
using mailuo::testing::TestServer;

// Percent-encoded names.
const std::string kNvidia = "%E8%8B%B1%E4%BC%9F%E8%BE%BE";  // 英伟达
const std::string kHuawei = "%E5%8D%8E%E4%B8%BA";           // 华为

TEST_CASE("Entities are merged and separated over HTTP", "[server][operations]") {
  const TestServer server;
  auto client = server.Client();
  const auto before = client.Get("/v1/timeline?entity=Arm");
  REQUIRE(before->status == 200);
  const auto merged = client.Post("/v1/entities/" + kNvidia + "/merge?with=Arm&reason=test");
  REQUIRE(merged);
  CAPTURE(merged->body);
  REQUIRE(merged->status == 201);
  const auto json = ParseJson(merged->body);
  CHECK(json["data"]["number"].GetInt() == 1);
  CHECK(json["data"]["kind"].GetString() == std::string("merge"));
  CHECK(json["data"]["day"].GetString() == std::string("2025-12-15"));
  CHECK(json["data"]["reason"].GetString() == std::string("test"));
  CHECK(json["data"]["undone_by"].IsNull());
  REQUIRE(json["meta"]["entities"].Size() == 1);
  CHECK(json["meta"]["entities"][0]["name"].GetString() == std::string("英伟达"));

  const auto arm = ParseJson(client.Get("/v1/entities/Arm")->body);
  CHECK(arm["data"]["name"].GetString() == std::string("英伟达"));
  CHECK(arm["data"]["merged"][0]["name"].GetString() == std::string("Arm"));
  const auto paths = client.Get("/v1/paths?from=Arm&to=" + kNvidia);
  CHECK(paths->status == 400);
  // An answer of before is no answer of now.
  const auto stale = client.Get("/v1/timeline?entity=Arm", {{"If-None-Match", before->get_header_value("ETag")}});
  CHECK(stale->status == 200);

  const auto list = ParseJson(client.Get("/v1/operations")->body);
  CHECK(list["page"]["total"].GetInt() == 1);
  CHECK(client.Get("/v1/operations?format=csv")->body.find("1,merge,2025-12-15,") != std::string::npos);

  const auto undone = client.Post("/v1/operations/1/undo");
  REQUIRE(undone->status == 201);
  CHECK(ParseJson(undone->body)["data"]["undoes"].GetInt() == 1);
  const auto after = client.Get("/v1/timeline?entity=Arm");
  CHECK(after->body.substr(0, after->body.find("\"meta\"")) == before->body.substr(0, before->body.find("\"meta\"")));
}

TEST_CASE("An alias is split off over HTTP", "[server][operations]") {
  const TestServer server;
  auto client = server.Client();
  // 辉达 of 2025-07-05.
  const auto split = client.Post("/v1/entities/" + kNvidia + "/split?alias=%E8%BE%89%E8%BE%BE&as=%E8%BE%89%E8%BE%BE");
  REQUIRE(split);
  CAPTURE(split->body);
  REQUIRE(split->status == 201);
  const auto json = ParseJson(split->body);
  CHECK(json["meta"]["entities"].Size() == 2);
  const auto huida = ParseJson(client.Get("/v1/entities/%E8%BE%89%E8%BE%BE")->body);
  CHECK(huida["data"]["name"].GetString() == std::string("辉达"));
  CHECK(huida["data"]["counts"]["articles"].GetInt() == 1);
  const auto nvidia = ParseJson(client.Get("/v1/entities/" + kNvidia)->body);
  for (const auto& name : nvidia["data"]["names"].GetArray()) {
    CHECK(name["name"].GetString() != std::string("辉达"));
  }
}

TEST_CASE("Operations are refused like everything else", "[server][operations]") {
  const TestServer server;
  auto client = server.Client();
  struct Case {
    std::string target;
    int status;
    std::string type;
  };
  const std::vector<Case> cases{
      {"/v1/entities/nobody-at-all/merge?with=Arm", 404, "unknown_entity"},
      {"/v1/entities/Arm/merge", 400, "bad_parameter"},
      {"/v1/entities/Arm/merge?with=Arm", 400, "bad_parameter"},
      {"/v1/entities/Arm/merge?width=Arm", 400, "unknown_parameter"},
      {"/v1/entities/Arm/split", 400, "bad_parameter"},
      {"/v1/entities/Arm/split?alias=Arm&type=planet&as=X", 400, "bad_parameter"},
      {"/v1/operations/1/undo", 404, "not_found"},
      {"/v1/operations/one/undo", 404, "not_found"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.target);
    const auto reply = client.Post(each.target);
    REQUIRE(reply);
    CAPTURE(reply->body);
    CHECK(reply->status == each.status);
    CHECK(ParseJson(reply->body)["type"].GetString() == "/errors/" + each.type);
  }
  REQUIRE(client.Post("/v1/entities/" + kNvidia + "/merge?with=Arm")->status == 201);
  REQUIRE(client.Post("/v1/entities/" + kHuawei + "/merge?with=" + kNvidia)->status == 201);
  const auto conflict = client.Post("/v1/operations/1/undo");
  CHECK(conflict->status == 409);
  CHECK(ParseJson(conflict->body)["type"].GetString() == std::string("/errors/conflict"));
  CHECK(ParseJson(conflict->body)["detail"].GetString() ==
        std::string("operation 2 builds on operation 1: undo it first"));
  CHECK(client.Get("/v1/entities/Arm/merge")->status == 405);
}

TEST_CASE("A server that only reads operates on nothing", "[server][operations]") {
  const TestServer server(ChipNews(), {}, false);
  auto client = server.Client();
  CHECK(client.Post("/v1/entities/Arm/merge?with=" + kNvidia)->status == 403);
  CHECK(client.Get("/v1/operations")->status == 200);
}

}  // namespace
}  // namespace mailuo::server
