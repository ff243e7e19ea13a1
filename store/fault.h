// What tests let happen to a store at a named point of its work: the process is killed there, or a file fails.
//
// Points: "put.before", "put.after" and the same of delete, replace, reannotate: around the batch of a change. Of
// files,
// "<kind>.<operation>": kinds wal, sst, manifest, current, other; operations create, append, sync, close, rename,
// delete. "flush.begin", "flush.end", "compaction.begin", "compaction.end". "generation.write", "generation.rename",
// "generation.served": around the switch to a new graph.
//
// Without a hook a point costs one load of a flag, and RocksDB works on its own file system.
// Thread safety: Reach from any thread; SetHook while no store is open.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string_view>

namespace mailuo::store::fault {

enum class Action : std::uint8_t {
  kGo,
  kNoSpace,    // Of a file operation that writes: the disk is full.
  kReadOnly,   // The same: the disk cannot be written to.
  kIoError,    // The same: the disk is broken.
  kPowerLoss,  // What was not synced is gone, all or in part, and so is the process. Only at points of files.
};

using Hook = std::function<Action(std::string_view point)>;
void SetHook(Hook hook);  // Empty: none.

namespace internal {
extern std::atomic<bool> armed;
Action Ask(std::string_view point);
}  // namespace internal

inline bool Armed() { return internal::armed.load(std::memory_order_relaxed); }
inline Action Reach(std::string_view point) { return Armed() ? internal::Ask(point) : Action::kGo; }

}  // namespace mailuo::store::fault
