#include "store/rocks_bulk.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <system_error>
#include <vector>

#include <fmt/core.h>

#include <rocksdb/options.h>
#include <rocksdb/snapshot.h>
#include <rocksdb/sst_file_writer.h>

namespace mailuo::store {
namespace {

// Of one process; two databases of one process have folders of their own.
std::string NextName(const std::string& folder) {
  static std::atomic<std::uint64_t> number = 0;
  return fmt::format("{}/{}.sst", folder, number++);
}

// The folder while files are made in it.
class Workshop {
 public:
  explicit Workshop(std::string path) : path_(std::move(path)) { std::filesystem::create_directories(path_, error_); }
  ~Workshop() {
    std::error_code gone;
    std::filesystem::remove(path_, gone);
  }
  Workshop(const Workshop&) = delete;
  Workshop& operator=(const Workshop&) = delete;
  const std::error_code& error() const { return error_; }

 private:
  std::string path_;
  std::error_code error_;
};

// A file that goes again unless RocksDB has taken it.
class TableFile {
 public:
  explicit TableFile(std::string path) : path_(std::move(path)) {}
  ~TableFile() {
    std::error_code gone;
    std::filesystem::remove(path_, gone);
  }
  TableFile(const TableFile&) = delete;
  TableFile& operator=(const TableFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

rocksdb::Status Fill(rocksdb::DB& db, rocksdb::ColumnFamilyHandle* family, std::span<const ChangeRef> changes,
                     const std::string& path) {
  rocksdb::Options options(db.GetDBOptions(), db.GetOptions(family));
  // It is rewritten by the next merge of files: what the bottom is worth in bytes would be lost time here.
  options.bottommost_compression = rocksdb::kDisableCompressionOption;
  rocksdb::SstFileWriter writer(rocksdb::EnvOptions(), options, family);
  rocksdb::Status status = writer.Open(path);
  // The keys lie all over the packs of a group: each comes into the cache while those before it are written.
  constexpr std::size_t kAhead = 24;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (i + kAhead < changes.size()) {
      const ChangeRef& coming = changes[i + kAhead];
      __builtin_prefetch(coming.key.data());
      __builtin_prefetch(coming.value.data());
    }
    const ChangeRef& change = changes[i];
    const rocksdb::Slice key(change.key.data(), change.key.size());
    const rocksdb::Slice value(change.value.data(), change.value.size());
    if (!status.ok()) return status;
    switch (change.kind) {
      case ChangeKind::kPut: status = writer.Put(key, value); break;
      case ChangeKind::kDelete: status = writer.Delete(key); break;
      case ChangeKind::kAdd: status = writer.Merge(key, value); break;
    }
  }
  return status.ok() ? writer.Finish() : status;
}

}  // namespace

std::string BulkFolder(const std::string& database_path) { return database_path + "/bulk"; }

void ClearBulkFolder(const std::string& database_path) {
  std::error_code error;
  std::filesystem::remove_all(BulkFolder(database_path), error);
}

rocksdb::Status WriteAsFiles(rocksdb::DB& db, std::span<rocksdb::ColumnFamilyHandle* const> families,
                             const std::string& database_path, std::span<const ChangeRef> changes,
                             const EngineChange& count) {
  // One at a time: groups are large, and the folder goes when it is empty.
  static std::mutex one_at_a_time;
  const std::lock_guard lock(one_at_a_time);
  const std::string folder = BulkFolder(database_path);
  const Workshop workshop(folder);
  if (workshop.error()) return rocksdb::Status::IOError("making the folder " + folder, workshop.error().message());

  std::vector<std::unique_ptr<TableFile>> files;
  std::vector<rocksdb::IngestExternalFileArg> args;
  std::vector<ChangeRef> meta{{count.table, count.kind, count.key, count.value}};
  while (!changes.empty() && changes.front().table == Table::kMeta) {
    meta.push_back(changes.front());
    changes = changes.subspan(1);
  }
  std::sort(meta.begin(), meta.end(), [](const ChangeRef& a, const ChangeRef& b) { return a.key < b.key; });
  std::span<const ChangeRef> part = meta;
  while (!part.empty()) {
    const Table table = part.front().table;
    rocksdb::ColumnFamilyHandle* const family = families[static_cast<std::size_t>(table)];
    files.push_back(std::make_unique<TableFile>(NextName(folder)));
    rocksdb::Status status = Fill(db, family, part, files.back()->path());
    if (!status.ok()) return status;
    rocksdb::IngestExternalFileArg arg;
    arg.column_family = family;
    arg.external_files = {files.back()->path()};
    arg.options.move_files = true;
    arg.options.write_global_seqno = false;
    args.push_back(std::move(arg));
    std::size_t size = 0;
    while (size < changes.size() && changes[size].table == changes.front().table) ++size;
    part = changes.first(size);
    changes = changes.subspan(size);
  }
  // While there is a snapshot the files get a sequence of their own, also where they are the first: it grows with every
  // change.
  const rocksdb::ManagedSnapshot snapshot(&db);
  return db.IngestExternalFiles(args);
}

}  // namespace mailuo::store
