#include "text/width.h"

#include <catch2/catch.hpp>

namespace mailuo::text {
namespace {

TEST_CASE("Chinese characters take two columns", "[text][width]") {
  CHECK(DisplayWidth("") == 0);
  CHECK(DisplayWidth("NVDA") == 4);
  CHECK(DisplayWidth("英伟达") == 6);
  CHECK(DisplayWidth("，。") == 4);
  CHECK(DisplayWidth("e\u0301") == 1);
  CHECK(DisplayWidth("a\nb") == 2);
  CHECK(DisplayWidth("😀") == 2);
}

TEST_CASE("A cut text fits and says that it was cut", "[text][width]") {
  CHECK(FitWidth("英伟达发布", 10) == "英伟达发布");
  CHECK(FitWidth("英伟达发布", 9) == "英伟达发…");
  CHECK(FitWidth("英伟达发布", 8) == "英伟达…");
  CHECK(FitWidth("英伟达", 1) == "…");
  CHECK(FitWidth("英伟达", 0).empty());
}

}  // namespace
}  // namespace mailuo::text
