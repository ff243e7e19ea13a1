#include <algorithm>
#include <atomic>
#include <set>

#include <zlib.h>
#include <catch2/catch.hpp>

#include "server/http_fixture.h"
#include "server/routes.h"

namespace mailuo::server {
namespace {

using mailuo::testing::ChipNews;
using mailuo::testing::ParseJson;
using mailuo::testing::TestServer;

struct Got {
  int status = 0;
  std::string body;
  httplib::Headers headers;
  std::string Header(const std::string& name) const {
    const auto it = headers.find(name);
    return it == headers.end() ? std::string() : it->second;
  }
};

Got Get(const TestServer& server, const std::string& target, const httplib::Headers& headers = {}) {
  auto client = server.Client();
  client.set_decompress(false);
  const auto response = client.Get(target, headers);
  if (!response) FAIL("no answer to " << target << ": " << httplib::to_string(response.error()));
  return {response->status, response->body, response->headers};
}

constexpr const char* kNvidia = "%E8%8B%B1%E4%BC%9F%E8%BE%BE";  // 英伟达

TEST_CASE("Every reading route answers", "[server][http]") {
  const TestServer server;
  const auto timeline = ParseJson(Get(server, "/v1/timeline?entity=NVDA").body);
  const std::string event = timeline["data"][0]["event"].GetString();
  const std::string article = timeline["data"][0]["evidence"][0]["article"].GetString();
  const std::string story = ParseJson(Get(server, "/v1/stories?limit=1").body)["data"][0]["story"].GetString();
  const std::string entity = timeline["meta"]["entities"][0]["entity"].GetString();
  for (const std::string& target : {"/v1/entities?q=" + std::string(kNvidia),
                                    std::string("/v1/entities"),
                                    "/v1/entities/" + entity,
                                    "/v1/entities/" + std::string(kNvidia),
                                    std::string("/v1/timeline?entity=NVDA&bucket=month"),
                                    std::string("/v1/events?type=ACQUISITION,EXEC_CHANGE&limit=1"),
                                    "/v1/events/" + event,
                                    std::string("/v1/day?date=2025-09-12"),
                                    std::string("/v1/relations?entity=NVDA&type=CO_OCCURS"),
                                    std::string("/v1/paths?from=NVDA&to=688981.SH"),
                                    std::string("/v1/subgraph?entity=nvidia&depth=2"),
                                    std::string("/v1/cooccurrence?entity=yingweida&measure=npmi&min_support=1"),
                                    std::string("/v1/articles?from=2025"),
                                    "/v1/articles/" + article,
                                    std::string("/v1/stories"),
                                    std::string("/v1/stories?entity=NVDA&from=2025-07&to=2025-12"),
                                    "/v1/stories/" + story,
                                    std::string("/v1/schema"),
                                    std::string("/v1/stats"),
                                    std::string("/v1/version"),
                                    std::string("/healthz"),
                                    std::string("/readyz"),
                                    std::string("/openapi.json")}) {
    CAPTURE(target);
    const Got got = Get(server, target);
    CHECK(got.status == 200);
    CHECK(got.Header("Content-Type") == "application/json");
    CHECK(got.Header("X-Content-Type-Options") == "nosniff");
    const auto json = ParseJson(got.body);
    CHECK(json.IsObject());
    if (json.HasMember("page")) CHECK(json["page"]["total_exact"].IsBool());
  }
  const Got page = Get(server, "/");
  CHECK(page.status == 200);
  CHECK(page.Header("Content-Type") == "text/html; charset=utf-8");
  CHECK(page.body.find("app.js*/") == std::string::npos);
  CHECK(page.body.find("http://") == std::string::npos);
  CHECK_FALSE(page.Header("Content-Security-Policy").empty());
  const Got metrics = Get(server, "/metrics");
  CHECK(metrics.body.find("mailuo_http_requests_total{route=\"GET /v1/timeline\",status=\"2xx\"} 2") !=
        std::string::npos);
}

TEST_CASE("A timeline over HTTP has the shape of the contract", "[server][http]") {
  const TestServer server;
  const auto json = ParseJson(Get(server, "/v1/timeline?entity=" + std::string(kNvidia) + "&limit=2").body);
  const auto& item = json["data"][0];
  std::vector<std::string> keys;
  for (const auto& member : item.GetObject()) keys.emplace_back(member.name.GetString());
  CHECK(keys == std::vector<std::string>{"event", "type", "type_name", "status", "polarity", "time", "participants",
                                         "values", "summary", "confidence", "reports", "copies", "first_published",
                                         "evidence", "trigger", "rule"});
  CHECK(item["evidence"][0]["quote"].GetString() == std::string("昨日，辉达宣布收购Arm。"));
  CHECK(json["page"]["limit"].GetInt() == 2);
  CHECK(json["page"]["total"].GetInt() == 4);
  CHECK(json["meta"]["tz"].GetString() == std::string("Asia/Shanghai"));
  CHECK(json["meta"]["as_of"].IsNull());
  CHECK(json["meta"]["snapshot"].GetUint64() > 0);
  const std::string cursor = json["page"]["next_cursor"].GetString();
  const auto next =
      ParseJson(Get(server, "/v1/timeline?entity=" + std::string(kNvidia) + "&limit=2&cursor=" + cursor).body);
  CHECK(next["data"].Size() == 2);
  CHECK(next["page"]["next_cursor"].IsNull());
}

TEST_CASE("Dates are written as people write them", "[server][http]") {
  const TestServer server;
  const auto count = [&](const std::string& range) {
    const Got got = Get(server, "/v1/timeline?entity=NVDA&" + range);
    CAPTURE(got.body);
    REQUIRE(got.status == 200);
    return ParseJson(got.body)["data"].Size();
  };
  CHECK(count("from=2025") == 4);
  CHECK(count("from=2025-09&to=2025-09") == 1);
  CHECK(count("from=2025-07-04&to=2025-07-04") == 1);
  CHECK(count("from=2025%E5%B9%B47%E6%9C%88&to=2025%E5%B9%B47%E6%9C%88") == 1);  // 2025年7月
  CHECK(count("from=%E5%8E%BB%E5%B9%B4&to=%E5%8E%BB%E5%B9%B4") == 0);            // 去年, seen from 2025-12-15
  CHECK(count("as_of=2025-09") == 2);
}

TEST_CASE("Errors are problem documents that name the parameter", "[server][http]") {
  const TestServer server;
  struct Case {
    std::string target;
    int status;
    std::string type;
    std::string parameter;
    std::string detail;
  };
  const auto c = GENERATE(values<Case>({
      {"/v1/timeline?entity=NVDA&limit=999", 400, "bad_parameter", "limit", "limit must be 1..200, got 999"},
      {"/v1/timeline?entity=NVDA&limit=x", 400, "bad_parameter", "limit", "whole number"},
      {"/v1/timeline?entity=NVDA&limti=5", 400, "unknown_parameter", "limti", "limti"},
      {"/v1/timeline?entity=NVDA&limit=5&limit=6", 400, "bad_parameter", "limit", "once"},
      {"/v1/timeline", 400, "bad_parameter", "entity", "missing"},
      {"/v1/timeline?entity=NVDA&from=2025-02-30", 400, "bad_parameter", "from", "a date"},
      {"/v1/timeline?entity=NVDA&from=2025-03&to=2025-02", 400, "bad_parameter", "from", "after"},
      {"/v1/timeline?entity=NVDA&type=NOTHING", 400, "bad_parameter", "type", "event type"},
      {"/v1/timeline?entity=NVDA&order=up", 400, "bad_parameter", "order", "asc, desc"},
      {"/v1/timeline?entity=NVDA&novel_only=maybe", 400, "bad_parameter", "novel_only", "true or false"},
      {"/v1/timeline?entity=NVDA&min_confidence=nan", 400, "bad_parameter", "min_confidence", "a number"},
      {"/v1/timeline?entity=NVDA&cursor=AAAA", 400, "bad_cursor", "cursor", "damaged"},
      {"/v1/timeline?entity=%zz", 400, "bad_parameter", "", "%"},
      {"/v1/timeline?entity=%FF%FE", 400, "bad_parameter", "", "UTF-8"},
      {"/v1/timeline?entity=a%00b", 400, "bad_parameter", "", "control"},
      {"/v1/timeline?entity=%E8%8B%B1%E4%BC%9F%E6%89%93", 404, "unknown_entity", "entity", ""},
      {"/v1/entities/co_0000000000000001", 404, "unknown_entity", "entity", ""},
      {"/v1/events/ev_xyz", 404, "not_found", "id", ""},
      {"/v1/articles/ar_00000000000000000000000000000001", 404, "not_found", "id", ""},
      {"/v1/paths?from=NVDA&to=NVDA.US", 400, "bad_parameter", "to", "same"},
      {"/v1/paths?from=NVDA&to=688981&max_hops=9", 400, "bad_parameter", "max_hops", "1..4"},
      {"/v1/day?date=2025", 400, "bad_parameter", "date", "one day"},
      {"/v1/nothing", 404, "not_found", "", ""},
      {"/v1/timeline/extra", 404, "not_found", "", ""},
  }));
  CAPTURE(c.target);
  const Got got = Get(server, c.target);
  CHECK(got.status == c.status);
  CHECK(got.Header("Content-Type") == "application/problem+json");
  const auto json = ParseJson(got.body);
  CHECK(json["type"].GetString() == "/errors/" + c.type);
  CHECK(json["status"].GetInt() == c.status);
  CHECK_FALSE(std::string(json["title"].GetString()).empty());
  CHECK(std::string(json["detail"].GetString()).find(c.detail) != std::string::npos);
  CHECK((json.HasMember("param") ? json["param"].GetString() : std::string()) == c.parameter);
}

TEST_CASE("An unknown parameter is answered with the nearest known one", "[server][http]") {
  const TestServer server;
  const auto json = ParseJson(Get(server, "/v1/timeline?entity=NVDA&limti=5").body);
  CHECK(std::string(json["hint"].GetString()) == "did you mean \"limit\"?");
}

TEST_CASE("Unknown and ambiguous names come with candidates", "[server][http]") {
  auto articles = ChipNews();
  articles.push_back(
      mailuo::testing::SampleArticle("2025-07-04").Sentence("[玄铁甲=玄铁甲一]和[玄铁甲=玄铁甲二]。").Build());
  const TestServer server(articles);
  const Got unknown = Get(server, "/v1/timeline?entity=%E8%8B%B1%E4%BC%9F%E6%89%93");
  CHECK(ParseJson(unknown.body)["did_you_mean"][0]["name"].GetString() == std::string("英伟达"));
  const Got ambiguous = Get(server, "/v1/relations?entity=NVDA&with=%E7%8E%84%E9%93%81%E7%94%B2");
  CHECK(ambiguous.status == 409);
  const auto json = ParseJson(ambiguous.body);
  CHECK(json["candidates"].Size() == 2);
  CHECK(json["param"].GetString() == std::string("with"));
}

TEST_CASE("Methods that a path does not take", "[server][http]") {
  const TestServer server;
  auto client = server.Client();
  const auto post = client.Post("/v1/timeline", "{}", "application/json");
  REQUIRE(post);
  CHECK(post->status == 405);
  CHECK(post->get_header_value("Allow") == "GET, HEAD");
  CHECK(client.Patch("/v1/articles", "{}", "application/json")->status == 405);
  CHECK(client.Options("/v1/articles")->status == 405);
  CHECK(client.Delete("/healthz")->status == 405);
  CHECK(client.Post("/nothing", "{}", "application/json")->status == 404);
  const auto head = client.Head("/v1/stats");
  REQUIRE(head);
  CHECK(head->status == 200);
  CHECK(head->body.empty());
}

TEST_CASE("An answer is not sent twice to who has it", "[server][http]") {
  TestServer server;
  const std::string target = "/v1/timeline?entity=NVDA";
  const Got first = Get(server, target);
  const std::string tag = first.Header("ETag");
  REQUIRE_FALSE(tag.empty());
  const Got again = Get(server, target, {{"If-None-Match", "\"other\", " + tag}});
  CHECK(again.status == 304);
  CHECK(again.body.empty());
  CHECK(again.Header("ETag") == tag);
  CHECK(Get(server, target + "&limit=1", {{"If-None-Match", tag}}).status == 200);
  server.graph().Put({mailuo::testing::SampleArticle("2025-12-02", "新").Sentence("[英伟达]。").Build()});
  CHECK(Get(server, target, {{"If-None-Match", tag}}).status == 200);
}

std::string Unzip(const std::string& packed) {
  z_stream stream{};
  REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
  std::string out(1 << 20, '\0');
  std::string in = packed;
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

TEST_CASE("Large answers are packed for who takes gzip", "[server][http]") {
  const TestServer server;
  const Got plain = Get(server, "/v1/schema");
  CHECK(plain.Header("Content-Encoding").empty());
  CHECK(plain.Header("Vary") == "Accept-Encoding");
  const Got packed = Get(server, "/v1/schema", {{"Accept-Encoding", "br, gzip;q=0.5"}});
  CHECK(packed.Header("Content-Encoding") == "gzip");
  CHECK(packed.body.size() < plain.body.size() / 2);
  CHECK(ParseJson(Unzip(packed.body))["data"] == ParseJson(plain.body)["data"]);
  CHECK(Get(server, "/v1/schema", {{"Accept-Encoding", "gzip;q=0"}}).Header("Content-Encoding").empty());
  CHECK(Get(server, "/", {{"Accept-Encoding", "gzip, deflate, br"}}).Header("Content-Encoding") == "gzip");
  CHECK(Get(server, "/healthz", {{"Accept-Encoding", "gzip"}}).Header("Content-Encoding").empty());
}

TEST_CASE("Lists come as NDJSON and CSV too", "[server][http]") {
  const TestServer server;
  const Got lines = Get(server, "/v1/timeline?entity=NVDA&limit=3&format=ndjson");
  CHECK(lines.Header("Content-Type") == "application/x-ndjson");
  CHECK(std::count(lines.body.begin(), lines.body.end(), '\n') == 3);
  CHECK_FALSE(lines.Header("X-Next-Cursor").empty());
  for (const std::string& list :
       std::vector<std::string>{"/v1/timeline?entity=NVDA", "/v1/timeline?entity=NVDA&bucket=day", "/v1/events?limit=5",
                                "/v1/relations?entity=NVDA", "/v1/paths?from=NVDA&to=688981",
                                "/v1/cooccurrence?entity=NVDA", "/v1/articles?limit=5", "/v1/entities?q=NVDA"}) {
    CAPTURE(list);
    const Got csv = Get(server, list + std::string("&format=csv"));
    CHECK(csv.status == 200);
    CHECK(csv.Header("Content-Type") == "text/csv; charset=utf-8");
    CHECK(std::count(csv.body.begin(), csv.body.end(), '\n') >= 2);
  }
  CHECK(Get(server, "/v1/timeline?entity=NVDA&format=xml").status == 400);
}

TEST_CASE("OpenAPI lists exactly the routes and their parameters", "[server][http]") {
  const TestServer server;
  const auto json = ParseJson(Get(server, "/openapi.json").body);
  CHECK(json["openapi"].GetString() == std::string("3.1.0"));
  std::set<std::string> described;
  for (const auto& path : json["paths"].GetObject()) {
    for (const auto& operation : path.value.GetObject()) {
      described.insert(std::string(operation.name.GetString()) + " " + path.name.GetString());
      CHECK(operation.value["responses"].HasMember("default"));
    }
  }
  std::set<std::string> routes;
  std::set<std::string> names;
  for (const Route& route : Routes()) {
    std::string method(Word(route.method));
    std::transform(method.begin(), method.end(), method.begin(), [](char c) { return static_cast<char>(c | 0x20); });
    routes.insert(method + " " + std::string(route.path));
    CHECK(names.insert(std::string(route.name)).second);
    const auto& operation = json["paths"][std::string(route.path).c_str()][method.c_str()];
    const bool id = route.path.find("{id}") != std::string_view::npos;
    CHECK(operation["parameters"].Size() == route.parameters.size() + (id ? 1 : 0));
  }
  CHECK(described == routes);
}

TEST_CASE("Many clients at once get whole answers", "[server][http]") {
  const TestServer server;
  const std::string expected = ParseJson(Get(server, "/v1/timeline?entity=NVDA").body)["data"][0]["event"].GetString();
  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&] {
      auto client = server.Client();
      client.set_keep_alive(true);
      for (int i = 0; i < 25; ++i) {
        const auto got = client.Get(i % 2 == 0 ? "/v1/timeline?entity=NVDA" : "/v1/relations?entity=nvidia");
        if (got && got->status == 200 && got->body.back() == '}' &&
            (i % 2 != 0 || got->body.find(expected) != std::string::npos)) {
          ++good;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(good == 200);
}

TEST_CASE("A connection that finds no place is told to come back", "[server][http]") {
  ServerOptions options;
  options.threads = 1;
  options.max_queued = 1;
  options.keep_alive_seconds = 30;
  const TestServer server(ChipNews(), options);
  // One idle connection holds the only thread, a second one waits in the queue.
  auto first = server.Client();
  first.set_keep_alive(true);
  REQUIRE(first.Get("/healthz"));
  auto second = server.Client();
  second.set_connection_timeout(5);
  std::thread waiting([&] { static_cast<void>(second.Get("/healthz")); });
  int status = 0;
  for (int i = 0; i < 200 && status != 503; ++i) {
    auto third = server.Client();
    third.set_read_timeout(0, 200000);
    const auto refused = third.Get("/healthz");
    if (!refused) continue;
    status = refused->status;
    if (status == 503) CHECK(refused->get_header_value("Retry-After") == "1");
  }
  CHECK(status == 503);
  first.stop();
  waiting.join();
}

TEST_CASE("A server stops while clients are connected", "[server][http]") {
  auto server = std::make_unique<TestServer>();
  auto client = server->Client();
  client.set_keep_alive(true);
  REQUIRE(client.Get("/healthz"));
  server.reset();
  CHECK_FALSE(client.Get("/healthz"));
}

TEST_CASE("An address in use is an error that names it", "[server][http]") {
  const TestServer server;
  ServerOptions options;
  options.port = const_cast<TestServer&>(server).server().port();
  Service service;
  mailuo::testing::Graph graph;
  service.engine = &graph.engine();
  auto second = Server::Create(options, service);
  REQUIRE(second);
  const Status started = (*second)->Start();
  REQUIRE_FALSE(started);
  CHECK(started.error().message.find(std::to_string(options.port)) != std::string::npos);
  options.port = 70000;
  CHECK_FALSE(Server::Create(options, service));
}

}  // namespace
}  // namespace mailuo::server
