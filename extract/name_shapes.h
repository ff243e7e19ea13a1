// How a stretch of text reads as a person's name: by its characters, the breaker's words and the words beside it.
// Thread safety: const methods, one article at a time.
#pragma once

#include <cstdint>
#include <optional>

#include "extract/entity_scratch.h"
#include "text/span.h"

namespace mailuo::extract {

class NameShapes {
 public:
  explicit NameShapes(const EntityScratch& scratch) : scratch_(scratch), words_(*scratch.words) {}

  char16_t At(std::uint32_t unit) const { return scratch_.At(unit); }
  // What may stand right behind a name: punctuation, a verb of speech, a post, a word of grammar.
  bool FollowsName(std::uint32_t unit) const;
  bool SideAfter(std::uint32_t unit, CueKind kind) const;
  // 等人, 受伤, 解盘: what people do, what befalls them, who is with them.
  bool PersonFollows(std::uint32_t unit) const { return SideAfter(unit, CueKind::kAfter); }
  // A word of the dictionary of two or more characters starts (ends) here: the breaker is sure of what it reads there.
  bool WordStarts(std::uint32_t unit) const;
  bool WordEnds(std::uint32_t unit) const;
  bool SurnameAt(std::uint32_t unit, std::uint32_t& length) const;
  // The breaker ends a word here, or a word of the lists begins that it has not seen: 廖静|文本人, 陆慧|明解盘.
  bool EndsAt(std::uint32_t unit) const;
  // How well [start, end) reads as a Chinese name; negative if not well, kNoName if it cannot be one.
  static constexpr int kNoName = -100;
  int ChineseScore(text::UnitSpan span) const;
  bool IsOneWord(text::UnitSpan span) const;
  // How much speaks for [start, end) as a Chinese name that nothing beside it names one, in tenths of a nat:
  // characters, words and both sides together. REQUIRES: ChineseScore(span) as `score`.
  int Evidence(text::UnitSpan span, int score) const;
  // A word of the lists stands at [start, next) or goes on beyond it: 本|场, 可让.
  bool WordAt(std::uint32_t start, std::uint32_t next) const;
  // Rightwards over characters of foreign names, but not into a word of the dictionary that goes beyond them.
  std::uint32_t TranslitEnd(std::uint32_t start) const;
  // 设计师Ken Rolston: words of letters alone, where a post stands before them.
  std::optional<text::UnitSpan> LatinNameAt(std::uint32_t start) const;
  // 布朗, 史密斯: the longest name of the list that the breaker lets stand here.
  std::optional<text::UnitSpan> ForeignNameAt(std::uint32_t start) const;
  bool InDotted(std::uint32_t unit) const;
  // The whole word of the breaker around the end of a foreign name belongs to it: 刘易斯|·, ·乔治|执导.
  std::uint32_t WordStart(std::uint32_t unit, std::uint32_t least) const;
  std::uint32_t WordEnd(std::uint32_t unit, std::uint32_t most) const;
  // A name of the lexicon that was judged not to stand here is still no person's.
  bool IsLexiconName(text::UnitSpan span) const;
  // 600万元, 三万余元: 万 and its like are surnames too.
  bool IsAmount(std::uint32_t start) const;
  // 位于…, 前往…: what stands behind is a place.
  bool AfterPlaceWord(std::uint32_t start) const;
  // 埃菲尔铁塔, 汉密尔顿岛, 沙尔克队: the name of something else.
  bool ThingFollows(std::uint32_t unit) const;

 private:
  // 央行曾明确, 博士曾表示: once, and a verb.
  bool IsOnce(text::UnitSpan span) const;
  static constexpr auto kCommonWord = static_cast<std::uint16_t>(
      Mask(CueClass::kEdge) | Mask(CueClass::kPost) | Mask(CueClass::kGeneric) | Mask(CueClass::kCompanyWord));

  int WordEvidence(text::UnitSpan span) const;
  int LeftEvidence(std::uint32_t unit) const;
  int RightEvidence(std::uint32_t unit) const;

  const EntityScratch& scratch_;
  const WordTable& words_;
};

}  // namespace mailuo::extract
