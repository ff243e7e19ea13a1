#include "extract/derived_relations.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "extract/rules_match.h"

namespace mailuo::extract {
namespace {

bool IsOf(const DerivedRule& rule, const Event& event) {
  return std::any_of(rule.events.begin(), rule.events.end(),
                     [&event](const std::string& name) { return name == event.rule || name == Word(event.type); });
}

// Of the sentence itself: whom 公司 or a dropped subject stands for is less sure than two names.
bool IsNamed(const Document& document, const Event& event, const Participant& participant) {
  return participant.mention >= 0 &&
         document.mentions[static_cast<std::size_t>(participant.mention)].sentence == event.sentence;
}

bool Fits(const std::vector<std::string>& roles, std::uint32_t types, const Participant& participant) {
  return HasType(types, participant.type) && std::find(roles.begin(), roles.end(), participant.role) != roles.end();
}

RelationEnd EndOf(const Participant& participant) {
  return {participant.mention, participant.entity, participant.type, participant.name};
}

// The day that the statement itself gives; who leaves without one has done so on the day of publication at the latest.
DateInterval Validity(const DerivedRule& rule, const Document& document, const Event& event) {
  DateInterval valid;
  if (rule.validity == 0 || event.status != FactStatus::kOccurred) return valid;
  const bool dated = event.time.source == EventTimeSource::kExplicit;
  if (rule.validity > 0) {
    if (dated) valid.from = event.time.interval.from;
  } else if (dated) {
    valid.to = event.time.interval.to ? event.time.interval.to : event.time.interval.from;
  } else if (document.article != nullptr && document.article->published) {
    valid.to = document.article->published->date;
  }
  return valid;
}

bool IsThere(const std::vector<Relation>& relations, const Relation& wanted) {
  return std::any_of(relations.begin(), relations.end(), [&wanted](const Relation& relation) {
    if (relation.type != wanted.type) return false;
    const EntityId head = relation.head.entity;
    const EntityId tail = relation.tail.entity;
    return (head == wanted.head.entity && tail == wanted.tail.entity) ||
           (Info(wanted.type).symmetric && head == wanted.tail.entity && tail == wanted.head.entity);
  });
}

void AddRelation(const DerivedRule& rule, const Document& document, const Event& event, const Participant& head,
                 const Participant& tail, std::vector<Relation>& out) {
  Relation relation;
  relation.type = rule.type;
  relation.head = EndOf(head);
  relation.tail = EndOf(tail);
  if (Info(rule.type).symmetric && head.mention > tail.mention) std::swap(relation.head, relation.tail);
  relation.sentence = event.sentence;
  relation.status = event.status;
  relation.valid = Validity(rule, document, event);
  relation.confidence = event.confidence * rule.precision;
  relation.rule = rule.id;
  if (!IsThere(out, relation)) out.push_back(std::move(relation));
}

// Of every pair whose roles the rule names.
void Derive(const DerivedRule& rule, const Document& document, const Event& event, std::vector<Relation>& out) {
  for (const Participant& head : event.participants) {
    if (!Fits(rule.head, rule.head_types, head) || !IsNamed(document, event, head)) continue;
    for (const Participant& tail : event.participants) {
      const bool fits = Fits(rule.tail, rule.tail_types, tail) && IsNamed(document, event, tail);
      if (fits && tail.entity != head.entity) AddRelation(rule, document, event, head, tail, out);
    }
  }
}

}  // namespace

void DeriveRelations(const CompiledRules& rules, const Document& document, const std::vector<Event>& events,
                     std::uint32_t sentence, std::vector<Relation>& out) {
  // Events are sorted by their triggers, and so by sentences.
  auto event = std::lower_bound(events.begin(), events.end(), sentence,
                                [](const Event& e, std::uint32_t s) { return e.sentence < s; });
  for (; event != events.end() && event->sentence == sentence; ++event) {
    if (event->participants.size() < 2) continue;
    for (const DerivedRule& rule : rules.derived) {
      if (IsOf(rule, *event)) Derive(rule, document, *event, out);
    }
  }
}

}  // namespace mailuo::extract
