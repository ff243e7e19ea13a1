// From the store's postings to what is shown of an event. Internal to query/.
// Thread safety: as Session.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "query/results.h"
#include "query/session.h"
#include "store/reader.h"

namespace mailuo::query {

// Reports of one event that passed a filter.
struct EventReports {
  EventId event;
  std::optional<Date> day;  // What lists are ordered by: of the event, or its first publication.
  std::optional<Date> first_published;
  std::uint64_t reports = 0;
  store::EventPosting best;
  std::vector<store::EventPosting> others;  // Without `best`; at most as many as evidence is wanted.
  std::vector<store::ArticleRef> articles;  // Among which copies are looked for; a list keeps store::kMaxGroupArticles.
};

// True if `a` proves an event better: confidence, then first published, then article and number.
bool IsBetter(const store::EventPosting& a, const store::EventPosting& b);

EventReports FromGroup(const store::EventGroup& group);

Answer<EventItem> MakeEventItem(Session& session, const EventReports& reports, std::size_t max_evidence);
// The same for who has them already: `copy_of` is store::Reader::GroupCopies of reports.articles.
Answer<EventItem> MakeEventItem(Session& session, const EventReports& reports, const std::vector<std::size_t>& copy_of,
                                std::size_t max_evidence);

// How many of a list are copies of another one in it. `copy_of`: as above.
std::uint64_t CountCopies(const std::vector<std::size_t>& copy_of);

store::EventFilter ToStoreFilter(const EventSelection& selection, SortOrder order);

template <typename Enum>
store::EnumSet<Enum> ToSet(const std::vector<Enum>& values) {
  store::EnumSet<Enum> set;
  for (const Enum value : values) set.Add(value);
  return set;
}

}  // namespace mailuo::query
