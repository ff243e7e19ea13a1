#include "text/segmenter.h"

#include <unicode/brkiter.h>
#include <unicode/utext.h>

#include <array>
#include <string>
#include <utility>

#include "text/cjk_dictionary.h"

namespace mailuo::text {
namespace {

// How a unit behaves between words (UAX #29).
enum class Kind : std::uint8_t {
  kOther,   // Left to ICU, and its neighbours with it.
  kHan,     // Cut by the dictionary.
  kAlnum,   // ASCII letters, digits and @: one word with their like.
  kJoiner,  // . , between digits: inside the number. Else, and the others between letters: ICU.
  kAlone,   // A word by itself.
};

constexpr std::size_t kAsciiSize = 0x80;
constexpr std::array<Kind, kAsciiSize> kAsciiKinds = [] {
  std::array<Kind, kAsciiSize> kinds{};
  for (std::size_t c = 0x21; c < 0x7F; ++c) kinds[c] = Kind::kAlone;
  for (const char16_t c : std::u16string_view(u".,;:'_")) kinds[c] = Kind::kJoiner;
  for (char16_t c = u'0'; c <= u'9'; ++c) kinds[c] = Kind::kAlnum;
  for (char16_t c = u'a'; c <= u'z'; ++c) kinds[c] = Kind::kAlnum;
  for (char16_t c = u'A'; c <= u'Z'; ++c) kinds[c] = Kind::kAlnum;
  kinds['@'] = Kind::kAlnum;  // To ICU, though not to UAX #29.
  kinds['\n'] = Kind::kAlone;
  kinds[' '] = Kind::kJoiner;  // Spaces are one word with spaces.
  return kinds;
}();

Kind KindOf(char16_t unit) {
  if (unit < kAsciiSize) return kAsciiKinds[unit];
  if (CjkDictionary::Holds(unit)) return Kind::kHan;
  // 、。 and the brackets of CJK, without 々〇; — “ ” …
  const bool alone = (unit >= 0x3001 && unit <= 0x3002) || (unit >= 0x3008 && unit <= 0x3011) || unit == 0x2014 ||
                     unit == 0x201C || unit == 0x201D || unit == 0x2026;
  return alone ? Kind::kAlone : Kind::kOther;
}

bool IsDigit(char16_t unit) { return unit >= u'0' && unit <= u'9'; }

}  // namespace

class Segmenter::Impl {
 public:
  Impl(std::unique_ptr<icu::BreakIterator> breaker, std::unique_ptr<CjkDictionary> dictionary)
      : breaker_(std::move(breaker)), dictionary_(std::move(dictionary)) {}

  void Boundaries(std::u16string_view units, std::vector<std::uint32_t>& out) {
    if (dictionary_ == nullptr) return IcuBoundaries(units, 0, out);
    if (units.empty()) return;
    out.push_back(0);
    for (std::size_t at = 0; at < units.size();) at = Block(units, at, out);
  }

  // Without the boundary at 0 unless `base` is 0.
  void IcuBoundaries(std::u16string_view units, std::uint32_t base, std::vector<std::uint32_t>& out) {
    if (units.empty()) return;
    UErrorCode status = U_ZERO_ERROR;
    UText text = UTEXT_INITIALIZER;
    utext_openUChars(&text, units.data(), static_cast<std::int64_t>(units.size()), &status);
    breaker_->setText(&text, status);  // Keeps its own shallow clone.
    utext_close(&text);
    breaker_->first();
    if (base == 0) out.push_back(0);
    if (U_FAILURE(status)) {
      out.push_back(base + static_cast<std::uint32_t>(units.size()));
      return;
    }
    for (std::int32_t at = breaker_->next(); at != icu::BreakIterator::DONE; at = breaker_->next()) {
      out.push_back(base + static_cast<std::uint32_t>(at));
    }
  }

 private:
  // A block is a run of Han or a run of simple units: between the two there is always a boundary, and nothing across it
  // matters. Where neither kind is next to the end of a block, ICU gets all up to the next sure boundary.
  std::size_t Block(std::u16string_view units, std::size_t at, std::vector<std::uint32_t>& out) {
    const bool han = KindOf(units[at]) == Kind::kHan;
    std::size_t end = at;
    bool simple = true;
    while (end < units.size()) {
      const Kind kind = KindOf(units[end]);
      if (kind == Kind::kOther) {
        simple = false;
      } else if ((kind == Kind::kHan) != han && end > at) {
        break;
      }
      ++end;
      if (!simple) return Hard(units, at, end, out);
    }
    const std::u16string_view block = units.substr(at, end - at);
    const auto base = static_cast<std::uint32_t>(at);
    if (han) {
      dictionary_->Split(block, base, out);
    } else {
      Simple(block, base, out);
    }
    return end;
  }

  // From `at`, with something hard before `end`: up to the first boundary that is sure.
  std::size_t Hard(std::u16string_view units, std::size_t at, std::size_t end, std::vector<std::uint32_t>& out) {
    for (; end < units.size(); ++end) {
      const Kind kind = KindOf(units[end]);
      const Kind before = KindOf(units[end - 1]);
      if (kind == Kind::kOther || before == Kind::kOther) continue;
      if ((kind == Kind::kHan) != (before == Kind::kHan)) break;
    }
    Icu(units.substr(at, end - at), at, out);
    return end;
  }

  void Icu(std::u16string_view block, std::size_t at, std::vector<std::uint32_t>& out) {
    if (at == 0) out.pop_back();  // ICU gives it again.
    IcuBoundaries(block, static_cast<std::uint32_t>(at), out);
  }

  void Simple(std::u16string_view block, std::uint32_t base, std::vector<std::uint32_t>& out) {
    const std::size_t before = out.size();
    std::size_t i = 0;
    while (i < block.size()) {
      if (KindOf(block[i]) == Kind::kAlnum) {
        i = AlnumEnd(block, i);
        if (i == 0) break;
      } else if (block[i] == u' ') {
        while (i < block.size() && block[i] == u' ') ++i;
      } else if (block[i] == u'_' && i + 1 < block.size() && (block[i + 1] == u'_' || IsAlnum(block[i + 1]))) {
        i = 0;
        break;
      } else {
        ++i;
      }
      out.push_back(base + static_cast<std::uint32_t>(i));
    }
    if (i != 0) return;
    out.resize(before);
    Icu(block, base, out);
  }

  // The end of the word of letters and digits at `i`; 0 where only ICU can tell.
  static std::size_t AlnumEnd(std::u16string_view block, std::size_t i) {
    for (;; ++i) {
      while (i < block.size() && IsAlnum(block[i])) ++i;
      if (i == block.size() || KindOf(block[i]) != Kind::kJoiner || block[i] == u' ') return i;
      if (block[i] == u'_') return 0;
      if (i + 1 == block.size() || !IsAlnum(block[i + 1])) return i;
      const bool number = (block[i] == u'.' || block[i] == u',') && IsDigit(block[i - 1]) && IsDigit(block[i + 1]);
      if (!number) return 0;
    }
  }

  static bool IsAlnum(char16_t unit) { return unit < kAsciiSize && kAsciiKinds[unit] == Kind::kAlnum; }

  std::unique_ptr<icu::BreakIterator> breaker_;
  std::unique_ptr<CjkDictionary> dictionary_;  // Null where this ICU's cannot be read.
};

Segmenter::Segmenter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Segmenter::Segmenter(Segmenter&&) noexcept = default;
Segmenter& Segmenter::operator=(Segmenter&&) noexcept = default;
Segmenter::~Segmenter() = default;

Result<Segmenter> Segmenter::Create() {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::BreakIterator> breaker(
      icu::BreakIterator::createWordInstance(icu::Locale::getChinese(), status));
  if (U_FAILURE(status) || !breaker) {
    return Error{ErrorCode::kInternal, std::string("ICU's word breaker does not open: ") + u_errorName(status)};
  }
  return Segmenter(std::make_unique<Impl>(std::move(breaker), CjkDictionary::Open()));
}

void Segmenter::Boundaries(std::u16string_view units, std::vector<std::uint32_t>& out) {
  impl_->Boundaries(units, out);
}
void Segmenter::IcuBoundaries(std::u16string_view units, std::vector<std::uint32_t>& out) {
  impl_->IcuBoundaries(units, 0, out);
}

}  // namespace mailuo::text
