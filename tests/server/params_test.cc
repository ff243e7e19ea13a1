#include "server/params.h"

#include <array>
#include <fstream>
#include <iterator>
#include <set>

#include <catch2/catch.hpp>

#include "core/date.h"
#include "server/query_string.h"
#include "server/routes.h"

namespace mailuo::server {
namespace {

TEST_CASE("A target is taken apart and decoded", "[server][params]") {
  const auto target = ParseTarget("/v1//entities/%E9%98%BF%2F%E9%87%8C?q=a+b&&x&y=1%2B1&q=2#frag");
  REQUIRE(target);
  CHECK(target->segments == std::vector<std::string>{"v1", "entities", "阿/里"});
  CHECK(target->parameters == Params::Given{{"q", "a b"}, {"x", ""}, {"y", "1+1"}, {"q", "2"}});
  CHECK(ParseTarget("/")->segments.empty());
  CHECK(ParseTarget("")->segments.empty());
}

TEST_CASE("Hostile targets are refused", "[server][params]") {
  for (const std::string& target :
       {std::string("/%"), std::string("/%2"), std::string("/%GG"), std::string("/a?b=%C0%80"), std::string("/a?%0a=1"),
        std::string("/a?b=%7F"), "/" + std::string(9000, 'a'), std::string("/a?b=\xED\xA0\x80"), "/a?" + [] {
          std::string many;
          for (int i = 0; i < 100; ++i) many += "a=1&";
          return many;
        }()}) {
    CAPTURE(target.substr(0, 40));
    CHECK_FALSE(ParseTarget(target));
  }
}

TEST_CASE("The nearest parameter is named, a far one is not", "[server][params]") {
  constexpr std::array<Parameter, 4> kDeclared{{{"entity"}, {"limit"}, {"min_confidence"}, {"to"}}};
  CHECK(NearestName("limti", kDeclared) == "limit");
  CHECK(NearestName("entiy", kDeclared) == "entity");
  CHECK(NearestName("entities", kDeclared) == "entity");
  CHECK(NearestName("min", kDeclared) == "min_confidence");
  CHECK(NearestName("confidence", kDeclared) == "min_confidence");
  CHECK(NearestName("zzzzzz", kDeclared).empty());
  CHECK(NearestName(std::string(1000, 'l'), kDeclared).empty());
}

TEST_CASE("Parameters of every route are well declared", "[server][params]") {
  for (const Route& route : Routes()) {
    CAPTURE(route.path);
    CHECK(route.handler != nullptr);
    CHECK_FALSE(route.doc.empty());
    for (std::size_t i = 0; i < route.parameters.size(); ++i) {
      CAPTURE(route.parameters[i].name);
      CHECK_FALSE(route.parameters[i].doc.empty());
      for (std::size_t j = 0; j < i; ++j) CHECK(route.parameters[i].name != route.parameters[j].name);
    }
  }
}

// "GET /v1/day" of the tables.
std::set<std::string> DocumentedRoutes() {
  std::ifstream file(std::string(MAILUO_SOURCE_DIR) + "/docs/HTTP_API.md");
  std::set<std::string> routes;
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("| `", 0) != 0) continue;
    const std::string first = line.substr(3, line.find('`', 3) - 3);
    if (first.find(" /") != std::string::npos) routes.insert(first);
  }
  return routes;
}

TEST_CASE("The documentation lists exactly the routes", "[server][docs]") {
  std::set<std::string> routes;
  for (const Route& route : Routes()) routes.insert(std::string(Word(route.method)) + " " + std::string(route.path));
  CHECK(DocumentedRoutes() == routes);
}

TEST_CASE("The documentation names every parameter of a question", "[server][docs]") {
  std::ifstream file(std::string(MAILUO_SOURCE_DIR) + "/docs/HTTP_API.md");
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  for (const Route& route : Routes()) {
    for (const Parameter& parameter : route.parameters) {
      CAPTURE(route.path, parameter.name);
      CHECK(text.find("`" + std::string(parameter.name) + "`") != std::string::npos);
    }
  }
}

}  // namespace
}  // namespace mailuo::server
