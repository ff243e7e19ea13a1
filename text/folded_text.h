// The folded view of a text: what every matcher of Mailuo reads. UTF-16, because nearly all of the news is one unit a
// character there (a third of the steps over UTF-8) and because ICU's word breaker takes it without a copy.
//
// Folding, per character: NFKC (width, compatibility forms), traditional to simplified Chinese, lower case, and
//   「」『』 -> “”‘’      ・•‧ (middle dots in names) -> ·      all spaces but "\n" -> " "
//   … stays one unit (NFKC would make three dots).
//   Zero-width characters, variation selectors and soft hyphens are dropped.
// So in folded text ，（）：；！？％ are , ( ) : ; ! ? % while 。、《》“”·—… are themselves.
// Patterns and lexicon names must be folded with the same function before they are matched.
// Thread safety: const methods may be called from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/annotation.h"
#include "text/span.h"

namespace mailuo::text {

class FoldedText {
 public:
  FoldedText() = default;
  // `utf8` must be well-formed, at most 2^31 bytes, and outlive this object.
  explicit FoldedText(std::string_view utf8);

  std::u16string_view units() const { return units_; }
  std::u16string_view units(UnitSpan span) const { return std::u16string_view(units_).substr(span.start, span.size()); }
  std::uint32_t size() const { return static_cast<std::uint32_t>(units_.size()); }
  std::string_view original() const { return original_; }

  // Code points of the original text that the units of `span` stand for. An empty span gives an empty one.
  TextSpan ToCodePoints(UnitSpan span) const;
  // The original bytes of `span`.
  std::string_view Original(UnitSpan span) const;
  // The smallest unit span that covers code points [start, end).
  UnitSpan FromCodePoints(TextSpan span) const;

 private:
  void Resize(std::size_t size);
  void Emit(char16_t unit, std::uint32_t code_point, std::size_t byte);
  void EmitSlow(char32_t character, std::uint32_t code_point, std::size_t byte);

  std::string_view original_;
  std::u16string units_;
  std::vector<std::uint32_t> code_points_;  // Of each unit: the code point of the original it came from.
  std::vector<std::uint32_t> bytes_;        // Of each unit: the first byte of that code point.
  std::size_t filled_ = 0;                  // While folding: units written; the vectors are longer.
};

// The key under which names are compared and looked up: folded, outer spaces trimmed, runs of spaces made one, spaces
// beside a Han character removed.
std::u16string FoldKey16(std::string_view utf8);
std::string FoldKey(std::string_view utf8);

// Asked of nearly every unit, so inline. U+3400..9FFF and U+F900..FAFF and 〇.
constexpr bool IsHan(char16_t unit) {
  return (unit >= 0x3400 && unit <= 0x9FFF) || (unit >= 0xF900 && unit <= 0xFAFF) || unit == 0x3007;
}
constexpr bool IsAsciiDigit(char16_t unit) { return unit >= u'0' && unit <= u'9'; }
// Folded text has only lower case.
constexpr bool IsAsciiLetter(char16_t unit) { return (unit >= u'a' && unit <= u'z') || (unit >= u'A' && unit <= u'Z'); }
constexpr bool IsAsciiAlnum(char16_t unit) { return IsAsciiDigit(unit) || IsAsciiLetter(unit); }

}  // namespace mailuo::text
