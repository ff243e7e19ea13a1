#include "ingest/folder_watch.h"

#include <poll.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include <fmt/core.h>

#include "ingest/input_files.h"
#include "ingest/printable.h"

namespace mailuo::ingest {
namespace {

constexpr std::uint32_t kMask = IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_MODIFY | IN_ONLYDIR;
constexpr int kMaxDepth = 64;

bool IsFolder(const std::string& path) {
  struct stat info {};
  return stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

// A name that came into being whole: a link to a file that is somewhere else.
bool IsLink(const std::string& path) {
  struct stat info {};
  return lstat(path.c_str(), &info) == 0 && (S_ISLNK(info.st_mode) || info.st_nlink > 1);
}

}  // namespace

Result<std::unique_ptr<FolderWatch>> FolderWatch::Open(const std::vector<std::string>& folders) {
  const int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (fd < 0) return Error{ErrorCode::kIo, fmt::format("following folders: {}", std::strerror(errno))};
  std::unique_ptr<FolderWatch> watch(new FolderWatch(fd));
  for (std::string folder : folders) {
    while (folder.size() > 1 && folder.back() == '/') folder.pop_back();
    if (!IsFolder(folder)) {
      return Error{ErrorCode::kNotFound,
                   fmt::format("{} is no folder: only folders can be followed", Printable(folder))};
    }
    MAILUO_RETURN_IF_ERROR(watch->Add(folder, folder, 0));
  }
  return watch;
}

FolderWatch::~FolderWatch() { close(fd_); }

Status FolderWatch::Add(const std::string& path, const std::string& root, int depth) {
  if (depth > kMaxDepth) return {};
  const int id = inotify_add_watch(fd_, path.c_str(), kMask);
  if (id < 0 && errno == ENOSPC) {
    return Error{ErrorCode::kLimitExceeded,
                 fmt::format("following {}: the system allows no more watches; raise fs.inotify.max_user_watches",
                             Printable(path))};
  }
  if (id < 0 && (errno == ENOENT || errno == ENOTDIR)) return {};  // Gone again.
  if (id < 0) return Error{ErrorCode::kIo, fmt::format("following {}: {}", Printable(path), std::strerror(errno))};
  // A folder that two links lead to has one watch; a loop of links ends here.
  const auto [place, is_new] = folders_.insert_or_assign(id, Folder{path, root});
  if (!is_new && depth > 0) return {};
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(path, error)) {
    const std::string name = entry.path().filename().string();
    if (name.front() != '.' && IsFolder(entry.path())) MAILUO_RETURN_IF_ERROR(Add(entry.path(), root, depth + 1));
  }
  return {};
}

FolderChanges FolderWatch::Wait(std::chrono::milliseconds wait, std::chrono::milliseconds settle) {
  FolderChanges changes;
  const Clock::time_point end = Clock::now() + wait;
  for (;;) {
    ReadEvents(changes);
    const Clock::time_point now = Clock::now();
    for (auto it = unsettled_.begin(); it != unsettled_.end();) {
      if (now - it->second < settle) {
        ++it;
        continue;
      }
      changes.files.push_back(it->first);
      it = unsettled_.erase(it);
    }
    if (!changes.files.empty() || changes.lost || !changes.unwatched.empty() || now >= end) return changes;
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - now);
    pollfd wanted{fd_, POLLIN, 0};
    poll(&wanted, 1, static_cast<int>((unsettled_.empty() ? left : std::min(left, settle)).count()) + 1);
  }
}

void FolderWatch::ReadEvents(FolderChanges& changes) {
  alignas(inotify_event) std::array<char, 65536> buffer;
  for (;;) {
    const ssize_t size = read(fd_, buffer.data(), buffer.size());
    if (size <= 0) return;
    for (std::size_t at = 0; at < static_cast<std::size_t>(size);) {
      inotify_event event{};
      std::memcpy(&event, buffer.data() + at, sizeof(event));
      const char* const name = buffer.data() + at + sizeof(event);
      at += sizeof(event) + event.len;
      if ((event.mask & IN_Q_OVERFLOW) != 0) changes.lost = true;
      const auto found = folders_.find(event.wd);
      if (found == folders_.end()) continue;
      if ((event.mask & IN_IGNORED) != 0) {
        folders_.erase(found);
      } else if (event.len > 0) {
        const Folder folder = found->second;  // A copy: following a new folder changes the map.
        Happened(folder, event.mask, name, changes);
      }
    }
  }
}

void FolderWatch::Happened(const Folder& folder, std::uint32_t mask, std::string_view name, FolderChanges& changes) {
  if (name.empty() || name.front() == '.') return;
  const std::string path = folder.path + "/" + std::string(name);
  const bool came = (mask & (IN_CREATE | IN_MOVED_TO)) != 0;
  if ((mask & IN_ISDIR) != 0 || (came && IsFolder(path))) {
    if (!came) return;
    if (const Status status = Add(path, folder.root, 1); !status) changes.unwatched.push_back(status.error().message);
    AddPresent(path, folder.root);
    return;
  }
  if ((mask & (IN_CLOSE_WRITE | IN_MOVED_TO)) != 0 || ((mask & IN_CREATE) != 0 && IsLink(path))) {
    Touch(path, folder.root);
  } else if (const auto waiting = unsettled_.find({path, folder.root}); waiting != unsettled_.end()) {
    waiting->second = Clock::now();  // Opened and written again.
  }
}

void FolderWatch::AddPresent(const std::string& path, const std::string& root) {
  std::error_code error;
  std::filesystem::recursive_directory_iterator it(path, error);
  for (; !error && it != std::filesystem::recursive_directory_iterator(); it.increment(error)) {
    if (it->path().filename().string().front() == '.') {
      it.disable_recursion_pending();
    } else if (!IsFolder(it->path())) {
      Touch(it->path(), root);
    }
  }
}

void FolderWatch::Touch(const std::string& path, const std::string& root) {
  if (KindOfFile(path)) unsettled_[{path, root}] = Clock::now();
}

}  // namespace mailuo::ingest
