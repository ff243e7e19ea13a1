#include "store/high_water.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>
#include <string_view>

#include <fmt/core.h>

#include "core/ids.h"

namespace mailuo::store {
namespace {

constexpr std::size_t kFileBytes = 4096;
constexpr std::size_t kSlotBytes = 40;  // Four numbers and the checksum of them, little-endian.
constexpr std::size_t kSlotDistance = 512;

std::string FilePath(const std::string& folder) { return folder + "/ACKNOWLEDGED"; }

std::uint64_t BootId() {
  std::ifstream file("/proc/sys/kernel/random/boot_id");
  std::string id;
  std::getline(file, id);
  return StableHash64(id);
}

using Slot = std::array<char, kSlotBytes>;

Slot Encode(const Acknowledged& value) {
  Slot slot{};
  std::size_t at = 0;
  const auto put = [&](std::uint64_t number) {
    for (int i = 0; i < 8; ++i) slot.at(at++) = static_cast<char>(number >> (8 * i) & 0xFFU);
  };
  for (const std::uint64_t number : {value.durable, value.handed, value.boot, value.turn}) put(number);
  put(StableHash64({slot.data(), at}));
  return slot;
}

std::optional<Acknowledged> Decode(std::string_view bytes) {
  const auto number = [bytes](std::size_t index) {
    std::uint64_t value = 0;
    for (std::size_t i = 8; i-- > 0;) value = value << 8U | static_cast<std::uint8_t>(bytes[8 * index + i]);
    return value;
  };
  if (number(4) != StableHash64(bytes.substr(0, 32))) return std::nullopt;
  return Acknowledged{number(0), number(1), number(2), number(3)};
}

// The later of the whole slots.
Acknowledged Latest(std::string_view file) {
  Acknowledged latest;
  for (const std::size_t at : {std::size_t{0}, kSlotDistance}) {
    if (file.size() < at + kSlotBytes) continue;
    const auto slot = Decode(file.substr(at, kSlotBytes));
    if (slot && slot->turn >= latest.turn) latest = *slot;
  }
  return latest;
}

}  // namespace

MustHold MustHoldAtLeast(const std::string& folder) {
  std::ifstream file(FilePath(folder), std::ios::binary);
  std::string bytes(kFileBytes, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  const Acknowledged latest = Latest(bytes);
  const bool same_boot = latest.boot == BootId();
  return {same_boot ? std::max(latest.durable, latest.handed) : latest.durable, same_boot};
}

Result<std::unique_ptr<HighWater>> HighWater::Open(const std::string& folder) {
  const std::string path = FilePath(folder);
  const auto failed = [&path] {
    return Error{ErrorCode::kIo, fmt::format("writing {}: {}", path, std::strerror(errno))};
  };
  const int fd = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (fd < 0) return failed();
  std::string bytes(kFileBytes, '\0');
  const ssize_t got = pread(fd, bytes.data(), bytes.size(), 0);
  // Written, not only made longer: a mapped page without its place on a full disk would end the process.
  const bool sized = got == static_cast<ssize_t>(kFileBytes) ||
                     (got >= 0 && pwrite(fd, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(kFileBytes));
  void* const memory = sized ? mmap(nullptr, kFileBytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) : MAP_FAILED;
  close(fd);
  if (memory == MAP_FAILED) return failed();
  Acknowledged last = Latest(bytes);
  last.handed = last.boot == BootId() ? last.handed : 0;
  last.boot = BootId();
  return std::unique_ptr<HighWater>(new HighWater(memory, last));
}

bool HighWater::Exists(const std::string& folder) { return access(FilePath(folder).c_str(), F_OK) == 0; }

void HighWater::Remove(const std::string& folder) { unlink(FilePath(folder).c_str()); }

HighWater::~HighWater() { munmap(memory_, kFileBytes); }

void HighWater::Mark(std::uint64_t sequence, bool durable) {
  const std::lock_guard lock(mutex_);
  std::uint64_t& mark = durable ? last_.durable : last_.handed;
  if (sequence <= mark) return;
  mark = sequence;
  ++last_.turn;
  const Slot slot = Encode(last_);
  std::memcpy(static_cast<char*>(memory_) + last_.turn % 2 * kSlotDistance, slot.data(), slot.size());
}

}  // namespace mailuo::store
