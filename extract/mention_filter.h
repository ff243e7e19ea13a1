// Which mentions a role may take, beside their type and place: what stands right before and behind them, whose shares
// are spoken of, and who only holds shares of a company that is named. Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "extract/rules_compiled.h"
#include "extract/rules_match.h"

namespace mailuo::extract {

// Where a noun such as 控股股东 starts in `text`; npos without one.
std::size_t FindHolder(const std::vector<HolderNoun>& holders, std::u16string_view text);

// The mention is followed by its shares: 甲股票, 甲51%的股权.
bool SpeaksOfShares(const RuleSite& site, const ScanMention& mention);

// `mention` (into RuleScan::mentions) passes every test of `filter`.
bool Admits(const MentionFilter& filter, const std::vector<HolderNoun>& holders, const RuleSite& site,
            std::uint32_t mention);

}  // namespace mailuo::extract
