#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include <fmt/core.h>

#include "eval/scoring.h"

namespace mailuo::eval {
namespace {

using Key = std::tuple<RelationType, std::string, std::string>;

struct Statement {
  FactStatus status = FactStatus::kOccurred;
  std::uint32_t sentence = 0;
};

// One entry a statement, whatever the number of sentences that make it; the first one's status.
std::map<Key, Statement> Statements(const Scoring& scoring, const std::vector<Relation>& relations) {
  std::map<Key, Statement> statements;
  for (const Relation& relation : relations) {
    if (relation.type == RelationType::kAliasOf || relation.type == RelationType::kCoOccurs) continue;
    std::string head = scoring.GoldName(relation.head.name);
    std::string tail = scoring.GoldName(relation.tail.name);
    if (Info(relation.type).symmetric && tail < head) std::swap(head, tail);
    statements.emplace(Key{relation.type, std::move(head), std::move(tail)},
                       Statement{relation.status, relation.sentence});
  }
  return statements;
}

std::string Kind(const Key& key) { return fmt::format("relation/{}", Word(std::get<0>(key))); }
std::string Show(const Key& key) { return fmt::format("{} > {}", std::get<1>(key), std::get<2>(key)); }

// A false hit has a sentence to show; what was missed was not annotated with one.
std::optional<std::uint32_t> PlaceOf(const Scoring& scoring, const Statement& statement) {
  const auto& sentences = scoring.found().sentences;
  if (statement.sentence >= sentences.size()) return std::nullopt;
  return sentences[statement.sentence].start;
}

}  // namespace

void ScoreRelations(Scoring& scoring) {
  const auto gold = Statements(scoring, scoring.gold().annotation.relations);
  const auto found = Statements(scoring, scoring.found().relations);
  auto& tallies = scoring.board().tallies;
  for (const auto& [key, statement] : gold) {
    ++tallies["relation"].gold;
    ++tallies[Kind(key)].gold;
    const auto same = found.find(key);
    if (same == found.end()) {
      scoring.Fail(Failure::Kind::kMissed, Kind(key), Show(key), std::nullopt);
      continue;
    }
    ++tallies["relation"].right;
    ++tallies[Kind(key)].right;
    const bool status = same->second.status == statement.status;
    scoring.board().Rate("relation.status", status);
    if (status) continue;
    scoring.Fail(Failure::Kind::kWrong, "relation.status",
                 fmt::format("{} {}: expected {}, found {}", Word(std::get<0>(key)), Show(key), Word(statement.status),
                             Word(same->second.status)),
                 PlaceOf(scoring, same->second));
  }
  for (const auto& [key, statement] : found) {
    ++tallies["relation"].found;
    ++tallies[Kind(key)].found;
    if (gold.contains(key)) continue;
    scoring.Fail(Failure::Kind::kFalse, Kind(key), Show(key), PlaceOf(scoring, statement));
  }
}

}  // namespace mailuo::eval
