// Names that no list and no rule knows, found by the sequence tagger.
#pragma once

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "extract/entity_scratch.h"
#include "tagger/model.h"

namespace mailuo::extract {

// A model whose labels are mention types ("company", "person", "organization", ...; labels of other names teach the
// model what is no mention and are passed over).
// Thread safety: immutable after Open.
class TaggerModel {
 public:
  // `bytes` must outlive the object.
  static Result<TaggerModel> Open(std::string_view bytes);
  const tagger::Model& model() const { return model_; }
  // Of a label index; nothing for a label that is no mention type.
  std::optional<MentionType> type(std::size_t label) const { return types_[label]; }
  bool Knows(MentionType type) const { return std::find(types_.begin(), types_.end(), type) != types_.end(); }

 private:
  tagger::Model model_;
  std::vector<std::optional<MentionType>> types_;
};

// Thread safety: one thread at a time.
class TaggerNames {
 public:
  explicit TaggerNames(const TaggerModel& model) : model_(&model), decoder_(model.model()) {}
  // Adds a candidate for each span that the model finds; `chosen` are the candidates that would win without it. For the
  // types that the model knows it takes the place of the rules' guesses and of weak names of the lexicon; its sure
  // names, names bound to codes and explained names stay.
  void Add(EntityScratch& scratch, const std::vector<std::size_t>& chosen);

 private:
  void Read(const EntityScratch& scratch, const std::vector<std::size_t>& chosen);
  void DropGuesses(EntityScratch& scratch) const;

  const TaggerModel* model_;
  tagger::Decoder decoder_;
  tagger::Sequence sequence_;
  std::vector<tagger::TaggedSpan> spans_;  // Of the whole article.
};

}  // namespace mailuo::extract
