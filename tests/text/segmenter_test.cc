#include "text/segmenter.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

#include <catch2/catch.hpp>

#include "text/folded_text.h"
#include "text/utf8.h"

namespace mailuo::text {
namespace {

TEST_CASE("Words of a Chinese sentence have their boundaries", "[text][segmenter]") {
  Result<Segmenter> segmenter = Segmenter::Create();
  REQUIRE(segmenter.has_value());
  std::vector<std::uint32_t> found;
  segmenter->Boundaries(u"中国经济增长,gpu上海", found);
  CHECK(found == std::vector<std::uint32_t>{0, 2, 4, 6, 7, 10, 12});
}

TEST_CASE("One segmenter serves one text after another", "[text][segmenter]") {
  Result<Segmenter> segmenter = Segmenter::Create();
  REQUIRE(segmenter.has_value());
  std::vector<std::uint32_t> found;
  segmenter->Boundaries(u"", found);
  CHECK(found.empty());
  for (int i = 0; i < 3; ++i) {
    found.clear();
    segmenter->Boundaries(u"上海", found);
    CHECK(found == std::vector<std::uint32_t>{0, 2});
  }
}

void CheckAgainstIcu(Segmenter& segmenter, std::u16string_view units) {
  std::vector<std::uint32_t> found;
  std::vector<std::uint32_t> wanted;
  segmenter.Boundaries(units, found);
  segmenter.IcuBoundaries(units, wanted);
  INFO(ToUtf8(units));
  CHECK(found == wanted);
}

TEST_CASE("Texts that mix everything are cut where ICU cuts them", "[text][segmenter]") {
  Result<Segmenter> segmenter = Segmenter::Create();
  REQUIRE(segmenter.has_value());
  const std::u16string common = u"中国上海证券交易所公司股份有限一的和在了人民银行";
  const std::u16string simple = u"aZ09 09.,;:'_\"-%()\n、。《》“”—…+@#/";
  // Kana, Hangul, combining marks, joiners, surrogates, compatibility and rare characters, other spaces and quotes.
  const std::u16string hard =
      u"アー々〇ひ한국\u0301\u200d\u200b😀０㈱éЖ’‘·\u3000\r\t\u00ad鿿㐀ﾊﾞ𠀀\u0e01\u0e32";
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  const auto below = [&random](std::size_t bound) { return std::size_t{random()} % bound; };
  for (int round = 0; round < 20000; ++round) {
    std::u16string text;
    const std::size_t hardness = below(4);
    for (std::size_t left = 1 + below(40); left > 0; --left) {
      const std::size_t kind = below(12);
      if (kind < hardness) {
        text += hard[below(hard.size())];
      } else if (kind < 6) {
        text += simple[below(simple.size())];
      } else if (kind < 9) {
        text += common[below(common.size())];
      } else {
        text += static_cast<char16_t>(0x4E00 + below(0x9FFF - 0x4E00 + 1));
      }
    }
    CheckAgainstIcu(*segmenter, text);
  }
}

TEST_CASE("News is cut where ICU cuts it", "[text][segmenter]") {
  Result<Segmenter> segmenter = Segmenter::Create();
  REQUIRE(segmenter.has_value());
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(MAILUO_SOURCE_DIR "/corpus/samples")) {
    if (entry.path().extension() != ".txt" && entry.path().extension() != ".md") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    if (FindInvalidUtf8(bytes)) continue;
    CheckAgainstIcu(*segmenter, FoldedText(bytes).units());
    CheckAgainstIcu(*segmenter, ToUtf16(bytes));
    ++files;
  }
  CHECK(files > 10);
}

}  // namespace
}  // namespace mailuo::text
