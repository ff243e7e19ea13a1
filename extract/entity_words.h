// The word lists of entity extraction (corpus/words/*.tsv), compiled into one automaton, and the hits of one article.
#pragma once

#include <bitset>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"
#include "extract/name_odds.h"
#include "text/automaton.h"
#include "text/span.h"

namespace mailuo::extract {

enum class CueClass : std::uint8_t {
  kCompanySuffix = 0,  // company_suffixes.tsv
  kOrgSuffix = 1,      // organization_suffixes.tsv
  kPost = 2,           // posts.tsv
  kSpeech = 3,         // speech_verbs.tsv
  kCompanyWord = 4,    // company_words.tsv
  kTitleHead = 5,      // policy_heads.tsv
  kAliasMarker = 6,    // alias_markers.tsv
  kBoilerplate = 7,    // boilerplate.tsv
  kEdge = 8,           // name_edges.tsv
  kProductHead = 9,    // product_heads.tsv
  kGeneric = 10,       // generic_names.tsv
  kPlaceSuffix = 11,   // place_suffixes.tsv
  kTrap = 12,          // name_traps.tsv
  kCommonName = 13,    // common_names.tsv
  kEvidence = 14,      // evidence_words.tsv
  kNameSide = 15,      // name_sides.tsv
};
inline constexpr std::uint16_t Mask(CueClass cue) {
  return static_cast<std::uint16_t>(1U << static_cast<unsigned>(cue));
}

// The second column of a list, numbered in the order of this enum's names (entity_words.cc).
enum class CueKind : std::uint8_t {
  kNone = 0,
  // company_suffixes
  kLegal,
  kGroup,
  kFirm,
  kTrade,
  kWare,
  // organization_suffixes
  kGovernment,
  kCourt,
  kRegulator,
  kMilitary,
  kUniversity,
  kResearch,
  kAssociation,
  kExchange,
  kInstitution,
  kMedia,
  // posts
  kBefore,
  kBoth,
  kAfter,
  // company_words
  kContext,
  kSport,
  kVerb,
  // evidence_words
  kPaper,
  kFigure,
  kAgainst,
  // policy_heads
  kPolicy,
  kReport,
  kWork,
  kContract,
  kCorporate,
  kProgramme,
  // alias_markers
  kShort,
  kOther,
  kFormer,
  kForeign,
  // boilerplate
  kStart,
  kEnd,
  kWhole,
  kPart,
};

struct CueWord {
  CueClass cue = CueClass::kEdge;
  CueKind kind = CueKind::kNone;
  CueKind detail =
      CueKind::kNone;  // posts: kBefore.. in kind, and whose post in `detail` (company, public, media, other).
  bool strong =
      false;  // posts of a company; organization suffixes that need a place; company words of shares and trading.
};

struct Cue {
  text::UnitSpan span;
  CueWord word;
};

// What a word beside a company says of it (company_roles.tsv).
enum class CompanyRole : std::uint8_t { kNone, kLeft, kRight, kShare };

// Thread safety: immutable after Create.
class WordTable {
 public:
  static Result<WordTable> Create();

  const text::Automaton& automaton() const { return automaton_; }
  const CueWord& word(std::uint32_t value) const { return words_[value]; }

  bool IsSurname(char16_t unit) const { return (chars_[unit] & kSurname) != 0; }
  bool IsCommonSurname(char16_t unit) const { return (chars_[unit] & kCommonSurname) != 0; }
  bool IsRareSurname(char16_t unit) const { return (chars_[unit] & kRareSurname) != 0; }
  bool IsCompoundSurname(char16_t first, char16_t second) const;
  bool IsGiven(char16_t unit) const { return (chars_[unit] & kGiven) != 0; }
  bool IsCommonGiven(char16_t unit) const { return (chars_[unit] & kCommonGiven) != 0; }
  bool IsRareGiven(char16_t unit) const { return (chars_[unit] & kRareGiven) != 0; }
  bool StartsCompoundSurname(char16_t unit) const { return (chars_[unit] & kCompound) != 0; }
  // A foreign name as the press writes it, whole and folded (布朗, 史密斯).
  bool IsForeignName(std::u16string_view name) const;
  // Whether one may begin so: false is sure.
  bool MayBeForeignName(char16_t first, char16_t second) const { return foreign_starts_[PairBit(first, second)]; }
  // A given name in letters, whole and folded (john).
  bool IsLatinGivenName(std::u16string_view name) const;
  // The last word of a company's name in letters: its legal form (inc), what it does (capital).
  bool IsLatinCompanyForm(std::u16string_view word) const;
  bool IsLatinCompanyKind(std::u16string_view word) const;
  CompanyRole RoleOf(std::u16string_view word) const;
  // The surname belongs to the word before it: 由|于, 当|时.
  bool IsHalfWord(char16_t before, char16_t surname) const;
  // What stands behind a name that a place, a team or a work bears (城, 队), and of that what ends no name of a person
  // (路, 寺).
  bool IsThing(char16_t unit) const { return (chars_[unit] & kThing) != 0; }
  bool EndsThing(char16_t unit) const { return (chars_[unit] & kThingEnd) != 0; }
  // In no given name: 某, 氏.
  bool IsNeverGiven(char16_t unit) const { return (chars_[unit] & kNeverGiven) != 0; }
  // Behind a name mostly the word that goes on (还, 因), seldom its last character.
  bool GoesOn(char16_t unit) const { return (chars_[unit] & kGoesOn) != 0; }
  const NameOdds& odds() const { return odds_; }
  bool IsTransliteration(char16_t unit) const { return (chars_[unit] & kTranslit) != 0; }
  // Hardly ever in the characters that are a company's own: before a line of business; before a bare 公司.
  bool IsUnnamed(char16_t unit) const { return unnamed_[unit]; }
  bool IsUnnamedBare(char16_t unit) const { return unnamed_[unit] || unnamed_bare_[unit]; }

  // Of every list, for Knowledge::rules_version.
  std::uint64_t version() const { return version_; }

 private:
  static std::uint16_t PairBit(char16_t first, char16_t second) {
    return static_cast<std::uint16_t>(first * 31U + second);
  }

  static constexpr std::uint16_t kSurname = 1;
  static constexpr std::uint16_t kCommonSurname = 2;
  static constexpr std::uint16_t kGiven = 4;
  static constexpr std::uint16_t kCommonGiven = 8;
  static constexpr std::uint16_t kTranslit = 16;
  static constexpr std::uint16_t kRareSurname = 32;
  static constexpr std::uint16_t kRareGiven = 64;
  static constexpr std::uint16_t kCompound = 128;  // The first character of a compound surname.
  static constexpr std::uint16_t kThing = 256;
  static constexpr std::uint16_t kThingEnd = 512;
  static constexpr std::uint16_t kNeverGiven = 1024;
  static constexpr std::uint16_t kGoesOn = 2048;

  Status AddList(CueClass cue, std::string_view file, std::string_view tsv, text::AutomatonBuilder& builder);
  Status AddNameChars(std::string_view tsv);
  Status AddUnnamedChars(std::string_view tsv);
  Status AddLatinEnds(std::string_view tsv);
  Status AddRoles(std::string_view tsv);

  std::vector<std::uint64_t> aligned_;  // The automaton's blob, 8-byte aligned.
  text::Automaton automaton_;
  std::vector<CueWord> words_;
  std::vector<std::pair<std::u16string, CompanyRole>> roles_;  // Sorted by word; the strongest of a word's roles last.
  std::vector<std::u16string> latin_forms_;                    // Sorted.
  std::vector<std::u16string> latin_kinds_;                    // Sorted.
  std::bitset<65536> unnamed_;                                 // unnamed_chars.tsv
  std::bitset<65536> unnamed_bare_;
  std::vector<std::uint16_t> chars_;
  NameOdds odds_;
  std::vector<std::u16string> compound_surnames_;  // Sorted.
  std::vector<std::u16string> half_words_;         // Sorted.
  std::vector<std::u16string> foreign_names_;      // Sorted.
  std::vector<std::u16string> latin_given_names_;  // Sorted.
  std::bitset<65536> foreign_starts_;              // By PairBit.
  std::uint64_t version_ = 0;
};

// The words of one article, by where they start and by where they end. Reused from article to article.
// Thread safety: one thread at a time.
class Cues {
 public:
  void Find(const WordTable& words, std::u16string_view units);

  const std::vector<Cue>& all() const { return by_end_; }  // Ordered by end, longest first.
  std::span<const Cue> EndingAt(std::uint32_t unit) const;
  std::span<const Cue> StartingAt(std::uint32_t unit) const;
  // Whether a word of one of these classes ends or starts at `unit`.
  bool AnyEnding(std::uint32_t unit, std::uint16_t mask) const;
  bool AnyStarting(std::uint32_t unit, std::uint16_t mask) const;
  // The longest word of the class that ends or starts at `unit`; nullptr if there is none.
  const Cue* LongestEnding(std::uint32_t unit, CueClass cue) const;
  const Cue* LongestStarting(std::uint32_t unit, CueClass cue) const;

 private:
  std::vector<text::AutomatonMatch> matches_;
  std::vector<Cue> by_end_;
  std::vector<Cue> by_start_;
  std::vector<std::uint32_t> end_index_;  // First cue of by_end_ that ends at or after each unit; size + 2 entries.
  std::vector<std::uint32_t> start_index_;
};

}  // namespace mailuo::extract
