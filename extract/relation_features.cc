#include "extract/relation_features.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "text/folded_text.h"

namespace mailuo::extract {
namespace {

using Units = std::u16string_view;

constexpr std::uint32_t kBefore = 8;      // Units before the first name.
constexpr std::uint32_t kAfter = 14;      // Units after the second.
constexpr std::size_t kNearBetween = 30;  // Up to here what lies between is read as one phrase.
constexpr std::size_t kWhole = 8;         // A phrase this short is a feature as a whole.
constexpr char16_t kName = u'#';          // Stands for any other name.

// Numbers of the templates: part of the meaning of a trained model, append only.
enum Template : std::uint32_t {
  kBias = 1,
  kLength,
  kInner,
  kBetweenAll,
  kBetweenStart,
  kBetweenEnd,
  kAfterStart,
  kBeforeEnd,
  kBetweenPair,
  kBetweenPairFar,
  kAfterPair,
  kBeforePair,
  kRestPair,
  kRule,
  kRuleType,
  kNoRule,
  kComma,
  kSameStart,
  kShare,
  kFirstInSecond,
  kSecondInFirst,
  kFirstEnd,
  kSecondEnd,
  kConnectStart,
  kConnectEnd,
  kBetweenOne,
  kBetweenThree,
  kWordKind,
  kWordText,
  kWordNear,
  kParticles,
  kClauses,
  kOnlyPair,
  kPlace,
  kShape,
  kKindParticles,
  kTextParticles,
};

class Builder {
 public:
  explicit Builder(std::vector<std::uint32_t>& out) : out_(out) {}

  void Add(Template number, Units units = {}, std::uint32_t extra = 0) {
    std::uint32_t hash = (number + 64 * extra) * 0x9E3779B1U;
    for (const char16_t unit : units) hash = (hash ^ unit) * 0x01000193U;
    hash ^= hash >> 15;
    hash *= 0x2C1B3C6DU;
    hash ^= hash >> 12;
    Add(hash * 0x297A2D39U);
  }
  // Every `length` units in a row.
  void AddRuns(Template number, Units units, std::size_t length) {
    for (std::size_t i = 0; i + length <= units.size(); ++i) Add(number, units.substr(i, length));
  }
  void AddPairs(Template number, Units units) { AddRuns(number, units, 2); }
  void AddEdges(Template start, Template end, Units units) {
    for (std::size_t n = 1; n <= 3; ++n) {
      if (start != kBias) Add(start, units.substr(0, n), static_cast<std::uint32_t>(n));
      if (end != kBias) Add(end, units.substr(units.size() - std::min(n, units.size())), static_cast<std::uint32_t>(n));
    }
  }

  // REQUIRES: last.
  void Finish() {
    if (out_.size() < kMostSeen) return;
    std::sort(out_.begin(), out_.end());
    out_.erase(std::unique(out_.begin(), out_.end()), out_.end());
  }

 private:
  // Each once: by a small table, at most half full, as long as they are few; by sorting them in the end else.
  static constexpr unsigned kSeenBits = 11;
  static constexpr std::size_t kSeen = std::size_t{1} << kSeenBits;
  static constexpr std::size_t kMostSeen = kSeen / 2;

  void Add(std::uint32_t hash) {
    if (out_.size() < kMostSeen && hash != 0) {
      std::size_t place = hash >> (32U - kSeenBits);
      for (; seen_[place] != 0; place = (place + 1) % kSeen) {
        if (seen_[place] == hash) return;
      }
      seen_[place] = hash;
    } else if (hash == 0) {
      if (zero_) return;
      zero_ = true;
    }
    out_.push_back(hash);
  }

  std::vector<std::uint32_t>& out_;
  std::array<std::uint32_t, kSeen> seen_{};  // 0: free.
  bool zero_ = false;
};

std::uint32_t LengthClass(std::size_t length) {
  constexpr std::size_t kBounds[] = {0, 1, 3, 6, 10, 18, 30};
  std::uint32_t number = 0;
  for (const std::size_t bound : kBounds) number += length > bound ? 1U : 0U;
  return number;
}

// Numbers read alike: a run of digits, and the <n> that labelled texts have in their place, become one 0.
void AppendPlain(Units text, std::u16string& out) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool placeholder = text.substr(i).starts_with(u"<n>");
    if (!placeholder && !text::IsAsciiDigit(text[i])) {
      out.push_back(text[i]);
      continue;
    }
    if (placeholder) i += 2;
    if (out.empty() || out.back() != u'0') out.push_back(u'0');
  }
}
std::u16string Plain(Units text) {
  std::u16string out;
  AppendPlain(text, out);
  return out;
}

// What lies between the names, with the other names masked. Returns how many there are.
std::uint32_t Between(const RelationPair& pair, std::u16string& out) {
  std::uint32_t inner = 0;
  std::uint32_t at = pair.first.end;
  for (const text::UnitSpan name : *pair.names) {
    if (name.start < pair.first.end || name.end > pair.second.start) continue;
    AppendPlain(pair.units.substr(at, name.start - at), out);
    out.push_back(kName);
    at = name.end;
    ++inner;
  }
  AppendPlain(pair.units.substr(at, pair.second.start - at), out);
  return inner;
}

std::u16string Connect(char16_t joiner, Units follow) {
  std::u16string out;
  out.push_back(joiner);
  for (const char16_t unit : follow) out.push_back(unit);
  return out;
}

void AddNames(Units first, Units second, Builder& builder) {
  builder.Add(kFirstEnd, first.substr(first.size() - std::min<std::size_t>(2, first.size())));
  builder.Add(kSecondEnd, second.substr(second.size() - std::min<std::size_t>(2, second.size())));
  if (first.substr(0, 2) == second.substr(0, 2)) builder.Add(kSameStart);
  for (std::size_t i = 0; i + 1 < first.size(); ++i) {
    if (second.find(first.substr(i, 2)) == Units::npos) continue;
    builder.Add(kShare);
    break;
  }
  if (second.find(first) != Units::npos) builder.Add(kFirstInSecond);
  if (first.find(second) != Units::npos) builder.Add(kSecondInFirst);
}

void AddRules(const RelationPair& pair, Builder& builder) {
  if (pair.rules.empty()) builder.Add(kNoRule);
  for (const PairRule& rule : pair.rules) {
    const std::u16string id(rule.id.begin(), rule.id.end());
    builder.Add(kRule, id, rule.forward ? 1 : 0);
    builder.Add(kRuleType, Units(id).substr(0, id.find(u'/')), rule.forward ? 1 : 0);
  }
}

enum Region : std::uint32_t { kRegionBefore = 1, kRegionBetween, kRegionAfter, kRegionOver };

Region RegionOf(const RelationPair& pair, text::UnitSpan span) {
  if (span.end <= pair.first.start) return kRegionBefore;
  if (span.start >= pair.second.end) return kRegionAfter;
  return span.start >= pair.first.end && span.end <= pair.second.start ? kRegionBetween : kRegionOver;
}

std::uint32_t GapClass(const RelationPair& pair, text::UnitSpan span, Region region) {
  const std::uint32_t gap = region == kRegionBefore  ? pair.first.start - span.end
                            : region == kRegionAfter ? span.start - pair.second.end
                                                     : 0;
  return gap <= 2 ? 0 : gap <= 10 ? 1 : 2;
}

void AddWord(const RelationPair& pair, const PairWord& word, Builder& builder) {
  const Region region = RegionOf(pair, word.span);
  const std::uint32_t place = region * 2 + (word.same_clause ? 1U : 0U);
  const auto kind = static_cast<char16_t>(word.kind);
  const Units text = pair.units.substr(word.span.start, word.span.size());
  builder.Add(kWordKind, Units(&kind, 1), place);
  builder.Add(kWordNear, Units(&kind, 1), region * 4 + GapClass(pair, word.span, region));
  builder.Add(kWordText, text, place);
  if (!word.same_clause) return;
  const auto particles = static_cast<char16_t>(pair.first_name.particle * 16 + pair.second_name.particle);
  builder.Add(kKindParticles, std::u16string{kind, particles}, region);
  builder.Add(kTextParticles, std::u16string(text) + particles, region);
}

// The kinds of the words between the names in their order, and the first behind the second name.
void AddShape(const RelationPair& pair, Builder& builder) {
  constexpr std::size_t kMostWords = 4;
  constexpr char16_t kBehind = 0xFFFF;
  const std::uint32_t apart = pair.clauses_between > 0 ? 1 : 0;
  std::u16string shape;
  for (const PairWord& word : pair.words) {
    if (RegionOf(pair, word.span) == kRegionBetween) shape.push_back(static_cast<char16_t>(word.kind));
  }
  if (shape.size() > kMostWords) return;
  builder.Add(kShape, shape, apart);
  const auto behind = std::find_if(pair.words.begin(), pair.words.end(),
                                   [&](const PairWord& word) { return RegionOf(pair, word.span) == kRegionAfter; });
  if (behind == pair.words.end()) return;
  shape += {kBehind, static_cast<char16_t>(behind->kind)};
  builder.Add(kShape, shape, 2 + apart);
}

void AddClauses(const RelationPair& pair, std::uint32_t inner, Builder& builder) {
  const auto name = [](const PairName& of) {
    return of.particle * 4 + (of.genitive ? 2U : 0U) + (of.coordinated ? 1U : 0U);
  };
  const std::uint32_t both = name(pair.first_name) * 64 + name(pair.second_name);
  builder.Add(kParticles, {}, both);
  builder.Add(kClauses, {}, std::min(pair.clauses_between, 3U));
  builder.Add(kOnlyPair, {}, (pair.names->size() == 2 ? 1U : 0U) + 2 * std::min(inner, 3U));
  builder.Add(kPlace, {}, pair.first.start == pair.sentence.start ? 1 : 0);
}

}  // namespace

void ComputeRelationFeatures(const RelationPair& pair, std::vector<std::uint32_t>& features) {
  features.clear();
  Builder builder(features);
  std::u16string between;
  const std::uint32_t inner = Between(pair, between);
  const std::uint32_t from = std::max(pair.sentence.start, pair.first.start - std::min(kBefore, pair.first.start));
  const std::uint32_t to = std::min(pair.sentence.end, pair.second.end + kAfter);
  const std::u16string before = Plain(pair.units.substr(from, pair.first.start - from));
  const std::u16string after = Plain(pair.units.substr(pair.second.end, to - pair.second.end));
  builder.Add(kBias);
  builder.Add(kLength, {}, LengthClass(between.size()));
  builder.Add(kInner, {}, std::min(3U, inner));
  if (between.size() <= kWhole) builder.Add(kBetweenAll, between);
  builder.AddEdges(kBetweenStart, kBetweenEnd, between);
  builder.AddEdges(kAfterStart, kBias, after);
  builder.Add(kAfterStart, Units(after).substr(0, 4), 4);
  builder.AddEdges(kBias, kBeforeEnd, before);
  builder.AddPairs(between.size() > kNearBetween ? kBetweenPairFar : kBetweenPair, between);
  builder.AddPairs(kAfterPair, after);
  builder.AddPairs(kBeforePair, before);
  builder.AddPairs(kRestPair, Plain(pair.units.substr(pair.sentence.start, from - pair.sentence.start)));
  builder.AddPairs(kRestPair, Plain(pair.units.substr(to, pair.sentence.end - to)));
  AddRules(pair, builder);
  for (const PairWord& word : pair.words) AddWord(pair, word, builder);
  AddShape(pair, builder);
  AddClauses(pair, inner, builder);
  if (between.size() <= kNearBetween) builder.AddRuns(kBetweenOne, between, 1);
  builder.AddRuns(kBetweenThree, between, 3);
  if (between.find(u',') != std::u16string::npos) builder.Add(kComma);
  AddNames(pair.units.substr(pair.first.start, pair.first.size()),
           pair.units.substr(pair.second.start, pair.second.size()), builder);
  const Units follow = Units(after).substr(0, 2);
  builder.Add(kConnectStart, Connect(between.empty() ? u'|' : between.front(), follow));
  builder.Add(kConnectEnd, Connect(between.empty() ? u'|' : between.back(), follow));
  builder.Finish();
}

}  // namespace mailuo::extract
