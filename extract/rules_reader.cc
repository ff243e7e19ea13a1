#include "extract/rules_reader.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string_view>

#include "text/folded_text.h"

namespace mailuo::extract {
namespace {

constexpr std::size_t kMaxWord = 40;

Status AddWords(const RuleLine& line, std::string_view text, WordUse use, std::size_t rule, RuleBuild& build) {
  MAILUO_ASSIGN_OR_RETURN(std::vector<std::u16string> words, FoldedAlternatives(line, "words", text));
  if (words.empty()) return line.Fail("words", "expected at least one word");
  const auto index = static_cast<std::uint32_t>(build.rules.words.size());
  build.rules.words.push_back({use, static_cast<std::uint32_t>(rule)});
  for (std::u16string& word : words) {
    if (word.size() > kMaxWord) return line.Fail("words", "a word is longer than 40 characters");
    build.patterns.emplace_back(std::move(word), index);
  }
  return {};
}

Result<EventType> EventTypeOf(const RuleLine& line, std::string_view text) {
  if (const auto type = ParseEventType(text)) return *type;
  return line.Fail("type", "unknown event type '" + std::string(text) + "'");
}

Result<std::int8_t> PolarityOf(const RuleLine& line, std::string_view text) {
  if (text == "+1") return std::int8_t{1};
  if (text == "-1") return std::int8_t{-1};
  if (text == "0") return std::int8_t{0};
  return line.Fail("polarity", "expected +1, 0 or -1, got '" + std::string(text) + "'");
}

Result<std::optional<FactStatus>> StatusOf(const RuleLine& line, std::string_view text) {
  if (text.empty()) return std::optional<FactStatus>();
  if (const auto status = ParseFactStatus(text)) return status;
  return line.Fail("status", "unknown status '" + std::string(text) + "'");
}

Result<std::string> RuleId(const RuleLine& line, std::string_view type, std::string_view number) {
  int value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error != std::errc() || end != number.data() + number.size() || value < 1) {
    return line.Fail("n", "expected a number from 1, got '" + std::string(number) + "'");
  }
  return std::string(type) + "/" + std::string(number);
}

Result<std::vector<Finder>> ParseFinders(const RuleLine& line, std::string_view column, std::string_view text) {
  static constexpr std::pair<std::string_view, Finder> kFinders[] = {
      {"subject", Finder::kSubject},   {"agent", Finder::kAgent},     {"patient", Finder::kPatient},
      {"object", Finder::kObject},     {"to", Finder::kTo},           {"for", Finder::kFor},
      {"toward", Finder::kToward},     {"with", Finder::kWith},       {"take", Finder::kTake},
      {"from", Finder::kFrom},         {"at", Finder::kAt},           {"by", Finder::kBy},
      {"next", Finder::kNext},         {"prev", Finder::kPrev},       {"carried", Finder::kCarried},
      {"before", Finder::kAnyBefore},  {"its", Finder::kIts},         {"near", Finder::kNear},
      {"sentence", Finder::kSentence}, {"anaphor", Finder::kAnaphor}, {"main", Finder::kMain},
      {"shares", Finder::kShares},     {"owner", Finder::kOwner},     {"following", Finder::kFollowing},
      {"behind", Finder::kBehind}};
  std::vector<Finder> finders;
  for (const std::string_view word : SplitAlternatives(text)) {
    const auto* const found = std::find_if(std::begin(kFinders), std::end(kFinders),
                                           [word](const auto& entry) { return entry.first == word; });
    if (found == std::end(kFinders)) return line.Fail(column, "unknown place '" + std::string(word) + "'");
    finders.push_back(found->second);
  }
  if (finders.empty()) return line.Fail(column, "expected where to look");
  return finders;
}

bool HasRole(EventType type, std::string_view role) {
  for (const std::string_view known : SplitAlternatives(Info(type).roles)) {
    if (known == role) return true;
  }
  return false;
}

Status CheckTestRoles(const RuleLine& line, EventType type, const ConditionTest& test) {
  for (const std::string& role : test.roles) {
    if (HasRole(type, role)) continue;
    return line.Fail("needs", "role '" + role + "' is none of " + std::string(Word(type)));
  }
  return {};
}

Status CheckConditionRoles(const RuleLine& line, EventType type, const Conditions& conditions) {
  for (const ConditionGroup& group : conditions) {
    for (const ConditionTest& test : group) {
      MAILUO_RETURN_IF_ERROR(CheckTestRoles(line, type, test));
      for (const ConditionTest& other : test.with) MAILUO_RETURN_IF_ERROR(CheckTestRoles(line, type, other));
    }
  }
  return {};
}

}  // namespace

// type n words strength precision status polarity needs unless why
Status ReadTriggers(const RuleFile& file, RuleBuild& build) {
  MAILUO_ASSIGN_OR_RETURN(const std::vector<RuleLine> lines, ReadRuleLines(file, 10));
  for (const RuleLine& line : lines) {
    const auto& c = line.columns;
    if (c[0] == "-") {
      MAILUO_RETURN_IF_ERROR(AddWords(line, c[2], WordUse::kBlock, 0, build));
      continue;
    }
    TriggerRule rule;
    MAILUO_ASSIGN_OR_RETURN(rule.type, EventTypeOf(line, c[0]));
    MAILUO_ASSIGN_OR_RETURN(rule.id, RuleId(line, c[0], c[1]));
    for (const TriggerRule& other : build.rules.triggers) {
      if (other.id == rule.id) return line.Fail("n", rule.id + " is there already");
    }
    const std::string_view strength = c[3].substr(0, c[3].find('/'));
    if (strength != "strong" && strength != "weak" && strength != "faint" && strength != "noun") {
      return line.Fail("strength", "expected strong, weak, noun or faint, with /KIND or without");
    }
    rule.strong = strength == "strong" || strength == "noun";
    rule.faint = strength == "faint" || strength == "noun";
    rule.kind = c[3].substr(std::min(strength.size() + 1, c[3].size()));
    MAILUO_ASSIGN_OR_RETURN(rule.precision, ParsePrecision(line, c[4]));
    MAILUO_ASSIGN_OR_RETURN(rule.status, StatusOf(line, c[5]));
    if (!c[6].empty()) {
      MAILUO_ASSIGN_OR_RETURN(rule.polarity, PolarityOf(line, c[6]));
    }
    MAILUO_ASSIGN_OR_RETURN(rule.needs, ParseConditions(line, "needs", c[7]));
    MAILUO_ASSIGN_OR_RETURN(rule.unless, ParseConditions(line, "unless", c[8]));
    MAILUO_RETURN_IF_ERROR(CheckConditionRoles(line, rule.type, rule.needs));
    MAILUO_RETURN_IF_ERROR(AddWords(line, c[2], WordUse::kTrigger, build.rules.triggers.size(), build));
    build.rules.triggers.push_back(std::move(rule));
  }
  return {};
}

namespace {

// many, also, unheld, no_share, or KEY:WORD|WORD.
Status ReadRoleOption(const RuleLine& line, std::string_view option, RoleRule& rule) {
  const std::pair<std::string_view, bool*> flags[] = {
      {"many", &rule.many}, {"also", &rule.also}, {"unheld", &rule.filter.unheld}, {"no_share", &rule.filter.no_share}};
  for (const auto& [name, flag] : flags) {
    if (name != option) continue;
    *flag = true;
    return {};
  }
  const std::pair<std::string_view, std::vector<std::u16string>*> lists[] = {
      {"only", &rule.only},
      {"except", &rule.except},
      {"after", &rule.filter.after},
      {"not_after", &rule.filter.not_after},
      {"followed", &rule.filter.followed},
      {"not_followed", &rule.filter.not_followed},
      {"named", &rule.filter.named},
      {"not_named", &rule.filter.not_named}};
  const std::size_t colon = option.find(':');
  for (const auto& [name, list] : lists) {
    if (colon == std::string_view::npos || name != option.substr(0, colon)) continue;
    MAILUO_ASSIGN_OR_RETURN(*list, FoldedAlternatives(line, "options", option.substr(colon + 1)));
    return {};
  }
  return line.Fail("options", "unknown option '" + std::string(option) + "'");
}

}  // namespace

// type role mentions where options why
Status ReadRoles(const RuleFile& file, RuleBuild& build) {
  MAILUO_ASSIGN_OR_RETURN(const std::vector<RuleLine> lines, ReadRuleLines(file, 6));
  for (const RuleLine& line : lines) {
    const auto& c = line.columns;
    MAILUO_ASSIGN_OR_RETURN(const EventType type, EventTypeOf(line, c[0]));
    RoleRule rule;
    rule.role = c[1];
    if (!HasRole(type, rule.role)) return line.Fail("role", "'" + rule.role + "' is no role of " + std::string(c[0]));
    MAILUO_ASSIGN_OR_RETURN(rule.types, ParseMentionTypes(line, "mentions", c[2]));
    MAILUO_ASSIGN_OR_RETURN(rule.finders, ParseFinders(line, "where", c[3]));
    for (const std::string_view option : SplitAlternatives(c[4], ' ')) {
      MAILUO_RETURN_IF_ERROR(ReadRoleOption(line, option, rule));
    }
    build.rules.roles[static_cast<std::size_t>(type) - 1].push_back(std::move(rule));
  }
  return {};
}

// type role classes near avoid options why
Status ReadValues(const RuleFile& file, RuleBuild& build) {
  MAILUO_ASSIGN_OR_RETURN(const std::vector<RuleLine> lines, ReadRuleLines(file, 7));
  for (const RuleLine& line : lines) {
    const auto& c = line.columns;
    ValueRule rule;
    rule.role = c[1];
    MAILUO_ASSIGN_OR_RETURN(rule.classes, ParseAmountClasses(line, "classes", c[2]));
    MAILUO_ASSIGN_OR_RETURN(rule.near, FoldedAlternatives(line, "near", c[3]));
    MAILUO_ASSIGN_OR_RETURN(rule.avoid, FoldedAlternatives(line, "avoid", c[4]));
    for (const std::string_view option : SplitAlternatives(c[5])) {
      if (option == "per_share") {
        rule.per_share = true;
      } else if (option == "total") {
        rule.per_share = false;
      } else if (option == "neighbours") {
        rule.neighbours = true;
      } else {
        return line.Fail("options", "unknown option '" + std::string(option) + "'");
      }
    }
    for (const std::string_view name : SplitAlternatives(c[0])) {
      MAILUO_ASSIGN_OR_RETURN(const EventType type, EventTypeOf(line, name));
      if (!HasRole(type, rule.role)) return line.Fail("role", "'" + rule.role + "' is no role of " + std::string(name));
      build.rules.values[static_cast<std::size_t>(type) - 1].push_back(rule);
    }
  }
  return {};
}

// words effect side reach not_before why
Status ReadStatus(const RuleFile& file, RuleBuild& build) {
  static constexpr std::pair<std::string_view, StatusEffect> kEffects[] = {
      {"planned", StatusEffect::kPlanned},         {"rumoured", StatusEffect::kRumoured},
      {"denied", StatusEffect::kDenied},           {"terminated", StatusEffect::kTerminated},
      {"conditional", StatusEffect::kConditional}, {"done", StatusEffect::kDone}};
  MAILUO_ASSIGN_OR_RETURN(const std::vector<RuleLine> lines, ReadRuleLines(file, 6));
  for (const RuleLine& line : lines) {
    const auto& c = line.columns;
    StatusRule rule;
    const auto* const effect =
        std::find_if(std::begin(kEffects), std::end(kEffects), [&c](const auto& entry) { return entry.first == c[1]; });
    if (effect == std::end(kEffects)) return line.Fail("effect", "unknown effect '" + std::string(c[1]) + "'");
    rule.effect = effect->second;
    if (c[2] == "before") {
      rule.side = StatusSide::kBefore;
    } else if (c[2] == "after") {
      rule.side = StatusSide::kAfter;
    } else if (c[2] == "any") {
      rule.side = StatusSide::kAny;
    } else {
      return line.Fail("side", "expected before, after or any");
    }
    std::string_view reach = c[3];
    if (reach.ends_with("+")) {
      rule.sentence = true;
      reach.remove_suffix(1);
    }
    const auto [end, error] = std::from_chars(reach.data(), reach.data() + reach.size(), rule.reach);
    if (error != std::errc() || end != reach.data() + reach.size()) {
      return line.Fail("reach", "expected a number of characters, with + where it crosses clauses");
    }
    MAILUO_ASSIGN_OR_RETURN(rule.not_before, FoldedAlternatives(line, "not_before", c[4]));
    MAILUO_RETURN_IF_ERROR(AddWords(line, c[0], WordUse::kStatus, build.rules.statuses.size(), build));
    build.rules.statuses.push_back(std::move(rule));
  }
  return {};
}

// type words polarity why
Status ReadPolarity(const RuleFile& file, RuleBuild& build) {
  MAILUO_ASSIGN_OR_RETURN(const std::vector<RuleLine> lines, ReadRuleLines(file, 4));
  for (const RuleLine& line : lines) {
    const auto& c = line.columns;
    PolarityRule rule;
    MAILUO_ASSIGN_OR_RETURN(rule.type, EventTypeOf(line, c[0]));
    MAILUO_ASSIGN_OR_RETURN(rule.polarity, PolarityOf(line, c[2]));
    MAILUO_RETURN_IF_ERROR(AddWords(line, c[1], WordUse::kPolarity, build.rules.polarities.size(), build));
    build.rules.polarities.push_back(rule);
  }
  return {};
}

// type n words precision head_types head tail_types tail options needs unless why
Status ReadRelations(const RuleFile& file, RuleBuild& build) {
  MAILUO_ASSIGN_OR_RETURN(const std::vector<RuleLine> lines, ReadRuleLines(file, 12));
  for (const RuleLine& line : lines) {
    const auto& c = line.columns;
    const auto type = ParseRelationType(c[0]);
    if (!type) return line.Fail("type", "unknown relation type '" + std::string(c[0]) + "'");
    RelationRule rule;
    rule.type = *type;
    MAILUO_ASSIGN_OR_RETURN(rule.id, RuleId(line, c[0], c[1]));
    for (const RelationRule& other : build.rules.relations) {
      if (other.id == rule.id) return line.Fail("n", rule.id + " is there already");
    }
    MAILUO_ASSIGN_OR_RETURN(rule.precision, ParsePrecision(line, c[3]));
    MAILUO_ASSIGN_OR_RETURN(rule.head_types, ParseMentionTypes(line, "head_types", c[4]));
    MAILUO_ASSIGN_OR_RETURN(rule.head, ParseFinders(line, "head", c[5]));
    MAILUO_ASSIGN_OR_RETURN(rule.tail_types, ParseMentionTypes(line, "tail_types", c[6]));
    MAILUO_ASSIGN_OR_RETURN(rule.tail, ParseFinders(line, "tail", c[7]));
    for (const std::string_view option : SplitAlternatives(c[8])) {
      if (option == "opens") {
        rule.validity = 1;
      } else if (option == "closes") {
        rule.validity = -1;
      } else if (option == "many") {
        rule.many = true;
      } else if (option == "sure") {
        rule.sure = true;
      } else if (option == "noun") {
        rule.noun = true;
      } else {
        MAILUO_ASSIGN_OR_RETURN(rule.status, StatusOf(line, option));
      }
    }
    MAILUO_ASSIGN_OR_RETURN(rule.needs, ParseConditions(line, "needs", c[9]));
    MAILUO_ASSIGN_OR_RETURN(rule.unless, ParseConditions(line, "unless", c[10]));
    MAILUO_RETURN_IF_ERROR(AddWords(line, c[2], WordUse::kRelation, build.rules.relations.size(), build));
    build.rules.relations.push_back(std::move(rule));
  }
  return {};
}

namespace {

// Of a holder the third column says what does not follow.
Status ReadHolders(const RuleLine& line, RuleBuild& build) {
  MAILUO_ASSIGN_OR_RETURN(const std::vector<std::u16string> words, FoldedAlternatives(line, "words", line.columns[0]));
  MAILUO_ASSIGN_OR_RETURN(const std::vector<std::u16string> not_before,
                          FoldedAlternatives(line, "not_after", line.columns[2]));
  for (const std::u16string& word : words) build.rules.holders.push_back({word, not_before});
  return {};
}

}  // namespace

// words particle not_after why
Status ReadParticles(const RuleFile& file, RuleBuild& build) {
  static constexpr std::pair<std::string_view, Particle> kParticles[] = {
      {"by", Particle::kBy},     {"to", Particle::kTo},     {"toward", Particle::kToward}, {"with", Particle::kWith},
      {"take", Particle::kTake}, {"from", Particle::kFrom}, {"at", Particle::kAt},         {"about", Particle::kAbout}};
  MAILUO_ASSIGN_OR_RETURN(const std::vector<RuleLine> lines, ReadRuleLines(file, 4));
  for (const RuleLine& line : lines) {
    const auto& c = line.columns;
    if (c[1] == "holder") {
      MAILUO_RETURN_IF_ERROR(ReadHolders(line, build));
      continue;
    }
    if (c[1] == "own_date" || c[1] == "other_date" || c[1] == "told_date") {
      auto& list = c[1] == "own_date"     ? build.rules.own_dates
                   : c[1] == "other_date" ? build.rules.other_dates
                                          : build.rules.told_dates;
      MAILUO_ASSIGN_OR_RETURN(std::vector<std::u16string> words, FoldedAlternatives(line, "words", c[0]));
      list.insert(list.end(), words.begin(), words.end());
      continue;
    }
    ParticleRule rule;
    rule.noun = c[1] == "noun";
    const auto* const particle = std::find_if(std::begin(kParticles), std::end(kParticles),
                                              [&c](const auto& entry) { return entry.first == c[1]; });
    if (particle != std::end(kParticles)) {
      rule.particle = particle->second;
    } else if (!rule.noun) {
      return line.Fail("particle", "unknown particle '" + std::string(c[1]) + "'");
    }
    MAILUO_ASSIGN_OR_RETURN(rule.not_after, FoldedAlternatives(line, "not_after", c[2]));
    MAILUO_ASSIGN_OR_RETURN(const std::vector<std::u16string> words, FoldedAlternatives(line, "words", c[0]));
    for (const std::u16string& word : words) {
      rule.word = word;
      build.rules.particles.push_back(rule);
    }
  }
  std::stable_sort(build.rules.particles.begin(), build.rules.particles.end(),
                   [](const ParticleRule& a, const ParticleRule& b) { return a.word.size() > b.word.size(); });
  return {};
}

}  // namespace mailuo::extract
