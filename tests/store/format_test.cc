// The bytes on disk are frozen: every example here is also in docs/STORE_FORMAT.md. A change is a new kFormatVersion.
#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>

#include "store/contribution.h"
#include "store/event_key.h"
#include "store/keys.h"
#include "store/neighbour_list.h"
#include "store/operations.h"
#include "store/random_articles.h"
#include "store/records.h"
#include "store/signature_record.h"
#include "store/tally.h"
#include "support/sample_graph.h"

namespace mailuo::store {
namespace {

using mailuo::testing::FactOptions;
using mailuo::testing::Random;
using mailuo::testing::RandomArticle;
using mailuo::testing::SampleArticle;
using mailuo::testing::SampleDay;

std::string Hex(std::string_view bytes) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  for (const char c : bytes) {
    hex += kDigits[static_cast<unsigned char>(c) >> 4];
    hex += kDigits[static_cast<unsigned char>(c) & 15];
  }
  return hex;
}

const std::string& FormatDocument() {
  static const std::string kText = [] {
    std::ifstream file(std::string(MAILUO_SOURCE_DIR) + "/docs/STORE_FORMAT.md");
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
  }();
  return kText;
}

// The bytes are these, and the document shows them so.
void CheckExample(std::string_view bytes, const std::string& hex) {
  CHECK(Hex(bytes) == hex);
  CAPTURE(hex);
  CHECK(FormatDocument().find("`" + hex + "`") != std::string::npos);
}

constexpr ArticleId kArticle{0x0011223344556677, 0x8899AABBCCDDEEFF};
constexpr EntityId kEntity{0x0102030405060708};
constexpr EntityId kOther{0x1112131415161718};
constexpr EventId kEvent{0xA1A2A3A4A5A6A7A8};

}  // namespace

TEST_CASE("the keys of the document", "[format]") {
  const std::uint32_t day = DayNumber(SampleDay("2025-07-04"));
  const std::uint32_t published = DayNumber(SampleDay("2025-07-05"));
  CHECK(day == 739436);
  const PostingPlace place{published, kArticle, 3};
  CheckExample(ArticleKey(kArticle), "00112233445566778899aabbccddeeff");
  CheckExample(Encode(PublishedKey{published, kArticle}), "50f4b79200112233445566778899aabbccddeeff");
  CheckExample(Encode(NameKey{kEntity, MentionType::kCompany, NameUse::kName, "Arm"}), "410102030405060708010141726d");
  CheckExample(Encode(FoldedKey{"arm", NameUse::kName, MentionType::kCompany, kEntity}),
               "4661726d0001010102030405060708");
  CheckExample(Encode(MentionKey{kEntity, published, kArticle}),
               "4d0102030405060708f4b79200112233445566778899aabbccddeeff");
  CheckExample(Encode(TimelineKey{kEntity, day, kEvent, place}),
               "540102030405060708f4b793a1a2a3a4a5a6a7a8f4b79200112233445566778899aabbccddeeff0003");
  CheckExample(Encode(DayKey{day, EventType::kEarnings, kEvent, place}),
               "44f4b7930ea1a2a3a4a5a6a7a8f4b79200112233445566778899aabbccddeeff0003");
  CheckExample(Encode(EventKey{kEvent, place}), "56a1a2a3a4a5a6a7a8f4b79200112233445566778899aabbccddeeff0003");
  CheckExample(Encode(EdgeKey{{kEntity, RelationType::kAcquires, kOther}}), "53010203040506070811121314151617180101");
  CheckExample(Encode(EdgeKey{{kOther, RelationType::kAcquires, kEntity}}), "53010203040506070811121314151617180201");
  CheckExample(Encode(StateKey{{kEntity, RelationType::kHoldsStake, kOther}, day, 0, FactStatus::kOccurred}),
               "530102030405060708111213141516171801030b486c00000001");
  CheckExample(Encode(NeighboursKey{kEntity, kAllMonths}), "4e0102030405060708000000");
  CheckExample(Encode(NeighboursKey{kEntity, MonthBlock(SampleDay("2025-07-05"))}), "4e0102030405060708ffa10d");
  CheckExample(Encode(EvidenceKey{{kEntity, RelationType::kAcquires, kOther}, place}),
               "520102030405060708011112131415161718f4b79200112233445566778899aabbccddeeff0003");
  CheckExample(Encode(CooccurKey{kEntity, MonthNumber(SampleDay("2025-07-05"))}), "430102030405060708a10d");
  CheckExample(TotalsKey(2025), "4f07e9");
  CheckExample(Encode(SignatureKey{published, kArticle}), "47f4b79200112233445566778899aabbccddeeff");
  CheckExample(Encode(BandKey{0xB1B2B3B4B5B6B7B8, published, kArticle}),
               "42b1b2b3b4b5b6b7b8f4b79200112233445566778899aabbccddeeff");
}

TEST_CASE("the records of the document", "[format]") {
  EventFacts facts;
  facts.type = EventType::kEarnings;
  facts.polarity = 1;
  facts.interval = {SampleDay("2025-07-04"), SampleDay("2025-07-04")};
  facts.source = EventTimeSource::kExplicit;
  facts.sentence = 5;
  facts.confidence = 90;
  CheckExample(EncodeEventFacts(facts), "010e010203ec902d000101055a");
  MentionFacts mention;
  mention.mentions = 4;
  mention.sentences = {0, 2, 300};
  mention.events = {{3, kEvent, facts}};
  CheckExample(EncodeMentionFacts(mention), "0104030002aa020103a1a2a3a4a5a6a7a80e010203ec902d000101055a");
  CheckExample(EncodeEvidenceFacts({7, FactStatus::kPlanned, 75, {SampleDay("2025-07-04"), std::nullopt}}),
               "0107024b01ec902d");
  CheckExample(EncodePresence(), "01");
  SignatureFacts signature;
  signature.minute = 495;
  signature.signature.features = {{3, 15}, {300, 1}};
  signature.signature.sketch = {0x01020304, 0xA1A2A3A4};
  signature.signature.runs = 2;
  CheckExample(EncodeSignatureFacts(signature),
               "01f003023f8125020201020304a1a2a3a4"
               "00000000000000000000000000000000");
  CheckExample(EncodeTally({2, {{739436, {1, 3}}, {739438, {2, -1}}}}), "0102ec902d0206020401");
  CheckExample(EncodeTally({1, {}}), "0101");
  const NeighbourCode code{false, EdgeDirection::kOut, RelationType::kAcquires, FactStatus::kPlanned, 75, 5};
  CheckExample(EncodeNeighbours(std::vector<NeighbourRow>{{kOther.value, Pack(code), 3}}),
               "0201111213141516171801"
               "20a96506");
}

TEST_CASE("links between events are written in version 2, and only where there are some", "[format]") {
  Annotation annotation;
  annotation.sentences = {{0, 20}};
  annotation.events.resize(2);
  annotation.events[0].trigger = {1, 3};
  annotation.events[1].trigger = {8, 10};
  const std::string without = EncodeAnnotation(annotation);
  CHECK(without.front() == 1);
  annotation.links = {{EventLinkType::kCauses, 0, 1, 0, {5, 7}}};
  std::string with = EncodeAnnotation(annotation);
  CHECK(with.front() == 2);
  CHECK(Hex(with.substr(without.size())) ==
        "010a040100"
        "0100");
  const auto read = DecodeAnnotation(with);
  REQUIRE(read.has_value());
  CHECK(read->links == annotation.links);
  annotation.links[0].to = 2;  // No such event.
  CHECK_FALSE(DecodeAnnotation(EncodeAnnotation(annotation)).has_value());
}

TEST_CASE("the annotation, the contribution and the event id of the document", "[format]") {
  const StoredArticle stored = SampleArticle("2025-07-05", "收购")
                                   .Sentence("[英伟达@NVDA.US]拟收购[Arm]。")
                                   .Event(EventType::kAcquisition, {{"acquirer", "英伟达"}, {"target", "Arm"}},
                                          {FactStatus::kPlanned, "2025-07-04"})
                                   .Relation(RelationType::kAcquires, "英伟达", "Arm")
                                   .Build();
  CheckExample(EncodeAnnotation(stored.annotation),
               "010709e88bb1e4bc9fe8bebe0673616d706c65074e5644412e55530341726d086163717569726572067461726765740853414d5"
               "04c452f31023ca15de04316c7fa01000840a77baf5951400103010014020006003f7333330101020c06013f7333330100000101"
               "000200020003ec902d0001020102040000050201003f666666060101000002010001003f66666606");
  // All keys and values, in order, as one hash: any change of what an article contributes shows here.
  std::string listing;
  for (const Change& change : Contribution(stored, [](std::string_view text) { return std::string(text); })) {
    listing += Hex(change.key) + " " + Hex(change.value) + "\n";
  }
  CAPTURE(listing);
  CHECK(FormatId(StableHash128(listing)) == "ar_817022fe2ba1847be3c771bd811590c2");
  const std::string event = FormatId(MakeEventId(stored.annotation.events[0], stored.article.id, 0));
  CHECK(event == "ev_6f261208c79aeb56");
  CHECK(FormatDocument().find(event) != std::string::npos);
}

TEST_CASE("the journal entry of the document", "[format]") {
  EntityOperation merge;
  merge.kind = OperationKind::kMerge;
  merge.day = SampleDay("2025-07-05");
  merge.reason = "same";
  merge.from = {kEntity, MentionType::kCompany, "Arm Ltd"};
  merge.into = {kOther, MentionType::kCompany, "Arm"};
  CheckExample(OperationKey(1), "4a0000000000000001");
  CheckExample(EncodeOperation(merge),
               "01010102030405060708010741726d204c74641112131415161718010341726d000000ed902d0473616d65");
  CHECK(DecodeOperation(EncodeOperation(merge)) == merge);
}

}  // namespace mailuo::store
