#include "extract/entity_finder.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "core/ids.h"
#include "extract/alias_article.h"
#include "extract/entity_scratch.h"
#include "extract/entity_select.h"
#include "extract/entity_sentences.h"
#include "extract/former_names.h"
#include "extract/latin_companies.h"
#include "extract/latin_names.h"
#include "extract/marked_names.h"
#include "extract/name_lexicon.h"
#include "extract/name_repeats.h"
#include "extract/name_suffix.h"
#include "extract/person_identity.h"
#include "extract/person_names.h"
#include "extract/policy_titles.h"
#include "extract/product_names.h"
#include "extract/provincial_names.h"
#include "extract/role_names.h"
#include "extract/tagger_features.h"
#include "extract/tagger_names.h"
#include "extract/ticker_binding.h"
#include "text/segmenter.h"

namespace mailuo::extract {
namespace {

using text::UnitSpan;

bool EndsWith(std::string_view text, std::string_view tail) {
  return text.size() >= tail.size() && text.substr(text.size() - tail.size()) == tail;
}

// The company that `attribute` of an entity names; its canonical name wins over another company's alias.
std::int32_t OwnerOf(const lexicon::Lexicon& lexicon, std::uint32_t entity, std::string_view attribute) {
  const std::string_view name = lexicon.Attribute(entity, attribute);
  if (name.empty()) return kNone;
  std::int32_t owner = kNone;
  for (const lexicon::NameEntry& entry : lexicon.FindByName(name)) {
    if (lexicon.Entity(entry.entity).type != MentionType::kCompany) continue;
    if (entry.kind == lexicon::NameKind::kCanonical) return static_cast<std::int32_t>(entry.entity);
    if (owner == kNone && entry.strength == lexicon::NameStrength::kSure) {
      owner = static_cast<std::int32_t>(entry.entity);
    }
  }
  return owner;
}

std::vector<EntityTrait> TraitsOf(const lexicon::Lexicon& lexicon) {
  std::vector<EntityTrait> traits(lexicon.size());
  for (std::uint32_t i = 0; i < lexicon.size(); ++i) {
    const lexicon::EntityInfo info = lexicon.Entity(i);
    EntityTrait& trait = traits[i];
    trait.type = info.type;
    trait.media = info.kind == "media";
    trait.club = info.kind == "club";
    if (info.type == MentionType::kProduct) trait.owner = OwnerOf(lexicon, i, "maker");
    if (info.type == MentionType::kPerson) trait.owner = OwnerOf(lexicon, i, "org");
    trait.major_place = info.kind == "country" || info.kind == "province" || info.kind == "municipality";
    trait.listed = !info.tickers.empty();
    for (const std::string_view ticker : info.tickers) {
      trait.mainland_listed =
          trait.mainland_listed || EndsWith(ticker, ".SH") || EndsWith(ticker, ".SZ") || EndsWith(ticker, ".BJ");
    }
    trait.bank = info.type == MentionType::kCompany && (info.kind == "bank" || EndsWith(info.name, "银行"));
  }
  return traits;
}

}  // namespace

struct EntityKnowledge::Traits {
  std::vector<EntityTrait> entities;
  std::optional<TaggerModel> model;
};

EntityKnowledge::EntityKnowledge(std::shared_ptr<const lexicon::Lexicon> lexicon, WordTable words)
    : lexicon_(std::move(lexicon)), words_(std::move(words)), traits_(std::make_unique<Traits>()) {
  traits_->entities = TraitsOf(*lexicon_);
}
EntityKnowledge::~EntityKnowledge() = default;

Result<std::unique_ptr<EntityKnowledge>> EntityKnowledge::Create(std::shared_ptr<const lexicon::Lexicon> lexicon,
                                                                 std::string_view model) {
  MAILUO_ASSIGN_OR_RETURN(WordTable words, WordTable::Create());
  std::unique_ptr<EntityKnowledge> made(new EntityKnowledge(std::move(lexicon), std::move(words)));
  made->version_ = made->words_.version();
  if (!model.empty()) {
    MAILUO_ASSIGN_OR_RETURN(made->traits_->model, TaggerModel::Open(model));
    made->version_ = StableHash64(std::to_string(made->version_) + "," + std::to_string(StableHash64(model)));
  }
  return made;
}

class EntityFinder::Impl {
 public:
  Impl(const EntityKnowledge& knowledge, text::Segmenter segmenter) : segmenter_(std::move(segmenter)) {
    scratch_.lexicon = knowledge.lexicon_.get();
    scratch_.words = &knowledge.words_;
    scratch_.traits = &knowledge.traits_->entities;
    if (knowledge.traits_->model) tagger_.emplace(*knowledge.traits_->model);
  }

  void Find(Document& document) {
    AddCandidates(document);
    std::vector<std::uint8_t> occupied(scratch_.units.size(), 0);
    std::vector<std::size_t> chosen = SelectCandidates(scratch_, 0, occupied);
    if (tagger_) {
      tagger_->Add(scratch_, chosen);
      std::fill(occupied.begin(), occupied.end(), std::uint8_t{0});
      chosen = SelectCandidates(scratch_, 0, occupied);
    }
    const std::vector<AliasPair> pairs = AddAliases(scratch_, chosen);
    if (!pairs.empty()) {
      std::fill(occupied.begin(), occupied.end(), std::uint8_t{0});
      chosen = SelectCandidates(scratch_, 0, occupied);
    }
    const std::size_t first_repeat = scratch_.candidates.size();
    AddRepeats(scratch_, chosen, occupied);
    const std::vector<std::size_t> repeats = SelectCandidates(scratch_, first_repeat, occupied);
    chosen.insert(chosen.end(), repeats.begin(), repeats.end());
    std::sort(chosen.begin(), chosen.end(), [&](std::size_t a, std::size_t b) {
      return scratch_.candidates[a].span.start < scratch_.candidates[b].span.start;
    });
    Emit(chosen, document);
    TellNamesakesApart(scratch_, document);
    EmitAliases(pairs, document);
    EmitTokens(document);
  }

  void VisitSequences(Document& document, const std::function<void(UnitSpan, const tagger::Sequence&)>& visit) {
    AddCandidates(document);
    std::vector<std::uint8_t> occupied(scratch_.units.size(), 0);
    const std::vector<std::size_t> chosen = SelectCandidates(scratch_, 0, occupied);
    tagger::Sequence sequence;
    for (const DocumentSentence& sentence : document.sentences) {
      BuildSequence(scratch_, sentence.sentence.span, chosen, sequence);
      visit(sentence.sentence.span, sequence);
    }
  }

 private:
  // Of lists and rules.
  void AddCandidates(Document& document) {
    Prepare(document);
    MarkSentences(scratch_);
    MarkSkipped();
    ReadContext();
    DropExpiredNames(scratch_);
    BindTickers(scratch_);
    AddLexiconNames(scratch_);
    AddMarkedNames(scratch_);
    AddPolicyTitles(scratch_);
    AddSuffixNames(scratch_);
    AddProvincialNames(scratch_);
    AddRoleNames(scratch_);
    AddProductNames(scratch_);
    AddLatinCompanies(scratch_);
    AddLatinNames(scratch_);
    AddPersonNames(scratch_);
  }

  void Prepare(Document& document) {
    scratch_.document = &document;
    scratch_.units = document.text.units();
    scratch_.hits.clear();
    scratch_.tickers.clear();
    scratch_.candidates.clear();
    scratch_.article_entities.clear();
    scratch_.lexicon->FindNames(document.text, scratch_.hits);
    text::FindTickers(document.text, scratch_.tickers);
    scratch_.cues.Find(*scratch_.words, scratch_.units);
    breaks_.clear();
    segmenter_.Boundaries(scratch_.units, breaks_);
    scratch_.boundary.assign(scratch_.units.size() + 1, 0);
    for (const std::uint32_t unit : breaks_) scratch_.boundary[unit] = 1;
    scratch_.skip.assign(scratch_.units.size() + 1, 0);
    ReadCovers();
  }

  void MarkSkipped() {
    const auto mark = [&](UnitSpan span) {
      std::fill(scratch_.skip.begin() + span.start, scratch_.skip.begin() + span.end, std::uint8_t{1});
    };
    for (const DocumentSentence& sentence : scratch_.document->sentences) {
      if (sentence.boilerplate) mark(sentence.sentence.span);
    }
    for (const text::FoundTicker& ticker : scratch_.tickers) {
      if (ticker.strength == text::TickerStrength::kSure) mark(ticker.span);
    }
  }

  void ReadContext() {
    constexpr int kEnoughFinance = 3;
    int finance = 0;
    int sport = 0;
    for (const Cue& cue : scratch_.cues.all()) {
      if (cue.word.cue != CueClass::kCompanyWord) continue;
      finance += cue.word.kind == CueKind::kContext ? 1 : 0;
      sport += cue.word.kind == CueKind::kSport ? 1 : 0;
    }
    const bool code =
        std::any_of(scratch_.tickers.begin(), scratch_.tickers.end(), [](const text::FoundTicker& ticker) {
          return ticker.strength == text::TickerStrength::kSure || ticker.span.size() == 6;
        });
    scratch_.finance = code || finance >= kEnoughFinance;
    scratch_.sport = sport > finance;
  }

  // 住房和城乡建设部: a long sure name holds words that otherwise end names.
  void ReadCovers() {
    constexpr std::uint32_t kLong = 5;
    scratch_.cover_start.resize(scratch_.units.size() + 1);
    for (std::uint32_t unit = 0; unit < scratch_.cover_start.size(); ++unit) scratch_.cover_start[unit] = unit;
    for (const lexicon::NameHit& hit : scratch_.hits) {
      const MentionType type = scratch_.Trait(hit.entity).type;
      if (hit.span.size() < kLong || hit.strength != lexicon::NameStrength::kSure) continue;
      if (type != MentionType::kOrganization && type != MentionType::kCompany) continue;
      for (std::uint32_t unit = hit.span.start + 1; unit < hit.span.end; ++unit) {
        scratch_.cover_start[unit] = std::min(scratch_.cover_start[unit], hit.span.start);
      }
    }
  }

  void Emit(const std::vector<std::size_t>& chosen, Document& document) {
    document.mentions.clear();
    document.mentions.reserve(chosen.size());
    for (const std::size_t index : chosen) {
      const Candidate& candidate = scratch_.candidates[index];
      EntityMention mention;
      mention.span = candidate.span;
      const std::size_t sentence = document.SentenceAt(candidate.span.start);
      if (sentence >= document.sentences.size()) continue;
      mention.sentence = static_cast<std::uint32_t>(sentence);
      mention.in_title = document.sentences[sentence].headline;
      mention.type = candidate.type;
      mention.confidence = candidate.confidence;
      mention.rule = std::string(candidate.rule);
      if (candidate.entity != kNone) {
        const lexicon::EntityInfo info = scratch_.lexicon->Entity(static_cast<std::uint32_t>(candidate.entity));
        mention.entity = info.id;
        mention.name = std::string(info.name);
        mention.kind = std::string(info.kind);
        mention.tickers.assign(info.tickers.begin(), info.tickers.end());
      } else {
        const std::int32_t at =
            candidate.article != kNone
                ? candidate.article
                : scratch_.AddArticleEntity(candidate.type, document.text.Original(candidate.span), "", {});
        const ArticleEntity& entity = scratch_.article_entities[static_cast<std::size_t>(at)];
        mention.entity = entity.id;
        mention.name = entity.name;
        mention.kind = entity.kind;
        mention.tickers = entity.tickers;
        // 技源集团股份有限公司 is called 技源集团, which the lexicon has: the ids are one, so is what is known.
        const auto known = entity.type == MentionType::kTicker ? std::nullopt : scratch_.lexicon->FindById(entity.id);
        if (known) {
          const lexicon::EntityInfo info = scratch_.lexicon->Entity(*known);
          mention.kind = std::string(info.kind);
          mention.tickers.assign(info.tickers.begin(), info.tickers.end());
        }
      }
      document.mentions.push_back(std::move(mention));
    }
  }

  static void EmitAliases(const std::vector<AliasPair>& pairs, Document& document) {
    document.aliases.clear();
    const auto find = [&](UnitSpan span) {
      const std::size_t index = document.MentionAt(span.start);
      return index < document.mentions.size() && document.mentions[index].span == span ? index
                                                                                       : document.mentions.size();
    };
    for (const AliasPair& pair : pairs) {
      const std::size_t full = find(pair.full);
      const std::size_t alias = find(pair.alias);
      if (full < document.mentions.size() && alias < document.mentions.size()) {
        document.aliases.push_back({full, alias, pair.kind});
      }
    }
  }

  // ICU's words with the mentions laid over them, without spaces.
  void EmitTokens(Document& document) const {
    document.tokens.clear();
    document.tokens.reserve(breaks_.size() + document.mentions.size());
    std::size_t mention = 0;
    std::uint32_t start = 0;
    const auto add = [&](std::uint32_t from, std::uint32_t to) {
      while (from < to && (scratch_.units[from] == u' ' || scratch_.units[from] == u'\n')) ++from;
      if (from < to) document.tokens.push_back({from, to});
    };
    for (const std::uint32_t next : breaks_) {
      if (next <= start) continue;
      if (mention == document.mentions.size() || document.mentions[mention].span.start >= next) {
        add(start, next);
        start = next;
        continue;
      }
      std::uint32_t from = start;
      while (mention < document.mentions.size() && document.mentions[mention].span.start < next) {
        const UnitSpan span = document.mentions[mention].span;
        if (span.start > from) add(from, span.start);
        if (span.start >= from) document.tokens.push_back(span);
        from = std::max(from, span.end);
        if (span.end >= next) break;
        ++mention;
      }
      if (from < next) add(from, next);
      start = std::max(next, from);
      while (mention < document.mentions.size() && document.mentions[mention].span.end <= start) ++mention;
    }
  }

  text::Segmenter segmenter_;
  EntityScratch scratch_;
  std::optional<TaggerNames> tagger_;
  std::vector<std::uint32_t> breaks_;
};

EntityFinder::EntityFinder(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
EntityFinder::EntityFinder(EntityFinder&&) noexcept = default;
EntityFinder& EntityFinder::operator=(EntityFinder&&) noexcept = default;
EntityFinder::~EntityFinder() = default;

Result<EntityFinder> EntityFinder::Create(const EntityKnowledge& knowledge) {
  MAILUO_ASSIGN_OR_RETURN(text::Segmenter segmenter, text::Segmenter::Create());
  return EntityFinder(std::make_unique<Impl>(knowledge, std::move(segmenter)));
}

void EntityFinder::Find(Document& document) { impl_->Find(document); }

void EntityFinder::VisitSequences(Document& document,
                                  const std::function<void(UnitSpan, const tagger::Sequence&)>& visit) {
  impl_->VisitSequences(document, visit);
}

}  // namespace mailuo::extract
