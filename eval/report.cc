#include "eval/report.h"

#include <charconv>
#include <optional>

#include <fmt/core.h>

namespace mailuo::eval {
namespace {

double Share(const Ratio& ratio) {
  return ratio.total == 0 ? 0.0 : static_cast<double>(ratio.right) / static_cast<double>(ratio.total);
}

std::optional<double> ValueOf(const Scoreboard& board, const std::string& kind) {
  if (const auto tally = board.tallies.find(kind); tally != board.tallies.end()) return tally->second.F1();
  if (const auto ratio = board.ratios.find(kind); ratio != board.ratios.end()) return Share(ratio->second);
  if (const auto overlap = board.overlaps.find(kind); overlap != board.overlaps.end()) return overlap->second.F1();
  return std::nullopt;
}

}  // namespace

std::string FormatScores(const Scoreboard& board) {
  std::string out;
  if (!board.tallies.empty() || board.overlaps.empty()) {
    out = fmt::format("{:<28}{:>7}{:>7}{:>7}{:>8}{:>8}{:>8}\n", "kind", "gold", "found", "right", "P", "R", "F1");
  }
  for (const auto& [kind, tally] : board.tallies) {
    out += fmt::format("{:<28}{:>7}{:>7}{:>7}{:>8.3f}{:>8.3f}{:>8.3f}\n", kind, tally.gold, tally.found, tally.right,
                       tally.Precision(), tally.Recall(), tally.F1());
  }
  if (!board.overlaps.empty()) {
    out += fmt::format("{:<28}{:>7}{:>7}{:>7}{:>8}{:>8}{:>8}\n", "groups, B-cubed", "items", "gold", "found", "P", "R",
                       "F1");
  }
  for (const auto& [kind, overlap] : board.overlaps) {
    out += fmt::format("{:<28}{:>7}{:>7}{:>7}{:>8.4f}{:>8.4f}{:>8.4f}\n", kind, overlap.items, overlap.gold_groups,
                       overlap.found_groups, overlap.precision, overlap.recall, overlap.F1());
  }
  if (!board.ratios.empty()) out += fmt::format("{:<28}{:>7}{:>7}{:>8}\n", "of those found", "total", "right", "share");
  for (const auto& [kind, ratio] : board.ratios) {
    out += fmt::format("{:<28}{:>7}{:>7}{:>8.3f}\n", kind, ratio.total, ratio.right, Share(ratio));
  }
  return out;
}

std::string FormatFailures(const Scoreboard& board) {
  std::string out;
  for (const Failure& failure : board.failures) {
    out += fmt::format("{}\t{}\t{}\t{}\t{}\n", Word(failure.kind), failure.of, failure.article, failure.what,
                       failure.sentence);
  }
  return out;
}

Result<Floor> ParseFloor(std::string_view text) {
  const std::size_t equal = text.rfind('=');
  double value = -1;
  if (equal != std::string_view::npos && equal > 0) {
    const std::string_view number = text.substr(equal + 1);
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
    if (error != std::errc{} || end != number.data() + number.size()) value = -1;
  }
  if (!(value >= 0 && value <= 1)) {
    return Error{ErrorCode::kInvalidArgument,
                 fmt::format("expected KIND=SHARE with a share in 0..1, got \"{}\"", text)};
  }
  return Floor{std::string(text.substr(0, equal)), value};
}

std::string BrokenFloors(const Scoreboard& board, const std::vector<Floor>& floors) {
  std::string out;
  for (const Floor& floor : floors) {
    const auto value = ValueOf(board, floor.kind);
    if (!value) {
      out += fmt::format("{}: nothing of this kind was counted\n", floor.kind);
    } else if (*value < floor.at_least) {
      out += fmt::format("{}: {:.4f} is below {}\n", floor.kind, *value, floor.at_least);
    }
  }
  return out;
}

}  // namespace mailuo::eval
