#include "store/fault_files.h"

#include <rocksdb/file_system.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "core/ids.h"
#include "store/fault.h"

namespace mailuo::store {
namespace {

using rocksdb::FileOptions;
using rocksdb::FSWritableFile;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;

bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

std::string_view KindOf(const std::string& path) {
  const std::string_view name = std::string_view(path).substr(path.rfind('/') + 1);
  if (EndsWith(name, ".log")) return "wal";
  if (EndsWith(name, ".sst")) return "sst";
  if (name.substr(0, 8) == "MANIFEST") return "manifest";
  // CURRENT is written beside its place and renamed.
  if (name == "CURRENT" || EndsWith(name, ".dbtmp")) return "current";
  return "other";
}

// Sizes of the files of this process: what was written to each, and what a loss of power would leave at least.
class Disk {
 public:
  void Write(const std::string& path, std::uint64_t size) {
    const std::lock_guard lock(mutex_);
    files_[path].written += size;
  }
  void Sync(const std::string& path) {
    const std::lock_guard lock(mutex_);
    files_[path].synced = files_[path].written;
  }
  void Create(const std::string& path) {
    const std::lock_guard lock(mutex_);
    files_[path] = {};
  }
  void Rename(const std::string& from, const std::string& to) {
    const std::lock_guard lock(mutex_);
    if (const auto file = files_.find(from); file != files_.end()) {
      files_[to] = file->second;
      files_.erase(from);
    }
  }
  void Forget(const std::string& path) {
    const std::lock_guard lock(mutex_);
    files_.erase(path);
  }
  // Each file keeps what was synced, and of the rest a first part.
  [[noreturn]] void LosePower() {
    const std::lock_guard lock(mutex_);
    for (const auto& [path, file] : files_) {
      const std::uint64_t loose = file.written - file.synced;
      const std::uint64_t kept = loose == 0 ? 0 : StableHash64(path + std::to_string(file.written)) % (loose + 1);
      if (truncate(path.c_str(), static_cast<off_t>(file.synced + kept)) != 0) continue;  // Gone: nothing to lose.
    }
    kill(getpid(), SIGKILL);
    for (;;) pause();
  }

 private:
  struct File {
    std::uint64_t written = 0;
    std::uint64_t synced = 0;
  };
  std::mutex mutex_;
  std::map<std::string, File> files_;
};

Disk& TheDisk() {
  static Disk disk;
  return disk;
}

IOStatus Reach(std::string_view kind, std::string_view operation) {
  switch (fault::Reach(std::string(kind) + "." + std::string(operation))) {
    case fault::Action::kGo: break;
    case fault::Action::kNoSpace: return IOStatus::NoSpace("No space left on device");
    case fault::Action::kReadOnly: return IOStatus::IOError("Read-only file system");
    case fault::Action::kIoError: return IOStatus::IOError("Input/output error");
    case fault::Action::kPowerLoss: TheDisk().LosePower();
  }
  return IOStatus::OK();
}

class FaultFile : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  FaultFile(std::unique_ptr<FSWritableFile>&& file, const std::string& path)
      : FSWritableFileOwnerWrapper(std::move(file)), path_(path), kind_(KindOf(path)) {}

  IOStatus Append(const rocksdb::Slice& data, const IOOptions& options, IODebugContext* debug) override {
    if (IOStatus status = Reach(kind_, "append"); !status.ok()) return status;
    TheDisk().Write(path_, data.size());
    return target()->Append(data, options, debug);
  }
  IOStatus Append(const rocksdb::Slice& data, const IOOptions& options, const rocksdb::DataVerificationInfo& /*info*/,
                  IODebugContext* debug) override {
    return Append(data, options, debug);
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* debug) override {
    if (IOStatus status = Reach(kind_, "sync"); !status.ok()) return status;
    IOStatus status = target()->Sync(options, debug);
    if (status.ok()) TheDisk().Sync(path_);
    return status;
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override { return Sync(options, debug); }
  IOStatus Close(const IOOptions& options, IODebugContext* debug) override {
    if (IOStatus status = Reach(kind_, "close"); !status.ok()) return status;
    return target()->Close(options, debug);
  }
  // Sizes above count bytes: none may come into being in another way.
  IOStatus Allocate(std::uint64_t /*offset*/, std::uint64_t /*size*/, const IOOptions& /*options*/,
                    IODebugContext* /*debug*/) override {
    return IOStatus::OK();
  }
  void PrepareWrite(std::size_t /*offset*/, std::size_t /*size*/, const IOOptions& /*options*/,
                    IODebugContext* /*debug*/) override {}

 private:
  std::string path_;
  std::string_view kind_;
};

class FaultFiles : public rocksdb::FileSystemWrapper {
 public:
  FaultFiles() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}
  const char* Name() const override { return "mailuo.fault"; }

  IOStatus NewWritableFile(const std::string& path, const FileOptions& options, std::unique_ptr<FSWritableFile>* result,
                           IODebugContext* debug) override {
    if (IOStatus status = Reach(KindOf(path), "create"); !status.ok()) return status;
    std::unique_ptr<FSWritableFile> file;
    IOStatus status = target()->NewWritableFile(path, options, &file, debug);
    if (!status.ok()) return status;
    TheDisk().Create(path);
    *result = std::make_unique<FaultFile>(std::move(file), path);
    return status;
  }
  IOStatus RenameFile(const std::string& from, const std::string& to, const IOOptions& options,
                      IODebugContext* debug) override {
    if (IOStatus status = Reach(KindOf(to), "rename"); !status.ok()) return status;
    IOStatus status = target()->RenameFile(from, to, options, debug);
    if (status.ok()) TheDisk().Rename(from, to);
    return status;
  }
  IOStatus DeleteFile(const std::string& path, const IOOptions& options, IODebugContext* debug) override {
    if (IOStatus status = Reach(KindOf(path), "delete"); !status.ok()) return status;
    TheDisk().Forget(path);
    return target()->DeleteFile(path, options, debug);
  }
};

class Listener : public rocksdb::EventListener {
 public:
  void OnFlushBegin(rocksdb::DB* /*db*/, const rocksdb::FlushJobInfo& /*info*/) override { Tell("flush.begin"); }
  void OnFlushCompleted(rocksdb::DB* /*db*/, const rocksdb::FlushJobInfo& /*info*/) override { Tell("flush.end"); }
  void OnCompactionBegin(rocksdb::DB* /*db*/, const rocksdb::CompactionJobInfo& /*info*/) override {
    Tell("compaction.begin");
  }
  void OnCompactionCompleted(rocksdb::DB* /*db*/, const rocksdb::CompactionJobInfo& /*info*/) override {
    Tell("compaction.end");
  }

 private:
  static void Tell(std::string_view point) {
    if (fault::Reach(point) == fault::Action::kPowerLoss) TheDisk().LosePower();
  }
};

}  // namespace

rocksdb::Env* FaultEnv() {
  static const std::unique_ptr<rocksdb::Env> env = rocksdb::NewCompositeEnv(std::make_shared<FaultFiles>());
  return env.get();
}

std::shared_ptr<rocksdb::EventListener> FaultListener() { return std::make_shared<Listener>(); }

}  // namespace mailuo::store
