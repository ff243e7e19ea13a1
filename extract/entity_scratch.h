// What the steps of entity extraction share while they work on one article: the hits of lexicon, words and codes, and
// the candidates for mentions among which entity_select.h chooses.
// Thread safety: one thread at a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/types.h"
#include "extract/document.h"
#include "extract/entity_words.h"
#include "lexicon/lexicon.h"
#include "text/ticker.h"

namespace mailuo::extract {

// What every hit asks about its entity, in one array, so that no hit has to build an EntityInfo.
struct EntityTrait {
  MentionType type = MentionType::kCompany;
  bool mainland_listed = false;  // Has a .SH, .SZ or .BJ ticker: X集团 is then another company than X.
  bool listed = false;           // Has a ticker.
  bool bank = false;             // Its branches are named after it: X银行广州分行.
  bool media = false;
  bool major_place = false;  // Countries, provinces: never part of another word.
  bool club = false;         // Sports clubs bear the names of cities.
  // The company of a product's maker or of a person's post, which a mention of them vouches for; kNone: none known.
  std::int32_t owner = -1;
};

// An entity that this article names and no lexicon has, or a lexicon entity under a name of this article's own.
struct ArticleEntity {
  MentionType type = MentionType::kCompany;
  EntityId id;
  std::string name;
  std::string kind;
  std::vector<std::string> tickers;
};

// Which candidate wins where two overlap: the higher rank, then the longer one, then the earlier one.
enum class Rank : std::uint8_t {
  kGuess = 0,  // Names by shape alone.
  kName = 1,   // Lexicon names, names by suffix, by role.
  kBound = 2,  // The name in front of its code; names that the article explains.
  kCode = 3,   // Codes and titles in 《》.
};

inline constexpr std::int32_t kNone = -1;

struct Candidate {
  text::UnitSpan span;
  MentionType type = MentionType::kCompany;
  Rank rank = Rank::kName;
  float confidence = 0;
  std::string_view rule;         // Of static storage.
  std::int32_t entity = kNone;   // lexicon::EntityIndex, or
  std::int32_t article = kNone;  // index into EntityScratch::article_entities; both kNone: named by its own text.
};

struct EntityScratch {
  // Set once.
  const lexicon::Lexicon* lexicon = nullptr;
  const WordTable* words = nullptr;
  const std::vector<EntityTrait>* traits = nullptr;

  // Of the article.
  Document* document = nullptr;
  std::u16string_view units;
  Cues cues;
  std::vector<std::uint8_t> boundary;  // size + 1 flags: ICU breaks a word here.
  std::vector<std::uint8_t> skip;      // size + 1 flags: inside boilerplate or a code; no name may touch it.
  std::vector<lexicon::NameHit> hits;
  std::vector<text::FoundTicker> tickers;
  std::vector<Candidate> candidates;
  std::vector<ArticleEntity> article_entities;
  bool finance = false;  // The article speaks of markets or business.
  bool sport = false;    // The article speaks of matches.
  // Of every unit: where a sure organization's or company's long name that covers it starts; else the unit itself.
  std::vector<std::uint32_t> cover_start;

  const EntityTrait& Trait(std::uint32_t entity) const { return (*traits)[entity]; }
  bool IsBoundary(std::uint32_t unit) const { return unit >= boundary.size() || boundary[unit] != 0; }
  char16_t At(std::uint32_t unit) const { return unit < units.size() ? units[unit] : u'\n'; }
  char16_t Before(std::uint32_t unit) const { return unit > 0 ? units[unit - 1] : u'\n'; }
  // Mostly a word of the language (common_names.tsv).
  bool IsCommonName(text::UnitSpan span) const {
    const Cue* const cue = cues.LongestStarting(span.start, CueClass::kCommonName);
    return cue != nullptr && cue->span == span;
  }
  // Of those, one that is a thing with prices and sales of its own (kind ware).
  bool IsWareName(text::UnitSpan span) const {
    const Cue* const cue = cues.LongestStarting(span.start, CueClass::kCommonName);
    return cue != nullptr && cue->span == span && cue->word.kind == CueKind::kWare;
  }
  // Adds an article entity named `name`; an equal one (type and folded name) is reused.
  std::int32_t AddArticleEntity(MentionType type, std::string_view name, std::string_view kind,
                                std::vector<std::string> tickers);
};

// A unit that may stand inside a name: Han, ASCII letters and digits, ·, -, &.
bool IsNameUnit(char16_t unit);
// True of punctuation and line ends that bound names on either side.
bool IsBreak(char16_t unit);
// A character that alone is a word of grammar and so never starts or ends a name (的 了 在 是 ...), checked for names
// by shape.
bool IsGrammarUnit(char16_t unit);

}  // namespace mailuo::extract
