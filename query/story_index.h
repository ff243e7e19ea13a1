// Which story each article of a store belongs to. Internal to query/.
//
// As of an earlier day nothing has to be made anew: later articles only join stories (story/story_builder.h), so a view
// of that day leaves them out.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/date.h"
#include "core/ids.h"

namespace mailuo::query {

// Thread safety: const after it is made.
class StoryIndex {
 public:
  struct Member {
    ArticleId article;
    Date published;
    std::uint32_t happening = 0;  // Numbered in order of first articles, over all stories.
  };
  struct Placed {
    Member member;
    std::uint32_t story = 0;
  };

  StoryIndex() = default;
  // REQUIRES: the articles of each story are in order of publication; every story below the highest has one.
  explicit StoryIndex(const std::vector<Placed>& placed);

  // Nothing for an id that is not known.
  std::optional<std::uint32_t> Find(StoryId story) const;
  // Nothing for an article that is not known or has no day.
  std::optional<std::uint32_t> StoryOf(const ArticleId& article) const;
  StoryId IdOf(std::uint32_t story) const { return MakeStoryId(members_[begins_[story]].article); }
  // In order of publication.
  std::span<const Member> Members(std::uint32_t story) const {
    return std::span(members_).subspan(begins_[story], begins_[story + 1] - begins_[story]);
  }
  std::uint32_t size() const { return static_cast<std::uint32_t>(begins_.size() - 1); }
  std::size_t articles() const { return members_.size(); }

  std::string Encode() const;
  // Nothing for bytes that no Encode gives.
  static std::optional<StoryIndex> Decode(std::string_view bytes);

 private:
  std::uint32_t StoryAt(std::uint32_t position) const;
  void SortIds();

  std::vector<Member> members_;                                 // Story after story.
  std::vector<std::uint32_t> begins_{0};                        // Of each story in members_, and the end.
  std::vector<std::uint32_t> by_article_;                       // Positions in members_, by article id.
  std::vector<std::pair<std::uint64_t, std::uint32_t>> by_id_;  // Story ids and numbers.
};

}  // namespace mailuo::query
