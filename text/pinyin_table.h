// Readings of Han characters as one table, made at build time (tools/pinyin_table_gen.cc).
#pragma once

namespace mailuo::text {

inline constexpr char32_t kPinyinFirst = 0x4E00;
inline constexpr char32_t kPinyinLast = 0x9FFF;

// Readings of kPinyinFirst + index, separated by spaces, the usual one first; "" for a character without one.
extern const char* const kPinyinTable[kPinyinLast - kPinyinFirst + 1];  // NOLINT(modernize-avoid-c-arrays)

}  // namespace mailuo::text
