#include "extract/tagger_features.h"

#include <algorithm>

namespace mailuo::extract {
namespace {

using lexicon::NameStrength;
using tagger::UnitClues;
using text::UnitSpan;

// Numbers are part of a trained model's meaning: append only.
enum Class : std::uint8_t {
  kNoClass = 0,
  kSurname = 1,
  kPlaceSuffix = 2,
  kSpeech = 3,
  kPost = 4,
  kCompanySuffix = 5,
  kOrganizationSuffix = 6,
  kGeneric = 7,
  kSector = 8,
  kProduct = 9,
  kPolicy = 10,
  kPlace = 11,
  kPerson = 12,
  kOrganization = 13,
  kMedia = 14,
  kWeakCompany = 15,
  kCompany = 16,
};

Class ClassOf(const EntityTrait& trait, NameStrength strength) {
  switch (trait.type) {
    case MentionType::kCompany: return strength == NameStrength::kSure ? kCompany : kWeakCompany;
    case MentionType::kOrganization: return trait.media ? kMedia : kOrganization;
    case MentionType::kPerson: return kPerson;
    case MentionType::kPolicy: return kPolicy;
    case MentionType::kProduct: return kProduct;
    case MentionType::kPlace: return strength == NameStrength::kSure ? kPlace : kNoClass;
    case MentionType::kSector:
    case MentionType::kIndex: return kSector;
    case MentionType::kTicker: return kNoClass;
  }
  return kNoClass;
}

Class ClassOf(const CueWord& word) {
  switch (word.cue) {
    case CueClass::kCompanySuffix: return kCompanySuffix;
    case CueClass::kOrgSuffix: return kOrganizationSuffix;
    case CueClass::kPost: return kPost;
    case CueClass::kSpeech: return kSpeech;
    case CueClass::kPlaceSuffix: return kPlaceSuffix;
    case CueClass::kGeneric: return kGeneric;
    default: return kNoClass;
  }
}

std::uint8_t Place(std::uint32_t at, std::uint32_t size) {
  if (size == 1) return 3;
  if (at == 0) return 0;
  return at + 1 == size ? 2 : 1;
}

// Writes the class over `part` where nothing longer is written: callers go from longest to shortest.
void Mark(UnitSpan part, UnitSpan sentence, std::uint8_t value, std::uint8_t UnitClues::*channel,
          std::vector<UnitClues>& out) {
  if (value == 0 || !sentence.Contains(part)) return;
  const auto begin = out.begin() + (part.start - sentence.start);
  const auto end = begin + part.size();
  if (std::any_of(begin, end, [&](const UnitClues& clues) { return clues.*channel != 0; })) return;
  for (std::uint32_t i = 0; i < part.size(); ++i) {
    begin[i].*channel = static_cast<std::uint8_t>(value * 4 + Place(i, part.size()));
  }
}

// Surname and given-name characters from frequent to rare, and characters of foreign names.
std::uint8_t ShapeOf(const WordTable& words, char16_t unit) {
  unsigned shape = 0;
  if (words.IsSurname(unit)) shape = words.IsCommonSurname(unit) ? 3 : words.IsRareSurname(unit) ? 1 : 2;
  if (words.IsGiven(unit)) shape |= words.IsCommonGiven(unit) ? 12U : words.IsRareGiven(unit) ? 4U : 8U;
  if (words.IsTransliteration(unit)) shape |= 16U;
  if (IsGrammarUnit(unit)) shape |= 32U;
  if (!text::IsHan(unit)) shape |= 64U;
  if (IsBreak(unit)) shape |= 128U;
  return static_cast<std::uint8_t>(shape);
}

// Of every unit. All word tables are made of the same lists, so one is enough for all.
const std::vector<std::uint8_t>& ShapesOf(const WordTable& words) {
  static const std::vector<std::uint8_t> all = [&] {
    std::vector<std::uint8_t> shapes(0x10000);
    for (std::uint32_t unit = 0; unit < shapes.size(); ++unit) {
      shapes[unit] = ShapeOf(words, static_cast<char16_t>(unit));
    }
    return shapes;
  }();
  return all;
}

// Of a span that lists and rules chose: its type, how it was found, and whether it is sure.
std::uint8_t GuessOf(const Candidate& candidate) {
  constexpr float kSure = 0.8F;
  const auto type = static_cast<std::uint8_t>(candidate.type);
  const bool known = candidate.entity != kNone;
  return static_cast<std::uint8_t>(1 + type * 4 + (known ? 2 : 0) + (candidate.confidence >= kSure ? 1 : 0));
}

}  // namespace

void BuildSequence(const EntityScratch& scratch, UnitSpan span, const std::vector<std::size_t>& chosen,
                   tagger::Sequence& sequence) {
  const std::uint32_t size = span.size();
  sequence.units = scratch.units.substr(span.start, size);
  sequence.clues.assign(size, {});
  const std::vector<std::uint8_t>& shapes = ShapesOf(*scratch.words);
  for (std::uint32_t i = 0; i < size; ++i) {
    const bool begins = i == 0 || scratch.IsBoundary(span.start + i);
    const bool ends = i + 1 == size || scratch.IsBoundary(span.start + i + 1);
    sequence.clues[i].word = begins ? (ends ? 3 : 0) : (ends ? 2 : 1);
    sequence.clues[i].shape = shapes[sequence.units[i]];
  }
  // Names of the lexicon come in order of start, longest first: the first one to reach a unit keeps it.
  const auto first =
      std::lower_bound(scratch.hits.begin(), scratch.hits.end(), span.start,
                       [](const lexicon::NameHit& hit, std::uint32_t at) { return hit.span.start < at; });
  for (auto hit = first; hit != scratch.hits.end() && hit->span.start < span.end; ++hit) {
    if (hit->strength == NameStrength::kTickerOnly || hit->span.size() < 2) continue;
    Mark(hit->span, span, ClassOf(scratch.Trait(hit->entity), hit->strength), &UnitClues::name, sequence.clues);
  }
  for (std::uint32_t unit = span.start; unit < span.end; ++unit) {
    for (const Cue& cue : scratch.cues.StartingAt(unit)) {
      Mark(cue.span, span, ClassOf(cue.word), &UnitClues::cue, sequence.clues);
    }
  }
  for (const std::size_t index : chosen) {
    const Candidate& candidate = scratch.candidates[index];
    Mark(candidate.span, span, GuessOf(candidate), &UnitClues::guess, sequence.clues);
  }
}

}  // namespace mailuo::extract
