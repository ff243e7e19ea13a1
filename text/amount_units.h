// The table of units behind text/amount.h, compiled from corpus/rules/units.tsv.
// Thread safety: built on first use, constant afterwards.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "text/amount.h"

namespace mailuo::text {

struct AmountUnit {
  std::u16string word;  // Folded.
  std::string unit;
  AmountClass kind = AmountClass::kMoney;
  std::vector<std::u16string> not_before;
};

// Longest words first among those that start with the same unit. Errors name `file`, line and column.
Result<std::vector<AmountUnit>> ParseAmountUnits(std::string_view file, std::string_view tsv);

// The longest unit word that starts at `at` and is not forbidden by what follows; null if there is none.
const AmountUnit* FindAmountUnit(std::u16string_view units, std::size_t at);

}  // namespace mailuo::text
