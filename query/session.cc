#include "query/session.h"

#include "text/utf8.h"

namespace mailuo::query {
namespace {

// Articles kept while one answer is put together; neighbours on a page often share theirs.
constexpr std::size_t kMaxCachedArticles = 64;

}  // namespace

Answer<void> Session::CheckDeadline() const {
  if (!Late()) return {};
  return Refuse({ProblemKind::kDeadline, "the question took too long", {}, "narrow it with from, to or type", {}});
}

Answer<std::shared_ptr<const store::StoredArticle>> Session::Article(const ArticleId& id) {
  if (const auto it = articles_.find(id); it != articles_.end()) return it->second;
  MAILUO_ANSWER_CHECK(CheckDeadline());
  MAILUO_ANSWER(auto article, reader_.GetArticle(id));
  if (!article) {
    return Refuse({ProblemKind::kInternal, "a record names an article that is not there: " + FormatId(id), {}, {}, {}});
  }
  if (articles_.size() >= kMaxCachedArticles) articles_.clear();
  return articles_.emplace(id, std::make_shared<const store::StoredArticle>(*std::move(article))).first->second;
}

Answer<EntityRef> Session::Ref(EntityId id) {
  if (const auto it = refs_.find(id); it != refs_.end()) return it->second;
  EntityRef ref{id, MentionType::kCompany, {}};
  if (const store::OperationParty* party = reader_.resolution().Known(id)) {
    ref.type = party->type;
    ref.name = party->name;
  } else if (const auto index = lexicon_.FindById(id)) {
    const lexicon::EntityInfo info = lexicon_.Entity(*index);
    ref.type = info.type;
    ref.name = info.name;
  } else {
    MAILUO_ANSWER(const auto record, reader_.EntityBrief(id));
    if (record) {
      ref.type = record->type;
      ref.name = record->name;
    }
  }
  return refs_.emplace(id, std::move(ref)).first->second;
}

Answer<Evidence> Session::MakeEvidence(const ArticleId& article, std::uint32_t sentence) {
  MAILUO_ANSWER(const auto stored, Article(article));
  return EvidenceOf(*stored, sentence);
}

std::string Slice(const store::StoredArticle& article, TextSpan span) {
  return std::string(text::SliceCodePoints(article.article.text, span.start, span.end));
}

Evidence EvidenceOf(const store::StoredArticle& article, std::uint32_t sentence) {
  Evidence evidence;
  evidence.article = article.article.id;
  evidence.title = article.article.title;
  evidence.outlet = article.article.outlet;
  if (article.article.published) evidence.published = article.article.published->date;
  evidence.published_from = article.article.published_from;
  evidence.sentence = sentence;
  if (sentence < article.annotation.sentences.size()) {
    evidence.span = article.annotation.sentences[sentence];
    evidence.quote = Slice(article, evidence.span);
  }
  return evidence;
}

}  // namespace mailuo::query
