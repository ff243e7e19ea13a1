// Amounts with a unit in folded text: money, shares, percentages, basis points, counts.
//
//   490.34亿元 -> 49034000000 CNY      约100亿元人民币 -> 1e10 CNY, approximate      1.2亿美元 -> 1.2e8 USD
//   3,000万股 -> 3e7 share             20%-30% -> 20..30 pct                        28个基点 -> 28 bp
//   每股12.5元 -> 12.5 CNY, per share  三分之一 -> 33.3 pct                          五成 -> 50 pct
//
// Not amounts: years and dates (2025年, 3月), clock times (8点), codes (600519), ordinals (第3), bare numbers.
// Units and currencies: corpus/rules/units.tsv.
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "text/span.h"

namespace mailuo::text {

enum class AmountClass : std::uint8_t {
  kMoney = 1,
  kPercent = 2,  // Percent and percentage points.
  kShare = 3,
  kBasisPoint = 4,
  kCount = 5,       // People, companies, pieces, physical units.
  kMultiple = 6,    // 3倍
  kIndexPoint = 7,  // 3,200点, only with a decimal part, a thousand or more, or a word of rise or fall before it.
};

struct Amount {
  UnitSpan span;   // 约100亿元人民币 without 约; 每股12.5元 with 每股.
  double low = 0;  // Of a range its ends; otherwise both the same.
  double high = 0;
  std::string_view unit;  // "CNY", "USD", "pct", "pp", "share", "bp", "person", ...; static.
  AmountClass kind = AmountClass::kMoney;
  bool approximate = false;  // 约 近 超 逾 余 多
  bool per_share = false;    // 每股, 元/股
};

// Appends every amount of `units[range]`, sorted by start, never overlapping; spans are offsets into `units`.
void FindAmounts(std::u16string_view units, UnitSpan range, std::vector<Amount>& out);

}  // namespace mailuo::text
