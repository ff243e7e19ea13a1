#include "text/utf8.h"

#include <array>

namespace mailuo::text {
namespace {

unsigned char Byte(std::string_view bytes, std::size_t i) { return static_cast<unsigned char>(bytes[i]); }
bool IsContinuation(unsigned char byte) { return (byte & 0xC0U) == 0x80U; }

// Length of the well-formed sequence at `i`, 0 if there is none (Unicode 15, table 3-7).
std::size_t SequenceLength(std::string_view bytes, std::size_t i) {
  const unsigned char lead = Byte(bytes, i);
  const std::size_t left = bytes.size() - i;
  if (lead < 0x80) return 1;
  if (lead < 0xC2) return 0;
  if (left < 2) return 0;
  const unsigned char second = Byte(bytes, i + 1);
  if (lead < 0xE0) return IsContinuation(second) ? 2 : 0;
  if (lead < 0xF0) {
    const unsigned char low = lead == 0xE0 ? 0xA0 : 0x80;
    const unsigned char high = lead == 0xED ? 0x9F : 0xBF;
    if (left < 3 || second < low || second > high) return 0;
    return IsContinuation(Byte(bytes, i + 2)) ? 3 : 0;
  }
  if (lead > 0xF4) return 0;
  const unsigned char low = lead == 0xF0 ? 0x90 : 0x80;
  const unsigned char high = lead == 0xF4 ? 0x8F : 0xBF;
  if (left < 4 || second < low || second > high) return 0;
  return IsContinuation(Byte(bytes, i + 2)) && IsContinuation(Byte(bytes, i + 3)) ? 4 : 0;
}

}  // namespace

std::optional<std::size_t> FindInvalidUtf8(std::string_view bytes) {
  std::size_t i = 0;
  while (i < bytes.size()) {
    const std::size_t length = SequenceLength(bytes, i);
    if (length == 0) return i;
    i += length;
  }
  return std::nullopt;
}

std::size_t CountCodePoints(std::string_view utf8) {
  std::size_t count = 0;
  for (const char c : utf8) count += IsContinuation(static_cast<unsigned char>(c)) ? 0U : 1U;
  return count;
}

std::string_view SliceCodePoints(std::string_view utf8, std::size_t start, std::size_t end) {
  std::size_t seen = 0;
  std::size_t from = utf8.size();
  std::size_t to = utf8.size();
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    if (IsContinuation(Byte(utf8, i))) continue;
    if (seen == start) from = i;
    if (seen == end) {
      to = i;
      break;
    }
    ++seen;
  }
  if (from > to) from = to;
  return utf8.substr(from, to - from);
}

std::u16string ToUtf16(std::string_view utf8) {
  std::u16string out;
  out.reserve(utf8.size());
  std::size_t i = 0;
  while (i < utf8.size()) {
    const unsigned lead = Byte(utf8, i);
    if (lead < 0x80) {
      out += static_cast<char16_t>(lead);
      i += 1;
    } else if (lead < 0xE0) {
      out += static_cast<char16_t>(((lead & 0x1FU) << 6) | (Byte(utf8, i + 1) & 0x3FU));
      i += 2;
    } else if (lead < 0xF0) {
      out += static_cast<char16_t>(((lead & 0x0FU) << 12) | ((Byte(utf8, i + 1) & 0x3FU) << 6) |
                                   (Byte(utf8, i + 2) & 0x3FU));
      i += 3;
    } else {
      const unsigned code_point = ((lead & 0x07U) << 18) | ((Byte(utf8, i + 1) & 0x3FU) << 12) |
                                  ((Byte(utf8, i + 2) & 0x3FU) << 6) | (Byte(utf8, i + 3) & 0x3FU);
      out += static_cast<char16_t>(0xD7C0U + (code_point >> 10));
      out += static_cast<char16_t>(0xDC00U + (code_point & 0x3FFU));
      i += 4;
    }
  }
  return out;
}

void AppendUtf8(char32_t code_point, std::string& out) {
  const auto value = static_cast<unsigned>(code_point);
  std::array<char, 4> bytes{};
  std::size_t size = 0;
  if (value < 0x80) {
    bytes[size++] = static_cast<char>(value);
  } else if (value < 0x800) {
    bytes[size++] = static_cast<char>(0xC0U | (value >> 6));
    bytes[size++] = static_cast<char>(0x80U | (value & 0x3FU));
  } else if (value < 0x10000) {
    bytes[size++] = static_cast<char>(0xE0U | (value >> 12));
    bytes[size++] = static_cast<char>(0x80U | ((value >> 6) & 0x3FU));
    bytes[size++] = static_cast<char>(0x80U | (value & 0x3FU));
  } else {
    bytes[size++] = static_cast<char>(0xF0U | (value >> 18));
    bytes[size++] = static_cast<char>(0x80U | ((value >> 12) & 0x3FU));
    bytes[size++] = static_cast<char>(0x80U | ((value >> 6) & 0x3FU));
    bytes[size++] = static_cast<char>(0x80U | (value & 0x3FU));
  }
  out.append(bytes.data(), size);
}

std::string ToUtf8(std::u16string_view utf16) {
  std::string out;
  out.reserve(utf16.size() * 3);
  for (std::size_t i = 0; i < utf16.size(); ++i) {
    const char32_t unit = utf16[i];
    if (unit >= 0xD800 && unit < 0xDC00 && i + 1 < utf16.size() && utf16[i + 1] >= 0xDC00 && utf16[i + 1] < 0xE000) {
      AppendUtf8(0x10000 + ((unit - 0xD800) << 10) + (static_cast<char32_t>(utf16[i + 1]) - 0xDC00), out);
      ++i;
    } else if (unit >= 0xD800 && unit < 0xE000) {
      AppendUtf8(0xFFFD, out);
    } else {
      AppendUtf8(unit, out);
    }
  }
  return out;
}

}  // namespace mailuo::text
