// A neighbour list: who one entity is related to, and how many statements of which kind say so. Lists are added up like
// tallies, row by row: associative, commutative and with an inverse, so writers need not read and deletion is the
// addition of the negative. One value holds what a page of relations or a step of a path search asks of an entity, so
// that a hub costs some nanoseconds for each relation, not a key.
//
// Bytes: version:1 (2: no tally begins so), varint number of neighbours (below), then by ascending id of the neighbour:
// id:8, varint number of rows, the rows by ascending code: code:3, signed count. A row of zero is no row, a neighbour
// without rows is none. Equal lists have equal bytes.
//
// The number at the front is made from the rows whenever a list is written: of other entities with a row that is no
// denial and has a count above zero. It spares a path search the list of each hub that it passes.
// Thread safety: value types and pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.h"
#include "core/ids.h"
#include "core/types.h"
#include "store/postings.h"

namespace mailuo::store {

// What the statements of a row have in common. Frozen: 24 bits, high ones first: itself:1 direction:2 type:6 status:3
// confidence:7 day:5.
struct NeighbourCode {
  bool itself = false;  // The neighbour is the entity itself: an edge that ends where it begins.
  EdgeDirection direction = EdgeDirection::kOut;
  RelationType type = RelationType::kAcquires;
  FactStatus status = FactStatus::kOccurred;
  std::uint8_t confidence = 0;  // Hundredths.
  std::uint8_t day = 0;         // Of the month; 0 in lists that know no days.
};
std::uint32_t Pack(const NeighbourCode& code);
// Nothing for numbers that no NeighbourCode gives.
std::optional<NeighbourCode> UnpackNeighbourCode(std::uint32_t code);

// What of a code says which edge it is: direction and type.
inline constexpr unsigned kEdgeShift = 15;
inline constexpr std::uint32_t kNeighbourDayMask = 0x1F;

struct NeighbourRow {
  std::uint64_t other = 0;  // Id of the neighbour.
  std::uint32_t code = 0;
  std::int64_t count = 0;
  friend bool operator==(const NeighbourRow&, const NeighbourRow&) = default;
};

// REQUIRES: rows ascend strictly by (other, code). Rows of zero are left out.
std::string EncodeNeighbours(std::span<const NeighbourRow> rows);
// All of it, checked. Nothing for bytes that no EncodeNeighbours gives.
std::optional<std::vector<NeighbourRow>> DecodeNeighbours(std::string_view bytes);
// Sorts rows and adds up those of one place.
void SumRows(std::vector<NeighbourRow>& rows);

bool IsNeighbourList(std::string_view bytes);
bool IsEmptyNeighbourList(std::string_view bytes);
// The number at the front. Nothing for bytes that are no list.
std::optional<std::uint64_t> CountNeighbours(std::string_view bytes);

// The sum. Nothing if any of the parts is damaged. Counters wrap around on overflow.
std::optional<std::string> AddNeighbourLists(std::span<const std::string_view> parts);
std::optional<std::string> NegateNeighbourList(std::string_view bytes);

// Calls visit(other, code, count) for each row, without a copy of the list: for long ones. False for damage.
template <typename Visit>
bool VisitNeighbourRows(std::string_view bytes, const Visit& visit) {
  if (!IsNeighbourList(bytes)) return false;
  ByteReader reader(bytes.substr(1));
  reader.Varint();
  // A pair of sizes that fit one byte each is the rule.
  constexpr std::size_t kHead = 9;
  constexpr std::size_t kRow = 4;
  constexpr std::uint8_t kLong = 0x80;
  std::string_view rest = reader.Rest();
  const auto byte = [&rest](std::size_t at) { return static_cast<std::uint8_t>(rest[at]); };
  while (!rest.empty()) {
    if (rest.size() < kHead + kRow) return false;
    std::uint64_t other = 0;
    for (std::size_t i = 0; i < 8; ++i) other = other << 8 | byte(i);
    std::size_t rows = byte(8);
    rest.remove_prefix(kHead);
    if (rows >= kLong) {
      ByteReader counter(std::string_view(rest.data() - 1, rest.size() + 1));
      rows = counter.Count(kRow);
      if (!counter.ok()) return false;
      rest = counter.Rest();
    }
    for (; rows > 0; --rows) {
      if (rest.size() < kRow) return false;
      const std::uint32_t code = std::uint32_t{byte(0)} << 16 | std::uint32_t{byte(1)} << 8 | byte(2);
      const std::uint8_t first = byte(3);
      std::int64_t count = static_cast<std::int64_t>(first >> 1) ^ -static_cast<std::int64_t>(first & 1);
      if (first < kLong) {
        rest.remove_prefix(kRow);
      } else {
        ByteReader counter(rest.substr(kRow - 1));
        count = counter.Signed();
        if (!counter.ok()) return false;
        rest = counter.Rest();
      }
      visit(other, code, count);
    }
  }
  return reader.ok();
}

}  // namespace mailuo::store
