#include "extract/value_finder.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "extract/word_match.h"

namespace mailuo::extract {
namespace {

using Units = std::u16string_view;

constexpr std::uint32_t kBefore = 12;  // Units in which a word names the amount that follows it.
constexpr std::uint32_t kAfter = 8;    // Units in which a word names the amount before it.
constexpr std::uint32_t kAvoid = 8;
constexpr std::uint32_t kAhead = 4;  // Clauses behind the word's own.

class ValueSearch {
 public:
  ValueSearch(const RuleSite& site, const std::vector<ToldIn>& told, std::vector<Value>& out)
      : site_(site), told_(told), out_(out), first_(out.size()) {}

  void Clause(std::uint32_t clause, const std::vector<ValueRule>& rules, bool own) {
    for (const ValueRule& rule : rules) {
      if (!own && !rule.neighbours) continue;
      if (Has(rule.role)) continue;
      Nearest(clause, rule);
    }
  }

  // Adds the amount of the clause nearest to the word that fits the rule.
  void Nearest(std::uint32_t clause, const ValueRule& rule) {
    const text::Amount* best = nullptr;
    std::uint32_t best_gap = 0;
    for (std::uint32_t a = site_.in_sentence().first_amount; a < site_.in_sentence().last_amount; ++a) {
      const text::Amount& amount = site_.scan.amounts[a];
      if (!Fits(rule, amount, site_.scan.clauses[clause].span) || Taken(amount)) continue;
      const std::uint32_t gap = amount.span.start >= site_.word.end   ? amount.span.start - site_.word.end
                                : amount.span.end <= site_.word.start ? site_.word.start - amount.span.end
                                                                      : 0;
      if (best != nullptr && gap >= best_gap) continue;
      best = &amount;
      best_gap = gap;
    }
    if (best != nullptr) Add(rule, *best);
  }

  // A clause with an event of its own keeps its amounts; 质押方为… and 收购金额为… are none.
  bool Free(std::uint32_t clause) const {
    return std::none_of(told_.begin(), told_.end(), [&](const ToldIn& told) {
      if (told.clause != clause) return false;
      const std::uint32_t end = std::max(told.word.end, site_.scan.clauses[clause].span.end);
      return !StartsWithAny(site_.units().substr(told.word.end, end - told.word.end), site_.words.value_nouns);
    });
  }

 private:
  bool Has(const std::string& role) const {
    return std::any_of(out_.begin() + static_cast<std::ptrdiff_t>(first_), out_.end(),
                       [&role](const Value& value) { return value.role == role; });
  }
  bool Taken(const text::Amount& amount) const {
    return std::find(taken_.begin(), taken_.end(), amount.span.start) != taken_.end();
  }

  // 由220港元上调至260港元: what it was before is no value of the event.
  bool IsFormer(const text::Amount& amount, text::UnitSpan clause) const {
    constexpr std::uint32_t kChange = 8;  // Units between the two: 每股上调至约.
    const Units units = site_.units();
    const CodeWords& words = site_.words;
    if (!EndsWithAny(units.substr(clause.start, amount.span.start - clause.start), words.former)) return false;
    for (std::uint32_t a = site_.in_sentence().first_amount; a < site_.in_sentence().last_amount; ++a) {
      const text::Amount& next = site_.scan.amounts[a];
      if (next.span.start < amount.span.end || next.kind != amount.kind || !clause.Contains(next.span)) continue;
      if (next.span.start - amount.span.end > kChange) return false;
      const Units change = units.substr(amount.span.end, next.span.start - amount.span.end);
      return change.find_first_of(words.replaced_by) != Units::npos;
    }
    return false;
  }

  bool Fits(const ValueRule& rule, const text::Amount& amount, text::UnitSpan clause) const {
    if (!clause.Contains(amount.span)) return false;
    if ((rule.classes >> static_cast<unsigned>(amount.kind) & 1U) == 0) return false;
    if (rule.per_share && *rule.per_share != amount.per_share) return false;
    const Units units = site_.units();
    const std::uint32_t start = std::max(clause.start, amount.span.start > kBefore ? amount.span.start - kBefore : 0);
    if (!rule.near.empty()) {
      const std::uint32_t end = std::min(clause.end, amount.span.end + kAfter);
      if (!ContainsAny(units.substr(start, end - start), rule.near)) return false;
    }
    if (!rule.avoid.empty()) {
      const std::uint32_t from = std::max(clause.start, amount.span.start > kAvoid ? amount.span.start - kAvoid : 0);
      if (ContainsAny(units.substr(from, amount.span.end - from), rule.avoid)) return false;
      // 2801万元注册资本, 8.6亿元的商誉.
      Units behind = units.substr(amount.span.end, clause.end - amount.span.end);
      if (behind.starts_with(u'的')) behind.remove_prefix(1);
      if (StartsWithAny(behind, rule.avoid)) return false;
    }
    return !IsFormer(amount, clause);
  }

  void Add(const ValueRule& rule, const text::Amount& amount) {
    taken_.push_back(amount.span.start);
    out_.push_back({rule.role, site_.document.text.ToCodePoints(amount.span), amount.low, std::string(amount.unit)});
  }

  const RuleSite& site_;
  const std::vector<ToldIn>& told_;
  std::vector<Value>& out_;
  std::size_t first_;
  std::vector<std::uint32_t> taken_;
};

}  // namespace

void FindValues(const CompiledRules& rules, EventType type, const RuleSite& site, const std::vector<ToldIn>& told,
                std::vector<Value>& out) {
  const std::vector<ValueRule>& of_type = rules.values[static_cast<std::size_t>(type) - 1];
  const ScanSentence& sentence = site.in_sentence();
  if (of_type.empty() || sentence.first_amount == sentence.last_amount) return;
  const auto first = static_cast<std::ptrdiff_t>(out.size());
  ValueSearch search(site, told, out);
  std::uint32_t end = site.clause + 1;
  while (end < sentence.last_clause && end <= site.clause + kAhead && search.Free(end)) ++end;
  const bool back = site.clause > sentence.first_clause && search.Free(site.clause - 1);
  for (std::uint32_t c = site.clause; c < end; ++c) search.Clause(c, of_type, c == site.clause);
  if (back) search.Clause(site.clause - 1, of_type, false);
  std::sort(out.begin() + first, out.end(), [](const Value& a, const Value& b) { return a.span < b.span; });
}

}  // namespace mailuo::extract
