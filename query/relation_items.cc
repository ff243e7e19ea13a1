#include "query/relation_items.h"

#include <cmath>

namespace mailuo::query {

void ValidityReader::Add(const store::StateTold& statement) {
  const auto& [from, to] = statement.valid;
  if (statement.status == FactStatus::kTerminated) {
    validity_.until = to ? to : (from ? from : statement.published);
    return;
  }
  if (from && (!validity_.from || (validity_.until && *validity_.until < *from))) {
    validity_.from = from;
    validity_.until.reset();
  } else if (from && *from < *validity_.from && !validity_.until) {
    validity_.from = from;
  }
  // A later article that says it once more (前CEO) does not move the end.
  if (to && (!validity_.until || *to < *validity_.until)) validity_.until = to;
}

std::optional<double> Npmi(std::uint64_t xy, std::uint64_t x, std::uint64_t y, std::uint64_t n) {
  if (xy == 0 || x < xy || y < xy || n < x || n < y) return std::nullopt;
  if (xy == n) return std::nullopt;  // Everywhere: says nothing.
  const auto p = [n](std::uint64_t count) { return static_cast<double>(count) / static_cast<double>(n); };
  return std::log(p(xy) / (p(x) * p(y))) / -std::log(p(xy));
}

Answer<RelationItem> MakeRelationItem(Session& session, const store::EdgeSummary& edge,
                                      const store::EdgeFilter& filter) {
  const RelationTypeInfo& info = Info(edge.edge.type);
  RelationItem item;
  item.type = edge.edge.type;
  MAILUO_ANSWER(item.head, session.Ref(edge.edge.head));
  MAILUO_ANSWER(item.tail, session.Ref(edge.edge.tail));
  item.symmetric = info.symmetric;
  if (edge.direction == store::EdgeDirection::kOut) item.direction = Direction::kOut;
  if (edge.direction == store::EdgeDirection::kIn) item.direction = Direction::kIn;
  item.support = edge.statements;
  item.by_status = edge.by_status;
  item.first_seen = edge.first_published;
  item.last_seen = edge.last_published;
  if (edge.last_status) {
    item.status = *edge.last_status;
  } else {
    MAILUO_ANSWER(const auto last, session.reader().LastStatement(edge, filter));
    item.status = last.status;
  }
  ValidityReader validity;
  for (const store::StateTold& told : edge.told) validity.Add(told);
  item.valid_from = validity.result().from;
  item.valid_until = validity.result().until;
  MAILUO_ANSWER(const auto best, session.reader().BestEvidence(edge, filter));
  MAILUO_ANSWER(const auto stored, session.Article(best.article));
  // The article has the confidence unrounded.
  const auto& relations = stored->annotation.relations;
  item.confidence =
      static_cast<double>(best.number < relations.size() ? relations[best.number].confidence : best.confidence);
  item.evidence.push_back(EvidenceOf(*stored, best.sentence));
  return item;
}

}  // namespace mailuo::query
