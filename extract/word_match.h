// Whether a text holds, begins or ends with one of a rule's words, all of them folded.
// Thread safety: pure functions.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mailuo::extract {

inline bool IsOneOf(std::u16string_view text, const std::vector<std::u16string>& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}
inline bool ContainsAny(std::u16string_view text, const std::vector<std::u16string>& words) {
  if (words.empty()) return false;
  // Which units the text has, by their last six bits: most words have one that it does not, and need no search.
  constexpr unsigned kBits = 64;
  const auto bit = [](char16_t unit) { return std::uint64_t{1} << unit % kBits; };
  std::uint64_t units = 0;
  for (const char16_t unit : text) units |= bit(unit);
  return std::any_of(words.begin(), words.end(), [&](const std::u16string& word) {
    const bool may = word.empty() || ((units & bit(word.front())) != 0 && (units & bit(word.back())) != 0);
    return may && text.find(word) != std::u16string_view::npos;
  });
}
inline bool StartsWithAny(std::u16string_view text, const std::vector<std::u16string>& words) {
  return std::any_of(words.begin(), words.end(), [text](const std::u16string& word) { return text.starts_with(word); });
}
inline bool EndsWithAny(std::u16string_view text, const std::vector<std::u16string>& words) {
  return std::any_of(words.begin(), words.end(), [text](const std::u16string& word) { return text.ends_with(word); });
}

}  // namespace mailuo::extract
