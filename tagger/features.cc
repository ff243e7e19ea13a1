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
  thread_local std::vector<std::uint32_t> lexicon;
  thread_local std::vector<Word> words;  // Of each unit: the word it is in.
  chars.assign(size + 2 * kPad, 1);
  lexicon.assign(size + 2 * kPad, 0xFF);
  for (std::size_t i = 0; i < size; ++i) {
    chars[i + kPad] = Class(sequence.units[i]);
    lexicon[i + kPad] = sequence.lexicon[i];
  }
  words.assign(size, {});
  for (std::size_t start = 0; start < size;) {
    std::size_t end = start + 1;
    std::uint32_t hash = chars[start + kPad];
    while (end < size && (sequence.word[end] == 1 || sequence.word[end] == 2)) {
      hash = Mix(hash * 0x01000193U + chars[end + kPad]);
      ++end;
    }
    for (std::size_t i = start; i < end; ++i) words[i] = {hash, static_cast<std::uint32_t>(end - start)};
    start = end;
  }

  std::uint32_t previous_word = 2;
  for (std::size_t i = 0; i < size; ++i) {
    const std::uint32_t* c = &chars[i + kPad];
    const std::uint32_t* l = &lexicon[i + kPad];
    const bool begins = sequence.word[i] == 0 || sequence.word[i] == 3;
    if (begins && i > 0) previous_word = words[i - 1].hash;
    // The word after this one starts where this one ends.
    std::size_t next = i + 1;
    while (next < size && (sequence.word[next] == 1 || sequence.word[next] == 2)) ++next;
    const std::uint32_t next_word = next < size ? words[next].hash : 3;
    const std::uint32_t place = sequence.word[i];
    const std::uint32_t left_place = i > 0 ? sequence.word[i - 1] : 4U;
    const std::uint32_t right_place = i + 1 < size ? sequence.word[i + 1] : 4U;
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
        Join(14, left_place, place, right_place),
        Join(15, c[0], place),
        Join(16, l[0], place),
        Join(17, l[-1], l[0], l[1]),
        Join(18, l[0], c[0]),
        Join(19, l[-2], l[-1], l[0]),
        Join(20, words[i].hash, place),
        Join(21, previous_word, place),
        Join(22, next_word, place, words[i].length),
    };
  }
}

}  // namespace mailuo::tagger
