#include "store/derived_file.h"

#include <filesystem>
#include <fstream>
#include <system_error>

#include "core/bytes.h"
#include "core/ids.h"

namespace mailuo::store {
namespace {

constexpr std::size_t kChecksumBytes = 8;
constexpr std::size_t kTailBytes = kChecksumBytes + 1;  // XXH3 of the bytes, and the version.

std::string TailOf(std::string_view bytes, std::uint8_t version) {
  std::string tail;
  ByteWriter writer(tail);
  writer.Fixed(StableHash64(bytes), kChecksumBytes);
  writer.Byte(version);
  return tail;
}

std::filesystem::path PathOf(const std::string& folder, std::string_view name) {
  return std::filesystem::path(folder) / name;
}

}  // namespace

bool WriteDerivedFile(const std::string& folder, std::string_view name, std::uint8_t version, std::string_view bytes) {
  const std::filesystem::path path = PathOf(folder, name);
  std::filesystem::path next = path;
  next += ".next";
  const std::string tail = TailOf(bytes, version);
  std::ofstream file(next, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.write(tail.data(), static_cast<std::streamsize>(tail.size()));
  file.close();
  std::error_code error;
  if (file) std::filesystem::rename(next, path, error);
  if (file && !error) return true;
  std::filesystem::remove(next, error);
  return false;
}

std::optional<std::string> ReadDerivedFile(const std::string& folder, std::string_view name, std::uint8_t version) {
  const std::filesystem::path path = PathOf(folder, name);
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (error || size < kTailBytes) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  std::string bytes(size, '\0');
  if (!file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) return std::nullopt;
  const std::string tail = bytes.substr(size - kTailBytes);
  bytes.resize(size - kTailBytes);
  if (tail != TailOf(bytes, version)) return std::nullopt;
  return bytes;
}

}  // namespace mailuo::store
