#include "store/log_check.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include <fmt/core.h>

namespace mailuo::store {
namespace {

// The format of RocksDB's log_format.h: blocks of 32 KiB; in each, records of checksum:4 size:2 type:1 payload; types 5
// to 8 have 4 bytes of the log's number before the payload. The checksum is CRC-32C of all after the size, rotated and
// shifted.
constexpr std::size_t kBlock = 32768;
constexpr std::size_t kHeader = 7;
constexpr std::uint32_t kMaskDelta = 0xa282ead8U;

constexpr std::array<std::uint32_t, 256> MakeTable() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    std::uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) value = (value & 1U) != 0 ? value >> 1U ^ 0x82F63B78U : value >> 1U;
    table[i] = value;
  }
  return table;
}
constexpr std::array<std::uint32_t, 256> kTable = MakeTable();

std::uint8_t ByteAt(std::string_view bytes, std::size_t at) { return static_cast<std::uint8_t>(bytes[at]); }
std::uint32_t Step(std::uint32_t state, std::uint8_t byte) { return state >> 8U ^ kTable[(state ^ byte) & 0xFFU]; }

std::uint32_t Unmask(std::uint32_t masked) {
  const std::uint32_t rotated = masked - kMaskDelta;
  return rotated >> 17U | rotated << 15U;
}

// Is there a length at which the record has its checksum?
bool IsWholeAtSomeLength(std::string_view record) {
  const std::uint32_t stored =
      static_cast<std::uint32_t>(ByteAt(record, 0)) | static_cast<std::uint32_t>(ByteAt(record, 1)) << 8U |
      static_cast<std::uint32_t>(ByteAt(record, 2)) << 16U | static_cast<std::uint32_t>(ByteAt(record, 3)) << 24U;
  const std::uint32_t wanted = Unmask(stored);
  std::uint32_t state = ~0U;
  for (std::size_t i = 6; i < record.size(); ++i) {
    state = Step(state, ByteAt(record, i));
    if (~state == wanted) return true;
  }
  return false;
}

// The last block of the file, if it is not a whole one; nothing where the file is not there.
std::optional<std::string> ReadLastBlock(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) return std::nullopt;
  const auto size = static_cast<std::size_t>(file.tellg());
  std::string block(size % kBlock, '\0');
  file.seekg(static_cast<std::streamoff>(size - block.size()));
  file.read(block.data(), static_cast<std::streamsize>(block.size()));
  block.resize(static_cast<std::size_t>(file.gcount()));
  return block;
}

// Takes the next record off a block; false at the end of what can be read.
bool TakeRecord(std::string_view& block) {
  if (block.size() < kHeader) return false;
  const std::size_t size = ByteAt(block, 4) + (static_cast<std::size_t>(ByteAt(block, 5)) << 8U);
  const std::uint8_t type = ByteAt(block, 6);
  const std::size_t header = type >= 5 && type <= 8 ? kHeader + 4 : kHeader;
  // Type 0 without payload is room that was reserved and never written.
  if ((type == 0 && size == 0) || header + size > block.size()) return false;
  block.remove_prefix(header + size);
  return true;
}

bool HidesRecords(std::string_view block) {
  while (TakeRecord(block)) {
  }
  if (block.size() < kHeader) return false;
  const bool reserved = ByteAt(block, 4) == 0 && ByteAt(block, 5) == 0 && ByteAt(block, 6) == 0;
  return !reserved && IsWholeAtSomeLength(block);
}

std::string ReadAll(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

Status CheckLogs(const std::string& folder) {
  std::error_code error;
  std::map<std::uintmax_t, std::filesystem::path> by_size;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    const bool is_log = entry.path().extension() == ".log";
    if (!is_log && name.compare(0, 9, "MANIFEST-") != 0) continue;
    const auto block = ReadLastBlock(entry.path());
    if (block && HidesRecords(*block)) {
      return Error{ErrorCode::kCorruption, fmt::format("{} is damaged near its end", entry.path().string())};
    }
    const auto size = is_log ? entry.file_size(error) : 0;
    if (size == 0 || error) continue;
    const auto [other, is_new] = by_size.emplace(size, entry.path());
    if (!is_new && ReadAll(other->second) == ReadAll(entry.path())) {
      return Error{ErrorCode::kCorruption, fmt::format("{} repeats {}", entry.path().string(), other->second.string())};
    }
  }
  return {};
}

}  // namespace mailuo::store
