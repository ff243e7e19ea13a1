#include "query/articles.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "query/cursor.h"
#include "query/event_items.h"
#include "query/event_list.h"
#include "store/event_key.h"

namespace mailuo::query {
namespace {

constexpr std::size_t kMaxReports = 500;  // Of one event that are shown.
constexpr std::size_t kMaxCopies = 100;
constexpr std::size_t kReportsPerPage = 200;
constexpr std::size_t kMaxCountedArticles = 5000;

Answer<std::optional<ArticleItem>> ToItem(Session& session, const ArticleId& id) {
  MAILUO_ANSWER(auto meta, session.reader().GetMeta(id));
  if (!meta) return std::optional<ArticleItem>{};
  return std::optional<ArticleItem>(ArticleItem{std::move(meta->article), meta->text_bytes, meta->sentences,
                                                meta->mentions, meta->events, meta->relations});
}

// Ids of one page and where the next begins.
struct IdPage {
  std::vector<ArticleId> ids;
  std::string resume;
};
Answer<IdPage> FetchIds(const Session& session, const ArticlesRequest& request,
                        const std::optional<EntityMatch>& entity, const std::string& resume, std::size_t limit) {
  IdPage ids;
  const store::PublishedRange range{request.days.from, request.days.to};
  if (entity) {
    MAILUO_ANSWER(const auto page, session.reader().Mentions(entity->entity.id, range, resume, limit));
    for (const store::MentionPosting& posting : page.items) ids.ids.push_back(posting.article);
    ids.resume = page.resume;
  } else {
    const auto order = request.order == SortOrder::kAscending ? store::Order::kOldestFirst : store::Order::kNewestFirst;
    MAILUO_ANSWER(const auto page, session.reader().Articles(range, order, resume, limit));
    for (const store::ArticleRef& ref : page.items) ids.ids.push_back(ref.article);
    ids.resume = page.resume;
  }
  return ids;
}

Answer<void> CountArticles(Session& session, const ArticlesRequest& request, const std::optional<EntityMatch>& entity,
                           PageInfo& page) {
  if (!entity && !request.days.from && !request.days.to) {
    MAILUO_ANSWER(const auto totals, session.reader().GetTotals());
    page.total = totals.articles;
  } else if (entity && !request.days.from && !request.days.to) {
    page.total = entity->articles;
  } else if (!entity) {
    MAILUO_ANSWER(const auto totals, session.reader().GetTotals({request.days.from, request.days.to}));
    page.total = totals.articles;
  } else {
    MAILUO_ANSWER(const IdPage ids, FetchIds(session, request, entity, {}, kMaxCountedArticles));
    page.total = ids.ids.size();
    page.total_exact = ids.resume.empty();
  }
  return {};
}

}  // namespace

Answer<ArticlesResult> FindArticles(Session& session, const ArticlesRequest& request,
                                    const std::optional<EntityMatch>& entity) {
  if (entity && request.order == SortOrder::kAscending) {
    return Refuse(BadParameter("order", "articles of an entity come newest first", "leave order out"));
  }
  QuestionHash hash("articles");
  hash.Add(request.as_of).Add(request.entity).Add(request.days.from).Add(request.days.to);
  hash.Add(static_cast<std::uint64_t>(request.order));
  MAILUO_ANSWER(const std::string resume, DecodeCursor(request.page.cursor, hash.value()));
  ArticlesResult result;
  result.snapshot = session.MakeSnapshot();
  if (entity) result.entities.push_back(*entity);
  MAILUO_ANSWER(const IdPage ids, FetchIds(session, request, entity, resume, request.page.limit));
  for (const ArticleId& id : ids.ids) {
    MAILUO_ANSWER(auto item, ToItem(session, id));
    if (item) result.items.push_back(*std::move(item));
  }
  result.page.limit = request.page.limit;
  result.page.next_cursor = EncodeCursor(hash.value(), ids.resume);
  MAILUO_ANSWER_CHECK(CountArticles(session, request, entity, result.page));
  return result;
}

Answer<ArticleResult> ReadArticle(Session& session, const ArticleRequest& request) {
  MAILUO_ANSWER(auto stored, session.reader().GetArticle(request.article));
  if (!stored) {
    return Refuse({ProblemKind::kNotFound, "no such article: " + FormatId(request.article), "id", {}, {}});
  }
  ArticleResult result;
  result.snapshot = session.MakeSnapshot();
  result.article = std::move(stored->article);
  result.annotation = std::move(stored->annotation);
  std::uint32_t number = 0;
  for (const Event& event : result.annotation.events) {
    result.event_ids.push_back(store::MakeEventId(event, request.article, number++));
  }
  std::optional<Date> published;
  if (result.article.published) published = result.article.published->date;
  MAILUO_ANSWER(const auto copies, session.reader().Copies({request.article, published}));
  for (const store::CopyRef& copy : copies) {
    if (result.copies.size() == kMaxCopies) break;
    MAILUO_ANSWER(auto item, ToItem(session, copy.article));
    if (item) result.copies.push_back(*std::move(item));
  }
  return result;
}

Answer<EventResult> ReadEvent(Session& session, const EventRequest& request) {
  EventReports reports;
  reports.event = request.event;
  ArticleId last_article;
  std::string resume;
  do {
    MAILUO_ANSWER(const auto page, session.reader().EventReports(request.event, resume, kReportsPerPage));
    for (const store::EventPosting& posting : page.items) {
      if (reports.reports == 0 || IsBetter(posting, reports.best)) reports.best = posting;
      if (posting.published && (!reports.first_published || *posting.published < *reports.first_published)) {
        reports.first_published = posting.published;
      }
      if (reports.reports == 0 || posting.article != last_article) {
        ++reports.reports;
        if (reports.articles.size() < kMaxReports) reports.articles.push_back({posting.article, posting.published});
      }
      last_article = posting.article;
      if (reports.others.size() < kMaxReports) reports.others.push_back(posting);
    }
    resume = page.resume;
    MAILUO_ANSWER_CHECK(session.CheckDeadline());
  } while (!resume.empty());
  if (reports.reports == 0) {
    return Refuse({ProblemKind::kNotFound, "no such event: " + FormatId(request.event), "id", {}, {}});
  }
  EventResult result;
  result.snapshot = session.MakeSnapshot();
  MAILUO_ANSWER(result.event, MakeEventItem(session, reports, kMaxReports));
  MAILUO_ANSWER(const auto copy_of, session.reader().GroupCopies(reports.articles));
  std::map<std::size_t, std::vector<ArticleId>> groups;
  for (std::size_t i = 0; i < copy_of.size(); ++i) groups[copy_of[i]].push_back(reports.articles[i].article);
  for (auto& [first, articles] : groups) {
    if (articles.size() > 1) result.near_identical.push_back(std::move(articles));
  }
  return result;
}

Answer<DayResult> ReadDay(Session& session, const DayRequest& request) {
  EventSelection selection;
  selection.types = request.types;
  selection.days = {request.day, request.day};
  EventListQuestion question;
  question.selection = &selection;
  question.page = &request.page;
  question.hash = HashOf(selection, request, "day", question.order);
  DayResult result;
  result.snapshot = session.MakeSnapshot();
  result.day = request.day;
  MAILUO_ANSWER(EventList list, ListEvents(session, question));
  result.events = std::move(list.items);
  result.page = std::move(list.page);
  MAILUO_ANSWER(const auto published, session.reader().Articles({request.day, request.day}, store::Order::kNewestFirst,
                                                                {}, request.page.limit));
  for (const store::ArticleRef& ref : published.items) {
    MAILUO_ANSWER(auto item, ToItem(session, ref.article));
    if (item) result.articles.push_back(*std::move(item));
  }
  return result;
}

}  // namespace mailuo::query
