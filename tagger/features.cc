#include "tagger/features.h"

namespace mailuo::tagger {
namespace {

constexpr std::size_t kPad = 3;

// Digits and Latin letters are alike to the model but for being digits or letters.
char16_t Class(char16_t unit) {
  if (unit >= u'0' && unit <= u'9') return u'0';
  if (unit >= u'a' && unit <= u'z') return u'a';
  return unit;
}

constexpr std::uint32_t Mix(std::uint32_t hash) {
  hash ^= hash >> 15;
  hash *= 0x2C1B3C6DU;
  hash ^= hash >> 12;
  return hash;
}
constexpr std::uint32_t Join(std::uint32_t kind, std::uint32_t a) { return Mix(kind * 0x9E3779B1U ^ a * 0x85EBCA77U); }
constexpr std::uint32_t Join(std::uint32_t kind, std::uint32_t a, std::uint32_t b) {
  return Mix((kind * 0x9E3779B1U ^ a * 0x85EBCA77U) + b * 0xC2B2AE3DU);
}
constexpr std::uint32_t Join(std::uint32_t kind, std::uint32_t a, std::uint32_t b, std::uint32_t c) {
  return Mix(((kind * 0x9E3779B1U ^ a * 0x85EBCA77U) + b * 0xC2B2AE3DU) ^ c * 0x27D4EB2FU);
}

struct Word {
  std::uint32_t hash = 0;
  std::uint32_t length = 0;
};

}  // namespace

void ComputeFeatures(const Sequence& sequence, std::vector<FeatureRow>& rows) {
  const std::size_t size = sequence.units.size();
  rows.resize(size);
  // Padded copies: no bounds tests in the loop.
  thread_local std::vector<std::uint32_t> chars;
  thread_local std::vector<UnitClues> clues;
  thread_local std::vector<Word> words;  // Of each unit: the word it is in.
  constexpr UnitClues kOutsideText{4, 0xFF, 0xFF, 0xFF, 0xFF};
  chars.assign(size + 2 * kPad, 1);
  clues.assign(size + 2 * kPad, kOutsideText);
  for (std::size_t i = 0; i < size; ++i) {
    chars[i + kPad] = Class(sequence.units[i]);
    clues[i + kPad] = sequence.clues[i];
  }
  const auto continues = [&](std::size_t i) { return clues[i + kPad].word == 1 || clues[i + kPad].word == 2; };
  words.assign(size, {});
  for (std::size_t start = 0; start < size;) {
    std::size_t end = start + 1;
    std::uint32_t hash = chars[start + kPad];
    while (end < size && continues(end)) {
      hash = Mix(hash * 0x01000193U + chars[end + kPad]);
      ++end;
    }
    for (std::size_t i = start; i < end; ++i) words[i] = {hash, static_cast<std::uint32_t>(end - start)};
    start = end;
  }

  std::uint32_t previous_word = 2;
  for (std::size_t i = 0; i < size; ++i) {
    const std::uint32_t* c = &chars[i + kPad];
    const UnitClues* l = &clues[i + kPad];
    if (!continues(i) && i > 0) previous_word = words[i - 1].hash;
    // The word after this one starts where this one ends.
    std::size_t next = i + 1;
    while (next < size && continues(next)) ++next;
    const std::uint32_t next_word = next < size ? words[next].hash : 3;
    const std::uint32_t next_length = next < size ? words[next].length : 0;
    const std::uint32_t place = l[0].word;
    const std::uint32_t shapes =
        std::uint32_t{l[-1].shape} | std::uint32_t{l[0].shape} << 8U | std::uint32_t{l[1].shape} << 16U;
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
        Join(10, c[-1], c[1]),
        Join(11, c[-2], c[-1], c[0]),
        Join(12, c[-1], c[0], c[1]),
        Join(13, c[0], c[1], c[2]),
        Join(14, l[-1].word, place, l[1].word),
        Join(15, c[0], place),
        Join(16, l[0].name, place),
        Join(17, l[-1].name, l[0].name, l[1].name),
        Join(18, l[0].name, c[0]),
        Join(19, l[-2].name, l[-1].name, l[0].name),
        Join(20, words[i].hash, place),
        Join(21, previous_word, place),
        Join(22, next_word, place, words[i].length),
        Join(23, l[0].guess, l[0].name),
        Join(24, l[-1].guess, l[0].guess, l[1].guess),
        Join(25, l[0].guess, c[0]),
        Join(26, l[0].guess, c[-1]),
        Join(27, l[0].guess, c[1]),
        Join(28, shapes),
        Join(29, shapes, std::uint32_t{l[-2].shape} | std::uint32_t{l[2].shape} << 8U),
        Join(30, l[-1].cue, l[0].cue, l[1].cue),
        Join(31, l[0].shape, l[0].guess, l[1].cue),
        Join(32, l[0].shape, l[-1].cue, l[0].guess),
        Join(33, l[0].cue, l[0].name, place),
        Join(34, c[-3], c[-2], c[-1]),
        Join(35, c[1], c[2], c[3]),
        Join(36, place, next_length, next_word),
    };
  }
}

}  // namespace mailuo::tagger
