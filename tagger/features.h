// What the tagger looks at: hashed features over characters, words and lexicon classes around each unit.
// Training and tagging share this code, so that a model means the same in both.
// Thread safety: one thread at a time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace mailuo::tagger {

// What the caller knows of one unit. Zero is nothing; "class * 4 + place" has the place in its span: 0 begin, 1 inside,
// 2 end, 3 alone.
struct UnitClues {
  std::uint8_t word = 3;   // Place in its word.
  std::uint8_t name = 0;   // Class * 4 + place: the longest name of the lexicon over this unit.
  std::uint8_t cue = 0;    // Class * 4 + place: suffixes, posts, verbs of speech ...
  std::uint8_t guess = 0;  // Class * 4 + place: the span that lists and rules would choose here.
  std::uint8_t shape = 0;  // Bits of what names the character is found in.
};

// One sentence (or line) as its caller prepared it, one element a unit in both.
struct Sequence {
  std::u16string_view units;  // Folded.
  std::vector<UnitClues> clues;
};

inline constexpr std::size_t kFeaturesPerUnit = 24;
using FeatureRow = std::array<std::uint32_t, kFeaturesPerUnit>;  // 32-bit hashes.

// Computes the features of every unit of `sequence` into `rows` (resized).
void ComputeFeatures(const Sequence& sequence, std::vector<FeatureRow>& rows);

}  // namespace mailuo::tagger
