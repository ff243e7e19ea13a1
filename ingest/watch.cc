#include "ingest/watch.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <thread>

#include <fmt/core.h>

#include "ingest/folder_watch.h"
#include "ingest/printable.h"

namespace mailuo::ingest {
namespace {

using std::chrono::milliseconds;

class Watcher {
 public:
  Watcher(const std::vector<std::string>& folders, store::Store& store,
          const std::shared_ptr<const extract::Knowledge>& knowledge, const WatchOptions& options)
      : folders_(folders), store_(store), knowledge_(knowledge), options_(options) {}

  Status Run() {
    // Followed first, so that what comes while the folders are read is not missed.
    MAILUO_ASSIGN_OR_RETURN(const std::unique_ptr<FolderWatch> watch, FolderWatch::Open(folders_));
    MAILUO_RETURN_IF_ERROR(IngestPaths(folders_, store_, knowledge_, options_.ingest).map([](const IngestReport&) {}));
    Tell(IngestEventKind::kWatching, JoinedFolders(), {});
    constexpr milliseconds kPoll{100};
    while (!Stopped()) {
      const FolderChanges changes = watch->Wait(kPoll, milliseconds(options_.settle_ms));
      for (const std::string& reason : changes.unwatched) Tell(IngestEventKind::kWarning, {}, reason);
      if (changes.lost) Ingest(folders_, {});
      IngestFiles(changes.files);
    }
    return {};
  }

 private:
  bool Stopped() const { return options_.ingest.stop && options_.ingest.stop(); }

  std::string JoinedFolders() const {
    std::string joined;
    for (const std::string& folder : folders_) joined += (joined.empty() ? "" : ", ") + Printable(folder);
    return joined;
  }

  void IngestFiles(const std::vector<FolderChanges::File>& files) {
    std::map<std::string, std::vector<std::string>> by_root;
    for (const FolderChanges::File& file : files) by_root[file.root].push_back(file.path);
    for (const auto& [root, paths] : by_root) Ingest(paths, root);
  }

  // Until it is done or nobody wants it any more.
  void Ingest(const std::vector<std::string>& paths, const std::string& root) {
    IngestOptions options = options_.ingest;
    options.reader.root = root;
    // A thread for each of a few files costs more than it saves: each opens dictionaries of its own.
    constexpr std::size_t kFew = 16;
    if (!root.empty() && paths.size() < kFew) options.threads = 1;
    for (std::uint32_t pause = kFirstPause;; pause = std::min(2 * pause, options_.max_retry_ms)) {
      const auto report = IngestPaths(paths, store_, knowledge_, options);
      if (report || report.error().code == ErrorCode::kNotFound) return;  // Gone again.
      Tell(IngestEventKind::kWarning, {},
           fmt::format("{}; trying again in {:.1f} s", report.error().message, static_cast<double>(pause) / 1000));
      if (!Sleep(pause)) return;
    }
  }

  // False when it is time to stop.
  bool Sleep(std::uint32_t pause) const {
    constexpr std::uint32_t kStep = 50;
    for (std::uint32_t slept = 0; slept < pause; slept += kStep) {
      if (Stopped()) return false;
      std::this_thread::sleep_for(milliseconds(kStep));
    }
    return true;
  }

  void Tell(IngestEventKind kind, std::string place, std::string reason) const {
    if (options_.ingest.on_event) options_.ingest.on_event({kind, {}, 0, std::move(place), std::move(reason)});
  }

  static constexpr std::uint32_t kFirstPause = 500;
  const std::vector<std::string>& folders_;
  store::Store& store_;
  const std::shared_ptr<const extract::Knowledge>& knowledge_;
  const WatchOptions& options_;
};

}  // namespace

Status WatchFolders(const std::vector<std::string>& folders, store::Store& store,
                    const std::shared_ptr<const extract::Knowledge>& knowledge, const WatchOptions& options) {
  return Watcher(folders, store, knowledge, options).Run();
}

}  // namespace mailuo::ingest
