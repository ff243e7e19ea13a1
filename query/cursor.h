// Page tokens: opaque outside, a position (the last item's key) inside, bound to the question they belong to and
// checked against damage. A position, not an offset and not a snapshot: pages neither repeat nor skip an item while
// articles come in, and cost the same wherever they begin.
//
// base64url without padding of: version (1 byte), hash of the question (8), position (any), check sum (4).
// Thread safety: value types and pure functions.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "core/date.h"
#include "query/problem.h"

namespace mailuo::query {

inline constexpr std::size_t kMaxCursorBytes = 1024;  // Encoded.

// The hash of what a question asks for, without its page. Each part is framed, so that parts never run together.
class QuestionHash {
 public:
  explicit QuestionHash(std::string_view kind) { Add(kind); }
  QuestionHash& Add(std::string_view part);
  QuestionHash& Add(std::uint64_t part);
  QuestionHash& Add(std::optional<Date> part);
  template <typename Enum>
  QuestionHash& AddAll(const std::vector<Enum>& values) {
    Add(values.size());
    for (const Enum value : values) Add(static_cast<std::uint64_t>(value));
    return *this;
  }
  std::uint64_t value() const;

 private:
  std::string bytes_;
};

// Empty for an empty position: there is no next page.
std::string EncodeCursor(std::uint64_t question, std::string_view position);

// The position; empty for an empty cursor. kBadCursor for anything that EncodeCursor(question, …) did not make.
Answer<std::string> DecodeCursor(std::string_view cursor, std::uint64_t question);

}  // namespace mailuo::query
