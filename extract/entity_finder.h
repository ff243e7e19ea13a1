// Entity extraction of one article: from sentences and dates to mentions, in-article aliases and tokens.
#pragma once

#include <memory>

#include "core/result.h"
#include "extract/document.h"
#include "extract/entity_words.h"
#include "lexicon/lexicon.h"

namespace mailuo::extract {

// What entity extraction knows of the language and of the lexicon, compiled once.
// Thread safety: immutable after Create.
class EntityKnowledge {
 public:
  static Result<std::unique_ptr<EntityKnowledge>> Create(std::shared_ptr<const lexicon::Lexicon> lexicon);
  ~EntityKnowledge();
  EntityKnowledge(const EntityKnowledge&) = delete;
  EntityKnowledge& operator=(const EntityKnowledge&) = delete;

  const lexicon::Lexicon& lexicon() const { return *lexicon_; }
  std::uint64_t version() const { return words_.version(); }

 private:
  friend class EntityFinder;
  struct Traits;
  EntityKnowledge(std::shared_ptr<const lexicon::Lexicon> lexicon, WordTable words);

  std::shared_ptr<const lexicon::Lexicon> lexicon_;
  WordTable words_;
  std::unique_ptr<Traits> traits_;
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

 private:
  class Impl;
  explicit EntityFinder(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace mailuo::extract
