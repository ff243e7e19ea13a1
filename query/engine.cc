#include "query/engine.h"

#include <mutex>
#include <optional>
#include <utility>

#include "query/articles.h"
#include "query/cooccurrence.h"
#include "query/entities.h"
#include "query/event_list.h"
#include "query/journal.h"
#include "query/lookup.h"
#include "query/paths.h"
#include "query/relations.h"
#include "query/session.h"
#include "query/stories.h"
#include "query/story_index_cache.h"
#include "query/timeline.h"
#include "store/reader.h"
#include "store/store.h"

namespace mailuo::query {

class Engine::Impl {
 public:
  Impl(const store::Store& store, std::shared_ptr<const lexicon::Lexicon> lexicon)
      : store_(store), lexicon_(std::move(lexicon)), lookup_(*lexicon_), stories_(store.folder()) {}

  Session Start(const Common& common) const { return {store_.Read(common.as_of), *lexicon_, common}; }
  const store::Store& store() const { return store_; }
  const lexicon::Lexicon& lexicon() const { return *lexicon_; }
  const Lookup& lookup() const { return lookup_; }
  StoryIndexCache& stories() const { return stories_; }

  Answer<EntityMatch> Find(Session& session, std::string_view text, std::string_view parameter) const {
    return lookup_.Find(session, text, parameter);
  }
  Answer<std::vector<EntityMatch>> FindAll(Session& session, const std::vector<std::string>& names,
                                           std::string_view parameter) const {
    std::vector<EntityMatch> matches;
    for (const std::string& name : names) {
      MAILUO_ANSWER(EntityMatch match, Find(session, name, parameter));
      matches.push_back(std::move(match));
    }
    return matches;
  }
  Answer<std::optional<EntityMatch>> FindIfGiven(Session& session, std::string_view name,
                                                 std::string_view parameter) const {
    if (name.empty()) return std::optional<EntityMatch>{};
    MAILUO_ANSWER(EntityMatch match, Find(session, name, parameter));
    return std::optional<EntityMatch>(std::move(match));
  }

  // Counting everything reads everything: done once for a state of the store.
  Answer<store::DistinctCounts> Distinct(const Session& session) const {
    const std::lock_guard<std::mutex> lock(distinct_mutex_);
    const std::pair key(session.reader().sequence(), session.reader().as_of());
    if (!distinct_ || distinct_->first != key) {
      MAILUO_ANSWER(const auto counts, session.reader().CountDistinct());
      distinct_.emplace(key, counts);
    }
    return distinct_->second;
  }

 private:
  const store::Store& store_;
  std::shared_ptr<const lexicon::Lexicon> lexicon_;
  Lookup lookup_;
  mutable StoryIndexCache stories_;
  mutable std::mutex distinct_mutex_;
  mutable std::optional<std::pair<std::pair<std::uint64_t, std::optional<Date>>, store::DistinctCounts>> distinct_;
};

Engine::Engine(const store::Store& store, std::shared_ptr<const lexicon::Lexicon> lexicon)
    : impl_(std::make_unique<Impl>(store, std::move(lexicon))) {}
Engine::~Engine() = default;

std::uint64_t Engine::Sequence() const { return impl_->store().Read().sequence(); }

Answer<EntityMatch> Engine::Find(std::string_view text, const Common& common, std::string_view parameter) const {
  Session session = impl_->Start(common);
  if (text.empty() || text.size() > kMaxNameBytes) {
    return Refuse(BadParameter(std::string(parameter), std::string(parameter) + " must be 1 to 512 bytes"));
  }
  return impl_->Find(session, text, parameter);
}

Answer<EntitiesResult> Engine::Entities(const EntitiesRequest& request) const {
  MAILUO_ANSWER_CHECK(request.Validate());
  Session session = impl_->Start(request);
  return FindEntities(session, impl_->lookup(), request);
}

Answer<EntityResult> Engine::Entity(const EntityRequest& request) const {
  MAILUO_ANSWER_CHECK(request.Validate());
  Session session = impl_->Start(request);
  MAILUO_ANSWER(EntityMatch match, impl_->Find(session, request.entity, "entity"));
  return DescribeEntity(session, request, std::move(match));
}

Answer<TimelineResult> Engine::Timeline(const TimelineRequest& request) const {
  MAILUO_ANSWER_CHECK(request.Validate());
  Session session = impl_->Start(request);
  MAILUO_ANSWER(auto entities, impl_->FindAll(session, request.events.entities, "entity"));
  return MakeTimeline(session, request, std::move(entities));
}

Answer<EventsResult> Engine::Events(const EventsRequest& request) const {
  MAILUO_ANSWER_CHECK(request.Validate());
  Session session = impl_->Start(request);
  EventListQuestion question;
  MAILUO_ANSWER(question.entities, impl_->FindAll(session, request.events.entities, "entity"));
  question.selection = &request.events;
  question.order = request.order;
  question.max_evidence = request.max_evidence;
  question.page = &request.page;
  question.hash = HashOf(request.events, request, "events", request.order);
  MAILUO_ANSWER(EventList list, ListEvents(session, question));
  return EventsResult{session.MakeSnapshot(), std::move(question.entities), std::move(list.items),
                      std::move(list.page)};
}

Answer<EventResult> Engine::Event(const EventRequest& request) const {
  Session session = impl_->Start(request);
  return ReadEvent(session, request);
}

Answer<DayResult> Engine::Day(const DayRequest& request) const {
  MAILUO_ANSWER_CHECK(request.Validate());
  Session session = impl_->Start(request);
  return ReadDay(session, request);
}

Answer<RelationsResult> Engine::Relations(const RelationsRequest& request) const {
  MAILUO_ANSWER_CHECK(request.Validate());
  Session session = impl_->Start(request);
  MAILUO_ANSWER(const EntityMatch entity, impl_->Find(session, request.entity, "entity"));
  MAILUO_ANSWER(const auto with, impl_->FindIfGiven(session, request.with, "with"));
  return FindRelations(session, request, entity, with);
}

Answer<PathsResult> Engine::Paths(const PathsRequest& request) const {
  MAILUO_ANSWER_CHECK(request.Validate());
  Session session = impl_->Start(request);
  MAILUO_ANSWER(EntityMatch from, impl_->Find(session, request.from, "from"));
  MAILUO_ANSWER(EntityMatch to, impl_->Find(session, request.to, "to"));
  if (from.entity.id == to.entity.id) {
    return Refuse(BadParameter("to", "from and to are the same entity: " + from.entity.name));
  }
  MAILUO_ANSWER(const auto excluded, impl_->FindAll(session, request.exclude, "exclude"));
  std::vector<EntityId> exclude;
  exclude.reserve(excluded.size());
  for (const EntityMatch& match : excluded) exclude.push_back(match.entity.id);
  return FindPaths(session, request, std::move(from), std::move(to), exclude);
}

Answer<SubgraphResult> Engine::Subgraph(const SubgraphRequest& request) const {
  MAILUO_ANSWER_CHECK(request.Validate());
  Session session = impl_->Start(request);
  MAILUO_ANSWER(const EntityMatch entity, impl_->Find(session, request.entity, "entity"));
  return FindSubgraph(session, request, entity);
}

Answer<CooccurrenceResult> Engine::Cooccurrence(const CooccurrenceRequest& request) const {
  MAILUO_ANSWER_CHECK(request.Validate());
  Session session = impl_->Start(request);
  MAILUO_ANSWER(EntityMatch entity, impl_->Find(session, request.entity, "entity"));
  return FindCooccurrence(session, request, std::move(entity));
}

Answer<OperationsResult> Engine::Operations(const OperationsRequest& request) const {
  MAILUO_ANSWER_CHECK(request.Validate());
  Session session = impl_->Start(request);
  return ListOperations(session, request);
}

Answer<ArticlesResult> Engine::Articles(const ArticlesRequest& request) const {
  MAILUO_ANSWER_CHECK(request.Validate());
  Session session = impl_->Start(request);
  MAILUO_ANSWER(const auto entity, impl_->FindIfGiven(session, request.entity, "entity"));
  return FindArticles(session, request, entity);
}

Answer<ArticleResult> Engine::Article(const ArticleRequest& request) const {
  Session session = impl_->Start(request);
  return ReadArticle(session, request);
}

Answer<StoriesResult> Engine::Stories(const StoriesRequest& request) const {
  MAILUO_ANSWER_CHECK(request.Validate());
  Session session = impl_->Start(request);
  MAILUO_ANSWER(const auto entity, impl_->FindIfGiven(session, request.entity, "entity"));
  MAILUO_ANSWER(const auto index, impl_->stories().At(session.reader().AsOf(std::nullopt)));
  return FindStories(session, *index, request, entity);
}

Answer<StoryResult> Engine::Story(const StoryRequest& request) const {
  Session session = impl_->Start(request);
  MAILUO_ANSWER(const auto index, impl_->stories().At(session.reader().AsOf(std::nullopt)));
  return ReadStory(session, *index, request);
}

Answer<StatsResult> Engine::Stats(const Common& common) const {
  Session session = impl_->Start(common);
  MAILUO_ANSWER(const auto totals, session.reader().GetTotals());
  MAILUO_ANSWER(const auto distinct, impl_->Distinct(session));
  MAILUO_ANSWER(const auto info, impl_->store().Info());
  StatsResult result;
  result.snapshot = session.MakeSnapshot();
  result.articles = totals.articles;
  result.sentences = totals.sentences;
  result.mentions = totals.mentions;
  result.event_reports = totals.events;
  result.relation_statements = totals.relations;
  result.first_published = totals.first_published;
  result.last_published = totals.last_published;
  result.entities = distinct.entities;
  result.events = distinct.events;
  result.relations = distinct.edges;
  for (int type = 1; type <= kMentionTypeCount; ++type) {
    result.entities_by_type.emplace_back(static_cast<MentionType>(type),
                                         distinct.entities_by_type.at(static_cast<std::size_t>(type)));
  }
  for (const EventTypeInfo& type : EventTypes()) {
    result.events_by_type.emplace_back(type.type, distinct.events_by_type.at(static_cast<std::size_t>(type.type)));
  }
  for (const RelationTypeInfo& type : RelationTypes()) {
    result.relations_by_type.emplace_back(type.type, distinct.edges_by_type.at(static_cast<std::size_t>(type.type)));
  }
  result.format_version = info.format_version;
  result.lexicon_version = impl_->lexicon().version();
  result.rules_version = info.rules_version;
  result.lexicon_entities = impl_->lexicon().size();
  result.disk_bytes = info.disk_bytes;
  return result;
}

}  // namespace mailuo::query
