#include "text/utf8.h"

#include <string>

#include <catch2/catch.hpp>

namespace mailuo::text {
namespace {

TEST_CASE("Ill-formed UTF-8 is found where it starts", "[text][utf8]") {
  CHECK_FALSE(FindInvalidUtf8(""));
  CHECK_FALSE(FindInvalidUtf8("abc 英伟达 😀 é"));
  CHECK(FindInvalidUtf8("ab\xFF") == 2);
  CHECK(FindInvalidUtf8("英\xE4\xBC") == 3);        // cut off
  CHECK(FindInvalidUtf8("\xC0\x80") == 0);          // overlong
  CHECK(FindInvalidUtf8("\xED\xA0\x80") == 0);      // surrogate
  CHECK(FindInvalidUtf8("\xF4\x90\x80\x80") == 0);  // above U+10FFFF
  CHECK(FindInvalidUtf8("a\x80") == 1);
}

TEST_CASE("Code points are counted and cut", "[text][utf8]") {
  const std::string text = "a英😀b";
  CHECK(CountCodePoints(text) == 4);
  CHECK(SliceCodePoints(text, 1, 3) == "英😀");
  CHECK(SliceCodePoints(text, 3, 9) == "b");
  CHECK(SliceCodePoints(text, 7, 9).empty());
  CHECK(SliceCodePoints(text, 0, 0).empty());
}

TEST_CASE("UTF-16 and back", "[text][utf8]") {
  const std::string text = "a英😀bé𠀀";
  CHECK(ToUtf8(ToUtf16(text)) == text);
  const std::u16string lone{0xD800};
  CHECK(ToUtf8(lone) == "\xEF\xBF\xBD");
}

}  // namespace
}  // namespace mailuo::text
