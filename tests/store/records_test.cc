#include "store/records.h"

#include <algorithm>

#include <catch2/catch.hpp>

#include "core/bytes.h"
#include "store/contribution.h"
#include "store/keys.h"
#include "store/random_articles.h"
#include "store/tally.h"

namespace mailuo::store {
namespace {

using mailuo::testing::Random;
using mailuo::testing::RandomArticle;

Tally RandomTally(Random& random, std::uint8_t width) {
  Tally tally;
  tally.width = width;
  std::uint64_t code = random.Below(5);
  for (std::size_t i = random.Below(6); i > 0; --i) {
    TallyRow row{code, {}};
    for (std::size_t c = 0; c < width; ++c) row.counts[c] = static_cast<std::int64_t>(random.Below(7)) - 3;
    row.counts[0] = 1 + static_cast<std::int64_t>(random.Below(3));
    tally.rows.push_back(row);
    code += 1 + random.Below(4);
  }
  return tally;
}

std::string Add(const std::vector<std::string>& parts) {
  const std::vector<std::string_view> views(parts.begin(), parts.end());
  auto sum = AddTallies(views);
  REQUIRE(sum);
  return *sum;
}

}  // namespace

TEST_CASE("article records come back bit for bit", "[records]") {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const StoredArticle stored = RandomArticle(seed);
    const ContributionSum sum{static_cast<std::uint32_t>(seed), seed * 77};
    const std::string bytes = EncodeArticle(stored, sum);
    const auto record = DecodeArticle(stored.article.id, bytes);
    REQUIRE(record);
    CHECK(record->sum == sum);
    CHECK(record->stored.article.text == stored.article.text);
    CHECK(EncodeAnnotation(record->stored.annotation) == EncodeAnnotation(stored.annotation));
    CHECK(EncodeArticle(record->stored, sum) == bytes);
    const auto meta = DecodeMeta(stored.article.id, bytes);
    REQUIRE(meta);
    CHECK(meta->relations == stored.annotation.relations.size());
    for (std::size_t size = 0; size < bytes.size(); size += 7)
      CHECK_FALSE(DecodeArticle({1, 1}, bytes.substr(0, size)));
  }
}

TEST_CASE("no cut or changed record reads beyond its bytes or as another size", "[records]") {
  Random random(5);
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    std::string bytes = EncodeAnnotation(RandomArticle(seed).annotation);
    for (std::size_t size = 0; size < bytes.size(); ++size) CHECK_FALSE(DecodeAnnotation(bytes.substr(0, size)));
    for (int i = 0; i < 200; ++i) {
      std::string changed = bytes;
      changed[random.Below(changed.size())] = static_cast<char>(random.Below(256));
      const auto annotation = DecodeAnnotation(changed);
      if (annotation) CHECK(DecodeAnnotation(EncodeAnnotation(*annotation)));
    }
  }
}

TEST_CASE("hostile lengths are refused", "[records]") {
  std::string bytes;
  ByteWriter writer(bytes);
  writer.Byte(1);
  writer.Varint(UINT64_MAX);
  CHECK_FALSE(DecodeAnnotation(bytes));
  CHECK_FALSE(DecodeMentionFacts(bytes));
  CHECK_FALSE(DecodeTally(bytes));
  CHECK_FALSE(DecodeEventFacts(""));
  CHECK_FALSE(DecodePresence("\x02"));
  CHECK_FALSE(DecodeArticle({1, 1}, ""));
  // Eleven bytes of a number, a number beyond 64 bits, and a number in too many bytes.
  for (const std::string_view bad :
       {"\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01", "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x02"}) {
    ByteReader reader(bad);
    CHECK(reader.Varint() == 0);
    CHECK_FALSE(reader.ok());
  }
  ByteReader longer(std::string_view("\x80\x00", 2));
  longer.Varint();
  CHECK_FALSE(longer.ok());
}

TEST_CASE("numbers come back from bytes", "[records]") {
  for (const std::uint64_t value :
       {std::uint64_t{0}, std::uint64_t{127}, std::uint64_t{128}, UINT64_MAX, UINT64_MAX / 3}) {
    std::string bytes;
    ByteWriter writer(bytes);
    writer.Varint(value);
    writer.Signed(static_cast<std::int64_t>(value));
    writer.Fixed(value, 8);
    ByteReader reader(bytes);
    CHECK(reader.Varint() == value);
    CHECK(reader.Signed() == static_cast<std::int64_t>(value));
    CHECK(reader.Fixed(8) == value);
    CHECK(reader.Complete());
  }
}

TEST_CASE("adding tallies does not care for order or grouping, and can be undone", "[tally]") {
  Random random(9);
  for (int i = 0; i < 300; ++i) {
    const auto width = static_cast<std::uint8_t>(1 + random.Below(kMaxTallyWidth));
    const std::string a = EncodeTally(RandomTally(random, width));
    const std::string b = EncodeTally(RandomTally(random, width));
    const std::string c = EncodeTally(RandomTally(random, width));
    CHECK(Add({a, b, c}) == Add({c, a, b}));
    CHECK(Add({a, Add({b, c})}) == Add({Add({a, b}), c}));
    CHECK(Add({a, b, *NegateTally(b)}) == a);
    CHECK(IsEmptyTally(Add({a, *NegateTally(a)})));
    CHECK(EncodeTally(*DecodeTally(a)) == a);
  }
}

TEST_CASE("tallies of different widths, damaged or unsorted, are refused", "[tally]") {
  const std::string one = EncodeTally({1, {{5, {1}}}});
  const std::string two = EncodeTally({2, {{5, {1, 1}}}});
  const std::vector<std::string_view> both{one, two};
  CHECK_FALSE(AddTallies(both));
  CHECK_FALSE(AddTallies({}));
  CHECK_FALSE(DecodeTally(one.substr(0, one.size() - 1)));
  CHECK_FALSE(DecodeTally(std::string("\x01\x01\x05\x02\x00\x02", 6)));  // The same code again.
  CHECK_FALSE(DecodeTally(std::string("\x01\x01\x05\x00", 4)));          // A row of zeros.
  CHECK_FALSE(DecodeTally(std::string("\x01\x07", 2)));                  // Too wide.
}

TEST_CASE("confidence is kept in hundredths", "[records]") {
  CHECK(Hundredths(0.9F) == 90);
  CHECK(Hundredths(-1) == 0);
  CHECK(Hundredths(7) == 100);
  CHECK(Hundredths(std::numeric_limits<float>::quiet_NaN()) == 0);
  for (std::uint8_t i = 0; i <= 100; ++i) CHECK(Hundredths(FromHundredths(i)) == i);
}

}  // namespace mailuo::store
