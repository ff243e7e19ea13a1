// How far the store has acknowledged: the last sequence whose change a caller was told of, in a small file beside the
// database. A log that was damaged in its middle ends there for RocksDB, and what follows is lost without a word; with
// this, opening notices. The file is mapped: a mark costs no system call, and stays when the process is killed.
//
// Two slots are written in turn, each with its checksum, so that one is always whole. A mark tells of changes that are
// on disk, and of changes that only the operating system has: these bind as long as it runs.
// Thread safety: Mark from any thread; the others are pure functions on files.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "core/result.h"

namespace mailuo::store {

struct Acknowledged {
  std::uint64_t durable = 0;  // On disk: must be there after anything.
  std::uint64_t handed = 0;   // With the operating system.
  std::uint64_t boot = 0;     // The run of the operating system that `handed` is about.
  std::uint64_t turn = 0;
};

// What a database in the folder must hold.
struct MustHold {
  std::uint64_t sequence = 0;  // Everything up to there; 0 where nothing is known.
  // The operating system still runs that its writers ran on: then all that it holds is whole, acknowledged or not.
  bool same_boot = false;
};
MustHold MustHoldAtLeast(const std::string& folder);

class HighWater {
 public:
  // Makes the file where there is none.
  static Result<std::unique_ptr<HighWater>> Open(const std::string& folder);
  static bool Exists(const std::string& folder);
  static void Remove(const std::string& folder);
  ~HighWater();
  HighWater(const HighWater&) = delete;
  HighWater& operator=(const HighWater&) = delete;

  void Mark(std::uint64_t sequence, bool durable);

 private:
  HighWater(void* memory, const Acknowledged& last) : memory_(memory), last_(last) {}
  void* memory_;
  std::mutex mutex_;
  Acknowledged last_;  // Guarded by mutex_.
};

}  // namespace mailuo::store
