#include "text/folded_text.h"

#include <algorithm>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "core/check.h"
#include "text/fold_table.h"
#include "text/utf8.h"

namespace mailuo::text {
namespace {

const icu::Normalizer2& Nfkc() {
  static const icu::Normalizer2* const instance = [] {
    UErrorCode error = U_ZERO_ERROR;
    const icu::Normalizer2* made = icu::Normalizer2::getNFKCInstance(error);
    MAILUO_CHECK(U_SUCCESS(error));
    return made;
  }();
  return *instance;
}

// The character at `i`, which moves behind it. REQUIRES: well-formed UTF-8.
char32_t Decode(const unsigned char* bytes, std::size_t& i) {
  const unsigned lead = bytes[i];
  if (lead < 0x80) {
    i += 1;
    return lead;
  }
  if (lead >= 0xE0 && lead < 0xF0) {
    i += 3;
    return ((lead & 0x0FU) << 12) | ((bytes[i - 2] & 0x3FU) << 6) | (bytes[i - 1] & 0x3FU);
  }
  if (lead < 0xE0) {
    i += 2;
    return ((lead & 0x1FU) << 6) | (bytes[i - 1] & 0x3FU);
  }
  i += 4;
  return ((lead & 0x07U) << 18) | ((bytes[i - 3] & 0x3FU) << 12) | ((bytes[i - 2] & 0x3FU) << 6) |
         (bytes[i - 1] & 0x3FU);
}

// Puts the units of a key together: which spaces stay.
class KeyUnits {
 public:
  template <typename Add>
  void Put(char16_t unit, Add add) {
    if (unit == u' ' || unit == u'\n') {
      space_ = true;
      return;
    }
    if (space_ && any_ && !IsHan(last_) && !IsHan(unit)) add(u' ');
    add(unit);
    space_ = false;
    any_ = true;
    last_ = unit;
  }

 private:
  bool space_ = false;
  bool any_ = false;
  char16_t last_ = 0;
};

// Gives the units of the key to `add`. False, and nothing of worth given, where a character takes more than the table.
template <typename Add>
bool FoldKeyByTable(std::string_view utf8, Add add) {
  const auto* const bytes = reinterpret_cast<const unsigned char*>(utf8.data());
  KeyUnits key;
  for (std::size_t i = 0; i < utf8.size();) {
    const char32_t character = Decode(bytes, i);
    const char16_t folded = character < 0x10000 ? kFoldTable[character] : kFoldSlow;
    if (folded == kFoldSlow) return false;
    if (folded < kFoldFirstSpecial) key.Put(folded, add);
  }
  return true;
}

bool IsMark(char32_t character) { return (U_GET_GC_MASK(static_cast<UChar32>(character)) & U_GC_M_MASK) != 0; }

}  // namespace

FoldedText::FoldedText(std::string_view utf8) : original_(utf8) {
  // News is three bytes a character; a Latin text grows the vectors once or twice.
  const std::size_t guess = utf8.size() / 3 + utf8.size() / 16 + 16;
  Resize(guess);
  const auto* bytes = reinterpret_cast<const unsigned char*>(utf8.data());
  std::size_t i = 0;
  std::uint32_t code_point = 0;
  while (i < utf8.size()) {
    const std::size_t start = i;
    const char32_t character = Decode(bytes, i);
    const char16_t folded = character < 0x10000 ? kFoldTable[character] : kFoldSlow;
    if (folded < kFoldFirstSpecial) {
      if (filled_ == units_.size()) Resize(2 * filled_);
      units_[filled_] = folded;
      code_points_[filled_] = code_point;
      bytes_[filled_] = static_cast<std::uint32_t>(start);
      ++filled_;
    } else if (folded == kFoldSlow) {
      EmitSlow(character, code_point, start);
    }
    ++code_point;
  }
  Resize(filled_);
}

void FoldedText::Resize(std::size_t size) {
  units_.resize(size);
  code_points_.resize(size);
  bytes_.resize(size);
}

void FoldedText::Emit(char16_t unit, std::uint32_t code_point, std::size_t byte) {
  if (filled_ == units_.size()) Resize(2 * filled_);
  units_[filled_] = unit;
  code_points_[filled_] = code_point;
  bytes_[filled_] = static_cast<std::uint32_t>(byte);
  ++filled_;
}

void FoldedText::EmitSlow(char32_t character, std::uint32_t code_point, std::size_t byte) {
  if (filled_ != 0 && IsMark(character)) {
    char16_t& last = units_[filled_ - 1];
    const UChar32 composed = Nfkc().composePair(last, static_cast<UChar32>(character));
    if (composed > 0 && composed < 0x10000) {
      const char16_t folded = kFoldTable[static_cast<std::size_t>(composed)];
      last = folded < kFoldFirstSpecial ? folded : static_cast<char16_t>(composed);
      return;
    }
  }
  UErrorCode error = U_ZERO_ERROR;
  const icu::UnicodeString normal = Nfkc().normalize(icu::UnicodeString(static_cast<UChar32>(character)), error);
  MAILUO_CHECK(U_SUCCESS(error));
  for (int32_t i = 0; i < normal.length(); ++i) {
    const char16_t unit = normal[i];
    const char16_t folded = kFoldTable[unit];
    if (folded < kFoldFirstSpecial) {
      Emit(folded, code_point, byte);
    } else if (folded == kFoldSlow) {
      Emit(unit, code_point, byte);
    }
  }
}

TextSpan FoldedText::ToCodePoints(UnitSpan span) const {
  MAILUO_CHECK(span.start <= span.end && span.end <= size());
  if (span.empty()) {
    if (units_.empty()) return {};
    const std::uint32_t at = span.start < size() ? code_points_[span.start] : code_points_.back() + 1;
    return {at, at};
  }
  return {code_points_[span.start], code_points_[span.end - 1] + 1};
}

std::string_view FoldedText::Original(UnitSpan span) const {
  MAILUO_CHECK(span.start <= span.end && span.end <= size());
  if (span.empty()) return {};
  const std::size_t from = bytes_[span.start];
  std::size_t to = bytes_[span.end - 1] + std::size_t{1};
  while (to < original_.size() && (static_cast<unsigned char>(original_[to]) & 0xC0U) == 0x80U) ++to;
  return original_.substr(from, to - from);
}

UnitSpan FoldedText::FromCodePoints(TextSpan span) const {
  const auto first = std::lower_bound(code_points_.begin(), code_points_.end(), span.start);
  const auto last = std::lower_bound(first, code_points_.end(), span.end);
  return {static_cast<std::uint32_t>(first - code_points_.begin()),
          static_cast<std::uint32_t>(last - code_points_.begin())};
}

std::u16string FoldKey16(std::string_view utf8) {
  std::u16string key;
  const auto add = [&key](char16_t unit) { key += unit; };
  if (FoldKeyByTable(utf8, add)) return key;
  key.clear();
  const FoldedText folded(utf8);
  KeyUnits units;
  for (const char16_t unit : folded.units()) units.Put(unit, add);
  return key;
}

std::string FoldKey(std::string_view utf8) {
  std::string key;
  key.reserve(utf8.size());
  if (FoldKeyByTable(utf8, [&key](char16_t unit) { AppendUtf8(unit, key); })) return key;
  return ToUtf8(FoldKey16(utf8));
}

}  // namespace mailuo::text
