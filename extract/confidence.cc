#include "extract/confidence.h"

#include <algorithm>
#include <charconv>
#include <cstddef>

#include "core/check.h"
#include "embedded_Confidence.h"
#include "extract/rules_tsv.h"

namespace mailuo::extract {
namespace {

constexpr std::string_view kAloneName = "model";
constexpr std::string_view kRuledName = "model+rule";
constexpr std::string_view kTypeSuffix = "/model";

template <typename T>
bool ReadNumber(std::string_view text, T& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

Result<MeasuredPrecision> ParseMeasured(const RuleLine& line) {
  const auto& c = line.columns;
  MeasuredPrecision measured;
  if (c[1] != "-" && (!ReadNumber(c[1], measured.score) || !(measured.score >= 0 && measured.score <= 1))) {
    return line.Fail("score", "expected 0..1 or -");
  }
  if (!ReadNumber(c[2], measured.precision) || !(measured.precision >= 0 && measured.precision <= 1)) {
    return line.Fail("precision", "expected 0..1");
  }
  if (!ReadNumber(c[3], measured.n)) return line.Fail("n", "expected a number of cases");
  measured.source = c[4];
  return measured;
}

}  // namespace

const ConfidenceTable& ConfidenceTable::BuiltIn() {
  static const ConfidenceTable table = [] {
    Result<ConfidenceTable> parsed = Parse({"confidence.tsv", embedded::Confidence()});
    MAILUO_CHECK(parsed.has_value());  // A test reads the file.
    return *std::move(parsed);
  }();
  return table;
}

Result<ConfidenceTable> ConfidenceTable::Parse(const RuleFile& file) {
  ConfidenceTable table;
  table.shares_.assign(kRelationTypeCount + 1, 1);
  MAILUO_ASSIGN_OR_RETURN(const std::vector<RuleLine> lines, ReadRuleLines(file, 5));
  for (const RuleLine& line : lines) {
    MAILUO_ASSIGN_OR_RETURN(MeasuredPrecision measured, ParseMeasured(line));
    const std::string_view name = line.columns[0];
    if (name == kAloneName || name == kRuledName) {
      auto& curve = name == kAloneName ? table.alone_ : table.ruled_;
      if (!curve.empty() && measured.score <= curve.back().score) return line.Fail("score", "knots must rise");
      curve.push_back(std::move(measured));
      continue;
    }
    if (name.ends_with(kTypeSuffix) && measured.score > 0) {
      const auto type = ParseRelationType(name.substr(0, name.size() - kTypeSuffix.size()));
      if (!type) return line.Fail("name", "unknown relation type");
      table.shares_[static_cast<std::size_t>(*type)] = measured.precision / measured.score;
    }
    if (!table.rules_.emplace(name, std::move(measured)).second) return line.Fail("name", "is there already");
  }
  return table;
}

const MeasuredPrecision* ConfidenceTable::Find(std::string_view rule) const {
  const auto found = rules_.find(rule);
  return found == rules_.end() ? nullptr : &found->second;
}

float ConfidenceTable::ModelAlone(RelationType type, float probability) const {
  const float share = shares_.empty() ? 1 : shares_[static_cast<std::size_t>(type)];
  return std::min(1.0F, OnCurve(alone_, probability) * share);
}

// Straight lines between the knots, flat beyond the last ones.
float ConfidenceTable::OnCurve(const std::vector<MeasuredPrecision>& curve, float score) {
  if (curve.empty()) return score;
  const auto above =
      std::find_if(curve.begin(), curve.end(), [score](const MeasuredPrecision& knot) { return score < knot.score; });
  if (above == curve.begin()) return curve.front().precision * score / curve.front().score;
  if (above == curve.end()) return curve.back().precision;
  const MeasuredPrecision& below = *(above - 1);
  const float part = (score - below.score) / (above->score - below.score);
  return below.precision + part * (above->precision - below.precision);
}

}  // namespace mailuo::extract
