#include "query/relations.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "query/cooccurrence.h"
#include "query/cursor.h"
#include "query/event_items.h"
#include "query/relation_items.h"

namespace mailuo::query {
namespace {

bool AsksCooccurrence(const RelationsRequest& request) {
  return std::find(request.types.begin(), request.types.end(), RelationType::kCoOccurs) != request.types.end();
}
bool AsksTyped(const RelationsRequest& request) {
  return request.types.empty() || request.types.size() > (AsksCooccurrence(request) ? 1U : 0U);
}

store::EdgeFilter ToFilter(const RelationsRequest& request, const std::optional<EntityMatch>& with) {
  store::EdgeFilter filter;
  for (const RelationType type : request.types) {
    if (type != RelationType::kCoOccurs) filter.types.Add(type);
  }
  if (request.direction == Direction::kOut) filter.directions.Add(store::EdgeDirection::kOut);
  if (request.direction == Direction::kIn) filter.directions.Add(store::EdgeDirection::kIn);
  if (with) filter.other = with->entity.id;
  filter.statuses = ToSet(request.statuses);
  filter.published = {request.days.from, request.days.to};
  return filter;
}

std::uint64_t HashOf(const RelationsRequest& request) {
  QuestionHash hash("relations");
  hash.Add(request.as_of).Add(request.entity).Add(request.with).AddAll(request.types).AddAll(request.statuses);
  hash.Add(static_cast<std::uint64_t>(request.direction)).Add(fmt::format("{}", request.min_confidence));
  return hash.Add(request.days.from).Add(request.days.to).value();
}

// Where an edge stands among those of an entity: most statements first, ties by what the edge is, so that a position
// says where the next page begins.
struct Rank {
  std::uint64_t statements = 0;
  store::EdgeId edge;
  friend bool operator<(const Rank& a, const Rank& b) {
    const auto key = [](const Rank& rank) {
      return std::tuple(~rank.statements, static_cast<int>(rank.edge.type), rank.edge.head, rank.edge.tail);
    };
    return key(a) < key(b);
  }
};

std::string PositionOf(const Rank& rank) {
  return fmt::format("{:x}/{}/{:x}/{:x}", rank.statements, static_cast<int>(rank.edge.type), rank.edge.head.value,
                     rank.edge.tail.value);
}

std::optional<Rank> FromPosition(const std::string& text) {
  unsigned long long statements = 0;
  unsigned long long head = 0;
  unsigned long long tail = 0;
  unsigned type = 0;
  if (std::sscanf(text.c_str(), "%llx/%u/%llx/%llx", &statements, &type, &head, &tail) != 4) {  // NOLINT(cert-err34-c)
    return std::nullopt;
  }
  return Rank{statements, {EntityId{head}, static_cast<RelationType>(type), EntityId{tail}}};
}

Rank RankOf(EntityId id, const store::AdjacentEdge& edge) { return {edge.statements, store::EdgeFrom(id, edge)}; }

Answer<std::vector<store::AdjacentEdge>> GatherEdges(Session& session, EntityId id, const store::EdgeFilter& filter,
                                                     double min_confidence) {
  std::vector<store::AdjacentEdge> edges;
  if (filter.other) {
    MAILUO_ANSWER(const auto between, session.reader().Edges(id, filter, SIZE_MAX));
    edges.reserve(between.size());
    for (const store::EdgeSummary& edge : between) {
      edges.push_back({edge.other, edge.edge.type, edge.direction, edge.best_confidence, edge.statements});
    }
  } else {
    MAILUO_ANSWER(edges, session.reader().Adjacent(id, filter));
  }
  MAILUO_ANSWER_CHECK(session.CheckDeadline());
  const auto is_doubtful = [min_confidence](const store::AdjacentEdge& edge) {
    return static_cast<double>(edge.best_confidence) < min_confidence;
  };
  edges.erase(std::remove_if(edges.begin(), edges.end(), is_doubtful), edges.end());
  return edges;
}

Answer<void> AddTyped(Session& session, const RelationsRequest& request, const EntityMatch& entity,
                      const std::optional<EntityMatch>& with, RelationsResult& result) {
  const store::EdgeFilter filter = ToFilter(request, with);
  const std::uint64_t hash = HashOf(request);
  MAILUO_ANSWER(const std::string after, DecodeCursor(request.page.cursor, hash));
  MAILUO_ANSWER(auto edges, GatherEdges(session, entity.entity.id, filter, request.min_confidence));
  result.page.total += edges.size();
  if (const auto last = after.empty() ? std::nullopt : FromPosition(after)) {
    const auto is_before = [&](const store::AdjacentEdge& edge) { return !(*last < RankOf(entity.entity.id, edge)); };
    edges.erase(std::remove_if(edges.begin(), edges.end(), is_before), edges.end());
  }
  // A hub has far more than a page.
  const auto end = edges.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(request.page.limit, edges.size()));
  std::partial_sort(edges.begin(), end, edges.end(),
                    [&entity](const store::AdjacentEdge& a, const store::AdjacentEdge& b) {
                      if (a.statements != b.statements) return a.statements > b.statements;
                      return RankOf(entity.entity.id, a) < RankOf(entity.entity.id, b);
                    });
  for (auto next = edges.begin(); next != end; ++next) {
    MAILUO_ANSWER(const auto summary, session.reader().Summarize(entity.entity.id, *next, filter));
    if (!summary) return Refuse({ProblemKind::kInternal, "a relation that is listed is not there", {}, {}, {}});
    MAILUO_ANSWER(RelationItem item, MakeRelationItem(session, *summary, filter));
    result.items.push_back(std::move(item));
  }
  if (end != edges.end()) {
    result.page.next_cursor = EncodeCursor(hash, PositionOf(RankOf(entity.entity.id, *std::prev(end))));
  }
  return {};
}

Answer<void> AddCooccurrence(Session& session, const RelationsRequest& request, const EntityMatch& entity,
                             const std::optional<EntityMatch>& with, RelationsResult& result) {
  if (with) {
    MAILUO_ANSWER(auto pair, PairCooccurrence(session, entity, *with, request.days));
    if (pair) result.items.push_back(*std::move(pair));
  } else {
    MAILUO_ANSWER(auto items, AllCooccurrence(session, entity, request.days, request.page.limit));
    for (RelationItem& item : items) result.items.push_back(std::move(item));
  }
  return {};
}

}  // namespace

Answer<RelationsResult> FindRelations(Session& session, const RelationsRequest& request, const EntityMatch& entity,
                                      const std::optional<EntityMatch>& with) {
  RelationsResult result;
  result.snapshot = session.MakeSnapshot();
  result.entities.push_back(entity);
  if (with) result.entities.push_back(*with);
  result.page.limit = request.page.limit;
  if (AsksTyped(request)) MAILUO_ANSWER_CHECK(AddTyped(session, request, entity, with, result));
  // Statistics follow the last typed relation; /v1/cooccurrence has them page by page.
  if (AsksCooccurrence(request) && result.page.next_cursor.empty()) {
    const std::size_t typed = result.items.size();
    MAILUO_ANSWER_CHECK(AddCooccurrence(session, request, entity, with, result));
    result.page.total += result.items.size() - typed;
  }
  return result;
}

}  // namespace mailuo::query
