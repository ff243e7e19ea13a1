#include "query/story_index.h"

#include "query/session.h"

namespace mailuo::query {

void StoryIndex::Add(const store::SignedArticle& article) {
  const story::Place place = builder_.Add(article.published.days, article.features);
  if (place.story == stories_.size()) {
    stories_.emplace_back();
    by_id_.emplace(MakeStoryId(article.article).value, place.story);
  }
  stories_[place.story].push_back({article.article, article.published, place.happening});
  story_of_.emplace(article.article, place.story);
}

std::optional<std::uint32_t> StoryIndex::Find(StoryId story) const {
  const auto found = by_id_.find(story.value);
  return found == by_id_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::uint32_t> StoryIndex::StoryOf(const ArticleId& article) const {
  const auto found = story_of_.find(article);
  return found == story_of_.end() ? std::nullopt : std::optional(found->second);
}

Answer<std::shared_ptr<const StoryIndex>> StoryIndexCache::At(const store::Reader& reader) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!index_ || sequence_ != reader.sequence()) {
    auto index = std::make_shared<StoryIndex>();
    MAILUO_ANSWER_CHECK(reader.VisitSignatures([&index](const store::SignedArticle& article) {
      index->Add(article);
      return true;
    }));
    index_ = std::move(index);
    sequence_ = reader.sequence();
  }
  return index_;
}

}  // namespace mailuo::query
