// Whom an entity is related to: walks over its neighbour lists.
#include <algorithm>
#include <memory>
#include <utility>

#include "store/contribution.h"
#include "store/keys.h"
#include "store/neighbour_list.h"
#include "store/reader.h"
#include "store/records.h"
#include "store/scan.h"
#include "store/view.h"

namespace mailuo::store {
namespace {

// DayNumbers of the first and last day of a month.
struct Days {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};
std::optional<Days> DaysOfMonth(std::uint32_t block) {
  const auto year = static_cast<int>(block / 12);
  const auto month = static_cast<int>(block % 12) + 1;
  const auto first = MakeDate(year, month, 1);
  if (!first || !IsStorableDay(*first)) return std::nullopt;
  const std::uint32_t begin = DayNumber(first);
  return Days{begin, begin + static_cast<std::uint32_t>(DaysInMonth(year, month)) - 1};
}

// Edges by neighbour, direction and type, added up over lists that come in any order.
class EdgeTable {
 public:
  explicit EdgeTable(std::vector<AdjacentEdge>& edges) : edges_(edges) {}

  void Add(const AdjacentEdge& edge) {
    if (slots_.size() < 2 * (edges_.size() + 1)) Grow();
    std::size_t at = PlaceOf(edge);
    while (slots_[at] != 0) {
      AdjacentEdge& known = edges_[slots_[at] - 1];
      if (known.other == edge.other && known.type == edge.type && known.direction == edge.direction) {
        known.statements += edge.statements;
        known.best_confidence = std::max(known.best_confidence, edge.best_confidence);
        return;
      }
      at = (at + 1) & (slots_.size() - 1);
    }
    edges_.push_back(edge);
    slots_[at] = static_cast<std::uint32_t>(edges_.size());
  }

 private:
  // Ids are hashes already.
  std::size_t PlaceOf(const AdjacentEdge& edge) const {
    const std::uint64_t kind = static_cast<std::uint64_t>(edge.type) * 4 + static_cast<std::uint64_t>(edge.direction);
    return (edge.other.value ^ kind * 0x9E3779B97F4A7C15U) & (slots_.size() - 1);
  }
  void Grow() {
    constexpr std::size_t kFirst = 256;
    slots_.assign(std::max(kFirst, 2 * slots_.size()), 0);
    for (std::size_t i = 0; i < edges_.size(); ++i) {
      std::size_t at = PlaceOf(edges_[i]);
      while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = static_cast<std::uint32_t>(i + 1);
    }
  }

  std::vector<AdjacentEdge>& edges_;
  std::vector<std::uint32_t> slots_;  // Index of the edge + 1; 0: free. A power of two.
};

class NeighbourWalk {
 public:
  NeighbourWalk(const EngineView& view, EntityId entity, const EdgeFilter& filter, const std::optional<Date>& as_of)
      : view_(view), entity_(entity), filter_(filter), window_(filter.published, as_of) {}

  // The list of everything, if it is what the window admits; nothing if there is none or it is more.
  Result<std::optional<std::string>> Whole() {
    const std::string key = Encode(NeighboursKey{entity_, kAllMonths});
    if (!window_.everything()) {
      MAILUO_ASSIGN_OR_RETURN(const bool whole, WindowHoldsAll());
      if (!whole) return std::optional<std::string>();
    }
    return view_.Get(Table::kGraph, key);
  }

  // The most neighbours of one month that the window holds all of.
  Result<std::uint64_t> MostOfOneMonth() const {
    std::uint64_t most = 0;
    MAILUO_RETURN_IF_ERROR(VisitMonths([&](const Days& days, std::string_view list) {
      const auto count = CountNeighbours(list);
      if (count && days.first >= window_.first() && days.last <= window_.last()) most = std::max(most, *count);
      return count.has_value();
    }));
    return most;
  }

  Result<std::vector<AdjacentEdge>> Run() {
    std::vector<AdjacentEdge> edges;
    MAILUO_ASSIGN_OR_RETURN(const std::optional<std::string> whole, Whole());
    if (whole) {
      // Some two kinds of relation to each.
      edges.reserve(2 * std::min<std::uint64_t>(CountNeighbours(*whole).value_or(0), whole->size() / 8));
      const auto take = [&edges](const AdjacentEdge& edge) { edges.push_back(edge); };
      if (!ReadList(*whole, 0, take)) return Damaged(Encode(NeighboursKey{entity_, kAllMonths}));
      return edges;
    }
    EdgeTable table(edges);
    const auto take = [&table](const AdjacentEdge& edge) { table.Add(edge); };
    MAILUO_RETURN_IF_ERROR(
        VisitMonths([&](const Days& days, std::string_view list) { return ReadList(list, days.first, take); }));
    return edges;
  }

 private:
  // The lists of the months that the window touches, newest first; visit(days, list) returns false for a damaged one.
  template <typename Visit>
  Status VisitMonths(const Visit& visit) const {
    if (window_.everything() || window_.empty()) return {};
    const auto cursor = view_.Scan(Table::kGraph, EntityPrefix(Space::kNeighbours, entity_));
    for (cursor->Seek(Encode(NeighboursKey{entity_, MonthBlock(DayOfNumber(window_.last()))})); cursor->valid();
         cursor->Next()) {
      const auto key = ParseNeighboursKey(cursor->key());
      if (!key) return Damaged(cursor->key());
      if (key->block == 0) break;
      const auto days = DaysOfMonth(key->block);
      if (!days) return Damaged(cursor->key());
      if (days->last < window_.first()) break;
      if (!visit(*days, cursor->value())) return Damaged(cursor->key());
    }
    return cursor->status();
  }

  // No statement is undated or outside of the window.
  Result<bool> WindowHoldsAll() const {
    if (window_.first() != 1) return false;
    const auto cursor = view_.Scan(Table::kGraph, EntityPrefix(Space::kNeighbours, entity_));
    cursor->SeekToLast();
    MAILUO_ASSIGN_OR_RETURN(const std::uint32_t oldest, BlockAt(*cursor));
    if (oldest == 0) return false;
    cursor->Seek(Encode(NeighboursKey{entity_, kAllMonths - 1}));
    MAILUO_ASSIGN_OR_RETURN(const std::uint32_t newest, BlockAt(*cursor));
    const auto days = DaysOfMonth(newest);
    return days && days->last <= window_.last();
  }
  // The block that a cursor stands on; 0 for none.
  static Result<std::uint32_t> BlockAt(const Cursor& cursor) {
    MAILUO_RETURN_IF_ERROR(cursor.status());
    if (!cursor.valid()) return std::uint32_t{0};
    const auto key = ParseNeighboursKey(cursor.key());
    if (!key) return Damaged(cursor.key());
    return key->block;
  }

  // Adds up the rows of each edge. `month_begin`: DayNumber of the first of the month; 0: a list without days.
  template <typename Take>
  bool ReadList(std::string_view bytes, std::uint32_t month_begin, const Take& take) const {
    bool known = true;
    AdjacentEdge edge;
    std::uint32_t present = UINT32_MAX;  // What edge it is, of its neighbour.
    std::uint8_t best = 0;
    const auto finish = [&] {
      if (edge.statements == 0) return;
      edge.best_confidence = FromHundredths(best);
      take(edge);
      edge.statements = 0;
    };
    const bool sound = VisitNeighbourRows(bytes, [&](std::uint64_t other, std::uint32_t packed, std::int64_t count) {
      const auto code = UnpackNeighbourCode(packed);
      known = known && code && (code->day != 0) == (month_begin != 0);
      if (!known || count <= 0 || !Admits(*code)) return;
      if (month_begin != 0 && !window_.Admits(month_begin + code->day - 1)) return;
      if (other != edge.other.value || packed >> kEdgeShift != present) {
        finish();
        edge.other = {other};
        edge.type = code->type;
        edge.direction = code->direction;
        present = packed >> kEdgeShift;
        best = 0;
      }
      edge.statements += static_cast<std::uint64_t>(count);
      best = std::max(best, code->confidence);
    });
    finish();
    return sound && known;
  }

  bool Admits(const NeighbourCode& code) const {
    return filter_.statuses.Admits(code.status) && filter_.Admits(code.type, code.direction);
  }

  const EngineView& view_;
  EntityId entity_;
  const EdgeFilter& filter_;
  DayWindow window_;
};

}  // namespace

Result<std::vector<AdjacentEdge>> Reader::Adjacent(EntityId id, const EdgeFilter& filter) const {
  if (filter.other) return Error{ErrorCode::kInvalidArgument, "the edges with one other entity are asked of Edges()"};
  return NeighbourWalk(view_->engine(), id, filter, as_of_).Run();
}

Result<std::uint64_t> Reader::CountRelated(EntityId id) const {
  EdgeFilter filter;
  filter.statuses = kNoDenials;
  NeighbourWalk walk(view_->engine(), id, filter, as_of_);
  MAILUO_ASSIGN_OR_RETURN(const std::optional<std::string> whole, walk.Whole());
  if (whole) {
    const auto count = CountNeighbours(*whole);
    if (!count) return Damaged(Encode(NeighboursKey{id, kAllMonths}));
    return *count;
  }
  if (!as_of_) return std::uint64_t{0};
  MAILUO_ASSIGN_OR_RETURN(const std::vector<AdjacentEdge> edges, walk.Run());
  std::vector<EntityId> others;
  others.reserve(edges.size());
  for (const AdjacentEdge& edge : edges) {
    if (edge.other != id) others.push_back(edge.other);
  }
  std::sort(others.begin(), others.end());
  return static_cast<std::uint64_t>(std::unique(others.begin(), others.end()) - others.begin());
}

Result<std::uint64_t> Reader::CountRelatedAtLeast(EntityId id) const {
  if (!as_of_) return CountRelated(id);
  const EdgeFilter filter;
  return NeighbourWalk(view_->engine(), id, filter, as_of_).MostOfOneMonth();
}

}  // namespace mailuo::store
