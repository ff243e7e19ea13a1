// Relations: the edges of an entity and the statements of an edge.
#include <algorithm>
#include <tuple>

#include "store/contribution.h"
#include "store/enums.h"
#include "store/keys.h"
#include "store/reader.h"
#include "store/records.h"
#include "store/scan.h"
#include "store/view.h"

namespace mailuo::store {
namespace {

constexpr char kEvidenceQuestion = 'e';
constexpr std::size_t kPlaceSize = 3 + 16 + 2;

// A row of an edge tally, checked.
std::optional<EdgeCode> ReadCode(const TallyRow& row) {
  if (row.code >> 40 != 0) return std::nullopt;
  const EdgeCode code = UnpackEdgeCode(row.code);
  if (code.published > kMaxDayNumber || !IsKnown(code.status)) return std::nullopt;
  return code;
}

// First published means dated first.
bool IsEarlier(std::uint32_t a, std::uint32_t b) { return a != 0 && (b == 0 || a < b); }

bool IsBetter(const EdgeCode& a, const EdgeCode& b) {
  return a.confidence != b.confidence ? a.confidence > b.confidence : IsEarlier(a.published, b.published);
}

// Reads edges as they look through a filter.
class EdgeReading {
 public:
  EdgeReading(const EdgeFilter& filter, const std::optional<Date>& as_of)
      : filter_(filter), window_(filter.published, as_of) {}

  // The edge whose key the cursor is on, and on to the next edge. Nothing in `summary.statements` if no statement
  // counts.
  Status Read(Cursor& cursor, EdgeSummary& summary) {
    summary = {};
    if (IsStateKey(cursor.key())) {
      // Compaction may have dropped the empty tally of the edge, and not yet this.
      if (!IsEmptyTally(cursor.value())) return Damaged(cursor.key());
      cursor.Next();
      return cursor.status();
    }
    const auto key = ParseEdgeKey(cursor.key());
    if (!key) return Damaged(cursor.key());
    summary.edge = key->edge;
    MAILUO_RETURN_IF_ERROR(AddStatements(cursor.key(), cursor.value(), summary));
    told_.clear();
    for (cursor.Next(); cursor.valid() && IsStateKey(cursor.key()); cursor.Next()) {
      const auto state = ParseStateKey(cursor.key());
      if (!state || state->edge != key->edge) return Damaged(cursor.key());
      if (filter_.statuses.Admits(state->status)) MAILUO_RETURN_IF_ERROR(AddTold(*state, cursor));
    }
    MAILUO_RETURN_IF_ERROR(cursor.status());
    std::sort(told_.begin(), told_.end());
    summary.told.reserve(told_.size());
    for (const Told& told : told_) {
      summary.told.push_back({DayOfNumber(told.published),
                              static_cast<FactStatus>(told.status),
                              {DayOfNumber(told.from), DayOfNumber(told.to)}});
    }
    return {};
  }

  // The tally of an edge: all but what it tells of a state.
  Status AddStatements(std::string_view raw_key, std::string_view value, EdgeSummary& summary) const {
    DaySpan days;
    std::optional<EdgeCode> best;
    std::uint32_t last_day = 0;
    bool sound = true;
    const auto add = [&](const TallyRow& row) {
      const auto code = ReadCode(row);
      sound = sound && code;
      if (!code || row.counts[0] <= 0) return;
      if (!window_.Admits(code->published) || !filter_.statuses.Admits(code->status)) return;
      // Rows ascend by day.
      if (summary.statements == 0 || code->published != last_day) {
        last_day = code->published;
        summary.last_status = code->status;
      } else if (summary.last_status != code->status) {
        summary.last_status.reset();
      }
      const auto count = static_cast<std::uint64_t>(row.counts[0]);
      summary.statements += count;
      summary.by_status.at(static_cast<std::size_t>(code->status)) += count;
      days.Add(code->published);
      if (!best || IsBetter(*code, *best)) best = code;
    };
    if (!VisitTallyRows(value, kEdgeWidth, add) || !sound) return Damaged(raw_key);
    summary.first_published = DayOfNumber(days.first);
    summary.last_published = DayOfNumber(days.last);
    if (best) {
      summary.best_confidence = FromHundredths(best->confidence);
      summary.best_published = DayOfNumber(best->published);
    }
    return {};
  }

 private:
  // In the order of EdgeSummary::told.
  struct Told {
    std::uint32_t published = 0;
    std::uint32_t tells_of = 0;
    bool ends = false;
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    int status = 0;
    friend auto operator<=>(const Told&, const Told&) = default;
  };

  Status AddTold(const StateKey& key, const Cursor& cursor) {
    const bool ends = key.status == FactStatus::kTerminated || key.from == 0;
    bool sound = true;
    const auto add = [&](const TallyRow& row) {
      sound = sound && row.code <= kMaxDayNumber;
      const auto published = static_cast<std::uint32_t>(row.code);
      if (!sound || row.counts[0] <= 0 || !window_.Admits(published)) return;
      std::uint32_t tells_of = key.from;
      if (ends && key.to != 0) tells_of = key.to;
      if (tells_of == 0) tells_of = published;
      told_.push_back({published, tells_of, ends, key.from, key.to, static_cast<int>(key.status)});
    };
    if (!VisitTallyRows(cursor.value(), kStateWidth, add) || !sound) return Damaged(cursor.key());
    return {};
  }

  const EdgeFilter& filter_;
  DayWindow window_;
  std::vector<Told> told_;  // Of the present edge; kept for its memory.
};

// How an edge looks from one end; an edge from an entity to itself looks both ways.
std::vector<EdgeDirection> DirectionsFrom(EntityId end, const EdgeId& edge) {
  if (Info(edge.type).symmetric) return {EdgeDirection::kBoth};
  if (edge.head == edge.tail) return {EdgeDirection::kOut, EdgeDirection::kIn};
  return {edge.head == end ? EdgeDirection::kOut : EdgeDirection::kIn};
}

// Most statements first, then direction, type and other end.
bool MoreStated(const AdjacentEdge& a, const AdjacentEdge& b) {
  const auto rank = [](const AdjacentEdge& edge) {
    return std::tuple(~edge.statements, edge.direction, edge.type, edge.other);
  };
  return rank(a) < rank(b);
}

Result<EdgeEvidence> ReadEvidence(std::string_view raw_key, std::string_view value) {
  const auto key = ParseEvidenceKey(raw_key);
  const auto facts = key ? DecodeEvidenceFacts(value) : std::nullopt;
  if (!facts) return Damaged(raw_key);
  return EdgeEvidence{key->edge,
                      key->place.article,
                      key->place.number,
                      DayOfNumber(key->place.published),
                      facts->sentence,
                      facts->status,
                      FromHundredths(facts->confidence),
                      facts->valid};
}

// Of the statements published on one day that a filter admits the first, in the order of their keys, that passes
// `want`. Some statement does.
template <typename Want>
Result<EdgeEvidence> FindOnDay(const EngineView& view, const EdgeId& edge, const std::optional<Date>& day,
                               const EdgeFilter& filter, const Want& want) {
  const std::string prefix = AtDay(EvidencePrefix(edge), DayNumber(day));
  const auto cursor = view.Scan(Table::kGraph, prefix);
  for (cursor->Seek(prefix); cursor->valid(); cursor->Next()) {
    const auto facts = DecodeEvidenceFacts(cursor->value());
    if (!facts) return Damaged(cursor->key());
    if (filter.statuses.Admits(facts->status) && want(*facts)) return ReadEvidence(cursor->key(), cursor->value());
  }
  MAILUO_RETURN_IF_ERROR(cursor->status());
  return Damaged(Encode(EdgeKey{edge}));
}

}  // namespace

EdgeId EdgeFrom(EntityId entity, const AdjacentEdge& edge) {
  if (edge.direction == EdgeDirection::kIn) return {edge.other, edge.type, entity};
  return EdgeOf(edge.type, entity, edge.other);
}

Result<std::optional<EdgeSummary>> Reader::Summarize(EntityId id, const AdjacentEdge& edge,
                                                     const EdgeFilter& filter) const {
  EdgeSummary summary;
  summary.edge = EdgeFrom(id, edge);
  const std::string key = Encode(EdgeKey{summary.edge});
  EdgeReading reading(filter, as_of_);
  if (Info(edge.type).state) {
    const auto cursor = view_->engine().Scan(Table::kGraph, key);
    cursor->Seek(key);
    if (cursor->valid()) MAILUO_RETURN_IF_ERROR(reading.Read(*cursor, summary));
    MAILUO_RETURN_IF_ERROR(cursor->status());
  } else {
    MAILUO_ASSIGN_OR_RETURN(const std::optional<std::string> value, view_->engine().Get(Table::kGraph, key));
    if (value) MAILUO_RETURN_IF_ERROR(reading.AddStatements(key, *value, summary));
  }
  if (summary.statements == 0) return std::optional<EdgeSummary>();
  summary.other = edge.other;
  summary.direction = edge.direction;
  return std::optional(std::move(summary));
}

Result<std::vector<EdgeSummary>> Reader::Edges(EntityId id, const EdgeFilter& filter, std::size_t limit) const {
  std::vector<EdgeSummary> edges;
  if (!filter.other) {
    MAILUO_ASSIGN_OR_RETURN(std::vector<AdjacentEdge> all, Adjacent(id, filter));
    const auto end = all.begin() + static_cast<std::ptrdiff_t>(std::min(limit, all.size()));
    std::partial_sort(all.begin(), end, all.end(), MoreStated);
    edges.reserve(static_cast<std::size_t>(end - all.begin()));
    for (auto edge = all.begin(); edge != end; ++edge) {
      MAILUO_ASSIGN_OR_RETURN(auto summary, Summarize(id, *edge, filter));
      if (!summary) return Damaged(Encode(EdgeKey{EdgeFrom(id, *edge)}));
      edges.push_back(*std::move(summary));
    }
    return edges;
  }
  EdgeReading reading(filter, as_of_);
  const std::string prefix = EdgePrefix(id, *filter.other);
  const auto cursor = view_->engine().Scan(Table::kGraph, prefix);
  for (cursor->Seek(prefix); cursor->valid();) {
    EdgeSummary summary;
    MAILUO_RETURN_IF_ERROR(reading.Read(*cursor, summary));
    if (summary.statements == 0) continue;
    summary.other = *filter.other;
    for (const EdgeDirection direction : DirectionsFrom(id, summary.edge)) {
      if (!filter.Admits(summary.edge.type, direction)) continue;
      summary.direction = direction;
      edges.push_back(summary);
    }
  }
  MAILUO_RETURN_IF_ERROR(cursor->status());
  std::sort(edges.begin(), edges.end(), [](const EdgeSummary& a, const EdgeSummary& b) {
    const auto rank = [](const EdgeSummary& e) { return std::tuple(~e.statements, e.direction, e.edge.type); };
    return rank(a) < rank(b);
  });
  if (edges.size() > limit) edges.resize(limit);
  return edges;
}

Result<std::optional<EdgeEvidence>> Reader::BestEvidence(const EdgeId& asked, const EdgeFilter& filter) const {
  const EdgeId edge = EdgeOf(asked.type, asked.head, asked.tail);
  AdjacentEdge adjacent;
  adjacent.other = edge.tail;
  adjacent.type = edge.type;
  MAILUO_ASSIGN_OR_RETURN(const auto summary, Summarize(edge.head, adjacent, filter));
  if (!summary) return std::optional<EdgeEvidence>();
  MAILUO_ASSIGN_OR_RETURN(const EdgeEvidence best, BestEvidence(*summary, filter));
  return std::optional(best);
}

Result<EdgeEvidence> Reader::BestEvidence(const EdgeSummary& edge, const EdgeFilter& filter) const {
  return FindOnDay(view_->engine(), edge.edge, edge.best_published, filter, [&edge](const EvidenceFacts& facts) {
    return facts.confidence == Hundredths(edge.best_confidence);
  });
}

Result<EdgeEvidence> Reader::LastStatement(const EdgeSummary& edge, const EdgeFilter& filter) const {
  return FindOnDay(view_->engine(), edge.edge, edge.last_published, filter,
                   [](const EvidenceFacts& /*facts*/) { return true; });
}

Result<Page<EdgeEvidence>> Reader::Evidence(const EdgeId& asked, std::string_view resume, std::size_t limit) const {
  MAILUO_ASSIGN_OR_RETURN(const std::string position, ParseResume(kEvidenceQuestion, resume));
  if (!position.empty() && position.size() != kPlaceSize) return ParseResume(kEvidenceQuestion, "?").error();
  const std::string prefix = EvidencePrefix(EdgeOf(asked.type, asked.head, asked.tail));
  RangeScan scan(view_->engine(), DaysOf(prefix, DayWindow({}, as_of_)), Order::kNewestFirst, position);
  Page<EdgeEvidence> page;
  std::string last;
  for (; scan.valid(); scan.Next()) {
    if (page.items.size() == limit) {
      page.resume = MakeResume(kEvidenceQuestion, last);
      break;
    }
    MAILUO_ASSIGN_OR_RETURN(const EdgeEvidence evidence, ReadEvidence(scan.key(), scan.value()));
    page.items.push_back(evidence);
    last = scan.key().substr(prefix.size());
  }
  MAILUO_RETURN_IF_ERROR(scan.status());
  return page;
}

}  // namespace mailuo::store
