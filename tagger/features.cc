#include "tagger/features.h"

#include <algorithm>

namespace mailuo::tagger {
namespace {

constexpr std::size_t kPad = 3;

// Digits and Latin letters are alike to the model but for being digits or letters.
char16_t Class(char16_t unit) {
  if (unit >= u'0' && unit <= u'9') return u'0';
  if (unit >= u'a' && unit <= u'z') return u'a';
  return unit;
}

// Hashes are sums of products by odd numbers: the upper bits of such a sum are as good as random, and each number is
// multiplied once for all the features it is in.
constexpr std::uint32_t kFirst = 0x9E3779B1U;
constexpr std::uint32_t kSecond = 0x85EBCA77U;
constexpr std::uint32_t kThird = 0xC2B2AE3DU;
constexpr std::uint32_t kKind = 0x27D4EB2FU;  // Its multiples keep the features' kinds apart.

constexpr std::uint32_t Mix(std::uint32_t hash) {
  hash ^= hash >> 15;
  hash *= 0x2C1B3C6DU;
  hash ^= hash >> 12;
  return hash;
}

// A number in each of the three places of a feature.
struct Value {
  std::uint32_t first;
  std::uint32_t second;
  std::uint32_t third;
};
constexpr Value Of(std::uint32_t number) { return {number * kFirst, number * kSecond, number * kThird}; }

constexpr std::uint32_t Join(std::uint32_t kind, Value a) { return kind * kKind + a.first; }
constexpr std::uint32_t Join(std::uint32_t kind, Value a, Value b) { return kind * kKind + a.first + b.second; }
constexpr std::uint32_t Join(std::uint32_t kind, Value a, Value b, Value c) {
  return kind * kKind + a.first + b.second + c.third;
}

struct Word {
  Value hash;
  std::uint32_t end;
};

}  // namespace

void ComputeFeatures(const Sequence& sequence, std::vector<FeatureRow>& rows) {
  const std::size_t size = sequence.units.size();
  rows.resize(size);
  // Padded copies: no bounds tests in the loop.
  thread_local std::vector<Value> chars;
  thread_local std::vector<UnitClues> clues;
  thread_local std::vector<Word> words;  // Of each unit: the word it is in.
  constexpr UnitClues kOutsideText{4, 0xFF, 0xFF, 0xFF, 0xFF};
  chars.assign(size + 2 * kPad, Of(1));
  clues.assign(size + 2 * kPad, kOutsideText);
  for (std::size_t i = 0; i < size; ++i) {
    chars[i + kPad] = Of(Class(sequence.units[i]));
    clues[i + kPad] = sequence.clues[i];
  }
  const auto continues = [&](std::size_t i) { return clues[i + kPad].word == 1 || clues[i + kPad].word == 2; };
  words.assign(size + 1, {Of(3), static_cast<std::uint32_t>(size)});
  for (std::size_t start = 0; start < size;) {
    std::size_t end = start + 1;
    std::uint32_t hash = Class(sequence.units[start]);
    while (end < size && continues(end)) {
      hash = Mix(hash * 0x01000193U + Class(sequence.units[end]));
      ++end;
    }
    const Word word{Of(hash), static_cast<std::uint32_t>(end)};
    std::fill(words.begin() + static_cast<std::ptrdiff_t>(start), words.begin() + static_cast<std::ptrdiff_t>(end),
              word);
    start = end;
  }

  Value previous_word = Of(2);
  for (std::size_t i = 0; i < size; ++i) {
    const Value* const c = &chars[i + kPad];
    const UnitClues* const l = &clues[i + kPad];
    if (!continues(i) && i > 0) previous_word = words[i - 1].hash;
    const Value word = words[i].hash;
    const Value next_word = words[words[i].end].hash;  // It starts where this one ends.
    const Value place = Of(l[0].word);
    const Value name = Of(l[0].name);
    const Value guess = Of(l[0].guess);
    const Value cue = Of(l[0].cue);
    const Value shapes =
        Of(std::uint32_t{l[-1].shape} | std::uint32_t{l[0].shape} << 8U | std::uint32_t{l[1].shape} << 16U);
    rows[i] = FeatureRow{
        Join(1, c[-2]),
        Join(2, c[-1]),
        Join(3, c[0]),
        Join(4, c[1]),
        Join(5, c[2]),
        Join(6, c[-2], c[-1]),
        Join(7, c[-1], c[0]),
        Join(8, c[0], c[1]),
        Join(9, c[1], c[2]),
        Join(10, c[-1], c[0], c[1]),
        Join(11, c[0], c[1], c[2]),
        Join(12, Of(l[-1].word), place, Of(l[1].word)),
        Join(13, c[0], place),
        Join(14, word, place),
        Join(15, previous_word, place),
        Join(16, next_word, place),
        Join(17, previous_word, word, place),
        Join(18, Of(l[-1].name), name, Of(l[1].name)),
        Join(19, name, c[0]),
        Join(20, guess, name, place),
        Join(21, guess, c[0]),
        Join(22, shapes),
        Join(23, shapes, Of(std::uint32_t{l[-2].shape} | std::uint32_t{l[2].shape} << 8U)),
        Join(24, Of(l[-1].cue), cue, Of(l[1].cue)),
    };
  }
}

}  // namespace mailuo::tagger
