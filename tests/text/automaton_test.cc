#include "text/automaton.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstddef>
#include <cstring>
#include <random>
#include <string>
#include <tuple>
#include <vector>

namespace mailuo::text {
namespace {

using Pattern = std::pair<std::u16string, std::uint32_t>;
using Found = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;  // start, end, value

// Owns a blob with the alignment that Open() asks for, whatever the string's own buffer has.
class AlignedBlob {
 public:
  explicit AlignedBlob(std::string_view bytes) : words_(bytes.size() / 8 + 1), size_(bytes.size()) {
    std::memcpy(words_.data(), bytes.data(), bytes.size());
  }
  std::string_view view() const { return {reinterpret_cast<const char*>(words_.data()), size_}; }
  char* data() { return reinterpret_cast<char*>(words_.data()); }

 private:
  std::vector<std::uint64_t> words_;
  std::size_t size_;
};

std::string BuildBlob(const std::vector<Pattern>& patterns) {
  AutomatonBuilder builder;
  for (const auto& [pattern, value] : patterns) REQUIRE(builder.Add(pattern, value));
  auto blob = builder.Build();
  REQUIRE(blob);
  return *std::move(blob);
}

std::vector<Found> Search(const Automaton& automaton, std::u16string_view text, std::uint32_t offset = 0) {
  std::vector<AutomatonMatch> matches;
  automaton.FindAll(text, matches, offset);
  std::vector<Found> found;
  found.reserve(matches.size());
  for (const AutomatonMatch& match : matches) found.emplace_back(match.span.start, match.span.end, match.value);
  return found;
}

// The obvious slow search: every pattern at every place, in the order FindAll promises.
std::vector<Found> NaiveSearch(const std::vector<Pattern>& patterns, std::u16string_view text) {
  std::vector<Found> found;
  for (std::uint32_t end = 1; end <= text.size(); ++end) {
    for (std::uint32_t length = end; length > 0; --length) {
      for (const auto& [pattern, value] : patterns) {
        if (text.substr(end - length, length) == pattern) found.emplace_back(end - length, end, value);
      }
    }
  }
  return found;
}

std::u16string RandomText(std::mt19937& random, std::size_t max_size, std::u16string_view alphabet) {
  std::u16string text(random() % (max_size + 1), u' ');
  for (char16_t& unit : text) unit = alphabet[random() % alphabet.size()];
  return text;
}

TEST_CASE("overlapping and nested patterns are all reported, longest first", "[text][automaton]") {
  const AlignedBlob blob(BuildBlob({{u"中芯", 1}, {u"中芯国际", 2}, {u"国际", 3}, {u"芯国", 4}, {u"际", 5}}));
  const auto automaton = Automaton::Open(blob.view());
  REQUIRE(automaton);
  CHECK(Search(*automaton, u"看中芯国际。") ==
        std::vector<Found>{{1, 3, 1}, {2, 4, 4}, {1, 5, 2}, {3, 5, 3}, {4, 5, 5}});
  CHECK(Search(*automaton, u"国际", 100) == std::vector<Found>{{100, 102, 3}, {101, 102, 5}});
  CHECK(Search(*automaton, u"") == std::vector<Found>{});
}

TEST_CASE("values of one pattern keep the order of adding", "[text][automaton]") {
  const AlignedBlob blob(BuildBlob({{u"平安", 9}, {u"平", 1}, {u"平安", 2}, {u"平安", 7}}));
  const auto automaton = Automaton::Open(blob.view());
  REQUIRE(automaton);
  CHECK(Search(*automaton, u"平安") == std::vector<Found>{{0, 1, 1}, {0, 2, 9}, {0, 2, 2}, {0, 2, 7}});
  std::vector<std::uint32_t> exact;
  automaton->FindExact(u"平安", exact);
  CHECK(exact == std::vector<std::uint32_t>{9, 2, 7});
  exact.clear();
  for (const std::u16string_view other : {u"", u"安", u"平安银", u"x"}) automaton->FindExact(other, exact);
  CHECK(exact.empty());
}

TEST_CASE("the automaton finds what a naive search finds", "[text][automaton]") {
  std::mt19937 random(20261124);
  for (const std::u16string_view alphabet : {u"ab", u"abc中", u"上海证券交易所行情\xFFFF\x0001"}) {
    for (int round = 0; round < 400; ++round) {
      std::vector<Pattern> patterns;
      const std::size_t count = random() % 30;
      while (patterns.size() < count) {
        std::u16string pattern = RandomText(random, 1 + random() % 6, alphabet);
        if (!pattern.empty()) patterns.emplace_back(std::move(pattern), random() % 10);
      }
      const AlignedBlob blob(BuildBlob(patterns));
      const auto automaton = Automaton::Open(blob.view());
      REQUIRE(automaton);
      const std::u16string text = RandomText(random, 80, alphabet);
      REQUIRE(Search(*automaton, text) == NaiveSearch(patterns, text));
      for (const auto& [pattern, value] : patterns) {
        std::vector<std::uint32_t> exact;
        automaton->FindExact(pattern, exact);
        REQUIRE(std::count(exact.begin(), exact.end(), value) > 0);
      }
    }
  }
}

TEST_CASE("many random patterns over a large alphabet stay findable and the array stays dense", "[text][automaton]") {
  std::mt19937 random(7);
  std::vector<Pattern> patterns;
  for (std::uint32_t i = 0; i < 20000; ++i) {
    std::u16string pattern(2 + random() % 4, u' ');
    for (char16_t& unit : pattern) {
      const auto draw = static_cast<double>(random() % 100000) / 100000.0;  // Skewed, as characters of names are.
      unit = static_cast<char16_t>(0x4E00 + static_cast<int>(4000 * draw * draw * draw));
    }
    patterns.emplace_back(std::move(pattern), i);
  }
  const AlignedBlob blob(BuildBlob(patterns));
  const auto automaton = Automaton::Open(blob.view());
  REQUIRE(automaton);
  for (const auto& [pattern, value] : patterns) {
    std::vector<std::uint32_t> exact;
    automaton->FindExact(pattern, exact);
    REQUIRE(std::count(exact.begin(), exact.end(), value) == 1);
  }
  CHECK(blob.view().size() < 3'500'000);
}

TEST_CASE("no patterns match nothing", "[text][automaton]") {
  const AlignedBlob blob(BuildBlob({}));
  const auto automaton = Automaton::Open(blob.view());
  REQUIRE(automaton);
  CHECK(Search(*automaton, u"anything").empty());
  CHECK(Search(Automaton(), u"anything").empty());
}

TEST_CASE("empty and overlong patterns are refused", "[text][automaton]") {
  AutomatonBuilder builder;
  const auto empty = builder.Add(u"", 1);
  REQUIRE_FALSE(empty);
  CHECK(empty.error().code == ErrorCode::kInvalidArgument);
  CHECK(builder.Add(std::u16string(kMaxPatternUnits, u'x'), 1));
  const auto overlong = builder.Add(std::u16string(kMaxPatternUnits + 1, u'x'), 1);
  REQUIRE_FALSE(overlong);
  CHECK(overlong.error().code == ErrorCode::kLimitExceeded);
}

TEST_CASE("the same patterns give the same bytes", "[text][automaton]") {
  const std::vector<Pattern> patterns{{u"英伟达", 1}, {u"英特尔", 2}, {u"达", 3}};
  CHECK(BuildBlob(patterns) == BuildBlob(patterns));
}

TEST_CASE("cut, foreign and misaligned blobs are errors", "[text][automaton]") {
  const std::string bytes = BuildBlob({{u"英伟达", 1}, {u"英特尔", 2}});
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{31}, std::size_t{32}, std::size_t{4096}, bytes.size() - 1}) {
    const AlignedBlob cut(bytes.substr(0, size));
    const auto opened = Automaton::Open(cut.view());
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == ErrorCode::kCorruption);
  }
  CHECK_FALSE(Automaton::Open(AlignedBlob(bytes + "12345678").view()));
  const AlignedBlob shifted(" " + bytes);
  CHECK_FALSE(Automaton::Open(shifted.view().substr(1)));
  AlignedBlob foreign(bytes);
  foreign.data()[0] = 'X';
  CHECK_FALSE(Automaton::Open(foreign.view()));
}

TEST_CASE("a damaged blob never overruns or hangs", "[text][automaton]") {
  std::mt19937 random(99);
  std::vector<Pattern> patterns;
  for (std::uint32_t i = 0; i < 40; ++i) patterns.emplace_back(u"x" + RandomText(random, 6, u"xyz"), i);
  const std::string bytes = BuildBlob(patterns);
  const std::size_t nodes_at = 32 + std::size_t{65536} * 2;
  const std::u16string text = RandomText(random, 2000, u"xyzw");
  std::size_t matches = 0;
  for (int round = 0; round < 3000; ++round) {
    AlignedBlob damaged(bytes);
    for (int flips = 1 + static_cast<int>(random() % 8); flips > 0; --flips) {
      const std::size_t first = random() % 4 == 0 ? 0 : nodes_at;
      const std::size_t at = first + random() % (bytes.size() - first);
      damaged.data()[at] = static_cast<char>(random() % 256);
    }
    const auto automaton = Automaton::Open(damaged.view());
    if (!automaton) continue;
    matches += Search(*automaton, text).size();
    std::vector<std::uint32_t> exact;
    automaton->FindExact(u"xyz", exact);
  }
  CHECK(matches > 0);
}

}  // namespace
}  // namespace mailuo::text
