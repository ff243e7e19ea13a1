#include "query/timeline.h"

#include <algorithm>
#include <limits>
#include <map>
#include <string>
#include <utility>

#include "query/cursor.h"
#include "query/event_list.h"

namespace mailuo::query {
namespace {

struct Counts {
  std::uint64_t events = 0;
  std::uint64_t reports = 0;
  std::map<EventType, std::uint64_t> types;
};

BucketItem ToItem(Date from, Bucket bucket, const Counts& counts) {
  BucketItem item{
      from, *BucketOf(from, bucket).to, counts.events, counts.reports, {counts.types.begin(), counts.types.end()}};
  std::stable_sort(item.types.begin(), item.types.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  return item;
}

// As the item of the event would count them: copies once.
Answer<std::uint64_t> CountReports(Session& session, const EventReports& group) {
  if (group.articles.size() < 2) return group.reports;
  MAILUO_ANSWER_CHECK(session.CheckDeadline());
  MAILUO_ANSWER(const auto copy_of, session.reader().GroupCopies(group.articles));
  return group.reports - CountCopies(copy_of);
}

Answer<void> FillBuckets(Session& session, const TimelineRequest& request, const EventListQuestion& question,
                         TimelineResult& result) {
  MAILUO_ANSWER(const std::string after, DecodeCursor(request.page.cursor, question.hash));
  MAILUO_ANSWER(const auto groups, GatherEvents(session, question));
  std::map<Date, Counts> counted;
  for (const EventReports& group : groups) {
    if (!group.day) continue;
    Counts& counts = counted[*BucketOf(*group.day, request.bucket).from];
    ++counts.events;
    MAILUO_ANSWER(const std::uint64_t reports, CountReports(session, group));
    counts.reports += reports;
    ++counts.types[group.best.type];
  }
  std::vector<BucketItem> items;
  items.reserve(counted.size());
  for (const auto& [from, counts] : counted) items.push_back(ToItem(from, request.bucket, counts));
  const bool ascending = request.order == SortOrder::kAscending;
  if (!ascending) std::reverse(items.begin(), items.end());
  result.page.total = items.size();
  // A sentinel in place of an optional: GCC 12 takes the optional for uninitialized at -O3.
  const Date nowhere{std::numeric_limits<std::int32_t>::min()};
  const Date last = after.empty() ? nowhere : ParseIsoDate(after).value_or(nowhere);
  for (BucketItem& item : items) {
    if (last != nowhere && (ascending ? item.from <= last : last <= item.from)) continue;
    if (result.buckets.size() == request.page.limit) {
      result.page.next_cursor = EncodeCursor(question.hash, FormatDate(result.buckets.back().from));
      break;
    }
    result.buckets.push_back(std::move(item));
  }
  return {};
}

}  // namespace

DayRange BucketOf(Date day, Bucket bucket) {
  if (bucket == Bucket::kWeek) {
    const Date monday = day - (IsoWeekday(day) - 1);
    return {monday, monday + 6};
  }
  if (bucket == Bucket::kMonth) {
    const CivilDate civil = ToCivil(day);
    const Date first = day - (civil.day - 1);
    return {first, first + (DaysInMonth(civil.year, civil.month) - 1)};
  }
  return {day, day};
}

Answer<TimelineResult> MakeTimeline(Session& session, const TimelineRequest& request,
                                    std::vector<EntityMatch> entities) {
  EventListQuestion question;
  question.selection = &request.events;
  question.entities = entities;
  question.order = request.order;
  question.max_evidence = request.max_evidence;
  question.page = &request.page;
  question.hash =
      HashOf(request.events, request, "timeline/" + std::to_string(static_cast<int>(request.bucket)), request.order);
  TimelineResult result;
  result.snapshot = session.MakeSnapshot();
  result.bucket = request.bucket;
  result.page.limit = request.page.limit;
  if (request.bucket != Bucket::kNone) {
    MAILUO_ANSWER_CHECK(FillBuckets(session, request, question, result));
  } else {
    MAILUO_ANSWER(EventList list, ListEvents(session, question));
    result.items = std::move(list.items);
    result.page = std::move(list.page);
  }
  result.entities = std::move(entities);
  return result;
}

}  // namespace mailuo::query
