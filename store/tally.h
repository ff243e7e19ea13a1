// A tally is a sorted list of rows (code, counters): how many articles by day, how many statements by day and status,
// how often beside which entity. Adding tallies row by row is associative, commutative and has an inverse, so writers
// need not read, order does not matter, and deletion is the addition of the negative. A row of zeros is no row.
//
// Bytes: version:1 width:1, then per row: varint code minus the code before, `width` signed varints. The shortest form
// only: equal tallies have equal bytes.
// Thread safety: value types and pure functions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.h"

namespace mailuo::store {

inline constexpr std::size_t kMaxTallyWidth = 6;
inline constexpr std::uint8_t kTallyVersion = 1;

struct TallyRow {
  std::uint64_t code = 0;
  std::array<std::int64_t, kMaxTallyWidth> counts{};
  friend bool operator==(const TallyRow&, const TallyRow&) = default;
};

struct Tally {
  std::uint8_t width = 1;      // Counters in use, 1..kMaxTallyWidth.
  std::vector<TallyRow> rows;  // Ascending codes, none of them all zero.
  friend bool operator==(const Tally&, const Tally&) = default;
};

// REQUIRES: rows ascend strictly. Rows of zeros are left out.
std::string EncodeTally(const Tally& tally);
// One row, without building a Tally.
std::string EncodeTallyRow(std::uint8_t width, const TallyRow& row);
// Nothing for bytes that no EncodeTally gives.
std::optional<Tally> DecodeTally(std::string_view bytes);
// The same into a tally whose memory is used again; false for damage, then `tally` is unspecified.
bool DecodeTally(std::string_view bytes, Tally& tally);
// True for the bytes of a tally without rows: as good as absent.
bool IsEmptyTally(std::string_view bytes);

// Calls visit(row) for each row, without a copy of the tally: for what is read often. False for damage, or another
// width.
template <typename Visit>
bool VisitTallyRows(std::string_view bytes, std::uint8_t width, const Visit& visit) {
  if (bytes.size() < 2 || static_cast<std::uint8_t>(bytes[0]) != kTallyVersion) return false;
  if (static_cast<std::uint8_t>(bytes[1]) != width) return false;
  std::string_view rest = bytes.substr(2);
  bool sound = true;
  // Nearly all numbers fit into one byte.
  const auto number = [&rest, &sound]() -> std::uint64_t {
    constexpr std::uint8_t kLong = 0x80;
    if (!rest.empty() && static_cast<std::uint8_t>(rest.front()) < kLong) {
      const auto value = static_cast<std::uint8_t>(rest.front());
      rest.remove_prefix(1);
      return value;
    }
    ByteReader reader(rest);
    const std::uint64_t value = reader.Varint();
    sound = sound && reader.ok();
    rest = reader.Rest();
    return value;
  };
  TallyRow row;
  for (bool first = true; !rest.empty(); first = false) {
    const std::uint64_t delta = number();
    if (!first && (delta == 0 || delta > UINT64_MAX - row.code)) return false;
    row.code += delta;
    std::int64_t any = 0;
    for (std::size_t i = 0; i < width; ++i) {
      const std::uint64_t zigzag = number();
      row.counts[i] = static_cast<std::int64_t>(zigzag >> 1) ^ -static_cast<std::int64_t>(zigzag & 1);
      any |= row.counts[i];
    }
    if (!sound || any == 0) return false;
    visit(row);
  }
  return sound;
}

// The sum. Nothing if any of the parts is damaged or the widths differ. Counters wrap around on overflow.
std::optional<std::string> AddTallies(std::span<const std::string_view> parts);
// All counters negated. Nothing for a damaged tally.
std::optional<std::string> NegateTally(std::string_view bytes);

}  // namespace mailuo::store
