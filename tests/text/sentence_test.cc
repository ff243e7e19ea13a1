#include "text/sentence.h"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace mailuo::text {
namespace {

std::vector<std::string> Sentences(const std::string& text) {
  const FoldedText folded(text);
  std::vector<std::string> out;
  for (const Sentence& sentence : SplitSentences(folded)) out.emplace_back(folded.Original(sentence.span));
  return out;
}

using Strings = std::vector<std::string>;

TEST_CASE("Sentences end where a reader ends them", "[text][sentence]") {
  CHECK(Sentences("甲公司涨停。乙公司呢？好！") == Strings{"甲公司涨停。", "乙公司呢？", "好！"});
  CHECK(Sentences("他说：“不会。”随后离开。") == Strings{"他说：“不会。”", "随后离开。"});
  CHECK(Sentences("标题没有句号\n\n　　正文。") == Strings{"标题没有句号", "正文。"});
  CHECK(Sentences("增长3.5%，达1.2亿元。") == Strings{"增长3.5%，达1.2亿元。"});
  CHECK(Sentences("真的吗？！……然后") == Strings{"真的吗？！……", "然后"});
  CHECK(Sentences("见https://a.cn/x?id=3。完") == Strings{"见https://a.cn/x?id=3。", "完"});
  CHECK(Sentences("读《你好，世界！》一书。") == Strings{"读《你好，世界！》一书。"});
  CHECK(Sentences("It rose. 英伟达也涨") == Strings{"It rose.", "英伟达也涨"});
  CHECK(Sentences("").empty());
  CHECK(Sentences(" \n \n").empty());
}

TEST_CASE("Paragraphs are counted over the lines that hold text", "[text][sentence]") {
  const std::string text = "一。二。\n\n三。";
  const FoldedText folded(text);
  const auto sentences = SplitSentences(folded);
  REQUIRE(sentences.size() == 3);
  CHECK(sentences[0].paragraph == 0);
  CHECK(sentences[1].paragraph == 0);
  CHECK(sentences[2].paragraph == 1);
}

}  // namespace
}  // namespace mailuo::text
