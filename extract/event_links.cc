#include "extract/event_links.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>

#include "extract/word_match.h"
#include "text/folded_text.h"

namespace mailuo::extract {
namespace {

using Units = std::u16string_view;
using text::UnitSpan;

constexpr std::uint32_t kAtTheStart = 3;     // Units before 随后 in its clause: 而随后, 但此前.
constexpr std::uint32_t kCause = 40;         // Units of the cause between 受 and 影响.
constexpr std::size_t kTailWithFigure = 12;  // Units, with its figure: 上涨12.35%.
constexpr std::ptrdiff_t kTail =
    4;  // Han characters behind the verb of a cause or effect that is told for its own sake.

class LinkFinder {
 public:
  LinkFinder(const CompiledRules& rules, const Document& document, const RuleScan& scan,
             const std::vector<Event>& events, std::vector<EventLink>& out)
      : rules_(rules), document_(document), scan_(scan), events_(events), out_(out) {
    spans_.reserve(events.size());
    for (const Event& event : events) spans_.push_back(document.text.FromCodePoints(event.trigger));
  }

  void Sentence(std::uint32_t sentence) {
    sentence_ = sentence;
    const ScanSentence& in = scan_.sentences[sentence];
    for (std::uint32_t c = in.first_clause; c < in.last_clause; ++c) Clause(c);
  }

 private:
  void Clause(std::uint32_t index) {
    const UnitSpan clause = scan_.clauses[index].span;
    const Units text = document_.text.units(clause);
    std::uint32_t done = 0;  // Longer words first: 受此影响 hides 受.
    for (std::uint32_t at = 0; at < text.size(); ++at) {
      if (at < done || !rules_.link_starts.test(text[at])) continue;
      for (const LinkRule& rule : rules_.links) {
        if (!text.substr(at).starts_with(rule.word)) continue;
        const auto size = static_cast<std::uint32_t>(rule.word.size());
        if (EndsWithAny(text.substr(0, at), rule.not_after) || StartsWithAny(text.substr(at + size), rule.not_before)) {
          continue;
        }
        done = at + size;
        // 因 of 因赛集团 is part of a name.
        if (document_.MentionAt(clause.start + at) != document_.mentions.size()) break;
        Apply(rule, index, {clause.start + at, clause.start + at + size});
        break;
      }
    }
  }

  void Apply(const LinkRule& rule, std::uint32_t clause_index, UnitSpan word) {
    const UnitSpan clause = scan_.clauses[clause_index].span;
    const UnitSpan sentence = document_.sentences[sentence_].sentence.span;
    switch (rule.form) {
      case LinkForm::kPrefix:
        return Link(rule, word, AtTheEnd({word.end, clause.end}), First(clause.end, sentence.end));
      case LinkForm::kAround: {
        const std::uint32_t end = std::min(clause.end, word.end + kCause);
        const std::uint32_t close = Close(rule, {word.end, end});
        if (close != 0) Link(rule, word, AtTheEnd({word.end, close}), First(close, sentence.end));
        return;
      }
      case LinkForm::kBetween:
        // 召回,原因是缺陷引发起火: what stands first is the effect.
        if (ContainsAny(document_.text.units({sentence.start, word.start}), rules_.code_words.reason_words)) return;
        return Link(rule, word, Last(sentence.start, word.start), AtTheEnd({word.end, clause.end}));
      case LinkForm::kBack: {
        const auto to = First(word.end, sentence.end);
        auto from = LastBefore(word.start);
        // …下跌。受此影响,…下跌: the cause was told before the first of these.
        while (from && to && *from > 0 && events_[*from].type == events_[*to].type &&
               rule.type == EventLinkType::kCauses && events_[*from - 1].sentence == events_[*from].sentence) {
          --*from;
        }
        if (from && IsElsewhere(*from) && (!to || !HaveCommon(events_[*from], events_[*to]))) return;
        if (from && to && !IsLongBefore(events_[*from], events_[*to])) Link(rule, word, from, to);
        return;
      }
      case LinkForm::kReason:
        return Link(rule, word, AtTheEnd({word.end, clause.end}), Last(sentence.start, word.start));
      case LinkForm::kAfter: {
        // 复牌后,股价涨停: the word ends its clause, right behind what came first.
        if (clause.end - word.end > 0) return;
        const auto told = AtTheEnd({clause.start, word.start});
        const auto next = First(clause.end, sentence.end);
        if (told && next && HaveCommon(events_[*told], events_[*next])) Link(rule, word, told, next);
        return;
      }
      case LinkForm::kThen:
      case LinkForm::kEarlier: {
        if (word.start - clause.start > kAtTheStart) return;
        const auto told = LastBefore(word.start);
        // 随后甲收购乙; 随后,甲收购乙.
        const bool alone = clause.end - word.end <= kAtTheStart && clause_index + 1 < scan_.clauses.size();
        const auto next = First(word.end, alone ? scan_.clauses[clause_index + 1].span.end : clause.end);
        if (!told || !next || !HaveCommon(events_[*told], events_[*next])) return;
        return rule.form == LinkForm::kThen ? Link(rule, word, told, next) : Link(rule, word, next, told);
      }
    }
  }

  // What is recalled from years ago does not move today's price.
  static bool IsLongBefore(const Event& from, const Event& to) {
    constexpr int kLong = 60;  // Days.
    const auto& start = from.time.interval.from;
    return start && to.time.interval.from && *to.time.interval.from - *start > kLong;
  }

  static bool HaveCommon(const Event& a, const Event& b) {
    return std::any_of(a.participants.begin(), a.participants.end(), [&b](const Participant& mine) {
      return std::any_of(b.participants.begin(), b.participants.end(),
                         [&mine](const Participant& other) { return other.entity == mine.entity; });
    });
  }

  // Where the word that ends the cause starts; 0 without one.
  std::uint32_t Close(const LinkRule& rule, UnitSpan within) const {
    const Units text = document_.text.units(within);
    std::size_t best = Units::npos;
    for (const std::u16string& word : rule.close) best = std::min(best, text.find(word));
    return best == Units::npos ? 0 : within.start + static_cast<std::uint32_t>(best);
  }

  // The one event of `within`, with which it ends: 因甲减持的公告 tells of no 减持, 因重整而退市 has its effect inside.
  std::optional<std::uint32_t> AtTheEnd(UnitSpan within) const {
    if (ContainsAny(document_.text.units(within), rules_.code_words.effect_inside)) return std::nullopt;
    const auto event = First(within.start, within.end);
    if (!event || event != Last(within.start, within.end)) return std::nullopt;
    // 上涨12.35%: its figure is told with it.
    const Units tail = document_.text.units({spans_[*event].end, within.end});
    const auto words = std::count_if(tail.begin(), tail.end(), [](char16_t unit) { return text::IsHan(unit); });
    return words <= kTail && tail.size() <= kTailWithFigure ? event : std::nullopt;
  }

  // The first (last) event whose trigger lies in [from, to).
  std::optional<std::uint32_t> First(std::uint32_t from, std::uint32_t to) const {
    for (std::uint32_t e = 0; e < spans_.size(); ++e) {
      if (spans_[e].start >= from && spans_[e].end <= to) return e;
    }
    return std::nullopt;
  }
  std::optional<std::uint32_t> Last(std::uint32_t from, std::uint32_t to) const {
    for (auto e = static_cast<std::uint32_t>(spans_.size()); e-- > 0;) {
      if (spans_[e].start >= from && spans_[e].end <= to) return e;
    }
    return std::nullopt;
  }

  // Told in another paragraph, where an unrelated notice may stand: only who is named in both is spoken of further.
  bool IsElsewhere(std::uint32_t event) const {
    return document_.sentences[events_[event].sentence].sentence.paragraph !=
           document_.sentences[sentence_].sentence.paragraph;
  }

  // The last event before `end` in the sentence, else in the one before it; a headline is none.
  std::optional<std::uint32_t> LastBefore(std::uint32_t end) const {
    const DocumentSentence& own = document_.sentences[sentence_];
    if (const auto found = Last(own.sentence.span.start, end)) return found;
    if (sentence_ == 0) return std::nullopt;
    const DocumentSentence& before = document_.sentences[sentence_ - 1];
    const bool opens = end <= own.sentence.span.start + kAtTheStart;
    if (before.headline || (before.sentence.paragraph != own.sentence.paragraph && !opens)) return std::nullopt;
    return Last(before.sentence.span.start, before.sentence.span.end);
  }

  // 此前预计亏损: the same figure told before, not another happening.
  static bool IsFigure(EventType type) {
    return type == EventType::kEarnings || type == EventType::kLossImpairment || type == EventType::kMacroRate;
  }

  void Link(const LinkRule& rule, UnitSpan word, std::optional<std::uint32_t> from, std::optional<std::uint32_t> to) {
    if (!from || !to || *from == *to) return;
    const EventType type = events_[*from].type;
    if (type == events_[*to].type && (rule.type == EventLinkType::kCauses || IsFigure(type))) return;
    if (events_[*from].status == FactStatus::kDenied || events_[*to].status == FactStatus::kDenied) return;
    const bool there = std::any_of(out_.begin(), out_.end(), [&](const EventLink& link) {
      return (link.from == *from && link.to == *to) || (link.from == *to && link.to == *from);
    });
    if (there) return;
    out_.push_back({rule.type, *from, *to, sentence_, document_.text.ToCodePoints(word)});
  }

  const CompiledRules& rules_;
  const Document& document_;
  const RuleScan& scan_;
  const std::vector<Event>& events_;
  std::vector<EventLink>& out_;
  std::vector<UnitSpan> spans_;
  std::uint32_t sentence_ = 0;
};

}  // namespace

void FindEventLinks(const CompiledRules& rules, const Document& document, const RuleScan& scan,
                    const std::vector<Event>& events, std::vector<EventLink>& out) {
  if (events.size() < 2) return;
  LinkFinder finder(rules, document, scan, events, out);
  std::uint32_t last = static_cast<std::uint32_t>(-1);
  for (const Event& event : events) {
    if (event.sentence == last) continue;
    last = event.sentence;
    finder.Sentence(last);
  }
  std::sort(out.begin(), out.end(), [](const EventLink& a, const EventLink& b) {
    return std::tie(a.trigger, a.from, a.to) < std::tie(b.trigger, b.from, b.to);
  });
}

}  // namespace mailuo::extract
