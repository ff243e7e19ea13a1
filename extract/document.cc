#include "extract/document.h"

#include <algorithm>

namespace mailuo::extract {
namespace {

// [first, last) of the elements of a sorted, non-overlapping `list` that start inside `span`.
template <typename T>
std::pair<std::size_t, std::size_t> StartingIn(const std::vector<T>& list, text::UnitSpan span) {
  const auto before = [](const T& element, std::uint32_t unit) { return element.span.start < unit; };
  const auto first = std::lower_bound(list.begin(), list.end(), span.start, before);
  const auto last = std::lower_bound(first, list.end(), span.end, before);
  return {static_cast<std::size_t>(first - list.begin()), static_cast<std::size_t>(last - list.begin())};
}

}  // namespace

std::size_t Document::SentenceAt(std::uint32_t unit) const {
  const auto after = std::upper_bound(
      sentences.begin(), sentences.end(), unit,
      [](std::uint32_t at, const DocumentSentence& element) { return at < element.sentence.span.start; });
  if (after == sentences.begin() || unit >= std::prev(after)->sentence.span.end) return sentences.size();
  return static_cast<std::size_t>(std::prev(after) - sentences.begin());
}

std::pair<std::size_t, std::size_t> Document::MentionsOf(std::size_t sentence) const {
  return StartingIn(mentions, sentences[sentence].sentence.span);
}

std::pair<std::size_t, std::size_t> Document::DatesOf(std::size_t sentence) const {
  return StartingIn(dates, sentences[sentence].sentence.span);
}

std::size_t Document::MentionAt(std::uint32_t unit) const {
  const auto after =
      std::upper_bound(mentions.begin(), mentions.end(), unit,
                       [](std::uint32_t at, const EntityMention& element) { return at < element.span.start; });
  if (after == mentions.begin() || unit >= std::prev(after)->span.end) return mentions.size();
  return static_cast<std::size_t>(std::prev(after) - mentions.begin());
}

}  // namespace mailuo::extract
