#include "extract/document.h"

#include <catch2/catch.hpp>

namespace mailuo::extract {
namespace {

Document TwoSentences() {
  Document document;
  document.text = text::FoldedText("甲公司收购乙公司。丙公司");
  for (const text::Sentence& sentence : text::SplitSentences(document.text)) document.sentences.push_back({sentence});
  for (const text::UnitSpan span : {text::UnitSpan{0, 3}, text::UnitSpan{5, 8}, text::UnitSpan{9, 12}}) {
    EntityMention mention;
    mention.span = span;
    document.mentions.push_back(mention);
  }
  return document;
}

TEST_CASE("A document finds the sentence and the mention at a place", "[extract][document]") {
  const Document document = TwoSentences();
  REQUIRE(document.sentences.size() == 2);
  CHECK(document.SentenceAt(0) == 0);
  CHECK(document.SentenceAt(8) == 0);
  CHECK(document.SentenceAt(9) == 1);
  CHECK(document.SentenceAt(12) == 2);
  CHECK(document.MentionAt(2) == 0);
  CHECK(document.MentionAt(3) == 3);
  CHECK(document.MentionAt(11) == 2);
}

TEST_CASE("A document lists the mentions of each sentence", "[extract][document]") {
  const Document document = TwoSentences();
  CHECK(document.MentionsOf(0) == std::pair<std::size_t, std::size_t>{0, 2});
  CHECK(document.MentionsOf(1) == std::pair<std::size_t, std::size_t>{2, 3});
  CHECK(document.DatesOf(1) == std::pair<std::size_t, std::size_t>{0, 0});
}

}  // namespace
}  // namespace mailuo::extract
