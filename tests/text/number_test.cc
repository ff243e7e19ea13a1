#include "text/number.h"

#include <catch2/catch.hpp>

namespace mailuo::text {
namespace {

TEST_CASE("numerals of Chinese text", "[text][number]") {
  struct Case {
    const char16_t* text;
    std::int64_t value;
  };
  for (const Case& c :
       {Case{u"2025", 2025}, Case{u"２０２５", 2025}, Case{u"二〇二五", 2025}, Case{u"二零零三", 2003}, Case{u"十", 10},
        Case{u"十五", 15}, Case{u"二十", 20}, Case{u"二十五", 25}, Case{u"一百零五", 105}, Case{u"三百五", 350},
        Case{u"两千零四", 2004}, Case{u"廿七", 27}, Case{u"卅", 30}, Case{u"俩", 2}, Case{u"一亿二千万", 120'000'000},
        Case{u"三万五", 35'000}, Case{u"一万零三十", 10'030}, Case{u"007", 7}}) {
    CAPTURE(c.value);
    CHECK(ParseInteger(c.text) == c.value);
  }
  for (const char16_t* text : {u"", u"年", u"二十年", u"万", u"1234567890123456789"}) CHECK_FALSE(ParseInteger(text));
}

TEST_CASE("a numeral ends where the next thing begins", "[text][number]") {
  const auto numeral = ReadNumeral(u"于2025年", 1);
  REQUIRE(numeral);
  CHECK(numeral->end == 5);
  CHECK(numeral->digits == 4);
  CHECK(numeral->form == NumeralForm::kDigits);
  CHECK(ReadNumeral(u"二十三日", 0)->end == 3);
  CHECK(ReadNumeral(u"十十", 0)->end == 1);
  CHECK_FALSE(ReadNumeral(u"年", 0));
  CHECK_FALSE(ReadNumeral(u"年", 5));
}

}  // namespace
}  // namespace mailuo::text
