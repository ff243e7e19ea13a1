#include "extract/rules_match.h"

#include <algorithm>
#include <string>

#include "extract/word_match.h"
#include "text/utf8.h"

namespace mailuo::extract {
namespace {

constexpr std::uint32_t kBeside = 4;  // Units that next and prev allow between word and mention.

bool HasMention(const RuleSite& site, const ConditionTest& test) {
  const ScanClause& clause = site.in_clause();
  for (std::uint32_t m = clause.first_mention; m < clause.last_mention; ++m) {
    const ScanMention& mention = site.scan.mentions[m];
    const EntityMention& entity = site.entity(mention);
    const bool listed = (test.types & kListedCompany) != 0 && !entity.tickers.empty();
    if (!listed && !HasType(test.types, entity.type)) continue;
    const bool left = mention.span.end <= site.word.start;
    const bool right = mention.span.start >= site.word.end;
    switch (test.key) {
      case ConditionKey::kHasLeft:
        if (left) return true;
        break;
      case ConditionKey::kHasRight:
        if (right) return true;
        break;
      case ConditionKey::kNext:
        if (right && mention.span.start - site.word.end <= kBeside) return true;
        break;
      case ConditionKey::kPrev:
        if (left && site.word.start - mention.span.end <= kBeside) return true;
        break;
      default: return true;
    }
  }
  return false;
}

bool HasValue(const RuleSite& site, const ConditionTest& test) {
  const text::UnitSpan clause = site.in_clause().span;
  for (std::uint32_t a = site.in_sentence().first_amount; a < site.in_sentence().last_amount; ++a) {
    const text::Amount& amount = site.scan.amounts[a];
    if (clause.Contains(amount.span) && (test.classes >> static_cast<unsigned>(amount.kind) & 1U) != 0) return true;
  }
  return false;
}

bool HoldsAlone(const ConditionTest& test, const RuleSite& site, std::span<const std::string_view> roles) {
  switch (test.key) {
    case ConditionKey::kBefore: return EndsWithAny(site.before(), test.words);
    case ConditionKey::kAfter: return StartsWithAny(site.after(), test.words);
    case ConditionKey::kLeft: return ContainsAny(site.before(), test.words);
    case ConditionKey::kRight: return ContainsAny(site.after(), test.words);
    case ConditionKey::kNear: return ContainsAny(site.document.text.units(site.in_clause().span), test.words);
    case ConditionKey::kSentence: {
      const text::UnitSpan span = site.document.sentences[site.sentence].sentence.span;
      return ContainsAny(site.document.text.units(span), test.words);
    }
    case ConditionKey::kHas:
    case ConditionKey::kHasLeft:
    case ConditionKey::kHasRight:
    case ConditionKey::kNext:
    case ConditionKey::kPrev: return HasMention(site, test);
    case ConditionKey::kRole:
      return std::any_of(test.roles.begin(), test.roles.end(), [roles](const std::string& role) {
        return std::find(roles.begin(), roles.end(), role) != roles.end();
      });
    case ConditionKey::kValue: return HasValue(site, test);
  }
  return false;
}

bool Holds(const ConditionTest& test, const RuleSite& site, std::span<const std::string_view> roles) {
  return HoldsAlone(test, site, roles) &&
         std::all_of(test.with.begin(), test.with.end(),
                     [&site, roles](const ConditionTest& other) { return HoldsAlone(other, site, roles); });
}

bool Holds(const ConditionGroup& group, const RuleSite& site, std::span<const std::string_view> roles) {
  return std::any_of(group.begin(), group.end(),
                     [&site, roles](const ConditionTest& test) { return Holds(test, site, roles); });
}

}  // namespace

std::u16string_view RuleSite::before() const {
  const std::uint32_t start = in_clause().span.start;
  return word.start > start ? units().substr(start, word.start - start) : std::u16string_view();
}

std::u16string_view RuleSite::after() const {
  const std::uint32_t end = in_clause().span.end;
  return word.end < end ? units().substr(word.end, end - word.end) : std::u16string_view();
}

bool HoldsAll(const Conditions& needs, const RuleSite& site, std::span<const std::string_view> roles) {
  return std::all_of(needs.begin(), needs.end(),
                     [&site, roles](const ConditionGroup& group) { return Holds(group, site, roles); });
}

bool HoldsAny(const Conditions& unless, const RuleSite& site, std::span<const std::string_view> roles) {
  return std::any_of(unless.begin(), unless.end(),
                     [&site, roles](const ConditionGroup& group) { return Holds(group, site, roles); });
}

std::string WhatHolds(const Conditions& unless, const RuleSite& site, std::span<const std::string_view> roles) {
  for (const ConditionGroup& group : unless) {
    for (const ConditionTest& test : group) {
      if (!Holds(test, site, roles)) continue;
      if (!test.with.empty()) return test.text;
      // Of several words the one that is there.
      for (const std::u16string& word : test.words) {
        ConditionTest one;
        one.key = test.key;
        one.words = {word};
        if (Holds(one, site, roles)) return std::string(Word(test.key)) + ":" + text::ToUtf8(word);
      }
      return test.text;
    }
  }
  return {};
}

std::string WhatIsMissing(const Conditions& needs, const RuleSite& site, std::span<const std::string_view> roles) {
  for (const ConditionGroup& group : needs) {
    if (Holds(group, site, roles)) continue;
    std::string all;
    for (const ConditionTest& test : group) all += (all.empty() ? "" : ",") + test.text;
    return all;
  }
  return {};
}

}  // namespace mailuo::extract
