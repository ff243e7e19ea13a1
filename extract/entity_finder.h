// Entity extraction of one article: from sentences and dates to mentions, in-article aliases and tokens.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "core/result.h"
#include "extract/document.h"
#include "extract/entity_words.h"
#include "lexicon/lexicon.h"
#include "tagger/features.h"
#include "text/span.h"

namespace mailuo::extract {

// What entity extraction knows of the language and of the lexicon, compiled once.
// Thread safety: immutable after Create.
class EntityKnowledge {
 public:
  // `model`: the bytes of a tagger model (tagger/model.h), which outlive the object; empty: names come from lists and
  // rules alone.
  static Result<std::unique_ptr<EntityKnowledge>> Create(std::shared_ptr<const lexicon::Lexicon> lexicon,
                                                         std::string_view model = {});
  ~EntityKnowledge();
  EntityKnowledge(const EntityKnowledge&) = delete;
  EntityKnowledge& operator=(const EntityKnowledge&) = delete;

  const lexicon::Lexicon& lexicon() const { return *lexicon_; }
  // Of the word lists and the model.
  std::uint64_t version() const { return version_; }

 private:
  friend class EntityFinder;
  struct Traits;
  EntityKnowledge(std::shared_ptr<const lexicon::Lexicon> lexicon, WordTable words);

  std::shared_ptr<const lexicon::Lexicon> lexicon_;
  WordTable words_;
  std::unique_ptr<Traits> traits_;
  std::uint64_t version_ = 0;
};

// Thread safety: one thread at a time; it owns the word breaker and the buffers.
class EntityFinder {
 public:
  // `knowledge` must outlive the finder.
  static Result<EntityFinder> Create(const EntityKnowledge& knowledge);
  EntityFinder(EntityFinder&&) noexcept;
  EntityFinder& operator=(EntityFinder&&) noexcept;
  EntityFinder(const EntityFinder&) = delete;
  EntityFinder& operator=(const EntityFinder&) = delete;
  ~EntityFinder();

  // REQUIRES: text, title, sentences and dates are filled. Fills the sentences' flags, mentions, aliases and tokens.
  void Find(Document& document);

  // What the tagger sees of each sentence of `document` (text and sentences are filled), for training. The sequence
  // lives until `visit` returns.
  void VisitSequences(Document& document, const std::function<void(text::UnitSpan, const tagger::Sequence&)>& visit);

 private:
  class Impl;
  explicit EntityFinder(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace mailuo::extract
