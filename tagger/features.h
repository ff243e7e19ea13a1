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

// One sentence (or line) as its caller prepared it. All vectors have one element a unit.
struct Sequence {
  std::u16string_view units;          // Folded.
  std::vector<std::uint8_t> word;     // Place in its word: 0 begin, 1 inside, 2 end, 3 alone.
  std::vector<std::uint8_t> lexicon;  // 0 none, else class * 4 + place: what the lexicon says of this unit.

  void Clear() {
    units = {};
    word.clear();
    lexicon.clear();
  }
};

inline constexpr std::size_t kFeaturesPerUnit = 22;
using FeatureRow = std::array<std::uint32_t, kFeaturesPerUnit>;  // 32-bit hashes.

// Computes the features of every unit of `sequence` into `rows` (resized). About 150 instructions a unit.
void ComputeFeatures(const Sequence& sequence, std::vector<FeatureRow>& rows);

}  // namespace mailuo::tagger
