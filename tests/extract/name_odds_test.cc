// The table of the odds of characters: what it says of names, and that a broken line is named.
#include <catch2/catch.hpp>

#include <string>

#include "extract/name_odds.h"

namespace mailuo::extract {
namespace {

TEST_CASE("Odds of a name are those of its characters in their places", "[extract][names]") {
  const Result<NameOdds> odds = NameOdds::Parse("# note\nsurname\t20\t王\nfirst\t10\t晓\nlast\t5\t东\nonly\t-8\t东\n");
  REQUIRE(odds.has_value());
  CHECK(odds->Of(u"王晓东", 1) == 35);
  CHECK(odds->Of(u"晓东", 0) == 15);
  CHECK(odds->Of(u"王东", 1) == 12);
  // Characters that are not listed speak against a name.
  CHECK(odds->Of(u"说晓东", 1) < 0);
  CHECK(odds->Of(u"欧阳东", 2) > odds->Of(u"王东", 1));
}

TEST_CASE("A broken line of the odds is named", "[extract][names]") {
  for (const char* const line :
       {"middle\t1\t王\n", "first\tx\t王\n", "first\t1\n", "first\t400\t王\n", "first\t1\ta\n"}) {
    CAPTURE(line);
    const Result<NameOdds> odds = NameOdds::Parse(std::string("# note\n") + line);
    REQUIRE_FALSE(odds.has_value());
    CHECK(odds.error().message.find("name_odds.tsv:2") != std::string::npos);
  }
}

}  // namespace
}  // namespace mailuo::extract
