// Salvage. A database that opens is read around its damaged blocks. One that does not is put together anew by RocksDB's
// RepairDB, in a copy made of links; tables that RepairDB gives up as a whole, for one bad block, are read around
// theirs. Sums of tallies are not to be trusted after that (a table and what it was compacted into may both be there),
// so nothing is taken but whole values.
#include <algorithm>
#include <filesystem>
#include <memory>
#include <system_error>

#include <fmt/core.h>

#include <rocksdb/options.h>
#include <rocksdb/sst_file_reader.h>
#include <rocksdb/table_properties.h>

#include "store/keys.h"
#include "store/rocks_options.h"
#include "store/salvage.h"

namespace mailuo::store {
namespace {

namespace fs = std::filesystem;

// The first eight bytes after `prefix` as a number, and back: where to look for the next readable key.
std::uint64_t NumberOf(std::string_view key, std::size_t prefix) {
  std::uint64_t number = 0;
  for (std::size_t i = prefix; i < prefix + 8; ++i) {
    number = number << 8U | (i < key.size() ? static_cast<std::uint8_t>(key[i]) : 0U);
  }
  return number;
}
std::string KeyOf(std::string_view prefix, std::uint64_t number) {
  std::string key(prefix);
  for (int shift = 56; shift >= 0; shift -= 8) key += static_cast<char>(number >> static_cast<unsigned>(shift) & 0xFFU);
  return key;
}

// Walks all keys with the prefix, past blocks that cannot be read.
class IslandWalk {
 public:
  IslandWalk(rocksdb::Iterator& iterator, std::string prefix) : iterator_(iterator), prefix_(std::move(prefix)) {}

  template <typename Visit>
  void Run(Visit visit) {
    std::uint64_t place = 0;  // Nothing below it is to be read any more.
    std::string last;
    iterator_.Seek(prefix_);
    for (;;) {
      for (; InRange(); iterator_.Next()) {
        const std::string_view key = View(iterator_.key());
        if (!last.empty() && key <= last) continue;
        visit(key, View(iterator_.value()));
        last = key;
        place = NumberOf(key, prefix_.size());
      }
      if (iterator_.Valid() || iterator_.status().ok()) return;
      if (problem_.empty()) problem_ = iterator_.status().ToString();
      ++gaps_;
      if (!FindNext(place)) return;
    }
  }
  std::size_t gaps() const { return gaps_; }
  const std::string& problem() const { return problem_; }

 private:
  bool InRange() const { return iterator_.Valid() && iterator_.key().starts_with(prefix_); }
  bool CanReadAt(std::uint64_t number) {
    iterator_.Seek(KeyOf(prefix_, number));
    return iterator_.Valid() || iterator_.status().ok();
  }

  // Stands on the first readable key after the unreadable one behind `place`, and moves place there.
  bool FindNext(std::uint64_t& place) {
    std::uint64_t bad = place;
    std::uint64_t good = 0;
    for (std::uint64_t step = 1;; step *= 2) {
      const bool end = UINT64_MAX - place < step;
      const std::uint64_t probe = end ? UINT64_MAX : place + step;
      if (CanReadAt(probe)) {
        good = probe;
        break;
      }
      bad = probe;
      if (end) return false;
    }
    while (good - bad > 1) {
      const std::uint64_t middle = bad + (good - bad) / 2;
      if (CanReadAt(middle)) {
        good = middle;
      } else {
        bad = middle;
      }
    }
    place = good;
    iterator_.Seek(KeyOf(prefix_, good));
    return true;
  }

  rocksdb::Iterator& iterator_;
  std::string prefix_;
  std::size_t gaps_ = 0;
  std::string problem_;
};

class OpenDb {
 public:
  rocksdb::Status Open(const std::string& path, const rocksdb::DBOptions& options) {
    rocksdb::DB* raw = nullptr;
    rocksdb::Status status = rocksdb::DB::OpenForReadOnly(options, path, MakeFamilies({}), &families_, &raw);
    db_.reset(raw);
    return status;
  }
  OpenDb() = default;
  ~OpenDb() {
    for (auto* family : families_) db_->DestroyColumnFamilyHandle(family);
  }
  OpenDb(const OpenDb&) = delete;
  OpenDb& operator=(const OpenDb&) = delete;

  void Read(const SalvageVisitor& visit, std::vector<std::string>& problems) {
    for (const Table table : {Table::kMeta, Table::kArticles, Table::kGraph}) {
      const std::unique_ptr<rocksdb::Iterator> iterator(
          db_->NewIterator({}, families_.at(static_cast<std::size_t>(table))));
      IslandWalk walk(*iterator, table == Table::kGraph ? SpacePrefix(Space::kPublished) : std::string());
      walk.Run([&](std::string_view key, std::string_view value) { visit(table, key, value); });
      if (walk.gaps() > 0) {
        problems.push_back(fmt::format("{} places of the {} family cannot be read: {}", walk.gaps(),
                                       kFamilyNames.at(static_cast<std::size_t>(table)), walk.problem()));
      }
    }
  }

 private:
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> families_;
};

rocksdb::DBOptions Forgiving() {
  rocksdb::DBOptions options = MakeDbOptions({});
  options.create_if_missing = false;
  options.create_missing_column_families = false;
  options.paranoid_checks = false;
  options.track_and_verify_wals_in_manifest = false;
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kSkipAnyCorruptedRecords;
  return options;
}

// RepairDB learns of column families from tables only, and drops what a log says of others: a database of ours with one
// key in each, for its tables. The keys are no key of a store.
rocksdb::Status MakeSeed(const std::string& path) {
  rocksdb::DB* raw = nullptr;
  std::vector<rocksdb::ColumnFamilyHandle*> families;
  const EngineOptions options;
  rocksdb::Status status = rocksdb::DB::Open(MakeDbOptions(options), path, MakeFamilies(options), &families, &raw);
  const std::unique_ptr<rocksdb::DB> db(raw);
  for (auto* family : families) {
    if (status.ok()) status = db->Put({}, family, std::string(1, '\0'), "seed");
  }
  if (status.ok()) status = db->Flush({}, families);
  for (auto* family : families) db->DestroyColumnFamilyHandle(family);
  return status;
}

void Link(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::create_hard_link(from, to, error);
  if (error) fs::copy_file(from, to, error);
}

// Articles of tables that RepairDB gave up.
void ReadLostTables(const fs::path& folder, const SalvageVisitor& visit) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() != ".sst") continue;
    rocksdb::Options options;
    rocksdb::SstFileReader reader(options);
    if (!reader.Open(entry.path().string()).ok()) continue;
    const auto properties = reader.GetTableProperties();
    const auto article = static_cast<std::size_t>(Table::kArticles);
    if (properties == nullptr || properties->column_family_name != kFamilyNames.at(article)) continue;
    const std::unique_ptr<rocksdb::Iterator> iterator(reader.NewIterator({}));
    IslandWalk walk(*iterator, "");
    walk.Run([&](std::string_view key, std::string_view value) { visit(Table::kArticles, key, value); });
  }
}

class Scratch {
 public:
  explicit Scratch(std::string path) : path_(std::move(path)) {
    std::error_code error;
    fs::remove_all(path_, error);
    fs::create_directories(path_, error);
  }
  ~Scratch() {
    std::error_code error;
    fs::remove_all(path_, error);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  fs::path operator/(std::string_view name) const { return fs::path(path_) / name; }

 private:
  std::string path_;
};

}  // namespace

Result<std::vector<std::string>> SalvageRocks(const std::string& path, const std::string& scratch_path,
                                              const SalvageVisitor& visit) {
  std::vector<std::string> problems;
  EngineOptions options;
  options.read_only = true;
  if (const auto opened = OpenRocksEngine(path, options); !opened) problems.push_back(opened.error().message);
  if (problems.empty()) {
    OpenDb db;
    if (const rocksdb::Status status = db.Open(path, Forgiving()); !status.ok()) {
      return ToError(status, "opening " + path);
    }
    db.Read(visit, problems);
    return problems;
  }
  const Scratch scratch(scratch_path);
  const std::string seed = (scratch / "seed").string();
  const std::string copy = (scratch / "copy").string();
  if (const rocksdb::Status status = MakeSeed(seed); !status.ok()) return ToError(status, "preparing " + scratch_path);
  std::error_code error;
  fs::create_directories(copy, error);
  std::uint64_t number = 900'000'000;  // Beyond all tables of the store.
  for (const auto& entry : fs::directory_iterator(seed, error)) {
    if (entry.path().extension() == ".sst") Link(entry.path(), fs::path(copy) / fmt::format("{}.sst", number++));
  }
  for (const auto& entry : fs::directory_iterator(path, error)) {
    const auto kind = entry.path().extension();
    if (kind == ".sst" || kind == ".log") Link(entry.path(), fs::path(copy) / entry.path().filename());
  }
  const rocksdb::Status repaired = rocksdb::RepairDB(copy, Forgiving(), MakeFamilies({}));
  if (!repaired.ok()) return ToError(repaired, "repairing a copy of " + path);
  {
    OpenDb db;
    const rocksdb::Status status = db.Open(copy, Forgiving());
    if (!status.ok()) return ToError(status, "opening the repaired copy of " + path);
    db.Read(visit, problems);
  }
  ReadLostTables(fs::path(copy) / "lost", visit);
  return problems;
}

bool CanLockRocks(const std::string& path) {
  rocksdb::FileLock* lock = nullptr;
  rocksdb::Env* const env = rocksdb::Env::Default();
  const rocksdb::Status status = env->LockFile(path + "/LOCK", &lock);
  if (status.ok() && lock != nullptr) env->UnlockFile(lock).PermitUncheckedError();
  // A disk that cannot be written to has no writer.
  return status.ok() || status.ToString().find("lock") == std::string::npos;
}

}  // namespace mailuo::store
