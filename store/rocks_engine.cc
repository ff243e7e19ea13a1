// The engine on RocksDB 7.8. Only files that begin with rocks_ or fault_files know it.
#include <algorithm>
#include <array>
#include <atomic>
#include <filesystem>
#include <system_error>

#include <rocksdb/db.h>
#include <rocksdb/utilities/backup_engine.h>
#include <rocksdb/write_batch.h>

#include <fmt/core.h>

#include "core/ids.h"
#include "store/engine.h"
#include "store/fault.h"
#include "store/high_water.h"
#include "store/keys.h"
#include "store/log_check.h"
#include "store/rocks_bulk.h"
#include "store/rocks_options.h"
#include "store/tally.h"

namespace mailuo::store {
namespace {

// What a write adds to the count of changes.
EngineChange CountOf(std::uint64_t changes) {
  return {Table::kMeta, ChangeKind::kAdd, std::string(kChangesName),
          EncodeTallyRow(1, {0, {static_cast<std::int64_t>(changes)}})};
}

// The open database and its column families. Shared by the engine and its views.
class Database {
 public:
  Database(std::unique_ptr<rocksdb::DB> db, std::vector<rocksdb::ColumnFamilyHandle*> families)
      : db_(std::move(db)), families_(std::move(families)) {}
  ~Database() {
    for (rocksdb::ColumnFamilyHandle* family : families_) db_->DestroyColumnFamilyHandle(family);
    // What the destructor of DB would tell nobody.
    if (const rocksdb::Status status = db_->Close(); !status.ok()) status.PermitUncheckedError();
  }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  rocksdb::DB& db() const { return *db_; }
  std::span<rocksdb::ColumnFamilyHandle* const> families() const { return families_; }
  rocksdb::ColumnFamilyHandle* family(Table table) const { return families_.at(static_cast<std::size_t>(table)); }

 private:
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> families_;
};

class RocksCursor : public Cursor {
 public:
  RocksCursor(std::shared_ptr<const Database> database, Table table, std::string prefix,
              const rocksdb::Snapshot* snapshot)
      : database_(std::move(database)), first_(std::move(prefix)), end_(After(first_)) {
    rocksdb::ReadOptions options;
    options.snapshot = snapshot;
    lower_ = first_;
    upper_ = end_;
    if (!first_.empty()) options.iterate_lower_bound = &lower_;
    if (!end_.empty()) options.iterate_upper_bound = &upper_;
    iterator_.reset(database_->db().NewIterator(options, database_->family(table)));
  }
  void Seek(std::string_view key) override { iterator_->Seek(key < first_ ? lower_ : Slice(key)); }
  void SeekBefore(std::string_view key) override {
    iterator_->SeekForPrev(Slice(key));
    if (iterator_->Valid() && View(iterator_->key()) == key) iterator_->Prev();
  }
  void SeekToLast() override { iterator_->SeekToLast(); }
  void Next() override { iterator_->Next(); }
  void Prev() override { iterator_->Prev(); }
  bool valid() const override { return iterator_->Valid(); }
  std::string_view key() const override { return View(iterator_->key()); }
  std::string_view value() const override { return View(iterator_->value()); }
  Status status() const override { return ToStatus(iterator_->status(), "reading the store"); }

 private:
  std::shared_ptr<const Database> database_;
  std::string first_;
  std::string end_;
  rocksdb::Slice lower_;
  rocksdb::Slice upper_;
  std::unique_ptr<rocksdb::Iterator> iterator_;
};

class RocksView : public EngineView {
 public:
  RocksView(std::shared_ptr<const Database> database, bool read_only, std::uint64_t first_sequence)
      : database_(std::move(database)) {
    if (!read_only) snapshot_ = database_->db().GetSnapshot();
    sequence_ = first_sequence +
                (snapshot_ != nullptr ? snapshot_->GetSequenceNumber() : database_->db().GetLatestSequenceNumber());
  }
  ~RocksView() override {
    if (snapshot_ != nullptr) database_->db().ReleaseSnapshot(snapshot_);
  }
  RocksView(const RocksView&) = delete;
  RocksView& operator=(const RocksView&) = delete;

  Result<std::optional<std::string>> Get(Table table, std::string_view key) const override {
    rocksdb::ReadOptions options;
    options.snapshot = snapshot_;
    std::string value;
    const rocksdb::Status status = database_->db().Get(options, database_->family(table), Slice(key), &value);
    if (status.IsNotFound()) return std::optional<std::string>();
    if (!status.ok()) return ToError(status, "reading the store");
    return std::optional(std::move(value));
  }
  std::unique_ptr<Cursor> Scan(Table table, std::string prefix) const override {
    return std::make_unique<RocksCursor>(database_, table, std::move(prefix), snapshot_);
  }
  std::uint64_t sequence() const override { return sequence_; }

 private:
  std::shared_ptr<const Database> database_;
  const rocksdb::Snapshot* snapshot_ = nullptr;
  std::uint64_t sequence_ = 0;
};

class RocksEngine : public Engine {
 public:
  // `high_water`: nothing for one that only reads.
  RocksEngine(std::shared_ptr<const Database> database, std::unique_ptr<HighWater> high_water, std::string path,
              const EngineOptions& options)
      : database_(std::move(database)),
        high_water_(std::move(high_water)),
        path_(std::move(path)),
        read_only_(options.read_only),
        first_sequence_(options.first_sequence),
        bulk_changes_(options.bulk_changes) {}

  ~RocksEngine() override {
    if (read_only_ || abandoned_) return;
    // What cannot be flushed stays in the log: nothing is lost.
    if (const Status status = RocksEngine::Flush(); !status) return;
  }
  RocksEngine(const RocksEngine&) = delete;
  RocksEngine& operator=(const RocksEngine&) = delete;

  using Engine::Write;
  Status Write(std::span<const ChangeRef> changes, bool durable) override {
    if (changes.size() >= bulk_changes_) {
      // Files of several tables take one sequence together.
      const rocksdb::Status written = WriteAsFiles(database_->db(), database_->families(), path_, changes, CountOf(1));
      if (!written.ok()) return ToError(written, "writing to the store " + path_);
      high_water_->Mark(database_->db().GetLatestSequenceNumber(), true);
      return {};
    }
    rocksdb::WriteBatch batch;
    for (const ChangeRef& change : changes) {
      rocksdb::ColumnFamilyHandle* const family = database_->family(change.table);
      rocksdb::Status status;
      switch (change.kind) {
        case ChangeKind::kPut: status = batch.Put(family, Slice(change.key), Slice(change.value)); break;
        case ChangeKind::kDelete: status = batch.Delete(family, Slice(change.key)); break;
        case ChangeKind::kAdd: status = batch.Merge(family, Slice(change.key), Slice(change.value)); break;
      }
      if (!status.ok()) return ToError(status, "writing to the store");
    }
    const EngineChange count = CountOf(std::uint64_t{batch.Count()} + 1);  // Itself, too.
    const rocksdb::Status status = batch.Merge(database_->family(count.table), count.key, count.value);
    if (!status.ok()) return ToError(status, "writing to the store");
    rocksdb::WriteOptions options;
    options.sync = durable;
    options.memtable_insert_hint_per_batch = true;  // Batches come sorted: more than twice as fast.
    const rocksdb::Status written = database_->db().Write(options, &batch);
    if (!written.ok()) return ToError(written, "writing to the store " + path_);
    high_water_->Mark(database_->db().GetLatestSequenceNumber(), durable);
    return {};
  }

  std::shared_ptr<const EngineView> View() const override {
    return std::make_shared<RocksView>(database_, read_only_, first_sequence_);
  }

  bool Has(Table table, std::string_view key, Status& status) const override {
    rocksdb::PinnableSlice value;
    const rocksdb::Status got =
        database_->db().Get(rocksdb::ReadOptions(), database_->family(table), Slice(key), &value);
    if (!got.ok() && !got.IsNotFound()) status = ToError(got, "reading the store");
    return got.ok();
  }

  std::vector<std::uint64_t> ApproximateBytes(std::span<const KeyRange> ranges) const override {
    std::vector<std::uint64_t> sizes(ranges.size(), 0);
    rocksdb::SizeApproximationOptions options;
    options.include_memtables = true;
    options.include_files = true;
    for (std::size_t i = 0; i < ranges.size(); ++i) {
      const rocksdb::Range range(ranges[i].first, ranges[i].end);
      const rocksdb::Status status =
          database_->db().GetApproximateSizes(options, database_->family(ranges[i].table), &range, 1, &sizes[i]);
      if (!status.ok()) sizes[i] = 0;  // An estimate, and this is how it says that it has none.
    }
    return sizes;
  }

  std::uint64_t DiskBytes() const override {
    std::uint64_t bytes = 0;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(path_, error)) {
      std::error_code gone;  // The writer may delete files meanwhile.
      const std::uint64_t size = entry.is_regular_file(gone) ? entry.file_size(gone) : 0;
      if (!gone) bytes += size;
    }
    return bytes;
  }

  Status Compact() override {
    rocksdb::CompactRangeOptions options;
    options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForceOptimized;
    // Twice: sums are made in the first pass, and those that come out empty are dropped in the second.
    for (int pass = 0; pass < 2; ++pass) {
      for (int table = 0; table < kTables; ++table) {
        const rocksdb::Status status =
            database_->db().CompactRange(options, database_->family(static_cast<Table>(table)), nullptr, nullptr);
        if (!status.ok()) return ToError(status, "compacting the store");
      }
    }
    return {};
  }

  Status Backup(const std::string& backup_path) const override {
    rocksdb::BackupEngine* raw = nullptr;
    const rocksdb::BackupEngineOptions options(backup_path);
    rocksdb::IOStatus status = rocksdb::BackupEngine::Open(options, rocksdb::Env::Default(), &raw);
    const std::unique_ptr<rocksdb::BackupEngine> backups(raw);
    if (status.ok()) status = backups->CreateNewBackup(&database_->db());
    return ToStatus(status, "backing up to " + backup_path);
  }

  Status Flush() override {
    if (read_only_) return {};
    const std::uint64_t sequence = database_->db().GetLatestSequenceNumber();
    const rocksdb::FlushOptions options;
    std::vector<rocksdb::ColumnFamilyHandle*> families;
    families.reserve(kTables);
    for (int table = 0; table < kTables; ++table) families.push_back(database_->family(static_cast<Table>(table)));
    const rocksdb::Status status = database_->db().Flush(options, families);
    if (!status.ok()) return ToError(status, "flushing the store " + path_);
    high_water_->Mark(sequence, true);
    return {};
  }

  void Abandon() override { abandoned_ = true; }

 private:
  std::shared_ptr<const Database> database_;
  std::unique_ptr<HighWater> high_water_;
  std::string path_;
  bool read_only_;
  std::uint64_t first_sequence_;
  std::size_t bulk_changes_;
  std::atomic<bool> abandoned_ = false;
};

bool IsLockError(const rocksdb::Status& status) {
  const std::string text = status.ToString();
  return status.IsIOError() && text.find("LOCK") != std::string::npos && text.find("lock") != std::string::npos;
}

Result<std::shared_ptr<const Database>> OpenDatabase(const std::string& path, const EngineOptions& options) {
  rocksdb::DB* raw = nullptr;
  std::vector<rocksdb::ColumnFamilyHandle*> families;
  const rocksdb::DBOptions db_options = MakeDbOptions(options);
  const auto descriptors = MakeFamilies(options);
  const rocksdb::Status status = options.read_only
                                     ? rocksdb::DB::OpenForReadOnly(db_options, path, descriptors, &families, &raw)
                                     : rocksdb::DB::Open(db_options, path, descriptors, &families, &raw);
  if (IsLockError(status)) return Error{ErrorCode::kAlreadyExists, "the store is open for writing"};
  if (!status.ok()) {
    Error error = ToError(status, "opening the store " + path);
    // We ask for what every store of ours has: "no such column family" and the like are damage.
    if (status.IsInvalidArgument()) error.code = ErrorCode::kCorruption;
    return error;
  }
  return std::make_shared<const Database>(std::unique_ptr<rocksdb::DB>(raw), std::move(families));
}

// How many changes the database holds, by its own count; 0 where none was written.
Result<std::uint64_t> CountChanges(const Database& database) {
  std::string value;
  const rocksdb::Status status =
      database.db().Get(rocksdb::ReadOptions(), database.family(Table::kMeta), Slice(kChangesName), &value);
  if (status.IsNotFound()) return std::uint64_t{0};
  if (!status.ok()) return ToError(status, "reading the store");
  const auto tally = DecodeTally(value);
  if (!tally || tally->rows.size() != 1 || tally->width != 1 || tally->rows[0].counts[0] < 0) {
    return Error{ErrorCode::kCorruption, "the store's own count of changes is damaged"};
  }
  return static_cast<std::uint64_t>(tally->rows[0].counts[0]);
}

// Is everything there that callers were told of, and nothing missing between? RocksDB counts each change in its
// sequences, and so do we in a key that is flushed together with everything else: a log that has lost what it said, or
// that is gone, leaves fewer changes than sequences. `must`: from before the opening.
Status CheckWhole(const Database& database, const MustHold& must, const std::string& path) {
  const std::uint64_t reached = database.db().GetLatestSequenceNumber();
  MAILUO_ASSIGN_OR_RETURN(const std::uint64_t held, CountChanges(database));
  // After a loss of power less may be there than the manifest has heard of: what nobody was told to be on disk.
  if (held >= must.sequence && (held == reached || !must.same_boot)) return {};
  return Error{ErrorCode::kCorruption, fmt::format("the store {} has lost changes: it holds {} of {}", path, held,
                                                   std::max(reached, must.sequence))};
}

// After a loss of power the two counts may part by what was lost; from here on they go together again.
Status Recount(const Database& database) {
  MAILUO_ASSIGN_OR_RETURN(const std::uint64_t held, CountChanges(database));
  const std::uint64_t reached = database.db().GetLatestSequenceNumber();
  if (held == reached) return {};
  const EngineChange missing = CountOf(reached - held + 1);
  return ToStatus(
      database.db().Merge(rocksdb::WriteOptions(), database.family(missing.table), missing.key, missing.value),
      "writing to the store");
}

// A database that is there, opened for reading and checked.
Result<std::shared_ptr<const Database>> OpenChecked(const std::string& path, EngineOptions options) {
  options.read_only = true;
  const MustHold must = MustHoldAtLeast(path);
  MAILUO_RETURN_IF_ERROR(CheckLogs(path));
  MAILUO_ASSIGN_OR_RETURN(auto database, OpenDatabase(path, options));
  MAILUO_RETURN_IF_ERROR(CheckWhole(*database, must, path));
  return database;
}

// The same beside a live writer, which may delete a file, or go on to another log, between our reading of its name and
// our opening of it. Where nothing moved meanwhile, what was found is so.
Result<std::shared_ptr<const Database>> OpenUnmoved(const std::string& path, const EngineOptions& options) {
  constexpr int kTries = 50;
  for (int i = 1;; ++i) {
    const std::uint64_t files = RocksFilesFingerprint(path);
    auto database = OpenChecked(path, options);
    if (database || i == kTries || RocksFilesFingerprint(path) == files) return database;
  }
}

}  // namespace

Result<std::shared_ptr<Engine>> OpenRocksEngine(const std::string& path, const EngineOptions& options) {
  if (options.read_only) {
    MAILUO_ASSIGN_OR_RETURN(auto database, OpenUnmoved(path, options));
    return std::shared_ptr<Engine>(std::make_shared<RocksEngine>(std::move(database), nullptr, path, options));
  }
  // Looked at before it is opened for writing, for that deletes what a damaged manifest or log does not name.
  if (!options.create) MAILUO_RETURN_IF_ERROR(OpenUnmoved(path, options).map([](const auto&) {}));
  MAILUO_ASSIGN_OR_RETURN(auto database, OpenDatabase(path, options));
  ClearBulkFolder(path);
  MAILUO_ASSIGN_OR_RETURN(auto high_water, HighWater::Open(path));
  MAILUO_RETURN_IF_ERROR(Recount(*database));
  return std::shared_ptr<Engine>(
      std::make_shared<RocksEngine>(std::move(database), std::move(high_water), path, options));
}

bool HoldsRocksEngine(const std::string& path) {
  std::error_code error;
  return std::filesystem::exists(std::filesystem::path(path) / "CURRENT", error);
}

std::uint64_t RocksFilesFingerprint(const std::string& path) {
  std::uint64_t sum = 0;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(path, error)) {
    const std::string name = entry.path().filename().string();
    if (name.compare(0, 3, "LOG") == 0) continue;  // What RocksDB says of itself.
    std::error_code gone;
    const std::uint64_t size = entry.is_regular_file(gone) ? entry.file_size(gone) : 0;
    sum += StableHash64(name + "/" + std::to_string(size));
  }
  return sum;
}

Status DestroyRocksEngine(const std::string& path) {
  const rocksdb::Status status = rocksdb::DestroyDB(path, rocksdb::Options());
  if (IsLockError(status)) return Error{ErrorCode::kAlreadyExists, path + " is open for writing"};
  if (!status.ok()) return ToError(status, "deleting " + path);
  HighWater::Remove(path);
  return {};
}

Status RestoreRocksEngine(const std::string& backup_path, const std::string& path) {
  rocksdb::BackupEngineReadOnly* raw = nullptr;
  const rocksdb::BackupEngineOptions options(backup_path);
  rocksdb::IOStatus status = rocksdb::BackupEngineReadOnly::Open(options, rocksdb::Env::Default(), &raw);
  const std::unique_ptr<rocksdb::BackupEngineReadOnly> backups(raw);
  if (status.ok()) status = backups->RestoreDBFromLatestBackup(path, path);
  return ToStatus(status, "restoring from " + backup_path);
}

}  // namespace mailuo::store
