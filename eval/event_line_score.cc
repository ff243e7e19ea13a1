// ScoreEventLine of event_labels.h.
#include <algorithm>
#include <cctype>
#include <cstddef>
#include <optional>
#include <utility>

#include <fmt/core.h>

#include "eval/event_labels.h"
#include "eval/scoring.h"
#include "extract/rules_tsv.h"
#include "text/utf8.h"

namespace mailuo::eval {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

std::string_view Family(std::string_view role) { return role.substr(0, role.find('-')); }

// One labelled trigger: a line may tell several labels on the same word, and repeat one with other arguments.
struct Happening {
  TextSpan trigger;
  std::vector<std::pair<const EventLabel*, LabelledEvent>> tellings;

  bool Accepts(EventType type) const {
    return std::any_of(tellings.begin(), tellings.end(), [type](const auto& t) { return t.first->Accepts(type); });
  }
};

class LineScore {
 public:
  LineScore(const EventLine& line, const EventLabels& labels, const std::set<std::string>& of_file,
            const Annotation& found, Scoreboard& board)
      : line_(line), found_(found), board_(board) {
    for (const LabelledEvent& event : line.events) {
      if (const auto label = labels.find(event.label); label != labels.end()) Gather(label->second, event);
    }
    for (const std::string& name : of_file) {
      if (const auto label = labels.find(name); label != labels.end()) counted_.push_back(&label->second);
    }
    partner_.assign(happenings_.size(), kNone);
    taken_.assign(found.events.size(), false);
  }

  void Score() {
    Take([](const Happening& h, const Event& e) { return Overlaps(h.trigger, e.trigger); });
    CountPairs("event.span", false);
    Take([this](const Happening& h, const Event& e) { return Slice(h.trigger) == Slice(e.trigger); });
    CountPairs("event", true);
    CountLine();
    for (std::size_t h = 0; h < happenings_.size(); ++h) CompareArguments(h);
    for (std::size_t f = 0; f < found_.events.size(); ++f) CountStrangers(f);
  }

 private:
  void Gather(const EventLabel& label, const LabelledEvent& event) {
    const auto same = std::find_if(happenings_.begin(), happenings_.end(),
                                   [&event](const Happening& h) { return h.trigger == event.trigger; });
    if (same == happenings_.end()) {
      happenings_.push_back({event.trigger, {{&label, event}}});
      return;
    }
    const auto told = std::find_if(same->tellings.begin(), same->tellings.end(),
                                   [&event](const auto& telling) { return telling.second.label == event.label; });
    if (told == same->tellings.end()) {
      same->tellings.emplace_back(&label, event);
    } else {
      told->second.arguments.insert(told->second.arguments.end(), event.arguments.begin(), event.arguments.end());
    }
  }

  std::string_view Slice(TextSpan span) const {
    return text::SliceCodePoints(line_.article.text, span.start, span.end);
  }

  template <typename Fits>
  void Take(Fits fits) {
    for (std::size_t h = 0; h < happenings_.size(); ++h) {
      for (std::size_t f = 0; f < taken_.size() && partner_[h] == kNone; ++f) {
        if (taken_[f] || !happenings_[h].Accepts(found_.events[f].type) || !fits(happenings_[h], found_.events[f])) {
          continue;
        }
        partner_[h] = f;
        taken_[f] = true;
      }
    }
  }

  bool Counts(std::size_t f) const { return taken_[f] || IsOfFile(found_.events[f]); }
  bool IsOfFile(const Event& event) const {
    const std::string_view trigger = Slice(event.trigger);
    return std::any_of(counted_.begin(), counted_.end(),
                       [&event, trigger](const EventLabel* label) { return label->Counts(event.type, trigger); });
  }

  void CountPairs(const std::string& kind, bool by_label) {
    Tally& tally = board_.tallies[kind];
    for (std::size_t h = 0; h < happenings_.size(); ++h) {
      ++tally.gold;
      if (partner_[h] != kNone) ++tally.right;
      if (by_label) CountLabel(happenings_[h], partner_[h]);
    }
    for (std::size_t f = 0; f < taken_.size(); ++f) {
      if (!Counts(f) || (by_label && IsEcho(f))) continue;
      ++tally.found;
      if (by_label && !taken_[f]) {
        const Event& event = found_.events[f];
        Fail(Failure::Kind::kFalse, "event", fmt::format("{} {}", event.rule, Slice(event.trigger)));
      }
    }
  }

  // 减持计划…减持: a label stands on one word of a happening, and we tell it again by the same word.
  bool IsEcho(std::size_t f) const {
    const Event& event = found_.events[f];
    return !taken_[f] && std::any_of(happenings_.begin(), happenings_.end(), [&](const Happening& happening) {
      return happening.Accepts(event.type) && Slice(happening.trigger) == Slice(event.trigger);
    });
  }

  void CountLabel(const Happening& happening, std::size_t partner) {
    const std::string& name = happening.tellings.front().second.label;
    Tally& tally = board_.tallies["event/" + name];
    ++tally.gold;
    if (partner != kNone) {
      ++tally.found;
      ++tally.right;
    } else {
      Fail(Failure::Kind::kMissed, "event", fmt::format("{} {}", name, Slice(happening.trigger)));
    }
  }

  // A label counts once a line, whatever the number of its triggers; so does a type that we find.
  void CountLine() {
    Tally& tally = board_.tallies["event.line"];
    std::set<std::string> labels;
    for (const Happening& happening : happenings_) {
      if (!labels.insert(happening.tellings.front().second.label).second) continue;
      ++tally.gold;
      if (std::any_of(found_.events.begin(), found_.events.end(),
                      [&happening](const Event& e) { return happening.Accepts(e.type); })) {
        ++tally.right;
        ++tally.found;
      }
    }
    std::set<EventType> wrong;
    for (const Event& event : found_.events) {
      if (!IsOfFile(event) || !wrong.insert(event.type).second) continue;
      if (std::none_of(happenings_.begin(), happenings_.end(),
                       [&event](const Happening& h) { return h.Accepts(event.type); })) {
        ++tally.found;
      }
    }
  }

  // The participant's own mention, or another mention of the same entity, lies on the argument.
  bool Names(const Participant& participant, TextSpan argument) const {
    return std::any_of(found_.mentions.begin(), found_.mentions.end(), [&](const Mention& mention) {
      return mention.entity == participant.entity && Overlaps(mention.span, argument);
    });
  }

  // What we took the argument for.
  std::string NameAt(TextSpan argument) const {
    std::string names;
    for (const Mention& mention : found_.mentions) {
      if (!Overlaps(mention.span, argument)) continue;
      names += fmt::format("{}{} {}", names.empty() ? "" : ", ", Word(mention.type), Slice(mention.span));
    }
    return names.empty() ? "no mention" : names;
  }

  struct RoleCount {
    Tally tally;
    std::vector<std::string> failures;
  };
  using RoleCounts = std::map<std::string, RoleCount>;

  RoleCounts Roles(const EventLabel& label, const LabelledEvent& gold, const Event* event) const {
    RoleCounts counts;
    for (const auto& role : label.roles) {
      // Clang 14 captures no structured binding.
      const auto& family = role.first;
      const auto& ours = role.second;
      if (event != nullptr && !HasOneOf(event->type, ours)) continue;
      RoleCount& count = counts[family];
      std::set<std::string_view> met;
      std::vector<const Participant*> participants;
      for (const Participant& participant : event != nullptr ? event->participants : std::vector<Participant>()) {
        if (std::find(ours.begin(), ours.end(), participant.role) == ours.end()) continue;
        const auto argument = std::find_if(
            gold.arguments.begin(), gold.arguments.end(),
            [&](const LabelledArgument& a) { return Family(a.role) == family && Names(participant, a.span); });
        // Of a role that two of the label's may fill, only what the label has there counts.
        if (argument == gold.arguments.end() && FillsAnother(label, gold, family, participant)) continue;
        ++count.tally.found;
        if (argument != gold.arguments.end()) {
          if (met.insert(Slice(argument->span)).second) ++count.tally.right;
        } else {
          count.failures.push_back(fmt::format("+{} {}={}", family, participant.role, participant.name));
        }
      }
      CountGold(family, gold, met, count);
    }
    return counts;
  }

  static bool HasOneOf(EventType type, const std::vector<std::string>& roles) {
    const std::vector<std::string_view> known = extract::SplitAlternatives(Info(type).roles);
    return std::any_of(roles.begin(), roles.end(), [&known](const std::string& role) {
      return std::find(known.begin(), known.end(), role) != known.end();
    });
  }

  bool FillsAnother(const EventLabel& label, const LabelledEvent& gold, const std::string& family,
                    const Participant& participant) const {
    return std::any_of(label.roles.begin(), label.roles.end(), [&](const auto& other) {
      if (other.first == family) return false;
      if (std::find(other.second.begin(), other.second.end(), participant.role) == other.second.end()) return false;
      return other.first < family || std::any_of(gold.arguments.begin(), gold.arguments.end(), [&](const auto& a) {
               return Family(a.role) == other.first && Names(participant, a.span);
             });
    });
  }

  void CountGold(const std::string& family, const LabelledEvent& gold, const std::set<std::string_view>& met,
                 RoleCount& count) const {
    std::set<std::string_view> wanted;
    for (const LabelledArgument& argument : gold.arguments) {
      if (Family(argument.role) != family || !wanted.insert(Slice(argument.span)).second) continue;
      ++count.tally.gold;
      if (!met.contains(Slice(argument.span))) {
        count.failures.push_back(
            fmt::format("-{} {} ({})", argument.role, Slice(argument.span), NameAt(argument.span)));
      }
    }
  }

  void CompareArguments(std::size_t h) {
    const Happening& happening = happenings_[h];
    const Event* event = partner_[h] == kNone ? nullptr : &found_.events[partner_[h]];
    std::optional<RoleCounts> best;
    const LabelledEvent* telling = nullptr;
    const EventLabel* label = nullptr;
    std::size_t best_right = 0;
    for (const auto& [candidate, gold] : happening.tellings) {
      if (event != nullptr && !candidate->Accepts(event->type)) continue;
      RoleCounts counts = Roles(*candidate, gold, event);
      std::size_t right = 0;
      for (const auto& [family, count] : counts) right += count.tally.right;
      if (best && right <= best_right) continue;
      best = std::move(counts);
      best_right = right;
      telling = &gold;
      label = candidate;
    }
    if (!best) return;
    for (const auto& [family, count] : *best) {
      Add(count, "role/" + family);
      if (family == "sub" || family == "obj") Add(count, "role");
      if (event != nullptr && (family == "sub" || family == "obj")) Add(count, "role.found");
      for (const std::string& what : count.failures) {
        Fail(event == nullptr ? Failure::Kind::kMissed : Failure::Kind::kWrong, "role",
             fmt::format("{} {} {}", telling->label, Slice(happening.trigger), what));
      }
    }
    if (event == nullptr) return;
    CompareAmounts(*label, *telling, *event);
    CompareDate(*telling, *event);
  }

  void Add(const RoleCount& count, const std::string& kind) {
    Tally& tally = board_.tallies[kind];
    tally.gold += count.tally.gold;
    tally.found += count.tally.found;
    tally.right += count.tally.right;
  }

  static bool IsOf(ValueClass kind, const Value& value) {
    switch (kind) {
      case ValueClass::kShare: return value.unit == "share";
      case ValueClass::kPercent: return value.unit == "pct";
      case ValueClass::kMoney:
        return value.unit.size() == 3 &&
               std::all_of(value.unit.begin(), value.unit.end(), [](unsigned char c) { return std::isupper(c) != 0; });
    }
    return false;
  }

  // 约8.85亿元 ends with 8.85亿元, 12亿元 does not end with 2亿元.
  static bool EndsWithAmount(std::string_view label, std::string_view amount) {
    if (!label.ends_with(amount)) return false;
    label.remove_suffix(amount.size());
    return label.empty() || static_cast<unsigned char>(label.back()) >= 0x80;
  }

  void CompareAmounts(const EventLabel& label, const LabelledEvent& gold, const Event& event) {
    for (const auto& [role, kind] : label.amounts) {
      std::vector<TextSpan> wanted;
      for (const LabelledArgument& argument : gold.arguments) {
        if (argument.role == role) wanted.push_back(argument.span);
      }
      if (wanted.empty()) continue;
      Tally& tally = board_.tallies["amount/" + role];
      ++tally.gold;
      std::size_t right = 0;
      std::string instead;
      for (const Value& value : event.values) {
        if (!IsOf(kind, value)) continue;
        // 中标8.85亿元…合同总金额8.85亿元: the label stands on one of two words for the same amount.
        const bool fits = std::any_of(wanted.begin(), wanted.end(), [&](TextSpan s) {
          return Overlaps(s, value.span) || EndsWithAmount(Slice(s), Slice(value.span));
        });
        if (fits) ++right;
        instead = fmt::format("{}, found {}={}", instead, value.role, Slice(value.span));
        // A price a share is another figure than the sum that the label asks for.
        if (fits ? right == 1 : value.role.find("price") == std::string::npos) ++tally.found;
      }
      if (right > 0) {
        ++tally.right;
      } else {
        Fail(Failure::Kind::kWrong, "amount/" + role,
             fmt::format("{} {} expected {}{}", gold.label, Slice(gold.trigger), Slice(wanted.front()), instead));
      }
    }
  }

  void CompareDate(const LabelledEvent& gold, const Event& event) {
    std::vector<TextSpan> wanted;
    for (const LabelledArgument& argument : gold.arguments) {
      if (argument.role == "date") wanted.push_back(argument.span);
    }
    if (wanted.empty()) return;
    const bool dated = event.time.date >= 0;
    const TextSpan ours = dated ? found_.dates[static_cast<std::size_t>(event.time.date)].span : TextSpan{};
    // The label stands on one of the words for a day: 12月5日电…5日发布 say the same.
    const auto same = [&](TextSpan s) {
      return Overlaps(s, ours) || std::any_of(found_.dates.begin(), found_.dates.end(), [&](const DateMention& date) {
               return Overlaps(s, date.span) && date.interval == event.time.interval;
             });
    };
    const bool right = dated && std::any_of(wanted.begin(), wanted.end(), same);
    board_.Rate("event.date", right);
    if (right) return;
    Fail(Failure::Kind::kWrong, "event.date",
         fmt::format("{} {} expected {}, found {}", gold.label, Slice(gold.trigger), Slice(wanted.front()),
                     dated ? Slice(ours) : std::string_view("none")));
  }

  // Participants of events that no label stands for are wrong as well.
  void CountStrangers(std::size_t f) {
    if (taken_[f] || !Counts(f) || IsEcho(f)) return;
    board_.tallies["role"].found += std::min<std::size_t>(found_.events[f].participants.size(), 2);
  }

  void Fail(Failure::Kind kind, const std::string& of, std::string what) {
    board_.failures.push_back({kind, of, line_.article.external_id, std::move(what), line_.article.text});
  }

  const EventLine& line_;
  const Annotation& found_;
  Scoreboard& board_;
  std::vector<Happening> happenings_;
  std::vector<const EventLabel*> counted_;
  std::vector<std::size_t> partner_;
  std::vector<bool> taken_;
};

}  // namespace

void ScoreEventLine(const EventLine& line, const EventLabels& labels, const std::set<std::string>& of_file,
                    const Annotation& found, Scoreboard& board) {
  LineScore(line, labels, of_file, found, board).Score();
}

}  // namespace mailuo::eval
