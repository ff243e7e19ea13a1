// The rules as the extractors read them. docs/RULES.md explains every column.
// Thread safety: immutable once it is inside a Rules object.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/types.h"
#include "extract/code_words.h"
#include "extract/confidence.h"
#include "extract/rules_condition.h"
#include "extract/rules_scan.h"
#include "text/automaton.h"

namespace mailuo::extract {

// Where a role looks for its mention, seen from the rule word.
enum class Finder : std::uint8_t {
  kSubject,  // The nearest mention before it in the clause that no particle marks.
  kAgent,    // Passive: who stands behind 被 or 由; otherwise the subject.
  kPatient,  // Passive: the subject; otherwise the object, or who stands behind 将, 对.
  kObject,   // The first mention after it in the clause.
  kTo,
  kFor,     // As kTo, but for 向 and 给.
  kToward,  // 向, 给 only.
  kWith,
  kTake,
  kFrom,
  kAt,
  kBy,         // Who stands behind such a particle.
  kNext,       // The mention that starts right after it.
  kPrev,       // The mention that ends right before it.
  kCarried,    // The subject of an earlier clause, or of the sentence before; 公司, 其.
  kIts,        // 收购其股份: whom 其 right behind the word stands for.
  kAnyBefore,  // The nearest mention before it in the clause.
  kNear,       // The nearest mention of the clause on either side.
  kSentence,   // The nearest mention of the sentence.
  kMain,       // The person or company the article is about.
  kAnaphor,    // 公司, 该公司 right before it: the company in focus.
  kShares,     // The mention whose shares are spoken of: 质押1.28亿股甲股票.
  kOwner,      // The company of a holder: 甲 in 甲控股股东乙.
  kFollowing,  // The first mention of the next clause, where the word ends its own.
  kBehind,     // The first mention behind it in its clause or the next two; a filter says which.
};

// Which of the mentions that stand in the right place may be taken. Words are looked for right before and right behind
// the mention, names in its own text.
struct MentionFilter {
  std::vector<std::u16string> after, not_after;
  std::vector<std::u16string> followed, not_followed;
  std::vector<std::u16string> named, not_named;
  bool unheld = false;    // Not a company whose 控股股东 or 高管, without a name, does it.
  bool no_share = false;  // Not a mention whose shares are spoken of.
};

struct TriggerRule {
  EventType type = EventType::kAcquisition;
  std::string id;       // "ACQUISITION/1"
  float precision = 0;  // Measured, where it was.
  float estimate = 0;   // What the rule's line says.
  bool strong = false;  // Fires without a participant.
  bool faint = false;   // Speaks only where no other event of its type does in the sentence: 纠纷, 质押比例.
  std::string kind;     // Events of one type and of different kinds are never one: a pledge and a freeze.
  std::optional<FactStatus> status;
  std::optional<std::int8_t> polarity;
  Conditions needs;
  Conditions unless;
};

struct RoleRule {
  std::string role;
  std::uint32_t types = 0;  // Bits of MentionType.
  std::vector<Finder> finders;
  bool many = false;                   // Takes the mentions that are joined to the one found.
  bool also = false;                   // Adds to a role that another line has filled.
  std::vector<std::u16string> only;    // The triggers it is for; empty: all.
  std::vector<std::u16string> except;  // The triggers it is not for.
  MentionFilter filter;
};

struct ValueRule {
  std::string role;
  std::uint32_t classes = 0;          // Bits of AmountClass.
  std::vector<std::u16string> near;   // One of them right around the amount; empty: anything.
  std::vector<std::u16string> avoid;  // None of them right before the amount.
  std::optional<bool> per_share;
  bool neighbours = false;  // Looks into the next clauses too.
};

enum class StatusEffect : std::uint8_t { kPlanned, kRumoured, kDenied, kTerminated, kConditional, kDone };
enum class StatusSide : std::uint8_t { kBefore, kAfter, kAny };

struct StatusRule {
  StatusEffect effect = StatusEffect::kPlanned;
  StatusSide side = StatusSide::kBefore;
  std::uint32_t reach = 0;  // Units between the word and the trigger, at most.
  bool sentence = false;    // Crosses clauses.
  std::vector<std::u16string> not_before;
};

struct PolarityRule {
  EventType type = EventType::kAcquisition;
  std::int8_t polarity = 0;
};

struct RelationRule {
  RelationType type = RelationType::kAcquires;
  std::string id;
  float precision = 0;  // Measured, where it was.
  float estimate = 0;   // What the rule's line says.
  std::uint32_t head_types = 0;
  std::vector<Finder> head;
  std::uint32_t tail_types = 0;
  std::vector<Finder> tail;
  bool many = false;
  std::optional<FactStatus> status;
  bool sure = false;         // Stands without the consent of the relation model.
  bool noun = false;         // The word is a noun: what the clause plans or denies is something else.
  std::int8_t validity = 0;  // +1: the statement opens the state, -1: it closes it.
  Conditions needs;
  Conditions unless;
};

// A relation that the roles of an event state.
struct DerivedRule {
  RelationType type = RelationType::kAcquires;
  std::string id;                   // "ACQUIRES/event"
  std::vector<std::string> events;  // Types or rules of events.
  std::uint32_t head_types = 0;     // Bits of MentionType.
  std::vector<std::string> head;    // Roles.
  std::uint32_t tail_types = 0;
  std::vector<std::string> tail;
  float precision = 0;       // Where the event is right.
  std::int8_t validity = 0;  // As of RelationRule.
};

struct ParticleRule {
  std::u16string word;
  Particle particle = Particle::kNone;
  bool noun = false;                      // 控股股东, 其: may stand between a particle and the name.
  std::vector<std::u16string> not_after;  // 作为 is not 为.
};

enum class LinkForm : std::uint8_t { kPrefix, kAround, kBetween, kBack, kThen, kEarlier, kAfter, kReason };

// Words by which an article links two of its events.
struct LinkRule {
  std::u16string word;
  EventLinkType type = EventLinkType::kCauses;
  LinkForm form = LinkForm::kPrefix;
  std::vector<std::u16string> close;  // kAround: what ends the cause.
  std::vector<std::u16string> not_after;
  std::vector<std::u16string> not_before;
};

// 控股股东: who holds shares of, or a post in, the company before it. `not_before`: 股东大会 is nobody.
struct HolderNoun {
  std::u16string word;
  std::vector<std::u16string> not_before;
};

enum class WordUse : std::uint8_t { kTrigger, kStatus, kPolarity, kRelation, kBlock };

// What an automaton match stands for.
struct RuleWord {
  WordUse use = WordUse::kTrigger;
  std::uint32_t rule = 0;  // Into the vector of that use; unused for kBlock.
};

struct CompiledRules {
  std::vector<TriggerRule> triggers;
  std::array<std::vector<RoleRule>, kEventTypeCount> roles;    // Index: EventType number - 1.
  std::array<std::vector<ValueRule>, kEventTypeCount> values;  // Likewise.
  std::vector<StatusRule> statuses;
  std::vector<PolarityRule> polarities;
  std::vector<RelationRule> relations;
  std::vector<DerivedRule> derived;
  std::vector<ParticleRule> particles;  // Longest word first.
  std::vector<HolderNoun> holders;
  std::vector<LinkRule> links;              // Longest word first.
  std::bitset<0x10000> link_starts;         // The units with which their words begin.
  std::vector<std::u16string> own_dates;    // Right before a date: it is the event's, wherever it stands.
  std::vector<std::u16string> other_dates;  // Right before a date: it is not the event's.
  std::vector<std::u16string> told_dates;   // Right behind a date: that day the sentence's news was told.
  CodeWords code_words;
  std::vector<RuleWord> words;
  ConfidenceTable confidence;
  std::string blob;
  text::Automaton automaton;  // Over `blob`.
  std::uint64_t version = 0;
};

}  // namespace mailuo::extract
