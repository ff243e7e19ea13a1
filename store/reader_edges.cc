// Relations: the edges of an entity and the statements of an edge.
#include <algorithm>

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

EdgeId StoredEdge(const EdgeKey& key) {
  if (key.direction == EdgeDirection::kOut) return {key.entity, key.type, key.other};
  if (key.direction == EdgeDirection::kIn) return {key.other, key.type, key.entity};
  return EdgeOf(key.type, key.entity, key.other);
}

// One walk over the edges of an entity.
class EdgeWalk {
 public:
  EdgeWalk(const EngineView& view, const std::optional<Date>& as_of, const EdgeFilter& filter,
           const Visitor<EdgeSummary>& visit)
      : view_(view), filter_(filter), window_(filter.published, as_of), visit_(visit) {}

  Status Run(EntityId entity) {
    if (filter_.types.empty() && !filter_.other) return Scan(EntityPrefix(Space::kEdge, entity));
    for (const EdgeDirection direction : {EdgeDirection::kOut, EdgeDirection::kIn, EdgeDirection::kBoth}) {
      if (!AdmitsDirection(direction)) continue;
      for (const RelationTypeInfo& type : RelationTypes()) {
        if (stopped_) return {};
        if (type.symmetric != (direction == EdgeDirection::kBoth) || !filter_.types.Admits(type.type)) continue;
        MAILUO_RETURN_IF_ERROR(RunType(entity, direction, type.type));
      }
    }
    return {};
  }

 private:
  bool AdmitsDirection(EdgeDirection direction) const {
    return direction == EdgeDirection::kBoth || filter_.directions.Admits(direction) ||
           filter_.directions.Admits(EdgeDirection::kBoth);
  }

  Status RunType(EntityId entity, EdgeDirection direction, RelationType type) {
    if (!filter_.other) return Scan(EdgePrefix(entity, direction, type));
    const EdgeKey key{entity, direction, type, *filter_.other};
    const std::string bytes = Encode(key);
    MAILUO_ASSIGN_OR_RETURN(const std::optional<std::string> value, view_.Get(Table::kGraph, bytes));
    return value ? Take(key, bytes, *value) : Status();
  }

  Status Scan(const std::string& prefix) {
    const auto cursor = view_.Scan(Table::kGraph, prefix);
    for (cursor->Seek(prefix); cursor->valid() && !stopped_; cursor->Next()) {
      const auto key = ParseEdgeKey(cursor->key());
      if (!key) return Damaged(cursor->key());
      if (AdmitsDirection(key->direction)) MAILUO_RETURN_IF_ERROR(Take(*key, cursor->key(), cursor->value()));
    }
    return cursor->status();
  }

  Status Take(const EdgeKey& key, std::string_view raw_key, std::string_view value) {
    MAILUO_RETURN_IF_ERROR(ReadTally(raw_key, value, kEdgeWidth, tally_));
    EdgeSummary summary;
    DaySpan days;
    std::uint8_t best = 0;
    for (const TallyRow& row : tally_.rows) {
      const auto code = ReadCode(row);
      if (!code) return Damaged(raw_key);
      if (row.counts[0] <= 0 || !window_.Admits(code->published) || !filter_.statuses.Admits(code->status)) continue;
      const auto count = static_cast<std::uint64_t>(row.counts[0]);
      summary.statements += count;
      summary.by_status.at(static_cast<std::size_t>(code->status)) += count;
      days.Add(code->published);
      best = std::max(best, code->confidence);
    }
    if (summary.statements == 0) return {};
    summary.edge = StoredEdge(key);
    summary.other = key.other;
    summary.direction = key.direction;
    summary.first_published = DayOfNumber(days.first);
    summary.last_published = DayOfNumber(days.last);
    summary.best_confidence = FromHundredths(best);
    stopped_ = !visit_(summary);
    return {};
  }

  const EngineView& view_;
  const EdgeFilter& filter_;
  DayWindow window_;
  const Visitor<EdgeSummary>& visit_;
  Tally tally_;  // Of the present edge; kept for its memory.
  bool stopped_ = false;
};

// The edges with most statements; of equals the earlier in key order. A heap of the best, the worst of them on top: a
// hub has far more edges than anybody asks for.
class BestEdges {
 public:
  explicit BestEdges(std::size_t limit) : limit_(limit) {}
  void Add(const EdgeSummary& edge) {
    const std::size_t number = seen_++;
    if (limit_ == 0) return;
    if (heap_.size() == limit_) {
      if (edge.statements <= heap_.front().edge.statements) return;
      std::pop_heap(heap_.begin(), heap_.end(), Better);
      heap_.pop_back();
    }
    heap_.push_back({edge, number});
    std::push_heap(heap_.begin(), heap_.end(), Better);
  }
  std::vector<EdgeSummary> Take() {
    std::sort_heap(heap_.begin(), heap_.end(), Better);
    std::vector<EdgeSummary> edges;
    edges.reserve(heap_.size());
    for (const Entry& entry : heap_) edges.push_back(entry.edge);
    return edges;
  }

 private:
  struct Entry {
    EdgeSummary edge;
    std::size_t number = 0;
  };
  static bool Better(const Entry& a, const Entry& b) {
    return a.edge.statements != b.edge.statements ? a.edge.statements > b.edge.statements : a.number < b.number;
  }
  std::size_t limit_;
  std::size_t seen_ = 0;
  std::vector<Entry> heap_;
};

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

// First published means dated first.
bool IsEarlier(std::uint32_t a, std::uint32_t b) { return a != 0 && (b == 0 || a < b); }

}  // namespace

Status Reader::VisitEdges(EntityId id, const EdgeFilter& filter, const Visitor<EdgeSummary>& visit) const {
  return EdgeWalk(view_->engine(), as_of_, filter, visit).Run(id);
}

Result<std::vector<EdgeSummary>> Reader::Edges(EntityId id, const EdgeFilter& filter, std::size_t limit) const {
  BestEdges best(limit);
  MAILUO_RETURN_IF_ERROR(VisitEdges(id, filter, [&best](const EdgeSummary& edge) {
    best.Add(edge);
    return true;
  }));
  return best.Take();
}

Result<std::optional<EdgeEvidence>> Reader::BestEvidence(const EdgeId& asked, const EdgeFilter& filter) const {
  const EdgeId edge = EdgeOf(asked.type, asked.head, asked.tail);
  const EdgeDirection direction = Info(edge.type).symmetric ? EdgeDirection::kBoth : EdgeDirection::kOut;
  const std::string tally_key = Encode(EdgeKey{edge.head, direction, edge.type, edge.tail});
  MAILUO_ASSIGN_OR_RETURN(const std::optional<std::string> value, view_->engine().Get(Table::kGraph, tally_key));
  if (!value) return std::optional<EdgeEvidence>();
  MAILUO_ASSIGN_OR_RETURN(const Tally tally, ReadTally(tally_key, *value, kEdgeWidth));

  // The tally tells the day to look at, so that an edge of many statements need not be read through.
  const DayWindow window(filter.published, as_of_);
  std::optional<EdgeCode> best;
  for (const TallyRow& row : tally.rows) {
    const auto code = ReadCode(row);
    if (!code) return Damaged(tally_key);
    if (row.counts[0] <= 0 || !window.Admits(code->published) || !filter.statuses.Admits(code->status)) continue;
    if (!best || code->confidence > best->confidence ||
        (code->confidence == best->confidence && IsEarlier(code->published, best->published))) {
      best = code;
    }
  }
  if (!best) return std::optional<EdgeEvidence>();
  const std::string prefix = AtDay(EvidencePrefix(edge), best->published);
  const auto cursor = view_->engine().Scan(Table::kGraph, prefix);
  for (cursor->Seek(prefix); cursor->valid(); cursor->Next()) {
    MAILUO_ASSIGN_OR_RETURN(const EdgeEvidence evidence, ReadEvidence(cursor->key(), cursor->value()));
    if (Hundredths(evidence.confidence) == best->confidence && filter.statuses.Admits(evidence.status)) {
      return std::optional(evidence);
    }
  }
  MAILUO_RETURN_IF_ERROR(cursor->status());
  return Damaged(tally_key);
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
