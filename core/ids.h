// Identifiers. All of them are hashes of content or of normal forms, never counters: the same article, entity or event
// has the same id on every machine and in every run.
// Thread safety: value types.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/types.h"

namespace mailuo {

// 128 bits of XXH3 over the article's content. Text form: "ar_" + 32 lower-case hex digits.
struct ArticleId {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  constexpr explicit operator bool() const { return (high | low) != 0; }
  friend constexpr auto operator<=>(const ArticleId&, const ArticleId&) = default;
};

// 64 bits of XXH3 over (type, normal form of the name). Zero is no entity. The text form carries the type in its
// prefix, "co_" company, "tk_" ticker, "pe_" person, "or_" organization, "po_" policy, "pr_" product, "pl_" place,
// "se_" sector, "ix_" index, then 16 lower-case hex digits; the prefix is not part of the value.
struct EntityId {
  std::uint64_t value = 0;
  constexpr explicit operator bool() const { return value != 0; }
  friend constexpr auto operator<=>(const EntityId&, const EntityId&) = default;
};

// 64 bits of XXH3 over the event key (type, main participants, day): reports of one happening share it.
// Text form: "ev_" + 16 lower-case hex digits.
struct EventId {
  std::uint64_t value = 0;
  constexpr explicit operator bool() const { return value != 0; }
  friend constexpr auto operator<=>(const EventId&, const EventId&) = default;
};

// 64 bits of XXH3 over the id of the story's first article: a story keeps its id as long as it begins with that one.
// Text form: "st_" + 16 lower-case hex digits.
struct StoryId {
  std::uint64_t value = 0;
  constexpr explicit operator bool() const { return value != 0; }
  friend constexpr auto operator<=>(const StoryId&, const StoryId&) = default;
};
StoryId MakeStoryId(const ArticleId& first);

// `normal_form` is the folded canonical name (text/folded_text.h: FoldKey), with "\n" + a disambiguator appended where
// two entities of one type share a canonical name (中国稀土: 000831.SZ and 00769.HK).
EntityId MakeEntityId(MentionType type, std::string_view normal_form);

// XXH3 of bytes, for everything else that needs a stable hash.
std::uint64_t StableHash64(std::string_view bytes);
// 0..9: how labelled data is divided into parts that are trained on and parts that are only measured.
inline int TenthOf(std::string_view id) { return static_cast<int>(StableHash64(id) % 10); }
ArticleId StableHash128(std::string_view bytes);

std::string FormatId(const ArticleId& id);
std::string FormatId(EventId id);
std::string FormatId(StoryId id);
std::string FormatId(MentionType type, EntityId id);

// The inverse of FormatId; nothing for any other text. Upper-case hex is refused: an id has one spelling.
std::optional<ArticleId> ParseArticleId(std::string_view text);
std::optional<EventId> ParseEventId(std::string_view text);
std::optional<StoryId> ParseStoryId(std::string_view text);
struct TypedEntityId {
  MentionType type;
  EntityId id;
};
std::optional<TypedEntityId> ParseEntityId(std::string_view text);

}  // namespace mailuo
