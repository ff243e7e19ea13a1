#include "extract/relation_pairs.h"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace mailuo::extract {
namespace {

constexpr std::uint32_t kMaxGap = 60;
constexpr std::size_t kMaxPairs = 24;

// Outlets tell the news; they take no part in it.
bool IsParty(const EntityMention& mention) { return mention.type == MentionType::kCompany && mention.kind != "media"; }

std::uint32_t Gap(const Document& document, const CompanyPair& pair) {
  return document.mentions[pair.second].span.start - document.mentions[pair.first].span.end;
}

bool SameEntities(const Document& document, const CompanyPair& a, const CompanyPair& b) {
  const EntityId a1 = document.mentions[a.first].entity;
  const EntityId a2 = document.mentions[a.second].entity;
  const EntityId b1 = document.mentions[b.first].entity;
  const EntityId b2 = document.mentions[b.second].entity;
  return (a1 == b1 && a2 == b2) || (a1 == b2 && a2 == b1);
}

// Equal for words that say the same kind of thing; nothing for words of other use.
std::optional<std::uint32_t> KindOf(const CompiledRules& rules, const RuleWord& word) {
  constexpr std::uint32_t kRelations = 128;
  constexpr std::uint32_t kStatuses = 256;
  switch (word.use) {
    case WordUse::kTrigger: return static_cast<std::uint32_t>(rules.triggers[word.rule].type);
    case WordUse::kRelation: return kRelations + static_cast<std::uint32_t>(rules.relations[word.rule].type);
    case WordUse::kStatus: return kStatuses + static_cast<std::uint32_t>(rules.statuses[word.rule].effect);
    default: return std::nullopt;
  }
}

void DescribeClauses(const CompiledRules& rules, const RuleScan& scan, std::size_t sentence, const CompanyPair& pair,
                     RelationPair& described) {
  const ScanSentence& in = scan.sentences[sentence];
  const ScanMention* first = nullptr;
  const ScanMention* second = nullptr;
  for (std::uint32_t m = in.first_mention; m < in.last_mention; ++m) {
    if (scan.mentions[m].mention == pair.first) first = &scan.mentions[m];
    if (scan.mentions[m].mention == pair.second) second = &scan.mentions[m];
  }
  if (first == nullptr || second == nullptr) return;
  const auto name = [](const ScanMention& mention) {
    return PairName{static_cast<std::uint32_t>(mention.particle), mention.genitive, mention.coordinated};
  };
  described.first_name = name(*first);
  described.second_name = name(*second);
  described.clauses_between = second->clause - first->clause;
  for (std::uint32_t h = in.first_hit; h < in.last_hit; ++h) {
    const ScanHit& hit = scan.hits[h];
    if (const auto kind = KindOf(rules, rules.words[hit.word])) {
      described.words.push_back({hit.span, *kind, hit.clause == first->clause || hit.clause == second->clause});
    }
  }
}

}  // namespace

void FindCompanyPairs(const Document& document, std::size_t sentence, std::vector<CompanyPair>& out) {
  out.clear();
  const auto [first, last] = document.MentionsOf(sentence);
  for (std::size_t i = first; i < last; ++i) {
    if (!IsParty(document.mentions[i])) continue;
    for (std::size_t j = i + 1; j < last; ++j) {
      const CompanyPair pair{static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(j)};
      if (!IsParty(document.mentions[j])) continue;
      if (Gap(document, pair) > kMaxGap) break;
      if (document.mentions[i].entity == document.mentions[j].entity) continue;
      const auto known = std::find_if(out.begin(), out.end(),
                                      [&](const CompanyPair& other) { return SameEntities(document, pair, other); });
      if (known == out.end()) {
        if (out.size() == kMaxPairs) return;
        out.push_back(pair);
      } else if (Gap(document, pair) < Gap(document, *known)) {
        *known = pair;
      }
    }
  }
}

RelationPair DescribePair(const CompiledRules& rules, const Document& document, const RuleScan& scan,
                          std::size_t sentence, const CompanyPair& pair, const std::vector<Relation>& found,
                          std::vector<text::UnitSpan>& names) {
  RelationPair described;
  described.units = document.text.units();
  described.sentence = document.sentences[sentence].sentence.span;
  const EntityMention& first = document.mentions[pair.first];
  const EntityMention& second = document.mentions[pair.second];
  described.first = first.span;
  described.second = second.span;
  names.clear();
  const auto [begin, end] = document.MentionsOf(sentence);
  for (std::size_t m = begin; m < end; ++m) {
    if (document.mentions[m].type == MentionType::kCompany) names.push_back(document.mentions[m].span);
  }
  described.names = &names;
  for (const Relation& relation : found) {
    if (relation.head.entity == first.entity && relation.tail.entity == second.entity) {
      described.rules.push_back({relation.rule, true});
    } else if (relation.head.entity == second.entity && relation.tail.entity == first.entity) {
      described.rules.push_back({relation.rule, Info(relation.type).symmetric});
    }
  }
  DescribeClauses(rules, scan, sentence, pair, described);
  return described;
}

bool MerelyListsCompanies(const CompiledRules& rules, const Document& document, const RuleScan& scan,
                          std::uint32_t sentence) {
  constexpr std::ptrdiff_t kLongList = 4;  // Companies.
  constexpr float kPlainWord = 0.7F;       // Estimate of the rules whose words say 竞争, 对手.
  const ScanSentence& in = scan.sentences[sentence];
  bool figures = false;
  for (std::uint32_t h = in.first_hit; h < in.last_hit; ++h) {
    const RuleWord& word = rules.words[scan.hits[h].word];
    if (word.use == WordUse::kRelation) {
      // 超过 alone says little: 利润均超过20亿元.
      const RelationRule& rule = rules.relations[word.rule];
      if (rule.type == RelationType::kCompetesWith && rule.estimate >= kPlainWord) return false;
    }
    if (word.use != WordUse::kTrigger) continue;
    const EventType type = rules.triggers[word.rule].type;
    figures = figures || type == EventType::kStockMove || type == EventType::kEarnings;
  }
  if (figures) return true;
  const auto [first, last] = document.MentionsOf(sentence);
  const auto begin = document.mentions.begin();
  const auto companies =
      std::count_if(begin + static_cast<std::ptrdiff_t>(first), begin + static_cast<std::ptrdiff_t>(last),
                    [](const EntityMention& mention) { return mention.type == MentionType::kCompany; });
  return companies >= kLongList;
}

}  // namespace mailuo::extract
