#include "store/neighbour_list.h"

#include <algorithm>
#include <tuple>

#include "store/enums.h"

namespace mailuo::store {
namespace {

constexpr std::uint8_t kVersion = 2;
constexpr unsigned kConfidenceShift = 5;
constexpr unsigned kStatusShift = 12;
constexpr unsigned kTypeShift = kEdgeShift;
constexpr unsigned kDirectionShift = 21;
constexpr unsigned kItselfShift = 23;
constexpr std::uint8_t kMaxConfidence = 100;

FactStatus StatusOf(std::uint32_t code) { return static_cast<FactStatus>(code >> kStatusShift & 7); }
bool IsItself(std::uint32_t code) { return (code >> kItselfShift & 1) != 0; }

bool Before(const NeighbourRow& a, const NeighbourRow& b) {
  return std::tie(a.other, a.code) < std::tie(b.other, b.code);
}

std::int64_t WrappingAdd(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}

// Makes a neighbour one of the number at the front.
bool Relates(const NeighbourRow& row) {
  return row.count > 0 && StatusOf(row.code) != FactStatus::kDenied && !IsItself(row.code);
}

// Merges ascending runs, given by where each begins, into one; two and two, so that each row is moved log(runs) times.
void MergeRuns(std::vector<NeighbourRow>& rows, std::vector<std::size_t> begins) {
  std::vector<NeighbourRow> merged;
  while (begins.size() > 1) {
    merged.clear();
    merged.reserve(rows.size());
    std::vector<std::size_t> next;
    next.reserve(begins.size() / 2 + 1);
    const auto at = [&](std::size_t run) {
      return rows.begin() + static_cast<std::ptrdiff_t>(run < begins.size() ? begins[run] : rows.size());
    };
    for (std::size_t run = 0; run < begins.size(); run += 2) {
      next.push_back(merged.size());
      std::merge(at(run), at(run + 1), at(run + 1), at(run + 2), std::back_inserter(merged), Before);
    }
    rows.swap(merged);
    begins = std::move(next);
  }
}

// Of ascending rows, equal places added up; rows of zero stay.
void AddEqual(std::vector<NeighbourRow>& rows) {
  auto last = rows.begin();
  for (auto row = rows.begin(); row != rows.end(); ++row) {
    if (row == rows.begin()) continue;
    if (row->other == last->other && row->code == last->code) {
      last->count = WrappingAdd(last->count, row->count);
    } else {
      *++last = *row;
    }
  }
  if (!rows.empty()) rows.erase(std::next(last), rows.end());
}

}  // namespace

std::uint32_t Pack(const NeighbourCode& code) {
  return static_cast<std::uint32_t>(code.itself ? 1 : 0) << kItselfShift |
         static_cast<std::uint32_t>(code.direction) << kDirectionShift |
         static_cast<std::uint32_t>(code.type) << kTypeShift | static_cast<std::uint32_t>(code.status) << kStatusShift |
         static_cast<std::uint32_t>(code.confidence) << kConfidenceShift | code.day;
}

std::optional<NeighbourCode> UnpackNeighbourCode(std::uint32_t code) {
  NeighbourCode unpacked;
  unpacked.itself = IsItself(code);
  unpacked.direction = static_cast<EdgeDirection>(code >> kDirectionShift & 3);
  unpacked.type = static_cast<RelationType>(code >> kTypeShift & 0x3F);
  unpacked.status = StatusOf(code);
  unpacked.confidence = static_cast<std::uint8_t>(code >> kConfidenceShift & 0x7F);
  unpacked.day = static_cast<std::uint8_t>(code & kNeighbourDayMask);
  const bool known = code >> 24 == 0 && static_cast<int>(unpacked.direction) != 0 && IsKnown(unpacked.type) &&
                     IsKnown(unpacked.status) && unpacked.confidence <= kMaxConfidence;
  return known ? std::optional(unpacked) : std::nullopt;
}

std::string EncodeNeighbours(std::span<const NeighbourRow> rows) {
  std::string body;
  constexpr std::size_t kUsualRowBytes = 13;
  body.reserve(rows.size() * kUsualRowBytes);
  ByteWriter bytes(body);
  std::uint64_t neighbours = 0;
  for (auto first = rows.begin(); first != rows.end();) {
    const auto end =
        std::find_if(first, rows.end(), [first](const NeighbourRow& row) { return row.other != first->other; });
    const auto kept = std::count_if(first, end, [](const NeighbourRow& row) { return row.count != 0; });
    if (kept > 0) {
      if (std::any_of(first, end, Relates)) ++neighbours;
      bytes.Fixed(first->other, 8);
      bytes.Varint(static_cast<std::uint64_t>(kept));
      for (auto row = first; row != end; ++row) {
        if (row->count == 0) continue;
        bytes.Fixed(row->code, 3);
        bytes.Signed(row->count);
      }
    }
    first = end;
  }
  std::string out;
  constexpr std::size_t kMaxHeader = 11;
  out.reserve(kMaxHeader + body.size());
  ByteWriter header(out);
  header.Byte(kVersion);
  header.Varint(neighbours);
  out += body;
  return out;
}

std::optional<std::vector<NeighbourRow>> DecodeNeighbours(std::string_view bytes) {
  std::vector<NeighbourRow> rows;
  bool sound = true;
  const auto take = [&](std::uint64_t other, std::uint32_t code, std::int64_t count) {
    const NeighbourRow row{other, code, count};
    sound = sound && count != 0 && (rows.empty() || Before(rows.back(), row));
    rows.push_back(row);
  };
  if (!VisitNeighbourRows(bytes, take) || !sound || EncodeNeighbours(rows) != bytes) return std::nullopt;
  return rows;
}

void SumRows(std::vector<NeighbourRow>& rows) {
  std::sort(rows.begin(), rows.end(), Before);
  AddEqual(rows);
}

bool IsNeighbourList(std::string_view bytes) {
  return bytes.size() >= 2 && static_cast<std::uint8_t>(bytes.front()) == kVersion;
}

bool IsEmptyNeighbourList(std::string_view bytes) {
  return bytes.size() == 2 && IsNeighbourList(bytes) && bytes[1] == '\0';
}

std::optional<std::uint64_t> CountNeighbours(std::string_view bytes) {
  if (!IsNeighbourList(bytes)) return std::nullopt;
  ByteReader reader(bytes.substr(1));
  const std::uint64_t neighbours = reader.Varint();
  if (!reader.ok()) return std::nullopt;
  return neighbours;
}

std::optional<std::string> AddNeighbourLists(std::span<const std::string_view> parts) {
  if (parts.empty()) return std::nullopt;
  std::vector<NeighbourRow> rows;
  std::vector<std::size_t> begins;
  begins.reserve(parts.size());
  const auto take = [&rows](std::uint64_t other, std::uint32_t code, std::int64_t count) {
    rows.push_back({other, code, count});
  };
  for (const std::string_view part : parts) {
    const std::size_t begin = rows.size();
    if (!VisitNeighbourRows(part, take)) return std::nullopt;
    if (!std::is_sorted(rows.begin() + static_cast<std::ptrdiff_t>(begin), rows.end(), Before)) return std::nullopt;
    begins.push_back(begin);
  }
  MergeRuns(rows, std::move(begins));
  AddEqual(rows);
  return EncodeNeighbours(rows);
}

std::optional<std::string> NegateNeighbourList(std::string_view bytes) {
  std::vector<NeighbourRow> rows;
  const auto take = [&rows](std::uint64_t other, std::uint32_t code, std::int64_t count) {
    rows.push_back({other, code, static_cast<std::int64_t>(0 - static_cast<std::uint64_t>(count))});
  };
  if (!VisitNeighbourRows(bytes, take)) return std::nullopt;
  return EncodeNeighbours(rows);
}

}  // namespace mailuo::store
