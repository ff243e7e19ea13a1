// Which story each article of a store belongs to: read from the signatures in the order of publication. Internal to
// query/.
//
// As of an earlier day nothing has to be made anew: later articles only join stories (story/story_builder.h), so a view
// of that day leaves them out.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "query/problem.h"
#include "store/reader.h"
#include "story/story_builder.h"

namespace mailuo::query {

// Thread safety: const after it is made.
class StoryIndex {
 public:
  struct Member {
    ArticleId article;
    Date published;
    std::uint32_t happening = 0;
  };

  void Add(const store::SignedArticle& article);

  // Members in order of publication. Nothing for an id that is not known.
  std::optional<std::uint32_t> Find(StoryId story) const;
  // Nothing for an article that is not known or has no day.
  std::optional<std::uint32_t> StoryOf(const ArticleId& article) const;
  StoryId IdOf(std::uint32_t story) const { return MakeStoryId(stories_[story].front().article); }
  const std::vector<Member>& Members(std::uint32_t story) const { return stories_[story]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(stories_.size()); }

 private:
  struct HashOfId {
    std::size_t operator()(const ArticleId& id) const { return static_cast<std::size_t>(id.low); }
  };
  story::StoryBuilder builder_;
  std::vector<std::vector<Member>> stories_;
  std::unordered_map<ArticleId, std::uint32_t, HashOfId> story_of_;
  std::unordered_map<std::uint64_t, std::uint32_t> by_id_;
};

// The index of the state asked last. Thread safety: may be called from any thread; one makes it, the others wait.
class StoryIndexCache {
 public:
  // REQUIRES: reader.as_of() is empty: one index serves all days.
  Answer<std::shared_ptr<const StoryIndex>> At(const store::Reader& reader);

 private:
  std::mutex mutex_;
  std::uint64_t sequence_ = 0;
  std::shared_ptr<const StoryIndex> index_;
};

}  // namespace mailuo::query
