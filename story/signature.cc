#include "story/signature.h"

#include <algorithm>
#include <bit>

#include "story/characters.h"
#include "story/common_bigrams.h"

namespace mailuo::story {
namespace {

constexpr std::size_t kLeadCharacters = 300;
constexpr std::uint32_t kTitleCount = 3;  // A pair in the title counts as often as three in the lead.
// Below this many runs (about 27 characters) a text says too little to be told from another one.
constexpr std::uint32_t kMinRuns = 20;
constexpr std::size_t kRunLength = 8;
constexpr std::size_t kHeadCharacters = 120;  // Where the second band looks.
// A Latin word weighs somewhat less than a rare pair: a name of two syllables gives two pairs, but Apple one word.
constexpr std::uint32_t kWordWeight = 80;

std::uint64_t Mix(std::uint64_t x) {
  x ^= x >> 33;
  x *= 0xFF51AFD7ED558CCDULL;
  x ^= x >> 33;
  x *= 0xC4CEB9FE1A85EC53ULL;
  return x ^ x >> 33;
}

std::uint32_t FeatureOf(std::uint64_t key) { return static_cast<std::uint32_t>(Mix(key) >> (64 - kFeatureBits)); }

struct Counted {
  std::uint32_t id = 0;
  std::uint32_t count = 0;
  std::uint32_t weight = 0;
};
using Counts = std::vector<Counted>;

void Count(Counts& counts, std::uint64_t key, std::uint32_t weight, std::uint32_t times) {
  counts.push_back({FeatureOf(key), times, weight});
}

// One entry a feature: counts added up, the larger weight where two share a hash.
void Merge(Counts& counts) {
  // By a table, half full at most: sorting hashes is all mispredicted branches.
  std::vector<std::uint32_t> places(std::bit_ceil(2 * counts.size() + 1));  // 1 + index; 0: free.
  std::uint32_t kept = 0;
  for (const Counted counted : counts) {
    std::size_t place = counted.id & (places.size() - 1);
    while (places[place] != 0 && counts[places[place] - 1].id != counted.id) place = (place + 1) & (places.size() - 1);
    if (places[place] == 0) {
      counts[kept] = counted;
      places[place] = ++kept;
    } else {
      Counted& known = counts[places[place] - 1];
      known.count += counted.count;
      known.weight = std::max(known.weight, counted.weight);
    }
  }
  counts.resize(kept);
}

// Pairs of neighbouring Han characters; runs of Latin letters and digits as words.
void CountFeatures(std::string_view folded, std::uint32_t times, Counts& counts) {
  struct Pair {
    char32_t first;
    char32_t second;
    std::size_t place;  // In `counts`.
  };
  std::vector<Pair> pairs;
  constexpr std::size_t kBytesOfCharacter = 3;
  pairs.reserve(folded.size() / kBytesOfCharacter);
  CharacterReader characters(folded);
  char32_t before = 0;
  std::uint64_t word = 0;
  std::size_t length = 0;
  const auto end_word = [&] {
    if (length > 1) Count(counts, word | std::uint64_t{1} << 63, kWordWeight, times);
    word = 0;
    length = 0;
  };
  while (!characters.done()) {
    const char32_t c = Plain(characters.Next());
    if (IsAlnum(c)) {
      word = word * 1099511628211ULL + c;
      ++length;
      before = 0;
      continue;
    }
    if (length > 0) end_word();
    if (!IsHan(c)) {
      before = 0;
      continue;
    }
    if (before != 0) {
      FetchBigram(before, c);
      pairs.push_back({before, c, counts.size()});
      Count(counts, std::uint64_t{before} << 32 | c, 0, times);
    }
    before = c;
  }
  if (length > 0) end_word();
  // Now that what the table says of them has come into the cache.
  for (const Pair& pair : pairs) counts[pair.place].weight = BigramWeight(pair.first, pair.second);
}

// The first bytes that hold about `size` Han characters; never half a character.
std::string_view Lead(std::string_view text, std::size_t size) {
  CharacterReader characters(text);
  for (std::size_t i = 0; i < size && !characters.done(); ++i) characters.Next();
  return text.substr(0, characters.position());
}

// 64 log2(1 + count): repetition says more, but less each time. Whole numbers: every machine sorts them alike.
std::uint32_t Repetition(std::uint32_t count) {
  constexpr std::array<std::uint32_t, 16> kTable{0,   64,  101, 128, 149, 165, 180, 192,
                                                 203, 213, 221, 229, 237, 244, 250, 256};
  return kTable.at(std::min<std::size_t>(count, kTable.size() - 1));
}

std::vector<Feature> MakeFeatures(std::string_view title, std::string_view text, Folder fold) {
  Counts counts;
  counts.reserve(2 * kLeadCharacters);
  CountFeatures(fold(title), kTitleCount, counts);
  CountFeatures(fold(Lead(text, kLeadCharacters)), 1, counts);
  Merge(counts);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ranked;  // Weight, id.
  ranked.reserve(counts.size());
  std::uint32_t most = 0;
  for (const Counted& counted : counts) {
    const std::uint32_t weight = Repetition(counted.count) * counted.weight;
    if (weight > 0) ranked.emplace_back(weight, counted.id);
    most = std::max(most, weight);
  }
  if (ranked.size() > kMaxFeatures) {
    std::nth_element(ranked.begin(), ranked.begin() + kMaxFeatures, ranked.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    ranked.resize(kMaxFeatures);
  }
  std::vector<Feature> features;
  features.reserve(ranked.size());
  for (const auto& [weight, id] : ranked) {
    const std::uint32_t scaled = (kMaxFeatureWeight * weight + most / 2) / most;
    features.push_back({id, static_cast<std::uint8_t>(std::max(scaled, 1U))});
  }
  std::sort(features.begin(), features.end(), [](const Feature& a, const Feature& b) { return a.id < b.id; });
  return features;
}

// The smallest distinct hashes seen.
class Smallest {
 public:
  // `expected`: how many will come, about. Hashes are spread evenly, so a first bound that lets four times as many pass
  // as are wanted turns most of a long text away unlooked at. TooFew says where that was wrong: a text that repeats
  // itself.
  explicit Smallest(std::size_t expected) {
    constexpr std::uint64_t kAll = std::uint64_t{1} << 32;
    if (expected > 4 * kMaxSketch) bound_ = kAll / expected * 4 * kMaxSketch;
  }
  void Add(std::uint32_t hash) {
    if (hash < bound_) hashes_.push_back(hash);
    if (hashes_.size() >= kRoom) Shrink();
  }
  bool TooFew() {
    Shrink();
    return hashes_.size() < kMaxSketch && bound_ != kNoBound;
  }
  std::vector<std::uint32_t> Take() {
    Shrink();
    return std::move(hashes_);
  }

 private:
  static constexpr std::size_t kRoom = 8 * kMaxSketch;
  static constexpr std::uint64_t kNoBound = std::uint64_t{1} << 32;
  void Shrink() {
    std::sort(hashes_.begin(), hashes_.end());
    hashes_.erase(std::unique(hashes_.begin(), hashes_.end()), hashes_.end());
    if (hashes_.size() > kMaxSketch) hashes_.resize(kMaxSketch);
    if (hashes_.size() == kMaxSketch) bound_ = hashes_.back();
  }
  std::vector<std::uint32_t> hashes_;
  std::uint64_t bound_ = kNoBound;
};

// Sketch, runs and bands, in one walk with a rolling hash. `expected`: of runs, see Smallest. False: once more, with
// nothing expected.
bool Sketch(std::string_view text, std::size_t expected, Signature& signature) {
  constexpr std::uint64_t kBase = 0x9E3779B97F4A7C15ULL;
  constexpr std::uint64_t kOut = [] {
    std::uint64_t power = 1;
    for (std::size_t i = 0; i < kRunLength; ++i) power *= kBase;
    return power;
  }();
  std::array<char32_t, kRunLength> ring{};
  std::uint64_t rolling = 0;
  std::size_t seen = 0;
  std::uint64_t least = ~std::uint64_t{0};
  std::uint64_t least_in_head = ~std::uint64_t{0};
  Smallest smallest(expected);
  CharacterReader characters(text);
  while (!characters.done()) {
    const char32_t c = Plain(characters.Next());
    if (!IsHan(c) && !IsAlnum(c)) continue;
    char32_t& oldest = ring[seen % kRunLength];
    rolling = rolling * kBase + c - kOut * oldest;
    oldest = c;
    if (++seen < kRunLength) continue;
    const std::uint64_t hash = Mix(rolling);
    smallest.Add(static_cast<std::uint32_t>(hash >> 32));
    least = std::min(least, hash);
    // Another order than that of `least`: two chances, not one taken twice.
    if (seen <= kHeadCharacters) least_in_head = std::min(least_in_head, hash * kBase);
  }
  if (smallest.TooFew()) return false;
  signature.runs =
      static_cast<std::uint32_t>(seen < kRunLength ? 0 : std::min<std::size_t>(seen - kRunLength + 1, UINT32_MAX));
  signature.sketch = smallest.Take();
  if (signature.runs >= kMinRuns) signature.bands = {least, least_in_head};
  return true;
}

}  // namespace

Signature MakeSignature(std::string_view title, std::string_view text, Folder fold) {
  Signature signature;
  signature.features = MakeFeatures(title, text, fold);
  constexpr std::size_t kBytesOfCharacter = 3;
  if (!Sketch(text, text.size() / kBytesOfCharacter, signature)) Sketch(text, 0, signature);
  return signature;
}

bool NearIdentical(const Signature& a, const Signature& b) {
  // Of each text the sketch holds every hash up to a bound; below the smaller bound the two can be compared.
  constexpr std::size_t kLeast = 10;  // Hashes of the smaller text that must be there to judge by.
  constexpr std::size_t kShare = 90;  // Per cent of them that the other text must have.
  if (a.runs < kMinRuns || b.runs < kMinRuns) return false;
  const auto bound_of = [](const Signature& s) { return s.sketch.size() < kMaxSketch ? UINT32_MAX : s.sketch.back(); };
  const std::uint32_t bound = std::min(bound_of(a), bound_of(b));
  std::size_t only_a = 0;
  std::size_t only_b = 0;
  std::size_t both = 0;
  auto x = a.sketch.begin();
  auto y = b.sketch.begin();
  while (true) {
    const bool has_x = x != a.sketch.end() && *x <= bound;
    const bool has_y = y != b.sketch.end() && *y <= bound;
    if (!has_x && !has_y) break;
    if (has_x && has_y && *x == *y) {
      ++both, ++x, ++y;
    } else if (has_x && (!has_y || *x < *y)) {
      ++only_a, ++x;
    } else {
      ++only_b, ++y;
    }
  }
  const std::size_t smaller = both + std::min(only_a, only_b);
  return smaller >= kLeast && both * 100 >= smaller * kShare;
}

}  // namespace mailuo::story
