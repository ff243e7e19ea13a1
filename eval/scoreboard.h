// Counts of what was right, missed and wrongly found, by kind ("mention/company", "date.value", "event/EARNINGS").
// Thread safety: value types.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mailuo::eval {

// Precision, recall and their harmonic mean; 0 where nothing was found or nothing is there to be found.
struct Tally {
  std::size_t gold = 0;   // There to be found.
  std::size_t found = 0;  // Found by the program.
  std::size_t right = 0;  // Both.

  double Precision() const;
  double Recall() const;
  double F1() const;
};

// Of things that were found: how many carry a right quality (name, status, time).
struct Ratio {
  std::size_t total = 0;
  std::size_t right = 0;
};

// How well a grouping fits a labelled one: B-cubed, a mean over the items.
struct Overlap {
  std::size_t items = 0;
  std::size_t gold_groups = 0;
  std::size_t found_groups = 0;
  double precision = 0;
  double recall = 0;

  double F1() const;
};

struct Failure {
  enum class Kind { kMissed, kFalse, kWrong };  // Not found; found but not there; found with a wrong quality.
  Kind kind = Kind::kMissed;
  std::string of;        // Kind of the tally or ratio.
  std::string article;   // Name of the article or line.
  std::string what;      // "宁德时代", "status planned, found occurred".
  std::string sentence;  // Where.
};
std::string_view Word(Failure::Kind kind);  // "missed", "false", "wrong"

struct Scoreboard {
  std::map<std::string, Tally> tallies;
  std::map<std::string, Ratio> ratios;
  std::map<std::string, Overlap> overlaps;
  std::vector<Failure> failures;

  // A Ratio gets one more case.
  void Rate(const std::string& kind, bool right);
};

}  // namespace mailuo::eval
