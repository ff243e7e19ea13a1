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

// Reads edge tallies as they look from one of the ends.
class EdgeReading {
 public:
  EdgeReading(const EdgeFilter& filter, const std::optional<Date>& as_of)
      : filter_(filter), window_(filter.published, as_of) {}

  // Nothing in `summary.statements` if no statement counts.
  Status Read(const EdgeId& edge, std::string_view raw_key, std::string_view value, EdgeSummary& summary) {
    MAILUO_RETURN_IF_ERROR(ReadTally(raw_key, value, kEdgeWidth, tally_));
    summary = {};
    summary.edge = edge;
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
    summary.first_published = DayOfNumber(days.first);
    summary.last_published = DayOfNumber(days.last);
    summary.best_confidence = FromHundredths(best);
    return {};
  }

 private:
  const EdgeFilter& filter_;
  DayWindow window_;
  Tally tally_;  // Of the present edge; kept for its memory.
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

// Calls visit(key, value, facts) for the `at_most` statements published last, last first; until it returns false.
template <typename Visit>
Status VisitStatements(const EngineView& view, const EdgeId& edge, const std::optional<Date>& as_of,
                       std::size_t at_most, const Visit& visit) {
  RangeScan scan(view, DaysOf(EvidencePrefix(edge), DayWindow({}, as_of)), Order::kNewestFirst, {});
  for (; scan.valid() && at_most > 0; scan.Next(), --at_most) {
    const auto facts = DecodeEvidenceFacts(scan.value());
    if (!facts) return Damaged(scan.key());
    MAILUO_ASSIGN_OR_RETURN(const bool more, visit(scan.key(), scan.value(), *facts));
    if (!more) break;
  }
  return scan.status();
}

// Does the statement pass? The day is only read where it is asked for.
bool Passes(std::string_view raw_key, const EvidenceFacts& facts, const EdgeFilter& filter) {
  if (!filter.statuses.Admits(facts.status)) return false;
  if (!filter.published.from && !filter.published.to) return true;
  const auto key = ParseEvidenceKey(raw_key);
  return key && DayWindow(filter.published, std::nullopt).Admits(key->place.published);
}

// First published means dated first.
bool IsEarlier(std::uint32_t a, std::uint32_t b) { return a != 0 && (b == 0 || a < b); }

}  // namespace

EdgeId EdgeFrom(EntityId entity, const AdjacentEdge& edge) {
  if (edge.direction == EdgeDirection::kIn) return {edge.other, edge.type, entity};
  return EdgeOf(edge.type, entity, edge.other);
}

Result<std::optional<EdgeSummary>> Reader::Summarize(EntityId id, const AdjacentEdge& edge,
                                                     const EdgeFilter& filter) const {
  EdgeReading reading(filter, as_of_);
  const EdgeId stored = EdgeFrom(id, edge);
  const std::string key = Encode(EdgeKey{stored});
  MAILUO_ASSIGN_OR_RETURN(const std::optional<std::string> value, view_->engine().Get(Table::kGraph, key));
  if (!value) return std::optional<EdgeSummary>();
  EdgeSummary summary;
  MAILUO_RETURN_IF_ERROR(reading.Read(stored, key, *value, summary));
  if (summary.statements == 0) return std::optional<EdgeSummary>();
  summary.other = edge.other;
  summary.direction = edge.direction;
  return std::optional(summary);
}

Result<std::vector<EdgeSummary>> Reader::Edges(EntityId id, const EdgeFilter& filter, std::size_t limit) const {
  std::vector<EdgeSummary> edges;
  if (!filter.other) {
    MAILUO_ASSIGN_OR_RETURN(std::vector<AdjacentEdge> all, Adjacent(id, filter));
    const auto end = all.begin() + static_cast<std::ptrdiff_t>(std::min(limit, all.size()));
    std::partial_sort(all.begin(), end, all.end(), MoreStated);
    edges.reserve(static_cast<std::size_t>(end - all.begin()));
    for (auto edge = all.begin(); edge != end; ++edge) {
      MAILUO_ASSIGN_OR_RETURN(const auto summary, Summarize(id, *edge, filter));
      if (!summary) return Damaged(Encode(EdgeKey{EdgeFrom(id, *edge)}));
      edges.push_back(*summary);
    }
    return edges;
  }
  EdgeReading reading(filter, as_of_);
  const std::string prefix = EdgePrefix(id, *filter.other);
  const auto cursor = view_->engine().Scan(Table::kGraph, prefix);
  for (cursor->Seek(prefix); cursor->valid(); cursor->Next()) {
    const auto key = ParseEdgeKey(cursor->key());
    if (!key) return Damaged(cursor->key());
    for (const EdgeDirection direction : DirectionsFrom(id, key->edge)) {
      if (!filter.Admits(key->edge.type, direction)) continue;
      EdgeSummary summary;
      MAILUO_RETURN_IF_ERROR(reading.Read(key->edge, cursor->key(), cursor->value(), summary));
      if (summary.statements == 0) continue;
      summary.other = *filter.other;
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
  const std::string tally_key = Encode(EdgeKey{edge});
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

Result<std::vector<EdgeEvidence>> Reader::Course(const EdgeId& asked, const EdgeFilter& filter,
                                                 std::size_t at_most) const {
  std::vector<EdgeEvidence> course;
  const auto take = [&](std::string_view key, std::string_view value, const EvidenceFacts& facts) -> Result<bool> {
    const bool ends = facts.status == FactStatus::kTerminated;
    const bool tells = ends || facts.valid.from || facts.valid.to;
    if ((!tells && !course.empty()) || !Passes(key, facts, filter)) return true;
    MAILUO_ASSIGN_OR_RETURN(const EdgeEvidence evidence, ReadEvidence(key, value));
    course.push_back(evidence);
    return true;
  };
  const EdgeId edge = EdgeOf(asked.type, asked.head, asked.tail);
  MAILUO_RETURN_IF_ERROR(VisitStatements(view_->engine(), edge, as_of_, at_most, take));
  return course;
}

Result<std::optional<EdgeEvidence>> Reader::LastStatement(const EdgeId& asked, const EdgeFilter& filter,
                                                          std::size_t at_most) const {
  std::optional<EdgeEvidence> last;
  const auto take = [&](std::string_view key, std::string_view value, const EvidenceFacts& facts) -> Result<bool> {
    if (!Passes(key, facts, filter)) return true;
    MAILUO_ASSIGN_OR_RETURN(last, ReadEvidence(key, value));
    return false;
  };
  const EdgeId edge = EdgeOf(asked.type, asked.head, asked.tail);
  MAILUO_RETURN_IF_ERROR(VisitStatements(view_->engine(), edge, as_of_, at_most, take));
  return last;
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
