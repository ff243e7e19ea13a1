// Security codes in every form in which the press and data vendors write them, brought to one spelling: CODE.EXCHANGE
// (688041.SH, 000725.SZ, 920047.BJ, 00700.HK, NVDA.US, BRK.B.US, 2330.TW, 8069.TWO, 7203.T, 005930.KS).
// Codes that Beijing-listed companies bore before 2025-10 become the present ones.
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/folded_text.h"
#include "text/span.h"

namespace mailuo::text {

enum class TickerStrength : std::uint8_t {
  kSure = 0,       // The form itself says what it is: 688041.SH, NASDAQ: NVDA, 证券代码：688041.
  kNeedsName = 1,  // (688041), (00700), (2330), (NVDA): a code only if the name before the bracket can bear it.
};

enum class TickerClass : std::uint8_t { kStock = 0, kIndex = 1, kFund = 2, kBond = 3 };

struct FoundTicker {
  UnitSpan span;       // With its exchange word: "NASDAQ: NVDA", "港股：00700"; without brackets and 证券代码.
  std::string ticker;  // Canonical.
  TickerStrength strength = TickerStrength::kSure;
  TickerClass kind = TickerClass::kStock;
};

// Appends to `out`, sorted by start, never overlapping. A bare number is a code only inside brackets or after 代码;
// US symbols must be upper case in the original.
void FindTickers(const FoldedText& text, std::vector<FoundTicker>& out);

// The canonical spelling of a code on its own, in any of the written forms and in any case: "sh600519", "9988.hk",
// "NASDAQ: NVDA", "usNVDA", "700 HK Equity", "688041". Nothing for anything else.
std::optional<std::string> CanonicalTicker(std::string_view any_form);

// 000001.SH is an index, 510300.SH a fund, 113050.SH a bond. REQUIRES: a canonical ticker.
TickerClass ClassOfTicker(std::string_view ticker);

}  // namespace mailuo::text
