#include "extract/mention_filter.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "extract/word_match.h"
#include "text/folded_text.h"

namespace mailuo::extract {
namespace {

using Units = std::u16string_view;

bool IsOpenQuote(char16_t unit) {
  return unit == u'“' || unit == u'《' || unit == u'"' || unit == u'(' || unit == u'‘';
}

// The sentence up to the mention, an opening quote aside.
Units TextBefore(const RuleSite& site, const ScanMention& mention) {
  const std::uint32_t from = site.scan.clauses[mention.clause].span.start;
  std::uint32_t end = mention.span.start;
  while (end > from && IsOpenQuote(site.units()[end - 1])) --end;
  return site.units().substr(from, end - from);
}

Units TextBehind(const RuleSite& site, const ScanMention& mention) {
  const std::uint32_t end = std::max(mention.span.end, site.scan.clauses[mention.clause].span.end);
  return site.units().substr(mention.span.end, end - mention.span.end);
}

// 作为第一大股东: the one named is the holder.
bool IsHolderItself(const CodeWords& words, Units before_noun) {
  constexpr std::size_t kReach = 12;  // Units between 是 and the noun.
  if (const std::size_t comma = before_noun.rfind(u','); comma != Units::npos) before_noun.remove_prefix(comma + 1);
  if (before_noun.size() > kReach) before_noun.remove_prefix(before_noun.size() - kReach);
  return ContainsAny(before_noun, words.being) || IsOneOf(before_noun, words.and_holder);
}

bool IsHeld(const std::vector<HolderNoun>& holders, const RuleSite& site, const ScanMention& mention) {
  if (site.entity(mention).type != MentionType::kCompany || mention.span.end > site.word.start) return false;
  const std::uint32_t start = site.document.sentences[site.sentence].sentence.span.start;
  const std::uint32_t from = std::max(mention.span.end, start);
  const Units between = site.units().substr(from, site.word.start - from);
  const std::size_t noun = FindHolder(holders, between);
  return noun != Units::npos && !IsHolderItself(site.words, between.substr(0, noun));
}

// 甲、乙和丙股票: what stands behind the last of joined names is said of all.
const ScanMention& LastOfChain(const RuleSite& site, std::uint32_t mention) {
  const std::vector<ScanMention>& all = site.scan.mentions;
  const std::uint32_t last = site.scan.clauses[all[mention].clause].last_mention;
  std::uint32_t end = mention;
  for (std::uint32_t m = mention + 1; m < last && (all[m].chained || all[m].aside); ++m) {
    if (!all[m].aside) end = m;
  }
  return all[end];
}

}  // namespace

std::size_t FindHolder(const std::vector<HolderNoun>& holders, Units text) {
  std::size_t first = Units::npos;
  for (const HolderNoun& holder : holders) {
    const std::size_t at = text.find(holder.word);
    if (at >= first || StartsWithAny(text.substr(at + holder.word.size()), holder.not_before)) continue;
    first = at;
  }
  return first;
}

bool SpeaksOfShares(const RuleSite& site, const ScanMention& mention) {
  constexpr std::size_t kQuantity = 10;  // Units of 51%的, 部分, 1000万 before 股份.
  const CodeWords& words = site.words;
  const Units behind = TextBehind(site, mention);
  std::size_t i = 0;
  while (i < behind.size() && i < kQuantity &&
         (behind[i] == u' ' || words.in_share_counts.find(behind[i]) != Units::npos)) {
    ++i;
  }
  Units rest = behind.substr(i);
  if (i > 0 && StartsWithAny(rest, words.doubled_share)) rest.remove_prefix(1);  // A股股份.
  if (StartsWithAny(rest, words.shares)) return !StartsWithAny(rest, words.not_shares);
  if (i > 0 && StartsWithAny(behind, words.listed_end) && StartsWithAny(rest, words.listed_shares)) {
    return true;  // 等8股.
  }
  return i > 0 && IsOneOf(rest, words.share);
}

bool Admits(const MentionFilter& filter, const std::vector<HolderNoun>& holders, const RuleSite& site,
            std::uint32_t index) {
  const ScanMention& mention = site.scan.mentions[index];
  if (!filter.named.empty() || !filter.not_named.empty()) {
    const Units name = site.document.text.units(site.entity(mention).span);
    if (!filter.named.empty() && !ContainsAny(name, filter.named)) return false;
    if (ContainsAny(name, filter.not_named)) return false;
  }
  if (!filter.after.empty() && !EndsWithAny(TextBefore(site, mention), filter.after)) return false;
  if (!filter.not_after.empty() && EndsWithAny(TextBefore(site, mention), filter.not_after)) return false;
  if (!filter.followed.empty() && !StartsWithAny(TextBehind(site, mention), filter.followed)) return false;
  if (!filter.not_followed.empty() && StartsWithAny(TextBehind(site, mention), filter.not_followed)) return false;
  if (filter.no_share && SpeaksOfShares(site, LastOfChain(site, index))) return false;
  return !filter.unheld || !IsHeld(holders, site, mention);
}

}  // namespace mailuo::extract
