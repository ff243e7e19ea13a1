#include "query/story_index.h"

#include <algorithm>
#include <numeric>

#include "core/bytes.h"

namespace mailuo::query {
namespace {

constexpr std::size_t kIdBytes = 8;
constexpr std::size_t kPositionBytes = 4;

}  // namespace

StoryIndex::StoryIndex(const std::vector<Placed>& placed) {
  std::uint32_t stories = 0;
  for (const Placed& article : placed) stories = std::max(stories, article.story + 1);
  begins_.assign(std::size_t{stories} + 1, 0);
  for (const Placed& article : placed) ++begins_[article.story + 1];
  std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
  members_.resize(placed.size());
  std::vector<std::uint32_t> next = begins_;
  for (const Placed& article : placed) members_[next[article.story]++] = article.member;
  by_article_.resize(members_.size());
  std::iota(by_article_.begin(), by_article_.end(), 0U);
  std::sort(by_article_.begin(), by_article_.end(),
            [this](std::uint32_t a, std::uint32_t b) { return members_[a].article < members_[b].article; });
  SortIds();
}

void StoryIndex::SortIds() {
  by_id_.reserve(size());
  for (std::uint32_t story = 0; story < size(); ++story) by_id_.emplace_back(IdOf(story).value, story);
  std::sort(by_id_.begin(), by_id_.end());
}

std::optional<std::uint32_t> StoryIndex::Find(StoryId story) const {
  const auto found = std::lower_bound(by_id_.begin(), by_id_.end(), std::pair(story.value, std::uint32_t{0}));
  if (found == by_id_.end() || found->first != story.value) return std::nullopt;
  return found->second;
}

std::uint32_t StoryIndex::StoryAt(std::uint32_t position) const {
  return static_cast<std::uint32_t>(std::upper_bound(begins_.begin(), begins_.end(), position) - begins_.begin() - 1);
}

std::optional<std::uint32_t> StoryIndex::StoryOf(const ArticleId& article) const {
  const auto found =
      std::lower_bound(by_article_.begin(), by_article_.end(), article,
                       [this](std::uint32_t position, const ArticleId& id) { return members_[position].article < id; });
  if (found == by_article_.end() || members_[*found].article != article) return std::nullopt;
  return StoryAt(*found);
}

std::string StoryIndex::Encode() const {
  std::string bytes;
  ByteWriter writer(bytes);
  writer.Varint(members_.size());
  writer.Varint(size());
  for (std::uint32_t story = 0; story < size(); ++story) {
    const auto members = Members(story);
    writer.Varint(members.size());
    std::int32_t day = 0;
    for (const Member& member : members) {
      writer.Fixed(member.article.high, kIdBytes);
      writer.Fixed(member.article.low, kIdBytes);
      writer.Signed(member.published.days - day);
      writer.Varint(member.happening);
      day = member.published.days;
    }
  }
  for (const std::uint32_t position : by_article_) writer.Fixed(position, kPositionBytes);
  return bytes;
}

std::optional<StoryIndex> StoryIndex::Decode(std::string_view bytes) {
  ByteReader reader(bytes);
  StoryIndex index;
  const std::size_t articles = reader.Count(2 * kIdBytes + 2 + kPositionBytes);
  const std::size_t stories = reader.Count(2 * kIdBytes + 3);
  index.members_.reserve(articles);
  index.begins_.reserve(stories + 1);
  for (std::size_t story = 0; story < stories && reader.ok(); ++story) {
    const std::size_t count = reader.Count(2 * kIdBytes + 2);
    if (count == 0) return std::nullopt;
    std::int64_t day = 0;
    for (std::size_t i = 0; i < count && reader.ok(); ++i) {
      Member member;
      member.article.high = reader.Fixed(kIdBytes);
      member.article.low = reader.Fixed(kIdBytes);
      day += reader.Signed();
      member.published = Date{static_cast<std::int32_t>(day)};
      member.happening = reader.Varint32();
      index.members_.push_back(member);
    }
    index.begins_.push_back(static_cast<std::uint32_t>(index.members_.size()));
  }
  if (!reader.ok() || index.members_.size() != articles) return std::nullopt;
  index.by_article_.reserve(articles);
  for (std::size_t i = 0; i < articles; ++i) {
    const auto position = static_cast<std::uint32_t>(reader.Fixed(kPositionBytes));
    if (position >= articles) return std::nullopt;
    index.by_article_.push_back(position);
  }
  if (!reader.Complete()) return std::nullopt;
  index.SortIds();
  return index;
}

}  // namespace mailuo::query
