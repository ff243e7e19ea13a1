// A scoreboard as text for people, and the floors that a test sets.
// Thread safety: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "eval/scoreboard.h"

namespace mailuo::eval {

// One line a kind: gold, found, right, P, R, F1; then one line a grouping, one line a ratio.
std::string FormatScores(const Scoreboard& board);
// One line a failure: kind of failure, kind of thing, article, what, sentence; separated by tabs, in the order found.
std::string FormatFailures(const Scoreboard& board);

// A floor: "mention/company=0.9" asks for F1 >= 0.9, "event.status=0.9" for that share.
struct Floor {
  std::string kind;
  double at_least = 0;
};
Result<Floor> ParseFloor(std::string_view text);  // Errors: no "=", or no number in 0..1 behind it.
// One line for each floor that is not reached, or whose kind was never counted; empty if all are.
std::string BrokenFloors(const Scoreboard& board, const std::vector<Floor>& floors);

}  // namespace mailuo::eval
