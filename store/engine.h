// The narrow interface to whatever keeps ordered keys: all that the store asks of an engine, so that another one can
// take RocksDB's place. It asks for: reads of one unchanging state, ascending and descending scans from a key, batches
// that are atomic, values that are written whole or added up (tally.h). Values are never empty. Thread safety: Engine
// and View from any thread; a Cursor by one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace mailuo::store {

// Kept apart because they live differently: a few names; large values read by id; small values read in order.
enum class Table : std::uint8_t { kMeta, kArticles, kGraph };

// In kMeta, kept by the engine: a tally that counts its changes, for a check when it is opened.
inline constexpr std::string_view kChangesName = "changes";

enum class ChangeKind : std::uint8_t { kPut, kDelete, kAdd };  // kAdd: adds a tally to what is there; kGraph only.

struct EngineChange {
  Table table = Table::kGraph;
  ChangeKind kind = ChangeKind::kPut;
  std::string key;
  std::string value;  // Unused by kDelete.
};

// A change whose bytes somebody else keeps.
struct ChangeRef {
  Table table = Table::kGraph;
  ChangeKind kind = ChangeKind::kPut;
  std::string_view key;
  std::string_view value;  // Unused by kDelete.
};

// Walks the keys that begin with one prefix. Views of key() and value() last until the next move.
class Cursor {
 public:
  virtual ~Cursor() = default;
  Cursor(const Cursor&) = delete;
  Cursor& operator=(const Cursor&) = delete;
  virtual void Seek(std::string_view key) = 0;        // To the first key >= `key`.
  virtual void SeekBefore(std::string_view key) = 0;  // To the last key < `key`.
  virtual void SeekToLast() = 0;
  virtual void Next() = 0;  // REQUIRES: valid()
  virtual void Prev() = 0;  // REQUIRES: valid()
  virtual bool valid() const = 0;
  virtual std::string_view key() const = 0;
  virtual std::string_view value() const = 0;
  virtual Status status() const = 0;  // Why it is not valid, unless the keys have ended.

 protected:
  Cursor() = default;
};

// One state of the engine. Keeps the engine open.
class EngineView {
 public:
  virtual ~EngineView() = default;
  EngineView(const EngineView&) = delete;
  EngineView& operator=(const EngineView&) = delete;
  virtual Result<std::optional<std::string>> Get(Table table, std::string_view key) const = 0;
  virtual std::unique_ptr<Cursor> Scan(Table table, std::string prefix) const = 0;
  virtual std::uint64_t sequence() const = 0;

 protected:
  EngineView() = default;
};

struct KeyRange {
  Table table = Table::kGraph;
  std::string first;
  std::string end;  // Exclusive.
};

class Engine {
 public:
  virtual ~Engine() = default;
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  // All of it or nothing. `durable`: on disk at the return. REQUIRES: sorted by table and key, no key twice.
  virtual Status Write(std::span<const ChangeRef> changes, bool durable) = 0;
  Status Write(std::span<const EngineChange> changes, bool durable) {
    std::vector<ChangeRef> refs;
    refs.reserve(changes.size());
    for (const EngineChange& change : changes) refs.push_back({change.table, change.kind, change.key, change.value});
    return Write(std::span<const ChangeRef>(refs), durable);
  }
  virtual std::shared_ptr<const EngineView> View() const = 0;
  virtual bool Has(Table table, std::string_view key, Status& status) const = 0;
  virtual std::vector<std::uint64_t> ApproximateBytes(std::span<const KeyRange> ranges) const = 0;
  virtual std::uint64_t DiskBytes() const = 0;
  virtual Status Compact() = 0;
  virtual Status Backup(const std::string& backup_path) const = 0;
  // All that was written is in its own files, on disk, and no log has to be replayed.
  virtual Status Flush() = 0;
  // Nobody wants its files any more: it closes without a last flush.
  virtual void Abandon() = 0;

 protected:
  Engine() = default;
};

struct EngineOptions {
  bool read_only = false;
  bool create = true;  // Where there is no database; never when read_only.
  std::size_t block_cache_bytes = 0;
  std::size_t write_buffer_bytes = 0;
  int background_jobs = 2;
  std::uint64_t first_sequence = 0;   // Added to every sequence: keeps those of two generations apart.
  std::size_t bulk_changes = 50'000;  // From so many on, Write makes files of them.
};

// REQUIRES: the folder exists. kAlreadyExists: another process, or this one, has it open for writing.
Result<std::shared_ptr<Engine>> OpenRocksEngine(const std::string& path, const EngineOptions& options);
// Is there a database in the folder?
bool HoldsRocksEngine(const std::string& path);
// Differs from another moment's if anything was written in between. Cheap.
std::uint64_t RocksFilesFingerprint(const std::string& path);
// Deletes the database in the folder; other files stay. kAlreadyExists: it is open for writing.
Status DestroyRocksEngine(const std::string& path);
Status RestoreRocksEngine(const std::string& backup_path, const std::string& path);

}  // namespace mailuo::store
