#include "store/rocks_options.h"

#include <algorithm>
#include <string>
#include <utility>

#include <rocksdb/cache.h>
#include <rocksdb/compaction_filter.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/merge_operator.h>
#include <rocksdb/table.h>

#include "store/fault.h"
#include "store/fault_files.h"
#include "store/keys.h"
#include "store/sums.h"

namespace mailuo::store {
namespace {

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
    auto sum = AddSums(parts);
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
                       IsEmptySum(View(value));
    return empty ? Decision::kRemove : Decision::kKeep;
  }
  const char* Name() const override { return "mailuo.empty_tally.1"; }
};

const EmptyTallyFilter& SharedFilter() {
  static const EmptyTallyFilter filter;
  return filter;
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

// The unflushed writes are bounded for all families together (db_write_buffer_size), so no family may be full by
// itself: RocksDB 7.8 keeps references to the other ones when it cannot make a log for a flush that one full family
// asks for (DBImpl::ScheduleFlushes), and its assertions then end the program when the store is closed.
void LeaveFlushesToTheStore(const EngineOptions& options, rocksdb::ColumnFamilyOptions& family) {
  family.write_buffer_size = 8 * options.write_buffer_bytes;
  family.arena_block_size = std::min<std::size_t>(options.write_buffer_bytes / 16, std::size_t{1} << 20);
}

rocksdb::ColumnFamilyOptions MakeGraphOptions(const EngineOptions& options,
                                              const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::ColumnFamilyOptions family;
  LeaveFlushesToTheStore(options, family);
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
  LeaveFlushesToTheStore(options, family);
  MergeBySize(family);
  family.compression = rocksdb::kNoCompression;  // Texts and annotations are compressed one by one.
  rocksdb::BlockBasedTableOptions table = MakeTableOptions(cache);
  // "Do I know this article?" is asked for every new one.
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return family;
}

// What a person may do about it.
std::string_view Advice(const rocksdb::Status& status) {
  const std::string text = status.ToString();
  const auto says = [&text](std::string_view words) { return text.find(words) != std::string::npos; };
  if (status.IsNoSpace() || says("No space left") || says("quota exceeded")) {
    return ": the disk is full: make room and start again; what was acknowledged is in the store";
  }
  if (says("Read-only file system") || says("Permission denied")) {
    return ": the folder cannot be written to; what was acknowledged is in the store";
  }
  if (says("File too large")) return ": a limit on the size of files (ulimit -f) is in the way";
  if (status.IsIOError() && !status.IsPathNotFound()) {
    return ": look after the disk, start again, and run `mailuo verify`; what was acknowledged is in the store";
  }
  return {};
}

}  // namespace

Error ToError(const rocksdb::Status& status, std::string_view doing) {
  ErrorCode code = ErrorCode::kIo;
  if (status.IsNotFound()) code = ErrorCode::kNotFound;
  // A file that the store names and that is not there is as bad as one with wrong bytes.
  if (status.IsCorruption() || status.IsMergeInProgress() || status.IsPathNotFound()) code = ErrorCode::kCorruption;
  if (status.IsInvalidArgument() || status.IsNotSupported()) code = ErrorCode::kInternal;
  return Error{code, std::string(doing) + ": " + status.ToString() + std::string(Advice(status))};
}
Status ToStatus(const rocksdb::Status& status, std::string_view doing) {
  if (status.ok()) return {};
  return ToError(status, doing);
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
  db.db_write_buffer_size = options.write_buffer_bytes;
  db.max_total_wal_size = std::min<std::uint64_t>(options.write_buffer_bytes, std::uint64_t{24} << 20);
  db.bytes_per_sync = std::uint64_t{1} << 20;
  db.wal_bytes_per_sync = std::uint64_t{1} << 20;
  // A log with wrong bytes ends there: after power loss that may be right. Whether it lost anything that was
  // acknowledged is for CheckWhole to say. A log that is missing, or shorter than it was synced, is named.
  // All column families together: what the log has lost is then lost to all of them, and is counted (CheckWhole).
  db.atomic_flush = true;
  db.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  db.track_and_verify_wals_in_manifest = true;
  if (fault::Armed()) {
    db.env = FaultEnv();
    db.listeners.push_back(FaultListener());
  }
  return db;
}

std::vector<rocksdb::ColumnFamilyDescriptor> MakeFamilies(const EngineOptions& options) {
  const auto cache = rocksdb::NewLRUCache(options.block_cache_bytes);
  rocksdb::ColumnFamilyOptions meta;
  meta.merge_operator = std::make_shared<TallyMerge>();
  return {{kFamilyNames[0], meta},
          {kFamilyNames[1], MakeArticleOptions(options, cache)},
          {kFamilyNames[2], MakeGraphOptions(options, cache)}};
}

}  // namespace mailuo::store
