#include "extract/rules.h"

#include <list>
#include <string>
#include <utility>

#include "core/ids.h"
#include "embedded_Confidence.h"
#include "embedded_RulesDerived.h"
#include "embedded_RulesLinks.h"
#include "embedded_RulesLists.h"
#include "embedded_RulesParticles.h"
#include "embedded_RulesPolarity.h"
#include "embedded_RulesRelations.h"
#include "embedded_RulesRoles.h"
#include "embedded_RulesStatus.h"
#include "embedded_RulesTriggers.h"
#include "embedded_RulesValues.h"
#include "extract/rules_reader.h"
#include "extract/word_lists.h"

namespace mailuo::extract {
namespace {

std::uint64_t VersionOf(const RuleFiles& files, const CodeWords& words) {
  std::string all;
  for (const RuleFile* file : {&files.triggers, &files.roles, &files.values, &files.status, &files.polarity,
                               &files.particles, &files.relations, &files.links, &files.derived, &files.confidence}) {
    all.append(file->text);
    all.push_back('\0');
  }
  all += words.Text();
  return StableHash64(all);
}

template <typename Rule>
void TakeMeasured(const ConfidenceTable& measured, std::vector<Rule>& rules) {
  for (Rule& rule : rules) {
    rule.estimate = rule.precision;
    if (const MeasuredPrecision* known = measured.Find(rule.id)) rule.precision = known->precision;
  }
}

}  // namespace

Rules::Rules(std::unique_ptr<const CompiledRules> compiled) : compiled_(std::move(compiled)) {}
Rules::~Rules() = default;

std::uint64_t Rules::version() const { return compiled_->version; }

Result<std::shared_ptr<const Rules>> Rules::Parse(const RuleFiles& given) {
  MAILUO_ASSIGN_OR_RETURN(WordLists lists, WordLists::Parse(given.lists));
  RuleFiles files = given;
  std::list<std::string> expanded;  // What the texts of `files` are views of.
  for (RuleFile* file : {&files.triggers, &files.roles, &files.values, &files.status, &files.polarity, &files.particles,
                         &files.relations, &files.links, &files.derived}) {
    MAILUO_ASSIGN_OR_RETURN(std::string text, lists.Expand(*file));
    file->text = expanded.emplace_back(std::move(text));
  }
  RuleBuild build;
  MAILUO_ASSIGN_OR_RETURN(build.rules.code_words, CodeWords::Read(lists));
  MAILUO_RETURN_IF_ERROR(lists.CheckAllUsed());
  MAILUO_RETURN_IF_ERROR(ReadTriggers(files.triggers, build));
  MAILUO_RETURN_IF_ERROR(ReadRoles(files.roles, build));
  MAILUO_RETURN_IF_ERROR(ReadValues(files.values, build));
  MAILUO_RETURN_IF_ERROR(ReadStatus(files.status, build));
  MAILUO_RETURN_IF_ERROR(ReadPolarity(files.polarity, build));
  MAILUO_RETURN_IF_ERROR(ReadRelations(files.relations, build));
  MAILUO_RETURN_IF_ERROR(ReadParticles(files.particles, build));
  MAILUO_RETURN_IF_ERROR(ReadLinks(files.links, build));
  MAILUO_RETURN_IF_ERROR(ReadDerived(files.derived, build));
  MAILUO_ASSIGN_OR_RETURN(build.rules.confidence, ConfidenceTable::Parse(files.confidence));
  TakeMeasured(build.rules.confidence, build.rules.triggers);
  TakeMeasured(build.rules.confidence, build.rules.relations);
  text::AutomatonBuilder builder;
  for (const auto& [word, index] : build.patterns) MAILUO_RETURN_IF_ERROR(builder.Add(word, index));
  auto compiled = std::make_unique<CompiledRules>(std::move(build.rules));
  MAILUO_ASSIGN_OR_RETURN(compiled->blob, builder.Build());
  MAILUO_ASSIGN_OR_RETURN(compiled->automaton, text::Automaton::Open(compiled->blob));
  compiled->version = VersionOf(files, compiled->code_words);
  return std::make_shared<const Rules>(std::move(compiled));
}

Result<std::shared_ptr<const Rules>> Rules::BuiltIn() {
  return Parse({{"triggers.tsv", embedded::RulesTriggers()},
                {"roles.tsv", embedded::RulesRoles()},
                {"values.tsv", embedded::RulesValues()},
                {"status.tsv", embedded::RulesStatus()},
                {"polarity.tsv", embedded::RulesPolarity()},
                {"particles.tsv", embedded::RulesParticles()},
                {"relations.tsv", embedded::RulesRelations()},
                {"links.tsv", embedded::RulesLinks()},
                {"derived.tsv", embedded::RulesDerived()},
                {"confidence.tsv", embedded::Confidence()},
                {"lists.tsv", embedded::RulesLists()}});
}

}  // namespace mailuo::extract
