// Labelled relations between two names of a text, as lines for training, fitting and measuring: tab-separated text,
// head, tail, class ("ACQUIRES>": head is the head; "<": tail is; "PARTNERS_WITH=" symmetric; "-" none). The lines of
// one text stand together. tools/finre_to_tsv.py makes them from FinRE.
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <deque>
#include <iosfwd>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/annotation.h"
#include "core/article.h"
#include "core/result.h"
#include "extract/document.h"
#include "extract/relation_extractor.h"

namespace mailuo::eval {

struct RelationLine {
  std::string head, tail, relation_class;
};
struct RelationText {
  std::string text;
  std::vector<RelationLine> lines;
};

// Errors: kInvalidArgument that names the line.
Result<std::vector<RelationText>> ReadRelationTexts(std::istream& lines);

// Two companies of a sentence that the model judges, with what the labels say of them.
struct LabelledPair {
  std::uint32_t sentence = 0;
  std::string first, second;            // In text order.
  std::vector<std::uint32_t> features;  // extract/relation_features.h
  std::set<std::string> gold;           // Class names as seen from `first`.
};

// A text with the labelled names as its only mentions, each an entity of its own.
struct LabelledDocument {
  Article article;
  extract::Document document;  // Its article is the one above: not to be copied or moved.
  std::vector<LabelledPair> pairs;
  std::vector<Relation> by_rules;  // What the rules find without a model.
  std::vector<Relation> by_all;    // What they and the built-in model find.
  std::size_t missed = 0;          // Labels of pairs that no sentence holds.

  // The classes by name of `relations` between the two, seen from `first`, with the relation that says so.
  static std::map<std::string, const Relation*> ClassesOf(const std::vector<Relation>& relations,
                                                          const LabelledPair& pair);
};

std::deque<LabelledDocument> JudgeRelationTexts(const std::vector<RelationText>& texts);

}  // namespace mailuo::eval
