#include "store/event_key.h"

#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "support/sample_graph.h"

namespace mailuo::store {
namespace {

using mailuo::testing::FactOptions;
using mailuo::testing::SampleArticle;
using mailuo::testing::SampleEntity;

EventId IdOf(const StoredArticle& stored) { return MakeEventId(stored.annotation.events.at(0), stored.article.id, 0); }

StoredArticle Acquisition(const char* title, SampleArticle::Roles roles, const FactOptions& options) {
  return SampleArticle("2025-07-05", title)
      .Sentence("[英伟达]、[Arm]、[软银]。")
      .Event(EventType::kAcquisition, roles, options)
      .Build();
}

}  // namespace

TEST_CASE("reports agree on an event by type, main participants and time", "[event-key]") {
  const FactOptions day{FactStatus::kOccurred, "2025-07-04"};
  const auto base = Acquisition("一", {{"acquirer", "英伟达"}, {"target", "Arm"}}, day);
  CHECK(IdOf(base) == IdOf(Acquisition("二", {{"acquirer", "英伟达"}, {"target", "Arm"}}, day)));
  // Sides taken for each other, another status, a further participant: the same happening.
  CHECK(IdOf(base) == IdOf(Acquisition("三", {{"target", "英伟达"}, {"acquirer", "Arm"}}, day)));
  CHECK(IdOf(base) ==
        IdOf(Acquisition("四", {{"acquirer", "英伟达"}, {"target", "Arm"}}, {FactStatus::kDenied, "2025-07-04"})));
  CHECK(IdOf(base) == IdOf(Acquisition("五", {{"acquirer", "英伟达"}, {"target", "Arm"}, {"adviser", "软银"}}, day)));
  // Another day, period or participant: another happening.
  CHECK(IdOf(base) !=
        IdOf(Acquisition("六", {{"acquirer", "英伟达"}, {"target", "Arm"}}, {FactStatus::kOccurred, "2025-07-03"})));
  CHECK(IdOf(base) != IdOf(Acquisition("七", {{"acquirer", "英伟达"}, {"target", "Arm"}},
                                       {FactStatus::kOccurred, "2025-07-04", "2025-07-09"})));
  CHECK(IdOf(base) != IdOf(Acquisition("八", {{"acquirer", "英伟达"}, {"target", "软银"}}, day)));
}

TEST_CASE("an event without a main participant or a time is an event of its own", "[event-key]") {
  const FactOptions day{FactStatus::kOccurred, "2025-07-04"};
  CHECK(IdOf(Acquisition("一", {}, day)) != IdOf(Acquisition("二", {}, day)));
  CHECK(IdOf(Acquisition("一", {{"adviser", "软银"}}, day)) != IdOf(Acquisition("二", {{"adviser", "软银"}}, day)));
  auto one = Acquisition("一", {{"acquirer", "英伟达"}}, day);
  auto two = Acquisition("二", {{"acquirer", "英伟达"}}, day);
  CHECK(IdOf(one) == IdOf(two));
  one.annotation.events[0].time.interval = {};
  two.annotation.events[0].time.interval = {};
  CHECK(IdOf(one) != IdOf(two));
  CHECK(MakeEventId(one.annotation.events[0], one.article.id, 0) !=
        MakeEventId(one.annotation.events[0], one.article.id, 1));
}

TEST_CASE("the second roles stand in for empty first ones", "[event-key]") {
  const auto stored = SampleArticle("2025-07-05", "一")
                          .Sentence("[国务院:organization]、[办法:policy]。")
                          .Event(EventType::kPolicyIssued, {{"issuer", "国务院"}})
                          .Event(EventType::kPolicyIssued, {{"issuer", "国务院"}, {"document", "办法"}})
                          .Build();
  CHECK(MainParticipants(stored.annotation.events[0]) ==
        std::vector{SampleEntity("国务院", MentionType::kOrganization)});
  CHECK(MainParticipants(stored.annotation.events[1]) == std::vector{SampleEntity("办法", MentionType::kPolicy)});
}

TEST_CASE("the main roles are roles of their types", "[event-key]") {
  for (const EventTypeInfo& info : EventTypes()) {
    std::set<std::string> roles;
    const auto split = [](std::string_view list) {
      std::set<std::string> parts;
      while (!list.empty()) {
        const std::size_t bar = list.find('|');
        parts.emplace(list.substr(0, bar));
        list.remove_prefix(bar == std::string_view::npos ? list.size() : bar + 1);
      }
      return parts;
    };
    const auto known = split(info.roles);
    const MainRoles main = MainRolesOf(info.type);
    CAPTURE(info.code);
    CHECK_FALSE(main.first.empty());
    for (const std::string_view list : {main.first, main.second}) {
      for (const std::string& role : split(list)) CHECK(known.count(role) == 1);
    }
  }
}

}  // namespace mailuo::store
