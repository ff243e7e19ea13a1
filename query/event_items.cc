#include "query/event_items.h"

#include <algorithm>
#include <limits>
#include <set>
#include <tuple>
#include <utility>

namespace mailuo::query {
namespace {

Date OrLast(const std::optional<Date>& date) { return date.value_or(Date{std::numeric_limits<std::int32_t>::max()}); }

void FillParticipants(const Event& event, EventItem& item) {
  std::set<std::pair<std::string, EntityId>> seen;
  for (const Participant& participant : event.participants) {
    if (participant.entity && !seen.emplace(participant.role, participant.entity).second) continue;
    item.participants.push_back({participant.role, {participant.entity, participant.type, participant.name}});
  }
}

}  // namespace

bool IsBetter(const store::EventPosting& a, const store::EventPosting& b) {
  if (a.confidence != b.confidence) return a.confidence > b.confidence;
  const auto rank = [](const store::EventPosting& p) { return std::tuple(OrLast(p.published), p.article, p.number); };
  return rank(a) < rank(b);
}

EventReports FromGroup(const store::EventGroup& group) {
  EventReports reports{group.event, group.day, group.first_published, group.reports, group.best, {}, group.articles};
  for (const store::EventPosting& posting : group.evidence) {
    if (posting.article != group.best.article || posting.number != group.best.number) reports.others.push_back(posting);
  }
  return reports;
}

Answer<EventItem> MakeEventItem(Session& session, const EventReports& reports, std::size_t max_evidence) {
  MAILUO_ANSWER(const auto copy_of, session.reader().GroupCopies(reports.articles));
  return MakeEventItem(session, reports, copy_of, max_evidence);
}

Answer<EventItem> MakeEventItem(Session& session, const EventReports& reports, const std::vector<std::size_t>& copy_of,
                                std::size_t max_evidence) {
  MAILUO_ANSWER(const auto stored, session.Article(reports.best.article));
  const Annotation& annotation = stored->annotation;
  if (reports.best.number >= annotation.events.size()) {
    return Refuse({ProblemKind::kInternal, "a record names an event that its article does not have", {}, {}, {}});
  }
  const Event& event = annotation.events[reports.best.number];
  EventItem item;
  item.event = reports.event;
  item.type = event.type;
  item.status = event.status;
  item.polarity = event.polarity;
  item.time = event.time;
  if (event.time.date >= 0 && static_cast<std::size_t>(event.time.date) < annotation.dates.size()) {
    item.time_text = Slice(*stored, annotation.dates[static_cast<std::size_t>(event.time.date)].span);
  }
  FillParticipants(event, item);
  for (const Value& value : event.values) {
    item.values.push_back({value.role, Slice(*stored, value.span), value.number, value.unit});
  }
  item.trigger = Slice(*stored, event.trigger);
  item.confidence = static_cast<double>(event.confidence);
  item.rule = event.rule;
  item.copies = CountCopies(copy_of);
  item.reports = reports.reports - item.copies;
  item.first_published = reports.first_published;
  item.evidence.push_back(EvidenceOf(*stored, event.sentence));
  item.summary = item.evidence.front().quote;
  for (const store::EventPosting& posting : reports.others) {
    if (item.evidence.size() >= max_evidence) break;
    const bool known = std::any_of(item.evidence.begin(), item.evidence.end(), [&](const Evidence& e) {
      return e.article == posting.article && e.sentence == posting.sentence;
    });
    if (known) continue;
    MAILUO_ANSWER(Evidence evidence, session.MakeEvidence(posting.article, posting.sentence));
    item.evidence.push_back(std::move(evidence));
  }
  return item;
}

std::uint64_t CountCopies(const std::vector<std::size_t>& copy_of) {
  std::uint64_t copies = 0;
  for (std::size_t i = 0; i < copy_of.size(); ++i) copies += copy_of[i] == i ? 0U : 1U;
  return copies;
}

store::EventFilter ToStoreFilter(const EventSelection& selection, SortOrder order) {
  store::EventFilter filter;
  filter.field = selection.time_field == TimeField::kEvent ? store::TimeField::kEvent : store::TimeField::kPublished;
  filter.order = order == SortOrder::kAscending ? store::Order::kOldestFirst : store::Order::kNewestFirst;
  filter.from = selection.days.from;
  filter.to = selection.days.to;
  filter.types = ToSet(selection.types);
  filter.statuses = ToSet(selection.statuses);
  filter.min_confidence = static_cast<float>(selection.min_confidence);
  return filter;
}

}  // namespace mailuo::query
