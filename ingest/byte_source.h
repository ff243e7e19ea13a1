// The bytes of a file, decompressed on the way if it is a .gz.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "core/result.h"

namespace mailuo::ingest {

// Thread safety: one thread at a time.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;

  // kNotFound, kIo (permission, ...) or kUnsupported (not a regular file: a device or a pipe is never opened).
  // A .gz may expand to `max_expanded_bytes` and, beyond the first 64 MiB, to 200 times its size; news texts reach 20.
  static Result<std::unique_ptr<ByteSource>> Open(const std::string& path, bool gzip, std::uint64_t max_expanded_bytes);

  // Replaces `out` with the next bytes, at most about 256 KiB; empty at the end.
  // kIo, kCorruption (damaged or cut .gz) or kLimitExceeded.
  virtual Status Read(std::string& out) = 0;

  // Size of the file on disk, bytes.
  std::uint64_t FileBytes() const { return file_bytes_; }

 protected:
  explicit ByteSource(std::uint64_t file_bytes) : file_bytes_(file_bytes) {}

 private:
  std::uint64_t file_bytes_;
};

// All bytes of a file that may have `max_bytes`; kLimitExceeded without reading the file where its size says so.
Result<std::string> ReadAll(ByteSource& source, bool gzip, std::uint64_t max_bytes);

// "32 MiB", "1.5 KiB", "17 bytes".
std::string FormatBytes(std::uint64_t bytes);

}  // namespace mailuo::ingest
