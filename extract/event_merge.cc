#include "extract/event_merge.h"

#include <algorithm>
#include <string>
#include <utility>

namespace mailuo::extract {
namespace {

bool Names(const Event& event, EntityId entity) {
  return std::any_of(event.participants.begin(), event.participants.end(),
                     [entity](const Participant& p) { return p.entity == entity; });
}

// Both name somebody of their own in `role`, and nobody is common.
bool DifferInRole(const EventCandidate& a, const EventCandidate& b, const std::string& role) {
  bool in_a = false;
  bool in_b = false;
  for (std::size_t i = 0; i < a.event.participants.size(); ++i) {
    if (a.event.participants[i].role != role || !a.own[i]) continue;
    in_a = true;
    for (std::size_t j = 0; j < b.event.participants.size(); ++j) {
      if (b.event.participants[j].role != role || !b.own[j]) continue;
      in_b = true;
      if (a.event.participants[i].entity == b.event.participants[j].entity) return false;
    }
  }
  return in_a && in_b;
}

// 自15日起下调准备金率,自8日起将利率降至1.4%: each has a day of its own.
bool DifferInTime(const EventCandidate& a, const EventCandidate& b) {
  const EventTime& x = a.event.time;
  const EventTime& y = b.event.time;
  if (x.source != EventTimeSource::kExplicit || y.source != EventTimeSource::kExplicit || x.date == y.date) {
    return false;
  }
  // 2017年底,甲抛出减持计划,2018年1月完成减持: of a plan and its end only one needs a day in its clause.
  const bool own = a.event.status == b.event.status ? a.own_date && b.own_date : a.own_date || b.own_date;
  if (!own) return false;
  const bool days = x.precision == DatePrecision::kDay && y.precision == DatePrecision::kDay;
  if (!days && a.event.status == b.event.status) return false;  // 近日质押,质押起始日为8月5日
  const auto before = [](const EventTime& first, const EventTime& second) {
    const auto end = first.interval.to ? first.interval.to : first.interval.from;
    const auto start = second.interval.from ? second.interval.from : second.interval.to;
    return end && start && *end < *start;
  };
  return before(x, y) || before(y, x);
}

// 达成合作,将共同开发…; 签署收购协议,拟以1亿元收购…: one telling names nobody and no amount of its own, whatever its
// status.
bool IsEcho(const EventCandidate& candidate) {
  return candidate.own_values == 0 &&
         std::find(candidate.own.begin(), candidate.own.end(), true) == candidate.own.end();
}

bool AreDifferent(const EventCandidate& a, const EventCandidate& b) {
  if (a.by != nullptr && b.by != nullptr && a.by->kind != b.by->kind) return true;
  if (DifferInTime(a, b)) return true;
  return std::any_of(a.event.participants.begin(), a.event.participants.end(),
                     [&a, &b](const Participant& p) { return DifferInRole(a, b, p.role); });
}

bool IsFaint(const EventCandidate& candidate) { return candidate.by != nullptr && candidate.by->faint; }

// The trigger of `a` is kept rather than that of `b`.
bool SpeaksBefore(const EventCandidate& a, const EventCandidate& b) {
  if (IsFaint(a) != IsFaint(b)) return IsFaint(b);
  if (a.Weight() != b.Weight()) return a.Weight() > b.Weight();
  return a.event.confidence > b.event.confidence;
}

// A year or quarter of one clause is not the time of another.
bool IsPeriod(DatePrecision precision) {
  return precision == DatePrecision::kYear || precision == DatePrecision::kHalf ||
         precision == DatePrecision::kQuarter || precision == DatePrecision::kFuzzy;
}

void TakeOver(EventCandidate& into, const EventCandidate& from) {
  std::vector<Participant>& mine = into.event.participants;
  const std::size_t count = mine.size();
  for (std::size_t i = 0; i < from.event.participants.size(); ++i) {
    const Participant& participant = from.event.participants[i];
    if (Names(into.event, participant.entity)) continue;
    const bool filled = std::any_of(mine.begin(), mine.begin() + static_cast<std::ptrdiff_t>(count),
                                    [&participant](const Participant& p) { return p.role == participant.role; });
    if (filled) continue;
    mine.push_back(participant);
    into.own.push_back(from.own[i]);
  }
  for (const Value& value : from.event.values) {
    const bool there = std::any_of(into.event.values.begin(), into.event.values.end(),
                                   [&value](const Value& v) { return v.role == value.role || v.span == value.span; });
    if (!there) into.event.values.push_back(value);
  }
  into.event.confidence = std::max(into.event.confidence, from.event.confidence);
  // 3月14日披露年报,公司实现营收…: the day of the report is not the period of its figures.
  const bool of_report = IsFaint(from) && into.event.type == EventType::kEarnings;
  const bool nearer =
      (into.event.time.source != EventTimeSource::kExplicit && from.event.time.source == EventTimeSource::kExplicit) ||
      (into.event.time.date < 0 && from.event.time.date >= 0 && !IsPeriod(from.event.time.precision));
  // 工厂动工,预计2027年投产: the day of what is planned is not that of what is done.
  const bool ahead = into.event.status == FactStatus::kOccurred && from.event.status == FactStatus::kPlanned;
  if (nearer && !of_report && !ahead) {
    into.event.time = from.event.time;
  }
}

}  // namespace

std::size_t EventCandidate::Weight() const {
  return 2 * static_cast<std::size_t>(std::count(own.begin(), own.end(), true)) + event.values.size();
}

Refused RefusedFor(const Event& event, const Event& other, RefusalReason reason) {
  std::string detail = other.rule;
  if (reason != RefusalReason::kSurerRule) detail += " at " + std::to_string(other.trigger.start);
  return {RefusedWhat::kEvent, std::string(Word(event.type)), event.rule, event.trigger, event.sentence, reason,
          std::move(detail)};
}

void MergeEvents(std::vector<EventCandidate>& candidates, RefusedList refused) {
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    for (std::size_t j = i + 1; j < candidates.size();) {
      EventCandidate& a = candidates[i];
      EventCandidate& b = candidates[j];
      if (a.event.type != b.event.type || (a.event.status != b.event.status && !(a.noun && IsEcho(a)) && !IsEcho(b)) ||
          AreDifferent(a, b)) {
        ++j;
        continue;
      }
      if (SpeaksBefore(b, a)) std::swap(a, b);
      TakeOver(a, b);
      if (refused != nullptr) refused->push_back(RefusedFor(b.event, a.event, RefusalReason::kMerged));
      candidates.erase(candidates.begin() + static_cast<std::ptrdiff_t>(j));
      j = i + 1;  // What `a` took over may settle an earlier difference.
    }
  }
}

}  // namespace mailuo::extract
