// The engine on RocksDB 7.8: this file and rocks_bulk.cc are the only ones that know it.
#include <algorithm>
#include <array>
#include <atomic>
#include <filesystem>
#include <system_error>

#include <rocksdb/cache.h>
#include <rocksdb/compaction_filter.h>
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/merge_operator.h>
#include <rocksdb/table.h>
#include <rocksdb/utilities/backup_engine.h>
#include <rocksdb/write_batch.h>

#include <fmt/core.h>

#include "core/ids.h"
#include "store/engine.h"
#include "store/fault.h"
#include "store/fault_files.h"
#include "store/high_water.h"
#include "store/keys.h"
#include "store/log_check.h"
#include "store/rocks_bulk.h"
#include "store/tally.h"

namespace mailuo::store {
namespace {

constexpr int kTables = 3;
constexpr std::array<const char*, kTables> kFamilyNames{"default", "article", "graph"};  // By Table.

std::string_view View(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }
rocksdb::Slice Slice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }

// The one table from RocksDB's statuses to ours.
Error ToError(const rocksdb::Status& status, std::string_view doing) {
  ErrorCode code = ErrorCode::kIo;
  if (status.IsNotFound()) code = ErrorCode::kNotFound;
  // A file that the store names and that is not there is as bad as one with wrong bytes.
  if (status.IsCorruption() || status.IsMergeInProgress() || status.IsPathNotFound()) code = ErrorCode::kCorruption;
  if (status.IsInvalidArgument() || status.IsNotSupported()) code = ErrorCode::kInternal;
  return Error{code, std::string(doing) + ": " + status.ToString()};
}
Status ToStatus(const rocksdb::Status& status, std::string_view doing) {
  if (status.ok()) return {};
  return ToError(status, doing);
}

// Adds tallies.
class TallyMerge : public rocksdb::MergeOperator {
 public:
  bool FullMergeV2(const MergeOperationInput& input, MergeOperationOutput* output) const override {
    std::vector<std::string_view> parts;
    parts.reserve(input.operand_list.size() + 1);
    if (input.existing_value != nullptr) parts.push_back(View(*input.existing_value));
    for (const rocksdb::Slice& operand : input.operand_list) parts.push_back(View(operand));
    return Add(parts, output->new_value);
  }
  bool PartialMergeMulti(const rocksdb::Slice& /*key*/, const std::deque<rocksdb::Slice>& operands, std::string* result,
                         rocksdb::Logger* /*logger*/) const override {
    std::vector<std::string_view> parts;
    parts.reserve(operands.size());
    for (const rocksdb::Slice& operand : operands) parts.push_back(View(operand));
    return Add(parts, *result);
  }
  const char* Name() const override { return "mailuo.tally.1"; }

 private:
  static bool Add(const std::vector<std::string_view>& parts, std::string& result) {
    auto sum = AddTallies(parts);
    if (!sum) return false;
    result = *std::move(sum);
    return true;
  }
};

// Drops tallies that have become empty: they are as good as absent.
class EmptyTallyFilter : public rocksdb::CompactionFilter {
 public:
  Decision FilterV2(int /*level*/, const rocksdb::Slice& key, ValueType type, const rocksdb::Slice& value,
                    std::string* /*new_value*/, std::string* /*skip_until*/) const override {
    const bool empty = type == ValueType::kValue && !key.empty() && IsTallySpace(static_cast<Space>(key[0])) &&
                       IsEmptyTally(View(value));
    return empty ? Decision::kRemove : Decision::kKeep;
  }
  const char* Name() const override { return "mailuo.empty_tally.1"; }
};

const EmptyTallyFilter& SharedFilter() {
  static const EmptyTallyFilter filter;
  return filter;
}

rocksdb::DBOptions MakeDbOptions(const EngineOptions& options) {
  rocksdb::DBOptions db;
  db.create_if_missing = options.create;
  db.create_missing_column_families = true;
  db.max_background_jobs = options.background_jobs;
  // Every file stays open, so that a reader beside a live writer keeps what the writer's compactions delete.
  db.max_open_files = -1;
  db.info_log_level = rocksdb::WARN_LEVEL;
  db.keep_log_file_num = 4;
  // Whoever opens for reading beside a writer replays the log: 0.02 s for each megabyte.
  db.max_total_wal_size = std::min<std::uint64_t>(options.write_buffer_bytes, std::uint64_t{24} << 20);
  db.bytes_per_sync = std::uint64_t{1} << 20;
  db.wal_bytes_per_sync = std::uint64_t{1} << 20;
  // A log with wrong bytes ends there: after power loss that may be right. Whether it lost anything that was
  // acknowledged is for CheckReached to say. A log that is missing, or shorter than it was synced, is named.
  db.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  db.track_and_verify_wals_in_manifest = true;
  if (fault::Armed()) {
    db.env = FaultEnv();
    db.listeners.push_back(FaultListener());
  }
  return db;
}

rocksdb::BlockBasedTableOptions MakeTableOptions(const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.format_version = 5;
  table.block_size = std::size_t{16} << 10;
  table.cache_index_and_filter_blocks = true;
  table.cache_index_and_filter_blocks_with_high_priority = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  return table;
}

// Files of like size are merged, sixteen at a time: an article is rewritten twice on its way to a million, where levels
// would rewrite it twenty times, and a reader looks into some twenty files at most.
void MergeBySize(rocksdb::ColumnFamilyOptions& family) {
  constexpr int kRuns = 16;
  family.compaction_style = rocksdb::kCompactionStyleUniversal;
  family.level0_file_num_compaction_trigger = kRuns;
  family.level0_slowdown_writes_trigger = 3 * kRuns;
  family.level0_stop_writes_trigger = 4 * kRuns;
  family.compaction_options_universal.size_ratio = 10;
  // Nearly all keys come once: what is old hides little that could be dropped.
  family.compaction_options_universal.max_size_amplification_percent = 1000;
}

rocksdb::ColumnFamilyOptions MakeGraphOptions(const EngineOptions& options,
                                              const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::ColumnFamilyOptions family;
  family.write_buffer_size = options.write_buffer_bytes;
  MergeBySize(family);
  family.compression = rocksdb::kLZ4Compression;
  family.bottommost_compression = rocksdb::kZSTD;
  family.merge_operator = std::make_shared<TallyMerge>();
  family.compaction_filter = &SharedFilter();
  family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(MakeTableOptions(cache)));
  return family;
}

rocksdb::ColumnFamilyOptions MakeArticleOptions(const EngineOptions& options,
                                                const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::ColumnFamilyOptions family;
  family.write_buffer_size = options.write_buffer_bytes;
  MergeBySize(family);
  family.compression = rocksdb::kNoCompression;  // Texts and annotations are compressed one by one.
  rocksdb::BlockBasedTableOptions table = MakeTableOptions(cache);
  // "Do I know this article?" is asked for every new one.
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return family;
}

std::vector<rocksdb::ColumnFamilyDescriptor> MakeFamilies(const EngineOptions& options) {
  const auto cache = rocksdb::NewLRUCache(options.block_cache_bytes);
  return {{kFamilyNames[0], rocksdb::ColumnFamilyOptions()},
          {kFamilyNames[1], MakeArticleOptions(options, cache)},
          {kFamilyNames[2], MakeGraphOptions(options, cache)}};
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
    if (const Status status = Flush(); !status) return;
  }
  RocksEngine(const RocksEngine&) = delete;
  RocksEngine& operator=(const RocksEngine&) = delete;

  Status Write(std::span<const EngineChange> changes, bool durable) override {
    if (changes.size() >= bulk_changes_) {
      const rocksdb::Status written = WriteAsFiles(database_->db(), database_->families(), path_, changes);
      if (!written.ok()) return ToError(written, "writing to the store " + path_);
      high_water_->Mark(database_->db().GetLatestSequenceNumber(), true);
      return {};
    }
    rocksdb::WriteBatch batch;
    for (const EngineChange& change : changes) {
      rocksdb::ColumnFamilyHandle* const family = database_->family(change.table);
      rocksdb::Status status;
      switch (change.kind) {
        case ChangeKind::kPut: status = batch.Put(family, change.key, change.value); break;
        case ChangeKind::kDelete: status = batch.Delete(family, change.key); break;
        case ChangeKind::kAdd: status = batch.Merge(family, change.key, change.value); break;
      }
      if (!status.ok()) return ToError(status, "writing to the store");
    }
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
    for (int table = 0; table < kTables; ++table) {
      const rocksdb::Status status = database_->db().Flush(options, database_->family(static_cast<Table>(table)));
      if (!status.ok()) return ToError(status, "flushing the store " + path_);
    }
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
  if (!status.ok()) return ToError(status, "opening the store " + path);
  return std::make_shared<const Database>(std::unique_ptr<rocksdb::DB>(raw), std::move(families));
}

// Is everything there that callers were told of? `marked`: as MustHaveReached said before the opening.
Status CheckReached(const Database& database, std::uint64_t marked, const std::string& path) {
  const std::uint64_t reached = database.db().GetLatestSequenceNumber();
  if (reached >= marked) return {};
  return Error{ErrorCode::kCorruption,
               fmt::format("the store {} has lost its last changes: {} of {} are there", path, reached, marked)};
}

// A database that is there, opened for reading and checked.
Result<std::shared_ptr<const Database>> OpenChecked(const std::string& path, EngineOptions options) {
  options.read_only = true;
  const std::uint64_t marked = MustHaveReached(path);
  MAILUO_RETURN_IF_ERROR(CheckLogTails(path));
  MAILUO_ASSIGN_OR_RETURN(auto database, OpenDatabase(path, options));
  MAILUO_RETURN_IF_ERROR(CheckReached(*database, marked, path));
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
