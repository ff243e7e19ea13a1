#include "extract/status_finder.h"

#include <cstdint>

#include "extract/word_match.h"

namespace mailuo::extract {
namespace {

constexpr std::uint32_t kPolarityReach = 16;  // Units between a trigger and the word that colours it.

// Units between two spans; 0 where they touch or overlap.
std::uint32_t Gap(text::UnitSpan a, text::UnitSpan b) {
  if (a.end <= b.start) return b.start - a.end;
  if (b.end <= a.start) return a.start - b.end;
  return 0;
}

// 将甲公司列入…: 将 takes its object, it does not say that something will be.
bool TakesObject(const ScanHit& hit, const RuleSite& site) {
  const ScanClause& clause = site.in_clause();
  for (std::uint32_t m = clause.first_mention; m < clause.last_mention; ++m) {
    const ScanMention& mention = site.scan.mentions[m];
    if (mention.particle == Particle::kTake && mention.span.start == hit.span.end) return true;
  }
  return false;
}

// 拟合: the status word is the beginning of another.
bool GoesOn(const StatusRule& rule, const ScanHit& hit, const RuleSite& site) {
  return StartsWithAny(site.units().substr(hit.span.end), rule.not_before);
}

bool Applies(const StatusRule& rule, const ScanHit& hit, const RuleSite& site) {
  if (hit.span.Overlaps(site.word)) return false;
  if (hit.clause != site.clause && !rule.sentence) return false;
  const bool before = hit.span.end <= site.word.start;
  if (rule.side == StatusSide::kBefore && !before) return false;
  if (rule.side == StatusSide::kAfter && before) return false;
  if (Gap(hit.span, site.word) > rule.reach) return false;
  if (rule.effect == StatusEffect::kPlanned && TakesObject(hit, site)) return false;
  return !GoesOn(rule, hit, site);
}

bool HasSubject(const RuleSite& site, std::uint32_t clause, std::uint32_t end) {
  const ScanClause& in = site.scan.clauses[clause];
  for (std::uint32_t m = in.first_mention; m < in.last_mention; ++m) {
    const ScanMention& mention = site.scan.mentions[m];
    if (mention.span.end <= end && mention.particle == Particle::kNone &&
        site.entity(mention).type != MentionType::kPlace) {
      return true;
    }
  }
  return false;
}

// The clause turns to something else: what is so already, or what is not the actor's doing.
bool Turns(const CodeWords& words, std::u16string_view clause) {
  return StartsWithAny(clause, words.turns) || clause.find_first_of(words.turns_inside) != std::u16string_view::npos;
}

// The trigger goes on with what an earlier clause of the sentence plans.
bool GoesOnWithPlan(const CompiledRules& rules, const RuleSite& site) {
  constexpr std::uint32_t kClauses = 3;  // Between them at most.
  if (HasSubject(site, site.clause, site.word.start) || Turns(site.words, site.before())) return false;
  const std::uint32_t first = site.in_sentence().first_clause;
  for (std::uint32_t c = site.clause; c-- > first && site.clause - c <= kClauses;) {
    for (std::uint32_t h = site.in_sentence().first_hit; h < site.in_sentence().last_hit; ++h) {
      const ScanHit& hit = site.scan.hits[h];
      const RuleWord& word = rules.words[hit.word];
      if (hit.clause != c || word.use != WordUse::kStatus) continue;
      const StatusRule& rule = rules.statuses[word.rule];
      if (rule.effect != StatusEffect::kPlanned || rule.side != StatusSide::kBefore || TakesObject(hit, site)) continue;
      if (!GoesOn(rule, hit, site)) return true;
    }
    const text::UnitSpan span = site.scan.clauses[c].span;
    if (HasSubject(site, c, span.end) || Turns(site.words, site.document.text.units(span))) return false;
  }
  return false;
}

}  // namespace

FoundStatus FindStatus(const CompiledRules& rules, const RuleSite& site, bool carries) {
  constexpr auto kEffects = static_cast<std::size_t>(StatusEffect::kDone) + 1;
  bool seen[kEffects] = {};
  for (std::uint32_t h = site.in_sentence().first_hit; h < site.in_sentence().last_hit; ++h) {
    const ScanHit& hit = site.scan.hits[h];
    const RuleWord& word = rules.words[hit.word];
    if (word.use != WordUse::kStatus) continue;
    const StatusRule& rule = rules.statuses[word.rule];
    if (Applies(rule, hit, site)) seen[static_cast<std::size_t>(rule.effect)] = true;
  }
  const auto has = [&seen](StatusEffect effect) { return seen[static_cast<std::size_t>(effect)]; };
  if (has(StatusEffect::kDenied)) return {FactStatus::kDenied, false, true};
  if (has(StatusEffect::kTerminated)) return {FactStatus::kTerminated, false, true};
  if (has(StatusEffect::kRumoured)) return {FactStatus::kRumoured, false, true};
  if (has(StatusEffect::kConditional)) return {FactStatus::kPlanned, true, true};
  if (has(StatusEffect::kDone)) return {FactStatus::kOccurred, false, true};
  if (has(StatusEffect::kPlanned)) return {FactStatus::kPlanned, false, true};
  if (carries && GoesOnWithPlan(rules, site)) return {FactStatus::kPlanned, false, true};
  return {};
}

std::int8_t FindPolarity(const CompiledRules& rules, EventType type, const RuleSite& site, std::int8_t fallback) {
  const bool of_figures = site.words.of_figures.test(static_cast<std::size_t>(type));
  std::uint32_t best_gap = kPolarityReach + 1;
  std::int8_t polarity = fallback;
  for (std::uint32_t h = site.in_sentence().first_hit; h < site.in_sentence().last_hit; ++h) {
    const ScanHit& hit = site.scan.hits[h];
    const RuleWord& word = rules.words[hit.word];
    if (word.use != WordUse::kPolarity || rules.polarities[word.rule].type != type) continue;
    if (hit.clause != site.clause && !of_figures) continue;
    const std::uint32_t gap = Gap(hit.span, site.word);
    if (gap >= best_gap) continue;
    best_gap = gap;
    polarity = rules.polarities[word.rule].polarity;
  }
  return polarity;
}

}  // namespace mailuo::extract
