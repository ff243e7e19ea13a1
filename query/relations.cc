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

constexpr std::size_t kMaxEdges = 100000;  // Of one entity that are ranked.
constexpr std::size_t kDeadlineStride = 1024;

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

// Most statements first. Ties by key, so that a position says where the next page begins.
auto RankOf(const store::EdgeSummary& edge) {
  return std::tuple(~edge.statements, static_cast<int>(edge.edge.type), edge.edge.head, edge.edge.tail);
}

std::string PositionOf(const store::EdgeSummary& edge) {
  return fmt::format("{:x}/{}/{:x}/{:x}", edge.statements, static_cast<int>(edge.edge.type), edge.edge.head.value,
                     edge.edge.tail.value);
}

std::optional<store::EdgeSummary> FromPosition(const std::string& text) {
  unsigned long long statements = 0;
  unsigned long long head = 0;
  unsigned long long tail = 0;
  unsigned type = 0;
  if (std::sscanf(text.c_str(), "%llx/%u/%llx/%llx", &statements, &type, &head, &tail) != 4) {  // NOLINT(cert-err34-c)
    return std::nullopt;
  }
  store::EdgeSummary edge;
  edge.statements = statements;
  edge.edge = {EntityId{head}, static_cast<RelationType>(type), EntityId{tail}};
  return edge;
}

Answer<std::vector<store::EdgeSummary>> GatherEdges(Session& session, EntityId id, const store::EdgeFilter& filter,
                                                    double min_confidence, bool& complete) {
  std::vector<store::EdgeSummary> edges;
  std::size_t visited = 0;
  const auto take = [&](const store::EdgeSummary& edge) {
    if (++visited > kMaxEdges) return complete = false;
    if (visited % kDeadlineStride == 0 && session.Late()) return false;
    if (static_cast<double>(edge.best_confidence) >= min_confidence) edges.push_back(edge);
    return true;
  };
  MAILUO_ANSWER_CHECK(session.reader().VisitEdges(id, filter, take));
  MAILUO_ANSWER_CHECK(session.CheckDeadline());
  std::sort(edges.begin(), edges.end(), [](const auto& a, const auto& b) { return RankOf(a) < RankOf(b); });
  return edges;
}

Answer<void> AddTyped(Session& session, const RelationsRequest& request, const EntityMatch& entity,
                      const std::optional<EntityMatch>& with, RelationsResult& result) {
  const store::EdgeFilter filter = ToFilter(request, with);
  const std::uint64_t hash = HashOf(request);
  MAILUO_ANSWER(const std::string after, DecodeCursor(request.page.cursor, hash));
  MAILUO_ANSWER(const auto edges,
                GatherEdges(session, entity.entity.id, filter, request.min_confidence, result.page.total_exact));
  result.page.total += edges.size();
  auto next = edges.begin();
  if (const auto last = after.empty() ? std::nullopt : FromPosition(after)) {
    next = std::upper_bound(edges.begin(), edges.end(), *last,
                            [](const auto& a, const auto& b) { return RankOf(a) < RankOf(b); });
  }
  for (; next != edges.end() && result.items.size() < request.page.limit; ++next) {
    MAILUO_ANSWER(RelationItem item, MakeRelationItem(session, *next, filter));
    result.items.push_back(std::move(item));
  }
  if (next != edges.end()) result.page.next_cursor = EncodeCursor(hash, PositionOf(*std::prev(next)));
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
