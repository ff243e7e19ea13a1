#include "text/width.h"

#include <unicode/uchar.h>

#include "text/utf8.h"

namespace mailuo::text {
namespace {

std::size_t Width(char32_t character) {
  if (character < 0x20 || character == 0x7F) return 0;
  if (character < 0x300) return 1;
  const auto c = static_cast<UChar32>(character);
  if ((U_GET_GC_MASK(c) & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK)) != 0) return 0;
  const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

// The quotes “” and dashes of Chinese text are ambiguous in Unicode; terminals that show Chinese mostly draw them
// narrow.
template <typename Visit>
void ForEach(std::string_view utf8, Visit&& visit) {
  std::size_t i = 0;
  while (i < utf8.size()) {
    std::size_t next = i + 1;
    while (next < utf8.size() && (static_cast<unsigned char>(utf8[next]) & 0xC0U) == 0x80U) ++next;
    const std::u16string units = ToUtf16(utf8.substr(i, next - i));
    const char32_t character = units.size() == 2
                                   ? 0x10000 + ((char32_t{units[0]} - 0xD800) << 10) + (char32_t{units[1]} - 0xDC00)
                                   : char32_t{units[0]};
    if (!visit(character, i, next)) return;
    i = next;
  }
}

}  // namespace

std::size_t DisplayWidth(std::string_view utf8) {
  std::size_t width = 0;
  ForEach(utf8, [&](char32_t character, std::size_t, std::size_t) {
    width += Width(character);
    return true;
  });
  return width;
}

std::string FitWidth(std::string_view utf8, std::size_t columns) {
  if (DisplayWidth(utf8) <= columns) return std::string(utf8);
  if (columns == 0) return {};
  std::size_t width = 0;
  std::size_t keep = 0;
  ForEach(utf8, [&](char32_t character, std::size_t, std::size_t end) {
    width += Width(character);
    if (width > columns - 1) return false;
    keep = end;
    return true;
  });
  return std::string(utf8.substr(0, keep)) + "…";
}

}  // namespace mailuo::text
