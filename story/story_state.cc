// What a StoryBuilder knows, as bytes: to go on with the stories of yesterday without making those of all days anew.
#include "core/bytes.h"
#include "story/story_builder.h"

namespace mailuo::story {
namespace {

// Another number for other bytes, and for another way to find stories or features.
constexpr std::uint8_t kStateVersion = 1;

constexpr std::size_t kFeatureIds = std::size_t{1} << kFeatureBits;
constexpr std::int64_t kMaxSum = std::int64_t{1} << 31;  // Far beyond what any story reaches; its square still fits.

void WriteFeatures(ByteWriter& writer, const std::vector<Feature>& features) {
  writer.Varint(features.size());
  std::uint32_t least = 0;
  for (const Feature& feature : features) {
    writer.Varint(feature.id - least);
    writer.Byte(feature.weight);
    least = feature.id + 1;
  }
}

std::vector<Feature> ReadFeatures(ByteReader& reader) {
  std::vector<Feature> features(reader.Count(2));
  std::uint32_t least = 0;
  for (Feature& feature : features) {
    feature.id = least + static_cast<std::uint32_t>(reader.Varint(kFeatureIds - 1));
    feature.weight = reader.Byte();
    if (feature.id >= kFeatureIds || feature.weight == 0 || feature.weight > kMaxFeatureWeight) reader.Fail();
    if (!reader.ok()) return {};
    least = feature.id + 1;
  }
  if (features.size() > kMaxFeatures) reader.Fail();
  return features;
}

}  // namespace

std::string StoryBuilder::Save(std::int32_t next_day) const {
  std::string bytes;
  ByteWriter writer(bytes);
  writer.Byte(kStateVersion);
  writer.Varint(happenings_);
  writer.Varint(stories_.size());
  for (const Story& story : stories_) {
    writer.Varint(story.articles);
    writer.Varint(story.terms.size());
    std::uint32_t least = 0;
    for (const Term& term : story.terms) {
      writer.Varint(term.id - least);
      writer.Varint(term.articles);
      writer.Signed(term.sum);
      least = term.id + 1;
    }
    std::vector<const Member*> recent;
    for (const Member& member : story.recent) {
      if (next_day - member.day <= kHappeningDays) recent.push_back(&member);
    }
    writer.Varint(recent.size());
    for (const Member* member : recent) {
      writer.Signed(member->day);
      writer.Varint(member->happening);
      WriteFeatures(writer, member->features);
    }
  }
  for (const std::vector<std::uint32_t>& stories : stories_of_) {
    writer.Varint(stories.size());
    std::int64_t before = 0;
    for (const std::uint32_t story : stories) {
      writer.Signed(story - before);
      before = story;
    }
  }
  return bytes;
}

std::optional<StoryBuilder> StoryBuilder::Load(std::string_view bytes) {
  ByteReader reader(bytes);
  if (reader.Byte() != kStateVersion) return std::nullopt;
  StoryBuilder builder;
  builder.happenings_ = reader.Varint32();
  builder.stories_.resize(reader.Count(3));
  for (Story& story : builder.stories_) {
    story.articles = reader.Varint32();
    story.terms.resize(reader.Count(3));
    std::uint32_t least = 0;
    for (Term& term : story.terms) {
      term.id = least + static_cast<std::uint32_t>(reader.Varint(kFeatureIds - 1));
      term.articles = reader.Varint32();
      term.sum = reader.Signed();
      if (term.id >= kFeatureIds || term.articles == 0 || term.sum < 0 || term.sum > kMaxSum) reader.Fail();
      if (!reader.ok()) return std::nullopt;
      story.square += term.sum * term.sum;
      least = term.id + 1;
    }
    story.recent.resize(reader.Count(3));
    for (Member& member : story.recent) {
      member.day = static_cast<std::int32_t>(reader.Signed());
      member.happening = reader.Varint32();
      member.features = ReadFeatures(reader);
      if (!reader.ok() || member.happening >= builder.happenings_) return std::nullopt;
    }
  }
  for (std::vector<std::uint32_t>& stories : builder.stories_of_) {
    stories.resize(reader.Count(1));
    std::int64_t story = 0;
    for (std::uint32_t& number : stories) {
      story += reader.Signed();
      if (!reader.ok() || story < 0 || story >= static_cast<std::int64_t>(builder.stories_.size())) return std::nullopt;
      number = static_cast<std::uint32_t>(story);
    }
  }
  if (!reader.Complete()) return std::nullopt;
  builder.overlap_.resize(builder.stories_.size());
  return builder;
}

}  // namespace mailuo::story
