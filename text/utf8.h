// UTF-8 as it comes from outside: strict validation and counting.
// Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mailuo::text {

// Byte offset of the first byte that is not part of well-formed UTF-8 (overlong forms, surrogates and code points above
// U+10FFFF are ill-formed), or nothing when all of `bytes` is well-formed.
std::optional<std::size_t> FindInvalidUtf8(std::string_view bytes);

// REQUIRES for the rest: well-formed UTF-8.
std::size_t CountCodePoints(std::string_view utf8);
// The bytes of code points [start, end); clamped to the text. Walks from the front: O(end).
std::string_view SliceCodePoints(std::string_view utf8, std::size_t start, std::size_t end);
std::u16string ToUtf16(std::string_view utf8);
// Lone surrogates become U+FFFD.
std::string ToUtf8(std::u16string_view utf16);
void AppendUtf8(char32_t code_point, std::string& out);

}  // namespace mailuo::text
