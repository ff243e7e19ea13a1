// What two annotations of one article differ by, fact by fact, as lines that a person reads.
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/annotation.h"
#include "core/article.h"

namespace mailuo::ingest {

enum class FactKind : std::uint8_t { kMention, kEvent, kRelation };
std::string_view Word(FactKind kind);  // "mention", "event", "relation"

struct FactChange {
  FactKind kind = FactKind::kMention;
  bool added = false;  // False: removed. A fact that became another is one of each.
  std::string type;    // "company", "ACQUISITION", "SUPPLIES".
  std::string text;    // All that a reader sees of it: names, places in the text, status, days.
};

struct AnnotationDiff {
  std::vector<FactChange> changes;  // By kind; the removed ones first; then in order of their texts.
  // Something that no fact shows is different: a confidence, a rule, a sentence, a date expression.
  bool otherwise = false;
  bool empty() const { return changes.empty() && !otherwise; }
};

AnnotationDiff Compare(const Article& article, const Annotation& old_annotation, const Annotation& new_annotation);

}  // namespace mailuo::ingest
