#include "text/segmenter.h"

#include <catch2/catch.hpp>

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

}  // namespace
}  // namespace mailuo::text
