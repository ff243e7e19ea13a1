#include "query/cursor.h"

#include <catch2/catch.hpp>

namespace mailuo::query {
namespace {

TEST_CASE("A cursor gives its position back to its own question only", "[query][cursor]") {
  const std::uint64_t question = QuestionHash("timeline").Add("英伟达").value();
  const std::uint64_t other = QuestionHash("timeline").Add("华为").value();
  for (const std::string& position : {std::string("a"), std::string("\0\xff\x01", 3), std::string(200, 'x')}) {
    const std::string cursor = EncodeCursor(question, position);
    const auto decoded = DecodeCursor(cursor, question);
    REQUIRE(decoded);
    CHECK(*decoded == position);
    const auto foreign = DecodeCursor(cursor, other);
    REQUIRE_FALSE(foreign);
    CHECK(foreign.error().kind == ProblemKind::kBadCursor);
    CHECK(foreign.error().parameter == "cursor");
  }
  CHECK(EncodeCursor(question, "").empty());
  CHECK(DecodeCursor("", question)->empty());
}

TEST_CASE("A damaged cursor is refused, whatever the damage", "[query][cursor]") {
  const std::string cursor = EncodeCursor(7, "2025-07-04/abc");
  for (std::size_t i = 0; i < cursor.size(); ++i) {
    std::string damaged = cursor;
    damaged[i] = damaged[i] == 'A' ? 'B' : 'A';
    CHECK_FALSE(DecodeCursor(damaged, 7));
    CHECK_FALSE(DecodeCursor(cursor.substr(0, i + 1 == cursor.size() ? 1 : i + 1), 7));
  }
  CHECK_FALSE(DecodeCursor(cursor + "A", 7));
  CHECK_FALSE(DecodeCursor("%%%", 7));
  CHECK_FALSE(DecodeCursor(std::string(5000, 'A'), 7));
}

TEST_CASE("Parts of a question do not run together", "[query][cursor]") {
  CHECK(QuestionHash("a").Add("bc").value() != QuestionHash("a").Add("b").Add("c").value());
  CHECK(QuestionHash("a").Add(std::optional<Date>{}).value() != QuestionHash("a").Add(std::uint64_t{0}).value());
}

}  // namespace
}  // namespace mailuo::query
