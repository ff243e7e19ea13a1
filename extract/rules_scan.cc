#include "extract/rules_scan.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "extract/rules_compiled.h"
#include "extract/topics.h"
#include "extract/word_match.h"
#include "text/folded_text.h"

namespace mailuo::extract {
namespace {

using text::UnitSpan;
using Units = std::u16string_view;

constexpr std::uint32_t kMaxBracket = 40;  // Units of a bracket that only explains a name or is no clause of its own.

bool IsOpenQuote(char16_t unit) {
  return unit == u'“' || unit == u'‘' || unit == u'《' || unit == u'"' || unit == u'<';
}
bool IsCloseQuote(char16_t unit) {
  return unit == u'”' || unit == u'’' || unit == u'》' || unit == u'"' || unit == u'>';
}

// End of the bracket that opens at `at`, the closing bracket included; `at` if it is not closed nearby.
std::uint32_t BracketEnd(Units units, std::uint32_t at, std::uint32_t end) {
  const std::uint32_t limit = std::min(end, at + kMaxBracket);
  for (std::uint32_t i = at + 1; i < limit; ++i) {
    if (units[i] == u')') return i + 1;
    if (units[i] == u'(') return at;
  }
  return at;
}

bool SplitsClause(Units units, UnitSpan sentence, std::uint32_t i) {
  const char16_t before = i > sentence.start ? units[i - 1] : u' ';
  const char16_t after = i + 1 < sentence.end ? units[i + 1] : u' ';
  switch (units[i]) {
    case u',':
    case u':': return !(text::IsAsciiDigit(before) && text::IsAsciiDigit(after));
    case u';':
    case u'。':
    case u'!':
    case u'?':
    case u'|': return true;
    case u'—': return after == u'—';
    case u' ': return text::IsHan(before) && text::IsHan(after);
    default: return false;
  }
}

class Scanner {
 public:
  Scanner(const CompiledRules& rules, const Document& document, RuleScan& scan, RefusedList refused)
      : rules_(rules),
        words_(rules.code_words),
        document_(document),
        units_(document.text.units()),
        scan_(scan),
        refused_(refused) {}

  void Sentence(std::size_t index) {
    ScanSentence& out = scan_.sentences[index];
    const UnitSpan span = document_.sentences[index].sentence.span;
    out.first_clause = Size(scan_.clauses);
    Clauses(span);
    out.last_clause = Size(scan_.clauses);
    out.first_mention = Size(scan_.mentions);
    Mentions(index, span, out.first_clause);
    out.last_mention = Size(scan_.mentions);
    FillClauses(out);
    out.first_hit = Size(scan_.hits);
    Hits(index, span, out.first_clause);
    out.last_hit = Size(scan_.hits);
    EndPassives(out);
    out.first_amount = Size(scan_.amounts);
    if (out.last_hit > out.first_hit) text::FindAmounts(units_, span, scan_.amounts);
    out.last_amount = Size(scan_.amounts);
  }

 private:
  template <typename T>
  static std::uint32_t Size(const std::vector<T>& items) {
    return static_cast<std::uint32_t>(items.size());
  }

  void Clauses(UnitSpan span) {
    std::uint32_t start = span.start;
    std::uint32_t open_title = 0;  // Inside 《…》.
    for (std::uint32_t i = span.start; i < span.end; ++i) {
      if (units_[i] == u'(') {
        const std::uint32_t end = BracketEnd(units_, i, span.end);
        if (end > i) i = end - 1;
        continue;
      }
      if (units_[i] == u'《') open_title = i + kMaxBracket;
      if (units_[i] == u'》') open_title = 0;
      if (i < open_title || !SplitsClause(units_, span, i)) continue;
      if (i > start) scan_.clauses.push_back({{start, i}, 0, 0});
      start = i + 1;
    }
    if (span.end > start) scan_.clauses.push_back({{start, span.end}, 0, 0});
  }

  // The clause that holds `unit`, searched from `clause` on.
  std::uint32_t ClauseFrom(std::uint32_t clause, std::uint32_t unit) const {
    while (clause + 1 < scan_.clauses.size() && scan_.clauses[clause].span.end <= unit) ++clause;
    return clause;
  }

  void Mentions(std::size_t sentence, UnitSpan span, std::uint32_t first_clause) {
    const auto [first, last] = document_.MentionsOf(sentence);
    const std::uint32_t mentions_from = Size(scan_.mentions);
    std::uint32_t clause = first_clause;
    std::uint32_t previous_end = span.start;  // With its bracket.
    std::uint32_t inner_end = span.start;     // Of the last mention inside that bracket.
    std::uint32_t previous = mentions_from;   // The last one that is not inside a bracket.
    for (std::size_t i = first; i < last; ++i) {
      const EntityMention& mention = document_.mentions[i];
      if (mention.type == MentionType::kTicker || mention.kind == "media") continue;
      if (scan_.clauses.size() == first_clause) return;
      clause = ClauseFrom(clause, mention.span.start);
      ScanMention out;
      out.mention = static_cast<std::uint32_t>(i);
      out.clause = clause;
      out.span = mention.span;
      out.aside = mention.span.start < previous_end;
      Extend(out.span, span);
      out.genitive = out.span.end < span.end && units_[out.span.end] == u'的';
      const std::uint32_t before_it = out.aside ? std::min(inner_end, mention.span.start) : previous_end;
      const std::uint32_t floor = std::max(before_it, scan_.clauses[clause].span.start);
      Mark(mention.span.start, floor, !out.aside && floor == previous_end && previous_end > span.start, out);
      if (out.coordinated && previous < Size(scan_.mentions)) out.particle = scan_.mentions[previous].particle;
      if (TitleEnds(out, mentions_from)) out.particle = scan_.mentions.back().particle;
      if (Reports(out.span.end, span.end)) out.particle = Particle::kSource;
      inner_end = mention.span.end;
      if (!out.aside) {
        previous_end = out.span.end;
        previous = Size(scan_.mentions);
      }
      scan_.mentions.push_back(out);
    }
  }

  // 与台积电创始人张忠谋共进晚餐: what stands before the organization says what its person is.
  bool TitleEnds(const ScanMention& person, std::uint32_t mentions_from) const {
    if (person.particle != Particle::kNone || person.coordinated || Size(scan_.mentions) == mentions_from) return false;
    const ScanMention& before = scan_.mentions.back();
    const auto post = before.clause == person.clause ? PostBetween(document_, before, person) : std::nullopt;
    return post && std::all_of(post->begin(), post->end(), [this](char16_t unit) {
             return (text::IsHan(unit) || text::IsAsciiLetter(unit)) && words_.post_breaks.find(unit) == Units::npos;
           });
  }

  // 新华社讯, 路透社报道: who tells the news takes no part in it.
  bool Reports(std::uint32_t at, std::uint32_t end) const {
    const Units rest = units_.substr(at, std::min<std::uint32_t>(4, end - at));
    return StartsWithAny(rest, words_.tells_news) || (StartsWithAny(rest, words_.sites) && IsQuoted(at, end));
  }

  // 上交所网站12月18日显示.
  bool IsQuoted(std::uint32_t at, std::uint32_t end) const {
    constexpr std::uint32_t kReach = 12;  // Units.
    return ContainsAny(units_.substr(at, std::min(kReach, end - at)), words_.quoted);
  }

  void Extend(UnitSpan& span, UnitSpan sentence) const {
    while (span.end < sentence.end && IsCloseQuote(units_[span.end])) ++span.end;
    if (span.end < sentence.end && units_[span.end] == u'(') span.end = BracketEnd(units_, span.end, sentence.end);
  }

  // Reads what stands before a mention: [floor, start) belongs to no other mention.
  void Mark(std::uint32_t start, std::uint32_t floor, bool after_mention, ScanMention& out) const {
    while (start > floor && (IsOpenQuote(units_[start - 1]) || units_[start - 1] == u' ')) --start;
    const Units before = units_.substr(floor, start - floor);
    if (after_mention && Joins(before)) {
      out.coordinated = true;
      out.chained = true;
      return;
    }
    out.chained = after_mention && JoinsFromAfar(before);
    Units rest = WithoutCount(before);
    if (rest.size() < before.size() && EndsWithAny(rest, words_.listed_end)) return MarkListed(rest, out);
    for (int nouns = 0; nouns < 3; ++nouns) {
      const ParticleRule* rule = FindParticle(rest);
      if (rule == nullptr) break;
      if (!rule->noun) {
        out.particle = rule->particle;
        return;
      }
      rest.remove_suffix(rule->word.size());
    }
    if (!after_mention) return;
    MarkFromAfar(before, out);
    if (out.particle == Particle::kNone) InheritOfPlace(before, rest, out);
  }

  // 对德国零售商甲: the particle before the country is meant for whom the noun introduces.
  void InheritOfPlace(Units before, Units rest, ScanMention& out) const {
    constexpr std::size_t kTrade = 8;  // Units of 消费电子.
    if (scan_.mentions.empty()) return;
    const ScanMention& place = scan_.mentions.back();
    if (document_.mentions[place.mention].type != MentionType::kPlace ||
        place.span.end + before.size() > units_.size()) {
      return;
    }
    const bool introduced = before.empty() || (rest.size() < before.size() && rest.size() <= kTrade);
    if (!introduced || !std::all_of(before.begin(), before.end(), text::IsHan)) return;
    const bool passes = place.particle == Particle::kTo || place.particle == Particle::kToward ||
                        place.particle == Particle::kWith || place.particle == Particle::kTake ||
                        place.particle == Particle::kBy;
    if (passes) out.particle = place.particle;
  }

  // 将甲、乙等20家日本实体列入…: the particle stands before the list.
  void MarkListed(Units before, ScanMention& out) const {
    constexpr std::size_t kList = 24;  // Units.
    const Units list = before.substr(before.size() > kList ? before.size() - kList : 0);
    const std::size_t at = list.find_last_of(words_.before_list);
    if (at != Units::npos) out.particle = ParticleOf(list[at]);
  }

  // 将23家中国实体列入…: what is counted stands behind the particle all the same.
  Units WithoutCount(Units before) const {
    if (before.size() < 3 || words_.classifiers.find(before.back()) == Units::npos) return before;
    std::size_t at = before.size() - 1;
    while (at > 0 && words_.numerals.find(before[at - 1]) != Units::npos) --at;
    return at > 0 && at + 1 < before.size() ? before.substr(0, at) : before;
  }

  // 甲和乙, 甲先生、副总裁乙女士, 甲及其一致行动人乙.
  bool Joins(Units between) const {
    for (const std::u16string& title : words_.after_name) {
      if (between.starts_with(title)) between.remove_prefix(title.size());
    }
    const auto joins = [this, &between] { return IsOneOf(between, words_.joiners); };
    for (int nouns = 0; nouns < 3 && !joins(); ++nouns) {
      const ParticleRule* rule = FindParticle(between);
      if (rule == nullptr || !rule->noun) return false;
      between.remove_suffix(rule->word.size());
    }
    return joins();
  }

  // 甲30%股权、乙20%股权; 甲、无名公司、乙: what stands between is a stake, or names of which none is known.
  bool JoinsFromAfar(Units between) const {
    constexpr std::size_t kMaxBetween = 40;  // Units.
    constexpr std::size_t kMaxName = 16;
    constexpr std::size_t kMaxTail = 4;  // 鼎晖嘉合, of which 鼎晖 is known.
    if (between.size() > kMaxBetween) return false;
    std::size_t stake = 0;
    while (stake < between.size() && words_.in_stakes.find(between[stake]) != Units::npos) ++stake;
    for (const std::u16string& word : words_.stakes) {
      if (stake == 0 || !between.substr(stake).starts_with(word)) continue;
      between.remove_prefix(stake + word.size());
      break;
    }
    bool first = true;
    while (!between.empty()) {
      const std::size_t joiner = between.find_first_of(words_.joining_units);
      if (joiner == Units::npos || joiner > (first ? kMaxTail : kMaxName)) return false;
      const Units name = between.substr(0, joiner);
      if (!std::all_of(name.begin(), name.end(),
                       [](char16_t unit) { return text::IsHan(unit) || text::IsAsciiAlnum(unit); })) {
        return false;
      }
      between.remove_prefix(joiner + 1);
      if (IsOneOf(between, words_.joining_tails)) return true;
      for (const std::u16string& word : words_.joining_words) {
        if (between.starts_with(word)) between.remove_prefix(word.size());
      }
      first = false;
    }
    return !first;
  }

  // 甲对全球第一大农药企业乙的收购: a particle right behind the name before, with a description between.
  void MarkFromAfar(Units before, ScanMention& out) const {
    constexpr std::size_t kMaxDescription = 20;  // Units.
    if (before.size() < 2 || before.size() > kMaxDescription || words_.not_from_afar.find(before[1]) != Units::npos) {
      return;
    }
    if (words_.from_afar.find(before.front()) == Units::npos) return;
    out.particle = ParticleOf(before.front());
    out.afar = out.particle != Particle::kNone;
  }

  // 张某被暂停甲公司董事职务: 被 belongs to the verb before the name.
  void EndPassives(const ScanSentence& sentence) {
    for (std::uint32_t m = sentence.first_mention + 1; m < sentence.last_mention; ++m) {
      ScanMention& mention = scan_.mentions[m];
      if (!mention.afar || mention.particle != Particle::kBy) continue;
      const std::uint32_t from = scan_.mentions[m - 1].span.end;
      for (std::uint32_t h = sentence.first_hit; h < sentence.last_hit; ++h) {
        const ScanHit& hit = scan_.hits[h];
        if (hit.span.start < from || hit.span.end > mention.span.start) continue;
        if (rules_.words[hit.word].use == WordUse::kTrigger) mention.particle = Particle::kNone;
      }
    }
  }

  // What a particle of one character says.
  Particle ParticleOf(char16_t unit) const {
    for (const ParticleRule& rule : rules_.particles) {
      if (rule.word.size() == 1 && rule.word.front() == unit) return rule.particle;
    }
    return Particle::kNone;
  }

  const ParticleRule* FindParticle(Units before) const {
    if (before.empty()) return nullptr;
    for (const ParticleRule& rule : rules_.particles) {
      if (rule.word.back() != before.back() || !before.ends_with(rule.word)) continue;
      const Units rest = before.substr(0, before.size() - rule.word.size());
      if (std::none_of(rule.not_after.begin(), rule.not_after.end(),
                       [rest](const std::u16string& word) { return rest.ends_with(word); })) {
        return &rule;
      }
    }
    return nullptr;
  }

  void FillClauses(const ScanSentence& sentence) {
    std::uint32_t mention = sentence.first_mention;
    for (std::uint32_t c = sentence.first_clause; c < sentence.last_clause; ++c) {
      scan_.clauses[c].first_mention = mention;
      while (mention < sentence.last_mention && scan_.mentions[mention].clause == c) ++mention;
      scan_.clauses[c].last_mention = mention;
    }
  }

  // A word of a rule inside a name is part of the name: 《…管理办法》, 国家投资集团. Names of sectors (国产替代) are
  // words.
  bool InsideName(std::size_t& mention, std::size_t last, UnitSpan word) const {
    while (mention < last && document_.mentions[mention].span.end <= word.start) ++mention;
    for (std::size_t i = mention; i < last && document_.mentions[i].span.start < word.end; ++i) {
      const EntityMention& name = document_.mentions[i];
      if (name.type != MentionType::kSector && !word.Contains(name.span)) return true;
    }
    return false;
  }

  // 【增减持】甲:… names what the notices below are about.
  bool IsHeading(UnitSpan word) const {
    constexpr std::uint32_t kHeading = 4;  // Units beside the word.
    const std::uint32_t start = word.start > kHeading ? word.start - kHeading : 0;
    const std::size_t open = units_.substr(start, word.start - start).rfind(u'【');
    const std::size_t close = units_.substr(word.end, kHeading).find(u'】');
    if (open == Units::npos || close == Units::npos) return false;
    return units_.substr(start + open, word.end + close - start - open).size() <= 2 + 2 * kHeading &&
           units_.substr(word.end, close).find(u':') == Units::npos;
  }

  void Refuse(std::size_t sentence, const RuleWord& word, UnitSpan span, RefusalReason reason, UnitSpan by) {
    if (word.use != WordUse::kTrigger) return;
    const TriggerRule& rule = rules_.triggers[word.rule];
    refused_->push_back({RefusedWhat::kEvent, std::string(Word(rule.type)), rule.id, document_.text.ToCodePoints(span),
                         static_cast<std::uint32_t>(sentence), reason, std::string(document_.text.Original(by))});
  }

  void Hits(std::size_t sentence, UnitSpan span, std::uint32_t first_clause) {
    if (scan_.clauses.size() == first_clause) return;
    scan_.matches.clear();
    rules_.automaton.FindAll(units_.substr(span.start, span.size()), scan_.matches, span.start);
    std::stable_sort(scan_.matches.begin(), scan_.matches.end(), [](const auto& a, const auto& b) {
      return a.span.start != b.span.start ? a.span.start < b.span.start : a.span.end > b.span.end;
    });
    auto [mention, last] = document_.MentionsOf(sentence);
    std::uint32_t clause = first_clause;
    UnitSpan trigger{};   // The longest trigger or block word that reaches furthest.
    UnitSpan relation{};  // Likewise of relation words.
    for (const text::AutomatonMatch& match : scan_.matches) {
      const RuleWord& word = rules_.words[match.value];
      const bool inside = trigger.Contains(match.span) && trigger != match.span;
      if (word.use == WordUse::kTrigger || word.use == WordUse::kBlock) {
        if (inside) {
          if (refused_ != nullptr) Refuse(sentence, word, match.span, RefusalReason::kInsideWord, trigger);
          continue;
        }
        if (IsHeading(match.span)) continue;
        if (InsideName(mention, last, match.span)) {
          if (refused_ != nullptr) {
            Refuse(sentence, word, match.span, RefusalReason::kInsideName, document_.mentions[mention].span);
          }
          continue;
        }
        trigger = match.span;
        if (word.use == WordUse::kBlock) {
          blocked_ = match.span;
          relation = match.span;
          continue;
        }
        if (blocked_ == match.span) {
          if (refused_ != nullptr) Refuse(sentence, word, match.span, RefusalReason::kInsideWord, match.span);
          continue;
        }
      } else if (word.use == WordUse::kRelation) {
        if (relation.Contains(match.span) && relation != match.span) continue;
        if (InsideName(mention, last, match.span)) continue;
        relation = match.span;
      } else if (word.use == WordUse::kStatus) {
        if (inside || InsideName(mention, last, match.span)) continue;
      } else if (InsideName(mention, last, match.span)) {
        continue;
      }
      clause = ClauseFrom(clause, match.span.start);
      scan_.hits.push_back({match.span, match.value, clause});
    }
  }

  const CompiledRules& rules_;
  const CodeWords& words_;
  const Document& document_;
  Units units_;
  RuleScan& scan_;
  RefusedList refused_;
  UnitSpan blocked_{};
};

}  // namespace

std::optional<std::u16string_view> PostBetween(const Document& document, const ScanMention& organization,
                                               const ScanMention& person) {
  constexpr std::uint32_t kPost = 12;  // Units.
  const MentionType type = document.mentions[organization.mention].type;
  if (type != MentionType::kCompany && type != MentionType::kOrganization) return std::nullopt;
  if (document.mentions[person.mention].type != MentionType::kPerson) return std::nullopt;
  const std::uint32_t start = organization.span.end;
  if (person.span.start <= start || person.span.start - start > kPost) return std::nullopt;
  return document.text.units({start, person.span.start});
}

void ScanDocument(const CompiledRules& rules, const Document& document, RuleScan& scan, RefusedList refused) {
  scan.sentences.assign(document.sentences.size(), {});
  scan.clauses.clear();
  scan.mentions.clear();
  scan.hits.clear();
  scan.amounts.clear();
  Scanner scanner(rules, document, scan, refused);
  for (std::size_t i = 0; i < document.sentences.size(); ++i) {
    if (!document.sentences[i].boilerplate) {
      scanner.Sentence(i);
    } else {
      ScanSentence& empty = scan.sentences[i];
      empty.first_clause = empty.last_clause = static_cast<std::uint32_t>(scan.clauses.size());
      empty.first_mention = empty.last_mention = static_cast<std::uint32_t>(scan.mentions.size());
      empty.first_hit = empty.last_hit = static_cast<std::uint32_t>(scan.hits.size());
      empty.first_amount = empty.last_amount = static_cast<std::uint32_t>(scan.amounts.size());
    }
  }
  FindTopics(document, rules.code_words, scan);
}

}  // namespace mailuo::extract
