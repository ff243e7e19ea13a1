// The folding of every BMP character as one table lookup, made at build time from ICU (tools/fold_table_gen.cc).
#pragma once

namespace mailuo::text {

inline constexpr char16_t kFoldFirstSpecial = 0xFFF0;
inline constexpr char16_t kFoldDrop = 0xFFFE;  // The character leaves no unit.
inline constexpr char16_t kFoldSlow = 0xFFFF;  // More than one unit, a combining mark, or a surrogate: EmitSlow.

extern const char16_t kFoldTable[65536];  // NOLINT(modernize-avoid-c-arrays): 128 KiB of constants

}  // namespace mailuo::text
