// The questions that Mailuo answers, over one store and the lexicon. Knows nothing of URLs, JSON or terminals.
//
// Every answer is read from one snapshot and, with as_of, from nothing published later. Answers are deterministic:
// equal stores give equal answers, in equal order. Costs are bounded: pages by `limit`, searches by caps that the
// answer admits to (`total_exact`, `complete`).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lexicon/lexicon.h"
#include "query/problem.h"
#include "query/requests.h"
#include "query/results.h"

namespace mailuo::store {
class Store;
}

namespace mailuo::query {

// Thread safety: every method may be called from any thread.
class Engine {
 public:
  // `store` must outlive the engine.
  Engine(const store::Store& store, std::shared_ptr<const lexicon::Lexicon> lexicon);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // Of the store's state: answers to the same question at the same sequence are equal.
  std::uint64_t Sequence() const;

  // The one entity that `text` stands for. Tried in the order of MatchReason, up to kInitials; of several entities that
  // match equally well, one that articles mention beats those that none does. kUnknownEntity with similar names,
  // kAmbiguousEntity with those that match; `parameter` is named in them.
  Answer<EntityMatch> Find(std::string_view text, const Common& common = {},
                           std::string_view parameter = "entity") const;
  // Everything that `q` may stand for, best first.
  Answer<EntitiesResult> Entities(const EntitiesRequest& request) const;
  Answer<EntityResult> Entity(const EntityRequest& request) const;

  Answer<TimelineResult> Timeline(const TimelineRequest& request) const;
  Answer<EventsResult> Events(const EventsRequest& request) const;
  Answer<EventResult> Event(const EventRequest& request) const;
  Answer<DayResult> Day(const DayRequest& request) const;

  Answer<RelationsResult> Relations(const RelationsRequest& request) const;
  Answer<PathsResult> Paths(const PathsRequest& request) const;
  Answer<SubgraphResult> Subgraph(const SubgraphRequest& request) const;
  Answer<CooccurrenceResult> Cooccurrence(const CooccurrenceRequest& request) const;

  // Operations on entities themselves: operations.h.
  Answer<OperationsResult> Operations(const OperationsRequest& request) const;

  Answer<ArticlesResult> Articles(const ArticlesRequest& request) const;
  Answer<ArticleResult> Article(const ArticleRequest& request) const;

  // The first question after a change of the store waits until the stories are brought up to date; they are kept in
  // the store's folder where making them took long.
  Answer<StoriesResult> Stories(const StoriesRequest& request) const;
  Answer<StoryResult> Story(const StoryRequest& request) const;

  Answer<StatsResult> Stats(const Common& common = {}) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace mailuo::query
