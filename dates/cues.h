// Words that say on which side of publication an expression lies (corpus/dates/cues.tsv).
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <string_view>

#include "dates/resolver.h"

namespace mailuo::dates {

struct Cue {
  Side side = Side::kUnknown;
  bool certain = false;  // It stands right at the mention.
};

// `begin`..`end` is the sentence around the mention [start, stop).
Cue SideOf(std::u16string_view units, std::uint32_t begin, std::uint32_t end, std::uint32_t start, std::uint32_t stop);

}  // namespace mailuo::dates
