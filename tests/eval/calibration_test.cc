#include "eval/calibration.h"

#include <sstream>

#include <catch2/catch.hpp>

#include "eval/calibration_command.h"
#include "eval/relation_lines.h"

namespace mailuo::eval {
namespace {

JudgedFacts Facts(double confidence, int right, int wrong) {
  JudgedFacts judged;
  for (int i = 0; i < right + wrong; ++i) judged.facts.push_back({confidence, i < right, "ACQUIRES/1"});
  return judged;
}

TEST_CASE("A decile tells how far its confidence is from its precision", "[eval][calibration]") {
  const auto deciles = Deciles(Facts(0.8, 60, 20).facts);
  REQUIRE(deciles.size() == 10);
  CHECK(deciles[8].n == 80);
  CHECK(deciles[8].confidence == Approx(0.8));
  CHECK(deciles[8].precision == Approx(0.75));
  CHECK(deciles[8].Error() == Approx(0.05));
  CHECK(deciles[7].n == 0);
  CHECK(Deciles(Facts(1.0, 3, 0).facts)[9].n == 3);
  CHECK(Deciles({{static_cast<double>(0.7F), true, ""}})[7].n == 1);
}

TEST_CASE("Only a decile with enough facts can be wrong", "[eval][calibration]") {
  CHECK(WorstError(Facts(0.8, 10, 30).facts) == 0);
  CHECK(WorstError(Facts(0.8, 30, 30).facts) == Approx(0.3));
  JudgedFacts bad = Facts(0.8, 30, 30);
  bad.gold = 100;
  const std::string table = FormatCalibration("relations", bad);
  CHECK(table.find("above 0.05") != std::string::npos);
  CHECK(table.find("0.8                  60       0.500     0.300") != std::string::npos);
  CHECK(FormatCalibration("relations", Facts(0.8, 48, 12)).find("above") == std::string::npos);
}

TEST_CASE("Labelled relations are judged by what extraction says of the pair", "[eval][calibration]") {
  std::istringstream lines(
      "华灯科技与雨林股份签署战略合作协议。\t华灯科技\t雨林股份\tPARTNERS_WITH=\n"
      "华灯科技与云杉集团签署战略合作协议。\t华灯科技\t云杉集团\t-\n");
  const auto judged = JudgeRelationLines(lines);
  REQUIRE(judged.has_value());
  CHECK(judged->gold == 1);
  REQUIRE(judged->facts.size() >= 2);
  int right = 0;
  for (const JudgedFact& fact : judged->facts) right += fact.right ? 1 : 0;
  CHECK(right == 1);
}

TEST_CASE("Wrong labelled lines and arguments are named", "[eval][calibration]") {
  std::istringstream lines("甲与乙。\t甲\t乙\tBUYS>\n");
  const auto judged = JudgeRelationLines(lines);
  REQUIRE_FALSE(judged.has_value());
  CHECK(judged.error().message == "line 1: expected text, head, tail and class, separated by tabs");
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{}, {"relations"}, {"gold", "a"}, {"dates", "a"}}) {
    CHECK_FALSE(RunCalibration(arguments).has_value());
  }
  CHECK(RunCalibration({"relations", "no/such/file"}).error().code == ErrorCode::kIo);
}

TEST_CASE("The direction of a label turns with the order of the names", "[eval][calibration]") {
  std::istringstream lines("华灯科技被雨林股份收购。\t华灯科技\t雨林股份\tACQUIRES<\n");
  const auto texts = ReadRelationTexts(lines);
  REQUIRE(texts.has_value());
  const auto documents = JudgeRelationTexts(*texts);
  REQUIRE(documents.size() == 1);
  REQUIRE(documents[0].pairs.size() == 1);
  CHECK(documents[0].pairs[0].gold.contains("ACQUIRES<"));
  CHECK(LabelledDocument::ClassesOf(documents[0].by_rules, documents[0].pairs[0]).contains("ACQUIRES<"));
}

}  // namespace
}  // namespace mailuo::eval
