// Lists of distinct events: the timeline of entities, events of a day or a type. Internal to query/.
//
// Two ways to make a page. The plain question (at most one entity, by event day, no role or text) is answered by the
// store from a seek, whatever the length of the list. Everything else is gathered whole, up to kMaxGathered reports,
// and cut into pages here; past that the question must be narrowed.
// Thread safety: as Session.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "query/event_items.h"
#include "query/results.h"
#include "query/session.h"

namespace mailuo::query {

inline constexpr std::size_t kMaxGathered = 200000;
// Reports that a total counts up to; beyond it the total is a lower bound.
inline constexpr std::size_t kMaxCounted = 5000;

struct EventListQuestion {
  const EventSelection* selection = nullptr;
  std::vector<EntityMatch> entities;  // selection->entities, found.
  SortOrder order = SortOrder::kDescending;
  std::size_t max_evidence = 1;
  const PageRequest* page = nullptr;
  std::uint64_t hash = 0;  // Of the question, for its cursors.
};

struct EventList {
  std::vector<EventItem> items;
  PageInfo page;
};

Answer<EventList> ListEvents(Session& session, const EventListQuestion& question);

// Every distinct event of the question in order, without opening articles unless role or q ask for it.
Answer<std::vector<EventReports>> GatherEvents(Session& session, const EventListQuestion& question);

// One EventReports for each event of the postings, by event id. `by_publication`: its day is that of its first report.
std::vector<EventReports> FoldReports(const std::vector<store::EventPosting>& postings, std::size_t max_evidence,
                                      bool by_publication);

// The parts of a question that decide what it answers.
std::uint64_t HashOf(const EventSelection& selection, const Common& common, std::string_view kind, SortOrder order);

}  // namespace mailuo::query
