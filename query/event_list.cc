#include "query/event_list.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "query/cursor.h"
#include "store/event_key.h"
#include "text/folded_text.h"

namespace mailuo::query {
namespace {

using ReportId = std::pair<ArticleId, std::uint32_t>;
using Postings = std::vector<store::EventPosting>;

constexpr std::size_t kDeadlineStride = 1024;
constexpr std::size_t kArticlesPerPage = 200;
// So many articles are opened rather than all events walked over.
constexpr std::uint64_t kFewArticles = 500;

bool IsPlain(const EventListQuestion& question) {
  const EventSelection& selection = *question.selection;
  return question.entities.size() <= 1 && selection.time_field == TimeField::kEvent && selection.role.empty() &&
         selection.q.empty();
}

Problem TooMany() {
  return BadParameter("from", fmt::format("more than {} reports match", kMaxGathered), "narrow from, to or type");
}

// Collects postings up to the cap and the deadline.
class Collector {
 public:
  explicit Collector(const Session& session) : session_(session) {}
  bool Take(const store::EventPosting& posting) {
    if (postings.size() >= kMaxGathered || (postings.size() % kDeadlineStride == 0 && session_.Late())) return false;
    postings.push_back(posting);
    return true;
  }
  Answer<void> Check() const {
    MAILUO_ANSWER_CHECK(session_.CheckDeadline());
    if (postings.size() >= kMaxGathered) return Refuse(TooMany());
    return {};
  }
  Postings postings;

 private:
  const Session& session_;
};

// Reports in which all of the entities take part: those of the least busy one that the others have too.
Answer<Postings> GatherForEntities(Session& session, std::vector<EntityMatch> entities,
                                   const store::EventFilter& filter) {
  std::stable_sort(entities.begin(), entities.end(),
                   [](const EntityMatch& a, const EntityMatch& b) { return a.events < b.events; });
  Collector collector(session);
  const auto take = [&](const store::EventPosting& posting) { return collector.Take(posting); };
  MAILUO_ANSWER_CHECK(session.reader().VisitTimeline(entities.front().entity.id, filter, take));
  MAILUO_ANSWER_CHECK(collector.Check());
  Postings postings = std::move(collector.postings);
  for (std::size_t i = 1; i < entities.size() && !postings.empty(); ++i) {
    std::set<ReportId> wanted;
    for (const store::EventPosting& posting : postings) wanted.emplace(posting.article, posting.number);
    std::set<ReportId> found;
    std::size_t visited = 0;
    const auto keep = [&](const store::EventPosting& posting) {
      if (++visited % kDeadlineStride == 0 && session.Late()) return false;
      const ReportId id(posting.article, posting.number);
      if (wanted.count(id) != 0) found.insert(id);
      return found.size() < wanted.size();
    };
    MAILUO_ANSWER_CHECK(session.reader().VisitTimeline(entities[i].entity.id, filter, keep));
    MAILUO_ANSWER_CHECK(session.CheckDeadline());
    postings.erase(std::remove_if(postings.begin(), postings.end(),
                                  [&](const store::EventPosting& p) {
                                    return found.count({p.article, p.number}) == 0;
                                  }),
                   postings.end());
  }
  return postings;
}

bool Admits(const store::EventFilter& filter, const Event& event) {
  return filter.types.Admits(event.type) && filter.statuses.Admits(event.status) &&
         event.confidence >= filter.min_confidence;
}

// Events of everybody by publication day, of few articles: through them.
Answer<Postings> GatherOfArticles(Session& session, const store::EventFilter& filter) {
  Collector collector(session);
  std::string resume;
  do {
    MAILUO_ANSWER(const auto page,
                  session.reader().Articles({filter.from, filter.to}, filter.order, resume, kArticlesPerPage));
    for (const store::ArticleRef& ref : page.items) {
      MAILUO_ANSWER(const auto stored, session.Article(ref.article));
      const auto& events = stored->annotation.events;
      for (std::uint32_t number = 0; number < events.size(); ++number) {
        const Event& event = events[number];
        if (!Admits(filter, event)) continue;
        if (!collector.Take({store::MakeEventId(event, ref.article, number), ref.article, number, event.type,
                             event.status, event.polarity, ref.published, event.time.interval, event.time.precision,
                             event.time.source, event.sentence, event.confidence})) {
          break;
        }
      }
      MAILUO_ANSWER_CHECK(collector.Check());
    }
    resume = page.resume;
  } while (!resume.empty());
  return std::move(collector.postings);
}

Answer<Postings> GatherAll(Session& session, const store::EventFilter& filter) {
  Collector collector(session);
  std::string resume;
  do {
    MAILUO_ANSWER(const auto page, session.reader().Events(filter, resume, kMaxCounted));
    for (const store::EventPosting& posting : page.items) {
      if (!collector.Take(posting)) break;
    }
    MAILUO_ANSWER_CHECK(collector.Check());
    resume = page.resume;
  } while (!resume.empty());
  return std::move(collector.postings);
}

// Events of everybody by publication day.
Answer<Postings> GatherPublished(Session& session, const store::EventFilter& filter) {
  MAILUO_ANSWER(const auto totals, session.reader().GetTotals({filter.from, filter.to}));
  if (totals.articles <= kFewArticles) return GatherOfArticles(session, filter);
  store::EventFilter by_event = filter;
  by_event.field = store::TimeField::kEvent;
  by_event.from.reset();
  by_event.to.reset();
  MAILUO_ANSWER(Postings postings, GatherAll(session, by_event));
  const auto outside = [&](const store::EventPosting& posting) {
    if (filter.from && (!posting.published || *posting.published < *filter.from)) return true;
    return filter.to && (!posting.published || *filter.to < *posting.published);
  };
  postings.erase(std::remove_if(postings.begin(), postings.end(), outside), postings.end());
  return postings;
}

// Does the report pass what only its article can tell?
Answer<bool> PassesText(Session& session, const EventListQuestion& question, const store::EventPosting& posting,
                        const std::u16string& q) {
  const std::string& role = question.selection->role;
  if (role.empty() && q.empty()) return true;
  MAILUO_ANSWER(const auto stored, session.Article(posting.article));
  if (posting.number >= stored->annotation.events.size()) return false;
  const Event& event = stored->annotation.events[posting.number];
  if (!role.empty()) {
    const EntityId wanted = question.entities.front().entity.id;
    if (std::none_of(event.participants.begin(), event.participants.end(),
                     [&](const Participant& p) { return p.entity == wanted && p.role == role; })) {
      return false;
    }
  }
  if (q.empty()) return true;
  if (event.sentence >= stored->annotation.sentences.size()) return false;
  const std::string sentence = Slice(*stored, stored->annotation.sentences[event.sentence]);
  return text::FoldKey16(sentence).find(q) != std::u16string::npos;
}

// Reports that came before the asked days make an event old news.
Answer<bool> IsNovel(Session& session, EventId event, Date from) {
  std::string resume;
  do {
    MAILUO_ANSWER(const auto page, session.reader().EventReports(event, resume, kMaxLimit));
    for (const store::EventPosting& posting : page.items) {
      if (posting.published && *posting.published < from) return false;
    }
    resume = page.resume;
  } while (!resume.empty());
  return true;
}

// Undated events come first when oldest first and last when newest first, as in the store.
std::int64_t DayKey(const EventReports& group) {
  return group.day ? group.day->days : std::numeric_limits<std::int64_t>::min();
}

struct Position {
  std::int64_t day;
  std::uint64_t event;
};
bool Before(Position a, Position b, SortOrder order) {
  if (a.day != b.day) return order == SortOrder::kAscending ? a.day < b.day : a.day > b.day;
  return a.event < b.event;
}

std::string ToText(Position position) { return fmt::format("{}/{:x}", position.day, position.event); }
std::optional<Position> FromText(const std::string& text) {
  Position position{};
  unsigned long long event = 0;
  long long day = 0;
  int used = 0;
  // The text is ours: the cursor's check sum says so.
  if (std::sscanf(text.c_str(), "%lld/%llx%n", &day, &event, &used) != 2) return std::nullopt;  // NOLINT(cert-err34-c)
  position.day = day;
  position.event = event;
  return position;
}

// Distinct events among the first kMaxCounted reports.
Answer<void> CountPlain(Session& session, const EventListQuestion& question, const store::EventFilter& filter,
                        PageInfo& page) {
  std::size_t visited = 0;
  std::optional<EventId> last;
  const auto count = [&](const store::EventPosting& posting) {
    if (++visited > kMaxCounted) return false;
    if (last != posting.event) ++page.total;
    last = posting.event;
    return true;
  };
  if (question.entities.empty()) {
    MAILUO_ANSWER(const auto all, session.reader().Events(filter, {}, kMaxCounted + 1));
    for (const store::EventPosting& posting : all.items) {
      if (!count(posting)) break;
    }
  } else {
    MAILUO_ANSWER_CHECK(session.reader().VisitTimeline(question.entities.front().entity.id, filter, count));
  }
  page.total_exact = visited <= kMaxCounted;
  return {};
}

Answer<EventList> ListPlain(Session& session, const EventListQuestion& question) {
  const store::EventFilter filter = ToStoreFilter(*question.selection, question.order);
  MAILUO_ANSWER(const std::string resume, DecodeCursor(question.page->cursor, question.hash));
  const auto fetch = [&]() {
    if (question.entities.empty()) {
      return session.reader().EventGroups(filter, resume, question.page->limit, question.max_evidence);
    }
    return session.reader().TimelineGroups(question.entities.front().entity.id, filter, resume, question.page->limit,
                                           question.max_evidence);
  };
  MAILUO_ANSWER(const auto groups, fetch());
  EventList list;
  for (const store::EventGroup& group : groups.items) {
    MAILUO_ANSWER(EventItem item, MakeEventItem(session, FromGroup(group), question.max_evidence));
    list.items.push_back(std::move(item));
  }
  list.page.limit = question.page->limit;
  list.page.next_cursor = EncodeCursor(question.hash, groups.resume);
  MAILUO_ANSWER_CHECK(CountPlain(session, question, filter, list.page));
  return list;
}

}  // namespace

std::uint64_t HashOf(const EventSelection& selection, const Common& common, std::string_view kind, SortOrder order) {
  QuestionHash hash(kind);
  hash.Add(common.as_of).Add(selection.entities.size());
  for (const std::string& entity : selection.entities) hash.Add(entity);
  hash.AddAll(selection.types).AddAll(selection.statuses).Add(selection.days.from).Add(selection.days.to);
  hash.Add(static_cast<std::uint64_t>(selection.time_field)).Add(static_cast<std::uint64_t>(order));
  hash.Add(fmt::format("{}", selection.min_confidence)).Add(selection.role).Add(selection.q);
  return hash.Add(selection.novel_only ? 1 : 0).value();
}

std::vector<EventReports> FoldReports(const std::vector<store::EventPosting>& postings, std::size_t max_evidence,
                                      bool by_publication) {
  std::map<EventId, std::vector<const store::EventPosting*>> groups;
  for (const store::EventPosting& posting : postings) groups[posting.event].push_back(&posting);
  std::vector<EventReports> folded;
  for (auto& [event, reports] : groups) {
    EventReports group;
    group.event = event;
    group.best = *reports.front();
    for (const store::EventPosting* posting : reports) {
      if (IsBetter(*posting, group.best)) group.best = *posting;
      if (posting->published && (!group.first_published || *posting->published < *group.first_published)) {
        group.first_published = posting->published;
      }
    }
    std::sort(reports.begin(), reports.end(), [](const store::EventPosting* a, const store::EventPosting* b) {
      if (a->published != b->published) return b->published < a->published;
      return std::tie(a->article, a->number) < std::tie(b->article, b->number);
    });
    // One article that tells an event in several sentences reports it once.
    for (std::size_t i = 0; i < reports.size(); ++i) {
      if (i > 0 && reports[i]->article == reports[i - 1]->article) continue;
      ++group.reports;
      if (group.articles.size() < store::kMaxGroupArticles) {
        group.articles.push_back({reports[i]->article, reports[i]->published});
      }
    }
    for (const store::EventPosting* posting : reports) {
      if (group.others.size() + 1 >= max_evidence) break;
      if (posting->article != group.best.article || posting->number != group.best.number) {
        group.others.push_back(*posting);
      }
    }
    group.day = by_publication ? group.first_published : group.best.day();
    folded.push_back(std::move(group));
  }
  return folded;
}

Answer<std::vector<EventReports>> GatherEvents(Session& session, const EventListQuestion& question) {
  const EventSelection& selection = *question.selection;
  const store::EventFilter filter = ToStoreFilter(selection, question.order);
  const auto gather = [&]() -> Answer<Postings> {
    if (!question.entities.empty()) return GatherForEntities(session, question.entities, filter);
    if (selection.time_field == TimeField::kPublished) return GatherPublished(session, filter);
    return GatherAll(session, filter);
  };
  MAILUO_ANSWER(Postings postings, gather());
  const std::u16string q = text::FoldKey16(selection.q);
  // Each article is opened once.
  if (!selection.role.empty() || !q.empty()) {
    std::sort(postings.begin(), postings.end(), [](const store::EventPosting& a, const store::EventPosting& b) {
      return std::tie(a.article, a.number) < std::tie(b.article, b.number);
    });
  }
  Postings kept;
  for (const store::EventPosting& posting : postings) {
    MAILUO_ANSWER(const bool passes, PassesText(session, question, posting, q));
    if (passes) kept.push_back(posting);
  }
  std::vector<EventReports> folded =
      FoldReports(kept, question.max_evidence, selection.time_field == TimeField::kPublished);
  if (selection.novel_only && selection.days.from) {
    std::vector<EventReports> novel;
    for (EventReports& group : folded) {
      MAILUO_ANSWER(const bool is_novel, IsNovel(session, group.event, *selection.days.from));
      if (is_novel) novel.push_back(std::move(group));
    }
    folded = std::move(novel);
  }
  std::sort(folded.begin(), folded.end(), [&](const EventReports& a, const EventReports& b) {
    return Before({DayKey(a), a.event.value}, {DayKey(b), b.event.value}, question.order);
  });
  return folded;
}

Answer<EventList> ListEvents(Session& session, const EventListQuestion& question) {
  if (IsPlain(question)) return ListPlain(session, question);
  MAILUO_ANSWER(const std::string position, DecodeCursor(question.page->cursor, question.hash));
  MAILUO_ANSWER(const auto groups, GatherEvents(session, question));
  EventList list;
  list.page.limit = question.page->limit;
  list.page.total = groups.size();
  const std::optional<Position> after = position.empty() ? std::nullopt : FromText(position);
  for (const EventReports& group : groups) {
    const Position here{DayKey(group), group.event.value};
    if (after && !Before(*after, here, question.order)) continue;
    if (list.items.size() == question.page->limit) {
      const EventId last = list.items.back().event;
      const auto it =
          std::find_if(groups.begin(), groups.end(), [&](const EventReports& g) { return g.event == last; });
      list.page.next_cursor = EncodeCursor(question.hash, ToText({DayKey(*it), last.value}));
      break;
    }
    MAILUO_ANSWER(EventItem item, MakeEventItem(session, group, question.max_evidence));
    list.items.push_back(std::move(item));
  }
  return list;
}

}  // namespace mailuo::query
