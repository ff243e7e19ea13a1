#include "query/story_index_cache.h"

#include <algorithm>
#include <utility>

#include "core/bytes.h"
#include "query/session.h"
#include "store/derived_file.h"
#include "story/story_builder.h"

namespace mailuo::query {
namespace {

constexpr std::string_view kIndexFile = "STORIES";
constexpr std::string_view kCheckpointFile = "STORIES-CHECKPOINT";
constexpr std::uint8_t kFileVersion = 2;  // Another number for other bytes, features or places.

// The checkpoint stands before the last days that have articles: late ones of these days are no reason to begin anew.
constexpr std::size_t kOpenDays = 4;

using Days = std::vector<store::DayOfArticles>;

std::string EncodeDays(const Days& days) {
  std::string bytes;
  ByteWriter writer(bytes);
  writer.Varint(days.size());
  for (const store::DayOfArticles& day : days) {
    writer.Signed(day.day.days);
    writer.Varint(day.articles);
    writer.Fixed(day.fingerprint, sizeof day.fingerprint);
  }
  return bytes;
}

Days DecodeDays(ByteReader& reader) {
  Days days(reader.Count(2 + sizeof(std::uint64_t)));
  for (store::DayOfArticles& day : days) {
    day.day = Date{static_cast<std::int32_t>(reader.Signed())};
    day.articles = reader.Varint();
    day.fingerprint = reader.Fixed(sizeof day.fingerprint);
  }
  return days;
}

std::uint64_t HashOfDaysBefore(const Days& days, Date end) {
  const auto last =
      std::find_if(days.begin(), days.end(), [end](const store::DayOfArticles& day) { return day.day >= end; });
  return StableHash64(EncodeDays(Days(days.begin(), last)));
}

}  // namespace

void StoryIndexCache::LoadIndex() {
  if (std::exchange(looked_for_index_, true)) return;
  const auto bytes = store::ReadDerivedFile(folder_, kIndexFile, kFileVersion);
  if (!bytes) return;
  ByteReader reader(*bytes);
  Days days = DecodeDays(reader);
  if (!reader.ok()) return;
  auto index = StoryIndex::Decode(reader.Rest());
  if (!index) return;
  index_ = std::make_shared<const StoryIndex>(*std::move(index));
  days_ = std::move(days);
}

void StoryIndexCache::LoadCheckpoint() {
  if (std::exchange(looked_for_checkpoint_, true)) return;
  const auto bytes = store::ReadDerivedFile(folder_, kCheckpointFile, kFileVersion);
  if (!bytes) return;
  ByteReader reader(*bytes);
  Checkpoint checkpoint;
  checkpoint.next_day = Date{static_cast<std::int32_t>(reader.Signed())};
  checkpoint.days_hash = reader.Fixed(sizeof checkpoint.days_hash);
  checkpoint.builder = std::string(reader.Rest());
  if (reader.ok()) checkpoint_ = std::move(checkpoint);
}

void StoryIndexCache::Keep(bool new_checkpoint) const {
  std::string bytes = EncodeDays(days_) + index_->Encode();
  if (!store::WriteDerivedFile(folder_, kIndexFile, kFileVersion, bytes) || !new_checkpoint) return;
  bytes.clear();
  ByteWriter writer(bytes);
  writer.Signed(checkpoint_->next_day.days);
  writer.Fixed(checkpoint_->days_hash, sizeof checkpoint_->days_hash);
  bytes += checkpoint_->builder;
  store::WriteDerivedFile(folder_, kCheckpointFile, kFileVersion, bytes);
}

Answer<void> StoryIndexCache::Make(const store::Reader& reader, const Days& days) {
  LoadCheckpoint();
  std::optional<story::StoryBuilder> builder;
  std::optional<Date> from;
  std::vector<StoryIndex::Placed> placed;
  // The index must be of the same days before the checkpoint as the present state.
  if (index_ && checkpoint_ && HashOfDaysBefore(days, checkpoint_->next_day) == checkpoint_->days_hash &&
      HashOfDaysBefore(days_, checkpoint_->next_day) == checkpoint_->days_hash) {
    builder = story::StoryBuilder::Load(checkpoint_->builder);
  }
  if (builder) {
    from = checkpoint_->next_day;
    placed.reserve(index_->articles());
    for (std::uint32_t story = 0; story < index_->size(); ++story) {
      for (const StoryIndex::Member& member : index_->Members(story)) {
        if (member.published < *from) placed.push_back({member, story});
      }
    }
  } else {
    builder.emplace();
  }
  const std::size_t kept = placed.size();
  const Date open = days.size() > kOpenDays ? days[days.size() - kOpenDays].day : Date{};
  bool new_checkpoint = false;
  const auto pass_checkpoint = [&](Date day) {
    if (days.size() <= kOpenDays || day < open || (from && *from >= open)) return;
    checkpoint_ = Checkpoint{open, HashOfDaysBefore(days, open), builder->Save(open.days)};
    from = open;
    new_checkpoint = true;
  };
  MAILUO_ANSWER_CHECK(reader.VisitSignatures(from, [&](const store::SignedArticle& article) {
    pass_checkpoint(article.published);
    const story::Place place = builder->Add(article.published.days, article.features);
    placed.push_back({{article.article, article.published, place.happening}, place.story});
    return true;
  }));
  index_ = std::make_shared<const StoryIndex>(placed);
  days_ = days;
  placed_ += placed.size() - kept;
  if (placed.size() - kept >= worth_keeping_ && (kept == 0 || new_checkpoint)) Keep(new_checkpoint);
  return {};
}

Answer<std::shared_ptr<const StoryIndex>> StoryIndexCache::At(const store::Reader& reader) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (sequence_ != reader.sequence()) {
    MAILUO_ANSWER(const Days days, reader.PublicationDays());
    LoadIndex();
    if (!index_ || days_ != days) MAILUO_ANSWER_CHECK(Make(reader, days));
    sequence_ = reader.sequence();
  }
  return index_;
}

std::size_t StoryIndexCache::placed() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return placed_;
}

}  // namespace mailuo::query
