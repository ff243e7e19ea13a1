#include "text/cjk_dictionary.h"

#include <unicode/ucharstrie.h>
#include <unicode/udata.h>

#include <algorithm>
#include <array>
#include <utility>

namespace mailuo::text {
namespace {

// The longest word that ICU asks its dictionary for, and the cost of a character that is no word of it.
constexpr std::size_t kMaxWord = 20;
constexpr std::uint32_t kUnknownCost = 255;
constexpr std::uint32_t kNoCost = UINT32_MAX;

// What is known after the first character of a word.
struct FirstUnit {
  std::uint64_t state = 0;  // Of the trie; 0: not asked yet.
  std::int32_t cost = -1;   // Of the character as a word of its own; -1: it is none.
  bool goes_on = false;     // Longer words begin with it.
};

struct CloseData {
  void operator()(UDataMemory* data) const { udata_close(data); }
};
using Data = std::unique_ptr<UDataMemory, CloseData>;

// What is known after the first two. Most words have two characters, and the step from the first to the second is the
// dear one: a search among hundreds of branches.
struct SecondUnit {
  std::uint32_t units = 0;  // Both, the first in the high half; 0: not asked yet.
  std::int32_t cost = -1;
  std::uint64_t state = 0;  // 0: no longer word begins with them.
};

bool IsDictionary(void* /*context*/, const char* /*type*/, const char* /*name*/, const UDataInfo* info) {
  constexpr std::array<std::uint8_t, 4> kFormat{'D', 'i', 'c', 't'};
  return info->formatVersion[0] == 1 && info->isBigEndian == U_IS_BIG_ENDIAN &&
         std::equal(kFormat.begin(), kFormat.end(), info->dataFormat);
}
UBool U_CALLCONV AcceptDictionary(void* context, const char* type, const char* name, const UDataInfo* info) {
  return static_cast<UBool>(IsDictionary(context, type, name, info));
}

// The words of the dictionary as a trie of UTF-16 units; null for another form.
const char16_t* TrieOf(const UDataMemory* data) {
  constexpr std::size_t kTrieOffset = 0;
  constexpr std::size_t kTrieType = 4;
  constexpr std::int32_t kTypeMask = 7;
  constexpr std::int32_t kUnits = 1;
  const void* const bytes = udata_getMemory(const_cast<UDataMemory*>(data));
  const auto* const indexes = static_cast<const std::int32_t*>(bytes);
  if (indexes == nullptr || (indexes[kTrieType] & kTypeMask) != kUnits) return nullptr;
  return reinterpret_cast<const char16_t*>(static_cast<const char*>(bytes) + indexes[kTrieOffset]);
}

}  // namespace

class CjkDictionary::Impl {
 public:
  Impl(Data data, const char16_t* units)
      : data_(std::move(data)), trie_(units), first_(kLast - kFirst + 1U), second_(kSecondUnits) {}

  void Split(std::u16string_view run, std::uint32_t base, std::vector<std::uint32_t>& out) {
    const std::size_t size = run.size();
    costs_.assign(size + 1, kNoCost);
    previous_.resize(size + 1);
    costs_[0] = 0;
    for (std::size_t i = 0; i < size; ++i) Extend(run, i);
    const std::size_t first = out.size();
    for (std::size_t end = size; end > 0; end = previous_[end]) out.push_back(base + static_cast<std::uint32_t>(end));
    std::reverse(out.begin() + static_cast<std::ptrdiff_t>(first), out.end());
  }

 private:
  // Offers every word that begins at `at`.
  void Extend(std::u16string_view run, std::size_t at) {
    const FirstUnit& first = First(run[at]);
    Offer(at, at + 1, first.cost >= 0 ? static_cast<std::uint32_t>(first.cost) : kUnknownCost);
    const std::size_t end = std::min(run.size(), at + kMaxWord);
    if (!first.goes_on || at + 1 == end) return;
    const SecondUnit& second = Second(first, run[at], run[at + 1]);
    if (second.cost >= 0) Offer(at, at + 2, static_cast<std::uint32_t>(second.cost));
    if (second.state == 0 || at + 2 == end) return;
    trie_.resetToState64(second.state);
    for (std::size_t i = at + 2; i < end; ++i) {
      const UStringTrieResult result = trie_.next(run[i]);
      if (USTRINGTRIE_HAS_VALUE(result)) Offer(at, i + 1, static_cast<std::uint32_t>(trie_.getValue()));
      if (!USTRINGTRIE_HAS_NEXT(result)) return;
    }
  }

  // Of two ways of one cost the one that was there first stays, as in ICU.
  void Offer(std::size_t from, std::size_t to, std::uint32_t cost) {
    const std::uint32_t sum = costs_[from] + cost;
    if (sum >= costs_[to]) return;
    costs_[to] = sum;
    previous_[to] = static_cast<std::uint32_t>(from);
  }

  const FirstUnit& First(char16_t unit) {
    FirstUnit& first = first_[unit - kFirst];
    if (first.state != 0) return first;
    const UStringTrieResult result = trie_.first(unit);
    if (USTRINGTRIE_HAS_VALUE(result)) first.cost = trie_.getValue();
    first.goes_on = USTRINGTRIE_HAS_NEXT(result);
    first.state = first.goes_on ? trie_.getState64() : 1;
    return first;
  }

  const SecondUnit& Second(const FirstUnit& first, char16_t a, char16_t b) {
    const std::uint32_t units = static_cast<std::uint32_t>(a) << 16U | b;
    constexpr std::uint32_t kFactor = 0x9E3779B1U;
    SecondUnit& second = second_[units * kFactor >> (32U - kSecondBits)];
    if (second.units == units) return second;
    trie_.resetToState64(first.state);
    const UStringTrieResult result = trie_.next(b);
    second.units = units;
    second.cost = USTRINGTRIE_HAS_VALUE(result) ? trie_.getValue() : -1;
    second.state = USTRINGTRIE_HAS_NEXT(result) ? trie_.getState64() : 0;
    return second;
  }

  static constexpr unsigned kSecondBits = 13;  // 128 KiB: a part of the second-level cache.
  static constexpr std::size_t kSecondUnits = std::size_t{1} << kSecondBits;

  Data data_;
  icu::UCharsTrie trie_;
  std::vector<FirstUnit> first_;
  std::vector<SecondUnit> second_;       // The last ones asked for, by their hash.
  std::vector<std::uint32_t> costs_;     // Of the cheapest way to each end.
  std::vector<std::uint32_t> previous_;  // Where its last word begins.
};

CjkDictionary::CjkDictionary(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
CjkDictionary::~CjkDictionary() = default;

std::unique_ptr<CjkDictionary> CjkDictionary::Open() {
  UErrorCode status = U_ZERO_ERROR;
  Data data(udata_openChoice(U_ICUDATA_NAME "-brkitr", "dict", "cjdict", &AcceptDictionary, nullptr, &status));
  if (U_FAILURE(status) || data == nullptr) return nullptr;
  const char16_t* const units = TrieOf(data.get());
  if (units == nullptr) return nullptr;
  return std::unique_ptr<CjkDictionary>(new CjkDictionary(std::make_unique<Impl>(std::move(data), units)));
}

void CjkDictionary::Split(std::u16string_view run, std::uint32_t base, std::vector<std::uint32_t>& out) {
  impl_->Split(run, base, out);
}

}  // namespace mailuo::text
