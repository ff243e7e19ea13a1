#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>

#include "bench/article_generator.h"
#include "ingest/page_lines.h"
#include "text/utf8.h"

namespace mailuo::bench {
namespace {

TEST_CASE("Generated articles are distinct, plausible and marked as invented", "[ingest][generator]") {
  const auto lexicon = lexicon::Lexicon::BuiltIn();
  const ArticleGenerator generator(*lexicon, 42);
  constexpr std::uint64_t kArticles = 2000;
  std::set<std::string> texts;
  std::map<std::string, int> titles;
  std::size_t bytes = 0;
  for (std::uint64_t i = 0; i < kArticles; ++i) {
    const GeneratedArticle article = generator.Make(i);
    REQUIRE_FALSE(text::FindInvalidUtf8(article.text));
    CHECK(article.text.find('{') == std::string::npos);
    CHECK(article.outlet == "合成样稿");
    CHECK(article.text.find("虚构") != std::string::npos);
    CHECK(ingest::HeadlineOf(article.text) == article.title);
    texts.insert(article.text);
    bytes += article.text.size();
  }
  CHECK(texts.size() == kArticles);
  CHECK(bytes / kArticles > 2000);
  CHECK(bytes / kArticles < 3200);
}

TEST_CASE("An article is a function of its seed and number", "[ingest][generator]") {
  const auto lexicon = lexicon::Lexicon::BuiltIn();
  const ArticleGenerator one(*lexicon, 7);
  const ArticleGenerator other(*lexicon, 8);
  const GeneratedArticle article = one.Make(123456789);
  CHECK(ArticleGenerator(*lexicon, 7).Make(123456789).text == article.text);
  CHECK(other.Make(123456789).text != article.text);
  CHECK(article.id == "syn-7-123456789");
}

}  // namespace
}  // namespace mailuo::bench
