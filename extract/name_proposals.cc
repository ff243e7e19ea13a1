// From what articles say of names to what the lexicon should know: NameLearner::Propose and its TSV.
#include <algorithm>
#include <tuple>
#include <utility>

#include <fmt/core.h>

#include "extract/name_learner.h"
#include "lexicon/tsv_writer.h"
#include "text/folded_text.h"

namespace mailuo::extract {
namespace {

using lexicon::NameKind;
using lexicon::NameStrength;
using Name = NameLearner::Name;
using Claim = NameLearner::Claim;
using Evidence = NameLearner::Evidence;

std::uint32_t CountSources(const Evidence& evidence) {
  std::set<std::string_view> outlets;
  for (const auto& [article, witness] : evidence) outlets.insert(witness.outlet);
  return static_cast<std::uint32_t>(outlets.size());
}

Support Summarize(const Evidence& evidence) {
  Support support;
  support.articles = static_cast<std::uint32_t>(evidence.size());
  support.sources = CountSources(evidence);
  for (const auto& [article, witness] : evidence) {
    const auto& day = witness.published;
    // Ids ascend: of one day the smallest stays. Undated ones speak only where no other does.
    if (!support.article || (day && (!support.first || *day < *support.first))) {
      support.article = article;
      support.quote = witness.quote;
    }
    if (day && (!support.first || *day < *support.first)) support.first = day;
    if (day && (!support.last || *support.last < *day)) support.last = day;
  }
  return support;
}

// Names that are one entity.
class Sets {
 public:
  Name Find(const Name& name) {
    const auto [it, fresh] = parent_.try_emplace(name, name);
    if (fresh || it->second == name) return name;
    const Name above = it->second;
    it->second = Find(above);
    return it->second;
  }
  // False: they are two different entities of the lexicon. One that the lexicon knows represents its set.
  bool Unite(const Name& a, const Name& b) {
    Name left = Find(a);
    Name right = Find(b);
    if (left == right) return true;
    if (left.known && right.known) return false;
    if (right.known || (!left.known && right < left)) std::swap(left, right);
    parent_[right] = left;
    return true;
  }
  std::map<Name, std::vector<Name>> All() {
    std::map<Name, std::vector<Name>> sets;
    std::vector<Name> names;
    names.reserve(parent_.size());
    for (const auto& [name, parent] : parent_) names.push_back(name);
    for (const Name& name : names) sets[Find(name)].push_back(name);
    return sets;
  }

 private:
  std::map<Name, Name> parent_;
};

std::string_view ExchangeOf(std::string_view ticker) { return ticker.substr(ticker.rfind('.') + 1); }

class Proposer {
 public:
  Proposer(const lexicon::Lexicon& lexicon, const std::map<Name, std::map<std::string, std::uint32_t>>& spellings,
           const std::set<Name>& registered)
      : lexicon_(lexicon), spellings_(spellings), registered_(registered) {}

  void Accept(const Claim& claim, const Evidence& evidence) {
    by_name_[claim.name].push_back({&claim, &evidence});
    about_[claim.name].push_back({&claim, &evidence});
    about_[claim.owner].push_back({&claim, &evidence});
  }

  Learned Run() {
    // Codes first: whoever bears a code is one company.
    for (const auto& [name, claims] : by_name_) {
      if (name.ticker) Join(name, claims);
    }
    // Who claims a name is judged by what codes say, not by names joined meanwhile: no order among names.
    std::vector<Name> clear;
    for (const auto& [name, claims] : by_name_) {
      if (!name.ticker && IsClear(name, claims)) clear.push_back(name);
    }
    for (const Name& name : clear) Join(name, by_name_.at(name));
    for (const auto& [root, names] : sets_.All()) AddEntity(root, names);
    const auto order = [](const auto& a, const auto& b) { return Key(a) < Key(b); };
    std::sort(learned_.entities.begin(), learned_.entities.end(), order);
    std::sort(learned_.conflicts.begin(), learned_.conflicts.end(), order);
    return std::move(learned_);
  }

 private:
  struct Said {
    const Claim* claim;
    const Evidence* evidence;
  };

  static std::pair<MentionType, std::string> Key(const LearnedEntity& entity) {
    return {entity.row.type, entity.row.names.front().text};
  }
  static std::pair<MentionType, std::string> Key(const NameConflict& conflict) {
    return {conflict.type, conflict.name};
  }

  // As most often written; of equals the smaller.
  std::string Spelled(const Name& name) const {
    const auto found = spellings_.find(name);
    if (found == spellings_.end() || found->second.empty()) return name.folded;
    const auto best = std::max_element(found->second.begin(), found->second.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    return best->first;
  }

  static Evidence Sum(const std::vector<Said>& said) {
    Evidence sum;
    for (const Said& each : said) sum.insert(each.evidence->begin(), each.evidence->end());
    return sum;
  }

  void AddConflict(const Name& name, const std::set<std::string>& owners, const std::vector<Said>& said) {
    learned_.conflicts.push_back({name.type, Spelled(name), {owners.begin(), owners.end()}, Summarize(Sum(said))});
  }

  void Join(const Name& name, const std::vector<Said>& claims) {
    for (const Said& said : claims) {
      if (sets_.Unite(said.claim->owner, name)) continue;
      AddConflict(name, {Spelled(sets_.Find(said.claim->owner)), Spelled(sets_.Find(name))}, claims);
      return;
    }
  }

  // Is one entity alone called so, as far as articles and lexicon say?
  bool IsClear(const Name& name, const std::vector<Said>& claims) {
    std::set<Name> owners;
    for (const Said& said : claims) owners.insert(sets_.Find(said.claim->owner));
    for (const lexicon::NameEntry& entry : lexicon_.FindByName(name.folded)) {
      const lexicon::EntityInfo info = lexicon_.Entity(entry.entity);
      if (info.type == name.type && entry.strength != NameStrength::kTickerOnly) {
        owners.insert({info.type, {}, info.id, false});
      }
    }
    if (owners.size() <= 1 || AreOneName(owners)) return true;
    std::set<std::string> called;
    for (const Name& owner : owners) {
      const auto index = owner.known ? lexicon_.FindById(owner.known) : std::nullopt;
      called.insert(index ? std::string(lexicon_.Entity(*index).name) : Spelled(owner));
    }
    AddConflict(name, called, claims);
    return false;
  }

  // 岚屿智算股份有限公司 and 杭州岚屿智算股份有限公司: one registered name, once without its place.
  static bool AreOneName(const std::set<Name>& owners) {
    const auto shortest = std::min_element(
        owners.begin(), owners.end(), [](const Name& a, const Name& b) { return a.folded.size() < b.folded.size(); });
    return std::all_of(owners.begin(), owners.end(), [&](const Name& owner) {
      if (owner.known || owner.ticker || owner.folded.size() < shortest->folded.size()) return false;
      return owner.folded.compare(owner.folded.size() - shortest->folded.size(), std::string::npos, shortest->folded) ==
             0;
    });
  }

  // What is said of `name`, as a name of others and as the owner of others, and holds.
  std::vector<Said> Of(const Name& name) {
    std::vector<Said> said;
    const auto about = about_.find(name);
    if (about == about_.end()) return said;
    for (const Said& each : about->second) {
      if (sets_.Find(each.claim->owner) == sets_.Find(each.claim->name)) said.push_back(each);
    }
    return said;
  }

  NameKind KindOf(const Name& name) const {
    if (registered_.count(name) != 0) return NameKind::kFull;
    const auto claims = by_name_.find(name);
    if (claims == by_name_.end()) return NameKind::kAlias;
    const auto best = std::max_element(claims->second.begin(), claims->second.end(), [](const Said& a, const Said& b) {
      return a.evidence->size() < b.evidence->size();
    });
    return best->claim->kind;
  }

  // Two characters are a word somewhere, and so is what the lexicon has for something else.
  NameStrength StrengthOf(const Name& name) const {
    constexpr std::size_t kSaysLittle = 2;
    const bool little = text::FoldKey16(name.folded).size() <= kSaysLittle;
    return little || !lexicon_.FindByName(name.folded).empty() ? NameStrength::kWeak : NameStrength::kSure;
  }

  void AddEntity(const Name& root, const std::vector<Name>& names) {
    LearnedEntity entity;
    entity.row.type = root.type;
    const auto index = root.known ? lexicon_.FindById(root.known) : std::nullopt;
    entity.known = index.has_value();
    std::vector<std::pair<Name, std::size_t>> ranked;  // With the articles that use them.
    for (const Name& name : names) {
      if (!name.known && !name.ticker) ranked.emplace_back(name, Sum(Of(name)).size());
    }
    const auto rank = [this](const auto& each) {
      const NameKind kind = KindOf(each.first);
      const bool called = kind == NameKind::kShort || kind == NameKind::kAlias;
      return std::tuple(!called, ~each.second, each.first.folded.size(), each.first.folded);
    };
    std::sort(ranked.begin(), ranked.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
    added_head_tickers_ = 0;
    if (index) AddKnownHead(*index, entity);
    for (const auto& [name, articles] : ranked) {
      const NameKind kind = entity.row.names.empty() ? NameKind::kCanonical : KindOf(name);
      entity.row.names.push_back({Spelled(name), StrengthOf(name), kind, true});
      entity.names.push_back(Summarize(Sum(Of(name))));
    }
    AddTickers(names, entity);
    std::vector<Said> all;
    for (const Name& name : names) {
      for (const Said& said : Of(name)) all.push_back(said);
    }
    // Of a known entity something must be new; an unknown one must have more than one name for itself.
    const std::size_t fresh = ranked.size() + entity.row.tickers.size() - added_head_tickers_;
    if (all.empty() || entity.row.names.empty() || fresh < (entity.known ? 1U : 2U)) return;
    entity.support = Summarize(Sum(all));
    const Support& support = entity.support;
    entity.row.source = fmt::format("learned: {} articles, {} sources", support.articles, support.sources);
    if (support.first) {
      entity.row.source += fmt::format(", {}..{}", FormatDate(*support.first), FormatDate(*support.last));
    }
    learned_.entities.push_back(std::move(entity));
  }

  void AddKnownHead(lexicon::EntityIndex index, LearnedEntity& entity) {
    const lexicon::EntityInfo info = lexicon_.Entity(index);
    entity.row.names.push_back({std::string(info.name), NameStrength::kSure, NameKind::kCanonical, true});
    std::size_t namesakes = 0;
    for (const lexicon::NameEntry& entry : lexicon_.FindByName(info.name)) {
      const bool canonical = entry.kind == NameKind::kCanonical && lexicon_.Entity(entry.entity).type == info.type;
      if (canonical) ++namesakes;
      // The line is the entity's own: its name keeps the strength that it has.
      if (canonical && entry.entity == index) entity.row.names.front().strength = entry.strength;
    }
    if (namesakes > 1 && !info.tickers.empty()) {
      entity.row.tickers.emplace_back(info.tickers.front());
      added_head_tickers_ = 1;
    }
  }

  // One code of each exchange: the one that more articles give.
  void AddTickers(const std::vector<Name>& names, LearnedEntity& entity) {
    std::map<std::string_view, std::vector<const Name*>> by_exchange;
    for (const Name& name : names) {
      if (name.ticker) by_exchange[ExchangeOf(name.folded)].push_back(&name);
    }
    for (auto& [exchange, tickers] : by_exchange) {
      std::stable_sort(tickers.begin(), tickers.end(),
                       [this](const Name* a, const Name* b) { return Sum(Of(*a)).size() > Sum(Of(*b)).size(); });
      entity.row.tickers.push_back(tickers.front()->folded);
      for (std::size_t i = 1; i < tickers.size(); ++i) {
        AddConflict(*tickers[i], {entity.row.names.front().text}, Of(*tickers[i]));
      }
    }
  }

  const lexicon::Lexicon& lexicon_;
  const std::map<Name, std::map<std::string, std::uint32_t>>& spellings_;
  const std::set<Name>& registered_;
  std::map<Name, std::vector<Said>> by_name_;
  std::map<Name, std::vector<Said>> about_;
  Sets sets_;
  Learned learned_;
  std::size_t added_head_tickers_ = 0;
};

}  // namespace

Learned NameLearner::Propose(const LearnThresholds& thresholds) const {
  Proposer proposer(lexicon_, spellings_, registered_);
  for (const auto& [claim, evidence] : claims_) {
    if (evidence.size() < thresholds.min_articles || CountSources(evidence) < thresholds.min_sources) continue;
    proposer.Accept(claim, evidence);
  }
  return proposer.Run();
}

std::string WriteLearned(const Learned& learned) {
  std::string text = lexicon::LexiconHeader();
  for (const LearnedEntity& entity : learned.entities) {
    const Support& support = entity.support;
    text += fmt::format("# {}{}  {}  {}\n", entity.known ? "known; " : "", support.quote, FormatId(support.article),
                        support.first ? FormatDate(*support.first) : std::string("undated"));
    text += lexicon::WriteLexiconLine(entity.row);
  }
  for (const NameConflict& conflict : learned.conflicts) {
    std::string owners;
    for (const std::string& owner : conflict.owners) owners += (owners.empty() ? "" : "; ") + owner;
    text +=
        fmt::format("# conflict: {} {} is claimed by {} ({} articles)  {}  {}\n", Word(conflict.type), conflict.name,
                    owners, conflict.support.articles, conflict.support.quote, FormatId(conflict.support.article));
  }
  return text;
}

}  // namespace mailuo::extract
