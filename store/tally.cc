#include "store/tally.h"

#include <algorithm>
#include <array>

#include "core/bytes.h"

namespace mailuo::store {
namespace {

constexpr std::size_t kHeaderSize = 2;

bool IsZero(const TallyRow& row) {
  return std::all_of(row.counts.begin(), row.counts.end(), [](std::int64_t count) { return count == 0; });
}

std::int64_t WrappingAdd(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}

// Nearly all counters fit into one byte: they are gathered before they go to the string.
void AppendRow(ByteWriter& bytes, std::uint8_t width, std::uint64_t delta, const TallyRow& row) {
  bytes.Varint(delta);
  std::array<char, kMaxTallyWidth> small{};
  std::size_t size = 0;
  for (std::size_t i = 0; i < width; ++i) {
    const std::int64_t count = row.counts[i];
    if (count >= -64 && count < 64) {
      small.at(size++) = static_cast<char>(count < 0 ? -2 * count - 1 : 2 * count);
      continue;
    }
    bytes.Bytes({small.data(), size});
    size = 0;
    bytes.Signed(count);
  }
  bytes.Bytes({small.data(), size});
}

// Appends the rows of `bytes`; false for damage. `width` 0 takes that of the tally.
bool DecodeRows(std::string_view bytes, std::uint8_t& width, std::vector<TallyRow>& rows) {
  if (bytes.size() < kHeaderSize) return false;
  const auto own_width = static_cast<std::uint8_t>(bytes[1]);
  if (own_width < 1 || own_width > kMaxTallyWidth || (width != 0 && own_width != width)) return false;
  width = own_width;
  return VisitTallyRows(bytes, width, [&rows](const TallyRow& row) { rows.push_back(row); });
}

}  // namespace

std::string EncodeTally(const Tally& tally) {
  std::string out;
  out.reserve(kHeaderSize + tally.rows.size() * (2U + tally.width));
  ByteWriter bytes(out);
  bytes.Byte(kTallyVersion);
  bytes.Byte(tally.width);
  std::uint64_t previous = 0;
  for (const TallyRow& row : tally.rows) {
    if (IsZero(row)) continue;
    AppendRow(bytes, tally.width, row.code - previous, row);
    previous = row.code;
  }
  return out;
}

std::string EncodeTallyRow(std::uint8_t width, const TallyRow& row) {
  std::string out;
  ByteWriter bytes(out);
  bytes.Byte(kTallyVersion);
  bytes.Byte(width);
  if (!IsZero(row)) AppendRow(bytes, width, row.code, row);
  return out;
}

std::optional<Tally> DecodeTally(std::string_view bytes) {
  Tally tally;
  if (!DecodeTally(bytes, tally)) return std::nullopt;
  return tally;
}

bool DecodeTally(std::string_view bytes, Tally& tally) {
  tally.width = 0;
  tally.rows.clear();
  return DecodeRows(bytes, tally.width, tally.rows);
}

bool IsEmptyTally(std::string_view bytes) {
  return bytes.size() == kHeaderSize && static_cast<std::uint8_t>(bytes[0]) == kTallyVersion;
}

std::optional<std::string> AddTallies(std::span<const std::string_view> parts) {
  Tally sum;
  sum.width = 0;
  std::vector<TallyRow> rows;
  for (const std::string_view part : parts) {
    if (!DecodeRows(part, sum.width, rows)) return std::nullopt;
  }
  if (sum.width == 0) return std::nullopt;
  const auto by_code = [](const TallyRow& a, const TallyRow& b) { return a.code < b.code; };
  if (!std::is_sorted(rows.begin(), rows.end(), by_code)) std::sort(rows.begin(), rows.end(), by_code);
  for (const TallyRow& row : rows) {
    if (sum.rows.empty() || sum.rows.back().code != row.code) {
      sum.rows.push_back(row);
      continue;
    }
    for (std::size_t i = 0; i < sum.width; ++i) {
      sum.rows.back().counts[i] = WrappingAdd(sum.rows.back().counts[i], row.counts[i]);
    }
  }
  return EncodeTally(sum);
}

std::optional<std::string> NegateTally(std::string_view bytes) {
  auto tally = DecodeTally(bytes);
  if (!tally) return std::nullopt;
  for (TallyRow& row : tally->rows) {
    for (std::int64_t& count : row.counts) count = static_cast<std::int64_t>(0 - static_cast<std::uint64_t>(count));
  }
  return EncodeTally(*tally);
}

}  // namespace mailuo::store
