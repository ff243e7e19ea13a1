#include "store/contribution.h"

#include <algorithm>
#include <map>
#include <set>

#include "store/code_points.h"
#include "store/event_key.h"
#include "store/keys.h"
#include "store/neighbour_list.h"
#include "store/signature_record.h"
#include "store/tally.h"

namespace mailuo::store {
namespace {

// One entity in one article, from all the places that name it.
struct EntityInArticle {
  MentionType type = MentionType::kCompany;
  std::string_view name;  // Canonical.
  std::uint32_t mentions = 0;
  std::vector<std::uint32_t> sentences;
  std::vector<std::string_view> written;  // Distinct, ascending after Finish.
  std::vector<std::string_view> tickers;  // Likewise.
  std::vector<MentionFacts::EventRef> events;
  std::uint32_t relations = 0;
};
using EntitiesInArticle = std::map<EntityId, EntityInArticle>;

template <typename T>
void SortUnique(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

// The sentence that holds the mention; the number of sentences if none does.
std::size_t SentenceOf(const Annotation& annotation, const TextSpan& span) {
  const auto& sentences = annotation.sentences;
  const auto after = std::upper_bound(sentences.begin(), sentences.end(), span.start,
                                      [](std::uint32_t start, const TextSpan& s) { return start < s.start; });
  if (after == sentences.begin()) return sentences.size();
  const auto index = static_cast<std::size_t>(after - sentences.begin()) - 1;
  return span.start < sentences[index].end ? index : sentences.size();
}

EventFacts FactsOf(const Event& event) {
  EventFacts facts;
  facts.type = event.type;
  facts.status = event.status;
  facts.polarity = event.polarity;
  facts.interval = event.time.interval;
  facts.precision = event.time.precision;
  facts.source = event.time.source;
  facts.sentence = event.sentence;
  facts.confidence = Hundredths(event.confidence);
  return facts;
}

std::uint32_t TimelineDay(const DateInterval& interval) {
  return DayNumber(interval.from ? interval.from : interval.to);
}

class Contributor {
 public:
  Contributor(const StoredArticle& stored, NameFolder fold_name)
      : id_(stored.article.id),
        article_(stored.article),
        annotation_(stored.annotation),
        fold_name_(fold_name),
        slicer_(stored.article.text),
        day_(stored.article.published ? std::optional(stored.article.published->date) : std::nullopt),
        published_(DayNumber(day_)) {}

  std::vector<Change> Run() {
    changes_.reserve(16 + 10 * annotation_.mentions.size() / 2);
    changes_.push_back({Encode(PublishedKey{published_, id_}), EncodePresence()});
    CollectMentions();
    AddEvents();
    AddRelations();
    AddNeighbours();
    AddEntities();
    AddCooccurring();
    AddTotals();
    AddSignature();
    return std::move(changes_);
  }

 private:
  EntityInArticle& At(EntityId id, MentionType type, std::string_view name) {
    const auto [place, is_new] = entities_.try_emplace(id);
    if (is_new) {
      place->second.type = type;
      place->second.name = name;
    }
    return place->second;
  }

  void AddTally(std::string key, std::uint8_t width, const TallyRow& row) {
    changes_.push_back({std::move(key), EncodeTallyRow(width, row)});
  }

  void CollectMentions() {
    for (const Mention& mention : annotation_.mentions) {
      if (!mention.entity) continue;
      EntityInArticle& entity = At(mention.entity, mention.type, mention.name);
      ++entity.mentions;
      const std::size_t sentence = SentenceOf(annotation_, mention.span);
      if (sentence < annotation_.sentences.size()) entity.sentences.push_back(static_cast<std::uint32_t>(sentence));
      entity.written.push_back(slicer_.Slice(mention.span));
      entity.tickers.insert(entity.tickers.end(), mention.tickers.begin(), mention.tickers.end());
    }
  }

  void AddEvents() {
    for (std::size_t i = 0; i < annotation_.events.size(); ++i) {
      const Event& event = annotation_.events[i];
      const auto number = static_cast<std::uint16_t>(i);
      const EventFacts facts = FactsOf(event);
      const EventId id = MakeEventId(event, id_, number);
      const std::uint32_t day = TimelineDay(event.time.interval);
      const PostingPlace place{published_, id_, number};
      const std::string value = EncodeEventFacts(facts);
      changes_.push_back({Encode(DayKey{day, event.type, id, place}), value});
      changes_.push_back({Encode(EventKey{id, place}), value});
      std::set<EntityId> seen;
      for (const Participant& participant : event.participants) {
        if (!participant.entity || !seen.insert(participant.entity).second) continue;
        At(participant.entity, participant.type, participant.name).events.push_back({number, id, facts});
        changes_.push_back({Encode(TimelineKey{participant.entity, day, id, place}), value});
      }
    }
  }

  void AddRelations() {
    for (std::size_t i = 0; i < annotation_.relations.size(); ++i) {
      const Relation& relation = annotation_.relations[i];
      if (!relation.head.entity || !relation.tail.entity) continue;
      const EdgeId edge = EdgeOf(relation.type, relation.head.entity, relation.tail.entity);
      const std::uint8_t confidence = Hundredths(relation.confidence);
      const EvidenceFacts facts{relation.sentence, relation.status, confidence, relation.valid};
      changes_.push_back(
          {Encode(EvidenceKey{edge, {published_, id_, static_cast<std::uint16_t>(i)}}), EncodeEvidenceFacts(facts)});
      AddTally(Encode(EdgeKey{edge}), kEdgeWidth, {Pack({published_, relation.status, confidence}), {1}});
      if (TellsState(relation.type, relation.status, relation.valid)) {
        const auto& [from, to] = relation.valid;
        AddTally(Encode(StateKey{edge, DayNumber(from), DayNumber(to), relation.status}), kStateWidth,
                 {published_, {1}});
      }
      const bool symmetric = Info(relation.type).symmetric;
      NeighbourCode code{edge.head == edge.tail,
                         EdgeDirection::kBoth,
                         edge.type,
                         relation.status,
                         confidence,
                         day_ ? static_cast<std::uint8_t>(ToCivil(*day_).day) : std::uint8_t{0}};
      if (!symmetric) code.direction = EdgeDirection::kOut;
      neighbours_[edge.head].push_back({edge.tail.value, Pack(code), 1});
      ++At(relation.head.entity, relation.head.type, relation.head.name).relations;
      if (symmetric && edge.head == edge.tail) continue;  // Both ends are one and the same.
      if (!symmetric) code.direction = EdgeDirection::kIn;
      neighbours_[edge.tail].push_back({edge.head.value, Pack(code), 1});
      if (edge.head != edge.tail) ++At(relation.tail.entity, relation.tail.type, relation.tail.name).relations;
    }
  }

  // Each list twice: by the days of its month, and in all.
  void AddNeighbours() {
    for (auto& [id, rows] : neighbours_) {
      SumRows(rows);
      changes_.push_back({Encode(NeighboursKey{id, MonthBlock(day_)}), EncodeNeighbours(rows)});
      // All are of one day: without it they keep their order.
      for (NeighbourRow& row : rows) row.code &= ~kNeighbourDayMask;
      changes_.push_back({Encode(NeighboursKey{id, kAllMonths}), EncodeNeighbours(rows)});
    }
  }

  void AddEntities() {
    for (auto& [id, entity] : entities_) {
      SortUnique(entity.sentences);
      SortUnique(entity.written);
      SortUnique(entity.tickers);
      AddNames(id, entity);
      MentionFacts facts;
      facts.mentions = entity.mentions;
      facts.sentences = entity.sentences;
      facts.events = std::move(entity.events);
      changes_.push_back({Encode(MentionKey{id, published_, id_}), EncodeMentionFacts(facts)});
    }
  }

  void AddNames(EntityId id, const EntityInArticle& entity) {
    const bool written = std::binary_search(entity.written.begin(), entity.written.end(), entity.name);
    TallyRow canonical{published_, {}};
    canonical.counts[kAsCanonical] = 1;
    canonical.counts[kAsWritten] = written ? 1 : 0;
    canonical.counts[kNameSentences] = static_cast<std::int64_t>(entity.sentences.size());
    canonical.counts[kNameMentions] = entity.mentions;
    canonical.counts[kNameEvents] = static_cast<std::int64_t>(entity.events.size());
    canonical.counts[kNameRelations] = entity.relations;
    AddTally(Encode(NameKey{id, entity.type, NameUse::kName, entity.name}), kNameWidth, canonical);

    TallyRow seen{published_, {}};
    seen.counts[kAsWritten] = 1;
    std::set<std::string> folded{fold_name_(entity.name)};
    for (const std::string_view text : entity.written) {
      if (text == entity.name) continue;
      AddTally(Encode(NameKey{id, entity.type, NameUse::kName, text}), kNameWidth, seen);
      folded.insert(fold_name_(text));
    }
    AddFolded(id, entity.type, NameUse::kName, folded);
    folded.clear();
    for (const std::string_view ticker : entity.tickers) {
      AddTally(Encode(NameKey{id, entity.type, NameUse::kTicker, ticker}), kNameWidth, seen);
      folded.insert(fold_name_(ticker));
    }
    AddFolded(id, entity.type, NameUse::kTicker, folded);
  }

  void AddFolded(EntityId id, MentionType type, NameUse use, const std::set<std::string>& folded) {
    for (const std::string& text : folded) {
      if (text.empty() || text.find('\0') != std::string::npos) continue;
      AddTally(Encode(FoldedKey{text, use, type, id}), kFoldedWidth, {published_, {1}});
    }
  }

  void AddCooccurring() {
    std::vector<CooccurringEntity> entities = CooccurringEntities(annotation_);
    std::sort(entities.begin(), entities.end(),
              [](const CooccurringEntity& a, const CooccurringEntity& b) { return a.entity < b.entity; });
    for (const CooccurringEntity& entity : entities) {
      Tally tally;
      tally.width = kCooccurWidth;
      for (const CooccurringEntity& other : entities) {
        if (other.entity == entity.entity) continue;
        tally.rows.push_back({other.entity.value, {1, SharedSentences(entity, other)}});
      }
      if (tally.rows.empty()) continue;
      changes_.push_back({Encode(CooccurKey{entity.entity, MonthNumber(day_)}), EncodeTally(tally)});
    }
  }

  void AddTotals() {
    TallyRow row{published_, {}};
    row.counts[kTotalArticles] = 1;
    row.counts[kTotalSentences] = static_cast<std::int64_t>(annotation_.sentences.size());
    row.counts[kTotalMentions] = static_cast<std::int64_t>(annotation_.mentions.size());
    row.counts[kTotalEvents] = static_cast<std::int64_t>(annotation_.events.size());
    row.counts[kTotalRelations] = static_cast<std::int64_t>(annotation_.relations.size());
    AddTally(TotalsKey(YearNumber(day_)), kTotalsWidth, row);
  }

  void AddSignature() {
    SignatureFacts facts;
    if (article_.published) facts.minute = article_.published->minute;
    facts.signature = story::MakeSignature(article_.title, article_.text, fold_name_);
    const auto& [first, second] = facts.signature.bands;
    for (const std::uint64_t band : {first, second == first ? 0 : second}) {
      if (band != 0) changes_.push_back({Encode(BandKey{band, published_, id_}), EncodePresence()});
    }
    changes_.push_back({Encode(SignatureKey{published_, id_}), EncodeSignatureFacts(facts)});
  }

  ArticleId id_;
  const Article& article_;
  const Annotation& annotation_;
  NameFolder fold_name_;
  TextSlicer slicer_;
  std::optional<Date> day_;
  std::uint32_t published_;
  EntitiesInArticle entities_;
  std::map<EntityId, std::vector<NeighbourRow>> neighbours_;
  std::vector<Change> changes_;
};

}  // namespace

std::uint64_t Pack(const EdgeCode& code) {
  return std::uint64_t{code.published} << 16 | static_cast<std::uint64_t>(code.status) << 8 | code.confidence;
}
EdgeCode UnpackEdgeCode(std::uint64_t code) {
  return {static_cast<std::uint32_t>(code >> 16), static_cast<FactStatus>(code >> 8 & 0xFF),
          static_cast<std::uint8_t>(code & 0xFF)};
}

EdgeId EdgeOf(RelationType type, EntityId head, EntityId tail) {
  if (Info(type).symmetric && tail < head) std::swap(head, tail);
  return {head, type, tail};
}

bool TellsState(RelationType type, FactStatus status, const DateInterval& valid) {
  if (!Info(type).state) return false;
  return status == FactStatus::kTerminated || (status == FactStatus::kOccurred && (valid.from || valid.to));
}

bool IsTally(const Change& change) { return !change.key.empty() && IsTallySpace(static_cast<Space>(change.key[0])); }

std::vector<Change> Contribution(const StoredArticle& stored, NameFolder fold_name) {
  return Contributor(stored, fold_name).Run();
}

ContributionSum Sum(const std::vector<Change>& changes) {
  ContributionSum sum;
  sum.changes = static_cast<std::uint32_t>(changes.size());
  // The odd factor keeps key and value from trading places unseen.
  for (const Change& change : changes) sum.hash += StableHash64(change.key) * 3 ^ StableHash64(change.value);
  return sum;
}

std::vector<CooccurringEntity> CooccurringEntities(const Annotation& annotation) {
  std::map<EntityId, CooccurringEntity> found;
  for (const Mention& mention : annotation.mentions) {
    if (!mention.entity || mention.type == MentionType::kTicker) continue;
    CooccurringEntity& entity = found[mention.entity];
    entity.entity = mention.entity;
    ++entity.mentions;
    const std::size_t sentence = SentenceOf(annotation, mention.span);
    if (sentence < annotation.sentences.size()) entity.sentences.push_back(static_cast<std::uint32_t>(sentence));
  }
  std::vector<CooccurringEntity> entities;
  entities.reserve(found.size());
  for (auto& [id, entity] : found) {
    SortUnique(entity.sentences);
    entities.push_back(std::move(entity));
  }
  std::stable_sort(entities.begin(), entities.end(),
                   [](const CooccurringEntity& a, const CooccurringEntity& b) { return a.mentions > b.mentions; });
  if (entities.size() > kMaxCooccurring) entities.resize(kMaxCooccurring);
  return entities;
}

std::uint32_t SharedSentences(const CooccurringEntity& a, const CooccurringEntity& b) {
  std::uint32_t shared = 0;
  auto left = a.sentences.begin();
  auto right = b.sentences.begin();
  while (left != a.sentences.end() && right != b.sentences.end()) {
    if (*left == *right) {
      ++shared;
      ++left;
      ++right;
    } else if (*left < *right) {
      ++left;
    } else {
      ++right;
    }
  }
  return shared;
}

}  // namespace mailuo::store
