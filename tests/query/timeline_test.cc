#include "query/timeline.h"

#include <set>

#include <catch2/catch.hpp>

#include "query/engine.h"
#include "store/event_key.h"
#include "support/graph.h"

namespace mailuo::query {
namespace {

using mailuo::testing::ChipNews;
using mailuo::testing::Graph;
using mailuo::testing::SampleArticle;
using mailuo::testing::SampleDay;

TimelineRequest Ask(const std::string& entity) {
  TimelineRequest request;
  request.events.entities = {entity};
  return request;
}

TimelineResult Must(const Answer<TimelineResult>& answer) {
  if (!answer) FAIL(answer.error().detail);
  return *answer;
}

std::vector<std::string> Days(const TimelineResult& timeline) {
  std::vector<std::string> days;
  for (const EventItem& item : timeline.items) days.push_back(FormatDate(*item.time.interval.from));
  return days;
}

TEST_CASE("A timeline has one item a distinct event, its reports folded in", "[query][timeline]") {
  const Graph graph(ChipNews());
  const TimelineResult timeline = Must(graph.engine().Timeline(Ask("英伟达")));
  CHECK(Days(timeline) == std::vector<std::string>{"2025-07-04", "2025-09-12", "2025-11-20", "2025-12-01"});
  CHECK(timeline.page.total == 4);
  CHECK(timeline.page.total_exact);
  CHECK(timeline.page.next_cursor.empty());
  const EventItem& item = timeline.items.front();
  CHECK(item.type == EventType::kAcquisition);
  CHECK(item.status == FactStatus::kPlanned);
  CHECK(item.reports == 2);
  CHECK(item.first_published == SampleDay("2025-07-04"));
  CHECK(item.summary == "昨日，辉达宣布收购Arm。");
  REQUIRE(item.evidence.size() == 2);
  CHECK(item.evidence[0].quote == item.summary);
  CHECK(item.evidence[0].title == "收购Arm的更多消息");
  CHECK(item.evidence[1].quote == "英伟达拟收购Arm，黄仁勋出席。");
  CHECK(item.evidence[1].span == TextSpan{0, 16});
  REQUIRE(item.participants.size() == 2);
  CHECK(item.participants[0].role == "acquirer");
  CHECK(item.participants[0].entity.name == "英伟达");
}

TEST_CASE("Filters of a timeline", "[query][timeline]") {
  const Graph graph(ChipNews());
  TimelineRequest request = Ask("英伟达");
  SECTION("type") {
    request.events.types = {EventType::kInvestigation, EventType::kExecChange};
    CHECK(Must(graph.engine().Timeline(request)).items.size() == 2);
  }
  SECTION("status") {
    request.events.statuses = {FactStatus::kDenied};
    CHECK(Days(Must(graph.engine().Timeline(request))) == std::vector<std::string>{"2025-12-01"});
  }
  SECTION("days of the event") {
    request.events.days = {SampleDay("2025-09-12"), SampleDay("2025-11-20")};
    CHECK(Days(Must(graph.engine().Timeline(request))) == std::vector<std::string>{"2025-09-12", "2025-11-20"});
  }
  SECTION("days of publication") {
    request.events.time_field = TimeField::kPublished;
    request.events.days = {SampleDay("2025-09-13"), SampleDay("2025-09-13")};
    CHECK(Days(Must(graph.engine().Timeline(request))) == std::vector<std::string>{"2025-09-12"});
  }
  SECTION("confidence") {
    request.events.min_confidence = 0.9;
    CHECK(Must(graph.engine().Timeline(request)).items.size() == 2);
  }
  SECTION("two entities that take part together") {
    request.events.entities = {"英伟达", "黄仁勋"};
    CHECK(Days(Must(graph.engine().Timeline(request))) == std::vector<std::string>{"2025-11-20"});
  }
  SECTION("role") {
    request.events.role = "target";
    CHECK(Days(Must(graph.engine().Timeline(request))) == std::vector<std::string>{"2025-09-12"});
  }
  SECTION("text of the sentence") {
    request.events.q = "首席執行官";
    CHECK(Days(Must(graph.engine().Timeline(request))) == std::vector<std::string>{"2025-11-20"});
  }
  SECTION("newest first") {
    request.order = SortOrder::kDescending;
    CHECK(Days(Must(graph.engine().Timeline(request))) ==
          std::vector<std::string>{"2025-12-01", "2025-11-20", "2025-09-12", "2025-07-04"});
  }
}

TEST_CASE("As of a day nothing published later is seen", "[query][timeline]") {
  const Graph graph(ChipNews());
  TimelineRequest request = Ask("英伟达");
  request.as_of = SampleDay("2025-07-04");
  const TimelineResult timeline = Must(graph.engine().Timeline(request));
  REQUIRE(timeline.items.size() == 1);
  CHECK(timeline.items[0].reports == 1);
  CHECK(timeline.items[0].summary == "英伟达拟收购Arm，黄仁勋出席。");
  CHECK(timeline.entities[0].articles == 1);
  CHECK(timeline.snapshot.as_of == SampleDay("2025-07-04"));
}

TEST_CASE("Novel events are those first reported inside the days", "[query][timeline]") {
  const Graph graph(ChipNews());
  TimelineRequest request = Ask("英伟达");
  request.events.time_field = TimeField::kPublished;
  request.events.days = {SampleDay("2025-07-05"), SampleDay("2025-09-30")};
  CHECK(Must(graph.engine().Timeline(request)).items.size() == 2);
  request.events.novel_only = true;
  CHECK(Days(Must(graph.engine().Timeline(request))) == std::vector<std::string>{"2025-09-12"});
}

// Ten events on five days, two of them undated in time.
std::vector<store::StoredArticle> ManyEvents() {
  std::vector<store::StoredArticle> articles;
  for (int i = 0; i < 10; ++i) {
    const std::string name = "目标" + std::to_string(i);
    articles.push_back(SampleArticle(FormatDate(SampleDay("2025-03-01") + i), "第" + std::to_string(i) + "篇")
                           .Sentence("[比亚迪]收购[" + name + "]。")
                           .Event(EventType::kAcquisition, {{"acquirer", "比亚迪"}, {"target", name}},
                                  {FactStatus::kOccurred, FormatDate(SampleDay("2025-03-01") + i / 2)})
                           .Build());
  }
  return articles;
}

TEST_CASE("Pages neither repeat nor skip an event, also while articles come in", "[query][timeline]") {
  Graph graph(ManyEvents());
  TimelineRequest request = Ask("比亚迪");
  const bool gathered = GENERATE(false, true);
  request.order = GENERATE(SortOrder::kAscending, SortOrder::kDescending);
  if (gathered) request.events.q = "收购";
  request.page.limit = 3;
  std::set<EventId> seen;
  int pages = 0;
  do {
    const TimelineResult timeline = Must(graph.engine().Timeline(request));
    for (const EventItem& item : timeline.items) CHECK(seen.insert(item.event).second);
    request.page.cursor = timeline.page.next_cursor;
    if (++pages == 2) {
      graph.Put(
          {SampleArticle("2025-04-01", "后来")
               .Sentence("[比亚迪]收购[后来者]。")
               .Event(EventType::kAcquisition, {{"acquirer", "比亚迪"}, {"target", "后来者"}},
                      {FactStatus::kOccurred, request.order == SortOrder::kAscending ? "2025-02-01" : "2025-04-01"})
               .Build()});
    }
  } while (!request.page.cursor.empty());
  CHECK(pages == 4);
  CHECK(seen.size() == 10);
}

TEST_CASE("A cursor of another question is refused", "[query][timeline]") {
  const Graph graph(ManyEvents());
  TimelineRequest request = Ask("比亚迪");
  request.page.limit = 3;
  request.page.cursor = Must(graph.engine().Timeline(request)).page.next_cursor;
  request.events.types = {EventType::kAcquisition};
  const auto refused = graph.engine().Timeline(request);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ProblemKind::kBadCursor);
}

TEST_CASE("Buckets count events by day, week and month", "[query][timeline]") {
  const Graph graph(ManyEvents());
  TimelineRequest request = Ask("比亚迪");
  request.bucket = Bucket::kDay;
  CHECK(Must(graph.engine().Timeline(request)).buckets.size() == 5);
  request.bucket = Bucket::kMonth;
  const TimelineResult months = Must(graph.engine().Timeline(request));
  REQUIRE(months.buckets.size() == 1);
  CHECK(months.buckets[0].from == SampleDay("2025-03-01"));
  CHECK(months.buckets[0].to == SampleDay("2025-03-31"));
  CHECK(months.buckets[0].events == 10);
  REQUIRE(months.buckets[0].types.size() == 1);
  CHECK(months.buckets[0].types[0].second == 10);
  request.bucket = Bucket::kWeek;
  request.page.limit = 1;
  const TimelineResult weeks = Must(graph.engine().Timeline(request));
  REQUIRE(weeks.buckets.size() == 1);
  CHECK(weeks.buckets[0].from == SampleDay("2025-02-24"));  // A Monday.
  CHECK(weeks.buckets[0].events == 4);
  CHECK(weeks.page.total == 2);
  request.page.cursor = weeks.page.next_cursor;
  CHECK(Must(graph.engine().Timeline(request)).buckets[0].from == SampleDay("2025-03-03"));
}

TEST_CASE("Events of everybody, and of one day", "[query][events]") {
  const Graph graph(ChipNews());
  EventsRequest request;
  const auto all = graph.engine().Events(request);
  REQUIRE(all);
  CHECK(all->items.size() == 5);
  CHECK(all->page.total == 5);
  request.events.time_field = TimeField::kPublished;
  request.events.days = {SampleDay("2025-11-01"), SampleDay("2025-11-30")};
  const auto published = graph.engine().Events(request);
  REQUIRE(published);
  REQUIRE(published->items.size() == 2);
  CHECK(published->items[0].type == EventType::kExecChange);
  DayRequest day;
  day.day = SampleDay("2025-09-12");
  const auto on_day = graph.engine().Day(day);
  REQUIRE(on_day);
  REQUIRE(on_day->events.size() == 1);
  CHECK(on_day->events[0].type == EventType::kInvestigation);
  CHECK(on_day->articles.empty());
  day.day = SampleDay("2025-09-13");
  CHECK(graph.engine().Day(day)->articles.size() == 1);
}

TEST_CASE("One event with all its reports", "[query][events]") {
  const Graph graph(ChipNews());
  const TimelineResult timeline = Must(graph.engine().Timeline(Ask("Arm")));
  EventRequest request;
  request.event = timeline.items.front().event;
  const auto event = graph.engine().Event(request);
  REQUIRE(event);
  CHECK(event->event.evidence.size() == 2);
  CHECK(event->event.reports == 2);
  REQUIRE(event->told.size() == 2);
  CHECK(event->told.back().days_after_first == 0);
  CHECK(event->told.front().published >= event->told.back().published);
  request.event = EventId{1};
  CHECK(graph.engine().Event(request).error().kind == ProblemKind::kNotFound);
}

TEST_CASE("What an article says of two events is served with either", "[query][events]") {
  store::StoredArticle article =
      SampleArticle("2025-09-13", "起诉")
          .Sentence("因[Arm]违约，[高通]起诉[Arm]。")
          .Event(EventType::kDefaultBankrupt, {{"company", "Arm"}}, {FactStatus::kOccurred, "2025-09-12"})
          .Event(EventType::kLawsuit, {{"plaintiff", "高通"}, {"defendant", "Arm"}},
                 {FactStatus::kOccurred, "2025-09-13"})
          .Build();
  article.annotation.links = {{EventLinkType::kCauses, 0, 1, 0, {0, 1}}};
  const EventId cause = store::MakeEventId(article.annotation.events[0], article.article.id, 0);
  const EventId effect = store::MakeEventId(article.annotation.events[1], article.article.id, 1);
  const Graph graph({article});
  EventRequest request;
  request.event = cause;
  const auto event = graph.engine().Event(request);
  REQUIRE(event);
  REQUIRE(event->links.size() == 1);
  CHECK(event->links[0].other == effect);
  CHECK(event->links[0].outgoing);
  CHECK(event->links[0].words == "因");
  CHECK(event->links[0].quote == "因Arm违约，高通起诉Arm。");
  request.event = effect;
  const auto other = graph.engine().Event(request);
  REQUIRE(other);
  REQUIRE(other->links.size() == 1);
  CHECK(other->links[0].other == cause);
  CHECK_FALSE(other->links[0].outgoing);
}

TEST_CASE("Questions out of range are refused with the parameter's name", "[query][timeline]") {
  const Graph graph;
  TimelineRequest request = Ask("英伟达");
  const auto parameter = [&] {
    const auto answer = graph.engine().Timeline(request);
    return answer ? std::string() : answer.error().parameter;
  };
  SECTION("limit") {
    request.page.limit = 999;
    CHECK(parameter() == "limit");
    CHECK(graph.engine().Timeline(request).error().detail == "limit must be 1..200, got 999");
  }
  SECTION("from after to") {
    request.events.days = {SampleDay("2025-02-01"), SampleDay("2025-01-01")};
    CHECK(parameter() == "from");
  }
  SECTION("confidence") {
    request.events.min_confidence = 1.5;
    CHECK(parameter() == "min_confidence");
  }
  SECTION("no entity") {
    request.events.entities.clear();
    CHECK(parameter() == "entity");
  }
  SECTION("too many entities") {
    request.events.entities.assign(20, "英伟达");
    CHECK(parameter() == "entity");
  }
  SECTION("novel without publication days") {
    request.events.novel_only = true;
    CHECK(parameter() == "novel_only");
  }
}

TEST_CASE("A question past its deadline ends", "[query][timeline]") {
  const Graph graph(ChipNews());
  TimelineRequest request = Ask("英伟达");
  request.deadline = std::chrono::steady_clock::now() - std::chrono::seconds(1);
  const auto late = graph.engine().Timeline(request);
  REQUIRE_FALSE(late);
  CHECK(late.error().kind == ProblemKind::kDeadline);
}

}  // namespace
}  // namespace mailuo::query
