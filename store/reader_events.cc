// Events: timelines of entities, events by day, reports of one event.
#include <algorithm>
#include <functional>

#include "store/contribution.h"
#include "store/keys.h"
#include "store/reader.h"
#include "store/records.h"
#include "store/scan.h"
#include "store/view.h"

namespace mailuo::store {
namespace {

constexpr char kTimelineQuestion = 't';
constexpr char kPublishedTimelineQuestion = 'p';
constexpr char kDayQuestion = 'd';
constexpr char kReportsQuestion = 'r';
constexpr std::size_t kPlaceSize = 3 + 16 + 2;
constexpr std::size_t kTimelinePositionSize = 3 + 8 + kPlaceSize;
constexpr std::size_t kDayPositionSize = 3 + 1 + 8 + kPlaceSize;
constexpr std::size_t kMentionPositionSize = 3 + 16;

// A posting and the position to resume behind it.
using Visit = std::function<bool(const EventPosting&, std::string_view position)>;

// The cheap tests of a filter.
class FactsFilter {
 public:
  explicit FactsFilter(const EventFilter& filter)
      : types_(filter.types), statuses_(filter.statuses), min_confidence_(Hundredths(filter.min_confidence)) {}
  bool Admits(const EventFacts& facts) const {
    return types_.Admits(facts.type) && statuses_.Admits(facts.status) && facts.confidence >= min_confidence_;
  }
  bool AdmitsType(EventType type) const { return types_.Admits(type); }

 private:
  EnumSet<EventType> types_;
  EnumSet<FactStatus> statuses_;
  std::uint8_t min_confidence_;
};

EventPosting MakePosting(EventId event, const PostingPlace& place, const EventFacts& facts) {
  EventPosting posting;
  posting.event = event;
  posting.article = place.article;
  posting.number = place.number;
  posting.type = facts.type;
  posting.status = facts.status;
  posting.polarity = facts.polarity;
  posting.published = DayOfNumber(place.published);
  posting.interval = facts.interval;
  posting.precision = facts.precision;
  posting.source = facts.source;
  posting.sentence = facts.sentence;
  posting.confidence = FromHundredths(facts.confidence);
  return posting;
}

Result<std::string> ParsePosition(char question, std::string_view resume, std::size_t size) {
  MAILUO_ASSIGN_OR_RETURN(std::string position, ParseResume(question, resume));
  if (!position.empty() && position.size() != size) return ParseResume(question, "?").error();
  return position;
}

// One walk over event postings: whose, in which state, through which filter.
class EventWalk {
 public:
  EventWalk(const EngineView& view, const std::optional<Date>& as_of, const EventFilter& filter)
      : view_(view), published_({}, as_of), filter_(filter), facts_filter_(filter) {}

  Status Timeline(EntityId entity, std::string_view position, const Visit& visit) const {
    const std::string prefix = EntityPrefix(Space::kTimeline, entity);
    RangeScan scan(view_, DaysOf(prefix, EventDays()), filter_.order, position);
    for (; scan.valid(); scan.Next()) {
      const auto key = ParseTimelineKey(scan.key());
      if (!key) return Damaged(scan.key());
      if (!published_.Admits(key->place.published)) continue;
      const auto facts = DecodeEventFacts(scan.value());
      if (!facts) return Damaged(scan.key());
      if (!facts_filter_.Admits(*facts)) continue;
      if (!visit(MakePosting(key->event, key->place, *facts), scan.key().substr(prefix.size()))) break;
    }
    return scan.status();
  }

  Status Day(std::string_view position, const Visit& visit) const {
    const std::string prefix = SpacePrefix(Space::kDay);
    RangeScan scan(view_, DaysOf(prefix, EventDays()), filter_.order, position);
    while (scan.valid()) {
      const auto key = ParseDayKey(scan.key());
      if (!key) return Damaged(scan.key());
      if (!facts_filter_.AdmitsType(key->type)) {
        scan.SkipPast(std::string(scan.key().substr(0, prefix.size() + 3 + 1)));
        continue;
      }
      if (published_.Admits(key->place.published)) {
        const auto facts = DecodeEventFacts(scan.value());
        if (!facts) return Damaged(scan.key());
        if (facts_filter_.Admits(*facts) &&
            !visit(MakePosting(key->event, key->place, *facts), scan.key().substr(prefix.size()))) {
          break;
        }
      }
      scan.Next();
    }
    return scan.status();
  }

  // Reads the mention space, where each article of the entity lists the events that the entity takes part in.
  Status PublishedTimeline(EntityId entity, std::string_view position, const Visit& visit) const {
    const std::string prefix = EntityPrefix(Space::kMention, entity);
    RangeScan scan(view_, MentionsFrom(prefix, position), filter_.order, {});
    for (; scan.valid(); scan.Next()) {
      const auto key = ParseMentionKey(scan.key());
      auto facts = key ? DecodeMentionFacts(scan.value()) : std::nullopt;
      if (!facts) return Damaged(scan.key());
      if (filter_.order == Order::kOldestFirst) std::reverse(facts->events.begin(), facts->events.end());
      for (const MentionFacts::EventRef& ref : facts->events) {
        if (!facts_filter_.Admits(ref.facts)) continue;
        const PostingPlace place{key->published, key->article, static_cast<std::uint16_t>(ref.number)};
        const std::string here = Position(*key, place.number);
        if (!position.empty() && (filter_.order == Order::kNewestFirst ? here <= position : here >= position)) continue;
        if (!visit(MakePosting(ref.event, place, ref.facts), here)) return scan.status();
      }
    }
    return scan.status();
  }

 private:
  // Undated events only where the filter asks for no days.
  DayWindow EventDays() const { return DayWindow({filter_.from, filter_.to}, std::nullopt); }

  // The mention keys of the filter's days, from that of `position` on, which may have further events.
  KeySpan MentionsFrom(const std::string& prefix, std::string_view position) const {
    std::optional<Date> as_of;
    if (!published_.everything()) as_of = DayOfNumber(published_.last());
    KeySpan span = DaysOf(prefix, DayWindow({filter_.from, filter_.to}, as_of));
    if (position.empty()) return span;
    const std::string key = prefix + std::string(position.substr(0, kMentionPositionSize));
    if (filter_.order == Order::kNewestFirst) {
      span.first = std::max(span.first, key);
    } else {
      const std::string end = key + '\0';
      span.end = span.end.empty() ? end : std::min(span.end, end);
    }
    return span;
  }

  static std::string Position(const MentionKey& key, std::uint16_t number) {
    std::string position = Encode(key).substr(1 + 8);
    position += static_cast<char>(number >> 8);
    position += static_cast<char>(number & 0xFF);
    return position;
  }

  const EngineView& view_;
  DayWindow published_;
  EventFilter filter_;
  FactsFilter facts_filter_;
};

// Fills a page from a walk.
class PostingPager {
 public:
  PostingPager(char question, std::size_t limit) : question_(question), limit_(limit) {}
  bool operator()(const EventPosting& posting, std::string_view position) {
    if (page_.items.size() == limit_) {
      page_.resume = MakeResume(question_, last_);
      return false;
    }
    page_.items.push_back(posting);
    last_ = position;
    return true;
  }
  Page<EventPosting> Take() { return std::move(page_); }

 private:
  char question_;
  std::size_t limit_;
  Page<EventPosting> page_;
  std::string last_;
};

bool IsBetter(const EventPosting& a, const EventPosting& b) {
  if (a.confidence != b.confidence) return a.confidence > b.confidence;
  if (a.published != b.published) {
    if (!a.published || !b.published) return a.published.has_value();
    return *a.published < *b.published;
  }
  return a.article != b.article ? a.article < b.article : a.number < b.number;
}

// Folds neighbours of one event into groups.
class GroupPager {
 public:
  GroupPager(char question, std::size_t limit, std::size_t max_evidence)
      : question_(question), limit_(limit), max_evidence_(max_evidence) {}
  bool operator()(const EventPosting& posting, std::string_view position) {
    if (page_.items.empty() || page_.items.back().event != posting.event) {
      if (page_.items.size() == limit_) {
        page_.resume = MakeResume(question_, last_);
        return false;
      }
      EventGroup& group = page_.items.emplace_back();
      group.event = posting.event;
      group.day = posting.day();
      group.best = posting;
    }
    Add(page_.items.back(), posting);
    last_ = position;
    return true;
  }
  Page<EventGroup> Take() { return std::move(page_); }

 private:
  // One article that tells an event in several sentences reports it once; its postings are neighbours.
  void Add(EventGroup& group, const EventPosting& posting) {
    if (group.reports == 0 || posting.article != last_article_) {
      ++group.reports;
      if (group.articles.size() < kMaxGroupArticles) group.articles.push_back({posting.article, posting.published});
    }
    last_article_ = posting.article;
    if (posting.published && (!group.first_published || *posting.published < *group.first_published)) {
      group.first_published = posting.published;
    }
    if (IsBetter(posting, group.best)) group.best = posting;
    if (group.evidence.size() < max_evidence_) group.evidence.push_back(posting);
  }

  char question_;
  std::size_t limit_;
  std::size_t max_evidence_;
  Page<EventGroup> page_;
  ArticleId last_article_;
  std::string last_;
};

Status RequireEventOrder(const EventFilter& filter) {
  if (filter.field == TimeField::kEvent) return {};
  return Error{ErrorCode::kInvalidArgument, "events can be grouped, and listed without an entity, by event day only"};
}

}  // namespace

Result<Page<EventPosting>> Reader::Timeline(EntityId id, const EventFilter& filter, std::string_view resume,
                                            std::size_t limit) const {
  const EventWalk walk(view_->engine(), as_of_, filter);
  if (filter.field == TimeField::kPublished) {
    MAILUO_ASSIGN_OR_RETURN(const std::string position,
                            ParsePosition(kPublishedTimelineQuestion, resume, kMentionPositionSize + 2));
    PostingPager pager(kPublishedTimelineQuestion, limit);
    MAILUO_RETURN_IF_ERROR(walk.PublishedTimeline(id, position, std::ref(pager)));
    return pager.Take();
  }
  MAILUO_ASSIGN_OR_RETURN(const std::string position, ParsePosition(kTimelineQuestion, resume, kTimelinePositionSize));
  PostingPager pager(kTimelineQuestion, limit);
  MAILUO_RETURN_IF_ERROR(walk.Timeline(id, position, std::ref(pager)));
  return pager.Take();
}

Status Reader::VisitTimeline(EntityId id, const EventFilter& filter, const Visitor<EventPosting>& visit) const {
  const EventWalk walk(view_->engine(), as_of_, filter);
  const Visit each = [&visit](const EventPosting& posting, std::string_view) { return visit(posting); };
  return filter.field == TimeField::kPublished ? walk.PublishedTimeline(id, {}, each) : walk.Timeline(id, {}, each);
}

Result<Page<EventGroup>> Reader::TimelineGroups(EntityId id, const EventFilter& filter, std::string_view resume,
                                                std::size_t limit, std::size_t max_evidence) const {
  MAILUO_RETURN_IF_ERROR(RequireEventOrder(filter));
  MAILUO_ASSIGN_OR_RETURN(const std::string position, ParsePosition(kTimelineQuestion, resume, kTimelinePositionSize));
  GroupPager pager(kTimelineQuestion, limit, max_evidence);
  MAILUO_RETURN_IF_ERROR(EventWalk(view_->engine(), as_of_, filter).Timeline(id, position, std::ref(pager)));
  return pager.Take();
}

Result<Page<EventPosting>> Reader::Events(const EventFilter& filter, std::string_view resume, std::size_t limit) const {
  MAILUO_RETURN_IF_ERROR(RequireEventOrder(filter));
  MAILUO_ASSIGN_OR_RETURN(const std::string position, ParsePosition(kDayQuestion, resume, kDayPositionSize));
  PostingPager pager(kDayQuestion, limit);
  MAILUO_RETURN_IF_ERROR(EventWalk(view_->engine(), as_of_, filter).Day(position, std::ref(pager)));
  return pager.Take();
}

Result<Page<EventGroup>> Reader::EventGroups(const EventFilter& filter, std::string_view resume, std::size_t limit,
                                             std::size_t max_evidence) const {
  MAILUO_RETURN_IF_ERROR(RequireEventOrder(filter));
  MAILUO_ASSIGN_OR_RETURN(const std::string position, ParsePosition(kDayQuestion, resume, kDayPositionSize));
  GroupPager pager(kDayQuestion, limit, max_evidence);
  MAILUO_RETURN_IF_ERROR(EventWalk(view_->engine(), as_of_, filter).Day(position, std::ref(pager)));
  return pager.Take();
}

Result<Page<EventPosting>> Reader::EventReports(EventId event, std::string_view resume, std::size_t limit) const {
  MAILUO_ASSIGN_OR_RETURN(const std::string position, ParsePosition(kReportsQuestion, resume, kPlaceSize));
  const std::string prefix = EventPrefix(event);
  RangeScan scan(view_->engine(), DaysOf(prefix, DayWindow({}, as_of_)), Order::kNewestFirst, position);
  PostingPager pager(kReportsQuestion, limit);
  for (; scan.valid(); scan.Next()) {
    const auto key = ParseEventKey(scan.key());
    const auto facts = key ? DecodeEventFacts(scan.value()) : std::nullopt;
    if (!facts) return Damaged(scan.key());
    if (!pager(MakePosting(event, key->place, *facts), scan.key().substr(prefix.size()))) break;
  }
  MAILUO_RETURN_IF_ERROR(scan.status());
  return pager.Take();
}

}  // namespace mailuo::store
