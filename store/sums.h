// Values that are added up: tallies and neighbour lists, told apart by their first byte. For whoever adds without
// having to know what it means: batches, merges, overlays, checks. Thread safety: pure functions.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "store/neighbour_list.h"
#include "store/tally.h"

namespace mailuo::store {

// The sum. Nothing if a part is damaged or the parts are not of one kind.
inline std::optional<std::string> AddSums(std::span<const std::string_view> parts) {
  return !parts.empty() && IsNeighbourList(parts.front()) ? AddNeighbourLists(parts) : AddTallies(parts);
}
inline std::optional<std::string> NegateSum(std::string_view bytes) {
  return IsNeighbourList(bytes) ? NegateNeighbourList(bytes) : NegateTally(bytes);
}
// As good as absent.
inline bool IsEmptySum(std::string_view bytes) { return IsEmptyTally(bytes) || IsEmptyNeighbourList(bytes); }

}  // namespace mailuo::store
