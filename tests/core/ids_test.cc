#include "core/ids.h"

#include <catch2/catch.hpp>

#include "core/article.h"

namespace mailuo {
namespace {

TEST_CASE("An entity id is the same on every machine and reads back", "[core][ids]") {
  const EntityId id = MakeEntityId(MentionType::kCompany, "英伟达");
  const std::string text = FormatId(MentionType::kCompany, id);
  CHECK(text.substr(0, 3) == "co_");
  CHECK(text.size() == 19);
  const auto parsed = ParseEntityId(text);
  REQUIRE(parsed);
  CHECK(parsed->id == id);
  CHECK(parsed->type == MentionType::kCompany);
  CHECK(MakeEntityId(MentionType::kPerson, "英伟达") != id);
}

TEST_CASE("Texts that are no id are refused", "[core][ids]") {
  for (const char* text : {"", "co_", "co_00000000000000g0", "xx_0123456789abcdef", "co_0123456789ABCDEF",
                           "co_0000000000000000", "co_0123456789abcdef0", "ev_0123456789abcdef"}) {
    CAPTURE(text);
    CHECK_FALSE(ParseEntityId(text));
  }
  CHECK_FALSE(ParseArticleId("ar_0123"));
  CHECK(ParseArticleId("ar_0123456789abcdef0123456789abcdef") == ArticleId{0x0123456789abcdef, 0x0123456789abcdef});
  CHECK(ParseEventId(FormatId(EventId{77})) == EventId{77});
}

TEST_CASE("An article's id covers its content and never a guessed time", "[core][ids]") {
  Article article;
  article.title = "标题";
  article.text = "正文";
  const ArticleId plain = MakeArticleId(article);
  article.published = PublishedTime{*MakeDate(2025, 7, 4), -1};
  article.published_from = PublishedFrom::kMtime;
  CHECK(MakeArticleId(article) == plain);
  article.published_from = PublishedFrom::kMetadata;
  CHECK(MakeArticleId(article) != plain);
  article.published.reset();
  article.source_path = "elsewhere.txt";
  CHECK(MakeArticleId(article) == plain);
  std::swap(article.title, article.outlet);
  CHECK(MakeArticleId(article) != plain);
}

}  // namespace
}  // namespace mailuo
