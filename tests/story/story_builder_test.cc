#include "story/story_builder.h"

#include <algorithm>
#include <random>
#include <string>

#include <catch2/catch.hpp>

#include "story/texts.h"

namespace mailuo::story {
namespace {

std::string AsIs(std::string_view text) { return std::string(text); }

std::vector<Feature> Features(std::size_t subject, std::size_t number) {
  return MakeSignature(test::SentenceOf(subject, number), test::TextOf(subject, number, 4), AsIs).features;
}

}  // namespace

TEST_CASE("Articles of one subject make one story, others another", "[story][builder]") {
  StoryBuilder builder;
  std::vector<std::uint32_t> stories;
  for (std::size_t i = 0; i < 12; ++i) {
    stories.push_back(builder.Add(static_cast<std::int32_t>(i), Features(i % 3, i)).story);
  }
  CHECK(builder.stories() == 3);
  for (std::size_t i = 0; i < 12; ++i) CHECK(stories[i] == i % 3);
}

TEST_CASE("A story goes on after a year, a happening does not", "[story][builder]") {
  StoryBuilder builder;
  const Place first = builder.Add(100, Features(0, 1));
  const Place soon = builder.Add(101, Features(0, 1));
  const Place late = builder.Add(465, Features(0, 1));
  CHECK(first == soon);
  CHECK(late.story == first.story);
  CHECK(late.happening != first.happening);
}

TEST_CASE("Articles of a story that tell different things are different happenings", "[story][builder]") {
  StoryBuilder builder;
  const Place supply =
      builder.Add(1, MakeSignature("星沉光学硅光晶圆厂遭遇上游断供", "氟化氢管道停摆，产线减半。", AsIs).features);
  const Place again =
      builder.Add(1, MakeSignature("上游断供，星沉光学硅光晶圆厂减产", "氟化氢管道停摆。", AsIs).features);
  const Place court =
      builder.Add(2, MakeSignature("星沉光学硅光晶圆厂被诉侵权", "原告索赔，法院定于九月开庭。", AsIs).features);
  CHECK(supply == again);
  CHECK(court.story == supply.story);
  CHECK(court.happening != supply.happening);
}

TEST_CASE("What comes later changes no place given before", "[story][builder]") {
  StoryBuilder all;
  std::vector<Place> places;
  for (std::size_t i = 0; i < 60; ++i) {
    places.push_back(all.Add(static_cast<std::int32_t>(i / 4), Features(i * 7 % 4, i * 3)));
  }
  StoryBuilder first;
  for (std::size_t i = 0; i < 30; ++i) {
    CHECK(first.Add(static_cast<std::int32_t>(i / 4), Features(i * 7 % 4, i * 3)) == places[i]);
  }
}

TEST_CASE("A builder that was saved goes on as if it never had been", "[story][builder]") {
  StoryBuilder all;
  StoryBuilder first;
  std::vector<Place> places;
  for (std::size_t i = 0; i < 60; ++i) {
    const auto features = Features(i * 7 % 4, i * 3);
    places.push_back(all.Add(static_cast<std::int32_t>(i / 4), features));
    if (i < 30) first.Add(static_cast<std::int32_t>(i / 4), features);
  }
  auto again = StoryBuilder::Load(first.Save(7));
  REQUIRE(again);
  CHECK(again->stories() == first.stories());
  for (std::size_t i = 30; i < 60; ++i) {
    CHECK(again->Add(static_cast<std::int32_t>(i / 4), Features(i * 7 % 4, i * 3)) == places[i]);
  }
  CHECK(again->Save(15) == all.Save(15));
}

TEST_CASE("What is no saved builder is not taken for one", "[story][builder]") {
  StoryBuilder builder;
  for (std::size_t i = 0; i < 8; ++i) builder.Add(static_cast<std::int32_t>(i), Features(i % 3, i));
  const std::string bytes = builder.Save(8);
  CHECK_FALSE(StoryBuilder::Load(""));
  CHECK_FALSE(StoryBuilder::Load(bytes + "x"));
  CHECK_FALSE(StoryBuilder::Load("\x7F" + bytes.substr(1)));
  for (std::size_t size = 0; size < bytes.size(); size += 97) CHECK_FALSE(StoryBuilder::Load(bytes.substr(0, size)));
}

TEST_CASE("An article without features is a story of its own", "[story][builder]") {
  StoryBuilder builder;
  builder.Add(1, Features(0, 0));
  const Place empty = builder.Add(1, {});
  CHECK(empty.story == 1);
  CHECK(builder.Add(1, {}).story == 2);
}

TEST_CASE("A story of very many articles stays bounded and keeps taking them in", "[story][builder]") {
  StoryBuilder builder;
  std::minstd_rand random(7);
  const std::vector<Feature> core = Features(0, 1);
  for (std::int32_t i = 0; i < 1500; ++i) {
    std::vector<Feature> features = core;
    for (Feature& feature : features) {
      if (random() % 4 == 0) feature.id = static_cast<std::uint32_t>(random() % (1U << kFeatureBits));
    }
    std::sort(features.begin(), features.end(), [](const Feature& a, const Feature& b) { return a.id < b.id; });
    features.erase(
        std::unique(features.begin(), features.end(), [](const Feature& a, const Feature& b) { return a.id == b.id; }),
        features.end());
    CHECK(builder.Add(i / 100, features).story == 0);
  }
}

}  // namespace mailuo::story
