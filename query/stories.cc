#include "query/stories.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "query/cursor.h"
#include "query/event_list.h"
#include "store/event_key.h"
#include "text/folded_text.h"

namespace mailuo::query {
namespace {

using Member = StoryIndex::Member;

constexpr std::size_t kMaxMatching = 50000;  // Articles of an entity that are looked through.
constexpr std::size_t kPostingsPerPage = 1000;
constexpr std::size_t kMaxShownArticles = 500;
constexpr std::size_t kMaxShownEvents = 200;
constexpr std::size_t kMaxTitles = 16;  // That the title of a story is chosen from.
constexpr std::uint32_t kEvidenceOfEvent = 1;

// The articles of a story published until the asked day.
std::vector<Member> MembersUntil(const StoryIndex& index, std::uint32_t story, const std::optional<Date>& as_of) {
  const auto all = index.Members(story);
  std::vector<Member> members(all.begin(), all.end());
  std::erase_if(members, [&as_of](const Member& member) { return as_of && *as_of < member.published; });
  return members;
}

std::set<std::u16string> PairsOf(const std::string& title) {
  const std::u16string folded = text::FoldKey16(title);
  std::set<std::u16string> pairs;
  for (std::size_t i = 0; i + 1 < folded.size(); ++i) {
    if (text::IsHan(folded[i]) || text::IsAsciiAlnum(folded[i])) pairs.insert(folded.substr(i, 2));
  }
  return pairs;
}

// The title that has most in common with the others for its length; of equal ones the first published. Many articles:
// an even choice of them.
Answer<std::string> TitleOf(Session& session, const std::vector<Member>& members) {
  std::vector<std::pair<std::string, std::set<std::u16string>>> titles;
  std::map<std::u16string, std::size_t> counts;
  const std::size_t step = (members.size() + kMaxTitles - 1) / kMaxTitles;
  for (std::size_t i = 0; i < members.size(); i += step) {
    MAILUO_ANSWER(const auto meta, session.reader().GetMeta(members[i].article));
    if (!meta || meta->article.title.empty()) continue;
    titles.emplace_back(meta->article.title, PairsOf(meta->article.title));
    for (const std::u16string& pair : titles.back().second) ++counts[pair];
  }
  std::string best;
  double best_score = -1;
  for (const auto& [title, pairs] : titles) {
    double score = 0;
    for (const std::u16string& pair : pairs) score += static_cast<double>(counts[pair] - 1);
    score /= static_cast<double>(pairs.size() + 8);  // A word or two is no title.
    if (score > best_score) {
      best = title;
      best_score = score;
    }
  }
  return best;
}

Answer<StoryItem> MakeItem(Session& session, const StoryIndex& index, std::uint32_t story, std::uint64_t matching) {
  const std::vector<Member> members = MembersUntil(index, story, session.reader().as_of());
  StoryItem item;
  item.story = index.IdOf(story);
  item.from = members.front().published;
  item.to = members.back().published;
  item.articles = members.size();
  std::set<std::uint32_t> happenings;
  for (const Member& member : members) happenings.insert(member.happening);
  item.happenings = happenings.size();
  item.matching = matching;
  MAILUO_ANSWER(item.title, TitleOf(session, members));
  return item;
}

struct Matching {
  Date last;
  std::uint64_t articles = 0;
};

class Collected {
 public:
  explicit Collected(const StoryIndex& index) : index_(index) {}
  void Add(const ArticleId& article, Date published) {
    const auto story = index_.StoryOf(article);
    if (!story) return;
    const auto [place, is_new] = stories_.try_emplace(*story, Matching{published, 0});
    place->second.last = std::max(place->second.last, published);
    ++place->second.articles;
  }
  // The last matching article first, then by id.
  struct Row {
    Date last;
    StoryId id;
    std::uint32_t story;
    std::uint64_t articles;
  };
  std::vector<Row> Sorted() const {
    std::vector<Row> rows;
    rows.reserve(stories_.size());
    for (const auto& [story, matching] : stories_) {
      rows.push_back({matching.last, index_.IdOf(story), story, matching.articles});
    }
    std::sort(rows.begin(), rows.end(),
              [](const Row& a, const Row& b) { return std::tie(b.last, a.id) < std::tie(a.last, b.id); });
    return rows;
  }

 private:
  const StoryIndex& index_;
  std::map<std::uint32_t, Matching> stories_;
};

// False: there are more articles than are looked through.
Answer<bool> CollectOfEntity(Session& session, const StoriesRequest& request, EntityId entity, Collected& collected) {
  std::string resume;
  std::size_t seen = 0;
  do {
    MAILUO_ANSWER(const auto page,
                  session.reader().Mentions(entity, {request.days.from, request.days.to}, resume, kPostingsPerPage));
    for (const store::MentionPosting& posting : page.items) {
      if (posting.published) collected.Add(posting.article, *posting.published);
    }
    seen += page.items.size();
    resume = page.resume;
    MAILUO_ANSWER_CHECK(session.CheckDeadline());
  } while (!resume.empty() && seen < kMaxMatching);
  return resume.empty();
}

void CollectAll(const Session& session, const StoryIndex& index, const DayRange& days, Collected& collected) {
  const auto& as_of = session.reader().as_of();
  for (std::uint32_t story = 0; story < index.size(); ++story) {
    for (const Member& member : index.Members(story)) {
      if (as_of && *as_of < member.published) break;
      if ((days.from && member.published < *days.from) || (days.to && *days.to < member.published)) continue;
      collected.Add(member.article, member.published);
    }
  }
}

Answer<ArticleItem> ArticleOf(Session& session, const ArticleId& id) {
  MAILUO_ANSWER(auto meta, session.reader().GetMeta(id));
  if (!meta) return Refuse({ProblemKind::kInternal, "a story names an article that is not there", {}, {}, {}});
  return ArticleItem{std::move(meta->article), meta->text_bytes, meta->sentences,
                     meta->mentions,           meta->events,     meta->relations};
}

Answer<void> FillHappenings(Session& session, const std::vector<Member>& members, StoryResult& result) {
  std::map<std::uint32_t, std::vector<Member>> happenings;  // Numbered in order of their first articles.
  for (const Member& member : members) happenings[member.happening].push_back(member);
  for (const auto& [number, reports] : happenings) {
    HappeningItem item;
    item.from = reports.front().published;
    item.to = reports.back().published;
    std::vector<store::ArticleRef> refs;
    refs.reserve(reports.size());
    for (const Member& member : reports) refs.push_back({member.article, member.published});
    MAILUO_ANSWER(const auto copy_of, session.reader().GroupCopies(refs));
    std::map<std::size_t, std::size_t> shown;  // Of each first of its copies: where it stands.
    for (std::size_t i = 0; i < reports.size(); ++i) {
      if (copy_of[i] != i) {
        item.reports[shown.at(copy_of[i])].copies.push_back(reports[i].article);
        continue;
      }
      shown.emplace(i, item.reports.size());
      MAILUO_ANSWER(ArticleItem article, ArticleOf(session, reports[i].article));
      item.reports.push_back({std::move(article), {}});
    }
    result.happenings.push_back(std::move(item));
  }
  return {};
}

Answer<void> FillEvents(Session& session, const std::vector<Member>& members, StoryResult& result) {
  std::vector<store::EventPosting> postings;
  for (const Member& member : members) {
    MAILUO_ANSWER(const auto stored, session.Article(member.article));
    const auto& events = stored->annotation.events;
    for (std::uint32_t number = 0; number < events.size(); ++number) {
      const Event& event = events[number];
      postings.push_back({store::MakeEventId(event, member.article, number), member.article, number, event.type,
                          event.status, event.polarity, member.published, event.time.interval, event.time.precision,
                          event.time.source, event.sentence, event.confidence});
    }
    MAILUO_ANSWER_CHECK(session.CheckDeadline());
  }
  std::vector<EventReports> folded = FoldReports(postings, kEvidenceOfEvent, false);
  // With more events than are shown, those that more articles tell.
  if (folded.size() > kMaxShownEvents) {
    std::stable_sort(folded.begin(), folded.end(),
                     [](const EventReports& a, const EventReports& b) { return a.reports > b.reports; });
    folded.resize(kMaxShownEvents);
    result.complete = false;
  }
  std::sort(folded.begin(), folded.end(), [](const EventReports& a, const EventReports& b) {
    return std::tie(a.day, a.event) < std::tie(b.day, b.event);
  });
  for (const EventReports& reports : folded) {
    MAILUO_ANSWER(EventItem item, MakeEventItem(session, reports, kEvidenceOfEvent));
    result.events.push_back(std::move(item));
  }
  return {};
}

}  // namespace

Answer<StoriesResult> FindStories(Session& session, const StoryIndex& index, const StoriesRequest& request,
                                  const std::optional<EntityMatch>& entity) {
  QuestionHash hash("stories");
  hash.Add(request.as_of).Add(request.entity).Add(request.days.from).Add(request.days.to);
  MAILUO_ANSWER(const std::string after, DecodeCursor(request.page.cursor, hash.value()));
  StoriesResult result;
  result.snapshot = session.MakeSnapshot();
  result.page.limit = request.page.limit;
  Collected collected(index);
  if (entity) {
    result.entities.push_back(*entity);
    MAILUO_ANSWER(result.page.total_exact, CollectOfEntity(session, request, entity->entity.id, collected));
  } else {
    CollectAll(session, index, request.days, collected);
  }
  const std::vector<Collected::Row> rows = collected.Sorted();
  result.page.total = rows.size();
  // A position is a day and an id, as text: they sort as the rows do, whatever has come in since.
  const auto position = [](const Collected::Row& row) { return FormatDate(row.last) + FormatId(row.id); };
  constexpr std::size_t kDayText = 10;
  const auto follows = [&](const Collected::Row& row) {
    if (after.empty()) return true;
    const std::string here = position(row);
    const int days = here.compare(0, kDayText, after, 0, std::min(after.size(), kDayText));
    return days != 0 ? days < 0 : here > after;
  };
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!follows(rows[i])) continue;
    if (result.items.size() == request.page.limit) {
      result.page.next_cursor = EncodeCursor(hash.value(), position(rows[i - 1]));
      break;
    }
    MAILUO_ANSWER(StoryItem item, MakeItem(session, index, rows[i].story, rows[i].articles));
    result.items.push_back(std::move(item));
  }
  return result;
}

Answer<StoryResult> ReadStory(Session& session, const StoryIndex& index, const StoryRequest& request) {
  const auto story = index.Find(request.story);
  std::vector<Member> members;
  if (story) members = MembersUntil(index, *story, session.reader().as_of());
  if (members.empty()) {
    return Refuse({ProblemKind::kNotFound, "no such story: " + FormatId(request.story), "id", {}, {}});
  }
  StoryResult result;
  result.snapshot = session.MakeSnapshot();
  MAILUO_ANSWER(result.story, MakeItem(session, index, *story, members.size()));
  if (members.size() > kMaxShownArticles) {
    members.erase(members.begin(), members.end() - static_cast<std::ptrdiff_t>(kMaxShownArticles));
    result.complete = false;
  }
  MAILUO_ANSWER_CHECK(FillHappenings(session, members, result));
  MAILUO_ANSWER_CHECK(FillEvents(session, members, result));
  return result;
}

}  // namespace mailuo::query
