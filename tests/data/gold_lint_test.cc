// The form of corpus/gold: what corpus/gold/README.md promises and needs no article to be checked.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "core/types.h"
#include "eval/gold.h"
#include "text/ticker.h"

namespace {

using namespace mailuo;  // NOLINT(google-build-using-namespace)

const std::string kCorpus = std::string(MAILUO_SOURCE_DIR) + "/corpus";

std::vector<eval::GoldArticle> AllGold() {
  auto all = eval::ReadGoldFolder(kCorpus + "/gold");
  if (!all) FAIL(all.error().message);
  return *std::move(all);
}

std::set<std::string> RolesOf(EventType type) {
  std::set<std::string> roles;
  std::string_view rest = Info(type).roles;
  while (!rest.empty()) {
    const std::size_t bar = std::min(rest.find('|'), rest.size());
    roles.emplace(rest.substr(0, bar));
    rest.remove_prefix(std::min(bar + 1, rest.size()));
  }
  return roles;
}

template <typename Items>
bool InOrderWithoutOverlap(const Items& items) {
  for (std::size_t i = 1; i < items.size(); ++i) {
    if (items[i].span.start < items[i - 1].span.end) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("There is enough gold, and each file annotates a sample of its own", "[data][gold]") {
  const auto all = AllGold();
  CHECK(all.size() >= 24);
  CHECK(std::count_if(all.begin(), all.end(), [](const auto& gold) { return gold.common_words; }) >= 5);
  std::set<std::string> samples;
  for (const auto& gold : all) {
    CAPTURE(gold.name);
    CHECK(std::filesystem::exists(kCorpus + "/samples/" + gold.sample));
    CHECK(gold.sample.rfind(gold.name + ".", 0) == 0);
    CHECK(samples.insert(gold.sample).second);
  }
}

TEST_CASE("Gold mentions are in order, named, and carry canonical codes", "[data][gold]") {
  for (const auto& gold : AllGold()) {
    CAPTURE(gold.name);
    CHECK(InOrderWithoutOverlap(gold.annotation.mentions));
    for (const Mention& mention : gold.annotation.mentions) {
      CAPTURE(mention.span.start, mention.name);
      CHECK_FALSE(mention.name.empty());
      for (const std::string& ticker : mention.tickers) CHECK(text::CanonicalTicker(ticker) == ticker);
      if (mention.type == MentionType::kTicker) CHECK(mention.tickers == std::vector{mention.name});
      if (gold.common_words) CHECK(mention.type != MentionType::kCompany);
    }
  }
}

TEST_CASE("Gold dates are in order and run forward", "[data][gold]") {
  for (const auto& gold : AllGold()) {
    CAPTURE(gold.name);
    CHECK(InOrderWithoutOverlap(gold.annotation.dates));
    for (const DateMention& date : gold.annotation.dates) {
      CAPTURE(date.span.start);
      CHECK((date.interval.from || date.interval.to));
      if (date.interval.from && date.interval.to) CHECK(*date.interval.from <= *date.interval.to);
    }
  }
}

TEST_CASE("Gold events name mentioned participants in roles of their type", "[data][gold]") {
  for (const auto& gold : AllGold()) {
    CAPTURE(gold.name);
    std::set<std::string> names;
    for (const Mention& mention : gold.annotation.mentions) names.insert(mention.name);
    for (const Event& event : gold.annotation.events) {
      CAPTURE(Word(event.type), event.trigger.start);
      const std::set<std::string> roles = RolesOf(event.type);
      for (const Participant& participant : event.participants) {
        CAPTURE(participant.role, participant.name);
        CHECK(roles.contains(participant.role));
        CHECK(names.contains(participant.name));
      }
    }
  }
}

TEST_CASE("Gold relations join two mentioned names", "[data][gold]") {
  for (const auto& gold : AllGold()) {
    CAPTURE(gold.name);
    std::set<std::string> names;
    for (const Mention& mention : gold.annotation.mentions) names.insert(mention.name);
    for (const Relation& relation : gold.annotation.relations) {
      CAPTURE(Word(relation.type), relation.head.name, relation.tail.name);
      CHECK(names.contains(relation.head.name));
      CHECK(names.contains(relation.tail.name));
      CHECK(relation.head.name != relation.tail.name);
    }
  }
}
