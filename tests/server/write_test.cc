#include <catch2/catch.hpp>

#include "server/http_fixture.h"

namespace mailuo::server {
namespace {

using mailuo::testing::NoArticles;
using mailuo::testing::ParseJson;
using mailuo::testing::TestServer;

const char* const kArticle =
    R"({"id":"a1","title":"宁德时代发布三季报","published":"2025-10-20","text":"10月20日，宁德时代（300750.SZ）披露三季报，营收490.34亿元。"})";

TEST_CASE("A posted article is stored, and known the second time", "[server][write]") {
  const TestServer server(NoArticles());
  auto client = server.Client();
  const auto created = client.Post("/v1/articles", kArticle, "application/json; charset=utf-8");
  REQUIRE(created);
  CAPTURE(created->body);
  CHECK(created->status == 201);
  const auto json = ParseJson(created->body);
  CHECK(json["data"]["status"].GetString() == std::string("created"));
  CHECK(json["data"]["id"].GetString() == std::string("a1"));
  const std::string id = json["data"]["article"].GetString();
  const auto known = client.Post("/v1/articles", kArticle, "application/json");
  CHECK(known->status == 200);
  CHECK(ParseJson(known->body)["data"]["status"].GetString() == std::string("known"));
  const auto article = client.Get("/v1/articles/" + id + "?with=mentions");
  REQUIRE(article);
  const auto stored = ParseJson(article->body);
  CHECK(std::string(stored["data"]["text"].GetString()).find("490.34亿元") != std::string::npos);
  CHECK(stored["data"]["annotation"].HasMember("mentions"));
  CHECK_FALSE(stored["data"]["annotation"].HasMember("events"));
  const auto entity = client.Get("/v1/entities/300750.SZ");
  REQUIRE(entity);
  CHECK(ParseJson(entity->body)["data"]["counts"]["articles"].GetInt() == 1);

  const auto deleted = client.Delete("/v1/articles/" + id);
  REQUIRE(deleted);
  CHECK(deleted->status == 200);
  CHECK(client.Delete("/v1/articles/" + id)->status == 404);
  CHECK(client.Get("/v1/articles/" + id)->status == 404);
}

TEST_CASE("Many articles have a result each", "[server][write]") {
  const TestServer server(NoArticles());
  auto client = server.Client();
  const std::string lines = std::string(kArticle) + "\n{\"id\":\"a2\",\"outlet\":\"无文\"}\n" + kArticle + "\n";
  const auto posted = client.Post("/v1/articles", lines, "application/x-ndjson");
  REQUIRE(posted);
  CAPTURE(posted->body);
  CHECK(posted->status == 201);
  const auto json = ParseJson(posted->body);
  REQUIRE(json["data"].Size() == 3);
  CHECK(json["data"][0]["status"].GetString() == std::string("created"));
  CHECK(json["data"][1]["status"].GetString() == std::string("error"));
  CHECK(json["data"][1]["id"].GetString() == std::string("a2"));
  CHECK(json["data"][2]["status"].GetString() == std::string("known"));
  CHECK(json["counts"]["created"].GetInt() == 1);
  CHECK(json["counts"]["known"].GetInt() == 1);
  CHECK(json["counts"]["error"].GetInt() == 1);
  const auto array = client.Post("/v1/articles", "[" + std::string(kArticle) + "]", "application/json");
  REQUIRE(array);
  CHECK(array->status == 200);
  CHECK(ParseJson(array->body)["data"].IsArray());
}

TEST_CASE("A plain text takes its metadata from the parameters", "[server][write]") {
  const TestServer server(NoArticles());
  auto client = server.Client();
  const auto posted = client.Post("/v1/articles?title=%E9%A2%98&published=2025-07-04&outlet=X",
                                  "比亚迪收购一家电池公司。", "text/plain");
  REQUIRE(posted);
  CAPTURE(posted->body);
  REQUIRE(posted->status == 201);
  const std::string id = ParseJson(posted->body)["data"]["article"].GetString();
  const auto stored = ParseJson(client.Get("/v1/articles/" + id)->body);
  CHECK(stored["data"]["title"].GetString() == std::string("题"));
  CHECK(stored["data"]["outlet"].GetString() == std::string("X"));
  CHECK(stored["data"]["published"].GetString() == std::string("2025-07-04"));
}

TEST_CASE("An article is replaced by another as one change", "[server][write]") {
  const TestServer server(NoArticles());
  auto client = server.Client();
  const auto posted = client.Post("/v1/articles", kArticle, "application/json");
  const std::string id = ParseJson(posted->body)["data"]["article"].GetString();
  const auto put =
      client.Put("/v1/articles/" + id, R"({"title":"更正","published":"2025-10-21","text":"宁德时代更正三季报。"})",
                 "application/json");
  REQUIRE(put);
  CAPTURE(put->body);
  CHECK(put->status == 200);
  const std::string new_id = ParseJson(put->body)["data"]["article"].GetString();
  CHECK(new_id != id);
  CHECK(client.Get("/v1/articles/" + id)->status == 404);
  CHECK(client.Get("/v1/articles/" + new_id)->status == 200);
  CHECK(client.Put("/v1/articles/nonsense", kArticle, "application/json")->status == 404);
  CHECK(client.Put("/v1/articles/" + new_id, std::string("[") + kArticle + "," + kArticle + "]", "application/json")
            ->status == 400);
}

TEST_CASE("Annotating stores nothing", "[server][write]") {
  const TestServer server(NoArticles());
  auto client = server.Client();
  const auto got = client.Post("/v1/annotate?type=company", kArticle, "application/json");
  REQUIRE(got);
  CAPTURE(got->body);
  REQUIRE(got->status == 200);
  const auto json = ParseJson(got->body);
  CHECK(json["id"].GetString() == std::string("a1"));
  CHECK(json["published"].GetString() == std::string("2025-10-20"));
  REQUIRE(json["mentions"].Size() >= 1);
  CHECK(json["mentions"][0]["name"].GetString() == std::string("宁德时代"));
  CHECK(ParseJson(client.Get("/v1/stats")->body)["data"]["articles"].GetInt() == 0);
  CHECK(client.Post("/v1/annotate?type=nothing", kArticle, "application/json")->status == 400);
}

TEST_CASE("Bodies that cannot be read", "[server][write]") {
  ServerOptions options;
  options.limits.max_body_bytes = 100000;
  const TestServer server(NoArticles(), options);
  auto client = server.Client();
  struct Case {
    std::string body;
    std::string type;
    int status;
  };
  const auto c = GENERATE(values<Case>({
      {"{", "application/json", 400},
      {"", "application/json", 400},
      {"[]", "application/json", 400},
      {R"({"outlet":"无文"})", "application/json", 400},
      {"{\"text\":\"\xff\"}", "application/json", 400},
      {std::string(50000, '['), "application/json", 400},
      {"\xff\xfe\xfd", "text/plain", 400},
      {"text=1", "application/x-www-form-urlencoded", 415},
      {"<a/>", "application/xml", 415},
      {std::string(200000, 'a'), "text/plain", 413},
  }));
  CAPTURE(c.type, c.body.substr(0, 40));
  const auto got = client.Post("/v1/articles", c.body, c.type.c_str());
  REQUIRE(got);
  CAPTURE(got->body);
  CHECK(got->status == c.status);
  CHECK(got->get_header_value("Content-Type") == "application/problem+json");
  CHECK(ParseJson(got->body)["status"].GetInt() == c.status);
  CHECK(client.Get("/healthz")->status == 200);
}

TEST_CASE("A body in chunks is limited too", "[server][write]") {
  ServerOptions options;
  options.limits.max_body_bytes = 100000;
  const TestServer server(NoArticles(), options);
  auto client = server.Client();
  int sent = 0;
  const auto got = client.Post(
      "/v1/articles",
      [&](std::size_t /*offset*/, httplib::DataSink& sink) {
        const std::string chunk(10000, 'a');
        if (++sent > 50) {
          sink.done();
          return true;
        }
        return sink.write(chunk.data(), chunk.size());
      },
      "text/plain");
  if (got) CHECK(got->status == 413);
  CHECK(server.Client().Get("/healthz")->status == 200);
}

TEST_CASE("Pages of other sites may not write", "[server][write]") {
  const TestServer server(NoArticles());
  auto client = server.Client();
  CHECK(client.Post("/v1/articles", {{"Origin", "http://evil.example"}}, kArticle, "application/json")->status == 403);
  const std::string own = "http://127.0.0.1:" + std::to_string(const_cast<TestServer&>(server).server().port());
  CHECK(client.Post("/v1/articles", {{"Origin", own}}, kArticle, "application/json")->status == 201);
}

TEST_CASE("A server that only reads says so", "[server][write]") {
  const TestServer server(mailuo::testing::ChipNews(), {}, false);
  auto client = server.Client();
  CHECK(client.Post("/v1/articles", kArticle, "application/json")->status == 403);
  CHECK(client.Delete("/v1/articles/ar_00000000000000000000000000000001")->status == 403);
  CHECK(client.Get("/v1/stats")->status == 200);
}

TEST_CASE("More writes at once than are allowed are told to come back", "[server][write]") {
  ServerOptions options;
  options.limits.max_writers = 0;
  const TestServer server(NoArticles(), options);
  const auto got = server.Client().Post("/v1/articles", kArticle, "application/json");
  REQUIRE(got);
  CHECK(got->status == 429);
  CHECK(got->get_header_value("Retry-After") == "1");
}

}  // namespace
}  // namespace mailuo::server
