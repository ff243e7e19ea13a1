#include "store/collisions.h"

#include <array>

#include <catch2/catch.hpp>

#include "store/store.h"
#include "support/sample_graph.h"
#include "support/subprocess.h"

namespace mailuo::store {
namespace {

using mailuo::testing::SampleArticle;
using mailuo::testing::SampleEntity;
using mailuo::testing::TempDir;

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::vector<std::string> Collisions(const Store& store) {
  const auto found = EntityCollisions(store, &Lower);
  if (!found) FAIL(found.error().message);
  return *found;
}

}  // namespace

TEST_CASE("two entities with one id are named, whichever came first", "[store]") {
  const StoredArticle a = SampleArticle("2025-07-04", "a").Sentence("[英伟达]发布新品。").Build();
  StoredArticle b = SampleArticle("2025-07-05", "b").Sentence("[华为]发布新品。").Build();
  b.annotation.mentions[0].entity = a.annotation.mentions[0].entity;
  // Spellings of one name are no collision.
  const StoredArticle c = SampleArticle("2025-07-06", "c").Sentence("[ARM]和[台积电]。").Build();
  const StoredArticle d = SampleArticle("2025-07-07", "d").Sentence("[Arm]和[台积电]。").Build();
  std::vector<std::string> lines;
  for (const bool swapped : {false, true}) {
    const TempDir folder;
    StoreOptions options;
    options.sync = SyncPolicy::kOs;
    const auto opened = Store::Open(folder / "db", options);
    REQUIRE(opened);
    Store& store = **opened;
    REQUIRE(store.Put(std::array{swapped ? b : a, c, d}));
    CHECK(Collisions(store).empty());
    REQUIRE(store.Put(std::array{swapped ? a : b}));
    const auto found = Collisions(store);
    REQUIRE(found.size() == 1);
    CHECK_THAT(found[0], Catch::Contains("英伟达") && Catch::Contains("华为"));
    lines.push_back(found[0]);
  }
  CHECK(lines[0] == lines[1]);
}

}  // namespace mailuo::store
