// Which files below folders have been written, moved in or replaced, as Linux tells of it (inotify).
// Thread safety: one thread at a time.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace mailuo::ingest {

struct FolderChanges {
  // Finished files of kinds that are read, each with the folder of Open that it lies below; in byte order.
  struct File {
    std::string path;
    std::string root;
    friend auto operator<=>(const File&, const File&) = default;
  };
  std::vector<File> files;
  bool lost = false;                   // More happened than the system kept: everything has to be looked at again.
  std::vector<std::string> unwatched;  // New folders that cannot be followed, with the reason.
};

class FolderWatch {
 public:
  // Follows `folders` and every folder below them, also those that come later. kNotFound for what is no folder;
  // kLimitExceeded, with the setting to raise, where the system allows no more watches.
  static Result<std::unique_ptr<FolderWatch>> Open(const std::vector<std::string>& folders);
  ~FolderWatch();
  FolderWatch(const FolderWatch&) = delete;
  FolderWatch& operator=(const FolderWatch&) = delete;

  // Waits until files have settled or `wait` has passed. A file has settled when its writer has closed it, or it was
  // moved or linked here, and nothing happened to it for `settle`.
  FolderChanges Wait(std::chrono::milliseconds wait, std::chrono::milliseconds settle);

 private:
  struct Folder {
    std::string path;
    std::string root;
  };
  using Clock = std::chrono::steady_clock;

  explicit FolderWatch(int fd) : fd_(fd) {}
  Status Add(const std::string& path, const std::string& root, int depth);
  void ReadEvents(FolderChanges& changes);
  void Happened(const Folder& folder, std::uint32_t mask, std::string_view name, FolderChanges& changes);
  // Files that were there before the folder was followed.
  void AddPresent(const std::string& path, const std::string& root);
  void Touch(const std::string& path, const std::string& root);

  int fd_;
  std::map<int, Folder> folders_;                               // By watch.
  std::map<FolderChanges::File, Clock::time_point> unsettled_;  // When something happened last.
};

}  // namespace mailuo::ingest
