#include "store/generation.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/core.h>

#include "core/ids.h"
#include "store/engine.h"
#include "store/fault.h"

namespace mailuo::store {
namespace {

constexpr std::string_view kFolderPrefix = "generation-";

std::string PointerPath(const std::string& root) { return root + "/GENERATION"; }

Error SystemError(std::string_view doing, const std::string& path) {
  return {ErrorCode::kIo, fmt::format("{} {}: {}", doing, path, std::strerror(errno))};
}

// "3 <hash of 3>": one flipped bit must not name another generation.
std::string PointerText(std::uint64_t number) {
  const std::string digits = std::to_string(number);
  return fmt::format("{} {:016x}\n", digits, StableHash64("generation " + digits));
}

// A file of the process, closed whatever happens.
class File {
 public:
  File(const std::string& path, int flags) : fd_(open(path.c_str(), flags | O_CLOEXEC, 0644)) {}
  ~File() {
    if (fd_ >= 0) close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int fd() const { return fd_; }

 private:
  int fd_;
};

Status SyncFolder(const std::string& folder) {
  const File file(folder, O_RDONLY | O_DIRECTORY);
  if (file.fd() < 0 || fsync(file.fd()) != 0) return SystemError("syncing", folder);
  return {};
}

}  // namespace

std::string GenerationPath(const std::string& root, std::uint64_t number) {
  return number == 0 ? root : fmt::format("{}/{}{}", root, kFolderPrefix, number);
}

Result<Generation> ServedGeneration(const std::string& root) {
  const std::string path = PointerPath(root);
  const File file(path, O_RDONLY);
  if (file.fd() < 0) {
    if (errno == ENOENT || errno == ENOTDIR) return Generation{0, root};
    return SystemError("reading", path);
  }
  std::array<char, 64> buffer{};
  const ssize_t size = read(file.fd(), buffer.data(), buffer.size());
  if (size < 0) return SystemError("reading", path);
  const std::string_view text(buffer.data(), static_cast<std::size_t>(size));
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  if (number == 0 || text != PointerText(number)) {
    return Error{ErrorCode::kCorruption, fmt::format("{} is damaged: run `mailuo repair --db {}`", path, root)};
  }
  return Generation{number, GenerationPath(root, number)};
}

bool HasGenerationFile(const std::string& root) { return access(PointerPath(root).c_str(), F_OK) == 0; }

Status ServeGeneration(const std::string& root, std::uint64_t number) {
  const std::string path = PointerPath(root);
  const std::string next = path + ".next";
  fault::Reach("generation.write");
  {
    const File file(next, O_WRONLY | O_CREAT | O_TRUNC);
    const std::string text = PointerText(number);
    if (file.fd() < 0 || write(file.fd(), text.data(), text.size()) != static_cast<ssize_t>(text.size()) ||
        fsync(file.fd()) != 0) {
      return SystemError("writing", next);
    }
  }
  fault::Reach("generation.rename");
  if (rename(next.c_str(), path.c_str()) != 0) return SystemError("writing", path);
  fault::Reach("generation.served");
  return SyncFolder(root);
}

GenerationStamp StampOf(const std::string& root) {
  struct stat info {};
  if (stat(PointerPath(root).c_str(), &info) != 0) return {};
  return {info.st_ino, info.st_mtim.tv_sec, info.st_mtim.tv_nsec};
}

void RemoveOldGenerations(const std::string& root, const Generation& served) {
  if (served.number == 0) return;
  std::error_code error;
  std::vector<std::uint64_t> numbers{0};
  for (const auto& entry : std::filesystem::directory_iterator(root, error)) {
    const std::string name = entry.path().filename().string();
    if (name.compare(0, kFolderPrefix.size(), kFolderPrefix) != 0) continue;
    std::uint64_t number = 0;
    const char* const end = name.data() + name.size();
    const auto [rest, bad] = std::from_chars(name.data() + kFolderPrefix.size(), end, number);
    if (bad == std::errc() && rest == end && number < served.number) numbers.push_back(number);
  }
  for (const std::uint64_t number : numbers) {
    const std::string path = GenerationPath(root, number);
    if (!DestroyRocksEngine(path)) continue;  // Still written to: whoever opens the store next tries again.
    if (number != 0) std::filesystem::remove_all(path, error);
  }
}

Result<RootLock> RootLock::Take(const std::string& root, Mode mode) {
  // A description of its own: locks of the threads of one process must not melt into one.
  const int fd = open(root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return SystemError("opening", root);
  RootLock lock(fd);
  const int operation = mode == Mode::kShared ? LOCK_SH : LOCK_EX;
  while (flock(fd, operation) != 0) {
    if (errno != EINTR) return SystemError("locking", root);
  }
  return lock;
}

RootLock::~RootLock() {
  if (file_ >= 0) close(file_);
}

}  // namespace mailuo::store
