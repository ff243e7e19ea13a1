// Whether a text holds, begins or ends with one of a rule's words, all of them folded.
// Thread safety: pure functions.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace mailuo::extract {

inline bool IsOneOf(std::u16string_view text, const std::vector<std::u16string>& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}
inline bool ContainsAny(std::u16string_view text, const std::vector<std::u16string>& words) {
  return std::any_of(words.begin(), words.end(),
                     [text](const std::u16string& word) { return text.find(word) != std::u16string_view::npos; });
}
inline bool StartsWithAny(std::u16string_view text, const std::vector<std::u16string>& words) {
  return std::any_of(words.begin(), words.end(), [text](const std::u16string& word) { return text.starts_with(word); });
}
inline bool EndsWithAny(std::u16string_view text, const std::vector<std::u16string>& words) {
  return std::any_of(words.begin(), words.end(), [text](const std::u16string& word) { return text.ends_with(word); });
}

}  // namespace mailuo::extract
