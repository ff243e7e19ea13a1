#include "extract/relation_extractor.h"

#include <algorithm>
#include <cstddef>
#include <tuple>

#include <fmt/core.h>

#include "extract/derived_relations.h"
#include "extract/event_time.h"
#include "extract/relation_pairs.h"
#include "extract/role_finder.h"
#include "extract/rules_compiled.h"
#include "extract/rules_match.h"
#include "extract/status_finder.h"

namespace mailuo::extract {
namespace {

constexpr float kCarriedEnd = 0.85F;
constexpr float kConditional = 0.7F;
constexpr float kLowest = 0.3F;
constexpr float kModelAlone =
    0.45F;  // Precision from which the model needs no rule: FinRE valid as a whole stays above .73.
constexpr float kModelOnRule = 0.38F;      // Precision below which the model's doubt refuses a rule's relation.
constexpr float kModelOnEvent = 0.6F;      // Likewise of a relation that an event's roles state.
constexpr float kWorthTelling = 0.3F;      // What the model says below this is no candidate.
constexpr float kAliasAlone = 0.8F;        // Two names for one entity: a mistake here joins two timelines.
constexpr std::uint32_t kBesideMaker = 4;  // Units between a maker and its product.
constexpr std::uint32_t kBracket = 40;     // Units between a name and a ticker in its bracket.

constexpr StructuralRule kListed = {"LISTED_AS/1", 0.99F};           // A ticker in the bracket behind a name.
constexpr StructuralRule kMakerKnown = {"PRODUCES/lexicon", 0.92F};  // The lexicon's maker beside its product.
constexpr StructuralRule kMakerBeside = {"PRODUCES/beside", 0.72F};  // A company's name right before a product's.
constexpr StructuralRule kStructural[] = {kListed, kMakerKnown, kMakerBeside};
constexpr float kAliasStated = 0.99F;  // 以下简称.

float Confidence(const CompiledRules& rules, const StructuralRule& rule) {
  const MeasuredPrecision* const measured = rules.confidence.Find(rule.id);
  return measured == nullptr ? rule.estimate : measured->precision;
}

RelationEnd EndOf(const Document& document, std::uint32_t mention) {
  const EntityMention& entity = document.mentions[mention];
  return {static_cast<std::int32_t>(mention), entity.entity, entity.type, entity.name};
}

class SentenceRelations {
 public:
  SentenceRelations(const CompiledRules& rules, const RelationModel& model, const lexicon::Lexicon* lexicon,
                    const Document& document, const RuleScan& scan, const std::vector<Event>& events,
                    RefusedList refused)
      : rules_(rules),
        model_(model),
        lexicon_(lexicon),
        document_(document),
        scan_(scan),
        events_(events),
        refused_(refused) {}

  void Extract(std::uint32_t sentence, std::vector<Relation>& out) {
    found_.clear();
    const ScanSentence& in = scan_.sentences[sentence];
    for (std::uint32_t h = in.first_hit; h < in.last_hit; ++h) {
      const ScanHit& hit = scan_.hits[h];
      const RuleWord& word = rules_.words[hit.word];
      if (word.use != WordUse::kRelation) continue;
      Match(rules_.relations[word.rule], RuleSite{rules_.code_words, document_, scan_, sentence, hit.clause, hit.span});
    }
    Listings(sentence);
    Makers(sentence);
    KeepSurest();
    TakeMeasured();
    // Without a model every candidate stays: the model is trained on what the rules with words alone say.
    if (!model_.empty()) {
      const std::size_t by_words = found_.size();
      DeriveRelations(rules_, document_, events_, sentence, found_);
      JudgePairs(sentence, by_words);
      DropUnsure();
    }
    std::move(found_.begin(), found_.end(), std::back_inserter(out));
  }

 private:
  void Match(const RelationRule& rule, const RuleSite& site) {
    if (HoldsAny(rule.unless, site, {})) {
      if (refused_ != nullptr) Refuse(rule, site, RefusalReason::kForbidden, WhatHolds(rule.unless, site, {}));
      return;
    }
    if (!HoldsAll(rule.needs, site, {})) {
      if (refused_ != nullptr) Refuse(rule, site, RefusalReason::kNeeds, WhatIsMissing(rule.needs, site, {}));
      return;
    }
    used_.clear();
    // The end that stands right beside the word is the surer one: it is taken first.
    const bool head_first = rule.head.front() == Finder::kPrev || rule.head.front() == Finder::kNext;
    FoundMention head;
    FoundMention tail;
    const auto missing = [&](const char* end) {
      if (refused_ != nullptr) Refuse(rule, site, RefusalReason::kMissingRole, end);
    };
    if (head_first && !Take(rule.head, rule.head_types, site, head)) return missing("head");
    if (!Take(rule.tail, rule.tail_types, site, tail)) return missing("tail");
    if (!head_first && !Take(rule.head, rule.head_types, site, head)) return missing("head");
    const FoundStatus status = rule.noun ? FoundStatus{} : FindStatus(rules_, site);
    Relation relation;
    relation.type = rule.type;
    relation.sentence = site.sentence;
    relation.status = rule.status && !status.said ? *rule.status : status.status;
    relation.rule = rule.id;
    const float doubt =
        (head.carried ? kCarriedEnd : 1) * (tail.carried ? kCarriedEnd : 1) * (status.conditional ? kConditional : 1);
    // A candidate by what its author expects: what the model sees must not change with what was measured since.
    relation.confidence = rule.estimate * doubt;
    if (relation.confidence < kLowest) {
      if (refused_ != nullptr) Refuse(rule, site, RefusalReason::kUnsure, fmt::format("{:.2f}", relation.confidence));
      return;
    }
    if (rule.validity != 0) {
      relation.valid = Validity(rule, site);
      if (!status.said && IsAhead(relation.valid, site)) relation.status = FactStatus::kPlanned;
    }
    Spread(rule, site, head, tail, relation);
  }

  void Refuse(const RelationRule& rule, const RuleSite& site, RefusalReason reason, std::string detail) {
    refused_->push_back({RefusedWhat::kRelation, std::string(Word(rule.type)), rule.id,
                         document_.text.ToCodePoints(site.word), site.sentence, reason, std::move(detail)});
  }

  // Of a relation whose two ends are known.
  void Refuse(const Relation& relation, RefusalReason reason, std::string detail) {
    const text::UnitSpan head = document_.mentions[static_cast<std::size_t>(relation.head.mention)].span;
    const text::UnitSpan tail = document_.mentions[static_cast<std::size_t>(relation.tail.mention)].span;
    const text::UnitSpan span{std::min(head.start, tail.start), std::max(head.end, tail.end)};
    refused_->push_back({RefusedWhat::kRelation, std::string(Word(relation.type)), relation.rule,
                         document_.text.ToCodePoints(span), relation.sentence, reason, std::move(detail)});
  }

  bool Take(const std::vector<Finder>& finders, std::uint32_t types, const RuleSite& site, FoundMention& found) {
    found = FindMention(finders, types, site, used_);
    if (found) used_.push_back(static_cast<std::uint32_t>(found.mention));
    return static_cast<bool>(found);
  }

  // The day that opens or closes a state: one that the sentence itself gives. Who says that a state is over without a
  // day (卸任, 前CEO) closes it on the day of publication at the latest.
  static DateInterval Validity(const RelationRule& rule, const RuleSite& site) {
    const EventTime time = FindEventTime(site);
    const auto [first, last] = site.document.DatesOf(site.sentence);
    DateInterval valid;
    const auto date = static_cast<std::size_t>(time.date);
    if (time.date < 0 || date < first || date >= last) {
      const Article* const article = site.document.article;
      if (rule.validity < 0 && article != nullptr && article->published) valid.to = article->published->date;
      return valid;
    }
    if (rule.validity > 0) {
      valid.from = time.interval.from;
    } else {
      valid.to = time.interval.to ? time.interval.to : time.interval.from;
    }
    return valid;
  }

  // 将于2026年8月1日卸任, told in July: a whole date after the publication has not come yet. (A month and day without a
  // year may have been read a year too late.)
  static bool IsAhead(const DateInterval& valid, const RuleSite& site) {
    const Article* const article = site.document.article;
    const std::optional<Date>& day = valid.from ? valid.from : valid.to;
    if (article == nullptr || !article->published || !day || *day <= article->published->date) return false;
    const auto [first, last] = site.document.DatesOf(site.sentence);
    const auto begin = site.document.dates.begin();
    return std::any_of(begin + static_cast<std::ptrdiff_t>(first), begin + static_cast<std::ptrdiff_t>(last),
                       [&day](const dates::FoundDate& date) {
                         return date.kind == DateKind::kFull && (date.interval.from == day || date.interval.to == day);
                       });
  }

  // Lists on either side give a relation for each pair.
  void Spread(const RelationRule& rule, const RuleSite& site, FoundMention head, FoundMention tail,
              const Relation& relation) {
    heads_.assign(1, static_cast<std::uint32_t>(head.mention));
    tails_.assign(1, static_cast<std::uint32_t>(tail.mention));
    if (rule.many) {
      heads_.clear();
      tails_.clear();
      FindCoordinates(site, static_cast<std::uint32_t>(head.mention), rule.head_types, heads_);
      FindCoordinates(site, static_cast<std::uint32_t>(tail.mention), rule.tail_types, tails_);
    }
    // 甲会同乙下达…: who stands in one list does nothing to each other.
    const bool listed =
        rule.many && !Info(relation.type).symmetric &&
        std::find(heads_.begin(), heads_.end(), static_cast<std::uint32_t>(tail.mention)) != heads_.end();
    if (listed) return;
    for (const std::uint32_t h : heads_) {
      for (const std::uint32_t t : tails_) Add(scan_.mentions[h].mention, scan_.mentions[t].mention, relation);
    }
  }

  void Add(std::uint32_t head, std::uint32_t tail, const Relation& relation) {
    if (document_.mentions[head].entity == document_.mentions[tail].entity) return;
    if (Info(relation.type).symmetric && head > tail) std::swap(head, tail);
    found_.push_back(relation);
    found_.back().head = EndOf(document_, head);
    found_.back().tail = EndOf(document_, tail);
  }

  // The model judges every pair of companies: it speaks where no rule does, and says how far to trust a rule.
  // `by_words`: so many of the relations found come from rules with words, which it takes into account.
  void JudgePairs(std::uint32_t sentence, std::size_t by_words) {
    FindCompanyPairs(document_, sentence, pairs_);
    merely_listed_ = !pairs_.empty() && MerelyListsCompanies(rules_, document_, scan_, sentence);
    const std::size_t by_rules = found_.size();
    for (const CompanyPair& pair : pairs_) {
      rules_found_.assign(found_.begin(), found_.begin() + static_cast<std::ptrdiff_t>(by_words));
      ComputeRelationFeatures(DescribePair(rules_, document_, scan_, sentence, pair, rules_found_, names_), features_);
      model_.Score(features_, probabilities_);
      for (std::size_t k = 0; k < probabilities_.size(); ++k) {
        const RelationClass& judged = model_.classes()[k];
        if (judged.type) Judge(pair, judged, probabilities_[k], sentence, by_rules);
      }
    }
  }

  void Judge(const CompanyPair& pair, const RelationClass& judged, float probability, std::uint32_t sentence,
             std::size_t by_rules) {
    const std::uint32_t head = judged.forward ? pair.first : pair.second;
    const std::uint32_t tail = judged.forward ? pair.second : pair.first;
    bool ruled = false;
    for (std::size_t i = 0; i < by_rules; ++i) {
      Relation& relation = found_[i];
      if (relation.type != *judged.type || !Joins(relation, head, tail)) continue;
      const float agreed = rules_.confidence.ModelAndRule(probability);
      if (IsSure(relation)) {
        relation.confidence = std::max(relation.confidence, agreed);
      } else {
        const float least = relation.rule.ends_with("/event") ? kModelOnEvent : kModelOnRule;
        relation.confidence = agreed < least ? 0 : agreed;
        if (agreed < least && refused_ != nullptr) {
          Refuse(relation, RefusalReason::kModel, fmt::format("{:.2f}", agreed));
        }
      }
      ruled = true;
    }
    if (ruled) return;
    const float alone = rules_.confidence.ModelAlone(*judged.type, probability);
    const bool speaks = alone >= (judged.type == RelationType::kAliasOf ? kAliasAlone : kModelAlone) &&
                        !(judged.type == RelationType::kCompetesWith && merely_listed_);
    if (!speaks && (refused_ == nullptr || alone < kWorthTelling)) return;
    Relation relation;
    relation.type = *judged.type;
    relation.sentence = sentence;
    relation.confidence = alone;
    relation.rule = std::string(Word(*judged.type)) + "/model";
    const std::size_t before = found_.size();
    Add(head, tail, relation);
    if (speaks || found_.size() == before) return;
    Refuse(found_.back(), RefusalReason::kModel, fmt::format("{:.2f}", alone));
    found_.pop_back();
  }

  // What the model took back has been told already.
  void DropUnsure() {
    if (refused_ != nullptr) {
      for (const Relation& relation : found_) {
        if (relation.confidence >= kLowest || relation.confidence <= 0) continue;
        Refuse(relation, RefusalReason::kUnsure, fmt::format("{:.2f}", relation.confidence));
      }
    }
    std::erase_if(found_, [](const Relation& relation) { return relation.confidence < kLowest; });
  }

  // Null: it has no words.
  const RelationRule* RuleOf(const Relation& relation) const {
    const auto rule = std::find_if(rules_.relations.begin(), rules_.relations.end(),
                                   [&relation](const RelationRule& r) { return r.id == relation.rule; });
    return rule == rules_.relations.end() ? nullptr : &*rule;
  }

  // Its rule says that the model need not agree.
  bool IsSure(const Relation& relation) const {
    const RelationRule* const rule = RuleOf(relation);
    return rule != nullptr && rule->sure;
  }

  // From what the rules' authors expect to what labelled text says.
  void TakeMeasured() {
    for (Relation& relation : found_) {
      if (const RelationRule* const rule = RuleOf(relation)) relation.confidence *= rule->precision / rule->estimate;
    }
  }

  bool Joins(const Relation& relation, std::uint32_t head, std::uint32_t tail) const {
    const EntityId h = document_.mentions[head].entity;
    const EntityId t = document_.mentions[tail].entity;
    if (relation.head.entity == h && relation.tail.entity == t) return true;
    return Info(relation.type).symmetric && relation.head.entity == t && relation.tail.entity == h;
  }

  // 国泰君安(601211.SH; 02611.HK): the ticker mentions inside the bracket behind a company.
  void Listings(std::uint32_t sentence) {
    const auto [first, last] = document_.MentionsOf(sentence);
    for (std::size_t i = first; i < last; ++i) {
      const EntityMention& name = document_.mentions[i];
      if (name.type != MentionType::kCompany || !OpensBracket(name.span.end)) continue;
      for (std::size_t t = i + 1; t < last && InBracket(name.span.end, document_.mentions[t].span); ++t) {
        if (document_.mentions[t].type == MentionType::kTicker) AddListing(sentence, i, t);
      }
    }
  }

  bool OpensBracket(std::uint32_t at) const {
    constexpr std::u16string_view kOpen = u"([【";
    return at < document_.text.size() && kOpen.find(document_.text.units()[at]) != std::u16string_view::npos;
  }

  // From the bracket's first unit up to the mention nothing closes it.
  bool InBracket(std::uint32_t open, text::UnitSpan mention) const {
    if (mention.start <= open || mention.start > open + kBracket) return false;
    return document_.text.units({open, mention.start}).find_first_of(u")]】") == std::u16string_view::npos;
  }

  void AddListing(std::uint32_t sentence, std::size_t name, std::size_t ticker) {
    Relation relation;
    relation.type = RelationType::kListedAs;
    relation.sentence = sentence;
    relation.confidence = Confidence(rules_, kListed);
    relation.rule = kListed.id;
    relation.head = EndOf(document_, static_cast<std::uint32_t>(name));
    relation.tail = EndOf(document_, static_cast<std::uint32_t>(ticker));
    found_.push_back(std::move(relation));
  }

  // 英伟达H200: a product right behind a company's name, or a few units behind it where the lexicon says that the
  // company makes it; 华为昇腾 as a product's name holds its maker.
  void Makers(std::uint32_t sentence) {
    const auto [first, last] = document_.MentionsOf(sentence);
    for (std::size_t p = first; p < last; ++p) {
      const EntityMention& product = document_.mentions[p];
      if (product.type != MentionType::kProduct) continue;
      const std::string_view maker = MakerOf(product);
      for (std::size_t c = first; c < last; ++c) {
        const EntityMention& company = document_.mentions[c];
        if (company.type != MentionType::kCompany) continue;
        const std::uint32_t gap = product.span.start - std::min(company.span.end, product.span.start);
        if (company.span.end > product.span.start || gap > kBesideMaker) continue;
        const bool known = !maker.empty() && maker == company.name;
        if (!known && (gap > 0 || !maker.empty())) continue;
        AddMaker(sentence, c, p, known);
      }
      if (maker.empty() || !document_.text.Original(product.span).starts_with(maker)) continue;
      for (std::size_t c = 0; c < document_.mentions.size(); ++c) {
        if (document_.mentions[c].type != MentionType::kCompany || document_.mentions[c].name != maker) continue;
        AddMaker(sentence, c, p, true);
        break;
      }
    }
  }

  std::string_view MakerOf(const EntityMention& product) const {
    if (lexicon_ == nullptr) return {};
    const auto index = lexicon_->FindById(product.entity);
    return index ? lexicon_->Attribute(*index, "maker") : std::string_view();
  }

  void AddMaker(std::uint32_t sentence, std::size_t company, std::size_t product, bool known) {
    Relation relation;
    relation.type = RelationType::kProduces;
    relation.sentence = sentence;
    const StructuralRule& rule = known ? kMakerKnown : kMakerBeside;
    relation.confidence = Confidence(rules_, rule);
    relation.rule = rule.id;
    relation.head = EndOf(document_, static_cast<std::uint32_t>(company));
    relation.tail = EndOf(document_, static_cast<std::uint32_t>(product));
    found_.push_back(std::move(relation));
  }

  static auto Key(const Relation& relation) {
    return std::make_tuple(relation.head.entity, relation.tail.entity, relation.head.name, relation.tail.name,
                           relation.type);
  }

  // Of several reports of one relation the surest is kept, of equals the first in the text.
  void KeepSurest() {
    std::stable_sort(found_.begin(), found_.end(), [](const Relation& a, const Relation& b) {
      if (Key(a) != Key(b)) return Key(a) < Key(b);
      if (a.confidence != b.confidence) return a.confidence > b.confidence;
      return std::tie(a.head.mention, a.tail.mention) < std::tie(b.head.mention, b.tail.mention);
    });
    if (refused_ != nullptr) {
      for (std::size_t i = 1, kept = 0; i < found_.size(); ++i) {
        if (Key(found_[i]) != Key(found_[kept])) kept = i;
        if (kept < i && found_[i].rule != found_[kept].rule) {
          Refuse(found_[i], RefusalReason::kSameRelation, found_[kept].rule);
        }
      }
    }
    found_.erase(std::unique(found_.begin(), found_.end(),
                             [](const Relation& a, const Relation& b) { return Key(a) == Key(b); }),
                 found_.end());
  }

  const CompiledRules& rules_;
  const RelationModel& model_;
  const lexicon::Lexicon* lexicon_;
  const Document& document_;
  const RuleScan& scan_;
  const std::vector<Event>& events_;
  RefusedList refused_;
  std::vector<Relation> found_;
  std::vector<std::uint32_t> used_;
  std::vector<std::uint32_t> heads_;
  std::vector<std::uint32_t> tails_;
  std::vector<CompanyPair> pairs_;
  bool merely_listed_ = false;
  std::vector<Relation> rules_found_;
  std::vector<text::UnitSpan> names_;
  std::vector<std::uint32_t> features_;
  std::vector<float> probabilities_;
};

void AddAliases(const Document& document, std::vector<Relation>& out) {
  for (const DocumentAlias& alias : document.aliases) {
    if (alias.full >= document.mentions.size() || alias.alias >= document.mentions.size()) continue;
    Relation relation;
    relation.type = RelationType::kAliasOf;
    relation.head = EndOf(document, static_cast<std::uint32_t>(std::min(alias.full, alias.alias)));
    relation.tail = EndOf(document, static_cast<std::uint32_t>(std::max(alias.full, alias.alias)));
    relation.sentence = document.mentions[alias.full].sentence;
    relation.confidence = kAliasStated;
    relation.rule = "ALIAS_OF/" + std::to_string(static_cast<int>(alias.kind));
    // Both ends are one entity: what tells them apart is how the text writes them.
    for (RelationEnd* end : {&relation.head, &relation.tail}) {
      end->name = document.text.Original(document.mentions[static_cast<std::size_t>(end->mention)].span);
    }
    out.push_back(std::move(relation));
  }
}

}  // namespace

std::span<const StructuralRule> StructuralRules() { return kStructural; }

const std::map<std::string, MeasuredPrecision>& RulePrecisions() {
  static const std::map<std::string, MeasuredPrecision> all = [] {
    const ConfidenceTable& table = ConfidenceTable::BuiltIn();
    std::map<std::string, MeasuredPrecision> known(table.rules().begin(), table.rules().end());
    const auto add = [&known](std::string_view id, float estimate) {
      known.try_emplace(std::string(id), MeasuredPrecision{0, estimate, 0, "estimate"});
    };
    if (const auto rules = Rules::BuiltIn()) {
      for (const TriggerRule& rule : (*rules)->compiled().triggers) add(rule.id, rule.estimate);
      for (const RelationRule& rule : (*rules)->compiled().relations) add(rule.id, rule.estimate);
      for (const DerivedRule& rule : (*rules)->compiled().derived) add(rule.id, rule.precision);
    }
    for (const StructuralRule& rule : kStructural) add(rule.id, rule.estimate);
    return known;
  }();
  return all;
}

void RelationExtractor::Extract(const Document& document, const RuleScan& scan, const std::vector<Event>& events,
                                std::vector<Relation>& out, RefusedList refused) const {
  const auto first = static_cast<std::ptrdiff_t>(out.size());
  SentenceRelations sentences(rules_->compiled(), model_, lexicon_, document, scan, events, refused);
  for (std::uint32_t s = 0; s < scan.sentences.size(); ++s) sentences.Extract(s, out);
  AddAliases(document, out);
  std::stable_sort(out.begin() + first, out.end(), [](const Relation& a, const Relation& b) {
    return std::make_tuple(a.sentence, a.head.mention, a.tail.mention, a.type) <
           std::make_tuple(b.sentence, b.head.mention, b.tail.mention, b.type);
  });
}

}  // namespace mailuo::extract
