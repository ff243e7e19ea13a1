#include "extract/latin_names.h"

#include <algorithm>
#include <span>
#include <string_view>

#include "text/folded_text.h"

namespace mailuo::extract {
namespace {

using text::UnitSpan;

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsLower(char c) { return c >= 'a' && c <= 'z'; }

class LatinReader {
 public:
  explicit LatinReader(EntityScratch& scratch) : scratch_(scratch) {}

  void Read() {
    const auto size = static_cast<std::uint32_t>(scratch_.units.size());
    for (std::uint32_t unit = 0; unit < size; ++unit) {
      const char16_t first = scratch_.units[unit];
      if (first < u'a' || first > u'z') continue;
      const std::uint32_t end = RunEnd(unit);
      if (!text::IsAsciiDigit(scratch_.Before(unit)) && !text::IsAsciiDigit(scratch_.At(end))) ReadRun({unit, end});
      unit = end;
    }
  }

 private:
  static constexpr std::uint32_t kLongest = 40;

  // Letters, and single spaces, points, dots and hyphens between them.
  std::uint32_t RunEnd(std::uint32_t start) const {
    constexpr std::u16string_view kJoints = u" .·-'";
    std::uint32_t end = start;
    while (true) {
      const char16_t unit = scratch_.At(end);
      const bool joins = kJoints.find(unit) != std::u16string_view::npos && text::IsAsciiLetter(scratch_.At(end + 1));
      if (joins || text::IsAsciiLetter(unit)) {
        ++end;
      } else if (unit == u'.' && scratch_.At(end + 1) == u' ' && text::IsAsciiLetter(scratch_.At(end + 2))) {
        end += 2;  // John F. Kennedy
      } else {
        return end;
      }
    }
  }

  void ReadRun(UnitSpan run) {
    if (run.size() < 3 || run.size() > kLongest || scratch_.skip[run.start] != 0 || Taken(run)) return;
    const std::string_view text = scratch_.document->text.Original(run);
    if (text.size() != run.size() || !IsUpper(text[0])) return;  // Full-width letters, or no name.
    const std::uint32_t first = WordEnd(text, 0);
    if (!scratch_.words->IsLatinGivenName(scratch_.units.substr(run.start, first))) return;
    const bool more = first < text.size() && Words(text, first) >= 1;
    if (more && Words(text, first) > 3) return;
    const bool beside = scratch_.cues.AnyEnding(run.start, Mask(CueClass::kPost)) || Speaks(run.end);
    if (!more && (first != text.size() || !beside)) return;
    scratch_.candidates.push_back(
        {run, MentionType::kPerson, Rank::kName, beside ? 0.85F : 0.75F, "name-latin", kNone, kNone});
  }

  // A verb of speech or a post, as a whole word.
  bool Speaks(std::uint32_t unit) const {
    const std::span<const Cue> cues = scratch_.cues.StartingAt(unit);
    return std::any_of(cues.begin(), cues.end(), [&](const Cue& cue) {
      const bool speech =
          cue.word.cue == CueClass::kSpeech || (cue.word.cue == CueClass::kPost && cue.word.kind != CueKind::kBefore);
      return speech && scratch_.IsBoundary(cue.span.end);
    });
  }

  // The lexicon knows it as something else: Morgan Stanley.
  bool Taken(UnitSpan run) const {
    return std::any_of(scratch_.candidates.begin(), scratch_.candidates.end(), [&](const Candidate& candidate) {
      return candidate.span.start < run.end && run.start < candidate.span.end;
    });
  }

  // CoreyMay: a capital letter behind a small one begins a word too.
  static std::uint32_t WordEnd(std::string_view text, std::uint32_t at) {
    std::uint32_t end = at + 1;
    while (end < text.size() && IsLower(text[end])) ++end;
    return end;
  }

  // The words from `at` on if each begins with a capital letter and none is all capitals; else 0.
  static std::uint32_t Words(std::string_view text, std::uint32_t at) {
    std::uint32_t words = 0;
    while (at < text.size()) {
      while (at < text.size() && !IsUpper(text[at]) && !IsLower(text[at])) ++at;
      if (at == text.size() || !IsUpper(text[at])) return 0;
      const std::uint32_t end = WordEnd(text, at);
      const bool initial = end == at + 1 && end < text.size() && text[end] == '.';
      if (end == at + 1 && !initial) return 0;
      ++words;
      at = end;
    }
    return words;
  }

  EntityScratch& scratch_;
};

}  // namespace

void AddLatinNames(EntityScratch& scratch) { LatinReader(scratch).Read(); }

}  // namespace mailuo::extract
