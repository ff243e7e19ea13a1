// What is kept of an article to find its copies and its story: a pure function of title and text. Two parts.
//
// Features: the pairs of Han characters and the Latin words of the title and the lead that say most about the subject
// (story_builder.h groups by them). Sketch: the smallest hashes of all runs of eight characters of the text, a fair
// sample of them; two texts that share most of the sample share most of their runs. Copies are looked up by two bands,
// single hashes that a copy has in common with its source nearly always: the smallest of the whole text, and the
// smallest of its beginning (a copy is often cut).
// Thread safety: value types and pure functions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mailuo::story {

inline constexpr std::size_t kMaxFeatures = 48;
inline constexpr std::uint32_t kFeatureBits = 18;
inline constexpr std::uint32_t kMaxFeatureWeight = 15;
inline constexpr std::size_t kMaxSketch = 32;

struct Feature {
  std::uint32_t id = 0;     // A hash of kFeatureBits bits.
  std::uint8_t weight = 0;  // 1..kMaxFeatureWeight
  friend bool operator==(const Feature&, const Feature&) = default;
};

struct Signature {
  std::vector<Feature> features;         // Ascending ids, at most kMaxFeatures.
  std::vector<std::uint32_t> sketch;     // Ascending, distinct, at most kMaxSketch.
  std::uint32_t runs = 0;                // Runs of the text; the sketch is complete if it has fewer than kMaxSketch.
  std::array<std::uint64_t, 2> bands{};  // 0 for a text too short to tell: it has no copies.
  friend bool operator==(const Signature&, const Signature&) = default;
};

using Folder = std::string (*)(std::string_view utf8);

// `fold` makes one of the written forms of a name or word (text::FoldKey).
Signature MakeSignature(std::string_view title, std::string_view text, Folder fold);

// True if one of the two texts holds nearly all of the other. Symmetric.
bool NearIdentical(const Signature& a, const Signature& b);

}  // namespace mailuo::story
