#include "extract/tagger_names.h"

#include <algorithm>

#include "extract/tagger_features.h"

namespace mailuo::extract {
namespace {

using text::UnitSpan;

// The margin (tagger/model.h) from which a span is worth most; below none it is not believed.
constexpr float kSureMargin = 4;
// Below this a span is not believed; the path's own weights may outweigh a little.
constexpr float kLeastMargin = -0.25F;

float Confidence(float margin) {
  const float share = std::clamp(margin / kSureMargin, 0.0F, 1.0F);
  return 0.5F + 0.3F * share;
}

bool HasEdges(const EntityScratch& scratch, UnitSpan span) {
  return IsNameUnit(scratch.units[span.start]) && IsNameUnit(scratch.units[span.end - 1]);
}

// The lexicon's entity of this type whose name the span is exactly; kNone if there is none.
std::int32_t SameName(const EntityScratch& scratch, UnitSpan span, MentionType type) {
  const auto first =
      std::lower_bound(scratch.hits.begin(), scratch.hits.end(), span.start,
                       [](const lexicon::NameHit& hit, std::uint32_t at) { return hit.span.start < at; });
  for (auto hit = first; hit != scratch.hits.end() && hit->span.start == span.start; ++hit) {
    if (hit->span == span && scratch.Trait(hit->entity).type == type) return static_cast<std::int32_t>(hit->entity);
  }
  return kNone;
}

}  // namespace

Result<TaggerModel> TaggerModel::Open(std::string_view bytes) {
  TaggerModel opened;
  MAILUO_ASSIGN_OR_RETURN(opened.model_, tagger::Model::Open(bytes));
  for (std::size_t i = 0; i < opened.model_.labels(); ++i) {
    opened.types_.push_back(ParseMentionType(opened.model_.label(i)));
  }
  return opened;
}

void TaggerNames::DropGuesses(EntityScratch& scratch) const {
  const auto is_guess = [&](const Candidate& candidate) {
    // A weak name of the lexicon needs evidence: here the model is it.
    const bool guess = candidate.entity == kNone || candidate.rule == "lexicon-weak";
    if (candidate.rank > Rank::kName || !guess) return false;
    return model_->Knows(candidate.type);
  };
  scratch.candidates.erase(std::remove_if(scratch.candidates.begin(), scratch.candidates.end(), is_guess),
                           scratch.candidates.end());
}

void TaggerNames::Read(const EntityScratch& scratch, const std::vector<std::size_t>& chosen) {
  spans_.clear();
  for (const DocumentSentence& sentence : scratch.document->sentences) {
    if (sentence.boilerplate) continue;
    const UnitSpan whole = sentence.sentence.span;
    BuildSequence(scratch, whole, chosen, sequence_);
    const std::size_t first = spans_.size();
    decoder_.Tag(sequence_, spans_);
    for (std::size_t i = first; i < spans_.size(); ++i) {
      spans_[i].span.start += whole.start;
      spans_[i].span.end += whole.start;
    }
  }
}

void TaggerNames::Add(EntityScratch& scratch, const std::vector<std::size_t>& chosen) {
  Read(scratch, chosen);
  DropGuesses(scratch);
  for (const tagger::TaggedSpan& found : spans_) {
    const auto type = model_->type(found.label);
    const UnitSpan span = found.span;
    if (!type || found.margin <= kLeastMargin || span.size() < 2 || !HasEdges(scratch, span)) continue;
    if (scratch.skip[span.start] != 0 || scratch.skip[span.end - 1] != 0) continue;
    scratch.candidates.push_back(
        {span, *type, Rank::kBound, Confidence(found.margin), "tagger", SameName(scratch, span, *type), kNone});
  }
}

}  // namespace mailuo::extract
