#include "store/derived_file.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <system_error>

#include <fmt/core.h>

#include "core/bytes.h"
#include "core/ids.h"

namespace mailuo::store {
namespace {

constexpr std::size_t kChecksumBytes = 8;  // XXH3 of all before, at the end.

std::filesystem::path PathOf(const std::string& folder, std::string_view name) {
  return std::filesystem::path(folder) / name;
}

}  // namespace

bool WriteDerivedFile(const std::string& folder, std::string_view name, std::string_view bytes) {
  const std::filesystem::path path = PathOf(folder, name);
  std::filesystem::path next = path;
  next += fmt::format(".{}.next", getpid());
  std::string checksum;
  ByteWriter(checksum).Fixed(StableHash64(bytes), kChecksumBytes);
  std::ofstream file(next, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.write(checksum.data(), static_cast<std::streamsize>(checksum.size()));
  file.close();
  std::error_code error;
  if (file) std::filesystem::rename(next, path, error);
  if (file && !error) return true;
  std::filesystem::remove(next, error);
  return false;
}

std::optional<std::string> ReadDerivedFile(const std::string& folder, std::string_view name) {
  const std::filesystem::path path = PathOf(folder, name);
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (error || size < kChecksumBytes) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  std::string bytes(size, '\0');
  if (!file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) return std::nullopt;
  const std::string_view body = std::string_view(bytes).substr(0, size - kChecksumBytes);
  if (ByteReader(std::string_view(bytes).substr(body.size())).Fixed(kChecksumBytes) != StableHash64(body)) {
    return std::nullopt;
  }
  bytes.resize(body.size());
  return bytes;
}

}  // namespace mailuo::store
