#include "core/ids.h"

#include <array>
#include <string>

#include <fmt/core.h>
#define XXH_INLINE_ALL  // NOLINT(readability-identifier-naming): the library names it
#include <xxhash.h>

namespace mailuo {
namespace {

constexpr std::array<std::string_view, kMentionTypeCount + 1> kPrefixes{"",    "co_", "tk_", "pe_", "or_",
                                                                        "po_", "pr_", "pl_", "se_", "ix_"};

std::optional<std::uint64_t> ParseHex16(std::string_view text) {
  if (text.size() != 16) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    unsigned digit = 0;
    if (c >= '0' && c <= '9') {
      digit = static_cast<unsigned>(c - '0');
    } else if (c >= 'a' && c <= 'f') {
      digit = static_cast<unsigned>(c - 'a') + 10;
    } else {
      return std::nullopt;
    }
    value = (value << 4) | digit;
  }
  return value;
}

}  // namespace

std::uint64_t StableHash64(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

ArticleId StableHash128(std::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return {hash.high64, hash.low64};
}

EntityId MakeEntityId(MentionType type, std::string_view normal_form) {
  std::string key;
  key.reserve(normal_form.size() + 1);
  key += static_cast<char>(type);
  key += normal_form;
  const std::uint64_t hash = StableHash64(key);
  return {hash == 0 ? 1 : hash};
}

StoryId MakeStoryId(const ArticleId& first) {
  const std::uint64_t hash = StableHash64(FormatId(first));
  return {hash == 0 ? 1 : hash};
}

std::string FormatId(const ArticleId& id) { return fmt::format("ar_{:016x}{:016x}", id.high, id.low); }
std::string FormatId(EventId id) { return fmt::format("ev_{:016x}", id.value); }
std::string FormatId(StoryId id) { return fmt::format("st_{:016x}", id.value); }
std::string FormatId(MentionType type, EntityId id) {
  return fmt::format("{}{:016x}", kPrefixes.at(static_cast<std::size_t>(type)), id.value);
}

std::optional<ArticleId> ParseArticleId(std::string_view text) {
  if (text.size() != 35 || text.substr(0, 3) != "ar_") return std::nullopt;
  const auto high = ParseHex16(text.substr(3, 16));
  const auto low = ParseHex16(text.substr(19, 16));
  if (!high || !low) return std::nullopt;
  return ArticleId{*high, *low};
}

std::optional<EventId> ParseEventId(std::string_view text) {
  if (text.size() != 19 || text.substr(0, 3) != "ev_") return std::nullopt;
  const auto value = ParseHex16(text.substr(3));
  if (!value) return std::nullopt;
  return EventId{*value};
}

std::optional<StoryId> ParseStoryId(std::string_view text) {
  if (text.size() != 19 || text.substr(0, 3) != "st_") return std::nullopt;
  const auto value = ParseHex16(text.substr(3));
  if (!value || *value == 0) return std::nullopt;
  return StoryId{*value};
}

std::optional<TypedEntityId> ParseEntityId(std::string_view text) {
  if (text.size() != 19) return std::nullopt;
  const auto value = ParseHex16(text.substr(3));
  if (!value || *value == 0) return std::nullopt;
  for (std::size_t i = 1; i < kPrefixes.size(); ++i) {
    if (text.substr(0, 3) == kPrefixes[i]) return TypedEntityId{static_cast<MentionType>(i), EntityId{*value}};
  }
  return std::nullopt;
}

}  // namespace mailuo
