#include "query/stories.h"

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "query/engine.h"
#include "story/texts.h"
#include "support/graph.h"

namespace mailuo::query {
namespace {

using mailuo::testing::Graph;
using mailuo::testing::SampleArticle;
using mailuo::testing::SampleDay;

// Of the company [name], whose lawsuit of 2025-07-03 it tells.
store::StoredArticle Report(const std::string& published, std::size_t subject, std::size_t first,
                            const std::string& name, const std::string& title) {
  return SampleArticle(published, title)
      .Sentence("[" + name + "]被起诉。")
      .Event(EventType::kLawsuit, {{"defendant", name}}, {FactStatus::kOccurred, "2025-07-03"})
      .Sentence(test::TextOf(subject, first, 14))
      .Build();
}

// Two matters; the first report of the first one has a copy.
std::vector<store::StoredArticle> News() {
  return {Report("2025-07-04", 0, 0, "星沉光学", "星沉光学硅光晶圆厂氟化氢断供"),
          Report("2025-07-05", 0, 0, "星沉光学", "星沉光学突发"),
          Report("2025-07-20", 0, 9, "星沉光学", "星沉光学硅光晶圆厂洁净室抢修"),
          Report("2025-07-06", 1, 0, "岚屿银行", "岚屿银行跨境结算牌照获批"),
          Report("2025-07-07", 1, 7, "岚屿银行", "岚屿银行跨境结算系统宕机")};
}

StoriesResult All(const Graph& graph, const StoriesRequest& request = {}) {
  const auto answer = graph.engine().Stories(request);
  if (!answer) FAIL(answer.error().detail);
  return *answer;
}

StoryResult One(const Graph& graph, StoryId id, std::optional<Date> as_of = std::nullopt) {
  StoryRequest request;
  request.story = id;
  request.as_of = as_of;
  const auto answer = graph.engine().Story(request);
  if (!answer) FAIL(answer.error().detail);
  return *answer;
}

// All that is said of stories, as text.
std::string Listing(const Graph& graph) {
  std::string listing;
  const StoriesResult stories = All(graph);
  for (const StoryItem& item : stories.items) {
    listing += FormatId(item.story) + " " + item.title + " " + FormatDate(item.from) + " " + FormatDate(item.to) + "\n";
    const StoryResult story = One(graph, item.story);
    for (const HappeningItem& happening : story.happenings) {
      listing += "-\n";
      for (const auto& report : happening.reports) {
        listing += FormatId(report.article.article.id) + " " + std::to_string(report.copies.size()) + "\n";
      }
    }
  }
  return listing;
}

}  // namespace

TEST_CASE("Stories come last reported first, with a title of theirs", "[query][stories]") {
  const Graph graph(News());
  const StoriesResult stories = All(graph);
  REQUIRE(stories.items.size() == 2);
  CHECK(stories.page.total == 2);
  const StoryItem& chips = stories.items[0];
  CHECK(chips.articles == 3);
  CHECK(chips.matching == 3);
  CHECK(chips.from == SampleDay("2025-07-04"));
  CHECK(chips.to == SampleDay("2025-07-20"));
  CHECK(chips.title.find("硅光晶圆厂") != std::string::npos);
  CHECK(chips.story == MakeStoryId(News()[0].article.id));
  CHECK(stories.items[1].title.find("岚屿银行") != std::string::npos);
}

TEST_CASE("Stories of an entity, of days, page by page", "[query][stories]") {
  const Graph graph(News());
  StoriesRequest request;
  request.entity = "岚屿银行";
  CHECK(All(graph, request).items.size() == 1);
  CHECK(All(graph, request).items[0].articles == 2);
  request.days = {SampleDay("2025-07-07"), std::nullopt};
  CHECK(All(graph, request).items[0].matching == 1);
  request.days = {SampleDay("2025-07-08"), std::nullopt};
  CHECK(All(graph, request).items.empty());
  request.entity.clear();
  CHECK(All(graph, request).items.size() == 1);

  StoriesRequest page;
  page.page.limit = 1;
  const StoriesResult first = All(graph, page);
  REQUIRE(first.items.size() == 1);
  page.page.cursor = first.page.next_cursor;
  const StoriesResult second = All(graph, page);
  REQUIRE(second.items.size() == 1);
  CHECK(second.items[0].story != first.items[0].story);
  CHECK(second.page.next_cursor.empty());
  page.page.cursor = "nonsense";
  CHECK_FALSE(graph.engine().Stories(page).has_value());
}

TEST_CASE("A story has its happenings, copies beside their source, and its events merged", "[query][stories]") {
  const auto news = News();
  const Graph graph(news);
  const StoryResult story = One(graph, MakeStoryId(news[0].article.id));
  REQUIRE(story.happenings.size() == 2);
  REQUIRE(story.happenings[0].reports.size() == 1);
  CHECK(story.happenings[0].reports[0].article.article.id == news[0].article.id);
  CHECK(story.happenings[0].reports[0].copies == std::vector<ArticleId>{news[1].article.id});
  CHECK(story.happenings[1].from == SampleDay("2025-07-20"));
  REQUIRE(story.events.size() == 1);
  CHECK(story.events[0].reports == 2);
  CHECK(story.events[0].copies == 1);
  CHECK(story.complete);
  StoryRequest unknown;
  unknown.story = {1};
  CHECK(graph.engine().Story(unknown).error().kind == ProblemKind::kNotFound);
}

TEST_CASE("As of a day a story has only the articles until then", "[query][stories]") {
  const auto news = News();
  const Graph graph(news);
  StoriesRequest request;
  request.as_of = SampleDay("2025-07-05");
  const StoriesResult stories = All(graph, request);
  REQUIRE(stories.items.size() == 1);
  CHECK(stories.items[0].articles == 2);
  CHECK(stories.items[0].to == SampleDay("2025-07-05"));
  CHECK(One(graph, stories.items[0].story, request.as_of).happenings.size() == 1);
  StoryRequest later;
  later.story = MakeStoryId(news[3].article.id);
  later.as_of = request.as_of;
  CHECK_FALSE(graph.engine().Story(later).has_value());
  // The same as in a store that has never seen later articles.
  const Graph early({news[0], news[1]});
  CHECK(All(early).items[0].title == stories.items[0].title);
}

TEST_CASE("Stories do not depend on the order of ingest, and deletion is exact", "[query][stories]") {
  std::vector<store::StoredArticle> news = News();
  for (std::size_t i = 0; i < 30; ++i) {
    news.push_back(Report("2025-08-" + std::to_string(10 + i % 15), i % 4, i, "公司" + std::to_string(i % 4),
                          test::SentenceOf(i % 4, i * 7)));
  }
  const std::string listing = Listing(Graph(news));
  std::vector<store::StoredArticle> reversed(news.rbegin(), news.rend());
  Graph graph;
  for (const auto& article : reversed) graph.Put({article});
  CHECK(Listing(graph) == listing);
  REQUIRE(graph.store().Delete(news[2].article.id).has_value());
  REQUIRE(graph.store().Delete(news[9].article.id).has_value());
  news.erase(news.begin() + 9);
  news.erase(news.begin() + 2);
  CHECK(Listing(graph) == Listing(Graph(news)));
}

TEST_CASE("Near-identical reports of an event count once and are listed", "[query][stories]") {
  const auto news = News();
  const Graph graph(news);
  TimelineRequest request;
  request.events.entities = {"星沉光学"};
  const auto timeline = graph.engine().Timeline(request);
  REQUIRE(timeline.has_value());
  REQUIRE(timeline->items.size() == 1);
  CHECK(timeline->items[0].reports == 2);
  CHECK(timeline->items[0].copies == 1);
  request.bucket = Bucket::kMonth;
  const auto months = graph.engine().Timeline(request);
  REQUIRE(months.has_value());
  REQUIRE(months->buckets.size() == 1);
  CHECK(months->buckets[0].reports == 2);
  EventRequest event;
  event.event = timeline->items[0].event;
  const auto one = graph.engine().Event(event);
  REQUIRE(one.has_value());
  REQUIRE(one->near_identical.size() == 1);
  CHECK(one->near_identical[0].size() == 2);
  ArticleRequest article;
  article.article = news[0].article.id;
  const auto answer = graph.engine().Article(article);
  REQUIRE(answer.has_value());
  REQUIRE(answer->copies.size() == 1);
  CHECK(answer->copies[0].article.id == news[1].article.id);
}

}  // namespace mailuo::query
