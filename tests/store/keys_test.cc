#include "store/keys.h"

#include <algorithm>

#include <catch2/catch.hpp>

#include "store/random_articles.h"

namespace mailuo::store {
namespace {

using mailuo::testing::Random;

EntityId AnyEntity(Random& random) { return {random.OneIn(3) ? random.Below(3) + 1 : random.Next()}; }
EventId AnyEvent(Random& random) { return {random.OneIn(3) ? random.Below(3) + 1 : random.Next()}; }
std::uint32_t AnyDay(Random& random) {
  if (random.OneIn(4)) return random.OneIn(2) ? 0 : kMaxDayNumber;
  return static_cast<std::uint32_t>(random.Below(kMaxDayNumber + 1));
}
PostingPlace AnyPlace(Random& random) {
  return {AnyDay(random), {random.Next(), random.Next()}, static_cast<std::uint16_t>(random.Next())};
}
// Values whose bytes sort as they do themselves: newest day first.
auto Order(std::uint32_t day) { return kMaxDayNumber - day; }
auto Order(const PostingPlace& place) { return std::tuple(Order(place.published), place.article, place.number); }

}  // namespace

TEST_CASE("keys read back as they were written and sort as their parts do", "[keys]") {
  Random random(1);
  std::vector<TimelineKey> timeline;
  std::vector<DayKey> days;
  std::vector<EvidenceKey> evidence;
  std::vector<MentionKey> mentions;
  for (int i = 0; i < 300; ++i) {
    timeline.push_back({AnyEntity(random), AnyDay(random), AnyEvent(random), AnyPlace(random)});
    days.push_back({AnyDay(random), static_cast<EventType>(1 + random.Below(kEventTypeCount)), AnyEvent(random),
                    AnyPlace(random)});
    evidence.push_back(
        {{AnyEntity(random), static_cast<RelationType>(1 + random.Below(kRelationTypeCount)), AnyEntity(random)},
         AnyPlace(random)});
    mentions.push_back({AnyEntity(random), AnyDay(random), {random.Next(), random.Next()}});
  }
  const auto check = [](auto keys, auto parse, auto order) {
    for (const auto& key : keys) {
      const std::string bytes = Encode(key);
      const auto parsed = parse(bytes);
      REQUIRE(parsed);
      CHECK(order(*parsed) == order(key));
      for (std::size_t size = 0; size < bytes.size(); ++size) CHECK_FALSE(parse(bytes.substr(0, size)));
      CHECK_FALSE(parse(bytes + "x"));
      CHECK_FALSE(parse("?" + bytes.substr(1)));
    }
    std::sort(keys.begin(), keys.end(), [&](const auto& a, const auto& b) { return order(a) < order(b); });
    CHECK(std::is_sorted(keys.begin(), keys.end(), [](const auto& a, const auto& b) { return Encode(a) < Encode(b); }));
  };
  check(timeline, &ParseTimelineKey,
        [](const TimelineKey& key) { return std::tuple(key.entity, Order(key.day), key.event, Order(key.place)); });
  check(days, &ParseDayKey,
        [](const DayKey& key) { return std::tuple(Order(key.day), key.type, key.event, Order(key.place)); });
  check(evidence, &ParseEvidenceKey, [](const EvidenceKey& key) {
    return std::tuple(key.edge.head, key.edge.type, key.edge.tail, Order(key.place));
  });
  check(mentions, &ParseMentionKey,
        [](const MentionKey& key) { return std::tuple(key.entity, Order(key.published), key.article); });
}

TEST_CASE("the other keys read back as they were written", "[keys]") {
  const ArticleId article{5, 6};
  CHECK(*ParseArticleKey(ArticleKey(article)) == article);
  CHECK(ParsePublishedKey(Encode(PublishedKey{9, article}))->published == 9);
  const std::string name_bytes = Encode(NameKey{{7}, MentionType::kPerson, NameUse::kTicker, "黄"});
  const auto name = ParseNameKey(name_bytes);
  REQUIRE(name);
  CHECK(name->text == "黄");
  CHECK(name->type == MentionType::kPerson);
  const std::string folded_bytes =
      Encode(FoldedKey{"英伟达", NameUse::kName, MentionType::kPlace, {0x0000010000000200}});
  const auto folded = ParseFoldedKey(folded_bytes);
  REQUIRE(folded);
  CHECK(folded->text == "英伟达");
  CHECK(folded->entity.value == 0x0000010000000200);
  CHECK(ParseEventKey(Encode(EventKey{{3}, {0, article, 9}}))->place.number == 9);
  for (const EdgeId& edge : {EdgeId{{3}, RelationType::kSues, {4}}, EdgeId{{4}, RelationType::kSues, {3}},
                             EdgeId{{3}, RelationType::kCompetesWith, {4}}, EdgeId{{3}, RelationType::kSues, {3}}}) {
    const std::string key = Encode(EdgeKey{edge});
    REQUIRE(ParseEdgeKey(key));
    CHECK(ParseEdgeKey(key)->edge == edge);
    CHECK(key.compare(0, 17, EdgePrefix(edge.tail, edge.head)) == 0);
  }
  CHECK_FALSE(ParseEdgeKey(Encode(EdgeKey{{{3}, RelationType::kSues, {4}}}).replace(17, 1, "\x03")));
  const StateKey state{{{4}, RelationType::kHoldsStake, {3}}, 7, kMaxDayNumber, FactStatus::kTerminated};
  const std::string bytes = Encode(state);
  REQUIRE(ParseStateKey(bytes));
  CHECK(ParseStateKey(bytes)->edge == state.edge);
  CHECK(ParseStateKey(bytes)->from == state.from);
  CHECK(ParseStateKey(bytes)->to == state.to);
  CHECK(ParseStateKey(bytes)->status == state.status);
  // Right behind the edge, and none itself.
  CHECK(bytes.compare(0, 19, Encode(EdgeKey{state.edge})) == 0);
  CHECK_FALSE(ParseEdgeKey(bytes));
  CHECK(IsStateKey(bytes));
  CHECK_FALSE(IsStateKey(Encode(EdgeKey{state.edge})));
  CHECK_FALSE(ParseStateKey(Encode(EdgeKey{state.edge})));
  CHECK_FALSE(ParseStateKey(Encode(StateKey{state.edge, kMaxDayNumber + 1, 0, FactStatus::kOccurred})));
  CHECK_FALSE(ParseStateKey(Encode(StateKey{state.edge, 0, 0, static_cast<FactStatus>(9)})));
  CHECK(ParseNeighboursKey(Encode(NeighboursKey{{3}, 24305}))->block == 24305);
  CHECK(ParseNeighboursKey(Encode(NeighboursKey{{3}, kAllMonths}))->block == kAllMonths);
  CHECK(ParseCooccurKey(Encode(CooccurKey{{3}, 24305}))->month == 24305);
  CHECK(ParseTotalsKey(TotalsKey(2025)) == 2025);
  CHECK(ParseSignatureKey(Encode(SignatureKey{7, article}))->published == 7);
  CHECK(ParseBandKey(Encode(BandKey{0x1122334455667788, 7, article}))->band == 0x1122334455667788);
  CHECK(ParseBandKey(Encode(BandKey{1, 7, article}))->article == article);
  CHECK_FALSE(ParseBandKey(Encode(SignatureKey{7, article})).has_value());
}

TEST_CASE("numbers of days keep their order and come back", "[keys]") {
  CHECK(DayNumber(std::nullopt) == 0);
  CHECK(DayNumber(MakeDate(1, 1, 1)) == 1);
  CHECK(DayNumber(MakeDate(9999, 12, 31)) == kMaxDayNumber);
  CHECK(DayOfNumber(DayNumber(MakeDate(2025, 7, 4))) == MakeDate(2025, 7, 4));
  CHECK(DayNumber(Date{-9999999}) == 1);
  CHECK(DayNumber(Date{9999999}) == kMaxDayNumber);
  CHECK_FALSE(IsStorableDay(Date{9999999}));
  CHECK(MonthNumber(MakeDate(2025, 12, 31)) + 1 == MonthNumber(MakeDate(2026, 1, 1)));
}

TEST_CASE("after a prefix comes nothing that begins with it", "[keys]") {
  CHECK(After("a") == "b");
  CHECK(After("a\xFF") == "b");
  CHECK(After("\xFF\xFF").empty());
  CHECK(After("").empty());
}

}  // namespace mailuo::store
