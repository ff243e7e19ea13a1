// Whether the conditions of a rule hold where its word stands.
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "extract/code_words.h"
#include "extract/rules_condition.h"
#include "extract/rules_scan.h"

namespace mailuo::extract {

// A rule word in its sentence.
struct RuleSite {
  const CodeWords& words;
  const Document& document;
  const RuleScan& scan;
  std::uint32_t sentence = 0;
  std::uint32_t clause = 0;
  text::UnitSpan word;

  const ScanSentence& in_sentence() const { return scan.sentences[sentence]; }
  const ScanClause& in_clause() const { return scan.clauses[clause]; }
  std::u16string_view units() const { return document.text.units(); }
  std::u16string_view before() const;  // The clause up to the word.
  std::u16string_view after() const;   // The clause from behind the word.
  const EntityMention& entity(const ScanMention& mention) const { return document.mentions[mention.mention]; }
};

constexpr bool HasType(std::uint32_t types, MentionType type) {
  return (types >> static_cast<unsigned>(type) & 1U) != 0;
}

// Every group holds; `roles` are the roles filled so far.
bool HoldsAll(const Conditions& needs, const RuleSite& site, std::span<const std::string_view> roles);
// Some group holds.
bool HoldsAny(const Conditions& unless, const RuleSite& site, std::span<const std::string_view> roles);

// For people: the test of `unless` that holds, with the word that is there ("near:评级"); the first group of `needs`
// that does not hold ("near:股权|股份,value:money"). Empty where none does.
std::string WhatHolds(const Conditions& unless, const RuleSite& site, std::span<const std::string_view> roles);
std::string WhatIsMissing(const Conditions& needs, const RuleSite& site, std::span<const std::string_view> roles);

}  // namespace mailuo::extract
