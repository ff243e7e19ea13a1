#include "text/folded_text.h"

#include <string>

#include <catch2/catch.hpp>

#include "text/utf8.h"

namespace mailuo::text {
namespace {

std::string Folded(std::string_view text) {
  const FoldedText folded(text);
  return ToUtf8(folded.units());
}

TEST_CASE("Folding joins the written forms of one name", "[text][fold]") {
  CHECK(Folded("騰訊控股") == "腾讯控股");
  CHECK(Folded("ＮＶＤＡ") == "nvda");
  CHECK(Folded("「臺積電」") == "“台积电”");
  CHECK(Folded("（688041．SH）：10％") == "(688041.sh):10%");
  CHECK(Folded("帕特・基辛格") == "帕特·基辛格");
  CHECK(Folded("a\u3000b\u00A0c\td") == "a b c d");
  CHECK(Folded("英\u200B伟\uFEFF达") == "英伟达");
  CHECK(Folded("……") == "……");
  CHECK(Folded("cafe\u0301") == "café");
}

TEST_CASE("Spans of the folded text map to the original's code points and bytes", "[text][fold]") {
  const std::string text = "😀㎡騰訊ｘ";
  const FoldedText folded(text);
  CHECK(ToUtf8(folded.units()) == "😀m2腾讯x");
  const auto at = static_cast<std::uint32_t>(folded.units().find(u"腾讯"));
  const UnitSpan name{at, at + 2};
  CHECK(folded.Original(name) == "騰訊");
  CHECK(folded.ToCodePoints(name) == TextSpan{2, 4});
  CHECK(folded.FromCodePoints({2, 4}) == name);
  // Half of an expanded character stands for the whole of it.
  CHECK(folded.Original({2, 3}) == "㎡");
  CHECK(folded.ToCodePoints({2, 3}) == TextSpan{1, 2});
  CHECK(folded.ToCodePoints({folded.size(), folded.size()}) == TextSpan{5, 5});
}

TEST_CASE("Every unit span maps inside the text and in order", "[text][fold]") {
  const std::string text = "①Ⅳ㎏ﬁ가\u0301𝐀龍……e\u0301\u0302x\u200D終";
  const FoldedText folded(text);
  const std::size_t count = CountCodePoints(text);
  std::uint32_t last = 0;
  for (std::uint32_t i = 0; i < folded.size(); ++i) {
    const TextSpan span = folded.ToCodePoints({i, i + 1});
    CHECK(span.start >= last);
    CHECK(span.end <= count);
    CHECK(SliceCodePoints(text, span.start, span.end) == folded.Original({i, i + 1}));
    last = span.start;
  }
}

TEST_CASE("Lookup keys ignore width, case, script and stray spaces", "[text][fold]") {
  CHECK(FoldKey(" 阿里巴巴 集團 ") == "阿里巴巴集团");
  CHECK(FoldKey("Berkshire   Hathaway") == "berkshire hathaway");
  CHECK(FoldKey("AMD 公司") == "amd公司");
  CHECK(FoldKey("").empty());
}

}  // namespace
}  // namespace mailuo::text
