#include "eval/scoreboard.h"

namespace mailuo::eval {
namespace {

double Share(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

double Tally::Precision() const { return Share(right, found); }
double Tally::Recall() const { return Share(right, gold); }
double Tally::F1() const { return Share(2 * right, gold + found); }

double Overlap::F1() const { return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0.0; }

std::string_view Word(Failure::Kind kind) {
  switch (kind) {
    case Failure::Kind::kMissed: return "missed";
    case Failure::Kind::kFalse: return "false";
    case Failure::Kind::kWrong: return "wrong";
  }
  return {};
}

void Scoreboard::Rate(const std::string& kind, bool right) {
  Ratio& ratio = ratios[kind];
  ++ratio.total;
  if (right) ++ratio.right;
}

}  // namespace mailuo::eval
