// mailuo-fit-confidence TRAIN.tsv VALID.tsv GOLD SAMPLES > corpus/models/confidence.tsv
// Measures every rule, and the relation model's probabilities, on labelled text: pairs of companies (the training part
// of FinRE, judged by models that have not seen them, and its valid part, judged by the model that ships) and our own
// gold. docs/RULES.md says more.
#include <algorithm>
#include <cmath>
#include <deque>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include <fmt/core.h>

#include "eval/calibration.h"
#include "eval/relation_examples.h"
#include "extract/relation_extractor.h"
#include "extract/rules_compiled.h"
#include "lexicon/lexicon.h"

namespace {

using namespace mailuo;  // NOLINT(google-build-using-namespace): a program of one file.

constexpr int kFolds = 10;
constexpr double kEstimateWeight = 4;     // Cases that the estimate of a rule's author counts for.
constexpr double kEventWeight = 3;        // Likewise what the estimates of event rules were worth together.
constexpr double kTypeWeight = 20;        // Cases that the curve of all types counts for, against those of one type.
constexpr double kLeastScore = 0.15;      // Below it the model says too little to be asked.
constexpr std::size_t kLeastEvents = 40;  // Likewise, of the estimates of event rules.
constexpr std::size_t kLeastKnot = 100;   // Cases of a knot.
constexpr float kSpeaks = 0.5F;           // As in relation_extractor.cc: what the model says alone from here.

constexpr double kMost = 0.99;  // No rule is surer than that.

struct Case {
  double score = 0;
  bool right = false;
  std::string rule;   // "TYPE/model" of a case of the model alone.
  double weight = 1;  // How many cases it counts for.
};
struct Count {
  double n = 0;
  double right = 0;
  // Cases by what the program makes of the rule's precision in them: less than 1 where nobody is named, where the
  // sentence asks ... The measured precision is that of a whole case, so that the products are right together.
  double shares = 0;
};
struct Knot {
  double score = 0;
  double last = 0;  // Score of the last run that was joined to it.
  double right = 0;
  double n = 0;  // What the cases count for.
  std::size_t cases = 0;
};

// Isotonic regression over runs of kLeastKnot cases: neighbours that fall are joined until the curve rises. What was
// joined is one height from its first run to its last.
std::vector<Knot> Curve(std::vector<Case> cases, std::size_t least = kLeastKnot) {
  std::erase_if(cases, [](const Case& one) { return one.score < kLeastScore; });
  std::stable_sort(cases.begin(), cases.end(), [](const Case& a, const Case& b) { return a.score < b.score; });
  std::vector<Knot> knots;
  const std::size_t runs = std::max<std::size_t>(1, cases.size() / least);
  for (std::size_t r = 0; r < runs; ++r) {
    Knot knot;
    for (std::size_t i = cases.size() * r / runs; i < cases.size() * (r + 1) / runs; ++i) {
      knot.score += cases[i].weight * cases[i].score;
      knot.right += cases[i].right ? cases[i].weight : 0;
      knot.n += cases[i].weight;
      ++knot.cases;
    }
    if (knot.n == 0) continue;
    knot.score /= knot.n;
    knot.last = knot.score;
    knots.push_back(knot);
    while (knots.size() > 1 &&
           knots[knots.size() - 2].right * knots.back().n > knots.back().right * knots[knots.size() - 2].n) {
      Knot& before = knots[knots.size() - 2];
      const Knot& last = knots.back();
      before.last = last.last;
      before.right += last.right;
      before.n += last.n;
      before.cases += last.cases;
      knots.pop_back();
    }
  }
  std::vector<Knot> curve;
  for (const Knot& knot : knots) {
    curve.push_back(knot);
    if (knot.last <= knot.score) continue;
    curve.push_back(knot);
    curve.back().score = knot.last;
  }
  return curve;
}

double Precision(const Knot& knot) { return std::min(kMost, (knot.right + 1) / (knot.n + 2)); }  // Laplace.

// What became of the rule's precision in a fact that it found.
double ShareOf(const eval::JudgedFact& fact, double precision) {
  return precision > 0 ? std::clamp(fact.confidence / precision, 0.1, 1.0) : 1;
}

double OnCurve(const std::vector<Knot>& curve, double score) {
  if (curve.empty() || score < curve.front().score) return 0;
  for (std::size_t i = 1; i < curve.size(); ++i) {
    if (score >= curve[i].score) continue;
    const double part = (score - curve[i - 1].score) / (curve[i].score - curve[i - 1].score);
    return Precision(curve[i - 1]) + part * (Precision(curve[i]) - Precision(curve[i - 1]));
  }
  return Precision(curve.back());
}

void Print(const std::string& name, const std::string& score, double precision, double n, const std::string& source) {
  std::cout << fmt::format("{}\t{}\t{:.3f}\t{:.0f}\t{}\n", name, score, precision, n, source);
}

struct Labelled {
  std::map<std::string, Count> rules;  // Of FinRE.
  std::vector<Case> alone;
  std::vector<Case> ruled;
};

Result<std::deque<eval::LabelledDocument>> JudgeLines(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{ErrorCode::kIo, "cannot read " + path};
  MAILUO_ASSIGN_OR_RETURN(const auto texts, eval::ReadRelationTexts(file));
  return eval::JudgeRelationTexts(texts);
}

// Adds one case for each class and pair, each of `weight`.
void AddCases(const std::deque<eval::LabelledDocument>& documents, const std::vector<extract::RelationClass>& classes,
              const std::vector<std::vector<float>>& scores, double weight, Labelled& labelled) {
  std::size_t at = 0;
  for (const eval::LabelledDocument& document : documents) {
    for (const eval::LabelledPair& pair : document.pairs) {
      const std::vector<float>& of_pair = scores[at++];
      const auto ruled = eval::LabelledDocument::ClassesOf(document.by_rules, pair);
      for (std::size_t k = 0; k < of_pair.size(); ++k) {
        const extract::RelationClass& judged = classes[k];
        if (!judged.type) continue;
        const std::string name = RelationClassName(judged);
        const Case one{static_cast<double>(of_pair[k]), pair.gold.contains(name),
                       fmt::format("{}/model", Word(*judged.type)), weight};
        (ruled.contains(name) ? labelled.ruled : labelled.alone).push_back(one);
      }
    }
  }
}

std::size_t PairsOf(const std::deque<eval::LabelledDocument>& documents) {
  std::size_t pairs = 0;
  for (const eval::LabelledDocument& document : documents) pairs += document.pairs.size();
  return pairs;
}

// The two parts have an equal say: of the many pairs of the first models spoke that had not seen them, of the few of
// the second the very model that ships.
Result<Labelled> MeasureLines(const std::string& train_path, const std::string& valid_path) {
  MAILUO_ASSIGN_OR_RETURN(const auto train, JudgeLines(train_path));
  MAILUO_ASSIGN_OR_RETURN(const auto valid, JudgeLines(valid_path));
  MAILUO_ASSIGN_OR_RETURN(const eval::RelationExamples examples, eval::MakeExamples(train));
  std::vector<int> fold_of;
  for (std::size_t d = 0; d < train.size(); ++d) {
    fold_of.resize(fold_of.size() + train[d].pairs.size(), static_cast<int>(d * kFolds / train.size()));
  }
  Labelled labelled;
  AddCases(train, examples.classes, eval::HeldBackScores(examples, fold_of, kFolds), 1, labelled);
  const extract::RelationModel shipped = extract::RelationModel::BuiltIn();
  std::vector<std::vector<float>> scores;
  scores.reserve(PairsOf(valid));
  for (const eval::LabelledDocument& document : valid) {
    for (const eval::LabelledPair& pair : document.pairs) shipped.Score(pair.features, scores.emplace_back());
  }
  const double weight =
      static_cast<double>(PairsOf(train)) / static_cast<double>(std::max<std::size_t>(1, scores.size()));
  AddCases(valid, shipped.classes(), scores, weight, labelled);
  for (const eval::LabelledDocument& document : train) {
    for (const eval::LabelledPair& pair : document.pairs) {
      for (const auto& [name, relation] : eval::LabelledDocument::ClassesOf(document.by_rules, pair)) {
        Count& count = labelled.rules[relation->rule];
        ++count.n;
        ++count.shares;
        count.right += pair.gold.contains(name) ? 1 : 0;
      }
    }
  }
  return labelled;
}

void PrintCurve(const std::string& name, const std::vector<Knot>& curve) {
  for (const Knot& knot : curve) {
    Print(name, fmt::format("{:.3f}", knot.score), Precision(knot), static_cast<double>(knot.cases), "FinRE");
  }
}

// What the model alone says of each type, held against the curve of all types.
void PrintTypes(const Labelled& labelled, const std::vector<Knot>& curve) {
  struct Sum {
    double n = 0, right = 0, expected = 0, cases = 0;
  };
  std::map<std::string, Sum> sums;
  for (const Case& one : labelled.alone) {
    const double expected = OnCurve(curve, one.score);
    Sum& sum = sums[one.rule];
    if (expected < static_cast<double>(kSpeaks)) continue;
    ++sum.cases;
    sum.n += one.weight;
    sum.right += one.right ? one.weight : 0;
    sum.expected += one.weight * expected;
  }
  for (const auto& [name, sum] : sums) {
    const double expected = sum.n > 0 ? sum.expected / sum.n : static_cast<double>(kSpeaks);
    const double precision = (sum.right + kTypeWeight * expected) / (sum.n + kTypeWeight);
    Print(name, fmt::format("{:.3f}", expected), precision, sum.cases, "FinRE");
  }
}

class RulePrinter {
 public:
  // `precisions`: what event rules were taken for when the gold was read.
  RulePrinter(const Labelled& labelled, const eval::GoldFacts& gold, const std::map<std::string, double>& precisions)
      : lines_(labelled.rules) {
    for (const auto* facts : {&gold.events, &gold.relations}) {
      for (const eval::JudgedFact& fact : facts->facts) {
        // Pairs of companies have their own, larger measure; and the model has a say in which of them are told.
        if (fact.companies) continue;
        Count& count = gold_[fact.rule];
        ++count.n;
        count.right += fact.right ? 1 : 0;
        const auto known = precisions.find(fact.rule);
        count.shares += known == precisions.end() ? 1 : ShareOf(fact, known->second);
      }
    }
  }
  void Print(std::string_view id, double estimate, double weight = kEstimateWeight) const {
    const Count lines = Of(lines_, id);
    const Count gold = Of(gold_, id);
    const double n = lines.n + gold.n;
    const double prior = weight * estimate;
    std::string source = lines.n > 0 ? "FinRE train" : "";
    if (gold.n > 0) source += source.empty() ? "gold" : ", gold";
    if (source.empty()) source = "estimate";
    const double precision = (lines.right + gold.right + prior) / (lines.shares + gold.shares + weight);
    ::Print(std::string(id), "-", std::min(kMost, precision), n, source);
  }

 private:
  static Count Of(const std::map<std::string, Count>& counts, std::string_view id) {
    const auto found = counts.find(std::string(id));
    return found == counts.end() ? Count{} : found->second;
  }
  std::map<std::string, Count> lines_;
  std::map<std::string, Count> gold_;
};

std::vector<Case> CasesOfEstimates(const eval::JudgedFacts& events, const extract::CompiledRules& rules) {
  std::map<std::string, double> estimates;
  for (const extract::TriggerRule& rule : rules.triggers) estimates[rule.id] = static_cast<double>(rule.estimate);
  std::vector<Case> cases;
  for (const eval::JudgedFact& fact : events.facts) {
    if (const auto known = estimates.find(fact.rule); known != estimates.end()) {
      cases.push_back({known->second, fact.right, fact.rule});
    }
  }
  return cases;
}

int Complain(const Error& error) {
  std::cerr << "mailuo-fit-confidence: " << error.message << "\n";
  return 2;
}

int Run(const std::vector<std::string>& arguments) {
  const auto labelled = MeasureLines(arguments[0], arguments[1]);
  if (!labelled) return Complain(labelled.error());
  auto knowledge = extract::Knowledge::Create(lexicon::Lexicon::BuiltIn());
  if (!knowledge) return Complain(knowledge.error());
  extract::Annotator annotator(*std::move(knowledge));
  const auto gold = eval::JudgeGold(arguments[2], arguments[3], annotator);
  if (!gold) return Complain(gold.error());
  std::cout << "# How often rules and scores are right on labelled text; extract/confidence.h says what a line means.\n"
               "# Made by mailuo-fit-confidence (docs/RULES.md). FinRE: see NOTICE; gold: corpus/gold.\n"
               "#name\tscore\tprecision\tn\tsource\n";
  // Two names of one company are another task: they follow the curve by their own share of it.
  std::vector<Case> relations = labelled->alone;
  std::erase_if(relations, [](const Case& one) { return one.rule == "ALIAS_OF/model"; });
  const std::vector<Knot> alone = Curve(std::move(relations));
  PrintCurve("model", alone);
  std::vector<Case> ruled = labelled->ruled;
  std::erase_if(ruled, [](const Case& one) { return one.rule == "ALIAS_OF/model"; });
  PrintCurve("model+rule", Curve(std::move(ruled)));
  PrintTypes(*labelled, alone);
  const auto rules = extract::Rules::BuiltIn();
  std::map<std::string, double> precisions;
  for (const extract::TriggerRule& rule : (*rules)->compiled().triggers) {
    precisions[rule.id] = static_cast<double>(rule.precision);
  }
  const RulePrinter printer(*labelled, *gold, precisions);
  const auto expects = [](float estimate) { return static_cast<double>(estimate); };
  for (const extract::RelationRule& rule : (*rules)->compiled().relations) {
    printer.Print(rule.id, expects(rule.estimate));
  }
  for (const extract::StructuralRule& rule : extract::StructuralRules()) printer.Print(rule.id, expects(rule.estimate));
  // No event rule alone has many cases: what the estimates of all of them were worth takes the place of each.
  const std::vector<Knot> worth = Curve(CasesOfEstimates(gold->events, (*rules)->compiled()), kLeastEvents);
  for (const extract::TriggerRule& rule : (*rules)->compiled().triggers) {
    // Rules were written beside the gold: the author's own estimate, which is lower, keeps half of the say.
    const double estimate = expects(rule.estimate);
    const double like_it = OnCurve(worth, std::max(estimate, worth.front().score));
    printer.Print(rule.id, (estimate + like_it) / 2, kEventWeight);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() == 4) return Run(arguments);
  std::cerr << "mailuo-fit-confidence TRAIN.tsv VALID.tsv GOLD SAMPLES\n";
  return 2;
}
