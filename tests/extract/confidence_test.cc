#include "extract/confidence.h"

#include <string>

#include <catch2/catch.hpp>

#include "extract/relation_extractor.h"
#include "extract/rules_compiled.h"

namespace mailuo::extract {
namespace {

std::string Problem(std::string_view text) {
  const auto table = ConfidenceTable::Parse({"c", text});
  return table ? std::string() : table.error().message;
}

TEST_CASE("A table of confidence that is wrong says where", "[extract][confidence]") {
  CHECK(Problem("# nothing\n").empty());
  CHECK(Problem("EARNINGS/1\t-\t.9\t12\tgold\n").empty());
  CHECK(Problem("EARNINGS/1\t-\t.9\t12\n") == "c:1: expected 5 columns, found 4");
  CHECK(Problem("EARNINGS/1\tx\t.9\t12\tgold\n") == "c:1: column score: expected 0..1 or -");
  CHECK(Problem("EARNINGS/1\t-\t1.1\t12\tgold\n") == "c:1: column precision: expected 0..1");
  CHECK(Problem("EARNINGS/1\t-\tnan\t12\tgold\n") == "c:1: column precision: expected 0..1");
  CHECK(Problem("EARNINGS/1\t-\t.9\tmany\tgold\n") == "c:1: column n: expected a number of cases");
  CHECK(Problem("A/1\t-\t.9\t1\tgold\nA/1\t-\t.8\t1\tgold\n") == "c:2: column name: is there already");
  CHECK(Problem("model\t.5\t.4\t1\tx\nmodel\t.5\t.6\t1\tx\n") == "c:2: column score: knots must rise");
  CHECK(Problem("BUYS/model\t.5\t.4\t1\tx\n") == "c:1: column name: unknown relation type");
}

TEST_CASE("A probability of the model becomes the precision that it had", "[extract][confidence]") {
  const auto table = ConfidenceTable::Parse({"c",
                                             "model\t.4\t.2\t100\tx\nmodel\t.8\t.6\t100\tx\n"
                                             "model+rule\t.4\t.7\t100\tx\nSUES/model\t.6\t.3\t10\tx\n"});
  REQUIRE(table.has_value());
  CHECK(table->ModelAlone(RelationType::kAcquires, 0.4F) == Approx(0.2));
  CHECK(table->ModelAlone(RelationType::kAcquires, 0.6F) == Approx(0.4));
  CHECK(table->ModelAlone(RelationType::kAcquires, 1.0F) == Approx(0.6));
  CHECK(table->ModelAlone(RelationType::kAcquires, 0.2F) == Approx(0.1));
  CHECK(table->ModelAlone(RelationType::kSues, 0.6F) == Approx(0.2));  // Half of what the curve says holds for it.
  CHECK(table->ModelAndRule(0.9F) == Approx(0.7));
  CHECK(ConfidenceTable().ModelAlone(RelationType::kSues, 0.6F) == Approx(0.6));
}

TEST_CASE("What was measured replaces what a rule's line estimates", "[extract][confidence]") {
  RuleFiles files{{"t", "LAYOFF\t1\t裁员\tweak\t.90\t\t\t\t\twhy\n"},
                  {"r", ""},
                  {"v", ""},
                  {"s", ""},
                  {"p", ""},
                  {"a", ""},
                  {"l", ""},
                  {"k", ""}};
  CHECK((*Rules::Parse(files))->compiled().triggers[0].precision == Approx(0.9));
  files.confidence.text = "LAYOFF/1\t-\t.75\t20\tgold\n";
  const auto rules = *Rules::Parse(files);
  CHECK(rules->compiled().triggers[0].precision == Approx(0.75));
  CHECK(rules->compiled().triggers[0].estimate == Approx(0.9));
}

TEST_CASE("Every rule of the program has a precision", "[extract][confidence]") {
  const auto rules = *Rules::BuiltIn();
  const CompiledRules& compiled = rules->compiled();
  const auto& all = RulePrecisions();
  for (const TriggerRule& rule : compiled.triggers) CHECK(all.contains(rule.id));
  for (const RelationRule& rule : compiled.relations) CHECK(all.contains(rule.id));
  for (const auto& [rule, measured] : all) {
    CAPTURE(rule);
    CHECK(measured.precision > 0);
    CHECK(measured.precision <= 1);
    CHECK_FALSE(measured.source.empty());
  }
  // The curves of the program rise: more probability is never less confidence.
  const ConfidenceTable& table = ConfidenceTable::BuiltIn();
  CHECK(table.model_alone().size() > 5);
  for (float p = 0.05F; p < 1; p += 0.05F) {
    CHECK(table.ModelAlone(RelationType::kAcquires, p) <= table.ModelAlone(RelationType::kAcquires, p + 0.05F));
    CHECK(table.ModelAndRule(p) <= table.ModelAndRule(p + 0.05F));
  }
}

}  // namespace
}  // namespace mailuo::extract
