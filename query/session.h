// One question at work: a reader on one snapshot, the lexicon, the deadline, and what has been read so far. Internal to
// query/. Thread safety: one thread at a time.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "lexicon/lexicon.h"
#include "query/problem.h"
#include "query/requests.h"
#include "query/results.h"
#include "store/reader.h"

namespace mailuo::query {

inline Problem ToProblem(const Error& error) { return FromError(error); }
inline Problem ToProblem(Problem problem) { return problem; }

// MAILUO_ANSWER(const auto page, reader.Timeline(...)); takes Results and Answers; returns the Problem from the
// enclosing function.
#define MAILUO_ANSWER(declaration, expression) \
  MAILUO_ANSWER_IMPL(MAILUO_CONCAT(mailuo_answer_, __LINE__), declaration, expression)
#define MAILUO_ANSWER_IMPL(result, declaration, expression)                                      \
  auto result = (expression);                                                                    \
  if (!result.has_value()) return ::mailuo::query::Refuse(ToProblem(std::move(result).error())); \
  declaration = *std::move(result)
#define MAILUO_ANSWER_CHECK(expression)                                                            \
  do {                                                                                             \
    if (auto mailuo_check = (expression); !mailuo_check.has_value())                               \
      return ::mailuo::query::Refuse(::mailuo::query::ToProblem(std::move(mailuo_check).error())); \
  } while (false)

class Session {
 public:
  Session(store::Reader reader, const lexicon::Lexicon& lexicon, const Common& common)
      : reader_(std::move(reader)), lexicon_(lexicon), common_(common) {}

  const store::Reader& reader() const { return reader_; }
  const lexicon::Lexicon& lexicon() const { return lexicon_; }
  const Common& common() const { return common_; }
  Snapshot MakeSnapshot() const { return {reader_.sequence(), reader_.as_of()}; }

  bool Late() const { return common_.deadline && std::chrono::steady_clock::now() > *common_.deadline; }
  Answer<void> CheckDeadline() const;

  // The article, which must be there: postings name it. Valid until the next call.
  Answer<std::shared_ptr<const store::StoredArticle>> Article(const ArticleId& id);

  // Type and canonical name, of an operation in force, of the lexicon, or else of the store.
  Answer<EntityRef> Ref(EntityId id);

  Answer<Evidence> MakeEvidence(const ArticleId& article, std::uint32_t sentence);

 private:
  store::Reader reader_;
  const lexicon::Lexicon& lexicon_;
  Common common_;
  std::map<ArticleId, std::shared_ptr<const store::StoredArticle>> articles_;
  std::map<EntityId, EntityRef> refs_;
};

// Code points of `span` in the article's text.
std::string Slice(const store::StoredArticle& article, TextSpan span);
Evidence EvidenceOf(const store::StoredArticle& article, std::uint32_t sentence);

}  // namespace mailuo::query
