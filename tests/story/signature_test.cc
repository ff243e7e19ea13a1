#include "story/signature.h"

#include <algorithm>
#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "story/common_bigrams.h"
#include "story/texts.h"

namespace mailuo::story {
namespace {

std::string AsIs(std::string_view text) { return std::string(text); }

Signature Sign(const std::string& text, const std::string& title = "标题") { return MakeSignature(title, text, AsIs); }

bool ShareABand(const Signature& a, const Signature& b) { return a.bands[0] == b.bands[0] || a.bands[1] == b.bands[1]; }

const std::string& LongText() {
  static const std::string text = test::TextOf(0, 0, 20);
  return text;
}

}  // namespace

TEST_CASE("A repost under another title is a copy", "[story][signature]") {
  const Signature own = Sign(LongText(), "星沉光学断供");
  const Signature copy = Sign(LongText(), "重磅！硅光龙头突遭变故");
  CHECK(own.bands == copy.bands);
  CHECK(NearIdentical(own, copy));
}

TEST_CASE("A text cut or framed by other words is a copy", "[story][signature]") {
  const Signature own = Sign(LongText());
  const Signature cut = Sign(test::TextOf(0, 0, 13));
  CHECK(ShareABand(own, cut));
  CHECK(NearIdentical(own, cut));
  CHECK(NearIdentical(cut, own));
  const Signature framed = Sign("本站快讯。" + LongText() + "（责任编辑：苏砚）");
  CHECK(ShareABand(own, framed));
  CHECK(NearIdentical(own, framed));
}

TEST_CASE("Spaces, line ends, punctuation and width make no other text", "[story][signature]") {
  std::string spaced;
  for (const char c : LongText()) spaced += c;
  for (std::size_t at = 0; (at = spaced.find("。", at)) != std::string::npos; at += 5) spaced.replace(at, 3, "！\n　");
  CHECK(Sign(LongText()).sketch == Sign(spaced).sketch);
  CHECK(Sign("ＧＰＵ　２０２５" + LongText()).sketch == Sign("gpu2025" + LongText()).sketch);
}

TEST_CASE("Another article of the same story is no copy", "[story][signature]") {
  CHECK_FALSE(NearIdentical(Sign(LongText()), Sign(test::TextOf(0, 3, 20))));
  CHECK_FALSE(NearIdentical(Sign(LongText()), Sign(test::TextOf(1, 0, 20))));
}

TEST_CASE("A short quotation of a long text is no copy of it", "[story][signature]") {
  CHECK_FALSE(NearIdentical(Sign(LongText()), Sign(test::TextOf(0, 0, 3))));
}

TEST_CASE("Texts too short to tell apart have no copies", "[story][signature]") {
  const Signature line = Sign("沪指收涨。");
  CHECK(line.bands[0] == 0);
  CHECK(line.bands[1] == 0);
  CHECK_FALSE(NearIdentical(line, line));
  CHECK(Sign("").sketch.empty());
  CHECK(MakeSignature("", "", AsIs).features.empty());
}

TEST_CASE("A signature keeps its bounds and its order", "[story][signature]") {
  for (const std::size_t sentences : {std::size_t{1}, std::size_t{5}, std::size_t{400}}) {
    const Signature signature = Sign(test::TextOf(2, 1, sentences));
    CHECK(signature.features.size() <= kMaxFeatures);
    CHECK(signature.sketch.size() <= kMaxSketch);
    std::set<std::uint32_t> ids;
    for (const Feature& feature : signature.features) {
      CHECK(feature.id < std::uint32_t{1} << kFeatureBits);
      CHECK(feature.weight >= 1);
      CHECK(feature.weight <= kMaxFeatureWeight);
      ids.insert(feature.id);
    }
    CHECK(ids.size() == signature.features.size());
    CHECK(std::is_sorted(signature.sketch.begin(), signature.sketch.end()));
  }
}

TEST_CASE("Ill-formed bytes are read without harm", "[story][signature]") {
  for (const char* bytes : {"\xE4", "\xF0\x9F", "\xFF\xFE\xFD", "\xC0\x80\xE4\xB8"}) CHECK_NOTHROW(Sign(bytes, bytes));
}

TEST_CASE("Common pairs weigh less than rare ones", "[story][signature]") {
  CHECK(BigramWeight(U'公', U'司') < 20);
  CHECK(BigramWeight(U'公', U'司') < BigramWeight(U'芯', U'片'));
  CHECK(BigramWeight(U'澜', U'岚') == kRareWeight);
}

}  // namespace mailuo::story
