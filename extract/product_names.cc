#include "extract/product_names.h"

#include <algorithm>

#include "text/folded_text.h"

namespace mailuo::extract {
namespace {

using text::UnitSpan;

bool IsCodeUnit(char16_t unit) { return text::IsAsciiAlnum(unit) || unit == u'-' || unit == u'.' || unit == u'+'; }

// A run of Latin letters and digits with words that go on behind one blank: "Mate 70 Pro", "GPT-5.1".
std::uint32_t CodeEnd(const EntityScratch& scratch, std::uint32_t start) {
  std::uint32_t at = start;
  for (int words = 0; words < 4; ++words) {
    while (at < scratch.units.size() && IsCodeUnit(scratch.units[at])) ++at;
    if (scratch.At(at) != u' ' || !text::IsAsciiAlnum(scratch.At(at + 1))) break;
    ++at;
  }
  while (at > start && !text::IsAsciiAlnum(scratch.units[at - 1]) && scratch.units[at - 1] != u'+') --at;
  // MEGA 2024款: the year's edition is not part of the model.
  if (scratch.At(at) == u'款' && at - start > 5 && scratch.units[at - 5] == u' ') at -= 5;
  return at;
}

bool HasLetterAndDigit(std::u16string_view code) {
  return std::any_of(code.begin(), code.end(), text::IsAsciiLetter) &&
         std::any_of(code.begin(), code.end(), text::IsAsciiDigit);
}

void Add(EntityScratch& scratch, UnitSpan span, float confidence, std::string_view rule) {
  for (std::uint32_t unit = span.start; unit < span.end; ++unit) {
    if (scratch.skip[unit] != 0) return;
  }
  scratch.candidates.push_back({span, MentionType::kProduct, Rank::kName, confidence, rule, kNone, kNone});
}

// Directly behind a maker: a code of letters and digits (Mate 70). Not: years, quarters, share classes.
void AddBehindMakers(EntityScratch& scratch) {
  const std::size_t count = scratch.candidates.size();
  for (std::size_t i = 0; i < count; ++i) {
    const Candidate maker = scratch.candidates[i];
    if (maker.type != MentionType::kCompany || maker.confidence < 0.6F) continue;
    std::uint32_t start = maker.span.end;
    if (scratch.At(start) == u'的') ++start;
    if (scratch.At(start) == u' ') ++start;
    if (!text::IsAsciiLetter(scratch.At(start))) continue;
    if (text::IsAsciiAlnum(scratch.Before(start))) continue;
    const std::uint32_t end = CodeEnd(scratch, start);
    const std::u16string_view code = scratch.units.substr(start, end - start);
    if (code.size() < 2 || code.size() > 24 || !HasLetterAndDigit(code)) continue;
    // Q3, H1, FY25: reporting periods.
    const bool period =
        code.size() <= 4 && (code[0] == u'q' || (code[0] == u'h' && code.size() == 2) || code.substr(0, 2) == u"fy");
    if (!period) Add(scratch, {start, end}, 0.8F, "maker-code");
  }
}

// H200芯片, “盘古”大模型.
void AddBeforeHeads(EntityScratch& scratch) {
  constexpr std::uint32_t kLongestQuoted = 12;
  for (const Cue& cue : scratch.cues.all()) {
    if (cue.word.cue != CueClass::kProductHead || cue.span.start == 0) continue;
    std::uint32_t end = cue.span.start;
    if (scratch.Before(end) == u'”') {
      const std::size_t open = scratch.units.rfind(u'“', end - 1);
      if (open == std::u16string_view::npos || end - open > kLongestQuoted + 2) continue;
      const UnitSpan inner{static_cast<std::uint32_t>(open) + 1, end - 1};
      const auto text = scratch.units.substr(inner.start, inner.size());
      if (inner.size() >= 2 &&
          std::all_of(text.begin(), text.end(), [](char16_t u) { return IsNameUnit(u) || u == u' '; }) &&
          std::none_of(text.begin(), text.end(), IsGrammarUnit)) {
        Add(scratch, inner, 0.7F, "quoted-product");
      }
      continue;
    }
    if (scratch.Before(end) == u' ') --end;
    std::uint32_t start = end;
    while (start > 0 && IsCodeUnit(scratch.units[start - 1])) --start;
    const std::u16string_view code = scratch.units.substr(start, end - start);
    if (code.size() >= 2 && code.size() <= 16 && text::IsAsciiLetter(code[0]) && HasLetterAndDigit(code)) {
      Add(scratch, {start, end}, 0.75F, "code-product");
    }
  }
}

}  // namespace

void AddProductNames(EntityScratch& scratch) {
  AddBehindMakers(scratch);
  AddBeforeHeads(scratch);
}

}  // namespace mailuo::extract
