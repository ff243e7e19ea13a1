#include "query/cooccurrence.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "query/cursor.h"
#include "query/relation_items.h"

namespace mailuo::query {
namespace {

using Item = CooccurrenceResult::Item;

// Partners that are ranked; those beyond share fewer articles.
constexpr std::size_t kMaxPartners = 2000;
// With days, each partner's articles must be counted anew.
constexpr std::size_t kMaxPartnersWithDays = 300;
// Articles of an entity that are searched for a common one, newest first.
constexpr std::size_t kMaxSearched = 5000;
constexpr std::size_t kMentionsPerPage = 500;

store::PublishedRange ToRange(const DayRange& days) { return {days.from, days.to}; }

struct Sums {
  std::uint64_t articles = 0;
  std::uint64_t sentences = 0;
};

// Of one entity inside the days; without days its counts are at hand.
Answer<Sums> CountEntity(Session& session, EntityId id, const DayRange& days) {
  if (!days.from && !days.to) {
    MAILUO_ANSWER(const auto record, session.reader().EntityBrief(id));
    return record ? Sums{record->counts.articles, record->counts.sentences} : Sums{};
  }
  Sums sums;
  std::string resume;
  do {
    MAILUO_ANSWER_CHECK(session.CheckDeadline());
    MAILUO_ANSWER(const auto page, session.reader().Mentions(id, ToRange(days), resume, kMentionsPerPage));
    sums.articles += page.items.size();
    for (const store::MentionPosting& posting : page.items) sums.sentences += posting.sentences.size();
    resume = page.resume;
  } while (!resume.empty());
  return sums;
}

// The newest articles of one entity, to find those that it shares with others.
class Mentions {
 public:
  static Answer<Mentions> Load(Session& session, EntityId id, const DayRange& days) {
    Mentions mentions(days);
    std::string resume;
    do {
      MAILUO_ANSWER_CHECK(session.CheckDeadline());
      MAILUO_ANSWER(const auto page, session.reader().Mentions(id, ToRange(days), resume, kMentionsPerPage));
      for (const store::MentionPosting& posting : page.items) {
        mentions.sentences_.emplace(posting.article, posting.sentences);
      }
      resume = page.resume;
    } while (!resume.empty() && mentions.sentences_.size() < kMaxSearched);
    return mentions;
  }

  // A sentence with both, of the newest article that has one; else the other's first sentence in the newest common
  // article.
  Answer<std::vector<Evidence>> Together(Session& session, EntityId other) const {
    std::optional<std::pair<ArticleId, std::uint32_t>> fallback;
    std::string resume;
    std::size_t searched = 0;
    do {
      MAILUO_ANSWER(const auto page, session.reader().Mentions(other, ToRange(days_), resume, kMentionsPerPage));
      for (const store::MentionPosting& posting : page.items) {
        const auto it = sentences_.find(posting.article);
        if (it == sentences_.end() || posting.sentences.empty()) continue;
        for (const std::uint32_t sentence : posting.sentences) {
          if (std::binary_search(it->second.begin(), it->second.end(), sentence)) {
            return Quote(session, posting.article, sentence);
          }
        }
        if (!fallback) fallback.emplace(posting.article, posting.sentences.front());
      }
      searched += page.items.size();
      resume = page.resume;
    } while (!resume.empty() && searched < kMaxSearched);
    if (!fallback) return std::vector<Evidence>{};
    return Quote(session, fallback->first, fallback->second);
  }

 private:
  explicit Mentions(const DayRange& days) : days_(days) {}
  static Answer<std::vector<Evidence>> Quote(Session& session, const ArticleId& article, std::uint32_t sentence) {
    MAILUO_ANSWER(Evidence evidence, session.MakeEvidence(article, sentence));
    return std::vector<Evidence>{std::move(evidence)};
  }

  DayRange days_;
  std::map<ArticleId, std::vector<std::uint32_t>> sentences_;
};

std::uint64_t Support(const store::Cooccurrence& pair, Window window) {
  return window == Window::kSentence ? pair.sentences : pair.articles;
}

struct Ranked {
  store::Cooccurrence pair;
  std::optional<double> npmi;
};

// Higher first; equal ones by id.
bool RankedBefore(const Ranked& a, const Ranked& b, const CooccurrenceRequest& request) {
  if (request.measure == Measure::kNpmi) {
    const double left = a.npmi.value_or(-2);
    const double right = b.npmi.value_or(-2);
    if (left != right) return left > right;
  }
  const auto key = [&](const Ranked& r) {
    return std::tuple(~Support(r.pair, request.window), ~r.pair.articles, ~r.pair.sentences, r.pair.other);
  };
  return key(a) < key(b);
}

Answer<std::vector<Ranked>> Rank(Session& session, const CooccurrenceRequest& request, const EntityMatch& entity) {
  const EntityId id = entity.entity.id;
  const bool ranged = request.days.from || request.days.to;
  MAILUO_ANSWER(const auto pairs,
                session.reader().Cooccurring(id, ToRange(request.days), ranged ? kMaxPartnersWithDays : kMaxPartners));
  MAILUO_ANSWER(const Sums own, CountEntity(session, id, request.days));
  MAILUO_ANSWER(const store::Totals totals, session.reader().GetTotals(ToRange(request.days)));
  const bool sentences = request.window == Window::kSentence;
  const std::uint64_t least = request.measure == Measure::kNpmi ? request.min_support : 1;
  std::vector<Ranked> ranked;
  for (const store::Cooccurrence& pair : pairs) {
    const std::uint64_t support = Support(pair, request.window);
    if (support < least) continue;
    MAILUO_ANSWER_CHECK(session.CheckDeadline());
    MAILUO_ANSWER(const Sums other, CountEntity(session, pair.other, request.days));
    ranked.push_back({pair, sentences ? Npmi(support, own.sentences, other.sentences, totals.sentences)
                                      : Npmi(support, own.articles, other.articles, totals.articles)});
  }
  std::sort(ranked.begin(), ranked.end(),
            [&](const Ranked& a, const Ranked& b) { return RankedBefore(a, b, request); });
  return ranked;
}

Answer<RelationItem> ToRelation(Session& session, const EntityMatch& entity, const store::Cooccurrence& pair,
                                const Sums& own, const Mentions& mentions, const DayRange& days,
                                std::uint64_t articles) {
  RelationItem item;
  item.type = RelationType::kCoOccurs;
  item.head = entity.entity;
  MAILUO_ANSWER(item.tail, session.Ref(pair.other));
  item.symmetric = true;
  item.support = item.articles = pair.articles;
  item.sentences = pair.sentences;
  MAILUO_ANSWER(const Sums other, CountEntity(session, pair.other, days));
  item.npmi = Npmi(pair.articles, own.articles, other.articles, articles);
  MAILUO_ANSWER(item.evidence, mentions.Together(session, pair.other));
  return item;
}

// Of the first `partners` pairs those that `keep` lets through, at most `limit`.
template <typename Keep>
Answer<std::vector<RelationItem>> Relate(Session& session, const EntityMatch& entity, const DayRange& days,
                                         std::size_t partners, std::size_t limit, Keep keep) {
  const EntityId id = entity.entity.id;
  MAILUO_ANSWER(const auto pairs, session.reader().Cooccurring(id, ToRange(days), partners));
  MAILUO_ANSWER(const Sums own, CountEntity(session, id, days));
  MAILUO_ANSWER(const store::Totals totals, session.reader().GetTotals(ToRange(days)));
  MAILUO_ANSWER(const Mentions mentions, Mentions::Load(session, id, days));
  std::vector<RelationItem> items;
  for (const store::Cooccurrence& pair : pairs) {
    if (items.size() == limit) break;
    if (!keep(pair)) continue;
    MAILUO_ANSWER(RelationItem item, ToRelation(session, entity, pair, own, mentions, days, totals.articles));
    items.push_back(std::move(item));
  }
  return items;
}

}  // namespace

Answer<CooccurrenceResult> FindCooccurrence(Session& session, const CooccurrenceRequest& request, EntityMatch entity) {
  QuestionHash hash("cooccurrence");
  hash.Add(request.as_of).Add(request.entity).Add(request.days.from).Add(request.days.to);
  hash.Add(static_cast<std::uint64_t>(request.measure)).Add(static_cast<std::uint64_t>(request.window));
  hash.Add(request.min_support);
  MAILUO_ANSWER(const std::string after, DecodeCursor(request.page.cursor, hash.value()));
  MAILUO_ANSWER(const std::vector<Ranked> ranked, Rank(session, request, entity));
  const auto position = [](const Ranked& r) { return fmt::format("{:x}", r.pair.other.value); };
  // The list is short and whole: the page goes on behind the partner that the page before ended with.
  auto next = ranked.begin();
  if (!after.empty()) {
    next = std::find_if(ranked.begin(), ranked.end(), [&](const Ranked& r) { return position(r) == after; });
    if (next != ranked.end()) ++next;
  }
  CooccurrenceResult result;
  result.snapshot = session.MakeSnapshot();
  result.measure = request.measure;
  result.window = request.window;
  result.page.limit = request.page.limit;
  result.page.total = ranked.size();
  result.page.total_exact = ranked.size() < kMaxPartnersWithDays;
  MAILUO_ANSWER(const Mentions mentions, Mentions::Load(session, entity.entity.id, request.days));
  for (; next != ranked.end() && result.items.size() < request.page.limit; ++next) {
    Item item;
    MAILUO_ANSWER(item.entity, session.Ref(next->pair.other));
    item.articles = next->pair.articles;
    item.sentences = next->pair.sentences;
    item.npmi = next->npmi;
    MAILUO_ANSWER(item.evidence, mentions.Together(session, next->pair.other));
    result.items.push_back(std::move(item));
  }
  if (next != ranked.end()) result.page.next_cursor = EncodeCursor(hash.value(), position(*std::prev(next)));
  result.entity = std::move(entity);
  return result;
}

Answer<std::optional<RelationItem>> PairCooccurrence(Session& session, const EntityMatch& entity,
                                                     const EntityMatch& with, const DayRange& days) {
  // From the less busy one: the other is sure to be among its partners.
  const bool turned = with.articles < entity.articles;
  const EntityMatch& base = turned ? with : entity;
  const EntityId other = (turned ? entity : with).entity.id;
  MAILUO_ANSWER(auto items, Relate(session, base, days, SIZE_MAX, 1,
                                   [&](const store::Cooccurrence& pair) { return pair.other == other; }));
  if (items.empty()) return std::optional<RelationItem>{};
  if (turned) std::swap(items.front().head, items.front().tail);
  return std::optional<RelationItem>(std::move(items.front()));
}

Answer<std::vector<RelationItem>> AllCooccurrence(Session& session, const EntityMatch& entity, const DayRange& days,
                                                  std::size_t limit) {
  return Relate(session, entity, days, kMaxPartners, limit, [](const store::Cooccurrence& /*pair*/) { return true; });
}

}  // namespace mailuo::query
