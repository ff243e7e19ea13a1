#include "extract/event_extractor.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/core.h>

#include "extract/event_merge.h"
#include "extract/event_time.h"
#include "extract/role_finder.h"
#include "extract/rules_compiled.h"
#include "extract/rules_match.h"
#include "extract/status_finder.h"
#include "extract/value_finder.h"
#include "extract/word_match.h"

namespace mailuo::extract {
namespace {

// Factors on a rule's precision. Estimated on labelled sentences: an event whose participants are known only from
// an earlier clause, or not at all, is wrong more often.
constexpr float kCarriedOnly = 0.98F;
constexpr float kNobody = 0.95F;
constexpr float kOfDeal = 0.9F;        // 这笔交易终止: which deal it is, is a guess.
constexpr float kNobodyUnsure = 0.8F;  // Of the types that are spoken of without telling any.
constexpr float kConditional = 0.7F;
constexpr float kQuestion = 0.8F;
constexpr float kLowest = 0.3F;  // annotate-contract: less sure events are not reported.

class SentenceEvents {
 public:
  SentenceEvents(const CompiledRules& rules, const Document& document, const RuleScan& scan, RefusedList refused)
      : rules_(rules), document_(document), scan_(scan), refused_(refused) {}

  void Extract(std::uint32_t sentence, std::vector<Event>& out) {
    const ScanSentence& in = scan_.sentences[sentence];
    events_.clear();
    for (std::uint32_t h = in.first_hit; h < in.last_hit; ++h) {
      const ScanHit& hit = scan_.hits[h];
      const RuleWord& word = rules_.words[hit.word];
      if (word.use != WordUse::kTrigger) continue;
      const RuleSite site{rules_.code_words, document_, scan_, sentence, hit.clause, hit.span};
      EventCandidate candidate;
      candidate.by = &rules_.triggers[word.rule];
      if (Build(rules_.triggers[word.rule], site, candidate)) events_.push_back(std::move(candidate));
    }
    FillValues(sentence);
    OnePerTrigger();
    MergeEvents(events_, refused_);
    DropFaint();
    const std::optional<Event> end = EndOfDeal(sentence, out);
    for (EventCandidate& candidate : events_) out.push_back(std::move(candidate.event));
    if (end) out.push_back(*end);
  }

 private:
  // 这笔交易已于2022年2月终止: the deal told last in the paragraph is called off, or carried out.
  std::optional<Event> EndOfDeal(std::uint32_t sentence, const std::vector<Event>& told) const {
    const ScanSentence& in = scan_.sentences[sentence];
    const CodeWords& words = rules_.code_words;
    for (std::uint32_t h = in.first_hit; h < in.last_hit; ++h) {
      const ScanHit& hit = scan_.hits[h];
      const RuleWord& word = rules_.words[hit.word];
      if (word.use != WordUse::kStatus) continue;
      const StatusEffect effect = rules_.statuses[word.rule].effect;
      const bool done = effect == StatusEffect::kDone && StartsWithAny(document_.text.units(hit.span), words.deal_done);
      if (effect != StatusEffect::kTerminated && !done) continue;
      const text::UnitSpan deal = DealBefore(hit, done);
      const Event* const before = deal.size() == 0 ? nullptr : DealTold(sentence, told);
      if (before == nullptr || TellsDeal(before->type)) continue;
      const RuleSite site{words, document_, scan_, sentence, hit.clause, deal};
      const FactStatus status = FindStatus(rules_, site).status;
      if (status != FactStatus::kOccurred && (done || status != FactStatus::kTerminated)) continue;
      Event event = *before;
      event.trigger = document_.text.ToCodePoints(deal);
      event.sentence = sentence;
      event.status = done ? FactStatus::kOccurred : FactStatus::kTerminated;
      event.polarity = static_cast<std::int8_t>(done ? Info(event.type).polarity : -Info(event.type).polarity);
      event.time = FindEventTime(site, TimeOf::kHappening, &rules_);
      event.confidence *= kOfDeal;
      return event;
    }
    return std::nullopt;
  }

  // The words for a deal before the hit in its clause; empty without any, and where the deal is not said to be over.
  text::UnitSpan DealBefore(const ScanHit& hit, bool done) const {
    constexpr std::uint32_t kReach = 20;  // Units between them.
    constexpr std::size_t kAhead = 3;     // Units before the deal.
    const std::uint32_t start = scan_.clauses[hit.clause].span.start;
    const std::u16string_view before = document_.text.units({start, hit.span.start});
    for (const std::u16string& word : rules_.code_words.deals) {
      const std::size_t at = before.rfind(word);
      if (at == std::u16string_view::npos || before.size() - at > kReach + word.size()) continue;
      const CodeWords& words = rules_.code_words;
      const std::u16string_view between = before.substr(at + word.size());
      const std::u16string_view ahead =
          before.substr(at > kAhead ? at - kAhead : 0, std::min(at, kAhead));  // 若该交易…
      if (ContainsAny(between, words.deal_not) || ContainsAny(ahead, words.deal_not) ||
          (done && !ContainsAny(between, words.deal_said)) ||
          StartsWithAny(document_.text.units().substr(hit.span.end), words.deal_open)) {
        return {};
      }
      const auto from = static_cast<std::uint32_t>(start + at);
      return {from, static_cast<std::uint32_t>(from + word.size())};
    }
    return {};
  }

  // The last deal told in one of the last sentences of the paragraph, or in the sentence right before.
  const Event* DealTold(std::uint32_t sentence, const std::vector<Event>& told) const {
    constexpr std::uint32_t kSentences = 3;
    for (std::size_t e = told.size(); e-- > 0;) {
      const Event& event = told[e];
      if (event.sentence + kSentences < sentence) return nullptr;
      const bool near =
          document_.sentences[event.sentence].sentence.paragraph == document_.sentences[sentence].sentence.paragraph;
      if (!near && event.sentence + 1 != sentence) return nullptr;
      if (rules_.code_words.dealt.test(static_cast<std::size_t>(event.type)) && !event.participants.empty()) {
        return event.status == FactStatus::kPlanned || event.status == FactStatus::kOccurred ? &event : nullptr;
      }
    }
    return nullptr;
  }

  // The sentence tells a deal of its own.
  bool TellsDeal(EventType type) const {
    return std::any_of(events_.begin(), events_.end(), [this, type](const EventCandidate& candidate) {
      return candidate.event.type == type ||
             rules_.code_words.dealt.test(static_cast<std::size_t>(candidate.event.type));
    });
  }

  bool Build(const TriggerRule& rule, const RuleSite& site, EventCandidate& candidate) {
    if (HoldsAny(rule.unless, site, {})) {
      if (refused_ != nullptr) Refuse(rule, site, RefusalReason::kForbidden, WhatHolds(rule.unless, site, {}));
      return false;
    }
    if (IsInCitedTitle(site)) {
      if (refused_ != nullptr) Refuse(rule, site, RefusalReason::kForbidden, "cited title");
      return false;
    }
    if (IsOnlyNamed(site)) {
      if (refused_ != nullptr) Refuse(rule, site, RefusalReason::kForbidden, "only_named");
      return false;
    }
    Event& event = candidate.event;
    FillRoles(rule, site, candidate);
    if (!rule.strong && event.participants.empty()) {
      if (refused_ != nullptr) Refuse(rule, site, RefusalReason::kMissingRole, {});
      return false;
    }
    roles_.clear();
    for (const Participant& participant : event.participants) roles_.push_back(participant.role);
    if (!HoldsAll(rule.needs, site, roles_)) {
      if (refused_ != nullptr) Refuse(rule, site, RefusalReason::kNeeds, WhatIsMissing(rule.needs, site, roles_));
      return false;
    }
    const FoundStatus status =
        FindStatus(rules_, site, rules_.code_words.decided.test(static_cast<std::size_t>(rule.type)));
    event.type = rule.type;
    event.rule = rule.id;
    event.trigger = document_.text.ToCodePoints(site.word);
    event.sentence = site.sentence;
    event.status = rule.status && !status.said ? *rule.status : status.status;
    event.confidence = Confidence(rule, site, status, candidate);
    if (event.confidence < kLowest) {
      if (refused_ != nullptr) Refuse(rule, site, RefusalReason::kUnsure, fmt::format("{:.2f}", event.confidence));
      return false;
    }
    candidate.clause = site.clause;
    candidate.word = site.word;
    candidate.noun = StartsWithAny(site.after(), site.words.papers);
    event.time = FindEventTime(site, WhatIsDated(rule), &rules_);
    candidate.own_date = event.time.date >= 0 && site.in_clause().span.Overlaps(
                                                     document_.dates[static_cast<std::size_t>(event.time.date)].span);
    AgreeWithTime(rule, status, event);
    event.polarity = Polarity(rule, site, event.status);
    return true;
  }

  // 涉嫌违反《关于批准甲收购乙的公告》: the paper tells of an older happening.
  bool IsInCitedTitle(const RuleSite& site) const {
    const std::u16string_view before = site.before();
    const std::size_t open = before.rfind(u'《');
    if (open == std::u16string_view::npos || before.find(u'》', open) != std::u16string_view::npos) return false;
    // 违反《甲法》及《…》: a list of titles is cited as one.
    return EndsWithAny(before.substr(0, before.find(u'《')), rules_.code_words.cites);
  }

  // 供应中断的风险, “退市”预警: nobody says that it happened.
  static bool IsOnlyNamed(const RuleSite& site) {
    std::u16string_view after = site.after();
    while (!after.empty() && (after.front() == u'”' || after.front() == u'"')) after.remove_prefix(1);
    return StartsWithAny(after, site.words.only_named) && !StartsWithAny(after, site.words.still_told);
  }

  // Only now it is known which clauses have an event of their own, and keep their amounts.
  void FillValues(std::uint32_t sentence) {
    if (scan_.sentences[sentence].first_amount == scan_.sentences[sentence].last_amount) return;
    tellers_.clear();
    for (const EventCandidate& candidate : events_) {
      if (!candidate.by->faint) tellers_.push_back({candidate.clause, candidate.word});
    }
    for (EventCandidate& candidate : events_) {
      const RuleSite site{rules_.code_words, document_, scan_, sentence, candidate.clause, candidate.word};
      std::vector<Value>& values = candidate.event.values;
      FindValues(rules_, candidate.event.type, site, tellers_, values);
      const TextSpan clause = document_.text.ToCodePoints(site.in_clause().span);
      candidate.own_values =
          static_cast<std::size_t>(std::count_if(values.begin(), values.end(), [clause](const Value& v) {
            return v.span.start >= clause.start && v.span.end <= clause.end;
          }));
    }
  }

  void Refuse(const TriggerRule& rule, const RuleSite& site, RefusalReason reason, std::string detail) {
    refused_->push_back({RefusedWhat::kEvent, std::string(Word(rule.type)), rule.id,
                         document_.text.ToCodePoints(site.word), site.sentence, reason, std::move(detail)});
  }

  void FillRoles(const TriggerRule& rule, const RuleSite& site, EventCandidate& candidate) {
    const Event& event = candidate.event;
    used_.clear();
    for (const RoleRule& role : rules_.roles[static_cast<std::size_t>(rule.type) - 1]) {
      const bool filled = std::any_of(event.participants.begin(), event.participants.end(),
                                      [&role](const Participant& p) { return p.role == role.role; });
      if ((filled && !role.also) || !IsFor(role, site)) continue;
      const RoleFilter filter{role.filter, rules_};
      const FoundMention found = FindMention(role.finders, role.types, site, used_, &filter);
      if ((!found || found.carried) && Takes(role, Finder::kCarried) && FillWithBoth(role, site, candidate)) continue;
      if (!found) continue;
      group_.clear();
      const auto mention = static_cast<std::uint32_t>(found.mention);
      if (role.many) {
        FindCoordinates(site, mention, role.types, group_);
      } else {
        group_.push_back(mention);
      }
      for (const std::uint32_t m : group_) Add(role, m, !found.carried, candidate);
    }
  }

  static bool Takes(const RoleRule& role, Finder finder) {
    return std::find(role.finders.begin(), role.finders.end(), finder) != role.finders.end();
  }

  // 两家公司股票停牌: the two companies told of last; of a role for one, whichever has none yet.
  bool FillWithBoth(const RoleRule& role, const RuleSite& site, EventCandidate& candidate) {
    if ((role.types >> static_cast<unsigned>(MentionType::kCompany) & 1U) == 0) return false;
    if (!ContainsAny(site.before(), site.words.both)) return false;
    group_.clear();
    FindBoth(site, group_);
    bool filled = false;
    for (const std::uint32_t m : group_) {
      if (std::find(used_.begin(), used_.end(), m) != used_.end()) continue;
      Add(role, m, false, candidate);
      filled = true;
      if (!role.many) break;
    }
    return filled;
  }

  static bool IsFor(const RoleRule& role, const RuleSite& site) {
    const std::u16string_view word = site.document.text.units(site.word);
    if (IsOneOf(word, role.except)) return false;
    return role.only.empty() || IsOneOf(word, role.only);
  }

  void Add(const RoleRule& role, std::uint32_t m, bool own, EventCandidate& candidate) {
    Event& event = candidate.event;
    const auto index = scan_.mentions[m].mention;
    const EntityMention& mention = document_.mentions[index];
    const bool there = std::any_of(event.participants.begin(), event.participants.end(),
                                   [&mention](const Participant& p) { return p.entity == mention.entity; });
    if (there) return;
    used_.push_back(m);
    candidate.own.push_back(own);
    event.participants.push_back(
        {role.role, static_cast<std::int32_t>(index), mention.entity, mention.type, mention.name});
  }

  float Confidence(const TriggerRule& rule, const RuleSite& site, const FoundStatus& status,
                   const EventCandidate& candidate) const {
    float confidence = rule.precision;
    if (candidate.own.empty()) {
      confidence *= Alone(rule.type);
    } else if (std::find(candidate.own.begin(), candidate.own.end(), true) == candidate.own.end()) {
      confidence *= kCarriedOnly;
    }
    if (status.conditional) confidence *= kConditional;
    const text::UnitSpan span = document_.sentences[site.sentence].sentence.span;
    if (document_.text.units()[span.end - 1] == u'?') confidence *= kQuestion;
    return confidence;
  }

  float Alone(EventType type) const {
    return rules_.code_words.unsure_alone.test(static_cast<std::size_t>(type)) ? kNobodyUnsure : kNobody;
  }

  // What has a day after the publication has not happened yet.
  void AgreeWithTime(const TriggerRule& rule, const FoundStatus& status, Event& event) const {
    if (event.type == EventType::kRatingForecast) return;  // The day is that of what is forecast.
    if (status.said || event.status != FactStatus::kOccurred || event.time.date < 0) return;
    const auto [first, last] = document_.DatesOf(event.sentence);
    const auto index = static_cast<std::size_t>(event.time.date);
    if (index < first || index >= last) return;
    if (document_.article == nullptr || !document_.article->published || !event.time.interval.from) return;
    if (!SaysItsYear(document_.dates[static_cast<std::size_t>(event.time.date)])) return;
    const Date published = document_.article->published->date;
    // A figure of a year that is not over is a forecast.
    const bool ahead = WhatIsDated(rule) == TimeOf::kReport && document_.dates[index].kind == DateKind::kFull &&
                       event.time.interval.to && *event.time.interval.to > published;
    if (*event.time.interval.from > published || ahead) event.status = FactStatus::kPlanned;
  }

  // A month and day without a year may have been read a year too late, and 一个月后 counts from another day: neither
  // proves that something is still to come.
  bool SaysItsYear(const dates::FoundDate& date) const {
    if (date.kind == DateKind::kFull) return true;
    if (date.kind == DateKind::kPartial) return date.relation == DateRelation::kSince;
    return ContainsAny(document_.text.units(date.span), rules_.code_words.ahead);
  }

  std::int8_t Polarity(const TriggerRule& rule, const RuleSite& site, FactStatus status) const {
    const std::int8_t usual = rule.polarity ? *rule.polarity : Info(rule.type).polarity;
    const std::int8_t polarity = FindPolarity(rules_, rule.type, site, usual);
    if (status == FactStatus::kTerminated) return static_cast<std::int8_t>(-polarity);
    return status == FactStatus::kDenied ? std::int8_t{0} : polarity;
  }

  // The act of publishing a report (a faint rule) has its own day.
  static TimeOf WhatIsDated(const TriggerRule& rule) {
    if (rule.type == EventType::kMacroRate) return TimeOf::kFigure;
    if (rule.type == EventType::kStockMove) return TimeOf::kMarket;
    const bool report = rule.type == EventType::kEarnings || rule.type == EventType::kLossImpairment;
    return report && !rule.faint ? TimeOf::kReport : TimeOf::kHappening;
  }

  // Several rules may share a word: of one type, and of the types that tell how shares change hands, the surest that
  // fires speaks.
  void OnePerTrigger() {
    std::stable_sort(events_.begin(), events_.end(), [](const EventCandidate& x, const EventCandidate& y) {
      const Event& a = x.event;
      const Event& b = y.event;
      if (a.trigger != b.trigger) return a.trigger < b.trigger;
      if (Group(a) != Group(b)) return Group(a) < Group(b);
      if (a.confidence != b.confidence) return a.confidence > b.confidence;
      return a.type < b.type;
    });
    const auto same = [](const EventCandidate& a, const EventCandidate& b) {
      return a.event.trigger == b.event.trigger && Group(a.event) == Group(b.event);
    };
    if (refused_ != nullptr) {
      for (std::size_t i = 1, kept = 0; i < events_.size(); ++i) {
        if (!same(events_[kept], events_[i])) {
          kept = i;
        } else {
          refused_->push_back(RefusedFor(events_[i].event, events_[kept].event, RefusalReason::kSurerRule));
        }
      }
    }
    events_.erase(std::unique(events_.begin(), events_.end(), same), events_.end());
  }

  // 因合同纠纷起诉甲: the noun adds nothing where the verb speaks; neither does 股权转让 where it says 收购. A noun of
  // a kind (一审判决) yields to verbs of its kind only.
  static bool Silences(const EventCandidate& other, const EventCandidate& faint) {
    return !other.by->faint && Group(other.event) == Group(faint.event) &&
           (faint.by->kind.empty() || faint.by->kind == other.by->kind);
  }

  void DropFaint() {
    const auto silent = [](const EventCandidate& candidate) { return candidate.by == nullptr; };
    for (EventCandidate& faint : events_) {
      if (!faint.by->faint) continue;
      const auto verb = std::find_if(events_.begin(), events_.end(), [&](const EventCandidate& other) {
        return !silent(other) && Silences(other, faint);
      });
      if (verb == events_.end()) continue;
      if (refused_ != nullptr) refused_->push_back(RefusedFor(faint.event, verb->event, RefusalReason::kFaint));
      faint.by = nullptr;
    }
    std::erase_if(events_, silent);
  }

  // Types that exclude each other on one word share a number.
  static EventType Group(const Event& event) {
    switch (event.type) {
      case EventType::kDivestiture:
      case EventType::kEquityTransfer:
      case EventType::kStakeIncrease:
      case EventType::kStakeDecrease:
      case EventType::kFundingRound: return EventType::kAcquisition;
      case EventType::kPartnership: return EventType::kContractWin;
      case EventType::kCapacityExpansion: return EventType::kProductLaunch;
      default: return event.type;
    }
  }

  const CompiledRules& rules_;
  const Document& document_;
  const RuleScan& scan_;
  RefusedList refused_;
  std::vector<EventCandidate> events_;
  std::vector<std::uint32_t> used_;
  std::vector<std::uint32_t> group_;
  std::vector<std::string_view> roles_;
  std::vector<ToldIn> tellers_;
};

}  // namespace

void EventExtractor::Extract(const Document& document, RuleScan& scan, std::vector<Event>& out,
                             RefusedList refused) const {
  const CompiledRules& rules = rules_->compiled();
  ScanDocument(rules, document, scan, refused);
  const auto first = static_cast<std::ptrdiff_t>(out.size());
  SentenceEvents sentences(rules, document, scan, refused);
  for (std::uint32_t s = 0; s < scan.sentences.size(); ++s) sentences.Extract(s, out);
  AdoptBodyTimes(rules.code_words, document, out, static_cast<std::size_t>(first));
  std::sort(out.begin() + first, out.end(), [](const Event& a, const Event& b) {
    return a.trigger != b.trigger ? a.trigger < b.trigger : a.type < b.type;
  });
}

}  // namespace mailuo::extract
