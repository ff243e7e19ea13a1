#include "ingest/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fmt/core.h>

#include "ingest/article_reader.h"

namespace mailuo::ingest {
namespace {

constexpr std::size_t kChunkBytes = std::size_t{256} * 1024;
constexpr std::uint64_t kFreeExpansion = 64 * kMiB;
constexpr std::uint64_t kMaxRatio = 200;

std::string ErrnoText(int error) {
  std::string buffer(128, '\0');
  return strerror_r(error, buffer.data(), buffer.size());
}

class FileDescriptor {
 public:
  explicit FileDescriptor(int fd) : fd_(fd) {}
  ~FileDescriptor() {
    if (fd_ >= 0) close(fd_);
  }
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&&) = delete;
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  int Get() const { return fd_; }

 private:
  int fd_;
};

class PlainSource : public ByteSource {
 public:
  PlainSource(FileDescriptor fd, std::uint64_t file_bytes) : ByteSource(file_bytes), fd_(std::move(fd)) {}

  Status Read(std::string& out) override {
    out.resize(kChunkBytes);
    ssize_t got = 0;
    do {
      got = read(fd_.Get(), out.data(), out.size());
    } while (got < 0 && errno == EINTR);
    if (got < 0) {
      out.clear();
      return Error{ErrorCode::kIo, ErrnoText(errno)};
    }
    out.resize(static_cast<std::size_t>(got));
    return {};
  }

 private:
  FileDescriptor fd_;
};

class GzipSource : public ByteSource {
 public:
  GzipSource(FileDescriptor fd, std::uint64_t file_bytes, std::uint64_t max_expanded)
      : ByteSource(file_bytes), compressed_(std::move(fd), file_bytes), max_expanded_(max_expanded) {}
  ~GzipSource() override { inflateEnd(&stream_); }
  GzipSource(const GzipSource&) = delete;
  GzipSource& operator=(const GzipSource&) = delete;

  Status Init() {
    constexpr int kGzipOnly = 16;
    if (inflateInit2(&stream_, kGzipOnly + MAX_WBITS) != Z_OK) return Error{ErrorCode::kInternal, "zlib has no memory"};
    return {};
  }

  Status Read(std::string& out) override {
    out.resize(kChunkBytes);
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = static_cast<uInt>(out.size());
    while (stream_.avail_out == out.size()) {
      if (stream_.avail_in == 0) {
        MAILUO_RETURN_IF_ERROR(Refill());
        if (input_.empty()) {
          out.clear();
          // Between two members the stream may end; inside one it may not.
          if (inside_member_) return Error{ErrorCode::kCorruption, "gzip data is cut off"};
          return {};
        }
      }
      MAILUO_RETURN_IF_ERROR(Inflate());
    }
    out.resize(out.size() - stream_.avail_out);
    expanded_ += out.size();
    if (expanded_ > max_expanded_) {
      return Error{ErrorCode::kLimitExceeded,
                   fmt::format("gzip data expands to more than {}", FormatBytes(max_expanded_))};
    }
    if (expanded_ > kFreeExpansion && expanded_ / kMaxRatio > FileBytes()) {
      return Error{ErrorCode::kLimitExceeded, fmt::format("gzip data expands more than {} times", kMaxRatio)};
    }
    return {};
  }

 private:
  Status Refill() {
    MAILUO_RETURN_IF_ERROR(compressed_.Read(input_));
    stream_.next_in = reinterpret_cast<Bytef*>(input_.data());
    stream_.avail_in = static_cast<uInt>(input_.size());
    return {};
  }

  Status Inflate() {
    inside_member_ = true;
    const int result = inflate(&stream_, Z_NO_FLUSH);
    if (result == Z_STREAM_END) {
      // gzip files may be several members one after another.
      inside_member_ = false;
      inflateReset(&stream_);
      return {};
    }
    if (result == Z_OK || result == Z_BUF_ERROR) return {};
    return Error{ErrorCode::kCorruption, fmt::format("damaged gzip data{}{}", stream_.msg == nullptr ? "" : ": ",
                                                     stream_.msg == nullptr ? "" : stream_.msg)};
  }

  PlainSource compressed_;
  std::uint64_t max_expanded_;
  std::uint64_t expanded_ = 0;
  std::string input_;
  z_stream stream_{};
  bool inside_member_ = true;  // An empty file is no gzip file.
};

}  // namespace

Result<std::unique_ptr<ByteSource>> ByteSource::Open(const std::string& path, bool gzip,
                                                     std::uint64_t max_expanded_bytes) {
  // O_NONBLOCK: opening a pipe that nobody writes to must not wait; it means nothing for a regular file.
  FileDescriptor fd(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (fd.Get() < 0) {
    const int error = errno;
    return Error{error == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo, ErrnoText(error)};
  }
  struct stat info {};
  if (fstat(fd.Get(), &info) != 0) return Error{ErrorCode::kIo, ErrnoText(errno)};
  if (!S_ISREG(info.st_mode)) return Error{ErrorCode::kUnsupported, "not a regular file"};
  const auto bytes = static_cast<std::uint64_t>(info.st_size);
  if (!gzip) return std::unique_ptr<ByteSource>(std::make_unique<PlainSource>(std::move(fd), bytes));
  auto source = std::make_unique<GzipSource>(std::move(fd), bytes, max_expanded_bytes);
  MAILUO_RETURN_IF_ERROR(source->Init());
  return std::unique_ptr<ByteSource>(std::move(source));
}

Result<std::string> ReadAll(ByteSource& source, bool gzip, std::uint64_t max_bytes) {
  const auto too_large = [max_bytes](std::string_view what) {
    return Error{ErrorCode::kLimitExceeded, fmt::format("{} (limit {})", what, FormatBytes(max_bytes))};
  };
  if (source.FileBytes() > max_bytes) {
    return too_large(fmt::format("file of {} is too large", FormatBytes(source.FileBytes())));
  }
  std::string all;
  if (!gzip) all.reserve(source.FileBytes());
  std::string chunk;
  while (true) {
    MAILUO_RETURN_IF_ERROR(source.Read(chunk));
    if (chunk.empty()) return all;
    if (all.size() + chunk.size() > max_bytes) return too_large("file is too large once expanded");
    all += chunk;
  }
}

std::string FormatBytes(std::uint64_t bytes) {
  constexpr std::uint64_t kKiB = 1024;
  if (bytes < kKiB) return fmt::format("{} bytes", bytes);
  if (bytes < kMiB) return fmt::format("{:.3g} KiB", static_cast<double>(bytes) / static_cast<double>(kKiB));
  if (bytes < 1024 * kMiB) return fmt::format("{:.3g} MiB", static_cast<double>(bytes) / static_cast<double>(kMiB));
  return fmt::format("{:.3g} GiB", static_cast<double>(bytes) / static_cast<double>(1024 * kMiB));
}

}  // namespace mailuo::ingest
