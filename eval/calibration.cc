#include "eval/calibration.h"

#include <algorithm>
#include <istream>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include <fmt/core.h>

#include "eval/article_score.h"
#include "eval/event_labels.h"
#include "eval/measure.h"
#include "eval/relation_lines.h"
#include "eval/scoring.h"
#include "text/utf8.h"

namespace mailuo::eval {
namespace {

constexpr std::size_t kEnough = 50;  // Facts from which a decile's error is more than noise.
constexpr double kAllowed = 0.05;

void JudgeEvents(const Scoring& scoring, JudgedFacts& out) {
  std::multiset<std::pair<EventType, std::size_t>> there;
  for (const Event& event : scoring.gold().annotation.events) {
    there.emplace(event.type, scoring.SentenceOf(event.trigger.start));
  }
  out.gold += there.size();
  for (const Event& event : scoring.found().events) {
    const auto same = there.find({event.type, scoring.SentenceOf(event.trigger.start)});
    const bool right = same != there.end();
    if (right) there.erase(same);
    if (!right && scoring.Unscored(event.trigger, std::nullopt)) continue;
    out.facts.push_back({static_cast<double>(event.confidence), right, event.rule});
  }
}

// `labels`: those that the file has at all; it says nothing about other types.
void JudgeEventLine(const EventLine& line, const EventLabels& labels, extract::Annotator& annotator, JudgedFacts& out) {
  std::vector<const EventLabel*> told;
  for (const LabelledEvent& event : line.events) {
    if (const auto label = labels.find(event.label); label != labels.end()) told.push_back(&label->second);
  }
  for (const Event& event : annotator.Annotate(line.article).events) {
    const std::string_view trigger = text::SliceCodePoints(line.article.text, event.trigger.start, event.trigger.end);
    const bool right =
        std::any_of(told.begin(), told.end(), [&event](const EventLabel* label) { return label->Accepts(event.type); });
    const bool counts = std::any_of(labels.begin(), labels.end(),
                                    [&](const auto& label) { return label.second.Counts(event.type, trigger); });
    // A type that is only `also` right on a label is never wrong here, which would make it look surer than it is.
    if (counts) out.facts.push_back({static_cast<double>(event.confidence), right, event.rule});
  }
}

using Statement = std::tuple<RelationType, std::string, std::string>;

Statement StatementOf(const Scoring& scoring, const Relation& relation) {
  Statement statement{relation.type, scoring.GoldName(relation.head.name), scoring.GoldName(relation.tail.name)};
  auto& [type, head, tail] = statement;
  if (Info(type).symmetric && tail < head) std::swap(head, tail);
  return statement;
}

void JudgeRelations(const Scoring& scoring, JudgedFacts& out) {
  std::set<Statement> there;
  for (const Relation& relation : scoring.gold().annotation.relations) {
    if (relation.type != RelationType::kAliasOf) there.insert(StatementOf(scoring, relation));
  }
  out.gold += there.size();
  std::map<Statement, const Relation*> said;
  for (const Relation& relation : scoring.found().relations) {
    if (relation.type == RelationType::kAliasOf || relation.type == RelationType::kCoOccurs) continue;
    const Relation*& best = said[StatementOf(scoring, relation)];
    if (best == nullptr || best->confidence < relation.confidence) best = &relation;
  }
  for (const auto& [statement, relation] : said) {
    const bool companies = relation->head.type == MentionType::kCompany && relation->tail.type == MentionType::kCompany;
    out.facts.push_back(
        {static_cast<double>(relation->confidence), there.contains(statement), relation->rule, companies});
  }
}

std::string FormatCuts(const JudgedFacts& judged) {
  std::string out = fmt::format("{:<16}{:>7}{:>12}{:>10}\n", "min_confidence", "n", "precision", "recall");
  for (const double least : {.3, .4, .5, .6, .7, .8, .9}) {
    std::size_t n = 0;
    std::size_t right = 0;
    for (const JudgedFact& fact : judged.facts) {
      if (fact.confidence < least) continue;
      ++n;
      right += fact.right ? 1U : 0U;
    }
    if (n == 0) break;
    const auto share = [right](std::size_t of) { return static_cast<double>(right) / static_cast<double>(of); };
    out += fmt::format("{:<16}{:>7}{:>12.3f}{:>10.3f}\n", least, n, share(n), share(judged.gold));
  }
  return out;
}

}  // namespace

Result<JudgedFacts> JudgeRelationLines(std::istream& lines) {
  MAILUO_ASSIGN_OR_RETURN(const std::vector<RelationText> texts, ReadRelationTexts(lines));
  JudgedFacts judged;
  for (const LabelledDocument& document : JudgeRelationTexts(texts)) {
    judged.gold += document.missed;
    for (const LabelledPair& pair : document.pairs) {
      judged.gold += pair.gold.size() - pair.gold.count("ALIAS_OF=");
      for (const auto& [name, relation] : LabelledDocument::ClassesOf(document.by_all, pair)) {
        if (relation->type == RelationType::kAliasOf) continue;
        judged.facts.push_back({static_cast<double>(relation->confidence), pair.gold.contains(name), relation->rule});
      }
    }
  }
  return judged;
}

Result<JudgedFacts> JudgeEventLines(std::istream& lines, std::string_view name, extract::Annotator& annotator) {
  MAILUO_ASSIGN_OR_RETURN(EventLabels labels, BuiltInEventLabels());
  MAILUO_ASSIGN_OR_RETURN(const std::vector<EventLine> all, ReadEventLines(lines, name));
  std::set<std::string> of_file;
  for (const EventLine& line : all) {
    for (const LabelledEvent& event : line.events) of_file.insert(event.label);
  }
  std::erase_if(labels, [&of_file](const auto& label) { return !of_file.contains(label.first); });
  JudgedFacts judged;
  for (const EventLine& line : all) {
    if (IsIn(Part::kHeld, line.article.external_id)) JudgeEventLine(line, labels, annotator, judged);
  }
  return judged;
}

Result<GoldFacts> JudgeGold(const std::string& gold_folder, const std::string& samples_folder,
                            extract::Annotator& annotator) {
  MAILUO_ASSIGN_OR_RETURN(const std::vector<GoldArticle> all, ReadGoldFolder(gold_folder));
  GoldFacts facts;
  for (const GoldArticle& gold : all) {
    MAILUO_ASSIGN_OR_RETURN(Article article, ReadSample(samples_folder + "/" + gold.sample));
    MAILUO_RETURN_IF_ERROR(CheckQuotes(gold, article.text));
    article.published = PublishedTime{gold.published, -1};
    const Annotation found = annotator.Annotate(article);
    Scoreboard unused;
    const Scoring scoring(gold, article, found, unused);
    JudgeEvents(scoring, facts.events);
    JudgeRelations(scoring, facts.relations);
  }
  return facts;
}

std::vector<Decile> Deciles(const std::vector<JudgedFact>& facts) {
  std::vector<Decile> deciles(10);
  for (std::size_t i = 0; i < deciles.size(); ++i) deciles[i].from = static_cast<double>(i) / 10;
  for (const JudgedFact& fact : facts) {
    // A confidence is a float: 0.8F lies a hair below or above 0.8.
    const auto i = static_cast<std::size_t>(std::clamp(fact.confidence * 10 + 1e-6, 0.0, 9.5));
    ++deciles[i].n;
    deciles[i].confidence += fact.confidence;
    deciles[i].precision += fact.right ? 1 : 0;
  }
  for (Decile& decile : deciles) {
    if (decile.n == 0) continue;
    decile.confidence /= static_cast<double>(decile.n);
    decile.precision /= static_cast<double>(decile.n);
  }
  return deciles;
}

std::string FormatCalibration(const std::string& title, const JudgedFacts& judged) {
  const std::vector<JudgedFact>& facts = judged.facts;
  std::string out =
      fmt::format("{}\n{:<12}{:>7}{:>13}{:>12}{:>8}\n", title, "confidence", "n", "mean", "precision", "error");
  double right = 0;
  for (const JudgedFact& fact : facts) right += fact.right ? 1 : 0;
  double error = 0;
  for (const Decile& decile : Deciles(facts)) {
    if (decile.n == 0) continue;
    error += static_cast<double>(decile.n) * decile.Error();
    out += fmt::format("{:.1f} - {:.1f}   {:>7}{:>13.3f}{:>12.3f}{:>8.3f}{}\n", decile.from, decile.from + 0.1,
                       decile.n, decile.confidence, decile.precision, decile.Error(),
                       decile.n >= kEnough && decile.Error() > kAllowed ? "  above 0.05" : "");
  }
  const double n = static_cast<double>(std::max<std::size_t>(1, facts.size()));
  out += fmt::format("{:<12}{:>7}{:>13}{:>12.3f}{:>8.3f}\n", "all", facts.size(), "", right / n, error / n);
  return judged.gold > 0 ? out + FormatCuts(judged) : out;
}

double WorstError(const std::vector<JudgedFact>& facts) {
  double worst = 0;
  for (const Decile& decile : Deciles(facts)) {
    if (decile.n >= kEnough) worst = std::max(worst, decile.Error());
  }
  return worst;
}

}  // namespace mailuo::eval
