#include "query/story_index_cache.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "story/texts.h"
#include "support/graph.h"

namespace mailuo::query {
namespace {

using mailuo::testing::Graph;
using mailuo::testing::SampleArticle;
using mailuo::testing::SampleDay;

store::StoredArticle Report(int day, std::size_t subject, std::size_t number) {
  return SampleArticle(FormatDate(SampleDay("2025-01-01") + day),
                       test::SentenceOf(subject, number) + std::to_string(number))
      .Sentence("[星沉光学]开会。")
      .Sentence(test::TextOf(subject, number, 6))
      .Build();
}

// Every article with its story and happening.
std::string Listing(const StoryIndex& index) {
  std::string listing;
  for (std::uint32_t story = 0; story < index.size(); ++story) {
    const StoryId id = index.IdOf(story);
    listing += FormatId(id) + "\n";
    CHECK(index.Find(id) == story);
    for (const StoryIndex::Member& member : index.Members(story)) {
      CHECK(index.StoryOf(member.article) == story);
      listing +=
          FormatId(member.article) + FormatDate(member.published) + " " + std::to_string(member.happening) + "\n";
    }
  }
  return listing;
}

std::string Stories(StoryIndexCache& cache, Graph& graph) {
  const auto index = cache.At(graph.store().Read());
  if (!index) FAIL(index.error().detail);
  return Listing(**index);
}

std::string FromNothing(Graph& graph) {
  const mailuo::testing::TempDir elsewhere;
  StoryIndexCache cache(elsewhere / "");
  return Stories(cache, graph);
}

std::vector<store::StoredArticle> News(int days, std::size_t per_day) {
  std::vector<store::StoredArticle> news;
  for (int day = 0; day < days; ++day) {
    for (std::size_t i = 0; i < per_day; ++i) {
      const std::size_t number = static_cast<std::size_t>(day) * per_day + i;
      news.push_back(Report(day, number * 7 % 5, number));
    }
  }
  return news;
}

}  // namespace

TEST_CASE("Stories kept from before are those made from nothing, whatever came and went since", "[query][stories]") {
  Graph graph(News(12, 3));
  const mailuo::testing::TempDir folder;
  StoryIndexCache lasting(folder / "", 1);
  std::minstd_rand random(11);
  std::vector<store::StoredArticle> there = News(12, 3);
  for (std::size_t round = 0; round < 24; ++round) {
    INFO("round " << round);
    if (random() % 3 == 0) {
      const std::size_t gone = random() % there.size();
      REQUIRE(graph.store().Delete(there[gone].article.id).value());
      there.erase(there.begin() + static_cast<std::ptrdiff_t>(gone));
    } else {
      // Mostly of the last days or the next one, sometimes of long ago.
      const int day = random() % 4 == 0 ? static_cast<int>(random() % 12) : 11 + static_cast<int>(round / 5);
      there.push_back(Report(day, random() % 5, 100 + round));
      graph.Put({there.back()});
    }
    const std::string fresh = FromNothing(graph);
    CHECK(Stories(lasting, graph) == fresh);
    StoryIndexCache next_process(folder / "", 1);
    CHECK(Stories(next_process, graph) == fresh);
  }
}

TEST_CASE("Only the last days are put into stories again when news comes in", "[query][stories]") {
  Graph graph(News(20, 5));
  const mailuo::testing::TempDir folder;
  StoryIndexCache cache(folder / "", 1);
  Stories(cache, graph);
  CHECK(cache.placed() == 100);
  graph.Put({Report(20, 1, 500)});
  Stories(cache, graph);
  CHECK(cache.placed() == 121);  // The last four of the days there were, and the new article.
  Stories(cache, graph);
  CHECK(cache.placed() == 121);
  StoryIndexCache next_process(folder / "", 1);
  Stories(next_process, graph);
  CHECK(next_process.placed() == 0);
  graph.Put({Report(19, 1, 501)});  // Late, but not too late.
  Stories(next_process, graph);
  CHECK(next_process.placed() == 17);
  graph.Put({Report(3, 1, 502)});
  Stories(next_process, graph);
  CHECK(next_process.placed() == 17 + 103);
}

TEST_CASE("Kept stories that are damaged, cut or foreign are made again", "[query][stories]") {
  Graph graph(News(9, 3));
  const mailuo::testing::TempDir folder;
  {
    StoryIndexCache cache(folder / "", 1);
    Stories(cache, graph);
  }
  const std::string fresh = FromNothing(graph);
  const std::vector<std::string> files{folder / "STORIES", folder / "STORIES-CHECKPOINT"};
  for (const std::string& file : files) {
    INFO(file);
    REQUIRE(std::filesystem::exists(file));
    const auto size = std::filesystem::file_size(file);
    std::fstream(file, std::ios::in | std::ios::out | std::ios::binary).seekp(static_cast<std::streamoff>(size / 2))
        << '\x5A' << '\xA5';
    {
      StoryIndexCache cache(folder / "", 1);
      CHECK(Stories(cache, graph) == fresh);
    }
    std::filesystem::resize_file(file, size / 3);
    {
      StoryIndexCache cache(folder / "", 1);
      CHECK(Stories(cache, graph) == fresh);
    }
    graph.Put({Report(10, 2, file.size())});
    {
      StoryIndexCache cache(folder / "", 1);
      CHECK(Stories(cache, graph) == FromNothing(graph));
    }
    REQUIRE(graph.store().Delete(Report(10, 2, file.size()).article.id).value());
  }
  // Of another store.
  Graph other(News(4, 2));
  StoryIndexCache cache(folder / "", 1);
  CHECK(Stories(cache, other) == FromNothing(other));
}

TEST_CASE("What a killed process left half-written is written over", "[query][stories]") {
  Graph graph(News(9, 3));
  const mailuo::testing::TempDir folder;
  std::ofstream(folder / "STORIES.next") << "half";
  StoryIndexCache cache(folder / "", 1);
  CHECK(Stories(cache, graph) == FromNothing(graph));
  CHECK(std::filesystem::exists(folder / "STORIES"));
  CHECK_FALSE(std::filesystem::exists(folder / "STORIES.next"));
}

TEST_CASE("Where nothing can be kept, stories are made in memory", "[query][stories]") {
  Graph graph(News(9, 3));
  const mailuo::testing::TempDir folder;
  StoryIndexCache cache(folder / "no/such/folder", 1);
  CHECK(Stories(cache, graph) == FromNothing(graph));
  graph.Put({Report(9, 2, 77)});
  CHECK(Stories(cache, graph) == FromNothing(graph));
}

}  // namespace mailuo::query
