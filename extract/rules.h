// The linguistic rules of events, relations and values: corpus/rules/*.tsv, embedded in the program, read and compiled
// once. docs/RULES.md describes the files and how to add to them.
// Thread safety: immutable after creation; const methods may be called from any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace mailuo::extract {

// One rule file: the name that errors give, and its bytes (UTF-8).
struct RuleFile {
  std::string_view name;
  std::string_view text;
};
struct RuleFiles {
  RuleFile triggers;                       // Event triggers: what may announce an event.
  RuleFile roles;                          // Which mention fills which role of an event.
  RuleFile values;                         // Which amount fills which role of an event.
  RuleFile status;                         // Words that say planned, rumoured, denied, terminated.
  RuleFile polarity;                       // Words that make an event good or bad news.
  RuleFile particles;                      // Words right before a name that say what it is to the verb.
  RuleFile relations;                      // Words that join two mentions into a relation.
  RuleFile links;                          // Words by which an article links two of its events.
  RuleFile derived = {"derived.tsv", ""};  // Relations that the roles of an event state.
  // What labelled text says of the rules (extract/confidence.h): where it knows a rule, it replaces the precision that
  // the rule's line estimates.
  RuleFile confidence = {"confidence.tsv", ""};
  // Words that many rules of the files above share (extract/word_lists.h).
  RuleFile lists = {"lists.tsv", ""};
};

struct CompiledRules;

class Rules {
 public:
  // The rules of the program. Fails only if the program was built from rules that do not parse, which a test rules out.
  static Result<std::shared_ptr<const Rules>> BuiltIn();
  // Errors name file, line and column.
  static Result<std::shared_ptr<const Rules>> Parse(const RuleFiles& files);

  explicit Rules(std::unique_ptr<const CompiledRules> compiled);
  ~Rules();
  Rules(const Rules&) = delete;
  Rules& operator=(const Rules&) = delete;

  // Hash of the rule files: a part of what extraction is a function of.
  std::uint64_t version() const;
  const CompiledRules& compiled() const { return *compiled_; }

 private:
  std::unique_ptr<const CompiledRules> compiled_;
};

}  // namespace mailuo::extract
