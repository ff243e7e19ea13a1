#include "extract/role_finder.h"

#include <algorithm>
#include <string_view>

#include "text/folded_text.h"

namespace mailuo::extract {
namespace {

using Units = std::u16string_view;

constexpr std::uint32_t kBeside = 4;      // Units between a word and the mention beside it.
constexpr std::uint32_t kMaxObject = 30;  // Units between a word and its object.

constexpr Units kPassiveWords[] = {u"被",   u"遭",   u"获",     u"受",     u"遭到",
                                   u"受到", u"获得", u"被强制", u"被正式", u"遭到了"};
constexpr Units kAnaphora[] = {u"公司", u"集团", u"其", u"该行", u"双方", u"该企业"};

class Search {
 public:
  Search(std::uint32_t types, const RuleSite& site, const std::vector<std::uint32_t>& used)
      : types_(types), site_(site), used_(used), clause_(site.in_clause()), mentions_(site.scan.mentions) {}

  FoundMention Find(Finder finder) const {
    switch (finder) {
      case Finder::kSubject: return {Subject()};
      case Finder::kAgent: return {IsPassive(site_) ? Marked(Particle::kBy) : Agent()};
      case Finder::kPatient: return Patient();
      case Finder::kObject: return {Object()};
      case Finder::kTo: return {Marked(Particle::kTo)};
      case Finder::kWith: return {With()};
      case Finder::kTake: return {Marked(Particle::kTake)};
      case Finder::kFrom: return {Marked(Particle::kFrom)};
      case Finder::kAt: return {Marked(Particle::kAt)};
      case Finder::kBy: return {Marked(Particle::kBy)};
      case Finder::kNext: return {Next()};
      case Finder::kPrev: return {Previous()};
      case Finder::kCarried: return Carried();
      case Finder::kAnyBefore:
        return {Before([](const ScanMention& mention) { return mention.particle != Particle::kSource; })};
      case Finder::kNear: return {Nearest(clause_.first_mention, clause_.last_mention)};
      case Finder::kAnaphor: return Anaphor();
      case Finder::kMain: return Main();
      case Finder::kSentence: return {Nearest(site_.in_sentence().first_mention, site_.in_sentence().last_mention)};
    }
    return {};
  }

 private:
  bool Fits(std::uint32_t m) const {
    const EntityMention& entity = site_.entity(mentions_[m]);
    if (!HasType(types_, entity.type)) return false;
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
    return Before([](const ScanMention& mention) { return mention.particle == Particle::kNone; });
  }
  std::int32_t Agent() const {
    const std::int32_t by = Marked(Particle::kBy);
    return by >= 0 ? by : Subject();
  }
  std::int32_t Marked(Particle particle) const {
    return Before([particle](const ScanMention& mention) { return mention.particle == particle; });
  }

  std::int32_t Object() const {
    std::int32_t holder = -1;
    for (std::uint32_t m = clause_.first_mention; m < clause_.last_mention; ++m) {
      const ScanMention& mention = mentions_[m];
      if (mention.span.start < site_.word.end) continue;
      if (mention.span.start - site_.word.end > kMaxObject) break;
      if (!Fits(m) || mention.particle == Particle::kBy || mention.particle == Particle::kAbout ||
          mention.particle == Particle::kSource || mention.particle == Particle::kAt ||
          mention.particle == Particle::kFrom) {
        continue;
      }
      // 收购甲持有的乙: 乙 is bought, 甲 only held it.
      const Units rest = site_.units().substr(mention.span.end, 2);
      if (holder < 0 && (rest.starts_with(u"持有") || rest.starts_with(u"所持") || rest.starts_with(u"旗下"))) {
        holder = static_cast<std::int32_t>(m);
        continue;
      }
      return static_cast<std::int32_t>(m);
    }
    return holder;
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
    return Before([](const ScanMention& mention) { return mention.coordinated; });
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
    for (std::uint32_t c = site_.clause; c-- > site_.in_sentence().first_clause;) {
      const ScanClause& clause = site_.scan.clauses[c];
      for (std::uint32_t m = clause.first_mention; m < clause.last_mention; ++m) {
        if (mentions_[m].particle == Particle::kNone && Fits(m)) return {static_cast<std::int32_t>(m), true};
      }
    }
    const std::int32_t topic = site_.in_sentence().topic_before;
    if (topic >= 0 && Fits(static_cast<std::uint32_t>(topic)) && (HasAnaphora() || Opens())) return {topic, true};
    const std::int32_t main = site_.scan.main_company;
    if (main >= 0 && Fits(static_cast<std::uint32_t>(main)) && HasAnaphora()) return {main, true};
    return {};
  }

  // The sentence starts with its verb: its subject is that of the sentence before.
  bool Opens() const {
    constexpr std::uint32_t kFewUnits = 6;
    return site_.word.start <= site_.document.sentences[site_.sentence].sentence.span.start + kFewUnits;
  }

  // 杭州公司, 其他 and 尤其 stand for nobody.
  static bool StandsAlone(Units text, std::size_t at, Units word) {
    static constexpr Units kBeforeWord = u"该本由为对向与将被给使因令从在据是和";
    if (word == u"其") {
      const char16_t next = at + 1 < text.size() ? text[at + 1] : u'\0';
      const char16_t previous = at > 0 ? text[at - 1] : u'\0';
      if (next == u'中') return at == 0;  // 其中… goes on about the sentence before.
      return next != u'他' && next != u'它' && next != u'余' && previous != u'尤' && previous != u'极';
    }
    return at == 0 || !text::IsHan(text[at - 1]) || kBeforeWord.find(text[at - 1]) != Units::npos;
  }

  // 公司 and the like before the word in the sentence, or anywhere in its clause.
  bool HasAnaphora() const {
    const std::uint32_t start = site_.document.sentences[site_.sentence].sentence.span.start;
    const Units text = site_.document.text.units({start, clause_.span.end});
    for (const Units word : kAnaphora) {
      for (std::size_t at = text.find(word); at != Units::npos; at = text.find(word, at + 1)) {
        if (StandsAlone(text, at, word)) return true;
      }
    }
    return false;
  }

  FoundMention Main() const {
    for (const std::int32_t main : {site_.scan.main_person, site_.scan.main_company}) {
      if (main >= 0 && Fits(static_cast<std::uint32_t>(main))) return {main, true};
    }
    return {};
  }

  FoundMention Anaphor() const {
    const Units before = site_.before();
    if (!before.ends_with(u"公司") && !before.ends_with(u"集团") && !before.ends_with(u"其")) return {};
    return Carried();
  }

  std::uint32_t types_;
  const RuleSite& site_;
  const std::vector<std::uint32_t>& used_;
  const ScanClause& clause_;
  const std::vector<ScanMention>& mentions_;
};

}  // namespace

bool IsPassive(const RuleSite& site) {
  const Units before = site.before();
  for (const Units word : kPassiveWords) {
    if (before.ends_with(word)) return true;
  }
  const ScanClause& clause = site.in_clause();
  for (std::uint32_t m = clause.first_mention; m < clause.last_mention; ++m) {
    const ScanMention& mention = site.scan.mentions[m];
    if (mention.span.end <= site.word.start && mention.particle == Particle::kBy) return true;
  }
  return false;
}

FoundMention FindMention(const std::vector<Finder>& finders, std::uint32_t types, const RuleSite& site,
                         const std::vector<std::uint32_t>& used) {
  const Search search(types, site, used);
  for (const Finder finder : finders) {
    if (const FoundMention found = search.Find(finder)) return found;
  }
  return {};
}

void FindCoordinates(const RuleSite& site, std::uint32_t mention, std::uint32_t types,
                     std::vector<std::uint32_t>& out) {
  const std::vector<ScanMention>& mentions = site.scan.mentions;
  const ScanClause& clause = site.scan.clauses[mentions[mention].clause];
  std::uint32_t first = mention;
  while (first > clause.first_mention && mentions[first].coordinated) --first;
  std::uint32_t last = mention + 1;
  while (last < clause.last_mention && mentions[last].coordinated) ++last;
  for (std::uint32_t m = first; m < last; ++m) {
    if (m == mention || HasType(types, site.entity(mentions[m]).type)) out.push_back(m);
  }
}

}  // namespace mailuo::extract
