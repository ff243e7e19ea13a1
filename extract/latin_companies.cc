#include "extract/latin_companies.h"

#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

#include "text/folded_text.h"

namespace mailuo::extract {
namespace {

using text::UnitSpan;

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsLower(char c) { return c >= 'a' && c <= 'z'; }

class LatinCompanyReader {
 public:
  explicit LatinCompanyReader(EntityScratch& scratch) : scratch_(scratch), taken_(scratch.units.size() + 1, 0) {
    for (const Candidate& candidate : scratch.candidates) {
      std::fill(taken_.begin() + candidate.span.start, taken_.begin() + candidate.span.end, std::uint8_t{1});
    }
  }

  void Read() {
    const auto size = static_cast<std::uint32_t>(scratch_.units.size());
    for (std::uint32_t unit = 0; unit < size; ++unit) {
      if (!text::IsAsciiLetter(scratch_.units[unit]) || text::IsAsciiAlnum(scratch_.Before(unit))) continue;
      unit = ReadRun(unit);
    }
  }

 private:
  static constexpr std::uint32_t kMostWords = 5;

  // A word: letters and digits, and points, hyphens, apostrophes and & between them; a point behind Inc and Corp too.
  std::uint32_t WordEnd(std::uint32_t start) const {
    constexpr std::u16string_view kJoints = u".-'&";
    std::uint32_t end = start;
    while (true) {
      const char16_t unit = scratch_.At(end);
      const bool joins = kJoints.find(unit) != std::u16string_view::npos && text::IsAsciiLetter(scratch_.At(end + 1));
      if (!joins && !text::IsAsciiAlnum(unit)) break;
      ++end;
    }
    // Nkoyi50%股权: the figure is no part of the name.
    if (scratch_.At(end) == u'%') {
      while (end > start && text::IsAsciiDigit(scratch_.units[end - 1])) --end;
    }
    if (scratch_.At(end) == u'.' && scratch_.words->IsLatinCompanyForm(Units({start, end + 1}))) ++end;
    return end;
  }

  // Reads the capitalized words from `start` on; returns where they end.
  std::uint32_t ReadRun(std::uint32_t start) {
    words_.clear();
    std::uint32_t at = start;
    while (words_.size() < kMostWords) {
      const UnitSpan word{at, WordEnd(at)};
      if (word.empty() || !IsCapitalized(word)) break;
      words_.push_back(word);
      at = scratch_.units.substr(word.end, 3) == u" & " ? word.end + 3 : word.end + 1;  // Alvarez & Marsal
      if (scratch_.At(word.end) != u' ' || !text::IsAsciiLetter(scratch_.At(at))) break;
    }
    if (words_.empty()) return std::max(start, WordEnd(start));
    ReadName();
    return words_.back().end;
  }

  void ReadName() {
    const UnitSpan run{words_.front().start, words_.back().end};
    if (scratch_.skip[run.start] != 0 || Taken(run)) return;
    const std::u16string_view last = Units(words_.back());
    // A version, or a sentence in letters: no single name.
    const char16_t next = scratch_.At(run.end);
    if (next == u' ' && text::IsAsciiAlnum(scratch_.At(run.end + 1))) return;
    // Société, Artémis: the rest of the word is no ASCII.
    constexpr char16_t kFirstAccented = 0xC0;
    constexpr char16_t kLastAccented = 0x24F;
    if (next >= kFirstAccented && next <= kLastAccented) return;
    if (text::IsAsciiLetter(next) || FollowsLetters(run.start)) return;
    if (words_.size() >= 2 && scratch_.words->IsLatinCompanyForm(last)) return Add(run, 0.85F, "latin-form");
    if (Generic(words_.front()) || run.size() < 3) return;
    if (scratch_.words->IsLatinGivenName(Units(words_.front()))) return;
    if (scratch_.cues.AnyStarting(run.end, Mask(CueClass::kProductHead))) return;
    if (words_.size() >= 2 && scratch_.words->IsLatinCompanyKind(last)) return Add(run, 0.65F, "latin-kind");
    const bool business = BusinessBefore(run.start) && ClearEnd(run.end);
    // Abbreviations are mostly things: only long ones behind 零售商 are names.
    constexpr std::uint32_t kLongAbbreviation = 5;
    if (words_.size() == 1 && !IsMixed(run) && !(business && run.size() >= kLongAbbreviation)) return;
    if (business || PostFollows(run.end) || Moves(run.end)) Add(run, 0.65F, "latin-role");
  }

  void Add(UnitSpan span, float confidence, std::string_view rule) {
    scratch_.candidates.push_back({span, MentionType::kCompany, Rank::kName, confidence, rule, kNone, kNone});
  }

  // 初创公司Verkor, 运营商Megabox; of a bare 公司 at the head of a clause the product may stand behind.
  bool BusinessBefore(std::uint32_t unit) const {
    const std::span<const Cue> cues = scratch_.cues.EndingAt(unit);
    return std::any_of(cues.begin(), cues.end(), [&](const Cue& cue) {
      const bool role = (cue.word.cue == CueClass::kCompanyWord && cue.word.kind == CueKind::kBefore) ||
                        (cue.word.cue == CueClass::kOrgSuffix && cue.word.kind == CueKind::kExchange) ||
                        (cue.word.cue == CueClass::kCompanySuffix && cue.word.kind == CueKind::kGroup);
      return role && scratch_.IsBoundary(cue.span.end) &&
             !(IsBreak(scratch_.Before(cue.span.start)) || IsGrammarUnit(scratch_.Before(cue.span.start)));
    });
  }

  bool ClearEnd(std::uint32_t unit) const {
    const char16_t next = scratch_.At(unit);
    constexpr auto kEnds = static_cast<std::uint16_t>(Mask(CueClass::kSpeech) | Mask(CueClass::kPost) |
                                                      Mask(CueClass::kCompanyWord) | Mask(CueClass::kEdge));
    return IsBreak(next) || IsGrammarUnit(next) || scratch_.cues.AnyStarting(unit, kEnds);
  }

  // Saxo Markets首席策略师, Kynikos的创始人: a post that only a company has.
  bool PostFollows(std::uint32_t unit) const {
    if (scratch_.At(unit) == u'的' || scratch_.At(unit) == u' ') ++unit;
    const std::span<const Cue> cues = scratch_.cues.StartingAt(unit);
    return std::any_of(cues.begin(), cues.end(), [&](const Cue& cue) {
      return cue.word.cue == CueClass::kPost && cue.word.strong && cue.word.kind != CueKind::kAfter &&
             scratch_.IsBoundary(cue.span.end);
    });
  }

  // 涨超4%, 股价: only a share has these.
  bool Moves(std::uint32_t unit) const {
    const char16_t verb = scratch_.At(unit);
    const char16_t next = scratch_.At(unit + 1);
    if ((verb == u'涨' || verb == u'跌') &&
        (text::IsAsciiDigit(next) || next == u'超' || next == u'近' || next == u'逾')) {
      return true;
    }
    const std::span<const Cue> cues = scratch_.cues.StartingAt(unit);
    return std::any_of(cues.begin(), cues.end(), [](const Cue& cue) {
      return cue.word.cue == CueClass::kCompanyWord && cue.word.kind == CueKind::kAfter && cue.word.strong;
    });
  }

  bool Generic(UnitSpan word) const {
    const std::span<const Cue> cues = scratch_.cues.StartingAt(word.start);
    return std::any_of(cues.begin(), cues.end(), [&](const Cue& cue) {
      return (cue.word.cue == CueClass::kGeneric || cue.word.cue == CueClass::kProductHead ||
              cue.word.cue == CueClass::kPost) &&
             cue.span == word;
    });
  }

  // The lexicon knows it, or a code or title holds it.
  bool Taken(UnitSpan run) const {
    return std::any_of(taken_.begin() + run.start, taken_.begin() + run.end,
                       [](std::uint8_t flag) { return flag != 0; });
  }

  bool IsCapitalized(UnitSpan word) const {
    const std::string_view text = scratch_.document->text.Original(word);
    return text.size() == word.size() && IsUpper(text[0]);  // Full-width letters are longer.
  }

  // Capital and small letters: no abbreviation.
  bool IsMixed(UnitSpan word) const {
    const std::string_view text = scratch_.document->text.Original(word);
    return std::count_if(text.begin(), text.end(), IsLower) >= 2;
  }

  // A word in small letters before: a sentence.
  bool FollowsLetters(std::uint32_t unit) const {
    return scratch_.Before(unit) == u' ' && unit > 1 && text::IsAsciiAlnum(scratch_.units[unit - 2]);
  }

  std::u16string_view Units(UnitSpan span) const { return scratch_.units.substr(span.start, span.size()); }

  EntityScratch& scratch_;
  std::vector<std::uint8_t> taken_;
  std::vector<UnitSpan> words_;
};

}  // namespace

void AddLatinCompanies(EntityScratch& scratch) { LatinCompanyReader(scratch).Read(); }

}  // namespace mailuo::extract
