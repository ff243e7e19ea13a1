// How often a rule or a score turned out right on labelled text: corpus/models/confidence.tsv, made by
// mailuo-fit-confidence (docs/RULES.md), embedded in the program. It is what makes `min_confidence` a precision.
//
// Lines of five columns: name, score, precision, n, source.
//   rule names ("EARNINGS/1", "ACQUIRES/2"): precision of the rule; score is "-"
//   "TYPE/model": precision of what the model alone says of a type; score is the mean of what its band says of them
//   "model", "model+rule": knots of the curve from the model's probability (score) to precision, where the model speaks
//   alone and where a rule says the same
// n counts the labelled cases; precision is drawn towards the estimate of the rule's author where they are few.
// Thread safety: immutable; const methods may be called from any thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/types.h"
#include "extract/rules.h"

namespace mailuo::extract {

struct MeasuredPrecision {
  float score = 0;      // Of a curve's knot, or as said above.
  float precision = 0;  // 0..1
  std::uint32_t n = 0;
  std::string source;
};

class ConfidenceTable {
 public:
  ConfidenceTable() = default;  // Knows nothing: curves are the identity.
  // The table of the program.
  static const ConfidenceTable& BuiltIn();
  // Errors name file, line and column.
  static Result<ConfidenceTable> Parse(const RuleFile& file);

  // Of a rule id; nullptr where nothing is known.
  const MeasuredPrecision* Find(std::string_view rule) const;
  const std::map<std::string, MeasuredPrecision, std::less<>>& rules() const { return rules_; }
  const std::vector<MeasuredPrecision>& model_alone() const { return alone_; }
  const std::vector<MeasuredPrecision>& model_and_rule() const { return ruled_; }

  // From the model's probability to a precision.
  float ModelAlone(RelationType type, float probability) const;
  float ModelAndRule(float probability) const { return OnCurve(ruled_, probability); }

 private:
  static float OnCurve(const std::vector<MeasuredPrecision>& curve, float score);

  std::map<std::string, MeasuredPrecision, std::less<>> rules_;
  std::vector<float> shares_;  // By RelationType number: of what the curve says, how much holds for the type.
  std::vector<MeasuredPrecision> alone_;  // Rising in score.
  std::vector<MeasuredPrecision> ruled_;
};

}  // namespace mailuo::extract
