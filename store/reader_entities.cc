// Entities, names, mentions, and who appears with whom.
#include <algorithm>
#include <unordered_map>

#include "store/contribution.h"
#include "store/keys.h"
#include "store/reader.h"
#include "store/records.h"
#include "store/scan.h"
#include "store/view.h"

namespace mailuo::store {
namespace {

constexpr char kMentionsQuestion = 'm';
constexpr std::size_t kMentionPositionSize = 3 + 16;

bool MoreSeen(const NameSeen& a, const NameSeen& b) {
  return a.articles != b.articles ? a.articles > b.articles : a.text < b.text;
}

// Builds the record of one entity from its keys of the name space.
class EntityBuilder {
 public:
  EntityBuilder(EntityId id, const DayWindow& window, bool with_names) : window_(window), with_names_(with_names) {
    record_.id = id;
  }

  Status Add(const NameKey& key, std::string_view raw_key, std::string_view value) {
    std::array<std::uint64_t, kNameWidth> sums{};
    bool sound = true;
    const auto add = [&](const TallyRow& row) {
      sound = sound && row.code <= kMaxDayNumber;
      const auto day = static_cast<std::uint32_t>(row.code);
      if (!sound || !window_.Admits(day)) return;
      for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += static_cast<std::uint64_t>(row.counts[i]);
      if (row.counts[kAsCanonical] > 0) days_.Add(day);
    };
    if (!VisitTallyRows(value, kNameWidth, add) || !sound) return Damaged(raw_key);
    if (sums[kAsCanonical] > 0) AddCanonical(key, sums);
    if (with_names_ && sums[kAsWritten] > 0) {
      (key.use == NameUse::kTicker ? record_.tickers : record_.names)
          .push_back({std::string(key.text), sums[kAsWritten]});
    }
    return {};
  }

  // Nothing for an entity that no article of the window holds.
  std::optional<EntityRecord> Finish(const Resolution& resolution) {
    if (record_.counts.articles == 0) return std::nullopt;
    if (const OperationParty* party = resolution.Known(record_.id)) record_.name = party->name;
    record_.first_published = DayOfNumber(days_.first);
    record_.last_published = DayOfNumber(days_.last);
    std::sort(record_.names.begin(), record_.names.end(), MoreSeen);
    std::sort(record_.tickers.begin(), record_.tickers.end(), MoreSeen);
    return std::move(record_);
  }

 private:
  void AddCanonical(const NameKey& key, const std::array<std::uint64_t, kNameWidth>& sums) {
    // Keys come in byte order, so the first of equals is the smallest.
    if (sums[kAsCanonical] > canonical_articles_) {
      canonical_articles_ = sums[kAsCanonical];
      record_.name = key.text;
      record_.type = key.type;
    }
    record_.counts.articles += sums[kAsCanonical];
    record_.counts.sentences += sums[kNameSentences];
    record_.counts.mentions += sums[kNameMentions];
    record_.counts.events += sums[kNameEvents];
    record_.counts.relations += sums[kNameRelations];
  }

  const DayWindow& window_;
  bool with_names_;
  EntityRecord record_;
  std::uint64_t canonical_articles_ = 0;
  DaySpan days_;
};

Result<std::optional<EntityRecord>> ReadEntity(const internal::View& state, EntityId id, const DayWindow& window,
                                               bool with_names) {
  const EngineView& view = state.engine();
  const std::string prefix = EntityPrefix(Space::kName, id);
  EntityBuilder builder(id, window, with_names);
  const auto cursor = view.Scan(Table::kGraph, prefix);
  for (cursor->Seek(prefix); cursor->valid(); cursor->Next()) {
    const auto key = ParseNameKey(cursor->key());
    if (!key) return Damaged(cursor->key());
    MAILUO_RETURN_IF_ERROR(builder.Add(*key, cursor->key(), cursor->value()));
  }
  MAILUO_RETURN_IF_ERROR(cursor->status());
  return builder.Finish(state.resolution());
}

// Articles of the window in a tally of the folded space.
Result<std::uint64_t> CountFolded(const Cursor& cursor, const DayWindow& window) {
  std::uint64_t articles = 0;
  bool sound = true;
  const auto add = [&](const TallyRow& row) {
    sound = sound && row.code <= kMaxDayNumber;
    if (window.Admits(static_cast<std::uint32_t>(row.code))) articles += static_cast<std::uint64_t>(row.counts[0]);
  };
  if (!VisitTallyRows(cursor.value(), kFoldedWidth, add) || !sound) return Damaged(cursor.key());
  return articles;
}

bool BetterMatch(const NameMatch& a, const NameMatch& b) {
  if (a.articles != b.articles) return a.articles > b.articles;
  return a.use != b.use ? a.use < b.use : a.entity < b.entity;
}

// Matches under a prefix of the folded space, name by name, until there are `limit` of them.
Result<std::vector<NameMatch>> ReadFolded(const EngineView& view, const std::string& prefix, const DayWindow& window,
                                          std::size_t limit) {
  std::vector<NameMatch> matches;
  std::size_t name_begin = 0;  // Of the matches with the present name.
  const auto sort_name = [&] {
    std::sort(matches.begin() + static_cast<std::ptrdiff_t>(name_begin), matches.end(), BetterMatch);
  };
  const auto cursor = view.Scan(Table::kGraph, prefix);
  for (cursor->Seek(prefix); cursor->valid(); cursor->Next()) {
    const auto key = ParseFoldedKey(cursor->key());
    if (!key) return Damaged(cursor->key());
    MAILUO_ASSIGN_OR_RETURN(const std::uint64_t articles, CountFolded(*cursor, window));
    if (articles == 0) continue;
    if (matches.size() > name_begin && matches.back().key != key->text) {
      sort_name();
      name_begin = matches.size();
      if (matches.size() >= limit) break;
    }
    matches.push_back({std::string(key->text), key->use, key->entity, key->type, articles});
  }
  MAILUO_RETURN_IF_ERROR(cursor->status());
  sort_name();
  if (matches.size() > limit) matches.resize(limit);
  return matches;
}

// Adds up who appears with one entity.
class TogetherCounter {
 public:
  TogetherCounter(const internal::View& view, EntityId entity) : state_(view), view_(view.engine()), entity_(entity) {}

  // Of whole months that the window holds. `window.everything()` takes the undated as well.
  Status AddMonths(const DayWindow& window) {
    const std::string prefix = EntityPrefix(Space::kCooccur, entity_);
    Tally tally;
    const auto cursor = view_.Scan(Table::kGraph, prefix);
    for (cursor->Seek(prefix); cursor->valid(); cursor->Next()) {
      const auto key = ParseCooccurKey(cursor->key());
      if (!key) return Damaged(cursor->key());
      if (key->month == 0 ? !window.everything() : !HoldsMonth(window, key->month)) continue;
      MAILUO_RETURN_IF_ERROR(ReadTally(cursor->key(), cursor->value(), kCooccurWidth, tally));
      for (const TallyRow& row : tally.rows) {
        Add({row.code}, static_cast<std::uint64_t>(row.counts[kTogetherArticles]),
            static_cast<std::uint64_t>(row.counts[kTogetherSentences]));
      }
    }
    return cursor->status();
  }

  // Of the months that the window holds only a part of: its first and its last.
  Status AddPartialMonths(const DayWindow& window) {
    if (window.everything() || window.empty()) return {};
    const auto [first_begin, first_end] = MonthDays(window.first());
    const auto [last_begin, last_end] = MonthDays(window.last());
    const bool first_is_part =
        window.first() != first_begin || (first_begin == last_begin && window.last() != last_end);
    if (first_is_part) MAILUO_RETURN_IF_ERROR(AddDays(window.first(), std::min(window.last(), first_end)));
    if (first_begin == last_begin || window.last() == last_end) return {};
    return AddDays(last_begin, window.last());
  }

  std::vector<Cooccurrence> Finish(std::size_t limit) const {
    std::vector<Cooccurrence> found;
    found.reserve(counts_.size());
    for (const auto& [other, counts] : counts_) {
      if (counts.articles > 0) found.push_back({{other}, counts.articles, counts.sentences});
    }
    const auto better = [](const Cooccurrence& a, const Cooccurrence& b) {
      if (a.articles != b.articles) return a.articles > b.articles;
      return a.sentences != b.sentences ? a.sentences > b.sentences : a.other < b.other;
    };
    const auto end = found.begin() + static_cast<std::ptrdiff_t>(std::min(limit, found.size()));
    std::partial_sort(found.begin(), end, found.end(), better);
    found.erase(end, found.end());
    return found;
  }

 private:
  struct Counts {
    std::uint64_t articles = 0;
    std::uint64_t sentences = 0;
  };

  // DayNumbers of the first and last day of the month of a day.
  static std::pair<std::uint32_t, std::uint32_t> MonthDays(std::uint32_t day) {
    const CivilDate civil = ToCivil(*DayOfNumber(day));
    const auto begin = day - static_cast<std::uint32_t>(civil.day) + 1;
    return {begin, begin + static_cast<std::uint32_t>(DaysInMonth(civil.year, civil.month)) - 1};
  }
  static bool HoldsMonth(const DayWindow& window, std::uint16_t month) {
    const auto first = MakeDate(month / 12, month % 12 + 1, 1);
    if (!first) return false;
    const auto [begin, end] = MonthDays(DayNumber(first));
    return begin >= window.first() && end <= window.last();
  }

  void Add(EntityId other, std::uint64_t articles, std::uint64_t sentences) {
    Counts& counts = counts_[other.value];
    counts.articles += articles;
    counts.sentences += sentences;
  }

  // From the articles themselves.
  Status AddDays(std::uint32_t first, std::uint32_t last) {
    const DayWindow days({DayOfNumber(first), DayOfNumber(last)}, std::nullopt);
    for (RangeScan scan(view_, DaysOf(EntityPrefix(Space::kMention, entity_), days), Order::kNewestFirst, {});;
         scan.Next()) {
      if (!scan.valid()) return scan.status();
      const auto key = ParseMentionKey(scan.key());
      if (!key) return Damaged(scan.key());
      const std::string article_key = ArticleKey(key->article);
      MAILUO_ASSIGN_OR_RETURN(const std::optional<std::string> bytes, view_.Get(Table::kArticles, article_key));
      auto record = bytes ? DecodeArticle(key->article, *bytes) : std::nullopt;
      if (!record) return Damaged(article_key);
      state_.ForGraph(record->stored);
      AddArticle(record->stored.annotation);
    }
  }

  void AddArticle(const Annotation& annotation) {
    const std::vector<CooccurringEntity> entities = CooccurringEntities(annotation);
    const auto self = std::find_if(entities.begin(), entities.end(),
                                   [this](const CooccurringEntity& entity) { return entity.entity == entity_; });
    if (self == entities.end()) return;
    for (const CooccurringEntity& other : entities) {
      if (other.entity != entity_) Add(other.entity, 1, SharedSentences(*self, other));
    }
  }

  const internal::View& state_;
  const EngineView& view_;
  EntityId entity_;
  std::unordered_map<std::uint64_t, Counts> counts_;  // Finish() sorts.
};

}  // namespace

Result<std::optional<EntityRecord>> Reader::Entity(EntityId id) const {
  return ReadEntity(*view_, id, DayWindow({}, as_of_), true);
}
Result<std::optional<EntityRecord>> Reader::EntityBrief(EntityId id) const {
  return ReadEntity(*view_, id, DayWindow({}, as_of_), false);
}

Result<std::vector<NameMatch>> Reader::FindName(std::string_view folded) const {
  if (folded.find('\0') != std::string_view::npos) return std::vector<NameMatch>();
  return ReadFolded(view_->engine(), FoldedExactPrefix(folded), DayWindow({}, as_of_), SIZE_MAX);
}
Result<std::vector<NameMatch>> Reader::FindPrefix(std::string_view prefix, std::size_t limit) const {
  if (prefix.find('\0') != std::string_view::npos) return std::vector<NameMatch>();
  return ReadFolded(view_->engine(), FoldedPrefix(prefix), DayWindow({}, as_of_), limit);
}

Status Reader::VisitEntities(const Visitor<EntityRecord>& visit) const {
  const DayWindow window({}, as_of_);
  const std::string prefix = SpacePrefix(Space::kName);
  std::optional<EntityBuilder> builder;
  EntityId id;
  const auto cursor = view_->engine().Scan(Table::kGraph, prefix);
  for (cursor->Seek(prefix); cursor->valid(); cursor->Next()) {
    const auto key = ParseNameKey(cursor->key());
    if (!key) return Damaged(cursor->key());
    if (!builder || key->entity != id) {
      if (builder) {
        if (const auto record = builder->Finish(view_->resolution()); record && !visit(*record)) return {};
      }
      id = key->entity;
      builder.emplace(id, window, true);
    }
    MAILUO_RETURN_IF_ERROR(builder->Add(*key, cursor->key(), cursor->value()));
  }
  MAILUO_RETURN_IF_ERROR(cursor->status());
  if (builder) {
    if (const auto record = builder->Finish(view_->resolution())) visit(*record);
  }
  return {};
}

Result<Page<MentionPosting>> Reader::Mentions(EntityId id, const PublishedRange& range, std::string_view resume,
                                              std::size_t limit) const {
  MAILUO_ASSIGN_OR_RETURN(const std::string position, ParseResume(kMentionsQuestion, resume));
  if (!position.empty() && position.size() != kMentionPositionSize) return ParseResume(kMentionsQuestion, "?").error();
  const std::string prefix = EntityPrefix(Space::kMention, id);
  RangeScan scan(view_->engine(), DaysOf(prefix, DayWindow(range, as_of_)), Order::kNewestFirst, position);
  Page<MentionPosting> page;
  std::string last;
  for (; scan.valid(); scan.Next()) {
    if (page.items.size() == limit) {
      page.resume = MakeResume(kMentionsQuestion, last);
      break;
    }
    const auto key = ParseMentionKey(scan.key());
    auto facts = key ? DecodeMentionFacts(scan.value()) : std::nullopt;
    if (!facts) return Damaged(scan.key());
    page.items.push_back({key->article, DayOfNumber(key->published), facts->mentions, std::move(facts->sentences)});
    last = scan.key().substr(prefix.size());
  }
  MAILUO_RETURN_IF_ERROR(scan.status());
  return page;
}

Result<std::vector<Cooccurrence>> Reader::Cooccurring(EntityId id, const PublishedRange& range,
                                                      std::size_t limit) const {
  const DayWindow window(range, as_of_);
  TogetherCounter counter(*view_, id);
  MAILUO_RETURN_IF_ERROR(counter.AddMonths(window));
  MAILUO_RETURN_IF_ERROR(counter.AddPartialMonths(window));
  return counter.Finish(limit);
}

}  // namespace mailuo::store
