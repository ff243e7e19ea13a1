#include "server/json_writer.h"

#include <catch2/catch.hpp>

#include "server/csv_writer.h"

namespace mailuo::server {
namespace {

query::EntitiesResult OneEntity() {
  query::EntitiesResult result;
  result.snapshot.sequence = 7;
  query::EntityMatch match;
  match.entity = {EntityId{0x1234}, MentionType::kCompany, "英\"伟达"};
  match.tickers = {"NVDA.US"};
  match.why = query::MatchReason::kPinyin;
  match.matched = "yingweida";
  match.articles = 2;
  match.first_seen = MakeDate(2025, 7, 4);
  result.items = {match};
  result.page = {20, "", 1, true};
  return result;
}

TEST_CASE("A list prints data, page and meta", "[server][json]") {
  CHECK(ToJson(OneEntity(), {812}) ==
        R"({"data":[{"entity":"co_0000000000001234","type":"company","name":"英\"伟达","tickers":["NVDA.US"],)"
        R"("why":"pinyin","matched":"yingweida","articles":2,"events":0,"first_seen":"2025-07-04","last_seen":null}],)"
        R"("page":{"limit":20,"next_cursor":null,"total":1,"total_exact":true},)"
        R"("meta":{"snapshot":7,"as_of":null,"tz":"Asia/Shanghai","took_us":812}})");
}

TEST_CASE("CSV quotes what needs it and disarms formulas", "[server][csv]") {
  query::EntitiesResult result = OneEntity();
  result.items[0].matched = "=1+1";
  CHECK(ToCsv(result) ==
        "entity,type,name,tickers,why,matched,articles,events,first_seen,last_seen\n"
        "co_0000000000001234,company,\"英\"\"伟达\",NVDA.US,pinyin,\"'=1+1\",2,0,2025-07-04,\n");
}

TEST_CASE("A problem prints its candidates under the name of its kind", "[server][json]") {
  query::Problem problem;
  problem.kind = query::ProblemKind::kUnknownEntity;
  problem.detail = "no entity";
  problem.parameter = "entity";
  problem.candidates = OneEntity().items;
  const std::string json = ProblemJson(problem, "unknown_entity", "Unknown entity", 404);
  CHECK(json.find(R"({"type":"/errors/unknown_entity","title":"Unknown entity","status":404,"detail":"no entity",)"
                  R"("param":"entity","did_you_mean":[{"entity":"co_)") == 0);
}

TEST_CASE("The schema lists every type", "[server][json]") {
  const std::string json = SchemaJson({});
  for (const EventTypeInfo& info : EventTypes()) CHECK(json.find(std::string(info.code)) != std::string::npos);
  CHECK(json.find(R"({"type":"CO_OCCURS","type_name":"同现","symmetric":true,"state":true,"statistical":true})") !=
        std::string::npos);
  CHECK(json.find(R"({"rule":"EXECUTIVE_OF/1","precision":0.)") != std::string::npos);
  CHECK(json.find(R"("model_alone":[{"score":0.)") != std::string::npos);
}

}  // namespace
}  // namespace mailuo::server
