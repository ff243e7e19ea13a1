// Learning names from the text itself: what articles say about names that the lexicon does not know, collected over
// many articles, and what to add to the lexicon for it.
//
// Evidence is what extraction has read as such: a name in front of its code (星沉光电（301999.SZ）), and a name
// explained by another (…科技股份有限公司（以下简称“…”，688999.SH）). Of the sentences around nothing is guessed.
//
// The proposals are a function of the set of articles, the lexicon and the thresholds: the order of Add() leaves no
// trace. Thread safety: one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/annotation.h"
#include "core/article.h"
#include "core/date.h"
#include "lexicon/lexicon.h"
#include "lexicon/lexicon_row.h"

namespace mailuo::extract {

struct LearnThresholds {
  std::uint32_t min_articles = 2;  // That say the same of a name.
  std::uint32_t min_sources = 1;   // Different outlets among them.
};

// What stands behind a name, or behind all that is said of one entity.
struct Support {
  std::uint32_t articles = 0;
  std::uint32_t sources = 0;  // Outlets; articles without one count as one together.
  std::optional<Date> first;  // Days of publication.
  std::optional<Date> last;
  ArticleId article;  // The one that said it first; of equals the smaller id.
  std::string quote;  // Its sentence.
};

struct LearnedEntity {
  // Canonical name first. Of an entity that the lexicon knows: its name, and what is new.
  lexicon::LexiconRow row;
  bool known = false;
  std::vector<Support> names;  // Of row.names but the canonical name of a known entity, in order.
  Support support;             // Of all of it.
};

// A name that articles give to more than one entity: nobody gets it.
struct NameConflict {
  MentionType type = MentionType::kCompany;
  std::string name;                 // Or a ticker.
  std::vector<std::string> owners;  // Names, ascending.
  Support support;
};

struct Learned {
  std::vector<LearnedEntity> entities;  // By type and canonical name.
  std::vector<NameConflict> conflicts;  // By type and name.
};

class NameLearner {
 public:
  // `lexicon` must outlive the learner.
  explicit NameLearner(const lexicon::Lexicon& lexicon) : lexicon_(lexicon) {}

  // An article with its annotation as extracted. Adding one twice changes nothing.
  void Add(const Article& article, const Annotation& annotation);

  Learned Propose(const LearnThresholds& thresholds) const;

  // Articles that said something of a name.
  struct Witness {
    std::optional<Date> published;
    std::string outlet;
    std::string quote;
  };
  using Evidence = std::map<ArticleId, Witness>;
  // A name by type and folded form, a code, or an entity of the lexicon.
  struct Name {
    MentionType type = MentionType::kCompany;
    std::string folded;  // Empty for an entity of the lexicon.
    EntityId known;
    bool ticker = false;
    friend auto operator<=>(const Name&, const Name&) = default;
  };
  // `owner` is called `name`, in this way.
  struct Claim {
    Name owner;
    Name name;
    lexicon::NameKind kind = lexicon::NameKind::kAlias;
    friend auto operator<=>(const Claim&, const Claim&) = default;
  };

 private:
  class Reader;

  const lexicon::Lexicon& lexicon_;
  std::map<Claim, Evidence> claims_;
  std::map<Name, std::map<std::string, std::uint32_t>> spellings_;  // As written, with their uses.
  std::set<Name> registered_;                                       // Names with a legal form.
  std::set<ArticleId> added_;
};

// The proposals as a lexicon TSV (corpus/lexicon/README.md): one line an entity, its support in the column `source`,
// and above it the sentence that said it first, as a comment. Conflicts follow as comments. Equal proposals, equal
// bytes.
std::string WriteLearned(const Learned& learned);

}  // namespace mailuo::extract
