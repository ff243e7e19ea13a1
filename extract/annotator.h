// The extraction of one article: a pure function of (article, lexicon version, rules version).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/annotation.h"
#include "core/article.h"
#include "core/result.h"
#include "extract/refused.h"
#include "lexicon/lexicon.h"

namespace mailuo::extract {

// Lexicon, rules and models, compiled for matching; shared by the annotators of all threads.
// Thread safety: immutable after Create.
class Knowledge {
 public:
  // `model`: the bytes of a tagger model (`mailuo train`); nullptr: none, unknown names are found by rules alone.
  static Result<std::shared_ptr<const Knowledge>> Create(std::shared_ptr<const lexicon::Lexicon> lexicon,
                                                         std::shared_ptr<const std::string> model = nullptr);
  virtual ~Knowledge() = default;
  virtual const lexicon::Lexicon& lexicon() const = 0;
  // Hash of rules and models; with lexicon().version() it names what an annotation was made by.
  virtual std::uint64_t rules_version() const = 0;
};

// Steps, in order: fold -> sentences (headline, boilerplate) -> dates -> names (lexicon automaton, tickers, in-article
// aliases, unknown names) -> resolution -> tokens -> events (triggers, roles, values, time, status) -> relations ->
// code point offsets.
// Thread safety: one annotator per thread (it owns ICU's word breaker and buffers).
class Annotator {
 public:
  explicit Annotator(std::shared_ptr<const Knowledge> knowledge);
  ~Annotator();
  Annotator(const Annotator&) = delete;
  Annotator& operator=(const Annotator&) = delete;

  // REQUIRES: article.text is well-formed UTF-8 without NUL.
  // `refused`, if given, gets what was looked at and not reported, in the order of the text.
  Annotation Annotate(const Article& article, RefusedList refused = nullptr);
  // Several at once, one after another within each step: what a step reads and the step itself stay in the cache.
  std::vector<Annotation> Annotate(std::span<const Article* const> articles);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace mailuo::extract
