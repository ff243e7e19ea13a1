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
#include "text/utf8.h"

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

EventReportItem ToReport(const store::StoredArticle& stored, const store::EventPosting& report,
                         std::optional<Date> first_published) {
  EventReportItem item;
  item.article = report.article;
  item.sentence = report.sentence;
  item.published = report.published;
  if (report.published && first_published) item.days_after_first = *report.published - *first_published;
  item.status = report.status;
  if (report.number >= stored.annotation.events.size()) return item;
  for (const Value& value : stored.annotation.events[report.number].values) {
    item.values.push_back({value.role,
                           std::string(text::SliceCodePoints(stored.article.text, value.span.start, value.span.end)),
                           value.number, value.unit});
  }
  return item;
}

// Adds what the article of one report says of its event and others.
void AddLinks(const store::StoredArticle& stored, const store::EventPosting& report,
              std::vector<EventLinkItem>& links) {
  const Annotation& annotation = stored.annotation;
  for (const EventLink& link : annotation.links) {
    const bool outgoing = link.from == report.number;
    const std::uint32_t other = outgoing ? link.to : link.from;
    if ((!outgoing && link.to != report.number) || other >= annotation.events.size()) continue;
    EventLinkItem item;
    item.type = link.type;
    item.outgoing = outgoing;
    item.other = store::MakeEventId(annotation.events[other], report.article, other);
    item.other_type = annotation.events[other].type;
    const bool there = std::any_of(links.begin(), links.end(), [&item](const EventLinkItem& known) {
      return known.type == item.type && known.outgoing == item.outgoing && known.other == item.other;
    });
    if (there || item.other == report.event || link.sentence >= annotation.sentences.size()) continue;
    const std::string& text = stored.article.text;
    item.words = text::SliceCodePoints(text, link.trigger.start, link.trigger.end);
    item.article = report.article;
    item.sentence = link.sentence;
    item.span = annotation.sentences[link.sentence];
    item.quote = text::SliceCodePoints(text, item.span.start, item.span.end);
    links.push_back(std::move(item));
  }
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
  MAILUO_ANSWER(const auto copy_of, session.reader().GroupCopies(reports.articles));
  MAILUO_ANSWER(result.event, MakeEventItem(session, reports, copy_of, kMaxReports));
  std::map<std::size_t, std::vector<ArticleId>> groups;
  for (std::size_t i = 0; i < copy_of.size(); ++i) groups[copy_of[i]].push_back(reports.articles[i].article);
  for (auto& [first, articles] : groups) {
    if (articles.size() > 1) result.near_identical.push_back(std::move(articles));
  }
  for (const store::EventPosting& report : reports.others) {
    MAILUO_ANSWER(const auto stored, session.Article(report.article));
    result.told.push_back(ToReport(*stored, report, reports.first_published));
    AddLinks(*stored, report, result.links);
    MAILUO_ANSWER_CHECK(session.CheckDeadline());
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
