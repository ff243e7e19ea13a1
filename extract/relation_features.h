// What the relation model looks at: hashed features of two names and the words around them in one sentence.
// Training and extraction share this code, so that a model means the same in both.
// Thread safety: one thread at a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/span.h"

namespace mailuo::extract {

// A relation that the rules found between the pair: "ACQUIRES/1" and whether the first name is its head.
struct PairRule {
  std::string_view id;
  bool forward = true;
};

// A word of the rules in the sentence, of events and relations alike: what kind of rule it belongs to.
struct PairWord {
  text::UnitSpan span;
  std::uint32_t kind = 0;    // Equal for words of rules of one type.
  bool same_clause = false;  // As one of the names.
};

// How a name stands in its clause.
struct PairName {
  std::uint32_t particle = 0;  // Number of its Particle.
  bool genitive = false;
  bool coordinated = false;
};

struct RelationPair {
  std::u16string_view units;  // Folded text of the article.
  text::UnitSpan sentence;
  text::UnitSpan first, second;                        // The names, in text order, not overlapping.
  const std::vector<text::UnitSpan>* names = nullptr;  // All names of the sentence, sorted: the others are masked.
  std::vector<PairRule> rules;
  std::vector<PairWord> words;
  PairName first_name, second_name;
  std::uint32_t clauses_between = 0;  // Clause boundaries between the names.
};

// Replaces `features` by distinct 32-bit hashes, in no order. About 20 instructions a unit of the sentence.
void ComputeRelationFeatures(const RelationPair& pair, std::vector<std::uint32_t>& features);

}  // namespace mailuo::extract
