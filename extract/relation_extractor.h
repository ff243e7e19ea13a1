// Typed relations between two mentions of one sentence. CO_OCCURS is not made here: the store counts it.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/annotation.h"
#include "extract/confidence.h"
#include "extract/document.h"
#include "extract/refused.h"
#include "extract/relation_model.h"
#include "extract/rules.h"
#include "extract/rules_scan.h"

namespace mailuo::extract {

// Rules without words: "LISTED_AS/1" and what its author expects of its precision.
struct StructuralRule {
  std::string_view id;
  float estimate = 0;
};
std::span<const StructuralRule> StructuralRules();

// Every rule of events and relations by name, with what labelled text says of it; n is 0 where it says nothing yet.
// The rules of the program, made once.
const std::map<std::string, MeasuredPrecision>& RulePrecisions();

// Thread safety: const methods may be called from any thread.
class RelationExtractor {
 public:
  // With the built-in model for pairs of companies.
  explicit RelationExtractor(std::shared_ptr<const Rules> rules)
      : RelationExtractor(std::move(rules), RelationModel::BuiltIn()) {}
  // An empty model leaves rules alone.
  // `lexicon` (may be null, outlives the extractor) knows who makes a product; it speaks only where the text puts the
  // two together.
  RelationExtractor(std::shared_ptr<const Rules> rules, RelationModel model, const lexicon::Lexicon* lexicon = nullptr)
      : rules_(std::move(rules)), model_(std::move(model)), lexicon_(lexicon) {}

  // Appends the relations of `document` to `out`, sorted by (sentence, head mention, tail mention, type); final like
  // the events. A symmetric relation comes once, the earlier mention as head; of several reports of one relation in a
  // sentence the surest is kept. REQUIRES: `scan` and `events` are what EventExtractor::Extract made of `document`.
  // `refused`, if given, gets every candidate that was not reported.
  void Extract(const Document& document, const RuleScan& scan, const std::vector<Event>& events,
               std::vector<Relation>& out, RefusedList refused = nullptr) const;

 private:
  std::shared_ptr<const Rules> rules_;
  RelationModel model_;
  const lexicon::Lexicon* lexicon_ = nullptr;
};

}  // namespace mailuo::extract
