// Articles and totals; the other questions are in reader_entities.cc, reader_events.cc, reader_edges.cc, and checks of
// the whole in digest.cc and verify.cc.
#include "store/reader.h"

#include "store/adopted_lexicon.h"
#include "store/contribution.h"
#include "store/keys.h"
#include "store/records.h"
#include "store/scan.h"
#include "store/view.h"

namespace mailuo::store {

Reader::Reader(std::shared_ptr<const internal::View> view, std::optional<Date> as_of)
    : view_(std::move(view)), as_of_(as_of) {}

std::uint64_t Reader::sequence() const { return view_->base().sequence(); }

namespace {

std::optional<Date> PublishedDay(const Article& article) {
  if (!article.published) return std::nullopt;
  return article.published->date;
}

constexpr char kArticlesQuestion = 'a';
constexpr std::size_t kPublishedPositionSize = 3 + 16;

}  // namespace

Result<std::optional<StoredArticle>> Reader::GetArticle(const ArticleId& id) const {
  const std::string key = ArticleKey(id);
  MAILUO_ASSIGN_OR_RETURN(const std::optional<std::string> bytes, view_->engine().Get(Table::kArticles, key));
  if (!bytes) return std::optional<StoredArticle>();
  auto record = DecodeArticle(id, *bytes);
  if (!record) return Damaged(key);
  if (!DayWindow({}, as_of_).Admits(DayNumber(PublishedDay(record->stored.article)))) {
    return std::optional<StoredArticle>();
  }
  view_->ForDisplay(record->stored);
  return std::optional(std::move(record->stored));
}

Result<std::optional<StoredArticle>> Reader::GetAsExtracted(const ArticleId& id) const {
  const std::string key = ArticleKey(id);
  MAILUO_ASSIGN_OR_RETURN(const std::optional<std::string> bytes, view_->base().Get(Table::kArticles, key));
  if (!bytes) return std::optional<StoredArticle>();
  auto record = DecodeArticle(id, *bytes);
  if (!record) return Damaged(key);
  if (!DayWindow({}, as_of_).Admits(DayNumber(PublishedDay(record->stored.article)))) {
    return std::optional<StoredArticle>();
  }
  return std::optional(std::move(record->stored));
}

Result<std::optional<ArticleMeta>> Reader::GetMeta(const ArticleId& id) const {
  const std::string key = ArticleKey(id);
  MAILUO_ASSIGN_OR_RETURN(const std::optional<std::string> bytes, view_->engine().Get(Table::kArticles, key));
  if (!bytes) return std::optional<ArticleMeta>();
  auto meta = DecodeMeta(id, *bytes);
  if (!meta) return Damaged(key);
  if (!DayWindow({}, as_of_).Admits(DayNumber(PublishedDay(meta->article)))) return std::optional<ArticleMeta>();
  return meta;
}

Result<Page<ArticleRef>> Reader::Articles(const PublishedRange& range, Order order, std::string_view resume,
                                          std::size_t limit) const {
  MAILUO_ASSIGN_OR_RETURN(const std::string position, ParseResume(kArticlesQuestion, resume));
  if (!position.empty() && position.size() != kPublishedPositionSize) {
    return ParseResume(kArticlesQuestion, "?").error();
  }
  const std::string prefix = SpacePrefix(Space::kPublished);
  RangeScan scan(view_->engine(), DaysOf(prefix, DayWindow(range, as_of_)), order, position);
  Page<ArticleRef> page;
  std::string last;
  for (; scan.valid(); scan.Next()) {
    if (page.items.size() == limit) {
      page.resume = MakeResume(kArticlesQuestion, last);
      break;
    }
    const auto key = ParsePublishedKey(scan.key());
    if (!key) return Damaged(scan.key());
    page.items.push_back({key->article, DayOfNumber(key->published)});
    last = scan.key().substr(prefix.size());
  }
  MAILUO_RETURN_IF_ERROR(scan.status());
  return page;
}

Result<std::vector<JournalEntry>> Reader::Operations() const { return ReadJournal(view_->base()); }
Result<std::string> Reader::AdoptedLexicon() const { return ReadAdoptedLexicon(view_->base()); }
const Resolution& Reader::resolution() const { return view_->resolution(); }

Result<Totals> Reader::GetTotals() const { return GetTotals({}); }

Result<Totals> Reader::GetTotals(const PublishedRange& range) const {
  const DayWindow window(range, as_of_);
  std::array<std::int64_t, kTotalsWidth> sums{};
  DaySpan days;
  const auto cursor = view_->engine().Scan(Table::kGraph, SpacePrefix(Space::kTotals));
  for (cursor->Seek(SpacePrefix(Space::kTotals)); cursor->valid(); cursor->Next()) {
    MAILUO_ASSIGN_OR_RETURN(const Tally tally, ReadTally(cursor->key(), cursor->value(), kTotalsWidth));
    for (const TallyRow& row : tally.rows) {
      const auto day = static_cast<std::uint32_t>(row.code);
      if (row.code > kMaxDayNumber) return Damaged(cursor->key());
      if (!window.Admits(day)) continue;
      for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += row.counts[i];
      if (row.counts[kTotalArticles] > 0) days.Add(day);
    }
  }
  MAILUO_RETURN_IF_ERROR(cursor->status());
  const auto sum = [&sums](TotalsCounter counter) { return static_cast<std::uint64_t>(sums[counter]); };
  return Totals{sum(kTotalArticles),  sum(kTotalSentences),    sum(kTotalMentions),   sum(kTotalEvents),
                sum(kTotalRelations), DayOfNumber(days.first), DayOfNumber(days.last)};
}

}  // namespace mailuo::store
