#include "extract/entity_sentences.h"

#include <string>

#include "text/folded_text.h"

namespace mailuo::extract {
namespace {

using text::UnitSpan;

// Longer sentences carry news even if they hold one of the words (the boilerplate list says how each matches).
constexpr std::uint32_t kLongestPart = 60;
constexpr std::uint32_t kLongestCredit = 200;
constexpr std::uint32_t kLongestHeadline = 60;

bool IsBoilerplate(const Cue& cue, UnitSpan sentence) {
  switch (cue.word.kind) {
    case CueKind::kStart: return cue.span.start == sentence.start && sentence.size() <= kLongestCredit;
    case CueKind::kEnd: return cue.span.end == sentence.end && sentence.size() <= kLongestPart;
    case CueKind::kWhole: return cue.span == sentence;
    default: return sentence.size() <= kLongestPart;
  }
}

bool EndsLikeASentence(char16_t unit) {
  return unit == u'。' || unit == u'!' || unit == u'?' || unit == u'…' || unit == u'”' || unit == u';' || unit == u',';
}

}  // namespace

void MarkSentences(EntityScratch& scratch) {
  Document& document = *scratch.document;
  for (const Cue& cue : scratch.cues.all()) {
    if (cue.word.cue != CueClass::kBoilerplate) continue;
    const std::size_t index = document.SentenceAt(cue.span.start);
    if (index >= document.sentences.size()) continue;
    DocumentSentence& sentence = document.sentences[index];
    if (IsBoilerplate(cue, sentence.sentence.span)) sentence.boilerplate = true;
  }
  const std::u16string title = text::FoldKey16(document.title.original());
  bool first = true;
  for (DocumentSentence& sentence : document.sentences) {
    if (sentence.boilerplate) continue;
    const UnitSpan span = sentence.sentence.span;
    if (!title.empty()) {
      if (span.size() <= title.size() + 8 && text::FoldKey16(document.text.Original(span)) == title) {
        sentence.headline = true;
      }
    } else if (first) {
      const bool alone = span.end == scratch.units.size() ? false : scratch.units[span.end] == u'\n';
      const bool line_start = span.start == 0 || scratch.units[span.start - 1] == u'\n';
      sentence.headline =
          alone && line_start && span.size() <= kLongestHeadline && !EndsLikeASentence(scratch.units[span.end - 1]);
    }
    first = false;
  }
}

}  // namespace mailuo::extract
