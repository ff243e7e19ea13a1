#include "extract/role_finder.h"

#include <algorithm>
#include <string_view>

#include "extract/mention_filter.h"
#include "extract/passive.h"
#include "extract/word_match.h"
#include "text/folded_text.h"

namespace mailuo::extract {
namespace {

using Units = std::u16string_view;

constexpr std::uint32_t kBeside = 4;      // Units between a word and the mention beside it.
constexpr std::uint32_t kMaxObject = 30;  // Units between a word and its object.
constexpr std::uint32_t kOwned = 12;      // Units between a company and the noun for who holds it.

// 证监会主席吴清: the organization only says who the person is.
bool IsOfPerson(const RuleSite& site, std::uint32_t m, std::uint32_t end) {
  if (m + 1 >= end) return false;
  const ScanMention& person = site.scan.mentions[m + 1];
  const auto post = PostBetween(site.document, site.scan.mentions[m], person);
  return post && !person.coordinated && person.particle == Particle::kNone &&
         std::all_of(post->begin(), post->end(), [&site](char16_t unit) {
           return text::IsHan(unit) && site.words.joins_posts.find(unit) == Units::npos;
         });
}

class Search {
 public:
  Search(std::uint32_t types, const RuleSite& site, const std::vector<std::uint32_t>& used, const RoleFilter* filter)
      : types_(types),
        site_(site),
        used_(used),
        filter_(filter),
        clause_(site.in_clause()),
        mentions_(site.scan.mentions) {}

  FoundMention Find(Finder finder) const {
    switch (finder) {
      case Finder::kSubject: return {Subject()};
      case Finder::kAgent: return {IsPassive(site_) ? Marked(Particle::kBy) : Agent()};
      case Finder::kPatient: return Patient();
      case Finder::kObject: return {Object()};
      case Finder::kTo: return {Receiver()};
      case Finder::kFor: return {Marked(Particle::kTo)};
      case Finder::kToward: return {Marked(Particle::kToward)};
      case Finder::kWith: {
        const std::int32_t with = With();
        return with >= 0 ? FoundMention{with} : OtherOfBoth();
      }
      case Finder::kTake: return {Marked(Particle::kTake)};
      case Finder::kFrom: return {Marked(Particle::kFrom)};
      case Finder::kAt: return {Marked(Particle::kAt)};
      case Finder::kBy: return {Marked(Particle::kBy)};
      case Finder::kNext: return {Next()};
      case Finder::kPrev: return {Previous()};
      case Finder::kCarried: return Carried();
      case Finder::kAnyBefore:
        return {Before([](const ScanMention& mention) { return mention.particle != Particle::kSource; })};
      case Finder::kIts: return Its();
      case Finder::kNear: return {Nearest(clause_.first_mention, clause_.last_mention)};
      case Finder::kAnaphor: return Anaphor();
      case Finder::kMain: return Main();
      case Finder::kShares: return {Shares()};
      case Finder::kOwner: return Owner();
      case Finder::kFollowing: return {Following()};
      case Finder::kBehind: return {Behind()};
      case Finder::kSentence: return {Nearest(site_.in_sentence().first_mention, site_.in_sentence().last_mention)};
    }
    return {};
  }

 private:
  bool Fits(std::uint32_t m) const {
    const EntityMention& entity = site_.entity(mentions_[m]);
    if (!HasType(types_, entity.type)) return false;
    if (filter_ != nullptr && !Admits(filter_->filter, filter_->rules.holders, site_, m)) return false;
    return std::none_of(used_.begin(), used_.end(), [this, m, &entity](std::uint32_t u) {
      return u == m || site_.entity(mentions_[u]).entity == entity.entity;
    });
  }

  template <typename Accept>
  std::int32_t Before(Accept accept) const {
    for (std::uint32_t m = clause_.last_mention; m-- > clause_.first_mention;) {
      if (mentions_[m].span.end > site_.word.start) continue;
      if (Fits(m) && accept(mentions_[m])) return static_cast<std::int32_t>(m);
    }
    return -1;
  }

  std::int32_t Subject() const {
    return Before([this](const ScanMention& mention) {
      if (mention.aside) return false;
      return mention.particle == Particle::kNone || (mention.particle == Particle::kAbout && Beside(mention));
    });
  }
  // 因甲收购乙, 通过甲收购乙: the name right before the verb does it, whatever the clause is to the sentence.
  bool Beside(const ScanMention& mention) const { return site_.word.start - mention.span.end <= 1; }

  std::int32_t Receiver() const {
    const std::int32_t before = Before([](const ScanMention& mention) {
      return mention.particle == Particle::kTo || mention.particle == Particle::kToward;
    });
    if (before >= 0) return before;
    // 出售股权给甲.
    for (std::uint32_t m = clause_.first_mention; m < clause_.last_mention; ++m) {
      if (mentions_[m].span.start >= site_.word.end && mentions_[m].particle == Particle::kToward && Fits(m)) {
        return static_cast<std::int32_t>(m);
      }
    }
    return -1;
  }
  std::int32_t Agent() const {
    const std::int32_t by = Marked(Particle::kBy);
    return by >= 0 ? by : Subject();
  }
  std::int32_t Marked(Particle particle) const {
    return Before([particle](const ScanMention& mention) { return mention.particle == particle; });
  }

  std::int32_t Object() const {
    for (std::uint32_t m = clause_.first_mention; m < clause_.last_mention; ++m) {
      const ScanMention& mention = mentions_[m];
      if (mention.span.start < site_.word.end) continue;
      if (mention.span.start - site_.word.end > kMaxObject) break;
      if (mention.particle == Particle::kBy || mention.particle == Particle::kAbout ||
          mention.particle == Particle::kSource || mention.particle == Particle::kAt ||
          mention.particle == Particle::kFrom || OnlyHolds(m) || !Fits(m)) {
        continue;
      }
      return static_cast<std::int32_t>(m);
    }
    return -1;
  }

  // 收购甲、丙分别持有的乙: 乙 is bought, 甲 and 丙 only held it.
  bool OnlyHolds(std::uint32_t m) const {
    for (std::uint32_t next = m + 1; next < clause_.last_mention; ++next) {
      if (!mentions_[next].chained && !mentions_[next].aside) break;
      if (!mentions_[next].aside) m = next;
    }
    const std::uint32_t end = mentions_[m].span.end;
    if (clause_.span.end <= end) return false;
    const Units rest = site_.units().substr(end, clause_.span.end - end);
    for (const std::u16string& word : site_.words.holding) {
      const std::size_t at = rest.find(word);
      if (at <= kOwned && rest.substr(0, at).find_first_of(site_.words.before_holding) == Units::npos) return true;
    }
    // 收购甲控股股东乙: the one named last.
    return filter_ != nullptr && m + 1 < clause_.last_mention && mentions_[m + 1].span.start - end <= kOwned &&
           mentions_[m + 1].span.start > end &&
           FindHolder(filter_->rules.holders, rest.substr(0, mentions_[m + 1].span.start - end)) == 0;
  }

  FoundMention Patient() const {
    if (IsPassive(site_)) {
      if (const std::int32_t subject = Subject(); subject >= 0) return {subject};
      if (const std::int32_t object = Object(); object >= 0) return {object};
      return Carried();
    }
    if (const std::int32_t object = Object(); object >= 0) return {object};
    if (const std::int32_t taken = Marked(Particle::kTake); taken >= 0) return {taken};
    return {Marked(Particle::kTo)};
  }

  // 与甲签约, 签约甲 left aside; 与 after the word as in 达成合作与…; a mention joined by 和 to the subject.
  std::int32_t With() const {
    if (const std::int32_t with = Marked(Particle::kWith); with >= 0) return with;
    for (std::uint32_t m = clause_.first_mention; m < clause_.last_mention; ++m) {
      if (mentions_[m].span.start >= site_.word.end && mentions_[m].particle == Particle::kWith && Fits(m)) {
        return static_cast<std::int32_t>(m);
      }
    }
    for (std::uint32_t m = clause_.last_mention; m-- > clause_.first_mention;) {
      if (mentions_[m].span.end > site_.word.start || !mentions_[m].coordinated) continue;
      if (Fits(m) && !IsOfPerson(site_, m, clause_.last_mention)) return static_cast<std::int32_t>(m);
    }
    return -1;
  }

  // 甲与乙签约,双方…: the other one of the two.
  FoundMention OtherOfBoth() const {
    if (!StartsWithAny(site_.before(), site_.words.both)) return {};
    for (std::uint32_t m = clause_.first_mention; m-- > 0;) {
      if (site_.entity(mentions_[m]).sentence + 1 < site_.sentence) break;
      const ScanMention& mention = mentions_[m];
      if (mention.particle == Particle::kWith && Fits(m)) return {static_cast<std::int32_t>(m), true};
      if (mention.coordinated && Fits(m)) return {static_cast<std::int32_t>(m), true};
    }
    return {};
  }

  std::int32_t Next() const {
    for (std::uint32_t m = clause_.first_mention; m < clause_.last_mention; ++m) {
      if (mentions_[m].span.start < site_.word.end) continue;
      return mentions_[m].span.start - site_.word.end <= kBeside && Fits(m) ? static_cast<std::int32_t>(m) : -1;
    }
    return -1;
  }
  std::int32_t Previous() const {
    for (std::uint32_t m = clause_.last_mention; m-- > clause_.first_mention;) {
      if (mentions_[m].span.end > site_.word.start) continue;
      return site_.word.start - mentions_[m].span.end <= kBeside && Fits(m) ? static_cast<std::int32_t>(m) : -1;
    }
    return -1;
  }

  std::int32_t Nearest(std::uint32_t first, std::uint32_t last) const {
    std::int32_t best = -1;
    std::uint32_t best_gap = 0;
    for (std::uint32_t m = first; m < last; ++m) {
      if (!Fits(m) || mentions_[m].particle == Particle::kSource) continue;
      const text::UnitSpan span = mentions_[m].span;
      if (span.Overlaps(site_.word)) return static_cast<std::int32_t>(m);
      const std::uint32_t gap =
          span.end <= site_.word.start ? site_.word.start - span.end : span.start - site_.word.end;
      if (best >= 0 && gap >= best_gap) continue;
      best = static_cast<std::int32_t>(m);
      best_gap = gap;
    }
    return best;
  }

  FoundMention Carried() const {
    if (const FoundMention latter = Latter()) return latter;
    for (std::uint32_t c = site_.clause; c-- > site_.in_sentence().first_clause;) {
      const ScanClause& clause = site_.scan.clauses[c];
      for (std::uint32_t m = clause.first_mention; m < clause.last_mention; ++m) {
        if (mentions_[m].particle != Particle::kNone || mentions_[m].aside || IsObject(m)) continue;
        if (Fits(m) && !FollowsVerb(m, clause)) return {static_cast<std::int32_t>(m), true};
      }
    }
    if (const FoundMention person = Pronoun()) return person;
    const bool anaphora = Holds(site_.words.anaphora);
    if (anaphora && Holds(site_.words.anaphora_company)) {
      if (const std::int32_t company = WithShares(site_.in_sentence().company_before); IsFree(company)) {
        return {company, true};
      }
    }
    if (const std::int32_t topic = site_.in_sentence().topic_before; (anaphora || Opens()) && IsFree(topic)) {
      return {topic, true};
    }
    const std::int32_t main = site_.scan.main_company;  // Whom an article names only later is not whom it calls 公司.
    if (anaphora && IsFree(main) &&
        site_.entity(mentions_[static_cast<std::size_t>(main)]).sentence <= site_.sentence) {
      return {main, true};
    }
    return {};
  }

  // 公司股票停牌 behind a sentence about a private firm: the company of the article that has shares.
  std::int32_t WithShares(std::int32_t company) const {
    const std::int32_t main = site_.scan.main_company;
    if (company < 0 || main < 0 || HasCode(company) || !HasCode(main)) return company;
    const Units text = site_.document.text.units({Start(), clause_.span.end});
    for (const std::u16string& word : site_.words.anaphora_company) {
      const std::size_t at = text.find(word);
      if (at != Units::npos && StartsWithAny(text.substr(at + word.size()), site_.words.its_shares)) return main;
    }
    return company;
  }
  bool HasCode(std::int32_t m) const { return !site_.entity(mentions_[static_cast<std::size_t>(m)]).tickers.empty(); }

  // 甲宣布乙将收购其9.9%股份: who was named first in the sentence, else whom 公司 would stand for.
  FoundMention Its() const {
    if (!StartsWithAny(site_.after(), site_.words.its_objects)) return {};
    for (std::uint32_t m = site_.in_sentence().first_mention; m < clause_.last_mention; ++m) {
      if (mentions_[m].span.end > site_.word.start) break;
      if (mentions_[m].particle == Particle::kNone && !mentions_[m].aside && Fits(m)) {
        return {static_cast<std::int32_t>(m), mentions_[m].clause != site_.clause};
      }
    }
    const std::int32_t company = site_.in_sentence().company_before;
    return IsFree(company) ? FoundMention{company, true} : FoundMention{};
  }

  // A mention of another sentence that fits, unless this clause says what its entity is to the verb: in
  // 将向甲出售其业务 其 is not 甲.
  bool IsFree(std::int32_t m) const {
    if (m < 0 || !Fits(static_cast<std::uint32_t>(m))) return false;
    const EntityId entity = site_.entity(mentions_[static_cast<std::size_t>(m)]).entity;
    for (std::uint32_t own = clause_.first_mention; own < clause_.last_mention; ++own) {
      if (mentions_[own].particle != Particle::kNone && site_.entity(mentions_[own]).entity == entity) return false;
    }
    return true;
  }

  // 一度超越甲,收涨3%: somebody else rose.
  bool FollowsVerb(std::uint32_t m, const ScanClause& clause) const {
    const std::uint32_t start = clause.span.start;
    if (m != clause.first_mention || mentions_[m].span.start <= start) return false;
    return EndsWithAny(site_.units().substr(start, mentions_[m].span.start - start), site_.words.objects_behind);
  }

  // 增持了甲;减持了乙: what stands behind a verb of its own clause, with no subject before, is no subject of the next.
  bool IsObject(std::uint32_t m) const {
    if (filter_ == nullptr) return false;
    const ScanClause& clause = site_.scan.clauses[mentions_[m].clause];
    for (std::uint32_t h = site_.in_sentence().first_hit; h < site_.in_sentence().last_hit; ++h) {
      const ScanHit& hit = site_.scan.hits[h];
      if (hit.clause != mentions_[m].clause || filter_->rules.words[hit.word].use != WordUse::kTrigger) continue;
      return hit.span.end <= mentions_[m].span.start && mentions_[clause.first_mention].span.start >= hit.span.end;
    }
    return false;
  }

  // 后者: the last one named before it.
  FoundMention Latter() const {
    const Units clause = site_.before();
    for (const std::u16string& word : site_.words.latter) {
      const std::size_t at = clause.rfind(word);
      if (at == Units::npos) continue;
      for (std::uint32_t m = clause_.last_mention; m-- > site_.in_sentence().first_mention;) {
        if (mentions_[m].span.end <= clause_.span.start + at && Fits(m)) return {static_cast<std::int32_t>(m), true};
      }
    }
    return {};
  }

  // 他此行到访…: the last person told of in the paragraph, else the one the article is about.
  FoundMention Pronoun() const {
    if (!HasType(types_, MentionType::kPerson) || !HasPronoun()) return {};
    const Document& document = site_.document;
    for (std::uint32_t s = site_.sentence; s-- > 0;) {
      if (document.sentences[s].sentence.paragraph != document.sentences[site_.sentence].sentence.paragraph) break;
      const ScanSentence& sentence = site_.scan.sentences[s];
      for (std::uint32_t m = sentence.last_mention; m-- > sentence.first_mention;) {
        if (mentions_[m].particle != Particle::kNone || site_.entity(mentions_[m]).type != MentionType::kPerson) {
          continue;
        }
        if (Fits(m)) return {static_cast<std::int32_t>(m), true};
      }
    }
    const std::int32_t main = site_.scan.main_person;  // Whoever 她 is, 他 is what an article calls whom it is about.
    if (site_.document.text.units({Start(), site_.word.start}).find_first_of(site_.words.pronouns_of_women) !=
        Units::npos) {
      return {};
    }
    return main >= 0 && Fits(static_cast<std::uint32_t>(main)) ? FoundMention{main, true} : FoundMention{};
  }

  // 他 begins the sentence or the clause of the word.
  bool HasPronoun() const {
    return StartsWithPronoun(site_.document.text.units({Start(), site_.word.start})) ||
           StartsWithPronoun(site_.before());
  }
  bool StartsWithPronoun(Units text) const {
    return text.size() > 1 && site_.words.pronouns.find(text[0]) != Units::npos &&
           site_.words.not_pronoun.find(text[1]) == Units::npos;
  }

  std::uint32_t Start() const { return site_.document.sentences[site_.sentence].sentence.span.start; }

  // The sentence starts with its verb: its subject is that of the sentence before. So does 同时,自8日起,下调….
  bool Opens() const {
    constexpr std::uint32_t kFewUnits = 6;
    constexpr std::uint32_t kVerb = 2;  // Units before a verb that opens its clause.
    if (site_.word.start <= Start() + kFewUnits) return true;
    const Units text = site_.document.text.units({Start(), site_.word.start});
    if (!StartsWithAny(text, site_.words.goes_on) || site_.word.start > clause_.span.start + kVerb) return false;
    const std::uint32_t first = site_.in_sentence().first_mention;
    return first == site_.in_sentence().last_mention || mentions_[first].span.start >= site_.word.start;
  }

  // 杭州公司, 其他 and 尤其 stand for nobody.
  bool StandsAlone(Units text, std::size_t at, const std::u16string& word) const {
    const CodeWords& words = site_.words;
    if (IsOneOf(word, words.anaphora_its)) {
      const char16_t next = at + 1 < text.size() ? text[at + 1] : u'\0';
      const char16_t previous = at > 0 ? text[at - 1] : u'\0';
      if (words.its_among.find(next) != Units::npos) return at == 0;  // 其中… goes on about the sentence before.
      return words.its_behind.find(next) == Units::npos && words.its_before.find(previous) == Units::npos;
    }
    if (at == 0 || !text::IsHan(text[at - 1])) return true;
    return !IsOneOf(word, words.anaphora_alone) && words.before_anaphor.find(text[at - 1]) != Units::npos;
  }

  // One of the words that stand for somebody, before the rule's word in the sentence or anywhere in its clause.
  bool Holds(const CodeWords::Words& anaphora) const {
    const Units text = site_.document.text.units({Start(), clause_.span.end});
    // 该工厂于5月开工: what belongs to the company spoken of.
    if (StartsWithAny(text, site_.words.owned_things)) return true;
    for (const std::u16string& word : anaphora) {
      for (std::size_t at = text.find(word); at != Units::npos; at = text.find(word, at + 1)) {
        if (StandsAlone(text, at, word)) return true;
      }
    }
    return false;
  }

  // The nearest one; of several that the shares may be of, the one behind the word.
  std::int32_t Shares() const {
    std::int32_t best = -1;
    for (std::uint32_t m = clause_.first_mention; m < clause_.last_mention; ++m) {
      if (!SpeaksOfShares(site_, mentions_[m]) || !Fits(m)) continue;
      best = static_cast<std::int32_t>(m);
      if (mentions_[m].span.start >= site_.word.end) break;
    }
    return best;
  }

  // 甲控股股东乙减持: the nearest company before the word that such a noun follows.
  FoundMention Owner() const {
    if (filter_ == nullptr) return {};
    for (std::uint32_t m = clause_.last_mention; m-- > site_.in_sentence().first_mention;) {
      const text::UnitSpan span = mentions_[m].span;
      if (span.end > site_.word.start || mentions_[m].particle == Particle::kSource || !Fits(m)) continue;
      const std::uint32_t end = std::min(site_.scan.clauses[mentions_[m].clause].span.end, span.end + kOwned);
      if (end <= span.end) continue;
      const Units behind = site_.units().substr(span.end, end - span.end);
      if (StartsWithAny(behind, site_.words.joins_holders) ||
          FindHolder(filter_->rules.holders, behind) == Units::npos) {
        continue;
      }
      return {static_cast<std::int32_t>(m), mentions_[m].clause != site_.clause};
    }
    return {};
  }

  // 法院判决:甲赔偿…
  std::int32_t Following() const {
    constexpr std::size_t kRest = 2;  // Units of the clause behind the word.
    if (site_.after().size() > kRest || site_.clause + 1 >= site_.in_sentence().last_clause) return -1;
    const ScanClause& next = site_.scan.clauses[site_.clause + 1];
    for (std::uint32_t m = next.first_mention; m < next.last_mention; ++m) {
      if (mentions_[m].particle == Particle::kNone && Fits(m)) return static_cast<std::int32_t>(m);
    }
    return -1;
  }

  // 减持了5只个股,分别为甲、乙: the first one that the filter admits behind the word, in its clause or the next two.
  std::int32_t Behind() const {
    constexpr std::uint32_t kClauses = 2;
    const std::uint32_t last = std::min(site_.clause + kClauses + 1, site_.in_sentence().last_clause);
    for (std::uint32_t m = clause_.first_mention; m < site_.scan.clauses[last - 1].last_mention; ++m) {
      if (mentions_[m].span.start >= site_.word.end && Fits(m)) return static_cast<std::int32_t>(m);
    }
    return -1;
  }

  FoundMention Main() const {
    for (const std::int32_t main : {site_.scan.main_person, site_.scan.main_company}) {
      if (main >= 0 && Fits(static_cast<std::uint32_t>(main))) return {main, true};
    }
    return {};
  }

  FoundMention Anaphor() const {
    return EndsWithAny(site_.before(), site_.words.anaphors_at_verb) ? Carried() : FoundMention{};
  }

  std::uint32_t types_;
  const RuleSite& site_;
  const std::vector<std::uint32_t>& used_;
  const RoleFilter* filter_;
  const ScanClause& clause_;
  const std::vector<ScanMention>& mentions_;
};

}  // namespace

FoundMention FindMention(const std::vector<Finder>& finders, std::uint32_t types, const RuleSite& site,
                         const std::vector<std::uint32_t>& used, const RoleFilter* filter) {
  const Search search(types, site, used, filter);
  for (const Finder finder : finders) {
    if (const FoundMention found = search.Find(finder)) return found;
    // 获机构增持: who does it is said, though not by name.
    if (finder == Finder::kAgent && IsPassive(site)) break;
  }
  return {};
}

void FindCoordinates(const RuleSite& site, std::uint32_t mention, std::uint32_t types,
                     std::vector<std::uint32_t>& out) {
  const std::vector<ScanMention>& mentions = site.scan.mentions;
  const ScanClause& clause = site.scan.clauses[mentions[mention].clause];
  const auto titled = [&](std::uint32_t m) { return IsOfPerson(site, m, clause.last_mention); };
  std::uint32_t first = mention;
  for (std::uint32_t m = mention; m > clause.first_mention;) {
    if (mentions[m].chained || mentions[m].aside) {
      --m;
    } else if (m >= clause.first_mention + 2 && mentions[m - 1].chained && titled(m - 1)) {
      m -= 2;  // 甲局长李某、证监会主席吴某
    } else {
      break;
    }
    if (!mentions[m].aside) first = m;
  }
  std::uint32_t last = mention + 1;
  while (last < clause.last_mention && (mentions[last].chained || mentions[last].aside)) last += titled(last) ? 2U : 1U;
  for (std::uint32_t m = first; m < last; ++m) {
    const bool fits = !mentions[m].aside && HasType(types, site.entity(mentions[m]).type) && !titled(m);
    if (m == mention || fits) out.push_back(m);
  }
}

void FindBoth(const RuleSite& site, std::vector<std::uint32_t>& out) {
  constexpr std::uint32_t kSentences = 2;  // Before the site's.
  const Document& document = site.document;
  const std::vector<ScanMention>& mentions = site.scan.mentions;
  const auto companies = [&](std::uint32_t first, std::uint32_t last) {
    out.clear();
    for (std::uint32_t m = first; m < last; ++m) {
      const EntityMention& entity = site.entity(mentions[m]);
      const bool there = std::any_of(out.begin(), out.end(), [&](std::uint32_t other) {
        return site.entity(mentions[other]).entity == entity.entity;
      });
      if (entity.type == MentionType::kCompany && !mentions[m].aside && !there) out.push_back(m);
    }
    return out.size();
  };
  std::size_t found = companies(site.in_sentence().first_mention, site.in_clause().first_mention);
  for (std::uint32_t s = site.sentence; found == 0 && s-- > 0 && site.sentence - s <= kSentences;) {
    const bool near = document.sentences[s].sentence.paragraph == document.sentences[site.sentence].sentence.paragraph;
    if (!near && s + 1 != site.sentence) break;
    found = companies(site.scan.sentences[s].first_mention, site.scan.sentences[s].last_mention);
  }
  if (found != 2) out.clear();
}

}  // namespace mailuo::extract
