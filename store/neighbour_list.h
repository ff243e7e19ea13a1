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

#include "core/ids.h"
#include "core/types.h"
#include "core/bytes.h"
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
  ByteReader reader(bytes);
  if (!IsNeighbourList(bytes)) return false;
  reader.Byte();
  reader.Varint();
  while (!reader.AtEnd()) {
    const std::uint64_t other = reader.Fixed(8);
    for (std::size_t rows = reader.Count(4); rows > 0; --rows) {
      const auto code = static_cast<std::uint32_t>(reader.Fixed(3));
      const std::int64_t count = reader.Signed();
      if (!reader.ok()) return false;
      visit(other, code, count);
    }
  }
  return reader.ok();
}

}  // namespace mailuo::store
