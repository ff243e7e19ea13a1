#include "extract/annotator.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/check.h"
#include "core/ids.h"
#include "extract/document.h"
#include "extract/entity_finder.h"
#include "extract/event_extractor.h"
#include "extract/event_links.h"
#include "extract/relation_extractor.h"
#include "extract/rules.h"
#include "extract/rules_compiled.h"
#include "extract/rules_scan.h"

namespace mailuo::extract {
namespace {

class CompiledKnowledge : public Knowledge {
 public:
  CompiledKnowledge(std::shared_ptr<const std::string> model, std::unique_ptr<EntityKnowledge> entities,
                    std::shared_ptr<const Rules> rules)
      : model_(std::move(model)), entities_(std::move(entities)), rules_(std::move(rules)) {}
  const lexicon::Lexicon& lexicon() const override { return entities_->lexicon(); }
  std::uint64_t rules_version() const override {
    return StableHash64(std::to_string(entities_->version()) + "," + std::to_string(rules_->version()) + "," +
                        std::to_string(RelationModel::BuiltInVersion()));
  }
  const EntityKnowledge& entities() const { return *entities_; }
  const std::shared_ptr<const Rules>& rules() const { return rules_; }

 private:
  std::shared_ptr<const std::string> model_;  // A user's; entities_ views it.
  std::unique_ptr<EntityKnowledge> entities_;
  std::shared_ptr<const Rules> rules_;
};

Mention ToMention(const Document& document, const EntityMention& found) {
  return {document.text.ToCodePoints(found.span),
          found.type,
          found.entity,
          found.name,
          found.tickers,
          found.confidence,
          found.rule};
}

DateMention ToMention(const Document& document, const dates::FoundDate& found) {
  DateMention mention;
  mention.span = document.text.ToCodePoints(found.span);
  mention.interval = found.interval;
  mention.precision = found.precision;
  mention.relation = found.relation;
  mention.certainty = found.certainty;
  mention.kind = found.kind;
  mention.anchor = found.anchor;
  return mention;
}

}  // namespace

Result<std::shared_ptr<const Knowledge>> Knowledge::Create(std::shared_ptr<const lexicon::Lexicon> lexicon,
                                                           std::shared_ptr<const std::string> model) {
  const std::string_view bytes = model != nullptr ? std::string_view(*model) : std::string_view();
  MAILUO_ASSIGN_OR_RETURN(std::unique_ptr<EntityKnowledge> entities,
                          EntityKnowledge::Create(std::move(lexicon), bytes));
  MAILUO_ASSIGN_OR_RETURN(std::shared_ptr<const Rules> rules, Rules::BuiltIn());
  return std::shared_ptr<const Knowledge>(
      std::make_shared<CompiledKnowledge>(std::move(model), std::move(entities), std::move(rules)));
}

class Annotator::Impl {
 public:
  Impl(std::shared_ptr<const CompiledKnowledge> knowledge, EntityFinder finder)
      : knowledge_(std::move(knowledge)),
        finder_(std::move(finder)),
        events_(knowledge_->rules()),
        relations_(knowledge_->rules(), RelationModel::BuiltIn(), &knowledge_->lexicon()) {}

  Annotation Annotate(const Article& article, RefusedList refused) {
    const Article* const one = &article;
    Annotation annotation = std::move(AnnotateAll({&one, 1}, refused).front());
    if (refused != nullptr) SortRefused(*refused);
    return annotation;
  }

  std::vector<Annotation> AnnotateAll(std::span<const Article* const> articles, RefusedList refused) {
    const std::size_t count = articles.size();
    std::vector<Document> documents(count);
    std::vector<Annotation> annotations(count);
    scans_.resize(std::max(scans_.size(), count));
    for (std::size_t i = 0; i < count; ++i) Read(*articles[i], documents[i]);
    for (Document& document : documents) finder_.Find(document);
    for (std::size_t i = 0; i < count; ++i) annotations[i] = Collect(documents[i]);
    for (std::size_t i = 0; i < count; ++i) {
      events_.Extract(documents[i], scans_[i], annotations[i].events, refused);
    }
    for (std::size_t i = 0; i < count; ++i) {
      relations_.Extract(documents[i], scans_[i], annotations[i].events, annotations[i].relations, refused);
    }
    for (std::size_t i = 0; i < count; ++i) {
      FindEventLinks(knowledge_->rules()->compiled(), documents[i], scans_[i], annotations[i].events,
                     annotations[i].links);
    }
    return annotations;
  }

 private:
  // Its sentences and dates.
  void Read(const Article& article, Document& document) {
    document.article = &article;
    document.text = text::FoldedText(article.text);
    document.title = text::FoldedText(article.title);
    sentences_ = text::SplitSentences(document.text);
    document.sentences.reserve(sentences_.size());
    for (const text::Sentence& sentence : sentences_) document.sentences.push_back({sentence, false, false});
    dates::DateContext context;
    if (article.published) context.published = article.published->date;
    dates::FindDates(document.text, sentences_, context, document.dates);
  }

  static Annotation Collect(const Document& document) {
    Annotation annotation;
    annotation.sentences.reserve(document.sentences.size());
    for (const DocumentSentence& sentence : document.sentences) {
      annotation.sentences.push_back(document.text.ToCodePoints(sentence.sentence.span));
    }
    annotation.mentions.reserve(document.mentions.size());
    for (const EntityMention& mention : document.mentions) annotation.mentions.push_back(ToMention(document, mention));
    for (const dates::FoundDate& date : document.dates) annotation.dates.push_back(ToMention(document, date));
    return annotation;
  }

  std::shared_ptr<const CompiledKnowledge> knowledge_;
  EntityFinder finder_;
  EventExtractor events_;
  RelationExtractor relations_;
  std::vector<RuleScan> scans_;  // Of each article of a call; their memory is used again.
  std::vector<text::Sentence> sentences_;
};

Annotator::Annotator(std::shared_ptr<const Knowledge> knowledge) {
  auto compiled = std::dynamic_pointer_cast<const CompiledKnowledge>(std::move(knowledge));
  MAILUO_CHECK(compiled != nullptr);  // Knowledge comes from Knowledge::Create only.
  Result<EntityFinder> finder = EntityFinder::Create(compiled->entities());
  MAILUO_CHECK(finder.has_value());  // ICU's data is linked into the process; it opened in Knowledge::Create's process.
  impl_ = std::make_unique<Impl>(std::move(compiled), *std::move(finder));
}
Annotator::~Annotator() = default;

Annotation Annotator::Annotate(const Article& article, RefusedList refused) {
  return impl_->Annotate(article, refused);
}

std::vector<Annotation> Annotator::Annotate(std::span<const Article* const> articles) {
  return impl_->AnnotateAll(articles, nullptr);
}

}  // namespace mailuo::extract
