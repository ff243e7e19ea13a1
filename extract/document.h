// One article while it is worked on: the folded text and everything that the steps have found so far, in folded units.
// Each step reads what the steps before it wrote (see annotator.h for their order) and adds its own part.
// Thread safety: one thread at a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/annotation.h"
#include "core/article.h"
#include "dates/date_finder.h"
#include "lexicon/lexicon.h"
#include "text/folded_text.h"
#include "text/sentence.h"
#include "text/span.h"

namespace mailuo::extract {

// A mention whose span is still in folded units.
struct EntityMention {
  text::UnitSpan span;
  std::uint32_t sentence = 0;
  MentionType type = MentionType::kCompany;
  EntityId entity;
  std::string name;                  // Canonical.
  std::string kind;                  // lexicon::EntityInfo::kind; "" for an entity no lexicon has.
  std::vector<std::string> tickers;  // CODE.EXCHANGE, main listing first.
  float confidence = 0;
  std::string rule;
  bool in_title = false;  // Inside the article's own headline line.
};

// A second name that the article itself gives to an entity: …股份有限公司(以下简称“宁德时代”), 又称, 原名, or an
// English name in brackets. Both ends are mentions of the same entity.
enum class AliasKind : std::uint8_t {
  kShort = 1,    // 以下简称, 下称, 简称
  kOther = 2,    // 又称, 也称
  kFormer = 3,   // 原名, 曾用名
  kForeign = 4,  // 英伟达(NVIDIA)
};
struct DocumentAlias {
  std::size_t full = 0;   // Index into Document::mentions: the name that is explained.
  std::size_t alias = 0;  // Index into Document::mentions: the name inside the bracket.
  AliasKind kind = AliasKind::kShort;
};

struct DocumentSentence {
  text::Sentence sentence;
  bool boilerplate = false;  // 责任编辑：…, 扫一扫…: carries no events.
  bool headline = false;     // The headline line, or equal to Article::title.
};

struct Document {
  const Article* article = nullptr;  // Not owned; outlives the document.
  text::FoldedText text;             // Of article->text.
  text::FoldedText title;            // Of article->title: context for resolution; its spans never leave extraction.
  std::vector<DocumentSentence> sentences;
  std::vector<dates::FoundDate> dates;  // Sorted by start.
  std::vector<text::UnitSpan>
      tokens;  // Words: ICU's boundaries with the mentions laid over them; sorted, gapless but for spaces.
  std::vector<EntityMention> mentions;  // Sorted by start, never overlapping.
  std::vector<DocumentAlias> aliases;   // Sorted by (full, alias).

  std::u16string_view Units(text::UnitSpan span) const { return text.units(span); }
  // Index of the sentence that holds `unit`; sentences.size() if none does (between sentences).
  std::size_t SentenceAt(std::uint32_t unit) const;
  // Mentions of one sentence: [first, second) indexes into `mentions`; likewise its dates.
  std::pair<std::size_t, std::size_t> MentionsOf(std::size_t sentence) const;
  std::pair<std::size_t, std::size_t> DatesOf(std::size_t sentence) const;
  // Index of the mention that covers `unit`; mentions.size() if none does.
  std::size_t MentionAt(std::uint32_t unit) const;
};

}  // namespace mailuo::extract
