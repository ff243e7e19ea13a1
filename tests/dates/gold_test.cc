#include <iostream>

#include <catch2/catch.hpp>

#include "date_test_util.h"
#include "gold.h"

namespace mailuo::dates {
namespace {

struct Score {
  int gold = 0;
  int found = 0;
  int span_right = 0;
  int value_right = 0;
  double F1() const { return 2.0 * span_right / (gold + found); }
  double Value() const { return static_cast<double>(value_right) / gold; }
};

Score ScoreGold(const std::vector<GoldText>& texts, std::string& report) {
  Score score;
  for (const GoldText& text : texts) {
    const text::FoldedText folded(text.text);
    std::vector<bool> matched(text.mentions.size(), false);
    score.gold += static_cast<int>(text.mentions.size());
    for (const FoundDate& date : FindIn(folded, text.published)) {
      ++score.found;
      const TextSpan span = folded.ToCodePoints(date.span);
      bool known = false;
      for (std::size_t i = 0; i < text.mentions.size(); ++i) {
        if (text.mentions[i].span != span) continue;
        known = matched[i] = true;
        ++score.span_right;
        if (text.mentions[i].interval == date.interval) {
          ++score.value_right;
        } else {
          report += std::to_string(text.line) + ": " + text.mentions[i].text + " is " +
                    Print(text.mentions[i].interval) + ", read as " + Print(date.interval) + "\n";
        }
      }
      if (!known) {
        report += std::to_string(text.line) + ": not labelled: " + std::string(folded.Original(date.span)) + " " +
                  Print(date.interval) + "\n";
      }
    }
    for (std::size_t i = 0; i < matched.size(); ++i) {
      if (!matched[i]) report += std::to_string(text.line) + ": not found: " + text.mentions[i].text + "\n";
    }
  }
  return score;
}

TEST_CASE("the labelled news is read as its labels say", "[dates][gold]") {
  const auto texts = ReadGold(std::string(MAILUO_SOURCE_DIR) + "/corpus/dates/gold.tsv");
  std::string report;
  const Score score = ScoreGold(texts, report);
  std::cout << "gold: " << texts.size() << " texts, " << score.gold << " expressions, span F1 " << score.F1()
            << ", value accuracy " << score.Value() << "\n";
  CAPTURE(report);
  CHECK(texts.size() >= 60);
  CHECK(score.gold >= 300);
  CHECK(score.F1() >= 0.96);
  CHECK(score.Value() >= 0.97);
}

}  // namespace
}  // namespace mailuo::dates
