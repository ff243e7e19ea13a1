// A Document from a text with marks: [英伟达|company] is a mention, with a canonical name in [黄先生|person|黄仁勋];
// {1月23日|2026-01-23} is a day. Paragraphs are lines.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/check.h"
#include "core/date.h"
#include "core/ids.h"
#include "extract/document.h"
#include "text/sentence.h"
#include "text/utf8.h"

namespace mailuo::extract {

// The document points into the article beside it; the pair is not copied.
struct BuiltDocument {
  Article article;
  Document document;
};

namespace builder_internal {

struct Mark {
  TextSpan span;  // Code points.
  std::vector<std::string> parts;
};

// Reads "text|a|b" up to `close`, appends the text to `out`.
inline Mark ReadMark(std::string_view marked, std::size_t& at, char close, std::string& out) {
  const std::size_t end = marked.find(close, at);
  MAILUO_CHECK(end != std::string_view::npos);
  Mark mark;
  std::string_view inside = marked.substr(at, end - at);
  for (std::size_t bar = inside.find('|'); bar != std::string_view::npos; bar = inside.find('|')) {
    mark.parts.emplace_back(inside.substr(0, bar));
    inside.remove_prefix(bar + 1);
  }
  mark.parts.emplace_back(inside);
  mark.span.start = static_cast<std::uint32_t>(text::CountCodePoints(out));
  out += mark.parts.front();
  mark.span.end = static_cast<std::uint32_t>(text::CountCodePoints(out));
  at = end + 1;
  return mark;
}

}  // namespace builder_internal

inline std::unique_ptr<BuiltDocument> BuildDocument(std::string_view marked,
                                                    std::string_view published = "2026-01-25") {
  auto built = std::make_unique<BuiltDocument>();
  std::vector<builder_internal::Mark> names;
  std::vector<builder_internal::Mark> days;
  std::string& text = built->article.text;
  for (std::size_t at = 0; at < marked.size();) {
    const char c = marked[at];
    if (c == '[') {
      names.push_back(builder_internal::ReadMark(marked, ++at, ']', text));
    } else if (c == '{') {
      days.push_back(builder_internal::ReadMark(marked, ++at, '}', text));
    } else {
      text.push_back(c);
      ++at;
    }
  }
  built->article.published = ParsePublishedTime(published);
  Document& document = built->document;
  document.article = &built->article;
  document.text = text::FoldedText(text);
  for (const text::Sentence& sentence : text::SplitSentences(document.text)) {
    DocumentSentence of_document;
    of_document.sentence = sentence;
    document.sentences.push_back(of_document);
  }
  for (const builder_internal::Mark& mark : names) {
    EntityMention mention;
    mention.span = document.text.FromCodePoints(mark.span);
    mention.sentence = static_cast<std::uint32_t>(document.SentenceAt(mention.span.start));
    mention.type = ParseMentionType(mark.parts.at(1)).value();
    mention.name = mark.parts.size() > 2 ? mark.parts[2] : mark.parts[0];
    mention.entity = MakeEntityId(mention.type, mention.name);
    mention.confidence = 1;
    document.mentions.push_back(std::move(mention));
  }
  for (const builder_internal::Mark& mark : days) {
    dates::FoundDate date;
    date.span = document.text.FromCodePoints(mark.span);
    date.interval.from = ParseIsoDate(mark.parts.at(1));
    date.interval.to = date.interval.from;
    document.dates.push_back(date);
  }
  return built;
}

}  // namespace mailuo::extract
