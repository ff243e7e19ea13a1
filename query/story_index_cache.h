// Keeps the story index of a store's present state, at the least cost. Internal to query/.
//
// Making it anew takes long (docs/STORIES.md), and an article's place depends only on those before it. So beside the
// index is kept what the story builder knew some days ago: after a change of later days the index is made from there.
// Both lie in files of the store's folder, so that a command does not begin from nothing; what days they are about says
// whether they fit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "query/problem.h"
#include "query/story_index.h"
#include "store/reader.h"

namespace mailuo::query {

// Thread safety: may be called from any thread; one makes the index, the others wait.
class StoryIndexCache {
 public:
  // From so many articles put into stories on, the result is worth a file.
  static constexpr std::size_t kWorthKeeping = 2000;

  explicit StoryIndexCache(std::string folder, std::size_t worth_keeping = kWorthKeeping)
      : folder_(std::move(folder)), worth_keeping_(worth_keeping) {}

  // REQUIRES: reader.as_of() is empty: one index serves all days.
  Answer<std::shared_ptr<const StoryIndex>> At(const store::Reader& reader);

  // Articles that were put into stories since the cache was made: what it has cost.
  std::size_t placed() const;

 private:
  using Days = std::vector<store::DayOfArticles>;
  // What the builder knew before `next_day`.
  struct Checkpoint {
    Date next_day;
    std::uint64_t days_hash = 0;  // Of the days before.
    std::string builder;
  };

  void LoadIndex();
  void LoadCheckpoint();
  void Keep(bool new_checkpoint) const;
  Answer<void> Make(const store::Reader& reader, const Days& days);

  const std::string folder_;
  const std::size_t worth_keeping_;
  mutable std::mutex mutex_;
  std::optional<std::uint64_t> sequence_;  // That index_ is known to be of.
  std::shared_ptr<const StoryIndex> index_;
  Days days_;  // That index_ is of.
  std::optional<Checkpoint> checkpoint_;
  bool looked_for_index_ = false;
  bool looked_for_checkpoint_ = false;
  std::size_t placed_ = 0;
};

}  // namespace mailuo::query
