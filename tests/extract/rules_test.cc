#include "extract/rules.h"

#include <string>

#include <catch2/catch.hpp>

#include "extract/rules_compiled.h"

namespace mailuo::extract {
namespace {

RuleFiles Files() { return {{"t", ""}, {"r", ""}, {"v", ""}, {"s", ""}, {"p", ""}, {"a", ""}, {"l", ""}, {"k", ""}}; }

std::string Problem(const RuleFiles& files) {
  const auto rules = Rules::Parse(files);
  return rules ? std::string() : rules.error().message;
}
std::string TriggerProblem(std::string_view line) {
  RuleFiles files = Files();
  files.triggers.text = line;
  return Problem(files);
}

TEST_CASE("The rules of the program parse", "[extract][rules]") {
  const auto rules = Rules::BuiltIn();
  if (!rules) FAIL(rules.error().message);
  const CompiledRules& compiled = (*rules)->compiled();
  CHECK((*rules)->version() != 0);
  CHECK(compiled.code_words.Missing() == std::vector<std::string>());
  CHECK((*rules)->version() == (*Rules::BuiltIn())->version());
  std::size_t with_triggers = 0;
  for (const EventTypeInfo& info : EventTypes()) {
    CAPTURE(info.code);
    bool found = false;
    for (const TriggerRule& rule : compiled.triggers) found = found || rule.type == info.type;
    CHECK(found);
    CHECK_FALSE(compiled.roles[static_cast<std::size_t>(info.type) - 1].empty());
    ++with_triggers;
  }
  CHECK(with_triggers == kEventTypeCount);
  for (const RelationTypeInfo& info : RelationTypes()) {
    if (info.type == RelationType::kCoOccurs || info.type == RelationType::kListedAs ||
        info.type == RelationType::kAliasOf) {
      continue;  // Structural, not from words.
    }
    CAPTURE(info.code);
    bool found = false;
    for (const RelationRule& rule : compiled.relations) found = found || rule.type == info.type;
    CHECK(found);
  }
}

TEST_CASE("A derived relation names events and roles that there are", "[extract][rules]") {
  const auto problem = [](std::string_view line) {
    RuleFiles files = Files();
    files.triggers.text = "ACQUISITION\t1\t收购\tstrong\t.80\t\t\t\t\twhy\n";
    files.derived = {"d", line};
    return Problem(files);
  };
  CHECK(problem("ACQUIRES\tACQUISITION/1\tactor\tacquirer\tcompany\ttarget\t.90\t\twhy\n") == "");
  CHECK(problem("ACQUIRES\tACQUISITION/2\tactor\tacquirer\tcompany\ttarget\t.90\t\twhy\n") ==
        "d:1: column events: 'ACQUISITION/2' is no event type and no rule of triggers.tsv");
  CHECK(problem("BUYS\tACQUISITION\tactor\tacquirer\tcompany\ttarget\t.90\t\twhy\n") ==
        "d:1: column relation: unknown relation type 'BUYS'");
  CHECK(problem("ACQUIRES\tACQUISITION\tactor\t\tcompany\ttarget\t.90\t\twhy\n") ==
        "d:1: column head: expected roles for both ends");
}

TEST_CASE("A list that the code reads is checked: one character a word, types that there are", "[extract][rules]") {
  const auto problem = [](std::string_view line) {
    RuleFiles files = Files();
    files.lists = {"w", line};
    return Problem(files);
  };
  CHECK(problem("numerals\t1|2|十\twhy\n") == "");
  CHECK(problem("numerals\t1|12\twhy\n") == "w:1: column words: every word of this list is one character");
  CHECK(problem("decided\tLAYOFF|NAP\twhy\n") == "w:1: column words: unknown event type 'NAP'");
  RuleFiles files = Files();
  const std::uint64_t without = (*Rules::Parse(files))->version();
  files.lists = {"w", "numerals\t1|2|十\twhy\n"};
  CHECK((*Rules::Parse(files))->version() != without);
}

TEST_CASE("A broken link word is named by file, line and column", "[extract][rules]") {
  const auto problem = [](std::string_view line) {
    RuleFiles files = Files();
    files.links.text = line;
    return Problem(files);
  };
  CHECK(problem("因\tBECAUSE\tprefix\t\t\t\twhy\n") == "k:1: column type: expected CAUSES or PRECEDES");
  CHECK(problem("受\tCAUSES\taround\t\t\t\twhy\n") == "k:1: column close: needed by the form around, and by no other");
  CHECK(problem("因\tCAUSES\tbeside\t\t\t\twhy\n") ==
        "k:1: column form: expected prefix, around, between, back, then, earlier, after or reason");
}

TEST_CASE("A broken rule is named by file, line and column", "[extract][rules]") {
  CHECK(TriggerProblem("IPO\t1\n") == "t:1: expected 10 columns, found 2");
  CHECK(TriggerProblem("# c\nX\t1\ta\tweak\t.90\t\t\t\t\twhy\n") == "t:2: column type: unknown event type 'X'");
  CHECK(TriggerProblem("LAYOFF\t0\ta\tweak\t.90\t\t\t\t\twhy\n") == "t:1: column n: expected a number from 1, got '0'");
  CHECK(TriggerProblem("LAYOFF\t1\ta\tbold\t.90\t\t\t\t\twhy\n") ==
        "t:1: column strength: expected strong, weak, noun or faint, with /KIND or without");
  CHECK(TriggerProblem("LAYOFF\t1\ta\tweak\t1.5\t\t\t\t\twhy\n") ==
        "t:1: column precision: expected .30 to .99, got '1.5'");
  CHECK(TriggerProblem("LAYOFF\t1\ta|\tweak\t.90\t\t\t\t\twhy\n") == "t:1: column words: an alternative is empty");
  CHECK(TriggerProblem("LAYOFF\t1\ta\tweak\t.90\t\t\tbeside:b\t\twhy\n") ==
        "t:1: column needs: expected KEY:WORDS, got 'beside:b'");
  CHECK(TriggerProblem("LAYOFF\t1\ta\tweak\t.90\t\t\trole:buyer\t\twhy\n") ==
        "t:1: column needs: role 'buyer' is none of LAYOFF");
  CHECK(TriggerProblem("LAYOFF\t1\ta\tweak\t.90\t\t\t\t\t\n") == "t:1: column why: a rule needs a reason");
  const std::string line = "LAYOFF\t1\ta\tweak\t.90\t\t\t\t\twhy\n";
  CHECK(TriggerProblem(line + line) == "t:2: column n: LAYOFF/1 is there already");
  CHECK(TriggerProblem(line).empty());
  RuleFiles files = Files();
  files.roles.text = "LAYOFF\tseller\tcompany\tsubject\t\twhy\n";
  CHECK(Problem(files) == "r:1: column role: 'seller' is no role of LAYOFF");
  files = Files();
  files.relations.text = "ACQUIRES\t1\ta\t.90\tcompany\tabove\tcompany\tobject\t\t\t\twhy\n";
  CHECK(Problem(files) == "l:1: column head: unknown place 'above'");
  files = Files();
  files.status.text = "a\tdone\tbefore\tfar\t\twhy\n";
  CHECK(Problem(files) == "s:1: column reach: expected a number of characters, with + where it crosses clauses");
}

TEST_CASE("A list of words stands for its words in every rule", "[extract][rules]") {
  RuleFiles files = Files();
  files.lists.text = "parts\tfoo|bar\twhy\nall\t@parts|baz\twhy\n";
  files.triggers.text = "LAYOFF\t1\t@all|qux\tweak\t.90\t\t\tbefore:x|@parts\t\twhy\n";
  RuleFiles plain = Files();
  plain.triggers.text = "LAYOFF\t1\tfoo|bar|baz|qux\tweak\t.90\t\t\tbefore:x|foo|bar\t\twhy\n";
  const auto rules = Rules::Parse(files);
  REQUIRE(rules);
  CHECK((*rules)->version() == (*Rules::Parse(plain))->version());

  files.triggers.text = "# @courts\nLAYOFF\t1\t@courts\tweak\t.90\t\t\t\t\twhy\n";
  CHECK(Problem(files) == "t:2: no list @courts above");
  files.triggers.text = "LAYOFF\t1\t@parts\tweak\t.90\t\t\t\t\twhy\n";
  CHECK(Problem(files) == "lists.tsv:2: column name: no rule uses @all");
  files.lists.text = "all\t@parts|baz\twhy\nparts\tfoo|bar\twhy\n";
  CHECK(Problem(files) == "lists.tsv:1: no list @parts above");
  files.lists.text = "parts\tfoo\twhy\nparts\tbar\twhy\n";
  CHECK(Problem(files) == "lists.tsv:2: column name: the name is taken");
  files.lists.text = "Parts\tfoo\twhy\n";
  CHECK(Problem(files) == "lists.tsv:1: column name: expected small letters and _, got 'Parts'");
}

TEST_CASE("The version of the rules follows their text", "[extract][rules]") {
  RuleFiles files = Files();
  const std::uint64_t empty = (*Rules::Parse(files))->version();
  files.triggers.text = "# only a comment\n";
  CHECK((*Rules::Parse(files))->version() != empty);
}

}  // namespace
}  // namespace mailuo::extract
